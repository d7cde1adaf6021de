/** Runs {@code template.yaml} as it is, in one JVM. */
@NullMarked
package dev.daypass.local;

import org.jspecify.annotations.NullMarked;
