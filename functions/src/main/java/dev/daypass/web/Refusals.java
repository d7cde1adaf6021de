package dev.daypass.web;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Speech;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Refusals of what stands at the edge, whose English message is the one in the file. */
public final class Refusals {
  private Refusals() {}

  /**
   * Why an address is none that we know: for a character that is in none, or else as given.
   *
   * @param typed the address, as typed
   */
  public static Refusal ofAddress(String typed, String field, Refusal otherwise) {
    var stray = dev.daypass.runbook.Person.strayIn(typed);
    return stray.isEmpty() ? otherwise : Refusals.of("address-character", field, stray.toArray());
  }

  /**
   * A refusal.
   *
   * @param code also names the message: {@code refusal.CODE}
   * @param field the input it is about, or null if none
   * @param arguments what the message speaks of
   */
  public static Refusal of(String code, @Nullable String field, Object... arguments) {
    var said = new Said("refusal." + code, List.of(arguments));
    return new Refusal(code, field, Speech.english().say(said), said);
  }
}
