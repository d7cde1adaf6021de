/** The one clock of a local run. */
@NullMarked
package dev.daypass.local.clock;

import org.jspecify.annotations.NullMarked;
