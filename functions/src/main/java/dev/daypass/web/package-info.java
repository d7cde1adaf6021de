/**
 * What the browser and the JSON API meet: the wire forms of API Gateway, who the visitor is, the
 * protection of forms, and the pages.
 */
@NullMarked
package dev.daypass.web;

import org.jspecify.annotations.NullMarked;
