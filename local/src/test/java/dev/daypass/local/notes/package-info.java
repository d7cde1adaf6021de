/** A small application whose template exercises what a local run carries out. */
@NullMarked
package dev.daypass.local.notes;

import org.jspecify.annotations.NullMarked;
