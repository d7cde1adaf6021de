/**
 * The stack of {@code template.yaml} on any emulator of AWS: ours by default, LocalStack in the
 * profile {@code localstack}. How it is run, and what has never run: {@code docs/localstack.md}.
 */
@NullMarked
package dev.daypass.emulator;

import org.jspecify.annotations.NullMarked;
