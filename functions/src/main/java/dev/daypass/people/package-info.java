/**
 * Administration of people: the pages, and imports that work in steps behind a stream. ADR 0017 has
 * the reasons.
 */
@NullMarked
package dev.daypass.people;

import org.jspecify.annotations.NullMarked;
