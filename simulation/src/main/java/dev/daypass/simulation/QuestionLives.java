package dev.daypass.simulation;

import static dev.daypass.simulation.Lives.AMARA;
import static dev.daypass.simulation.Lives.INGRID;
import static dev.daypass.simulation.Lives.LENA;
import static dev.daypass.simulation.Lives.OMAR;

import dev.daypass.access.Question;
import dev.daypass.access.Request.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Lives of requests about which somebody wants to know something before deciding. */
final class QuestionLives {
  private static final String RECORD = "crm-customer-record";
  private static final String DIEGO = "diego.ramirez@example.com";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);

  private QuestionLives() {}

  static List<Life> all() {
    return List.of(
        life("question-answered", "ENDED EXPIRED", QuestionLives::answered),
        life("question-unanswered", "LAPSED", QuestionLives::unanswered),
        life("question-at-the-limit", "LAPSED", QuestionLives::atTheLimit),
        life("question-decided-by-another", "ENDED EXPIRED", QuestionLives::decidedByAnother),
        life("question-withdrawn", "CANCELLED", QuestionLives::withdrawn),
        life("question-escalated-after", "ENDED EXPIRED", QuestionLives::escalatedAfter),
        life("question-answered-by-others", "DENIED", QuestionLives::answeredByOthers),
        life("question-asker-left", "ENDED EXPIRED", QuestionLives::askerLeft),
        life("question-beside-a-decision", "ENDED EXPIRED", QuestionLives::besideADecision),
        new Life(
            "question-over-the-night",
            "ENDED EXPIRED",
            world -> {
              world.publishes(FurtherLives.with(world, RECORD, FurtherLives::inOfficeHours));
              world.play(
                  () -> {
                    world.pass(Duration.ofMinutes(2));
                    new Desk(world, AMARA)
                        .asks("key-1", RECORD, SHORT)
                        .ifPresent(id -> overTheNight(world, id));
                  });
            }));
  }

  /** Amara asks for a customer's record, which Lena decides about. */
  private static Life life(String name, String ends, BiConsumer<World, String> rest) {
    return new Life(
        name,
        ends,
        world ->
            world.play(
                () ->
                    new Desk(world, AMARA)
                        .asks("key-1", RECORD, SHORT)
                        .ifPresent(id -> rest.accept(world, id))));
  }

  private static boolean asks(World world, String id) {
    var lena = new Desk(world, LENA);
    return lena.isAsked(id, HALF_HOUR) && lena.asksFirst(id, 0, "Which customer?").isAccepted();
  }

  private static Optional<Question> open(World world, String id) {
    return world.request(id) instanceof Pending pending
        ? pending.open().openQuestion()
        : Optional.empty();
  }

  private static void until(World world, Instant at) {
    var left = Duration.between(world.now(), at);
    if (left.isPositive()) {
      world.pass(left);
    }
  }

  /** By the link of the mail; the answer comes when the round would have been over. */
  private static void answered(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      lena.asksFirstByLink(id, "Which customer?");
    }
    world.pass(Duration.ofHours(5));
    var amara = new Desk(world, AMARA);
    amara.answers(id, 0, "Customer 4711");
    amara.answers(id, 0, "Customer 4711");
    amara.answers(id, 0, "Customer 4712");
    world.pass(Duration.ofMinutes(5));
    lena.decidesByLink(id, "approve");
  }

  /** Nobody says anything any more, and late it is too late. */
  private static void unanswered(World world, String id) {
    if (asks(world, id)) {
      var amara = new Desk(world, AMARA);
      amara.waitsForAnswer(id, 0);
      amara.answers(id, 0, "Customer 4711");
    }
  }

  /** At the very second at which it is too late, while nobody has written that yet. */
  private static void atTheLimit(World world, String id) {
    if (!asks(world, id)) {
      return;
    }
    var amara = new Desk(world, AMARA);
    var question = open(world, id);
    if (question.isPresent()) {
      until(world, question.get().closesAt().minusSeconds(20));
      world.isDown("RoundFunction", true);
      while (amara.now().isBefore(question.get().closesAt())) {
        world.pass(Duration.ofMillis(500));
      }
      amara.answers(id, 0, "Customer 4711");
      world.isDown("RoundFunction", false);
    }
  }

  /** Omar has been asked as well by then, and does not wait for the answer. */
  private static void decidedByAnother(World world, String id) {
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(4)) && asks(world, id)) {
      omar.asksFirst(id, 0, "What for?");
      omar.approves(id);
      world.pass(Duration.ofMinutes(1));
      new Desk(world, AMARA).answers(id, 0, "Customer 4711");
    }
  }

  private static void withdrawn(World world, String id) {
    if (asks(world, id)) {
      world.pass(Duration.ofMinutes(3));
      new Desk(world, AMARA).cancels(id);
      new Desk(world, AMARA).answers(id, 0, "Never mind");
    }
  }

  /** Lena asks and gets her answer, and does nothing: others are asked when it is time. */
  private static void escalatedAfter(World world, String id) {
    if (asks(world, id)) {
      world.pass(Duration.ofHours(7));
      new Desk(world, AMARA).answers(id, 0, "Customer 4711");
    }
    var omar = new Desk(world, OMAR);
    if (omar.isAsked(id, Duration.ofHours(4))) {
      omar.approves(id);
    }
  }

  /** Everybody but the requester tries to answer. */
  private static void answeredByOthers(World world, String id) {
    if (asks(world, id)) {
      for (var other : List.of(LENA, OMAR, DIEGO)) {
        new Desk(world, other).answers(id, 0, "Just let them");
      }
      world.pass(Duration.ofMinutes(5));
      new Desk(world, LENA).denies(id);
    }
  }

  /** Whoever has asked hands it over and leaves; the answer goes to whoever is asked now. */
  private static void askerLeft(World world, String id) {
    if (asks(world, id)) {
      new Desk(world, LENA).handsOver(id, 0, INGRID);
      world.leaves(LENA);
      world.pass(Duration.ofMinutes(5));
      new Desk(world, AMARA).answers(id, 0, "Customer 4711");
      world.pass(Duration.ofMinutes(5));
      var ingrid = new Desk(world, INGRID);
      if (ingrid.isAsked(id, HALF_HOUR)) {
        ingrid.approves(id);
      }
    }
  }

  /** One click asks while another approves: one of them comes first. */
  private static void besideADecision(World world, String id) {
    var lena = new Desk(world, LENA);
    if (lena.isAsked(id, HALF_HOUR)) {
      world.play(() -> lena.asksFirst(id, 0, "Which customer?"));
      world.play(() -> lena.decides(id, 0, "approve", ""));
    }
  }

  /** Where working hours count, so does the time that is left of them. */
  private static void overTheNight(World world, String id) {
    if (asks(world, id)) {
      world.pass(Duration.ofHours(20));
      new Desk(world, AMARA).answers(id, 0, "Customer 4711");
      world.pass(Duration.ofMinutes(10));
      new Desk(world, LENA).approves(id);
    }
  }
}
