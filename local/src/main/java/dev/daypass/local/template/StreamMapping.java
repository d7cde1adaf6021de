package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event source mapping from a table's stream to a function.
 *
 * @param name what it is called in messages: the function and its event
 * @param function the function's name in this stack, with its alias if it has one
 * @param table the table's name in this stack
 * @param streamArn as the events name it
 * @param fromTheStart whether records from before the mapping are delivered ({@code TRIM_HORIZON})
 * @param batchSize the most records in one event, 1 to 10,000
 * @param reportsFailures whether the function's answer names failed records ({@code
 *     ReportBatchItemFailures})
 * @param bisects whether a failed batch is split before it is tried again
 * @param mostRetries how often a batch is tried again, -1 for as long as the records live
 * @param oldest seconds after which a record is given up, -1 for never
 * @param filters patterns of which a record must match one; empty for every record
 * @param onFailure ARN of the queue that hears of batches given up, or null
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-params.html">Parameters
 *     for DynamoDB event source mappings</a>
 */
public record StreamMapping(
    String name,
    String function,
    String table,
    String streamArn,
    boolean fromTheStart,
    int batchSize,
    boolean reportsFailures,
    boolean bisects,
    int mostRetries,
    int oldest,
    List<JsonNode> filters,
    @Nullable String onFailure) {
  public StreamMapping {
    Objects.requireNonNull(name);
    Objects.requireNonNull(function);
    Objects.requireNonNull(table);
    Objects.requireNonNull(streamArn);
    filters = List.copyOf(filters);
    if (batchSize < 1 || batchSize > 10_000) {
      throw new IllegalArgumentException("BatchSize is 1 to 10000, not " + batchSize);
    }
    if (mostRetries < -1 || mostRetries > 10_000) {
      throw new IllegalArgumentException("MaximumRetryAttempts is -1 to 10000, not " + mostRetries);
    }
    if (oldest != -1 && (oldest < 60 || oldest > 604_800)) {
      throw new IllegalArgumentException(
          "MaximumRecordAgeInSeconds is -1 or 60 to 604800, not " + oldest);
    }
  }
}
