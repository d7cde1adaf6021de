/** Who may do what: the table in {@code docs/security.md} against the running application. */
@NullMarked
package dev.daypass.matrix;

import org.jspecify.annotations.NullMarked;
