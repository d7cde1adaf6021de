/**
 * Sign-in with an OpenID Connect provider: the code flow for browsers, bearer tokens for programs,
 * and the sessions in between.
 */
@NullMarked
package dev.daypass.signin;

import org.jspecify.annotations.NullMarked;
