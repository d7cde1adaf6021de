package dev.daypass.local.template;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function's {@code Schedule} (EventBridge rule) or {@code ScheduleV2} (EventBridge Scheduler)
 * event.
 *
 * @param name its name in this stack
 * @param scheduler whether it is EventBridge Scheduler's
 * @param expression {@code rate(5 minutes)}, {@code cron(…)}
 * @param zone the time zone of a cron expression
 * @param input what the function is given instead of the usual event, or null
 * @param function the function's name in this stack, with its alias if it has one
 * @param line where it stands
 */
public record ScheduleResource(
    String name,
    boolean scheduler,
    String expression,
    String zone,
    @Nullable String input,
    String function,
    int line) {
  public ScheduleResource {
    Objects.requireNonNull(name);
    Objects.requireNonNull(expression);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(function);
  }
}
