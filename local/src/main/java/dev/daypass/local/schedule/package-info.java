/** Runs functions on the template's schedules, by the one clock. */
@NullMarked
package dev.daypass.local.schedule;

import org.jspecify.annotations.NullMarked;
