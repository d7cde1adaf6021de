/** The mails Daypass writes, each from one place, and how they are sent. */
@NullMarked
package dev.daypass.mail;

import org.jspecify.annotations.NullMarked;
