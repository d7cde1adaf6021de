package dev.daypass.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;

/** How targets take bytes apart, so that seeds can be read and written by hand. */
public final class Input {
  private static final String RULER = "\n----\n";

  private Input() {}

  /**
   * The bytes as text: UTF-8, or after a byte FE as in a byte order mark UTF-16 as it comes, which
   * can hold halves of characters.
   */
  public static String text(byte[] data) {
    if (data.length == 0 || data[0] != (byte) 0xFE) {
      return new String(data, UTF_8);
    }
    // Not the JDK's decoder, which replaces the halves.
    var units = new char[(data.length - 1) / 2];
    for (int i = 0; i < units.length; i++) {
      units[i] = (char) ((data[2 * i + 1] & 0xFF) << 8 | (data[2 * i + 2] & 0xFF));
    }
    return new String(units);
  }

  /** The text between lines of four dashes: so many parts, empty where there are fewer. */
  public static List<String> parts(byte[] data, int many) {
    var parts = new ArrayList<>(List.of(text(data).split(RULER, many)));
    while (parts.size() < many) {
      parts.add("");
    }
    return parts;
  }
}
