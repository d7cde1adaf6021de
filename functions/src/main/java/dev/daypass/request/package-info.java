/** Asking, seeing one's requests, and ending them. */
@NullMarked
package dev.daypass.request;

import org.jspecify.annotations.NullMarked;
