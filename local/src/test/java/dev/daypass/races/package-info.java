/**
 * A hundred threads on the same items, on the real engine: one outcome each, the same for all who
 * look.
 */
@NullMarked
package dev.daypass.races;

import org.jspecify.annotations.NullMarked;
