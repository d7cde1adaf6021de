package dev.daypass.store;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Attribute values, written and read. */
final class Items {
  /** Always three decimals, so that text order is time order. */
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private Items() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  static AttributeValue moment(Instant value) {
    return text(MOMENT.format(value));
  }

  /** Whether a text is a moment as they are stored. */
  static boolean isMoment(String text) {
    try {
      MOMENT.parse(text);
      return true;
    } catch (DateTimeParseException other) {
      return false;
    }
  }

  static String string(Map<String, AttributeValue> item, String name) {
    return find(item, name)
        .orElseThrow(() -> new IllegalStateException("a stored item lacks " + name));
  }

  static Optional<String> find(Map<String, AttributeValue> item, String name) {
    return Optional.ofNullable(item.get(name)).map(AttributeValue::s);
  }

  /**
   * Of an index that was asked for one item more than are shown, so that no part of it is empty:
   * the last item that is shown, after which it goes on; empty if it does not.
   */
  static Map<String, AttributeValue> last(QueryResponse answer, int shown) {
    var items = answer.items();
    if (items.size() > shown) {
      return items.get(shown - 1);
    }
    // An answer may end before that many, by its size.
    return answer.hasLastEvaluatedKey() ? answer.lastEvaluatedKey() : Map.of();
  }

  static int integer(Map<String, AttributeValue> item, String name) {
    return Math.toIntExact(longer(item, name));
  }

  static long longer(Map<String, AttributeValue> item, String name) {
    var value = item.get(name);
    if (value == null) {
      throw new IllegalStateException("a stored item lacks " + name);
    }
    return Long.parseLong(value.n());
  }
}
