/** The fault simulation as part of the test suite. */
@NullMarked
package dev.daypass.simulation;

import org.jspecify.annotations.NullMarked;
