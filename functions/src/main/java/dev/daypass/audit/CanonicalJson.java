package dev.daypass.audit;

import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The one way to write a record down: JSON as RFC 8785 has it (section 3.2: no white space, keys in
 * the order of their UTF-16 code units, only what must be escaped is escaped). Every text stands in
 * quotes, so that no two different records are written alike.
 *
 * <p>Values are texts, whole numbers and maps of these; nothing else is taken.
 */
final class CanonicalJson {
  /** RFC 8785 takes numbers that an IEEE 754 double holds exactly. */
  private static final long LARGEST = (1L << 53) - 1;

  private CanonicalJson() {}

  static String write(Map<String, ?> object) {
    var fields = new StringJoiner(",", "{", "}");
    new TreeMap<>(object)
        .forEach((name, value) -> fields.add(quoted(name) + ":" + written(name, value)));
    return fields.toString();
  }

  private static String written(String name, Object value) {
    return switch (value) {
      case String text -> quoted(text);
      case Integer number -> Integer.toString(number);
      case Long number when Math.abs(number) <= LARGEST -> Long.toString(number);
      case Map<?, ?> map -> {
        var inner = new TreeMap<String, Object>();
        map.forEach((key, each) -> inner.put((String) key, each));
        yield write(inner);
      }
      default -> throw new IllegalArgumentException(name + " has no canonical form: " + value);
    };
  }

  private static String quoted(String text) {
    var json = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> json.append("\\\"");
        case '\\' -> json.append("\\\\");
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u00")
                .append(c < 0x10 ? '0' : '1')
                .append(Character.forDigit(c & 15, 16));
          } else {
            json.append(c);
          }
        }
      }
    }
    return json.append('"').toString();
  }

  /** The text with every half of a surrogate pair, which UTF-8 cannot hold, replaced by U+FFFD. */
  static String wellFormed(String text) {
    if (text.codePoints().noneMatch(CanonicalJson::isHalfAPair)) {
      return text;
    }
    return text.codePoints()
        .map(point -> isHalfAPair(point) ? 0xFFFD : point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isHalfAPair(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }
}
