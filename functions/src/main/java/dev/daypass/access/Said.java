package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Something to be said to a person whose language is not known here: a message by its name, and
 * what it speaks of.
 *
 * @param key names the message in the files of {@code words}
 * @param arguments what stands in the places of the message, in order: numbers, durations,
 *     instants, days, texts, lists of these, or what is itself {@code Said}
 */
public record Said(String key, List<Object> arguments) {
  private static final Set<Class<?>> SAYABLE =
      Set.of(
          Integer.class,
          Long.class,
          Duration.class,
          Instant.class,
          LocalDate.class,
          String.class,
          Said.class);

  public Said {
    Objects.requireNonNull(key);
    arguments = List.copyOf(arguments);
    arguments.forEach(Said::check);
  }

  /** A message and what it speaks of. */
  public static Said of(String key, Object... arguments) {
    return new Said(key, List.of(arguments));
  }

  private static void check(Object argument) {
    if (argument instanceof List<?> list) {
      list.forEach(Said::check);
    } else if (!SAYABLE.contains(argument.getClass())) {
      throw new IllegalArgumentException(
          "it is not known how to say a " + argument.getClass().getName());
    }
  }
}
