/** Setting access up, taking it away, and finding what is overdue. */
@NullMarked
package dev.daypass.grant;

import org.jspecify.annotations.NullMarked;
