package dev.daypass.access;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * Work for the system's owners because access could not be taken away; it closes only when reading
 * the target shows that it is gone.
 *
 * @param owners email addresses of those who have the task
 * @param problem what the target answered last
 */
public record RemovalTask(Instant openedAt, List<String> owners, String problem) {
  public RemovalTask {
    Objects.requireNonNull(openedAt);
    Objects.requireNonNull(problem);
    owners = List.copyOf(owners);
  }
}
