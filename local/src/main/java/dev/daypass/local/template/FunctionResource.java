package dev.daypass.local.template;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AWS::Serverless::Function}.
 *
 * @param logicalId its key in the template
 * @param name its name in this stack
 * @param handler name of the handler's class
 * @param timeout after which an invocation is cut off
 * @param memory in MB
 * @param environment the variables that the template gives it
 * @param alias the alias that is published, or null
 * @param line where it stands
 */
public record FunctionResource(
    String logicalId,
    String name,
    String handler,
    Duration timeout,
    int memory,
    Map<String, String> environment,
    @Nullable String alias,
    int line) {
  public FunctionResource {
    Objects.requireNonNull(logicalId);
    Objects.requireNonNull(name);
    Objects.requireNonNull(handler);
    Objects.requireNonNull(timeout);
    environment = Map.copyOf(environment);
  }
}
