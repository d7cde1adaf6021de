/** Who the sample people are, and the pages and addresses under which a local run is driven. */
@NullMarked
package dev.daypass.local.identity;

import org.jspecify.annotations.NullMarked;
