/**
 * Whole lives of requests in one JVM with one clock and one seed, every outgoing call a place where
 * something can go wrong, and the check of the eight promises afterwards.
 */
@NullMarked
package dev.daypass.simulation;

import org.jspecify.annotations.NullMarked;
