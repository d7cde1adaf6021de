package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.access.Status.SCHEDULED;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives of requests that are approved, and begin at a time of their own. */
final class LaterLives {
  private static final String ELENA = "elena.petrova@example.com";
  private static final List<String> OWNERS =
      List.of("ruth.adeyemi@example.com", "noor.haddad@example.com");
  private static final String ARCHIVE = "compliance-audit";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration AHEAD = Duration.ofDays(2);
  private static final Duration PATIENCE = Duration.ofHours(12);

  private LaterLives() {}

  static List<Life> all() {
    return List.of(
        life("begins-later", "ENDED EXPIRED", LaterLives::begins),
        life("begins-after-its-time", "ENDED EXPIRED", LaterLives::approvedTooLate),
        life("withdrawn-before-it-begins", "CANCELLED", LaterLives::withdrawn),
        life("revoked-before-it-begins", "CANCELLED", LaterLives::revoked),
        life("left-before-it-begins", "CANCELLED", LaterLives::left));
  }

  private static Life life(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, ELENA)
                        .asksFrom("key-1", ARCHIVE, SHORT, Company.MONDAY.plus(AHEAD))
                        .ifPresent(id -> rest.accept(world, id))));
  }

  private static void approve(World world, String id) {
    for (var owner : OWNERS) {
      var desk = new Desk(world, owner);
      if (desk.isAsked(id, PATIENCE)) {
        desk.approves(id);
      }
    }
  }

  private static void begins(World world, String id) {
    approve(world, id);
    new Desk(world, ELENA).sees(id, AHEAD.plus(PATIENCE), ACTIVE);
  }

  /** Whoever answers when it should have begun has it begin at once. */
  private static void approvedTooLate(World world, String id) {
    world.pass(AHEAD.plus(Duration.ofHours(1)));
    approve(world, id);
  }

  private static void withdrawn(World world, String id) {
    approve(world, id);
    var elena = new Desk(world, ELENA);
    if (elena.sees(id, PATIENCE, SCHEDULED)) {
      world.pass(Duration.ofDays(1));
      elena.cancels(id);
    }
  }

  private static void revoked(World world, String id) {
    approve(world, id);
    if (new Desk(world, ELENA).sees(id, PATIENCE, SCHEDULED)) {
      world.pass(Duration.ofDays(1));
      new Desk(world, OWNERS.getFirst()).revokes(id);
    }
  }

  private static void left(World world, String id) {
    approve(world, id);
    if (new Desk(world, ELENA).sees(id, PATIENCE, SCHEDULED)) {
      world.pass(Duration.ofDays(1));
      world.leaves(ELENA);
    }
  }
}
