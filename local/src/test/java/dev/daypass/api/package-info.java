/** The JSON API is what its description says, and the description is what the API does. */
@NullMarked
package dev.daypass.api;

import org.jspecify.annotations.NullMarked;
