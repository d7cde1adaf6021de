package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.DENIED;
import static dev.daypass.access.Status.ENDED;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lives of requests that a rule of their runbook approves at once, or does not. */
final class RuleLives {
  private static final String YUKI = "yuki.tanaka@example.com";
  private static final String SOFIA = "sofia.rossi@example.com";
  private static final String DASHBOARDS = "marketing-analytics";
  private static final String EMERGENCY = "emergency-information";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofHours(3);

  private RuleLives() {}

  static List<Life> all() {
    return List.of(
        again("approved-by-rule", "ENDED RETURNED, ENDED EXPIRED", RuleLives::atOnce),
        again("cancelled-after-a-rule", "ENDED RETURNED, CANCELLED", RuleLives::cancelledAtOnce),
        again("revoked-after-a-rule", "ENDED RETURNED, CANCELLED", RuleLives::revokedAtOnce),
        again("rule-for-less", "ENDED RETURNED, DENIED", RuleLives::forLonger),
        again("rule-and-extended", "ENDED RETURNED, ENDED EXPIRED", RuleLives::extended),
        life("rule-after-revoking", "ENDED REVOKED, ENDED EXPIRED", RuleLives::takenAwayBefore),
        life("rule-after-a-denial", "DENIED, DENIED", RuleLives::deniedBefore),
        life("rule-after-another-runbook", "ENDED RETURNED, DENIED", RuleLives::givenOtherwise));
  }

  /** Yuki was given it once and gave it back; what follows is up to the second time. */
  private static Life again(String name, String ends, BiConsumer<World, Desk> rest) {
    return life(
        name,
        ends,
        (world, yuki) -> {
          given(world, yuki)
              .ifPresent(
                  id -> {
                    yuki.returns(id);
                    // Only what is over makes room for the next.
                    if (yuki.sees(id, PATIENCE, ENDED)) {
                      rest.accept(world, yuki);
                    }
                  });
        });
  }

  private static Life life(String name, String ends, BiConsumer<World, Desk> script) {
    return new Life(
        name, ends, world -> world.play(() -> script.accept(world, new Desk(world, YUKI))));
  }

  private static Optional<String> given(World world, Desk yuki) {
    return yuki.asks("key-1", DASHBOARDS, HOUR)
        .filter(
            id -> {
              var sofia = new Desk(world, SOFIA);
              if (sofia.isAsked(id, PATIENCE)) {
                sofia.approves(id);
              }
              return yuki.sees(id, PATIENCE, ACTIVE);
            });
  }

  /** Within what the rule approves, and then beyond. */
  private static void extended(World world, Desk yuki) {
    yuki.asks("key-2", DASHBOARDS, HOUR)
        .ifPresent(
            id -> {
              if (yuki.sees(id, PATIENCE, ACTIVE)) {
                yuki.extendsTo(id, world.now().plus(HOUR.multipliedBy(2)));
                yuki.extendsTo(id, world.now().plus(Duration.ofDays(2)));
              }
            });
  }

  /** Whoever was told no is not given it at once the next time. */
  private static void deniedBefore(World world, Desk yuki) {
    yuki.asks("key-1", DASHBOARDS, HOUR)
        .ifPresent(
            id -> {
              deny(world, id);
              if (yuki.sees(id, PATIENCE, DENIED)) {
                yuki.asks("key-2", DASHBOARDS, HOUR).ifPresent(second -> deny(world, second));
              }
            });
  }

  /** What was given by another runbook is no reason. */
  private static void givenOtherwise(World world, Desk yuki) {
    yuki.asks("key-1", EMERGENCY, HOUR)
        .ifPresent(
            id -> {
              var noor = new Desk(world, Lives.NOOR);
              if (noor.isAsked(id, PATIENCE)) {
                noor.approves(id);
              }
              if (yuki.sees(id, PATIENCE, ACTIVE)) {
                yuki.returns(id);
                if (yuki.sees(id, PATIENCE, ENDED)) {
                  yuki.asks("key-2", DASHBOARDS, HOUR).ifPresent(second -> deny(world, second));
                }
              }
            });
  }

  private static void deny(World world, String id) {
    var sofia = new Desk(world, SOFIA);
    if (sofia.isAsked(id, PATIENCE)) {
      sofia.denies(id);
    }
  }

  private static void atOnce(World world, Desk yuki) {
    yuki.asks("key-2", DASHBOARDS, HOUR)
        .ifPresent(
            id ->
                world.mustBe(
                    5, "a rule approved it and people were asked", () -> nobodyIsAsked(world, id)));
  }

  private static boolean nobodyIsAsked(World world, String id) {
    return new Desk(world, SOFIA).mails(id).isEmpty();
  }

  private static void cancelledAtOnce(World world, Desk yuki) {
    yuki.asks("key-2", DASHBOARDS, HOUR).ifPresent(yuki::cancels);
  }

  /** Nobody was asked, and Yuki is told all the same. */
  private static void revokedAtOnce(World world, Desk yuki) {
    yuki.asks("key-2", DASHBOARDS, HOUR).ifPresent(id -> new Desk(world, SOFIA).revokes(id));
  }

  private static void forLonger(World world, Desk yuki) {
    yuki.asks("key-2", DASHBOARDS, Duration.ofDays(2)).ifPresent(id -> deny(world, id));
  }

  private static void takenAwayBefore(World world, Desk yuki) {
    given(world, yuki)
        .ifPresent(
            id -> {
              new Desk(world, SOFIA).revokes(id);
              if (yuki.sees(id, PATIENCE, ENDED)) {
                yuki.asks("key-2", DASHBOARDS, HOUR)
                    .ifPresent(
                        second -> {
                          var sofia = new Desk(world, SOFIA);
                          if (sofia.isAsked(second, PATIENCE)) {
                            sofia.approves(second);
                          }
                        });
              }
            });
  }
}
