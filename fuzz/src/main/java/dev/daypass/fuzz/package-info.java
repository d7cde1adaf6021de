/**
 * Coverage-guided fuzzing of every parser at the edge: the targets, and the command that runs them.
 */
@NullMarked
package dev.daypass.fuzz;

import org.jspecify.annotations.NullMarked;
