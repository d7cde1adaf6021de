/**
 * DynamoDB Local, embedded and in memory, with what it lacks: stream mappings that call functions,
 * and expiry by the one clock.
 */
@NullMarked
package dev.daypass.local.dynamodb;

import org.jspecify.annotations.NullMarked;
