package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.PROVISIONING;
import static dev.daypass.access.Status.SCHEDULED;

import dev.daypass.runbook.Nearest;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The lives whose every call is made to fail in every way. */
final class Lives {
  static final String AMARA = "amara.okafor@example.com";
  static final String DIEGO = "diego.ramirez@example.com";
  static final String LENA = "lena.fischer@example.com";
  static final String NOOR = "noor.haddad@example.com";
  static final String HENRIK = "henrik.larsen@example.com";
  static final String GRACE = "grace.mwangi@example.com";
  static final String OMAR = "omar.farouk@example.com";
  static final String INGRID = "ingrid.solberg@example.com";

  /** An administrator. */
  static final String RUTH = "ruth.adeyemi@example.com";

  private static final String RECORD = "crm-customer-record";
  private static final String EMERGENCY = "emergency-information";
  private static final String EXPORT = "crm-bulk-export";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private Lives() {}

  /** Those that are lived with pairs of faults only. */
  static List<Life> longer() {
    return List.of(
        new Life("two-stages", "ENDED EXPIRED", Lives::twoStages),
        new Life("decided-at-once", "", Lives::decidedAtOnce),
        new Life(
            "overlapping-returned", "ENDED EXPIRED, ENDED RETURNED", Lives::overlappingReturned),
        one("target-down-for-hours", "ENDED EXPIRED", Lives::targetDownForHours),
        one("approver-left", "ENDED EXPIRED", Lives::approverLeft));
  }

  /** Every life that is written down. */
  static List<Life> everyone() {
    return Stream.of(
            all(),
            longer(),
            FurtherLives.all(),
            ExtendedLives.all(),
            HandLives.all(),
            MailLives.all(),
            RuleLives.all(),
            ApartLives.all(),
            LaterLives.all(),
            EmergencyLives.all(),
            ForOthersLives.all(),
            StandInLives.all(),
            ImportLives.all())
        .flatMap(List::stream)
        .toList();
  }

  /** Those whose every call is made to fail in every way. */
  static List<Life> all() {
    return List.of(
        one("plain", "ENDED EXPIRED", Lives::approved),
        one("approved-by-link", "ENDED EXPIRED", Lives::approvedByLink),
        new Life("signed-in", "ENDED EXPIRED", Lives::signedIn),
        one("denied", "DENIED", Lives::denied),
        one("lapsed", "LAPSED", (world, id) -> {}),
        one("escalated", "ENDED EXPIRED", Lives::escalated),
        one("cancelled", "CANCELLED", Lives::cancelled),
        one("returned", "ENDED RETURNED", Lives::returned),
        ExtendedLives.plain(),
        HandLives.plain(),
        one("revoked-before", "CANCELLED", Lives::revokedBefore),
        one("revoked-during", "ENDED REVOKED", Lives::revokedDuring),
        one("revoked-after", "ENDED REVOKED", Lives::revokedAfter),
        new Life("overlapping", "ENDED EXPIRED, ENDED EXPIRED", Lives::overlapping),
        one("already-held", "FAILED ALREADY_HELD", Lives::alreadyHeld),
        one("target-down-at-the-start", "FAILED NOT_SET_UP", Lives::targetDownAtTheStart),
        one("target-down-at-the-end", "ENDED EXPIRED", Lives::targetDownAtTheEnd),
        one("mail-refused", "ENDED EXPIRED", Lives::mailRefused));
  }

  /**
   * The life of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Life named(String name) {
    return everyone().stream()
        .filter(life -> life.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no life \"%s\"; %s".formatted(name, meant(name))));
  }

  private static String meant(String name) {
    var names = everyone().stream().map(Life::name).toList();
    return Nearest.to(name, names)
        .map(near -> "did you mean " + near + "?")
        .orElseGet(() -> "there are: " + String.join(", ", names));
  }

  /** Amara asks to see a customer record; what follows is up to the others. */
  private static Life one(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, AMARA)
                        .asks("key-1", RECORD, SHORT)
                        .ifPresent(id -> rest.accept(world, id))));
  }

  private static void approved(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.approves(id);
    }
  }

  private static void approvedByLink(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.decidesByLink(id, "approve");
    }
  }

  /** An approver follows the link, has to sign in for it, decides, and signs out everywhere. */
  private static void signedIn(World world) {
    world.play(
        () ->
            new Desk(world, AMARA)
                .asks("key-1", EMERGENCY, SHORT)
                .ifPresent(
                    id -> {
                      var noor = new Desk(world, NOOR);
                      if (noor.isAsked(id, HALF_HOUR)) {
                        noor.decidesByLink(id, "approve");
                        // So that the next use of the session is noted.
                        world.pass(Duration.ofMinutes(6));
                        boolean inVain = noor.signsOutInVain();
                        world.mustBe(1, "a session outlived signing out", () -> !inVain);
                      }
                    }));
  }

  private static void denied(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.denies(id);
    }
  }

  private static void escalated(World world, String id) {
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(3))) {
      omar.approves(id);
    }
  }

  private static void cancelled(World world, String id) {
    var amara = new Desk(world, AMARA);
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    amara.cancels(id);
  }

  private static void returned(World world, String id) {
    approved(world, id);
    var amara = new Desk(world, AMARA);
    if (amara.sees(id, HALF_HOUR, ACTIVE)) {
      world.pass(Duration.ofMinutes(3));
      amara.returns(id);
    }
  }

  private static void revokedBefore(World world, String id) {
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    new Desk(world, OMAR).revokes(id);
  }

  private static void revokedDuring(World world, String id) {
    approved(world, id);
    var omar = new Desk(world, OMAR);
    // Looks closely: setting up takes moments.
    for (int looks = 0; looks < 300_000; looks++) {
      if (world.status(id) == PROVISIONING || world.status(id) == ACTIVE) {
        break;
      }
      world.pass(world.status(id) == SCHEDULED ? Calls.MOMENT : Duration.ofMillis(20));
    }
    omar.revokes(id);
  }

  private static void revokedAfter(World world, String id) {
    approved(world, id);
    if (new Desk(world, AMARA).sees(id, HALF_HOUR, ACTIVE)) {
      world.pass(Duration.ofMinutes(3));
      new Desk(world, RUTH).revokes(id);
    }
  }

  private static void twoStages(World world) {
    world.play(
        () ->
            new Desk(world, LENA)
                .asks("key-1", EXPORT, SHORT)
                .ifPresent(
                    id -> {
                      var noor = new Desk(world, NOOR);
                      if (noor.isAsked(id, HALF_HOUR)) {
                        noor.approves(id);
                      }
                      var ingrid = new Desk(world, INGRID);
                      if (ingrid.isAsked(id, HALF_HOUR)) {
                        ingrid.approves(id);
                      }
                    }));
  }

  /** One owner says yes in the same moment in which the other says no; no is said first. */
  private static void decidedAtOnce(World world) {
    world.play(
        () ->
            new Desk(world, LENA)
                .asks("key-1", EXPORT, SHORT)
                .ifPresent(
                    id -> {
                      var noor = new Desk(world, NOOR);
                      if (noor.isAsked(id, HALF_HOUR)) {
                        noor.approves(id);
                      }
                      new Desk(world, OMAR).isAsked(id, HALF_HOUR);
                      world.play(() -> new Desk(world, OMAR).denies(id));
                      world.play(() -> new Desk(world, INGRID).approves(id));
                    }));
  }

  private static void overlapping(World world) {
    world.play(
        () ->
            new Desk(world, AMARA)
                .asks("key-1", RECORD, SHORT)
                .ifPresent(id -> approved(world, id)));
    world.play(
        () -> {
          world.pass(Duration.ofMinutes(7));
          new Desk(world, AMARA).asks("key-2", RECORD, SHORT).ifPresent(id -> approved(world, id));
        });
  }

  private static void overlappingReturned(World world) {
    world.play(
        () ->
            new Desk(world, AMARA)
                .asks("key-1", RECORD, Duration.ofMinutes(20))
                .ifPresent(id -> approved(world, id)));
    world.play(
        () -> {
          world.pass(Duration.ofMinutes(5));
          new Desk(world, AMARA).asks("key-2", RECORD, SHORT).ifPresent(id -> returned(world, id));
        });
  }

  private static void alreadyHeld(World world, String id) {
    world.putIn("crm-record-viewers", AMARA);
    approved(world, id);
  }

  private static void targetDownAtTheStart(World world, String id) {
    world.targetIsDown(true);
    approved(world, id);
    world.pass(Duration.ofHours(2));
    world.targetIsDown(false);
  }

  private static void targetDownAtTheEnd(World world, String id) {
    approved(world, id);
    if (new Desk(world, AMARA).sees(id, HALF_HOUR, ACTIVE)) {
      world.pass(Duration.ofMinutes(10));
      world.targetIsDown(true);
      world.pass(Duration.ofMinutes(14));
      world.targetIsDown(false);
    }
  }

  private static void targetDownForHours(World world, String id) {
    approved(world, id);
    if (new Desk(world, AMARA).sees(id, HALF_HOUR, ACTIVE)) {
      world.pass(Duration.ofMinutes(10));
      world.targetIsDown(true);
      world.pass(Duration.ofHours(3));
      world.targetIsDown(false);
    }
  }

  private static void mailRefused(World world, String id) {
    world.mailIsRefused(LENA);
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(3))) {
      omar.approves(id);
    }
  }

  /** The manager leaves with the question in the mailbox, and answers all the same. */
  private static void approverLeft(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    world.leaves(LENA);
    world.pass(Duration.ofMinutes(2));
    lena.approves(id);
    var ingrid = new Desk(world, INGRID);
    if (ingrid.isAsked(id, Duration.ofHours(3))) {
      ingrid.approves(id);
    }
  }
}
