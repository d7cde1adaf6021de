package dev.daypass.local.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;

/**
 * Patterns of EventBridge and of Lambda's event filtering: an object must have, under each name of
 * the pattern, a value that one of the listed ones matches, or a list that holds such a value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html">Control
 *     which events Lambda sends to your function</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-patterns-arrays.html">
 *     Event patterns with arrays</a>
 */
public final class Pattern {
  private static final Set<String> COMPARISONS =
      Set.of("prefix", "suffix", "exists", "anything-but", "equals-ignore-case");

  private Pattern() {}

  /**
   * Refuses a pattern that uses a comparison not carried out here.
   *
   * @throws IllegalArgumentException naming it
   */
  public static void check(JsonNode pattern) {
    if (pattern.isArray()) {
      for (var alternative : pattern) {
        for (var comparison : alternative.properties()) {
          if (!COMPARISONS.contains(comparison.getKey())) {
            throw new IllegalArgumentException(
                "the filter '" + comparison.getKey() + "' is not carried out here");
          }
        }
      }
    } else if (pattern.isObject()) {
      for (var field : pattern.properties()) {
        if (field.getKey().startsWith("$")) {
          throw new IllegalArgumentException(
              "the filter '" + field.getKey() + "' is not carried out here");
        }
        check(field.getValue());
      }
    } else {
      throw new IllegalArgumentException("a filter compares with a list of values, not " + pattern);
    }
  }

  /** Whether the value, which may be missing, matches the pattern. */
  public static boolean matches(JsonNode pattern, JsonNode value) {
    if (pattern.isArray()) {
      for (var alternative : pattern) {
        if (matchesOne(alternative, value) || matchesOneOf(alternative, value)) {
          return true;
        }
      }
      return false;
    }
    for (var field : pattern.properties()) {
      if (!matches(field.getValue(), value.path(field.getKey()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean matchesOneOf(JsonNode alternative, JsonNode values) {
    if (values.isArray()) {
      for (var value : values) {
        if (matchesOne(alternative, value)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean matchesOne(JsonNode alternative, JsonNode value) {
    if (!alternative.isObject()) {
      return !value.isMissingNode() && alternative.equals(value);
    }
    var comparison = alternative.properties().iterator().next();
    var with = comparison.getValue();
    return switch (comparison.getKey()) {
      case "exists" -> with.asBoolean() != (value.isMissingNode() || value.isContainerNode());
      case "prefix" -> value.isTextual() && value.asText().startsWith(with.asText());
      case "suffix" -> value.isTextual() && value.asText().endsWith(with.asText());
      case "equals-ignore-case" ->
          value.isTextual()
              && value
                  .asText()
                  .toLowerCase(Locale.ROOT)
                  .equals(with.asText().toLowerCase(Locale.ROOT));
      case "anything-but" -> !value.isMissingNode() && !isAmong(with, value);
      default -> throw new IllegalArgumentException("not checked: " + alternative);
    };
  }

  private static boolean isAmong(JsonNode values, JsonNode value) {
    if (!values.isArray()) {
      return values.equals(value);
    }
    for (var one : values) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }
}
