package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.ENDED;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives of access that somebody takes in an emergency, and of what is said of that afterwards. */
final class EmergencyLives {
  private static final String JOANA = "joana.silva@example.com";
  private static final String DANIEL = "daniel.cohen@example.com";
  private static final String VAULT = "emergency-information";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration PATIENCE = Duration.ofHours(3);

  private EmergencyLives() {}

  static List<Life> all() {
    return List.of(
        life("emergency", "ENDED EXPIRED", EmergencyLives::reviewedWhileItLasts),
        life("emergency-reviewed-late", "ENDED RETURNED", EmergencyLives::reviewedLate),
        life("emergency-unreviewed", "ENDED EXPIRED", EmergencyLives::unreviewed),
        life("emergency-cancelled", "", EmergencyLives::cancelled),
        life("emergency-revoked", "ENDED REVOKED", EmergencyLives::revoked),
        life("emergency-target-down", "FAILED NOT_SET_UP", EmergencyLives::targetDown),
        life("emergency-mail-down", "ENDED EXPIRED", EmergencyLives::mailDown),
        new Life("emergency-of-others", "CANCELLED", EmergencyLives::notTheirs));
  }

  /** Joana takes what is in the vault. */
  private static Life life(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, JOANA)
                        .takes("key-1", VAULT, SHORT)
                        .ifPresent(id -> rest.accept(world, id))));
  }

  private static void reviewedWhileItLasts(World world, String id) {
    if (new Desk(world, JOANA).sees(id, PATIENCE, ACTIVE)) {
      new Desk(world, JOANA).reviews(id, "justified");
      new Desk(world, Lives.NOOR).reviews(id, "justified");
      new Desk(world, DANIEL).reviews(id, "justified");
      new Desk(world, Lives.RUTH).reviews(id, "not-justified");
    }
  }

  private static void reviewedLate(World world, String id) {
    var joana = new Desk(world, JOANA);
    if (joana.sees(id, PATIENCE, ACTIVE)) {
      joana.returns(id);
      if (joana.sees(id, PATIENCE, ENDED)) {
        world.pass(Duration.ofHours(30));
        new Desk(world, Lives.RUTH).reviews(id, "not-justified");
        world.pass(Duration.ofMinutes(10));
      }
    }
  }

  /** Nobody says anything for days, and whoever could has left by then. */
  private static void unreviewed(World world, String id) {
    new Desk(world, JOANA).sees(id, PATIENCE, ACTIVE);
    world.leaves(DANIEL);
    world.pass(Duration.ofDays(3));
  }

  private static void cancelled(World world, String id) {
    new Desk(world, JOANA).cancels(id);
    new Desk(world, DANIEL).reviews(id, "justified");
  }

  private static void revoked(World world, String id) {
    if (new Desk(world, JOANA).sees(id, PATIENCE, ACTIVE)) {
      new Desk(world, Lives.RUTH).revokes(id);
      new Desk(world, DANIEL).reviews(id, "not-justified");
    }
  }

  private static void targetDown(World world, String id) {
    world.targetIsDown(true);
    new Desk(world, DANIEL).reviews(id, "justified");
    world.pass(Duration.ofHours(2));
    world.targetIsDown(false);
  }

  /** The mail system is down when it is taken: access does not wait for it, and all hear of it. */
  private static void mailDown(World world, String id) {
    world.isDown("MAIL", true);
    new Desk(world, JOANA).sees(id, PATIENCE, ACTIVE);
    world.pass(Duration.ofMinutes(5));
    world.isDown("MAIL", false);
    world.pass(Duration.ofMinutes(20));
    new Desk(world, DANIEL).reviews(id, "justified");
    world.pass(Duration.ofMinutes(10));
  }

  /** Amara is not among those who may, and asks as everybody does. */
  private static void notTheirs(World world) {
    world.play(
        () -> {
          var amara = new Desk(world, Lives.AMARA);
          if (amara.takes("key-1", VAULT, SHORT).isEmpty()) {
            amara.asks("key-2", VAULT, SHORT).ifPresent(amara::cancels);
          }
        });
  }
}
