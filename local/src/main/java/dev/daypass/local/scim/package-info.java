/** A SCIM 2.0 target with real users and groups, so that a grant has an effect one can read. */
@NullMarked
package dev.daypass.local.scim;

import org.jspecify.annotations.NullMarked;
