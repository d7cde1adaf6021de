/** The whole flow, over HTTP against a local run: what people do, what they see, what is true. */
@NullMarked
package dev.daypass.flow;

import org.jspecify.annotations.NullMarked;
