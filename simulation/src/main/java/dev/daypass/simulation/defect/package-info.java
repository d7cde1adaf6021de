/** Deliberate defects: the product with one mistake in it, to see that the simulation finds it. */
@NullMarked
package dev.daypass.simulation.defect;

import org.jspecify.annotations.NullMarked;
