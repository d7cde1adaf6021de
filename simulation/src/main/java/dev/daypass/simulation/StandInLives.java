package dev.daypass.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;

/** Lives in which somebody is asked, and decides, in the place of somebody who is away. */
final class StandInLives {
  private static final String YUKI = "yuki.tanaka@example.com";
  private static final String TOMASZ = "tomasz.kowalski@example.com";
  private static final String JOANA = "joana.silva@example.com";
  private static final String RECORD = "crm-customer-record";
  private static final String PAYROLL = "payroll-view";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private StandInLives() {}

  static List<Life> all() {
    return List.of(
        named("stand-in", "ENDED EXPIRED", YUKI, StandInLives::byLink),
        named("stand-in-asks", "DENIED", Lives.AMARA, StandInLives::ownRequest),
        named("stand-in-left", "ENDED EXPIRED", YUKI, StandInLives::left),
        named("stand-in-ended", "ENDED EXPIRED", YUKI, StandInLives::ended),
        named("stand-in-ended-beside", "ENDED EXPIRED", YUKI, StandInLives::endedBeside),
        named("stand-in-beside", "ENDED EXPIRED", YUKI, StandInLives::bothAtOnce),
        named("stand-in-chain", "DENIED", YUKI, StandInLives::notFollowed),
        life("stand-in-named-late", "ENDED EXPIRED", StandInLives::namedLate),
        life("stand-in-over", "LAPSED", StandInLives::overByItself),
        new Life("stand-in-of-two", "ENDED EXPIRED", StandInLives::ofTwo));
  }

  /** Amara asks, and Lena, her manager, is asked. */
  private static Life life(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(name, ends, world -> world.play(() -> asks(world, rest)));
  }

  private static void asks(World world, BiConsumer<World, String> rest) {
    new Desk(world, Lives.AMARA)
        .asks("key-1", RECORD, SHORT)
        .ifPresent(id -> rest.accept(world, id));
  }

  /** The same, after Lena has named somebody. */
  private static Life named(
      String name, String ends, String standIn, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () -> {
                  new Desk(world, Lives.LENA).names(standIn, 3);
                  if (standIn.equals(YUKI)) {
                    // Hers is not followed.
                    new Desk(world, YUKI).names(TOMASZ, 3);
                  }
                  world.pass(Duration.ofMinutes(2));
                  asks(world, rest);
                }));
  }

  private static void byLink(World world, String id) {
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      yuki.handsOver(id, 0, Lives.OMAR);
      yuki.decidesByLink(id, "approve");
    }
    new Desk(world, Lives.LENA).decides(id, 0, "approve", "");
  }

  private static void ownRequest(World world, String id) {
    var lena = new Desk(world, Lives.LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      new Desk(world, Lives.AMARA).decides(id, 0, "approve", "");
      lena.denies(id);
    }
  }

  /** Whoever has left stands in for nobody. */
  private static void left(World world, String id) {
    var yuki = new Desk(world, YUKI);
    yuki.isAsked(id, HALF_HOUR);
    world.leaves(YUKI);
    world.pass(Duration.ofMinutes(2));
    yuki.decidesByLink(id, "approve");
    new Desk(world, Lives.LENA).decides(id, 0, "approve", "");
  }

  /** Ended is ended at once, before anybody has been told. */
  private static void ended(World world, String id) {
    var yuki = new Desk(world, YUKI);
    var lena = new Desk(world, Lives.LENA);
    if (yuki.isAsked(id, HALF_HOUR)) {
      lena.namesNobody();
      world.pass(Duration.ofSeconds(11));
      yuki.decidesByLink(id, "approve");
      yuki.decides(id, 0, "deny", "Not today");
    }
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.approves(id);
    }
  }

  private static void endedBeside(World world, String id) {
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      world.play(() -> new Desk(world, Lives.LENA).namesNobody());
      world.play(() -> yuki.decides(id, 0, "approve", ""));
    }
    world.pass(Duration.ofMinutes(5));
    new Desk(world, Lives.LENA).decides(id, 0, "approve", "");
  }

  private static void bothAtOnce(World world, String id) {
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      world.play(() -> new Desk(world, Lives.LENA).decides(id, 0, "approve", ""));
      world.play(() -> yuki.decides(id, 0, "approve", ""));
    }
  }

  private static void notFollowed(World world, String id) {
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      new Desk(world, TOMASZ).decides(id, 0, "approve", "");
      yuki.denies(id);
    }
  }

  /** What is open already moves. */
  private static void namedLate(World world, String id) {
    var lena = new Desk(world, Lives.LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.names(YUKI, 3);
    }
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      yuki.approves(id);
    }
  }

  /** The last day is over before anybody answers. */
  private static void overByItself(World world, String id) {
    var lena = new Desk(world, Lives.LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.names(YUKI, 0);
    }
    var yuki = new Desk(world, YUKI);
    yuki.isAsked(id, HALF_HOUR);
    world.pass(Duration.ofHours(16));
    yuki.decides(id, 0, "approve", "");
  }

  /** One person in the place of two, in stages in which nobody counts twice. */
  private static void ofTwo(World world) {
    world.play(
        () -> {
          new Desk(world, Lives.HENRIK).names(YUKI, 3);
          new Desk(world, JOANA).names(YUKI, 3);
          new Desk(world, Lives.GRACE)
              .asks("key-1", PAYROLL, SHORT)
              .ifPresent(id -> ofTwo(world, id));
        });
  }

  private static void ofTwo(World world, String id) {
    var yuki = new Desk(world, YUKI);
    if (yuki.isAsked(id, HALF_HOUR)) {
      yuki.signsIn();
      yuki.decides(id, 0, "approve", "");
    }
    var joana = new Desk(world, JOANA);
    joana.isAsked(id, HALF_HOUR);
    yuki.decides(id, 1, "approve", "");
    new Desk(world, Lives.HENRIK).decides(id, 1, "approve", "");
    joana.decides(id, 1, "approve", "");
  }
}
