/** Imports of people on the real database engine. */
@NullMarked
package dev.daypass.people;

import org.jspecify.annotations.NullMarked;
