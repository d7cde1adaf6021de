/** Asking people and waking the workflow, with the real workflow and the real tables. */
@NullMarked
package dev.daypass.approval;

import org.jspecify.annotations.NullMarked;
