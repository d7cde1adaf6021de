package dev.daypass.mail;

import dev.daypass.words.Next;
import dev.daypass.words.Sentences;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of each mail. */
final class SampleMails {
  static final Instant NOW = Instant.parse("2026-11-26T13:05:00Z");
  static final Mails MAILS = new Mails(URI.create("https://daypass.example.com/"), "example.com");
  static final Recipient JONAS =
      new Recipient("jonas.weber@example.com", "Jonas Weber", ZoneId.of("Europe/Berlin"));
  static final Recipient MIA =
      new Recipient("mia.torres@example.com", "Mia Torres", ZoneId.of("America/New_York"));

  private SampleMails() {}

  static Asked asked(String reason) {
    return asked("Mia Torres", reason);
  }

  static Asked asked(String requester, String reason) {
    return new Asked(
        "r-7k2m9q",
        requester,
        "mia.torres@example.com",
        "View a customer record",
        "CRM",
        "Read customer records",
        Duration.ofHours(4),
        Duration.ofHours(12),
        reason,
        "SUP-1234");
  }

  static PleaseDecide pleaseDecide(Asked asked) {
    return new PleaseDecide(
        JONAS,
        asked,
        1,
        "t0ken",
        "482913",
        "Is there a ticket from this customer? Then it is fine.\nThe person sees one record.",
        List.of("Aisha Khan approved"),
        List.of("Petra Lang"),
        List.of(
            new Next(NOW.plus(Duration.ofHours(4)), Sentences.nextYouAreReminded()),
            new Next(NOW.plus(Duration.ofHours(8)), Sentences.nextInstead(List.of("Petra Lang"))),
            new Next(NOW.plus(Duration.ofHours(24)), Sentences.nextRequestEnds())));
  }

  /** Every mail by name, with this text wherever a person can type something. */
  static Map<String, Mail> all(String typed) {
    return all(asked(typed), typed);
  }

  static Map<String, Mail> all(Asked asked, String typed) {
    Instant until = NOW.plus(Duration.ofHours(4));
    Map<String, Mail> all = new LinkedHashMap<>();
    all.put("please-decide", MAILS.pleaseDecide(pleaseDecide(asked)));
    all.put("reminder", MAILS.reminder(pleaseDecide(asked)));
    all.put("escalated", MAILS.escalated(pleaseDecide(asked)));
    all.put(
        "decided-by-somebody-else",
        MAILS.decidedBySomebodyElse(JONAS, asked, 1, "Petra Lang", true, typed));
    all.put("cancelled", MAILS.cancelled(JONAS, asked, 1, "Mia Torres"));
    all.put("access-until", MAILS.accessUntil(MIA, asked, until, List.of("Jonas Weber"), typed));
    all.put("denied", MAILS.denied(MIA, asked, "Jonas Weber", typed));
    all.put(
        "nobody-answered", MAILS.nobodyAnswered(MIA, asked, List.of("Jonas Weber", "Petra Lang")));
    all.put(
        "approvers-not-reached",
        MAILS.approversNotReached(MIA, asked, List.of("Jonas Weber"), List.of("Petra Lang")));
    all.put("ending-soon", MAILS.endingSoon(MIA, asked, until, until.plus(Duration.ofHours(8))));
    all.put("ended-expired", MAILS.ended(MIA, asked, until, new Ending.Expired(), false));
    all.put("ended-held-on", MAILS.ended(MIA, asked, until, new Ending.Expired(), true));
    all.put("ended-returned", MAILS.ended(MIA, asked, until, new Ending.Returned(), false));
    all.put(
        "ended-revoked",
        MAILS.ended(MIA, asked, until, new Ending.Revoked("Petra Lang", typed), false));
    all.put("could-not-be-set-up", MAILS.couldNotBeSetUp(MIA, asked));
    all.put("could-not-be-set-up-owner", MAILS.couldNotBeSetUpForOwner(JONAS, asked, typed));
    all.put("already-held", MAILS.alreadyHeld(MIA, asked));
    all.put("already-held-owner", MAILS.alreadyHeldForOwner(JONAS, asked));
    all.put("please-take-away", MAILS.pleaseTakeAway(JONAS, asked, 2, until, typed));
    all.put("gone-after-all", MAILS.goneAfterAll(JONAS, asked, until));
    return all;
  }
}
