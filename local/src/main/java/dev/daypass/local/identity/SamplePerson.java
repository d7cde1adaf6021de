package dev.daypass.local.identity;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody one can be in a local run.
 *
 * @param email the person's id
 * @param manager email address of the direct manager, or null
 */
public record SamplePerson(
    String email, String name, @Nullable String manager, List<String> groups) {
  public SamplePerson {
    Objects.requireNonNull(email);
    Objects.requireNonNull(name);
    groups = List.copyOf(groups);
  }
}
