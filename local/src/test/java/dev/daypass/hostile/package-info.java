/** Whatever somebody hostile can type, send, guess or click, against the running application. */
@NullMarked
package dev.daypass.hostile;

import org.jspecify.annotations.NullMarked;
