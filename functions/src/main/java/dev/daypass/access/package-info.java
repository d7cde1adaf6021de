/**
 * The pure core: what a request is, what may happen to it, and what may not. Only {@code java.*}.
 */
@NullMarked
package dev.daypass.access;

import org.jspecify.annotations.NullMarked;
