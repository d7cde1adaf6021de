package dev.daypass.simulation;

import static dev.daypass.simulation.Lives.AMARA;
import static dev.daypass.simulation.Lives.INGRID;
import static dev.daypass.simulation.Lives.LENA;
import static dev.daypass.simulation.Lives.OMAR;

import dev.daypass.local.ses.LocalSes.Returned;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Lives in which mails that ask people to decide come back. */
final class MailLives {
  private static final String RECORD = "crm-customer-record";
  private static final Duration SHORT = Duration.ofMinutes(15);

  /** At once, as far as machines that fail on purpose can. */
  private static final Duration AT_ONCE = Duration.ofMinutes(15);

  private MailLives() {}

  static List<Life> all() {
    return List.of(
        one("approver-bounces", "ENDED EXPIRED", soon(Returned.BOUNCE), MailLives::omarApproves),
        one(
            "approver-complains",
            "ENDED EXPIRED",
            world -> world.mailReturns(LENA, Returned.COMPLAINT, Duration.ofMinutes(7)),
            MailLives::omarApproves),
        one(
            "approver-bounces-late",
            "ENDED EXPIRED",
            world -> world.mailReturns(LENA, Returned.BOUNCE, Duration.ofMinutes(10)),
            MailLives::lenaApproves),
        one(
            "approver-bounces-in-the-next-round",
            "ENDED EXPIRED",
            world -> world.mailReturns(LENA, Returned.BOUNCE, Duration.ofMinutes(70)),
            (world, id) -> {
              // The mail of the first round comes back in the second, whose own is under way.
              world.pass(Duration.ofMinutes(75));
              lenaApproves(world, id);
            }),
        one(
            "approver-out-of-office",
            "ENDED EXPIRED",
            soon(Returned.TRANSIENT),
            MailLives::lenaApproves),
        one(
            "all-approvers-bounce",
            "LAPSED",
            world -> {
              for (var person : List.of(LENA, OMAR, INGRID)) {
                world.mailReturns(person, Returned.BOUNCE, Duration.ofSeconds(20));
              }
            },
            (world, id) -> {}));
  }

  private static Consumer<World> soon(Returned how) {
    return world -> world.mailReturns(LENA, how, Duration.ofSeconds(20));
  }

  private static Life one(
      String name, String ends, Consumer<World> first, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world -> {
          first.accept(world);
          world.play(
              () ->
                  new Desk(world, AMARA)
                      .asks("key-1", RECORD, SHORT)
                      .ifPresent(id -> rest.accept(world, id)));
        });
  }

  /** Whoever is asked instead is asked at once, and not when Lena's time is up. */
  private static void omarApproves(World world, String id) {
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, AT_ONCE)) {
      omar.approves(id);
    }
  }

  private static void lenaApproves(World world, String id) {
    world.pass(Duration.ofMinutes(3));
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, AT_ONCE)) {
      lena.approves(id);
    }
  }
}
