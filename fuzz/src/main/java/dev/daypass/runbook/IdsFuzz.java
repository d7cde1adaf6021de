package dev.daypass.runbook;

import dev.daypass.access.Entitlement;
import dev.daypass.access.RequestId;
import dev.daypass.access.Texts;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import java.util.Locale;

/** Ids, addresses and the words for people in runbooks. */
public final class IdsFuzz {
  private static final int LONGEST_ID = 64;
  private static final int LONGEST_EMAIL = 255;

  private IdsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 2);
    var text = parts.getFirst();
    if (Ids.isId(text)) {
      Check.that(text.length() <= LONGEST_ID && !text.isEmpty(), "the length of an id");
      Check.that(text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '#'), "an id is ASCII");
      Check.same(text.toLowerCase(Locale.ROOT), text, "an id is lower case");
      new Entitlement(text, text, text);
    }
    if (Ids.isEmail(text)) {
      var email = Ids.email(text);
      Check.that(email.length() <= LONGEST_EMAIL, "the length of an address");
      Check.that(email.chars().allMatch(c -> c > ' ' && c < 0x7F), "an address is ASCII");
      Check.same(Ids.email(email), email, "an address has one spelling");
      Check.that(email.indexOf('@') == email.lastIndexOf('@'), "one @");
    }
    who(text);
    filled(text);

    var id = RequestId.of(text, parts.getLast());
    Check.that(RequestId.isOne(id), "an id of ours has the form of one", id);
    Check.same(RequestId.of(text, parts.getLast()), id, "the same key is the same request");
    if (RequestId.isOne(text)) {
      Check.that(text.length() == id.length() && !text.contains("#"), "the form of a request's id");
    }
  }

  private static void who(String text) {
    Who who;
    try {
      who = Who.of(text);
    } catch (IllegalArgumentException noWho) {
      return;
    }
    Check.same(Who.of(who.text()), who, "written and read again");
    Check.showsOnOneLine(who.text());
  }

  private static void filled(String text) {
    String line;
    try {
      line = Ids.filled(text, "the line");
    } catch (IllegalArgumentException refused) {
      return;
    }
    Check.showsOnOneLine(line);
    Check.that(!Texts.saysNothing(line), "a line that shows nothing");
    Check.same(Ids.filled(line, "the line"), line, "a line is a line");
  }
}
