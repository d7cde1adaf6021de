package dev.daypass.words;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import java.util.List;

/**
 * Every status and every event of a request as people are told of it. Status names stay in the API
 * and in the trail.
 */
public final class Telling {
  private Telling() {}

  // What happened.

  /** Somebody said yes. */
  public static Said approved(String name, Proof proof) {
    return Said.of(byMail(proof) ? "past.approved.mail" : "past.approved", name);
  }

  /** Somebody said no. */
  public static Said denied(String name, Proof proof) {
    return Said.of(byMail(proof) ? "past.denied.mail" : "past.denied", name);
  }

  private static boolean byMail(Proof proof) {
    return switch (proof) {
      case SESSION, FRESH -> false;
      case MAILBOX -> true;
    };
  }

  // What comes next, as sentences without their full stop.

  /** Those who have not answered are asked again. */
  public static Said nextReminder(List<String> names) {
    return Said.of("next.reminder", names);
  }

  /** Somebody else is asked. */
  public static Said nextEscalation(List<String> names) {
    return Said.of("next.escalation", names);
  }

  /** The request ends for want of an answer. */
  public static Said nextLapse() {
    return Said.of("next.lapse");
  }
}
