package dev.daypass.runbook;

import java.util.Locale;
import java.util.regex.Pattern;

/** What ids and email addresses look like. */
final class Ids {
  static final String RULE = "lower case letters, digits and dashes";

  private static final Pattern ID = Pattern.compile("[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s#,;<>\"]{1,64}@[^@\\s#,;<>\"]{1,190}");

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

  /** The address in lower case, as it serves as an id everywhere. */
  static String email(String text) {
    var email = text.strip().toLowerCase(Locale.ROOT);
    if (!EMAIL.matcher(email).matches()) {
      throw new IllegalArgumentException("not an email address: " + text);
    }
    return email;
  }

  static String filled(String text, String what) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(what + " is empty");
    }
    return text.strip();
  }
}
