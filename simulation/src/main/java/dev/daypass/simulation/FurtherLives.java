package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.PENDING;
import static dev.daypass.access.Status.PROVISIONING;
import static dev.daypass.simulation.Lives.AMARA;
import static dev.daypass.simulation.Lives.DIEGO;
import static dev.daypass.simulation.Lives.GRACE;
import static dev.daypass.simulation.Lives.HENRIK;
import static dev.daypass.simulation.Lives.INGRID;
import static dev.daypass.simulation.Lives.LENA;
import static dev.daypass.simulation.Lives.NOOR;
import static dev.daypass.simulation.Lives.OMAR;
import static dev.daypass.simulation.Lives.RUTH;

import dev.daypass.access.Event;
import dev.daypass.access.Grant;
import dev.daypass.access.Hours;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.ses.Mail;
import dev.daypass.runbook.Calendar;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import dev.daypass.words.Paths;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lives with troubles of their own: what is rare, what people do by mistake, what is down. */
final class FurtherLives {
  private static final String RECORD = "crm-customer-record";
  private static final String EXPORT = "crm-bulk-export";
  private static final String PAYROLL = "payroll-view";
  private static final String AUDIT = "compliance-audit";
  private static final String EMERGENCY = "emergency-information";
  private static final String JOANA = "joana.silva@example.com";
  private static final String DASHBOARDS = "marketing-analytics";
  private static final String ELENA = "elena.petrova@example.com";
  private static final String YUKI = "yuki.tanaka@example.com";
  private static final String SOFIA = "sofia.rossi@example.com";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Duration DAYS = Duration.ofDays(3);

  private FurtherLives() {}

  static List<Life> all() {
    return List.of(
        one("two-of-three", "ENDED RETURNED", ELENA, AUDIT, FurtherLives::twoOfThree),
        one("one-of-two-needed", "LAPSED", ELENA, AUDIT, FurtherLives::oneOfTwoNeeded),
        one("one-person-in-two-stages", "ENDED EXPIRED", GRACE, PAYROLL, FurtherLives::oneInTwo),
        one("requester-left", "LAPSED", AMARA, RECORD, FurtherLives::requesterLeft),
        one("runbook-withdrawn", "LAPSED", AMARA, RECORD, FurtherLives::runbookWithdrawn),
        one("runbook-withdrawn-late", "ENDED RETURNED", AMARA, RECORD, FurtherLives::withdrawnLate),
        one("owners-changed", "ENDED REVOKED", AMARA, RECORD, FurtherLives::ownersChanged),
        one("asked-as-an-owner", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::askedAsAnOwner),
        one("code-guessed", "LAPSED", AMARA, RECORD, FurtherLives::codeGuessed),
        life("link-forwarded", "LAPSED", FurtherLives::linkForwarded),
        one("revoked-then-approved", "CANCELLED", AMARA, RECORD, FurtherLives::revokedThenApproved),
        one("denied-then-approved", "DENIED", AMARA, RECORD, FurtherLives::deniedThenApproved),
        one("approved-too-late", "LAPSED", AMARA, RECORD, FurtherLives::approvedTooLate),
        life("cancelled-beside", "ENDED EXPIRED, CANCELLED", FurtherLives::cancelledBeside),
        life(
            "three-overlapping",
            "ENDED EXPIRED, ENDED EXPIRED, ENDED EXPIRED",
            FurtherLives::threeOverlapping),
        life("revoked-beside", "ENDED REVOKED, ENDED EXPIRED", FurtherLives::revokedBeside),
        life("many-at-once", "", FurtherLives::manyAtOnce),
        one("mail-down-at-the-end", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::mailDownAtTheEnd),
        one("mail-down-at-the-start", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::mailDownFirst),
        one("rounds-down", "LAPSED", AMARA, RECORD, FurtherLives::roundsDown),
        one("tables-down", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::tablesDown),
        one("only-the-ttl-is-left", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::onlyTheTtl),
        life("only-the-sweep-is-left", "ENDED EXPIRED, ENDED EXPIRED", FurtherLives::onlyTheSweep),
        one("audit-down", "ENDED RETURNED", AMARA, RECORD, FurtherLives::auditDown),
        one("dispatch-down", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::dispatchDown),
        one("holder-deleted", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::holderDeleted),
        one("revoked-at-length", "ENDED REVOKED", AMARA, RECORD, FurtherLives::revokedAtLength),
        one("returned-and-revoked", "ENDED REVOKED", AMARA, RECORD, FurtherLives::returnedToo),
        one("asked-twice", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::askedTwice),
        one("approved-twice", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::approvedTwice),
        one("mail-asked-for-again", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::mailAgain),
        life("half-a-minute-later", "ENDED EXPIRED", FurtherLives::halfAMinuteLater),
        life("approval-withdrawn", "CANCELLED", FurtherLives::approvalWithdrawn),
        one(
            "approval-withdrawn-at-once",
            "CANCELLED",
            AMARA,
            RECORD,
            FurtherLives::withdrawnAtOnce),
        one(
            "withdrawn-while-set-up",
            "ENDED EXPIRED",
            AMARA,
            RECORD,
            FurtherLives::withdrawnDuring),
        one("approved-at-leisure", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::atLeisure),
        one("unlocked-by-a-ghost", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::ghost),
        life("asked-twice-at-once", "ENDED EXPIRED", FurtherLives::askedTwiceAtOnce),
        one("approved-after-a-break", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::afterABreak),
        one("approved-as-the-round-ends", "LAPSED", LENA, EXPORT, FurtherLives::asTheRoundEnds),
        life("withdrawn-between-two", "ENDED EXPIRED, LAPSED", FurtherLives::withdrawnBetweenTwo),
        one("owner-of-today", "ENDED REVOKED", AMARA, RECORD, FurtherLives::ownerOfToday),
        one("handed-over", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::handedOver),
        one("handed-over-for-good", "LAPSED", AMARA, RECORD, FurtherLives::handedOverForGood),
        one("handed-over-in-a-circle", "DENIED", AMARA, RECORD, FurtherLives::inACircle),
        one("handed-over-and-left", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::handedAndLeft),
        one("handed-over-to-a-leaver", "LAPSED", AMARA, RECORD, FurtherLives::handedToALeaver),
        one("handed-over-beside", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::handedOverBeside),
        one("handed-over-late", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::handedOverLate),
        one("handed-over-of-two", "ENDED EXPIRED", GRACE, PAYROLL, FurtherLives::handedOverOfTwo),
        one("one-yes-one-no", "DENIED", ELENA, AUDIT, FurtherLives::oneYesOneNo),
        changed(
            "nobody-counts-twice",
            "ENDED EXPIRED",
            ELENA,
            AUDIT,
            FurtherLives::ownersThreeTimes,
            FurtherLives::threeTimesOwners),
        changed(
            "owners-stand-in",
            "ENDED EXPIRED",
            AMARA,
            RECORD,
            FurtherLives::managerTwice,
            FurtherLives::standsIn),
        changed(
            "stands-in-no-more",
            "LAPSED",
            AMARA,
            RECORD,
            FurtherLives::managerTwice,
            FurtherLives::standsInNoMore),
        changed(
            "replaced",
            "ENDED EXPIRED",
            AMARA,
            RECORD,
            FurtherLives::ownersInstead,
            FurtherLives::decidesNoLonger),
        changed(
            "answered-before-replaced",
            "ENDED EXPIRED",
            ELENA,
            AUDIT,
            FurtherLives::othersInstead,
            FurtherLives::countsOn),
        changed(
            "answered-after-the-night",
            "ENDED EXPIRED",
            AMARA,
            RECORD,
            FurtherLives::inOfficeHours,
            FurtherLives::afterTheNight),
        changed(
            "lapsed-in-office-hours",
            "LAPSED",
            AMARA,
            RECORD,
            FurtherLives::inOfficeHours,
            FurtherLives::lateForTheOffice),
        changed(
            "replaced-in-vain",
            "LAPSED",
            AMARA,
            RECORD,
            FurtherLives::ownersInstead,
            FurtherLives::replacedInVain),
        sameOwnersTwice("clicked-twice", "ENDED EXPIRED", FurtherLives::clickedTwice),
        sameOwnersTwice("clicked-beside", "LAPSED", FurtherLives::clickedBeside),
        one("down-for-a-moment", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::downForAMoment),
        one("cancelled-during", "ENDED EXPIRED", AMARA, RECORD, FurtherLives::cancelledDuring),
        one("revoked-half-way", "ENDED REVOKED", AMARA, RECORD, FurtherLives::revokedHalfWay),
        one("down-half-way", "FAILED NOT_SET_UP", AMARA, RECORD, FurtherLives::downHalfWay),
        handedOn("handed-on-before", Duration.ofMillis(400)),
        handedOn("handed-on-meanwhile", Duration.ofMillis(200)),
        handedOn("handed-on-after", Duration.ofMillis(150)),
        handedOn("handed-on-later", Duration.ofMillis(-15_500)),
        life(
            "already-held-twice",
            "FAILED ALREADY_HELD, FAILED ALREADY_HELD",
            FurtherLives::alreadyHeldTwice),
        one("old-sign-in", "ENDED EXPIRED", AMARA, EMERGENCY, FurtherLives::oldSignIn),
        life("published-twice-at-once", "ENDED EXPIRED", FurtherLives::publishedTwice),
        life("first-publication", "ENDED EXPIRED", FurtherLives::firstPublication),
        life("asked-too-often", "ENDED EXPIRED", FurtherLives::askedTooOften),
        one("returned-at-the-end", "", AMARA, RECORD, FurtherLives::returnedAtTheEnd),
        life("approved-for-less", "ENDED EXPIRED", FurtherLives::approvedForLess),
        life("approved-for-less-first", "ENDED EXPIRED", FurtherLives::approvedForLessFirst),
        life("approved-for-less-by-link", "ENDED EXPIRED", FurtherLives::approvedForLessByLink),
        one("chat-told", "ENDED EXPIRED", YUKI, DASHBOARDS, FurtherLives::chatTold),
        one("chat-down", "ENDED EXPIRED", YUKI, DASHBOARDS, FurtherLives::chatDown),
        one("chat-told-of-a-task", "ENDED EXPIRED", YUKI, DASHBOARDS, FurtherLives::chatTask));
  }

  private static Life life(String name, String ends, Consumer<World> script) {
    return new Life(name, ends, script);
  }

  private interface Rest {
    void of(World world, String id);
  }

  private static Life one(String name, String ends, String who, String runbook, Rest rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, who)
                        .asks("key-1", runbook, SHORT)
                        .ifPresent(id -> rest.of(world, id))));
  }

  private static void approve(World world, String id, String who) {
    var desk = new Desk(world, who);
    if (desk.isAsked(id, HALF_HOUR)) {
      desk.approves(id);
    }
  }

  private static void active(World world, String id, String approver) {
    approve(world, id, approver);
    new Desk(world, approver).sees(id, HALF_HOUR, ACTIVE);
  }

  // Channels

  /** The channel hears of the question, and once more of it when nobody has answered. */
  private static void chatTold(World world, String id) {
    var sofia = new Desk(world, SOFIA);
    if (sofia.isAsked(id, HALF_HOUR)) {
      world.pass(Duration.ofHours(5));
      sofia.approves(id);
    }
    asMany(world, 2, Paths.decideSignedIn(id));
  }

  /** A channel that cannot be told delays nobody. */
  private static void chatDown(World world, String id) {
    world.isDown(Callee.CHAT.name(), true);
    var sofia = new Desk(world, SOFIA);
    var asked = world.now();
    boolean isAsked = sofia.isAsked(id, HALF_HOUR);
    var waited = Duration.between(asked, world.now());
    if (isAsked) {
      sofia.approves(id);
    }
    if (!world.isFaulty()) {
      world.mustBe(
          5,
          "a channel that is down has delayed the question by " + waited,
          () -> waited.compareTo(Duration.ofSeconds(20)) <= 0);
      world.mustBe(
          5,
          "nobody was told of a channel that is down",
          () ->
              world.log().stream()
                      .filter(line -> line.text().contains("ALARM chat-unsent request=" + id))
                      .count()
                  == 1);
    }
    asMany(world, 0, Paths.decideSignedIn(id));
  }

  /** Access cannot be taken away for hours: the channel hears of the owners' task. */
  private static void chatTask(World world, String id) {
    active(world, id, SOFIA);
    world.pass(Duration.ofMinutes(10));
    world.targetIsDown(true);
    world.pass(Duration.ofHours(3));
    world.targetIsDown(false);
    asMany(world, 1, Paths.decideSignedIn(id));
    asMany(world, 1, Paths.request(id));
  }

  /** What a channel was told and where that leads, where nothing is made to fail. */
  private static void asMany(World world, int messages, String path) {
    if (!world.isFaulty()) {
      world.mustBe(
          5,
          "the channel was not told %d times of %s".formatted(messages, path),
          () ->
              world.messages().stream()
                      .filter(
                          message ->
                              message.links().getFirst().url().equals(Company.PUBLIC_URL + path))
                      .count()
                  == messages);
    }
  }

  // Approvals

  private static void twoOfThree(World world, String id) {
    approve(world, id, RUTH);
    approve(world, id, NOOR);
    if (new Desk(world, ELENA).sees(id, HALF_HOUR, ACTIVE)) {
      new Desk(world, ELENA).returns(id);
    }
  }

  private static void oneOfTwoNeeded(World world, String id) {
    var henrik = new Desk(world, HENRIK);
    henrik.isAsked(id, HALF_HOUR);
    // After the reminder, so that what one says in another round is counted rightly.
    world.pass(Duration.ofHours(9));
    henrik.approves(id);
  }

  /** Henrik is the manager and an owner: he counts once, and Joana decides after him. */
  private static void oneInTwo(World world, String id) {
    var henrik = new Desk(world, HENRIK);
    if (henrik.isAsked(id, HALF_HOUR)) {
      henrik.decides(id, 0, "approve", "");
    }
    world.pass(Duration.ofMinutes(5));
    henrik.decides(id, 1, "approve", "");
    world.pass(Duration.ofMinutes(1));
    new Desk(world, JOANA).decides(id, 1, "approve", "");
  }

  /** Two of three owners, then one: the third is the only one left, whoever else tries. */
  private static void threeTimesOwners(World world, String id) {
    approve(world, id, RUTH);
    approve(world, id, NOOR);
    world.pass(Duration.ofMinutes(5));
    new Desk(world, RUTH).decides(id, 1, "approve", "");
    new Desk(world, NOOR).decides(id, 1, "approve", "");
    world.pass(Duration.ofMinutes(1));
    new Desk(world, HENRIK).decides(id, 1, "approve", "");
  }

  /** The manager is asked twice: the second time the owners stand in. */
  private static void standsIn(World world, String id) {
    approve(world, id, LENA);
    world.pass(Duration.ofMinutes(5));
    new Desk(world, LENA).decides(id, 1, "approve", "");
    new Desk(world, OMAR).decides(id, 1, "approve", "");
  }

  /** Whoever stood in as an owner, and is none any more, does not decide. */
  private static void standsInNoMore(World world, String id) {
    approve(world, id, LENA);
    if (new Desk(world, OMAR).isAsked(id, HALF_HOUR)) {
      world.publishes(managerTwice(ownedByNoor(world)));
      world.pass(Duration.ofMinutes(2));
      new Desk(world, OMAR).decides(id, 1, "approve", "");
      world.mustBe(
          1,
          "an owner of yesterday has stood in",
          () ->
              world.request(id).status() != ACTIVE
                  && world.request(id).stages().size() == 2
                  && world.request(id).stages().getLast().decisions().isEmpty());
    }
  }

  /** The manager does not answer, the owners are asked instead, and then the manager comes. */
  private static void decidesNoLonger(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(3))) {
      lena.approves(id);
      lena.decidesByLink(id, "approve");
      world.mustBe(
          4,
          "somebody who was replaced has decided",
          () ->
              world.request(id).stages().getLast().decisions().stream()
                  .noneMatch(decision -> decision.by().equals(LENA)));
      omar.approves(id);
    }
  }

  /** One of two has said yes; the other is replaced, and of those one more yes is enough. */
  private static void countsOn(World world, String id) {
    approve(world, id, RUTH);
    var henrik = new Desk(world, HENRIK);
    if (henrik.isAsked(id, Duration.ofHours(3))) {
      new Desk(world, NOOR).denies(id);
      henrik.approves(id);
    }
  }

  /** Only somebody who is no longer asked answers. */
  private static void replacedInVain(World world, String id) {
    if (new Desk(world, OMAR).isAsked(id, Duration.ofHours(3))) {
      new Desk(world, LENA).approves(id);
      new Desk(world, LENA).denies(id);
    }
  }

  /** By plain time the request would have been over on Monday evening; Tuesday is a holiday. */
  private static void afterTheNight(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.pass(Duration.between(lena.now(), Instant.parse("2026-11-25T08:30:00Z")));
      lena.approves(id);
    }
  }

  /** The hours are over, and so is the request: on Wednesday, not before. */
  private static void lateForTheOffice(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.pass(Duration.between(lena.now(), Instant.parse("2026-11-25T10:00:00Z")));
      lena.approves(id);
    }
  }

  static Runbook inOfficeHours(Runbook runbook) {
    var week = new EnumMap<DayOfWeek, List<Hours.Opening>>(DayOfWeek.class);
    for (int day = 1; day <= 5; day++) {
      week.put(DayOfWeek.of(day), List.of(new Hours.Opening(9 * 60, 17 * 60)));
    }
    var holidays = new TreeMap<>(Map.of(LocalDate.parse("2026-11-24"), "Any holiday"));
    return new Runbook(
        runbook.id(),
        runbook.title(),
        runbook.system(),
        runbook.role(),
        runbook.mayAsk(),
        runbook.mayAskForOthers(),
        runbook.duration(),
        runbook.extend(),
        runbook.start(),
        runbook.limits(),
        runbook.reason(),
        runbook.ticket(),
        new Calendar("office", "Office hours", ZoneId.of("Europe/Berlin"), week, holidays),
        runbook.approval(),
        runbook.autoApproval(),
        runbook.breakGlass(),
        runbook.sameApprover(),
        Proof.SESSION,
        runbook.guidance());
  }

  private static Runbook ownersInstead(Runbook runbook) {
    return changed(
        runbook,
        runbook.mayAsk(),
        List.of(instead(List.of(Who.of("manager")), 1, List.of(Who.of("owners")))),
        Proof.SESSION);
  }

  private static Runbook othersInstead(Runbook runbook) {
    return changed(
        runbook,
        runbook.mayAsk(),
        List.of(
            instead(List.of(Who.of(RUTH), Who.of(NOOR)), 2, List.of(Who.of(HENRIK), Who.of(LENA)))),
        Proof.SESSION);
  }

  private static Runbook.Stage instead(List<Who> by, int needed, List<Who> others) {
    return new Runbook.Stage(
        null,
        by,
        new Runbook.Needed.AtLeast(needed),
        Duration.ofHours(1),
        new Runbook.Escalation(Duration.ofHours(2), others, true),
        Duration.ofHours(8));
  }

  private static PolicyFiles managerTwice(PolicyFiles files) {
    return with(files, RECORD, FurtherLives::managerTwice);
  }

  private static Runbook managerTwice(Runbook runbook) {
    var stage = plain(runbook, "manager", 1);
    return changed(runbook, runbook.mayAsk(), List.of(stage, stage), Proof.SESSION);
  }

  private static Runbook ownersThreeTimes(Runbook runbook) {
    return changed(
        runbook,
        runbook.mayAsk(),
        List.of(plain(runbook, "owners", 2), plain(runbook, "owners", 1)),
        Proof.SESSION);
  }

  private static Runbook.Stage plain(Runbook runbook, String by, int needed) {
    var last = runbook.approval().getLast();
    return new Runbook.Stage(
        null,
        List.of(Who.of(by)),
        new Runbook.Needed.AtLeast(needed),
        last.remindAfter(),
        null,
        last.lapseAfter());
  }

  /** By a runbook that is published first. */
  private static Life changed(
      String name,
      String ends,
      String who,
      String runbook,
      UnaryOperator<Runbook> change,
      Rest rest) {
    return new Life(
        name,
        ends,
        world -> {
          world.publishes(with(world, runbook, change));
          world.play(
              () -> {
                world.pass(Duration.ofMinutes(2));
                new Desk(world, who)
                    .asks("key-1", runbook, SHORT)
                    .ifPresent(id -> rest.of(world, id));
              });
        });
  }

  /** Each of two allows less than was wanted before; nobody gets it back. */
  private static void approvedForLess(World world) {
    world.play(
        () ->
            new Desk(world, LENA)
                .asks("key-1", EXPORT, Duration.ofHours(2))
                .ifPresent(
                    id -> {
                      var noor = new Desk(world, NOOR);
                      if (noor.isAsked(id, HALF_HOUR)) {
                        noor.approvesFor(id, Duration.ofHours(1));
                      }
                      var omar = new Desk(world, OMAR);
                      if (omar.isAsked(id, HALF_HOUR)) {
                        omar.approvesFor(id, HALF_HOUR);
                        omar.approvesFor(id, HALF_HOUR);
                      }
                      if (new Desk(world, LENA).sees(id, HALF_HOUR, ACTIVE)) {
                        world.pass(Duration.ofMinutes(3));
                        new Desk(world, LENA).extendsTo(id, world.now().plus(HALF_HOUR));
                      }
                    }));
  }

  /** The first of two thinks again; the second has not approved, and then comes too late. */
  private static void approvalWithdrawn(World world) {
    world.play(
        () ->
            new Desk(world, LENA)
                .asks("key-1", EXPORT, SHORT)
                .ifPresent(
                    id -> {
                      approve(world, id, NOOR);
                      var omar = new Desk(world, OMAR);
                      if (omar.isAsked(id, HALF_HOUR)) {
                        omar.withdrawsApproval(id);
                        new Desk(world, NOOR).withdrawsApproval(id);
                        omar.approves(id);
                      }
                    }));
  }

  /** The approval and its withdrawal are seconds apart; setting up may have begun between them. */
  private static void withdrawnAtOnce(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    world.play(() -> new Desk(world, LENA).approves(id));
    world.pass(Duration.ofMillis(40));
    lena.withdrawsApproval(id);
  }

  /**
   * Only the first of two makes it shorter, thinks again, and is told that the first time stays.
   */
  private static void approvedForLessFirst(World world) {
    world.play(
        () ->
            new Desk(world, LENA)
                .asks("key-1", EXPORT, Duration.ofHours(2))
                .ifPresent(
                    id -> {
                      var noor = new Desk(world, NOOR);
                      if (noor.isAsked(id, HALF_HOUR)) {
                        noor.approvesFor(id, 0, Duration.ofHours(1));
                        noor.approvesFor(id, 0, HALF_HOUR);
                      }
                      active(world, id, OMAR);
                    }));
  }

  private static void approvedForLessByLink(World world) {
    world.play(
        () ->
            new Desk(world, AMARA)
                .asks("key-1", RECORD, Duration.ofHours(1))
                .ifPresent(
                    id -> {
                      var lena = new Desk(world, LENA);
                      if (lena.isAsked(id, HALF_HOUR)) {
                        lena.approvesByLinkFor(id, HALF_HOUR);
                      }
                    }));
  }

  private static void requesterLeft(World world, String id) {
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    world.leaves(AMARA);
    world.pass(Duration.ofMinutes(2));
    new Desk(world, LENA).approves(id);
  }

  private static void runbookWithdrawn(World world, String id) {
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    world.withdraws(RECORD);
    world.pass(Duration.ofMinutes(2));
    new Desk(world, LENA).approves(id);
  }

  /** Taking access away does not ask the policy. */
  private static void withdrawnLate(World world, String id) {
    active(world, id, LENA);
    world.withdraws(RECORD);
    world.pass(Duration.ofMinutes(2));
    new Desk(world, AMARA).returns(id);
  }

  private static void ownersChanged(World world, String id) {
    active(world, id, LENA);
    world.publishes(ownedByNoor(world));
    world.leaves(LENA);
    world.pass(Duration.ofMinutes(2));
    new Desk(world, OMAR).revokes(id);
  }

  /** Whoever was asked as an owner, and is none any more, approves all the same. */
  private static void askedAsAnOwner(World world, String id) {
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(3))) {
      world.publishes(ownedByNoor(world));
      world.pass(Duration.ofMinutes(2));
      omar.approves(id);
      new Desk(world, LENA).approves(id);
      world.mustBe(
          1,
          "an owner of yesterday has approved",
          () ->
              world.request(id).stages().stream()
                  .flatMap(stage -> stage.decisions().stream())
                  .noneMatch(decision -> decision.by().equals(OMAR)));
    }
  }

  /** By the link of the mail; whoever gets it decides by their own. */
  private static void handedOver(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.handsOverByLink(id, OMAR);
    }
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, HALF_HOUR)) {
      omar.decidesByLink(id, "approve");
    }
  }

  /** Whoever has handed it over tries all the same, by the link and by the API. */
  private static void handedOverForGood(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.handsOver(id, 0, OMAR);
      lena.decidesByLink(id, "approve");
      lena.decides(id, 0, "approve", "");
      world.pass(Duration.ofHours(3));
      // Others are asked as well by now; it is still not hers.
      lena.decides(id, 0, "approve", "");
      lena.handsOver(id, 0, INGRID);
    }
  }

  /** It is handed on, never back, and to nobody who may not decide. */
  private static void inACircle(World world, String id) {
    var lena = new Desk(world, LENA);
    var omar = new Desk(world, OMAR);
    var ingrid = new Desk(world, INGRID);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.handsOver(id, 0, AMARA);
      lena.handsOver(id, 0, DIEGO);
      lena.handsOver(id, 0, OMAR);
    }
    if (omar.isAsked(id, HALF_HOUR)) {
      omar.handsOver(id, 0, LENA);
      omar.handsOver(id, 0, INGRID);
    }
    if (ingrid.isAsked(id, HALF_HOUR)) {
      ingrid.handsOver(id, 0, OMAR);
      ingrid.handsOver(id, 0, LENA);
      ingrid.denies(id);
    }
  }

  /** Whoever has it now leaves: those who come after them in the chain are asked as ever. */
  private static void handedAndLeft(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.handsOver(id, 0, OMAR);
    }
    var omar = new Desk(world, OMAR);
    omar.isAsked(id, HALF_HOUR);
    world.leaves(OMAR);
    world.pass(Duration.ofMinutes(2));
    omar.approves(id);
    var ingrid = new Desk(world, INGRID);
    if (ingrid.isAsked(id, Duration.ofHours(3))) {
      ingrid.approves(id);
    }
  }

  /** Nothing is handed over to whoever has left already. */
  private static void handedToALeaver(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    world.leaves(OMAR);
    world.pass(Duration.ofMinutes(2));
    lena.handsOver(id, 0, OMAR);
  }

  /** One click hands over while another approves: one of them comes first, and counts. */
  private static void handedOverBeside(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.play(() -> lena.handsOver(id, 0, OMAR));
      world.play(() -> lena.decides(id, 0, "approve", ""));
    }
    world.pass(Duration.ofMinutes(5));
    new Desk(world, OMAR).decides(id, 0, "approve", "");
  }

  /** At the very end of a round, while the next one opens. */
  private static void handedOverLate(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      var ends = ((Request.Pending) world.request(id)).open().roundEndsAt();
      world.pass(Duration.between(world.now(), ends.minusMillis(500)));
      lena.handsOver(id, 0, OMAR);
      world.pass(Duration.ofMinutes(5));
      new Desk(world, OMAR).decides(id, 0, "approve", "");
    }
  }

  /** The manager hands over to an owner, who is left out of the owners' stage then. */
  private static void handedOverOfTwo(World world, String id) {
    var henrik = new Desk(world, HENRIK);
    if (henrik.isAsked(id, HALF_HOUR)) {
      henrik.signsIn();
      henrik.handsOver(id, 0, JOANA);
    }
    var joana = new Desk(world, JOANA);
    if (joana.isAsked(id, HALF_HOUR)) {
      joana.decides(id, 0, "approve", "");
    }
    world.pass(Duration.ofMinutes(5));
    joana.decides(id, 1, "approve", "");
    henrik.decides(id, 1, "approve", "");
  }

  /** Who owns the system today may take away what was given under others. */
  private static void ownerOfToday(World world, String id) {
    active(world, id, LENA);
    world.publishes(ownedByNoor(world));
    world.pass(Duration.ofMinutes(2));
    new Desk(world, NOOR).revokes(id);
  }

  private static PolicyFiles ownedByNoor(World world) {
    var files = world.company().policies();
    return new PolicyFiles(
        files.runbooks(),
        files.systems().stream()
            .map(
                system ->
                    system.id().equals("crm")
                        ? new TargetSystem(
                            system.id(),
                            system.title(),
                            List.of(NOOR),
                            system.connector(),
                            system.roles(),
                            system.hands(),
                            system.chat())
                        : system)
            .toList(),
        files.people(),
        List.of(),
        true);
  }

  /** What somebody has from elsewhere explains nothing, however often they ask for it. */
  private static void alreadyHeldTwice(World world) {
    world.putIn("crm-record-viewers", AMARA);
    ask(world, Duration.ZERO, "key-1", AMARA, (w, id) -> approve(w, id, LENA));
    ask(world, Duration.ofSeconds(30), "key-2", AMARA, (w, id) -> approve(w, id, LENA));
  }

  /** Where a fresh sign-in is demanded, one of six minutes ago is none, whatever is sent. */
  private static void oldSignIn(World world, String id) {
    var noor = new Desk(world, NOOR);
    if (noor.isAsked(id, HALF_HOUR) && noor.signsIn()) {
      world.pass(Duration.ofMinutes(6));
      noor.invitation(id)
          .flatMap(mail -> noor.decidesByLinkOfAnother(id, mail, "approve"))
          .ifPresent(
              told -> world.mustBe(1, "an old sign-in counted as fresh", () -> !told.isAccepted()));
      noor.signsIn();
      noor.decidesByLink(id, "approve");
    }
  }

  /** Whoever decides has decided by the same runbook before, minutes ago. */
  private static void withdrawnBetweenTwo(World world) {
    ask(world, Duration.ZERO, "key-1", AMARA, (w, id) -> approve(w, id, LENA));
    ask(
        world,
        Duration.ofMinutes(1),
        "key-2",
        DIEGO,
        (w, id) -> {
          new Desk(w, LENA).isAsked(id, HALF_HOUR);
          w.pass(Duration.ofMinutes(2));
          w.withdraws(RECORD);
          w.pass(Duration.ofMinutes(5));
          new Desk(w, LENA).approves(id);
        });
  }

  private static void oneYesOneNo(World world, String id) {
    approve(world, id, RUTH);
    new Desk(world, NOOR).denies(id);
    new Desk(world, HENRIK).approves(id);
  }

  /** While one is running, the second is refused. */
  private static void askedTooOften(World world) {
    world.publishes(with(world, RECORD, FurtherLives::oneAtOnce));
    world.play(
        () -> {
          world.pass(Duration.ofMinutes(2));
          var amara = new Desk(world, AMARA);
          amara
              .asks("key-1", RECORD, SHORT)
              .ifPresent(
                  id -> {
                    active(world, id, LENA);
                    amara.asks("key-2", RECORD, SHORT);
                  });
        });
  }

  /** A runbook that asks the owners twice: the same people in two stages. */
  private static Life sameOwnersTwice(String name, String ends, Rest rest) {
    return new Life(
        name,
        ends,
        world -> {
          world.publishes(with(world, EXPORT, FurtherLives::ownersTwice));
          world.play(
              () -> {
                world.pass(Duration.ofMinutes(2));
                new Desk(world, LENA)
                    .asks("key-1", EXPORT, SHORT)
                    .ifPresent(id -> rest.of(world, id));
              });
        });
  }

  private static void clickedTwice(World world, String id) {
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, HALF_HOUR)) {
      omar.clicksTwice(id, 0, "approve");
      // With another sign-in the session of the first is over.
      omar.signsIn();
    }
    world.pass(Duration.ofMinutes(1));
    new Desk(world, INGRID).decides(id, 1, "approve", "");
  }

  /** The other owner's click comes a moment after the stage has closed. */
  private static void clickedBeside(World world, String id) {
    if (new Desk(world, OMAR).isAsked(id, HALF_HOUR)) {
      world.play(() -> new Desk(world, OMAR).decides(id, 0, "approve", ""));
      world.play(() -> new Desk(world, INGRID).decides(id, 0, "approve", ""));
    }
  }

  private static void codeGuessed(World world, String id) {
    var lena = new Desk(world, LENA);
    if (!lena.isAsked(id, HALF_HOUR)) {
      return;
    }
    lena.invitation(id)
        .ifPresent(
            mail -> {
              guess(world, id, mail, Desk.code(mail).orElse(""));
              lena.decidesByLink(id, mail, "approve", Desk.code(mail).orElse(""));
              world.mustBe(
                  1,
                  "a link was good for more than five tries",
                  () ->
                      world.isFaulty()
                          || world.request(id).trail().events().stream()
                              .noneMatch(event -> event.kind() == Event.Kind.DECIDED));
            });
  }

  /** Uses up the tries of a link, and then goes on. */
  private static void guess(World world, String id, Mail mail, String... further) {
    var wrong = Desk.code(mail).orElse("").equals("000000") ? "111111" : "000000";
    new Desk(world, LENA)
        .guesses(
            id,
            mail,
            "approve",
            Stream.concat(Collections.nCopies(5, wrong).stream(), Stream.of(further)).toList());
  }

  /** Where a session is demanded, a link that was forwarded lets nobody else decide. */
  private static void linkForwarded(World world) {
    world.publishes(with(world, RECORD, runbook -> proof(runbook, Proof.SESSION)));
    world.play(
        () -> {
          world.pass(Duration.ofMinutes(2));
          var amara = new Desk(world, AMARA);
          amara
              .asks("key-1", RECORD, SHORT)
              .ifPresent(
                  id -> {
                    var lena = new Desk(world, LENA);
                    if (lena.isAsked(id, HALF_HOUR)) {
                      lena.invitation(id)
                          .ifPresent(mail -> amara.decidesByLinkOfAnother(id, mail, "approve"));
                    }
                  });
        });
  }

  private static void revokedThenApproved(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    new Desk(world, OMAR).revokes(id);
    lena.approves(id);
    lena.decidesByLink(id, "approve");
  }

  private static void deniedThenApproved(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.denies(id);
    }
    world.pass(Duration.ofSeconds(5));
    lena.approves(id);
    lena.decidesByLink(id, "approve");
  }

  private static void approvedTooLate(World world, String id) {
    var lena = new Desk(world, LENA);
    lena.isAsked(id, HALF_HOUR);
    // A moment after the last deadline, when nobody has written the lapse yet.
    var ends = lena.now().plus(Duration.ofHours(9));
    while (lena.now().isBefore(ends) && world.status(id) == PENDING) {
      var stage = world.request(id).stages().getLast();
      if (stage.isLastRound()) {
        world.isDown("RoundFunction", true);
        world.pass(Duration.between(lena.now(), stage.roundEndsAt().plusMillis(200)));
        lena.approves(id);
        world.isDown("RoundFunction", false);
        return;
      }
      world.pass(Duration.ofMinutes(1));
    }
  }

  private static void atLeisure(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.pass(Duration.ofMinutes(5));
      lena.approves(id);
    }
  }

  /** The run breaks off when the reminder is due; the approval comes when all works again. */
  private static void afterABreak(World world, String id) {
    roundsDown(world, id);
    world.pass(Duration.ofMinutes(10));
    new Desk(world, LENA).approves(id);
  }

  /** The next stage is open when the workflow, which nobody has told yet, finds the round over. */
  private static void asTheRoundEnds(World world, String id) {
    var noor = new Desk(world, NOOR);
    if (noor.isAsked(id, HALF_HOUR)) {
      var ends = world.request(id).stages().getLast().roundEndsAt();
      world.pass(Duration.between(world.now(), ends.minusMillis(100)));
      world.isDown("DispatchFunction", true);
      noor.approves(id);
      world.pass(Duration.ofSeconds(3));
      world.isDown("DispatchFunction", false);
    }
  }

  private static void approvedTwice(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.play(() -> lena.approves(id));
      world.play(() -> new Desk(world, LENA).decidesByLink(id, "approve"));
    }
  }

  /** Two impatient clicks for another mail are one mail, and its code counts. */
  private static void mailAgain(World world, String id) {
    var lena = new Desk(world, LENA);
    if (!lena.isAsked(id, HALF_HOUR)) {
      return;
    }
    lena.invitation(id)
        .ifPresent(
            first -> {
              guess(world, id, first);
              for (int i = 0; i < 2; i++) {
                world.play(() -> new Desk(world, LENA).asksForAnotherMail(id, first));
              }
              world.pass(Duration.ofMinutes(1));
              if (!world.isTroubled()) {
                world.mustBe(
                    4,
                    "two clicks at once brought %d further mails"
                        .formatted(lena.mails(id).size() - 1),
                    () -> world.isFaulty() || lena.invitations(id) <= 2);
              }
            });
    lena.decidesByLink(id, "approve");
  }

  // Several

  private static void ask(World world, Duration after, String key, String who, Rest rest) {
    world.play(
        () -> {
          world.pass(after);
          new Desk(world, who).asks(key, RECORD, SHORT).ifPresent(id -> rest.of(world, id));
        });
  }

  /** The end does not fall into the minute's first seconds, in which the sweep runs. */
  private static void halfAMinuteLater(World world) {
    ask(world, Duration.ofSeconds(20), "key-1", AMARA, (w, id) -> approve(w, id, LENA));
  }

  private static void cancelledBeside(World world) {
    ask(world, Duration.ZERO, "key-1", AMARA, (w, id) -> approve(w, id, LENA));
    ask(
        world,
        Duration.ofMinutes(4),
        "key-2",
        AMARA,
        (w, id) -> {
          new Desk(w, LENA).isAsked(id, HALF_HOUR);
          // The approval and the withdrawal meet; the withdrawal comes before the set-up.
          w.play(() -> new Desk(w, LENA).approves(id));
          w.pass(Duration.ofMillis(40));
          new Desk(w, AMARA).cancels(id);
        });
  }

  private static void threeOverlapping(World world) {
    ask(world, Duration.ZERO, "key-1", AMARA, (w, id) -> approve(w, id, LENA));
    ask(world, Duration.ofMinutes(5), "key-2", AMARA, (w, id) -> approve(w, id, LENA));
    ask(world, Duration.ofMinutes(18), "key-3", AMARA, (w, id) -> approve(w, id, LENA));
  }

  private static void revokedBeside(World world) {
    ask(
        world,
        Duration.ZERO,
        "key-1",
        AMARA,
        (w, id) -> {
          active(w, id, LENA);
          w.pass(Duration.ofMinutes(6));
          new Desk(w, OMAR).revokes(id);
        });
    ask(world, Duration.ofMinutes(2), "key-2", AMARA, (w, id) -> approve(w, id, LENA));
  }

  private static void manyAtOnce(World world) {
    for (int i = 0; i < 4; i++) {
      var who = i % 2 == 0 ? AMARA : DIEGO;
      ask(world, Duration.ZERO, "key-many-" + i, who, (w, id) -> approve(w, id, LENA));
    }
  }

  private static void askedTwice(World world, String id) {
    new Desk(world, AMARA).asks("key-1", RECORD, SHORT);
    approve(world, id, LENA);
  }

  /**
   * The next one asks for what is about to end, and is approved so long before the end, or after.
   */
  private static Life handedOn(String name, Duration before) {
    return life(
        name,
        "ENDED EXPIRED, ENDED EXPIRED",
        world -> {
          ask(
              world,
              Duration.ZERO,
              "key-1",
              AMARA,
              (w, id) -> {
                active(w, id, LENA);
                var ends = w.request(id).given().map(Grant::expiresAt).orElse(w.now());
                w.pass(Duration.ofMinutes(2));
                new Desk(w, AMARA)
                    .asks("key-2", RECORD, SHORT)
                    .ifPresent(
                        next -> {
                          new Desk(w, LENA).isAsked(next, HALF_HOUR);
                          w.pass(Duration.between(w.now(), ends.minus(before)));
                          new Desk(w, LENA).approves(next);
                        });
              });
        });
  }

  // Moments

  /** Looks closely until it is so: setting up takes moments. */
  private static boolean soon(World world, String id, BooleanSupplier reached) {
    for (int looks = 0; looks < 300_000 && !reached.getAsBoolean(); looks++) {
      world.pass(world.status(id) == PENDING ? Duration.ofMillis(20) : Calls.MOMENT.dividedBy(2));
    }
    return reached.getAsBoolean();
  }

  /** When the target has it and nobody has been told yet. */
  private static boolean isHalfWay(World world, String id) {
    return soon(world, id, () -> !world.memberships().isEmpty());
  }

  /** What a function sent that is long gone arrives when another one has the lock. */
  private static void ghost(World world, String id) {
    active(world, id, LENA);
    var ends = world.request(id).given().map(Grant::expiresAt).orElse(world.now());
    world.pass(Duration.between(world.now(), ends));
    if (soon(world, id, () -> world.isLocked(AMARA))) {
      world.unlocksLate(world.request(id).asked().entitlement());
    }
  }

  /** Once setting up has begun the approval stays; whoever gave it is told so. */
  private static void withdrawnDuring(World world, String id) {
    approve(world, id, LENA);
    soon(world, id, () -> world.status(id) == PROVISIONING || world.status(id) == ACTIVE);
    new Desk(world, LENA).withdrawsApproval(id);
  }

  private static void cancelledDuring(World world, String id) {
    approve(world, id, LENA);
    soon(world, id, () -> world.status(id) == PROVISIONING || world.status(id) == ACTIVE);
    new Desk(world, AMARA).cancels(id);
  }

  private static void revokedHalfWay(World world, String id) {
    approve(world, id, LENA);
    if (isHalfWay(world, id)) {
      new Desk(world, OMAR).revokes(id);
    }
  }

  /** The target takes the membership and then answers nobody, until setting up is given up. */
  private static void downHalfWay(World world, String id) {
    approve(world, id, LENA);
    if (isHalfWay(world, id)) {
      world.targetIsDown(true);
      world.pass(Duration.ofHours(2));
      world.targetIsDown(false);
    }
  }

  /** Two clicks a moment apart: the second finds nothing yet. */
  private static void askedTwiceAtOnce(World world) {
    ask(world, Duration.ZERO, "key-1", AMARA, (w, id) -> approve(w, id, LENA));
    ask(world, Duration.ofMillis(1), "key-1", AMARA, (w, id) -> {});
  }

  // What is down

  private static void down(World world, String what, Duration duration) {
    world.isDown(what, true);
    world.pass(duration);
    world.isDown(what, false);
  }

  /** The workflow is well and tries again: no need for the sweep's five minutes. */
  private static void downForAMoment(World world, String id) {
    active(world, id, LENA);
    var ends = world.request(id).given().map(Grant::expiresAt).orElse(world.now());
    world.pass(Duration.between(world.now(), ends.minusSeconds(5)));
    world.targetIsDown(true);
    world.pass(Duration.ofSeconds(15));
    world.targetIsDown(false);
    var latest = world.now().plusSeconds(60);
    world.mustBe(
        2,
        "the access outlived a moment in which the target was down by more than a minute",
        () ->
            world.isFaulty()
                || world.memberships().stream().noneMatch(span -> span.covers(latest)));
  }

  private static void mailDownAtTheEnd(World world, String id) {
    active(world, id, LENA);
    world.pass(Duration.ofMinutes(14));
    down(world, "MAIL", Duration.ofMinutes(10));
  }

  private static void mailDownFirst(World world, String id) {
    down(world, "MAIL", Duration.ofMinutes(10));
    approve(world, id, LENA);
  }

  private static void roundsDown(World world, String id) {
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    world.pass(Duration.ofMinutes(59));
    down(world, "RoundFunction", Duration.ofMinutes(12));
  }

  private static void tablesDown(World world, String id) {
    active(world, id, LENA);
    world.pass(Duration.ofMinutes(12));
    down(world, "DYNAMODB", Duration.ofMinutes(4));
  }

  /** Neither the workflow nor the sweep can do anything until the time to live is over. */
  private static void onlyTheTtl(World world, String id) {
    active(world, id, LENA);
    world.onlyTheTtlIsLeft();
    world.isDown("DeprovisionFunction", true);
    world.isDown("SweepFunction", true);
    world.pass(Duration.ofMinutes(34));
    world.isDown("DeprovisionFunction", false);
    world.pass(DAYS.dividedBy(24));
    world.isDown("SweepFunction", false);
  }

  /** It finds everybody: ids differ in the buckets that it looks into. */
  private static void onlyTheSweep(World world) {
    ask(world, Duration.ZERO, "key-1", DIEGO, (w, id) -> approve(w, id, LENA));
    ask(
        world,
        Duration.ZERO,
        "key-1",
        AMARA,
        (w, id) -> {
          active(w, id, LENA);
          w.pass(Duration.ofMinutes(12));
          down(w, "DeprovisionFunction", Duration.ofMinutes(20));
        });
  }

  /** So long that the stream gives records up; a later one heals the gap. */
  private static void auditDown(World world, String id) {
    new Desk(world, LENA).isAsked(id, HALF_HOUR);
    world.isDown("AuditFunction", true);
    approve(world, id, LENA);
    new Desk(world, AMARA).sees(id, HALF_HOUR, ACTIVE);
    world.pass(Duration.ofMinutes(12));
    world.isDown("AuditFunction", false);
    new Desk(world, AMARA).returns(id);
  }

  private static void dispatchDown(World world, String id) {
    world.isDown("DispatchFunction", true);
    world.pass(Duration.ofMinutes(12));
    world.isDown("DispatchFunction", false);
    approve(world, id, LENA);
  }

  private static void holderDeleted(World world, String id) {
    active(world, id, LENA);
    world.forgets(AMARA);
  }

  // Ends

  private static void revokedAtLength(World world, String id) {
    active(world, id, LENA);
    new Desk(world, OMAR).revokes(id, "Not needed any more. ".repeat(200));
  }

  private static void returnedToo(World world, String id) {
    active(world, id, LENA);
    world.play(() -> new Desk(world, OMAR).revokes(id));
    world.pass(Duration.ofMillis(30));
    new Desk(world, AMARA).returns(id);
  }

  /** Given back in the very moment in which it ends by itself. */
  private static void returnedAtTheEnd(World world, String id) {
    active(world, id, LENA);
    world
        .request(id)
        .given()
        .ifPresent(
            grant -> {
              world.pass(Duration.between(world.now(), grant.expiresAt()).minusMillis(3));
              new Desk(world, AMARA).returns(id);
            });
  }

  /** Two administrators publish in the same moment, both the same runbook. */
  private static void publishedTwice(World world) {
    for (var who : List.of("group:support-leads", "everyone")) {
      world.play(() -> world.publishes(with(world, RECORD, each -> mayAsk(each, who))));
    }
    ask(world, Duration.ofMinutes(2), "key-1", AMARA, (w, id) -> approve(w, id, LENA));
  }

  /** The same when nothing has been published before. */
  private static void firstPublication(World world) {
    world.unpublishes();
    publishedTwice(world);
  }

  // Policies

  /** The published runbooks with one of them changed. */
  static PolicyFiles with(World world, String id, UnaryOperator<Runbook> change) {
    return with(world.company().policies(), id, change);
  }

  private static PolicyFiles with(PolicyFiles files, String id, UnaryOperator<Runbook> change) {
    return new PolicyFiles(
        files.runbooks().stream()
            .map(runbook -> runbook.id().equals(id) ? change.apply(runbook) : runbook)
            .toList(),
        files.systems(),
        files.people(),
        List.of(),
        true);
  }

  static Runbook mayAsk(Runbook runbook, String who) {
    return changed(runbook, List.of(Who.of(who)), runbook.approval(), runbook.proof());
  }

  private static Runbook proof(Runbook runbook, Proof proof) {
    return changed(runbook, runbook.mayAsk(), runbook.approval(), proof);
  }

  private static Runbook ownersTwice(Runbook runbook) {
    var last = runbook.approval().getLast();
    var stage =
        new Runbook.Stage(
            null,
            List.of(Who.of("owners")),
            new Runbook.Needed.AtLeast(1),
            last.remindAfter(),
            null,
            last.lapseAfter());
    return changed(
        runbook,
        runbook.mayAsk(),
        runbook.extend(),
        runbook.limits(),
        List.of(stage, stage),
        // Or whoever clicks twice could not do harm.
        true,
        Proof.SESSION);
  }

  static Runbook extendable(Runbook runbook, Duration longest) {
    return changed(
        runbook,
        runbook.mayAsk(),
        new Runbook.Extension(longest),
        runbook.limits(),
        runbook.approval(),
        runbook.proof());
  }

  private static Runbook oneAtOnce(Runbook runbook) {
    return changed(
        runbook,
        runbook.mayAsk(),
        runbook.extend(),
        new Runbook.Limits(1, null),
        runbook.approval(),
        runbook.proof());
  }

  private static Runbook changed(
      Runbook runbook, List<Who> mayAsk, List<Runbook.Stage> approval, Proof proof) {
    return changed(runbook, mayAsk, runbook.extend(), runbook.limits(), approval, proof);
  }

  private static Runbook changed(
      Runbook runbook,
      List<Who> mayAsk,
      Runbook.@Nullable Extension extend,
      Runbook.@Nullable Limits limits,
      List<Runbook.Stage> approval,
      Proof proof) {
    return changed(runbook, mayAsk, extend, limits, approval, runbook.sameApprover(), proof);
  }

  private static Runbook changed(
      Runbook runbook,
      List<Who> mayAsk,
      Runbook.@Nullable Extension extend,
      Runbook.@Nullable Limits limits,
      List<Runbook.Stage> approval,
      boolean sameApprover,
      Proof proof) {
    return new Runbook(
        runbook.id(),
        runbook.title(),
        runbook.system(),
        runbook.role(),
        mayAsk,
        runbook.mayAskForOthers(),
        runbook.duration(),
        extend,
        runbook.start(),
        limits,
        runbook.reason(),
        runbook.ticket(),
        runbook.calendar(),
        approval,
        runbook.autoApproval(),
        runbook.breakGlass(),
        sameApprover,
        proof,
        runbook.guidance());
  }
}
