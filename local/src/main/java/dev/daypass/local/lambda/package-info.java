/** Runs the functions that the template names, as Lambda does. */
@NullMarked
package dev.daypass.local.lambda;

import org.jspecify.annotations.NullMarked;
