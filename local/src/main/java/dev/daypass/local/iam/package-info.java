/** What the template's policies allow each function; the rest is denied here as in AWS. */
@NullMarked
package dev.daypass.local.iam;

import org.jspecify.annotations.NullMarked;
