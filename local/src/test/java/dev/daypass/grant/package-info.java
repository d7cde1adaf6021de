/** Setting up and taking away against a real target, and finding what is overdue. */
@NullMarked
package dev.daypass.grant;

import org.jspecify.annotations.NullMarked;
