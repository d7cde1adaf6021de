/** Amazon EventBridge, as much of it as leads events to functions, and the patterns it matches. */
@NullMarked
package dev.daypass.local.events;

import org.jspecify.annotations.NullMarked;
