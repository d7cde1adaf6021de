package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.simulation.Lives.INGRID;
import static dev.daypass.simulation.Lives.LENA;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives of requests that somebody makes for a colleague: Priya for Tomasz, Joana for Priya. */
final class ForOthersLives {
  private static final String PRIYA = "priya.nair@example.com";
  private static final String TOMASZ = "tomasz.kowalski@example.com";
  private static final String JOANA = "joana.silva@example.com";
  private static final String ONBOARDING = "hr-onboarding";
  private static final String EDITORS = "hr-onboarding-editors";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofHours(12);

  private ForOthersLives() {}

  static List<Life> all() {
    return List.of(
        forTomasz("asked-for-another", "ENDED EXPIRED", ForOthersLives::approved),
        forTomasz("withdrawn-by-the-other", "CANCELLED", ForOthersLives::withdrawnByTomasz),
        forTomasz("withdrawn-by-whoever-asked", "CANCELLED", ForOthersLives::withdrawnByPriya),
        forTomasz("whoever-asked-has-left", "LAPSED", ForOthersLives::priyaLeaves),
        new Life("whoever-asked-would-decide", "ENDED EXPIRED", ForOthersLives::managerAsks),
        new Life("asked-for-a-stranger", "", ForOthersLives::strangerAsks),
        new Life("asked-for-whom-it-is-not", "", ForOthersLives::notForLena));
  }

  /** Priya asks for Tomasz; what follows is up to the others. */
  private static Life forTomasz(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, PRIYA)
                        .asksFor(TOMASZ, "key-1", ONBOARDING, SHORT)
                        .ifPresent(id -> rest.accept(world, id))));
  }

  private static void approved(World world, String id) {
    var joana = new Desk(world, JOANA);
    if (joana.isAsked(id, PATIENCE)) {
      joana.approves(id);
      workByHand(world, id, TOMASZ);
    }
  }

  private static void withdrawnByTomasz(World world, String id) {
    if (new Desk(world, JOANA).isAsked(id, PATIENCE)) {
      new Desk(world, TOMASZ).cancels(id);
    }
  }

  private static void withdrawnByPriya(World world, String id) {
    if (new Desk(world, JOANA).isAsked(id, PATIENCE)) {
      new Desk(world, PRIYA).cancels(id);
    }
  }

  /** Nobody is there any more on whose word Tomasz would get it. */
  private static void priyaLeaves(World world, String id) {
    var joana = new Desk(world, JOANA);
    if (joana.isAsked(id, PATIENCE)) {
      world.leaves(PRIYA);
      joana.approves(id);
    }
  }

  /** Joana manages Priya and leads HR: without her there are the owners, of whom she is one. */
  private static void managerAsks(World world) {
    world.play(
        () -> {
          var joana = new Desk(world, JOANA);
          joana
              .asksFor(PRIYA, "key-1", ONBOARDING, SHORT)
              .ifPresent(
                  id -> {
                    var ingrid = new Desk(world, INGRID);
                    if (ingrid.isAsked(id, PATIENCE)) {
                      joana.approves(id);
                      ingrid.approves(id);
                      workByHand(world, id, PRIYA);
                    }
                  });
        });
  }

  /** Lena leads support, and has nothing to ask for in HR. */
  private static void strangerAsks(World world) {
    world.play(
        () -> {
          boolean taken =
              new Desk(world, LENA).asksFor(TOMASZ, "key-1", ONBOARDING, SHORT).isPresent();
          world.mustBe(1, "somebody asked for another and may not", () -> !taken);
        });
  }

  /** Priya may ask for others, and it is not for Lena. */
  private static void notForLena(World world) {
    world.play(
        () -> {
          boolean taken =
              new Desk(world, PRIYA).asksFor(LENA, "key-1", ONBOARDING, SHORT).isPresent();
          world.mustBe(1, "it was asked for somebody whom it is not for", () -> !taken);
        });
  }

  private static void workByHand(World world, String id, String holder) {
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.setUpByHand(EDITORS, holder);
      ingrid.saysOfSetUp(id, "done");
      if (ingrid.sees(id, PATIENCE, ACTIVE) && ingrid.hasTask(id, PATIENCE)) {
        world.takeAwayByHand(EDITORS, holder);
        ingrid.saysTakenAway(id);
      }
    }
  }
}
