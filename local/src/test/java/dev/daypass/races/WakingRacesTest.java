package dev.daypass.races;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.approval;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.denial;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Command;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Pending;
import dev.daypass.grant.Crm;
import dev.daypass.grant.Workplace;
import dev.daypass.store.LocalTables;
import dev.daypass.store.Requests;
import dev.daypass.store.SamAsks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Answers against waits, with the workflow really running: whichever comes first, the run goes on.
 * The sweep, which would help one that does not, is not there.
 */
@Timeout(180)
class WakingRacesTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();
  @RegisterExtension static final Crm CRM = new Crm(TABLES);
  @RegisterExtension static final Workplace WORK = new Workplace(TABLES, CRM);

  private static final int REQUESTS = Race.RACERS / 2;

  private final Requests requests = TABLES.requests();
  private List<String> ids = List.of();

  @BeforeEach
  void ask() {
    ids = IntStream.range(0, REQUESTS).mapToObj(WakingRacesTest::asked).toList();
  }

  @Test
  void anAnswerThatComesWhileTheRunBeginsToWaitIsHeardByIt() {
    var racers = new ArrayList<Callable<String>>();
    for (int i = 0; i < REQUESTS; i++) {
      var id = ids.get(i);
      racers.add(deliversAll(id));
      racers.add(answers(id, i % 2 == 0 ? approval(MAX, now()) : denial(MAX, now())));
    }

    race(racers);

    for (int i = 0; i < REQUESTS; i++) {
      var now = request(ids.get(i));
      assertThat(now).isInstanceOf(i % 2 == 0 ? Active.class : Denied.class);
      assertThat(CRM.members().contains(now.asked().requester())).isEqualTo(i % 2 == 0);
    }
    assertThat(WORK.runs()).as("no other run was needed").hasSize(REQUESTS);
    assertThat(TABLES.items("inbox")).as("nobody is asked what is answered").isEmpty();
  }

  @Test
  void whoeverGivesAccessBackWhileTheRunBeginsToWaitForItsEndIsHeardByIt() {
    var racers = new ArrayList<Callable<String>>();
    // Fewer, since those who wait for the access keep asking whether it is there.
    var some = ids.subList(0, 10);
    for (var id : some) {
      changed(requests, id, approval(MAX, now()));
      racers.add(begins(id));
      racers.add(givesBackOnceItIsThere(id));
    }

    race(racers);

    for (var id : some) {
      assertThat(request(id)).isInstanceOf(Ended.class);
    }
    assertThat(CRM.members()).isEmpty();
    assertThat(TABLES.items("grants")).isEmpty();
    assertThat(WORK.runs()).as("no other run was needed").hasSize(some.size());
    assertThat(WORK.runs()).allMatch(run -> run.endsWith("-1 SUCCEEDED"));
  }

  // Words for all that

  private static void race(List<Callable<String>> racers) {
    Collections.shuffle(racers, new Random(11));
    Race.run(new Turnstile(TABLES.client()), Race.Start.AT_ONCE, racers);
    // Whoever was busy tries again in some seconds.
    TABLES.advance(Duration.ofMinutes(1));
  }

  private static String asked(int number) {
    var person = "waiting-%02d@example.com".formatted(number);
    CRM.server().addUser(person, person);
    return TABLES.requests().submit(SamAsks.at(now(), "first", person)).id();
  }

  private static Instant now() {
    return TABLES.timeline().instant();
  }

  private Request request(String id) {
    return requests.find(id).orElseThrow();
  }

  /** The stream delivers the submission, and the decision as soon as it is there. */
  private static Callable<String> deliversAll(String id) {
    var dispatch = WORK.app("DispatchFunction").dispatch();
    var mine = TABLES.requests();
    return () -> {
      dispatch.written(id, 1, 1, true);
      while (mine.find(id).orElseThrow() instanceof Pending) {
        Thread.onSpinWait();
      }
      var happened = mine.find(id).orElseThrow().trail().events().stream();
      var decided = happened.filter(event -> event.kind() == Kind.DECIDED).findFirst();
      dispatch.written(id, decided.orElseThrow().version(), 1, false);
      return id;
    };
  }

  /** The stream delivers the submission. */
  private static Callable<String> begins(String id) {
    var dispatch = WORK.app("DispatchFunction").dispatch();
    return () -> {
      dispatch.written(id, 1, 1, true);
      return id;
    };
  }

  private static Callable<String> answers(String id, Command command) {
    var mine = TABLES.requests();
    return () -> changed(mine, id, command).id();
  }

  /** Gives it back the moment that it is active, when the run is on its way to the wait. */
  private static Callable<String> givesBackOnceItIsThere(String id) {
    var dispatch = WORK.app("DispatchFunction").dispatch();
    var mine = TABLES.requests();
    return () -> {
      while (!(mine.find(id).orElseThrow() instanceof Active active)) {
        Thread.onSpinWait();
      }
      var ending =
          changed(mine, id, new Command.Return(SamAsks.act(active.asked().requester(), now())));
      dispatch.written(id, ending.version(), 1, false);
      return id;
    };
  }
}
