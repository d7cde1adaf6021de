package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.ENDED;
import static dev.daypass.simulation.Lives.INGRID;
import static dev.daypass.simulation.Lives.NOOR;
import static dev.daypass.simulation.Lives.RUTH;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives of access that people set up and take away, because no program reaches the system. */
final class HandLives {
  private static final String PRIYA = "priya.nair@example.com";
  private static final String JOANA = "joana.silva@example.com";
  private static final String ELENA = "elena.petrova@example.com";
  private static final String ONBOARDING = "hr-onboarding";
  private static final String EDITORS = "hr-onboarding-editors";
  private static final Duration SHORT = Duration.ofMinutes(15);

  /** What a PNG begins with, and something more. */
  private static final byte[] PICTURE = picture("nobody is there");

  private static final byte[] ANOTHER = picture("somebody is there");

  /** People do what they do sooner or later, whatever goes wrong. */
  private static final Duration PATIENCE = Duration.ofHours(12);

  private HandLives() {}

  private static byte[] picture(String what) {
    return ("\u0089PNG\r\n\u001a\n" + what).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The one whose every call is made to fail in every way. */
  static Life plain() {
    return one("by-hand", "ENDED EXPIRED", HandLives::setUpAndShown);
  }

  static List<Life> all() {
    return List.of(
        one("by-hand-impossible", "FAILED NOT_SET_UP", HandLives::impossible),
        one("by-hand-held", "FAILED ALREADY_HELD", HandLives::held),
        one("by-hand-returned-before", "ENDED RETURNED", HandLives::returnedBefore),
        one("by-hand-returned", "ENDED RETURNED", HandLives::returned),
        one("by-hand-revoked", "ENDED REVOKED", HandLives::revoked),
        one("by-hand-late", "ENDED EXPIRED", HandLives::late),
        one("by-hand-twice", "ENDED EXPIRED", HandLives::twice),
        one("by-hand-shown", "ENDED EXPIRED", HandLives::shown),
        one("by-hand-shown-twice", "ENDED EXPIRED", HandLives::shownTwice),
        new Life("by-hand-own", "ENDED EXPIRED", HandLives::own),
        new Life("by-hand-overlapping", "ENDED EXPIRED, ENDED EXPIRED", HandLives::overlapping),
        new Life("by-hand-wanted-again", "ENDED EXPIRED, ENDED EXPIRED", HandLives::wantedAgain),
        new Life("by-hand-left-over", "ENDED EXPIRED, ENDED EXPIRED", HandLives::leftOver));
  }

  /** Priya asks to set up a colleague, and Joana says yes; what follows is up to the others. */
  private static Life one(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(name, ends, world -> world.play(() -> ask(world, "key-1", rest)));
  }

  private static void ask(World world, String key, BiConsumer<World, String> rest) {
    new Desk(world, PRIYA)
        .asks(key, ONBOARDING, SHORT)
        .ifPresent(
            id -> {
              var joana = new Desk(world, JOANA);
              if (joana.isAsked(id, PATIENCE)) {
                joana.approves(id);
                rest.accept(world, id);
              }
            });
  }

  private static void setUpAndTakenAway(World world, String id) {
    setUp(world, id);
    takeAway(world, id, INGRID);
  }

  /** As {@link #setUpAndTakenAway}, with a picture in place of words. */
  private static void setUpAndShown(World world, String id) {
    setUp(world, id);
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.pass(Duration.ofMinutes(2));
      world.takeAwayByHand(EDITORS, PRIYA);
      ingrid.showsTakenAway(id, PICTURE);
    }
  }

  private static void setUp(World world, String id) {
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.pass(Duration.ofMinutes(2));
      world.setUpByHand(EDITORS, PRIYA);
      ingrid.saysOfSetUp(id, "done");
      ingrid.sees(id, PATIENCE, ACTIVE);
    }
  }

  private static void takeAway(World world, String id, String owner) {
    var desk = new Desk(world, owner);
    if (desk.hasTask(id, PATIENCE)) {
      world.pass(Duration.ofMinutes(2));
      world.takeAwayByHand(EDITORS, PRIYA);
      desk.saysTakenAway(id);
    }
  }

  private static void impossible(World world, String id) {
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      ingrid.saysOfSetUp(id, "impossible");
    }
  }

  private static void held(World world, String id) {
    world.putIn(EDITORS, PRIYA);
    var joana = new Desk(world, JOANA);
    if (joana.hasTask(id, PATIENCE)) {
      joana.saysOfSetUp(id, "held");
    }
  }

  /** It is there, and nobody has said so yet, when its holder no longer wants it. */
  private static void returnedBefore(World world, String id) {
    if (new Desk(world, INGRID).hasTask(id, PATIENCE)) {
      world.setUpByHand(EDITORS, PRIYA);
      new Desk(world, PRIYA).returns(id);
      takeAway(world, id, JOANA);
    }
  }

  private static void returned(World world, String id) {
    setUp(world, id);
    world.pass(Duration.ofMinutes(3));
    new Desk(world, PRIYA).returns(id);
    takeAway(world, id, JOANA);
  }

  private static void revoked(World world, String id) {
    setUp(world, id);
    world.pass(Duration.ofMinutes(3));
    new Desk(world, RUTH).revokes(id);
    takeAway(world, id, RUTH);
  }

  /** Nobody takes it away for two days: the owners are reminded, and their manager is told. */
  private static void late(World world, String id) {
    setUp(world, id);
    world.pass(Duration.ofDays(2));
    takeAway(world, id, INGRID);
  }

  /** Both owners say so, and both press the button twice. */
  private static void twice(World world, String id) {
    setUp(world, id);
    new Desk(world, JOANA).saysOfSetUp(id, "impossible");
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.takeAwayByHand(EDITORS, PRIYA);
      world.play(() -> new Desk(world, JOANA).saysTakenAway(id));
      world.play(() -> new Desk(world, INGRID).saysTakenAway(id));
    }
  }

  /**
   * An owner shows that it is gone; somebody with a hand in the bucket puts another picture in the
   * place, and an auditor opens it before and after.
   */
  private static void shown(World world, String id) {
    setUp(world, id);
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.takeAwayByHand(EDITORS, PRIYA);
      ingrid.showsTakenAway(id, PICTURE);
      ingrid.sees(id, PATIENCE, ENDED);
      new Desk(world, ELENA).opensEvidence(id);
      for (var key : world.evidence().keySet()) {
        world.replaceEvidence(key, ANOTHER);
        new Desk(world, ELENA).opensEvidence(id);
        world.replaceEvidence(key, PICTURE);
      }
    }
  }

  /** Both owners show a picture of their own at the same time, and one of them sends it again. */
  private static void shownTwice(World world, String id) {
    setUp(world, id);
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.takeAwayByHand(EDITORS, PRIYA);
      world.play(() -> new Desk(world, JOANA).showsTakenAway(id, ANOTHER));
      world.play(() -> new Desk(world, INGRID).showsTakenAway(id, PICTURE));
      ingrid.showsTakenAway(id, PICTURE);
    }
  }

  /** An owner who asks is answered by the other one, whatever the first says. */
  private static void own(World world) {
    world.play(
        () -> {
          var joana = new Desk(world, JOANA);
          joana
              .asks("key-1", ONBOARDING, SHORT)
              .ifPresent(
                  id -> {
                    var noor = new Desk(world, NOOR);
                    if (noor.isAsked(id, PATIENCE)) {
                      noor.approves(id);
                    }
                    var ingrid = new Desk(world, INGRID);
                    if (ingrid.hasTask(id, PATIENCE)) {
                      joana.saysOfSetUp(id, "done");
                      world.pass(Duration.ofMinutes(5));
                      world.setUpByHand(EDITORS, JOANA);
                      ingrid.saysOfSetUp(id, "done");
                      ingrid.sees(id, PATIENCE, ACTIVE);
                    }
                    if (ingrid.hasTask(id, PATIENCE)) {
                      joana.saysTakenAway(id);
                      world.pass(Duration.ofMinutes(5));
                      world.takeAwayByHand(EDITORS, JOANA);
                      ingrid.saysTakenAway(id);
                    }
                  });
        });
  }

  /** The second begins while the first is there, and needs nobody's hands until it ends. */
  private static void overlapping(World world) {
    world.play(
        () ->
            ask(
                world,
                "key-1",
                (first, id) -> {
                  setUp(first, id);
                  first.pass(Duration.ofMinutes(5));
                  ask(
                      first,
                      "key-2",
                      (second, other) -> {
                        new Desk(second, PRIYA).sees(other, PATIENCE, ACTIVE);
                        takeAway(second, other, INGRID);
                      });
                }));
  }

  /**
   * The second begins when the first is over and its owners have a task: they have taken it away
   * and not said so yet, and set it up again.
   */
  private static void wantedAgain(World world) {
    world.play(
        () ->
            ask(
                world,
                "key-1",
                (first, id) -> {
                  setUp(first, id);
                  if (new Desk(first, INGRID).hasTask(id, PATIENCE)) {
                    first.takeAwayByHand(EDITORS, PRIYA);
                    ask(first, "key-2", HandLives::setUpAndTakenAway);
                  }
                }));
  }

  /** As before, and the access is still there: nobody may take it for somebody else's. */
  private static void leftOver(World world) {
    world.play(
        () ->
            ask(
                world,
                "key-1",
                (first, id) -> {
                  setUp(first, id);
                  if (new Desk(first, INGRID).hasTask(id, PATIENCE)) {
                    ask(
                        first,
                        "key-2",
                        (second, other) -> {
                          var ingrid = new Desk(second, INGRID);
                          if (ingrid.hasTask(other, PATIENCE)) {
                            ingrid.saysOfSetUp(other, "held");
                            ingrid.saysOfSetUp(other, "done");
                          }
                          takeAway(second, other, INGRID);
                        });
                  }
                }));
  }
}
