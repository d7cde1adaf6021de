package dev.daypass.runbook;

import dev.daypass.access.Texts;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What ids and email addresses look like. */
final class Ids {
  static final String RULE = "lower case letters, digits and dashes";

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");

  /**
   * RFC 5321, sections 4.1.2 and 4.5.3.1, without quoted local parts. ASCII only: letters of other
   * scripts that look alike, or become ASCII in lower case, would make two people of one.
   */
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9!$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9_.-]{1,190}");

  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]");

  private Ids() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  static String id(String text, String of) {
    if (!isId(text)) {
      throw new IllegalArgumentException("the id of a " + of + " is " + RULE + ", not: " + text);
    }
    return text;
  }

  static boolean isEmail(String text) {
    return EMAIL.matcher(text).matches();
  }

  /** A letter that is in no address, such as an umlaut: its place, from 1, and how it looks. */
  record Stray(int place, String shown) {}

  /**
   * The first character of what is an address otherwise that is in none, since it is not ASCII;
   * empty if that is not what is wrong.
   */
  static Optional<Stray> stray(String text) {
    if (!EMAIL.matcher(BEYOND_ASCII.matcher(text).replaceAll("x")).matches()) {
      return Optional.empty();
    }
    int place = 0;
    for (int character : text.codePoints().toArray()) {
      place++;
      if (character > 0x7F) {
        var shown = Character.toString(character);
        boolean seen = !Texts.saysNothing(shown) && Texts.flawOfLine(shown).isEmpty();
        return Optional.of(new Stray(place, seen ? shown : "U+%04X".formatted(character)));
      }
    }
    return Optional.empty();
  }

  /** The address in lower case, as it serves as an id everywhere. */
  static String email(String text) {
    var email = text.strip();
    if (!isEmail(email)) {
      throw new IllegalArgumentException("not an email address: " + Texts.visibleLine(text));
    }
    return email.toLowerCase(Locale.ROOT);
  }

  /** Several lines that may be empty, without white space around them. */
  static String lines(String text, String what) {
    var lines = text.strip();
    Texts.flaw(lines)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(what + " cannot be shown. " + flaw);
            });
    return lines;
  }

  /** One line that a reader sees something of, without white space around it. */
  static String filled(String text, String what) {
    if (Texts.saysNothing(text)) {
      throw new IllegalArgumentException(what + " is empty");
    }
    var line = text.strip();
    Texts.flawOfLine(line)
        .ifPresent(
            flaw -> {
              throw new IllegalArgumentException(what + " cannot be shown. " + flaw);
            });
    return line;
  }
}
