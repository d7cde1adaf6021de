/** Amazon SES v2, as much of it as sends mail, and the mailbox that everything ends up in. */
@NullMarked
package dev.daypass.local.ses;

import org.jspecify.annotations.NullMarked;
