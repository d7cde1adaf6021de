/**
 * AWS Step Functions in one JVM: an interpreter for the JSONata form of the Amazon States Language,
 * and the operations of its API. What it does not know it refuses by name; it ignores nothing.
 */
@NullMarked
package dev.daypass.local.states;

import org.jspecify.annotations.NullMarked;
