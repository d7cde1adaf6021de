/** Daypass: access for as long as it is needed, when someone who may say yes has said yes. */
@NullMarked
package dev.daypass;

import org.jspecify.annotations.NullMarked;
