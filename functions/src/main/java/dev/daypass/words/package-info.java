/** What pages and mails say alike: addresses, times, durations, and sentences for what happened. */
@NullMarked
package dev.daypass.words;

import org.jspecify.annotations.NullMarked;
