package dev.daypass.simulation;

import static dev.daypass.access.Status.ACTIVE;
import static dev.daypass.simulation.Lives.AMARA;
import static dev.daypass.simulation.Lives.LENA;
import static dev.daypass.simulation.Lives.OMAR;
import static dev.daypass.simulation.Lives.RUTH;

import dev.daypass.access.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives in which somebody moves the end of an access, or tries to. */
final class ExtendedLives {
  private static final String RECORD = "crm-customer-record";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  /** So many events a request takes of what people and programs can repeat. */
  private static final int MANY = 200;

  private ExtendedLives() {}

  /** The one whose every call is made to fail in every way. */
  static Life plain() {
    return held(
        "extended", "ENDED EXPIRED", (world, id) -> amara(world).extendsTo(id, later(world, id)));
  }

  static List<Life> all() {
    return List.of(
        held("extended-and-returned", "ENDED RETURNED", ExtendedLives::andReturned),
        held("extended-and-revoked", "ENDED REVOKED", ExtendedLives::andRevoked),
        held("extended-and-returned-at-once", "ENDED RETURNED", ExtendedLives::andReturnedAtOnce),
        held("extended-again-and-again", "ENDED EXPIRED", ExtendedLives::againAndAgain),
        held("extended-until-full", "ENDED REVOKED", ExtendedLives::untilFull),
        held("extended-too-far", "ENDED EXPIRED", ExtendedLives::tooFar),
        held("extended-by-a-newer-rule", "ENDED EXPIRED", ExtendedLives::byANewerRule),
        held("extended-by-others", "ENDED EXPIRED", ExtendedLives::byOthers),
        held("extended-too-late", "ENDED EXPIRED", ExtendedLives::tooLate),
        held("extended-at-the-last-moment", "ENDED EXPIRED", ExtendedLives::atTheLastMoment),
        held("extended-after-the-warning", "ENDED EXPIRED", ExtendedLives::afterTheWarning),
        held("extended-without-a-rule", "ENDED EXPIRED", ExtendedLives::withoutARule),
        held("extended-after-leaving", "ENDED EXPIRED", ExtendedLives::afterLeaving),
        held("extended-and-only-the-ttl-is-left", "ENDED EXPIRED", ExtendedLives::onlyTheTtl),
        new Life(
            "extended-and-overlapped",
            "ENDED EXPIRED, ENDED EXPIRED",
            ExtendedLives::andOverlapped));
  }

  /** Amara has the access for some minutes; what follows is told. */
  private static Life held(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name, ends, world -> world.play(() -> ask(world, "key-1", id -> rest.accept(world, id))));
  }

  private interface Rest {
    void of(String id);
  }

  private static void ask(World world, String key, Rest rest) {
    amara(world)
        .asks(key, RECORD, SHORT)
        .ifPresent(
            id -> {
              var lena = new Desk(world, LENA);
              if (lena.isAsked(id, HALF_HOUR)) {
                lena.approves(id);
              }
              if (amara(world).sees(id, HALF_HOUR, ACTIVE)) {
                world.pass(Duration.ofMinutes(3));
                rest.of(id);
              }
            });
  }

  private static Desk amara(World world) {
    return new Desk(world, AMARA);
  }

  private static Instant end(World world, String id) {
    return world.request(id).given().map(Grant::expiresAt).orElse(world.now());
  }

  /** Twelve minutes after its end. */
  private static Instant later(World world, String id) {
    return end(world, id).plus(Duration.ofMinutes(12));
  }

  private static void andReturned(World world, String id) {
    amara(world).extendsTo(id, later(world, id));
    world.pass(Duration.ofMinutes(2));
    amara(world).returns(id);
  }

  private static void andRevoked(World world, String id) {
    amara(world).extendsTo(id, later(world, id));
    // After what was its end at first.
    world.pass(Duration.ofMinutes(17));
    new Desk(world, OMAR).revokes(id);
  }

  private static void andReturnedAtOnce(World world, String id) {
    var until = later(world, id);
    world.play(() -> amara(world).extendsTo(id, until));
    world.play(() -> amara(world).returns(id));
  }

  private static void againAndAgain(World world, String id) {
    var first = later(world, id);
    amara(world).extendsTo(id, first);
    world.pass(Duration.ofMinutes(1));
    amara(world).extendsTo(id, first.plus(HALF_HOUR));
    // An old page, a slow network.
    amara(world).extendsTo(id, first);
  }

  /** A program moves the end on and on; in the end nothing more is taken but that it ends. */
  private static void untilFull(World world, String id) {
    var end = later(world, id);
    for (int i = 0; i < 2 * MANY && world.request(id).version() < MANY; i++) {
      amara(world).extendsTo(id, end.plusSeconds(i));
    }
    new Desk(world, RUTH).revokes(id);
  }

  private static void tooFar(World world, String id) {
    amara(world).extendsTo(id, world.now().plus(Duration.ofHours(13)));
  }

  /** The approver saw twelve hours; whoever publishes a day later on changes nothing about that. */
  private static void byANewerRule(World world, String id) {
    world.publishes(
        FurtherLives.with(
            world, RECORD, each -> FurtherLives.extendable(each, Duration.ofDays(1))));
    // Functions believe what they have read for a minute.
    world.pass(Duration.ofMinutes(2));
    amara(world).extendsTo(id, world.now().plus(Duration.ofHours(13)));
  }

  private static void byOthers(World world, String id) {
    for (var other : List.of(LENA, OMAR, RUTH)) {
      new Desk(world, other).extendsTo(id, later(world, id));
    }
  }

  private static void tooLate(World world, String id) {
    var until = later(world, id);
    passUntil(world, end(world, id).minusSeconds(20));
    amara(world).extendsTo(id, until);
    passUntil(world, end(world, id).plusSeconds(2));
    amara(world).extendsTo(id, until);
  }

  private static void atTheLastMoment(World world, String id) {
    var until = later(world, id);
    passUntil(world, end(world, id).minusSeconds(61));
    amara(world).extendsTo(id, until);
  }

  /** The access lasts an hour, so that its end is told, and then another. */
  private static void afterTheWarning(World world, String id) {
    amara(world).extendsTo(id, end(world, id).plus(Duration.ofHours(1)));
    passUntil(world, end(world, id).minus(Duration.ofMinutes(5)));
    amara(world).extendsTo(id, end(world, id).plus(Duration.ofHours(1)));
  }

  private static void withoutARule(World world, String id) {
    world.withdraws(RECORD);
    // Functions believe what they have read for a minute.
    world.pass(Duration.ofMinutes(2));
    amara(world).extendsTo(id, later(world, id));
  }

  private static void afterLeaving(World world, String id) {
    world.leaves(AMARA);
    world.pass(Duration.ofMinutes(1));
    amara(world).extendsTo(id, later(world, id));
  }

  private static void onlyTheTtl(World world, String id) {
    amara(world).extendsTo(id, later(world, id));
    world.onlyTheTtlIsLeft();
    world.isDown("DeprovisionFunction", true);
    world.isDown("SweepFunction", true);
    world.pass(Duration.ofMinutes(45));
    world.isDown("DeprovisionFunction", false);
    world.pass(Duration.ofHours(3));
    world.isDown("SweepFunction", false);
  }

  /** Another one begins later and ends earlier, when the first would have been forgotten. */
  private static void andOverlapped(World world) {
    world.play(
        () ->
            ask(
                world,
                "key-1",
                id -> amara(world).extendsTo(id, end(world, id).plus(Duration.ofMinutes(50)))));
    world.play(
        () -> {
          world.pass(Duration.ofMinutes(25));
          ask(world, "key-2", id -> {});
        });
  }

  private static void passUntil(World world, Instant moment) {
    world.pass(Duration.between(world.now(), moment));
  }
}
