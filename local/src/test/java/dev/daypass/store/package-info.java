/** The stores on DynamoDB Local, with the tables of {@code template.yaml}. */
@NullMarked
package dev.daypass.store;

import org.jspecify.annotations.NullMarked;
