/** Stands for Slack and Teams as far as their incoming webhooks go. */
@NullMarked
package dev.daypass.local.chat;

import org.jspecify.annotations.NullMarked;
