/** The commands that check and publish policies and people. */
@NullMarked
package dev.daypass.local.cli;

import org.jspecify.annotations.NullMarked;
