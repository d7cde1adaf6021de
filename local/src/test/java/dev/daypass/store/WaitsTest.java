package dev.daypass.store;

import static dev.daypass.store.SamAsks.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Wait;
import dev.daypass.store.Waits.Order;
import dev.daypass.store.Waits.Waiting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WaitsTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final String REQUEST = "request";
  private static final Wait DECISION = new Wait.ForDecision(0, 1);
  private static final Wait END = new Wait.ForEnd();

  private final Waits waits = TABLES.waits();

  static Stream<Arguments> olderAndNewer() {
    return Stream.of(
        Arguments.of("a later run", order(1, 0, 0), order(2, -60, 0)),
        Arguments.of("the tenth run", order(9, 60, 3), order(10, 0, 0)),
        Arguments.of("a later entry", order(1, 0, 3), order(1, 1, 0)),
        Arguments.of("a later retry", order(1, 0, 0), order(1, 0, 1)),
        Arguments.of("the tenth retry", order(1, 0, 9), order(1, 0, 10)));
  }

  private static Order order(int run, int seconds, int retry) {
    return new Order(run, MONDAY.plusSeconds(seconds), retry);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("olderAndNewer")
  void theNewerTokenReplacesTheOlder(String what, Order older, Order newer) {
    assertThat(waits.keep(REQUEST, DECISION, older, "older")).isTrue();
    assertThat(waits.keep(REQUEST, DECISION, newer, "newer")).isTrue();
    assertThat(waits.of(REQUEST)).as(what).containsExactly(new Waiting(DECISION, "newer"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("olderAndNewer")
  void theOlderTokenNeverReplacesTheNewer(String what, Order older, Order newer) {
    assertThat(waits.keep(REQUEST, DECISION, newer, "newer")).isTrue();
    assertThat(waits.keep(REQUEST, DECISION, older, "older")).isFalse();
    assertThat(waits.of(REQUEST)).as(what).containsExactly(new Waiting(DECISION, "newer"));
  }

  @Test
  void theSameTokenAgainIsTheOneThatIsKept() {
    assertThat(waits.keep(REQUEST, END, order(1, 0, 0), "token")).isTrue();
    assertThat(waits.keep(REQUEST, END, order(1, 0, 0), "token")).isTrue();
    assertThat(waits.of(REQUEST)).containsExactly(new Waiting(END, "token"));
  }

  @Test
  void ofManyKeepingTokensAtOnceTheNewestStays() {
    var retries = new ArrayList<Integer>();
    for (int retry = 0; retry < 16; retry++) {
      retries.add(retry);
    }
    Collections.shuffle(retries, new Random(1));
    var kept = new ArrayList<Future<Boolean>>();
    try (var threads = Executors.newFixedThreadPool(16)) {
      for (var retry : retries) {
        kept.add(
            threads.submit(() -> waits.keep(REQUEST, END, order(1, 0, retry), "token " + retry)));
      }
      for (var each : kept) {
        each.get();
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
    assertThat(waits.of(REQUEST)).containsExactly(new Waiting(END, "token 15"));
  }

  @Test
  void eachWaitOfARequestHasATokenOfItsOwn() {
    waits.keep(REQUEST, DECISION, order(1, 0, 0), "decision");
    waits.keep(REQUEST, new Wait.ForDecision(-1, -1), order(1, 0, 0), "past");
    waits.keep(REQUEST, END, order(1, 0, 0), "end");
    waits.keep("another", END, order(1, 0, 0), "another's");
    waits.markSent(REQUEST, "mail", MONDAY);
    assertThat(waits.of(REQUEST))
        .containsExactlyInAnyOrder(
            new Waiting(DECISION, "decision"),
            new Waiting(new Wait.ForDecision(-1, -1), "past"),
            new Waiting(END, "end"));
  }

  @Test
  void aWaitThatIsOverIsForgotten() {
    waits.keep(REQUEST, END, order(1, 0, 0), "token");
    waits.forget(REQUEST, new Waiting(END, "token"));
    assertThat(waits.of(REQUEST)).isEmpty();
  }

  @Test
  void forgettingAnOldTokenKeepsTheNewerOne() {
    waits.keep(REQUEST, END, order(1, 0, 0), "old");
    waits.keep(REQUEST, END, order(2, 0, 0), "new");
    waits.forget(REQUEST, new Waiting(END, "old"));
    assertThat(waits.of(REQUEST)).containsExactly(new Waiting(END, "new"));
  }

  @Test
  void forgettingWhatIsNotThereDoesNoHarm() {
    waits.forget(REQUEST, new Waiting(END, "token"));
    assertThat(TABLES.items("waits")).isEmpty();
  }

  @Test
  void whatIsMarkedAsSentIsKnownForItsRequest() {
    waits.keep(REQUEST, END, order(1, 0, 0), "token");
    waits.markSent(REQUEST, "DECIDE#0#0#max.manager@example.com", MONDAY);
    waits.markSent(REQUEST, "ENDED#7#sam.support@example.com", MONDAY);
    waits.markSent(REQUEST, "ENDED#7#sam.support@example.com", MONDAY.plusSeconds(1));
    waits.markSent("another", "LAPSED#3#sam.support@example.com", MONDAY);
    assertThat(waits.sent(REQUEST))
        .containsExactlyInAnyOrder(
            "DECIDE#0#0#max.manager@example.com", "ENDED#7#sam.support@example.com");
    assertThat(waits.sent("nobody's")).isEmpty();
  }
}
