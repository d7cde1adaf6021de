/** Tells channels of Slack and Teams what waits, and where to decide it. */
@NullMarked
package dev.daypass.chat;

import org.jspecify.annotations.NullMarked;
