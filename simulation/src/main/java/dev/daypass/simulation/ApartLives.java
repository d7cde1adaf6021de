package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.simulation.Lives.HENRIK;
import static dev.daypass.simulation.Lives.INGRID;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Lives of two roles that nobody may have together: whoever sees salaries enters no colleagues. */
final class ApartLives {
  private static final String PRIYA = "priya.nair@example.com";
  private static final String JOANA = "joana.silva@example.com";
  private static final String ONBOARDING = "hr-onboarding";
  private static final String EDITORS = "hr-onboarding-editors";
  private static final String PAYSLIPS = "payroll-view";
  private static final String VIEWERS = "payroll-payslip-viewers";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofHours(12);

  private ApartLives() {}

  static List<Life> all() {
    return List.of(
        new Life("apart-refused", "ENDED EXPIRED", ApartLives::refused),
        new Life("apart-at-once", "", ApartLives::atOnce),
        new Life("apart-approved-one-by-one", "", ApartLives::oneByOne),
        new Life("apart-from-elsewhere", "FAILED NOT_SET_UP", ApartLives::fromElsewhere),
        new Life("apart-in-turn", "ENDED EXPIRED, ENDED EXPIRED", ApartLives::inTurn));
  }

  /** What is there keeps the other one out when it is asked for. */
  private static void refused(World world) {
    world.play(
        () ->
            payslips(world, "key-1")
                .ifPresent(
                    id -> {
                      approvePayslips(world, id);
                      if (new Desk(world, PRIYA).sees(id, PATIENCE, ACTIVE)) {
                        boolean taken = onboarding(world, "key-2").isPresent();
                        world.mustBe(1, "both were asked for at once", () -> !taken);
                      }
                    }));
  }

  /** Asked for in the same moment, and approved in the same moment. */
  private static void atOnce(World world) {
    world.play(
        () ->
            payslips(world, "key-1")
                .ifPresent(
                    id -> {
                      approveAsManager(world, id);
                      var henrik = new Desk(world, HENRIK);
                      if (henrik.isAsked(id, PATIENCE)) {
                        waitForTheHour(world);
                        henrik.approves(id);
                      }
                    }));
    world.play(
        () ->
            onboarding(world, "key-2")
                .ifPresent(
                    id -> {
                      var joana = new Desk(world, JOANA);
                      if (joana.isAsked(id, PATIENCE)) {
                        waitForTheHour(world);
                        joana.approves(id);
                        workByHand(world, id);
                      }
                    }));
  }

  /** Asked for in the same moment; the one that is approved later finds the other one there. */
  private static void oneByOne(World world) {
    world.play(
        () ->
            payslips(world, "key-1")
                .ifPresent(
                    id -> {
                      approveAsManager(world, id);
                      var henrik = new Desk(world, HENRIK);
                      if (henrik.isAsked(id, PATIENCE)) {
                        waitForTheHour(world);
                        world.pass(Duration.ofMinutes(1));
                        henrik.approves(id);
                      }
                    }));
    world.play(
        () ->
            onboarding(world, "key-2")
                .ifPresent(
                    id -> {
                      var joana = new Desk(world, JOANA);
                      if (joana.isAsked(id, PATIENCE)) {
                        waitForTheHour(world);
                        joana.approves(id);
                        workByHand(world, id);
                      }
                    }));
  }

  /** Two people press at the same time, however long it took to ask them. */
  private static void waitForTheHour(World world) {
    world.pass(Duration.between(world.now(), Company.MONDAY.plus(Duration.ofHours(1))));
  }

  /** The person sees salaries, and not through us. */
  private static void fromElsewhere(World world) {
    world.putIn(VIEWERS, PRIYA);
    world.play(
        () ->
            onboarding(world, "key-1")
                .ifPresent(
                    id -> {
                      var joana = new Desk(world, JOANA);
                      if (joana.isAsked(id, PATIENCE)) {
                        joana.approves(id);
                        // Nobody is asked to; whoever is does it.
                        workByHand(world, id);
                      }
                    }));
  }

  /** One after the other is nobody's business. */
  private static void inTurn(World world) {
    world.play(
        () ->
            payslips(world, "key-1")
                .ifPresent(
                    id -> {
                      approvePayslips(world, id);
                      if (new Desk(world, PRIYA)
                          .sees(id, PATIENCE, dev.daypass.access.Status.ENDED)) {
                        onboarding(world, "key-2")
                            .ifPresent(
                                second -> {
                                  var joana = new Desk(world, JOANA);
                                  if (joana.isAsked(second, PATIENCE)) {
                                    joana.approves(second);
                                    workByHand(world, second);
                                  }
                                });
                      }
                    }));
  }

  private static Optional<String> payslips(World world, String key) {
    return new Desk(world, PRIYA).asks(key, PAYSLIPS, SHORT);
  }

  private static Optional<String> onboarding(World world, String key) {
    return new Desk(world, PRIYA).asks(key, ONBOARDING, SHORT);
  }

  private static void approvePayslips(World world, String id) {
    approveAsManager(world, id);
    var henrik = new Desk(world, HENRIK);
    if (henrik.isAsked(id, PATIENCE)) {
      henrik.approves(id);
    }
  }

  private static void approveAsManager(World world, String id) {
    var joana = new Desk(world, JOANA);
    if (joana.isAsked(id, PATIENCE)) {
      joana.approves(id);
    }
  }

  private static void workByHand(World world, String id) {
    var ingrid = new Desk(world, INGRID);
    if (ingrid.hasTask(id, PATIENCE)) {
      world.setUpByHand(EDITORS, PRIYA);
      ingrid.saysOfSetUp(id, "done");
      if (ingrid.sees(id, PATIENCE, ACTIVE) && ingrid.hasTask(id, PATIENCE)) {
        world.takeAwayByHand(EDITORS, PRIYA);
        ingrid.saysTakenAway(id);
      }
    }
  }
}
