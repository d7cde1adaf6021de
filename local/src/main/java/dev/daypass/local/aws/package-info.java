/** What the emulated AWS services share. */
@NullMarked
package dev.daypass.local.aws;

import org.jspecify.annotations.NullMarked;
