package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function's {@code EventBridgeRule} event: which events of the default bus invoke it
 * asynchronously.
 *
 * @param name its name in this stack
 * @param pattern what an event must be like
 * @param function the function's name in this stack, with its alias if it has one
 * @param mostRetries how often Lambda tries a failed invocation again, 0 to 2
 * @param onFailure ARN of the queue that hears of events given up, or null
 * @param line where it stands
 */
public record RuleResource(
    String name,
    JsonNode pattern,
    String function,
    int mostRetries,
    @Nullable String onFailure,
    int line) {
  public RuleResource {
    Objects.requireNonNull(name);
    Objects.requireNonNull(pattern);
    Objects.requireNonNull(function);
    if (mostRetries < 0 || mostRetries > 2) {
      throw new IllegalArgumentException("MaximumRetryAttempts is 0 to 2, not " + mostRetries);
    }
  }
}
