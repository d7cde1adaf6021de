/** What adds, removes and reads membership in target systems. */
@NullMarked
package dev.daypass.connector;

import org.jspecify.annotations.NullMarked;
