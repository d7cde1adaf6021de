package dev.daypass.mail;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.words.Shortened;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of each mail. */
final class SampleMails {
  static final Instant NOW = Instant.parse("2026-11-26T13:05:00Z");
  static final Mails MAILS = new Mails(URI.create("https://daypass.example.com/"), "example.com");
  static final Recipient JONAS = jonas(Locale.ENGLISH);
  static final Recipient MIA = mia(Locale.ENGLISH);

  private SampleMails() {}

  static Recipient jonas(Locale language) {
    return new Recipient(
        "jonas.weber@example.com", "Jonas Weber", ZoneId.of("Europe/Berlin"), language);
  }

  static Recipient mia(Locale language) {
    return new Recipient(
        "mia.torres@example.com", "Mia Torres", ZoneId.of("America/New_York"), language);
  }

  static Asked asked(String reason) {
    return asked("Mia Torres", reason);
  }

  static Asked asked(String requester, String reason) {
    return new Asked(
        "r-7k2m9q",
        requester,
        "mia.torres@example.com",
        null,
        "View a customer record",
        "CRM",
        "Read customer records",
        Duration.ofHours(4),
        null,
        Duration.ofHours(12),
        null,
        reason,
        "SUP-1234",
        null,
        null,
        false,
        false);
  }

  /** The same taken in an emergency. */
  static Asked emergency(Asked asked) {
    return new Asked(
        asked.requestId(),
        asked.requester(),
        asked.requesterEmail(),
        asked.askedBy(),
        asked.title(),
        asked.systemTitle(),
        asked.roleTitle(),
        asked.duration(),
        null,
        null,
        null,
        asked.reason(),
        asked.ticket(),
        null,
        null,
        asked.byHand(),
        true);
  }

  /** The same in a system that no program reaches. */
  static Asked byHand(Asked asked) {
    return with(asked, asked.shortened(), asked.extended(), true);
  }

  static Asked extended(Asked asked, Duration to) {
    return with(asked, asked.shortened(), to, asked.byHand());
  }

  static Asked shortened(Asked asked, Shortened shortened) {
    return with(asked, shortened, asked.extended(), asked.byHand());
  }

  /** The same, asked by somebody of this name. */
  static Asked askedBy(Asked asked, String name) {
    return new Asked(
        asked.requestId(),
        asked.requester(),
        asked.requesterEmail(),
        name,
        asked.title(),
        asked.systemTitle(),
        asked.roleTitle(),
        asked.duration(),
        asked.shortened(),
        asked.extendable(),
        asked.extended(),
        asked.reason(),
        asked.ticket(),
        asked.startsAt(),
        asked.rule(),
        asked.byHand(),
        asked.emergency());
  }

  private static Asked with(
      Asked asked, @Nullable Shortened shortened, @Nullable Duration extended, boolean byHand) {
    return new Asked(
        asked.requestId(),
        asked.requester(),
        asked.requesterEmail(),
        asked.askedBy(),
        asked.title(),
        asked.systemTitle(),
        asked.roleTitle(),
        asked.duration(),
        shortened,
        asked.extendable(),
        extended,
        asked.reason(),
        asked.ticket(),
        asked.startsAt(),
        asked.rule(),
        byHand,
        asked.emergency());
  }

  static PleaseDecide pleaseDecide(Asked asked) {
    return pleaseDecide(JONAS, asked);
  }

  static PleaseDecide pleaseDecide(Recipient to, Asked asked) {
    return pleaseDecide(to, asked, List.of());
  }

  private static PleaseDecide pleaseDecide(Recipient to, Asked asked, List<String> notReached) {
    return pleaseDecide(to, asked, notReached, null);
  }

  private static PleaseDecide pleaseDecide(
      Recipient to, Asked asked, List<String> notReached, @Nullable String standsInFor) {
    return new PleaseDecide(
        to,
        asked,
        1,
        2,
        "t0ken",
        Proof.MAILBOX,
        "482913",
        "See one customer, and nothing of payments.",
        "Is there a ticket from this customer? Then it is fine.\nThe person sees one record.",
        Said.of("page.decide.needed", 2, 3),
        List.of(Telling.approved("Aisha Khan", Proof.SESSION, null)),
        List.of("Petra Lang"),
        notReached,
        List.of(
            new Upcoming(
                NOW.plus(Duration.ofHours(4)), Telling.nextReminder(List.of("Jonas Weber"))),
            new Upcoming(
                NOW.plus(Duration.ofHours(8)), Telling.nextEscalation(List.of("Petra Lang"))),
            new Upcoming(NOW.plus(Duration.ofHours(24)), Telling.nextLapse())),
        standsInFor);
  }

  /** Those that are about no request. */
  static Map<String, Mail> aboutNoRequest(Recipient to, String typed) {
    var all = new LinkedHashMap<String, Mail>();
    for (var own : List.of(true, false)) {
      for (var begins : List.of(true, false)) {
        all.put(
            "stand-in-" + own + "-" + begins,
            MAILS.standIn(
                to,
                own,
                begins,
                "Jonas Weber",
                "Nora Haddad",
                LocalDate.of(2026, 12, 1),
                LocalDate.of(2026, 12, 24),
                own ? "Ana Costa" : null,
                typed));
      }
    }
    return all;
  }

  /** Every mail by name, with this text wherever a person can type something. */
  static Map<String, Mail> all(String typed) {
    return all(asked(typed), typed);
  }

  static Map<String, Mail> all(Asked asked, String typed) {
    return all(asked, typed, Locale.ENGLISH);
  }

  static Map<String, Mail> all(Asked asked, String typed, Locale language) {
    Recipient jonas = jonas(language);
    Recipient mia = mia(language);
    Instant until = NOW.plus(Duration.ofHours(4));
    Map<String, Mail> all = new LinkedHashMap<>();
    all.put("please-decide", MAILS.pleaseDecide(pleaseDecide(jonas, asked)));
    all.put("new-link", MAILS.newLink(pleaseDecide(jonas, asked)));
    all.put("reminder", MAILS.reminder(pleaseDecide(jonas, asked)));
    all.put(
        "please-decide-for",
        MAILS.pleaseDecide(pleaseDecide(jonas, asked, List.of(), "Nora Haddad")));
    all.put("back", MAILS.back(pleaseDecide(jonas, asked), "Nora Haddad"));
    all.put("handed-over", MAILS.handedOver(pleaseDecide(jonas, asked), "Nora Haddad", typed));
    all.put("escalated", MAILS.escalated(pleaseDecide(jonas, asked), false));
    all.put("escalated-instead", MAILS.escalated(pleaseDecide(jonas, asked), true));
    all.put("others-too", MAILS.othersToo(pleaseDecide(jonas, asked), List.of("Nora Haddad")));
    all.put(
        "replaced", MAILS.replaced(jonas, asked, 1, List.of("Nora Haddad", "Li Wei"), List.of()));
    all.put(
        "others-too-unreached",
        MAILS.othersToo(pleaseDecide(jonas, asked, List.of("Petra Lang")), List.of("Nora Haddad")));
    all.put(
        "replaced-unreached",
        MAILS.replaced(jonas, asked, 1, List.of("Nora Haddad"), List.of("Petra Lang")));
    all.put(
        "please-set-up-approved",
        MAILS.pleaseSetUp(jonas, asked, List.of("Petra Lang"), true, "", List.of(), false));
    all.put(
        "please-make-sure-returned",
        MAILS.pleaseTakeAwayByHand(
            jonas, asked, until, false, new Ending.Returned(), "", List.of()));
    all.put(
        "escalated-unreached",
        MAILS.escalated(pleaseDecide(jonas, asked, List.of("Petra Lang")), false));
    all.put(
        "decided-by-somebody-else",
        MAILS.decidedBySomebodyElse(
            jonas, asked, 1, List.of("Jonas Weber", "Petra Lang"), true, typed));
    all.put(
        "cancelled", MAILS.cancelled(jonas, asked, 1, "Mia Torres", Cancelling.REQUEST_WITHDRAWN));
    all.put(
        "cancelled-by-approver",
        MAILS.cancelled(jonas, asked, 1, "Petra Lang", Cancelling.APPROVAL_WITHDRAWN));
    all.put(
        "cancelled-by-owner", MAILS.cancelled(jonas, asked, 1, "Petra Lang", Cancelling.STOPPED));
    all.put("approval-withdrawn", MAILS.approvalWithdrawn(mia, asked, "Jonas Weber", typed));
    all.put(
        "access-until-by-hand",
        MAILS.accessUntil(mia, byHand(asked), until, List.of("Jonas Weber"), typed));
    all.put("ending-soon-by-hand", MAILS.endingSoon(mia, byHand(asked), until, null));
    all.put(
        "ending-soon-by-hand-extendable",
        MAILS.endingSoon(mia, byHand(asked), until, until.plus(Duration.ofHours(8))));
    all.put("access-until", MAILS.accessUntil(mia, asked, until, List.of("Jonas Weber"), typed));
    all.put("denied", MAILS.denied(mia, asked, "Jonas Weber", typed));
    all.put(
        "nobody-answered", MAILS.nobodyAnswered(mia, asked, List.of("Jonas Weber", "Petra Lang")));
    all.put(
        "approvers-not-reached",
        MAILS.approversNotReached(
            mia, asked, List.of("Jonas Weber"), List.of("Petra Lang"), until));
    all.put("ending-soon", MAILS.endingSoon(mia, asked, until, until.plus(Duration.ofHours(8))));
    all.put("ended-expired", MAILS.ended(mia, asked, until, new Ending.Expired(), HeldOn.NO, null));
    all.put(
        "ended-held-on", MAILS.ended(mia, asked, until, new Ending.Expired(), HeldOn.YES, null));
    all.put(
        "ended-returned",
        MAILS.ended(mia, asked, until, new Ending.Returned(), HeldOn.NO, "Jonas Weber"));
    all.put(
        "ended-revoked",
        MAILS.ended(mia, asked, until, new Ending.Revoked("Petra Lang", typed), HeldOn.NO, null));
    all.put(
        "ended-held-on-by-hand",
        MAILS.ended(mia, asked, until, new Ending.Expired(), HeldOn.PERHAPS, null));
    all.put(
        "ended-early-returned",
        MAILS.endedBeforeItWasThere(mia, asked, until, new Ending.Returned()));
    all.put(
        "ended-early-revoked",
        MAILS.endedBeforeItWasThere(mia, asked, until, new Ending.Revoked("Petra Lang", typed)));
    all.put(
        "set-up-by-hand",
        MAILS.setUpByHand(mia, asked, List.of("Jonas Weber"), List.of("Petra Lang")));
    all.put("given-up", MAILS.nobodySetItUpYet(mia, asked, Duration.ofDays(7)));
    all.put("said-to-be-held", MAILS.saidToBeHeld(jonas, asked, "Petra Lang", typed));
    all.put("could-not-be-set-up", MAILS.couldNotBeSetUp(mia, asked));
    all.put("could-not-be-set-up-owner", MAILS.couldNotBeSetUpForOwner(jonas, asked, typed));
    all.put("nobody-set-it-up", MAILS.nobodySetItUp(mia, asked, Duration.ofDays(7)));
    all.put(
        "nobody-set-it-up-owner", MAILS.nobodySetItUpForOwner(jonas, asked, Duration.ofDays(7)));
    all.put(
        "begins-later",
        MAILS.beginsLater(mia, asked, NOW.plus(Duration.ofDays(2)), List.of("Jonas Weber")));
    var forMia = askedBy(asked, typed.isBlank() ? "Lea Fontaine" : typed);
    all.put("asked-for-you", MAILS.askedForYou(mia, forMia, List.of("Jonas Weber", "Petra Lang")));
    all.put("asked-for-you-approved", MAILS.askedForYou(mia, forMia, List.of()));
    all.put("withdrawn-for-you", MAILS.withdrawnForYou(mia, forMia));
    all.put("denied-for-you", MAILS.denied(mia, forMia, "Jonas Weber", typed));
    all.put("please-decide-for-other", MAILS.pleaseDecide(pleaseDecide(jonas, forMia)));
    all.put(
        "outcome-for-asker",
        MAILS.outcomeForAsker(
            jonas, forMia, Said.of("status.denied.by", "Petra Lang"), "Petra Lang", typed));
    all.put("not-begun", MAILS.notBegun(mia, asked, Said.of("begin.requester-inactive")));
    all.put("not-both", MAILS.notBoth(mia, asked, "Payment approver", "Payments"));
    all.put("not-both-owner", MAILS.notBothForOwner(jonas, asked, "Payment approver", "Payments"));
    var taken = emergency(asked);
    all.put("emergency", MAILS.emergency(jonas, taken, true, List.of("Jonas Weber")));
    all.put(
        "emergency-owner",
        MAILS.emergency(jonas, taken, false, List.of("Aisha Khan", "Petra Lang")));
    all.put(
        "emergency-access",
        MAILS.accessUntil(mia, taken, until, List.of(), "Sign in to the CRM as usual."));
    all.put(
        "emergency-set-up",
        MAILS.pleaseSetUp(jonas, byHand(taken), List.of(), false, "", List.of(), false));
    all.put(
        "review-reminder",
        MAILS.reviewReminder(jonas, taken, 1, true, NOW, List.of("Jonas Weber")));
    all.put(
        "review-reminder-manager",
        MAILS.reviewReminder(jonas, taken, 2, false, NOW, List.of("Aisha Khan")));
    all.put("reviewed", MAILS.reviewed(mia, taken, true, "Jonas Weber", true, typed));
    all.put("reviewed-not", MAILS.reviewed(mia, taken, true, "Jonas Weber", false, typed));
    all.put("reviewed-owner", MAILS.reviewed(jonas, taken, false, "Aisha Khan", true, typed));
    all.put("reviewed-owner-not", MAILS.reviewed(jonas, taken, false, "Aisha Khan", false, typed));
    all.put("already-held", MAILS.alreadyHeld(mia, asked));
    all.put("already-held-owner", MAILS.alreadyHeldForOwner(jonas, asked));
    all.put("please-take-away", MAILS.pleaseTakeAway(jonas, asked, 2, until, typed));
    var steps = List.of("Open Users and find the person.", typed.isBlank() ? "Save." : typed);
    all.put(
        "please-set-up",
        MAILS.pleaseSetUp(jonas, asked, List.of("Petra Lang"), false, "editors", steps, true));
    all.put("set-up-by-other", MAILS.setUpByOther(jonas, asked, "Petra Lang"));
    all.put("could-not-be-set-up-by-hand", MAILS.couldNotBeSetUpByHand(mia, asked, typed));
    all.put(
        "please-take-away-by-hand",
        MAILS.pleaseTakeAwayByHand(
            jonas, asked, until, true, new Ending.Expired(), "editors", steps));
    all.put(
        "please-make-sure",
        MAILS.pleaseTakeAwayByHand(jonas, asked, until, false, null, "", List.of()));
    all.put(
        "taken-away-by-other",
        MAILS.takenAwayByOther(jonas, asked, "Petra Lang", until, typed, true));
    all.put("wanted-again", MAILS.wantedAgain(jonas, asked, true));
    all.put("wanted-again-connected", MAILS.wantedAgain(jonas, asked, false));
    all.put(
        "hand-reminder-set-up",
        MAILS.handReminder(jonas, asked, 1, false, false, true, NOW, List.of("Jonas Weber")));
    all.put(
        "hand-reminder-remove",
        MAILS.handReminder(jonas, asked, 2, true, false, true, NOW, List.of("Jonas Weber")));
    all.put(
        "hand-reminder-managers",
        MAILS.handReminder(
            jonas, asked, 2, true, true, false, NOW, List.of("Petra Lang", "Aisha Khan")));
    all.put("gone-after-all", MAILS.goneAfterAll(jonas, asked, until));
    return all;
  }
}
