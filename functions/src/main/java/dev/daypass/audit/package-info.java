/**
 * What happened, kept so that loss or change is detected: from the stream of {@code requests} into
 * the table {@code audit}, chained by hashes, and back out for those who may ask.
 */
@NullMarked
package dev.daypass.audit;

import org.jspecify.annotations.NullMarked;
