/** Membership in groups of a target that speaks SCIM 2.0 (RFC 7643, RFC 7644). */
@NullMarked
package dev.daypass.connector.scim;

import org.jspecify.annotations.NullMarked;
