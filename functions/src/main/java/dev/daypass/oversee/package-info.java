/**
 * Pages for those who look after access: owners of systems, administrators, auditors. They read and
 * change nothing.
 */
@NullMarked
package dev.daypass.oversee;

import org.jspecify.annotations.NullMarked;
