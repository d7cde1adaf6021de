/**
 * Policies and people: what a runbook says, who somebody is, and the plan that follows from both.
 * JSON only; the YAML files are read by the command line.
 */
@NullMarked
package dev.daypass.runbook;

import org.jspecify.annotations.NullMarked;
