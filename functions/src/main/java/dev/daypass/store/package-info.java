/**
 * One small class per DynamoDB table or kind of item. A condition expression settles each race;
 * nothing here creates a table.
 */
@NullMarked
package dev.daypass.store;

import org.jspecify.annotations.NullMarked;
