package dev.daypass.store;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.store.Sessions.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SessionsTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final Duration IDLE = Duration.ofHours(8);
  private static final Duration LONGEST = Duration.ofHours(24);

  private final Sessions sessions = TABLES.sessions();
  private final Random random = new Random(7);

  private static Session session(String id, String person, Instant begin) {
    return new Session(
        Sessions.hashOfId(id),
        person,
        begin,
        begin,
        begin.plus(LONGEST),
        IDLE,
        begin.minusSeconds(3),
        List.of("admins"),
        "Firefox on Linux",
        "192.0.2.7");
  }

  /** Signs somebody in and answers the id. */
  private String begun(String person, Instant when) {
    var id = Sessions.newId(person, random);
    sessions.open(session(id, person, when));
    return id;
  }

  @Test
  void whoeverHasTheIdHasTheSessionAndTheTableDoesNotTellIt() {
    var id = begun(SAM, MONDAY);
    assertThat(sessions.find(id, MONDAY)).contains(session(id, SAM, MONDAY));
    assertThat(TABLES.items("sessions").toString()).doesNotContain(id, id.substring(22));
    assertThat(sessions.find(Sessions.hashOfId(id), MONDAY))
        .as("who can read the table has no session by that")
        .isEmpty();
    assertThat(sessions.find("", MONDAY)).isEmpty();
    assertThat(id).matches("[A-Za-z0-9_-]{65}").doesNotContain("sam");
  }

  @Test
  void anIdUnderAnothersTagIsNobodys() {
    var sams = begun(SAM, MONDAY);
    var maxs = begun(MAX, MONDAY);
    sessions.endAll(SAM);
    assertThat(sessions.find(maxs.substring(0, 22) + sams.substring(22), MONDAY)).isEmpty();
    // Even if a session were kept under such an id, Max's count would not stand in for Sam's.
    var mixed = maxs.substring(0, 22) + "A".repeat(43);
    sessions.open(session(mixed, SAM, MONDAY));
    assertThat(sessions.find(mixed, MONDAY)).isEmpty();
  }

  @Test
  void theLanguageThatAPersonChoseIsToldWhenTheySignInAndEndsNothing() {
    var before = begun(SAM, MONDAY);
    sessions.remember(SAM, Locale.GERMAN);
    assertThat(sessions.find(before, MONDAY)).isPresent();
    var id = Sessions.newId(SAM, random);
    assertThat(sessions.open(session(id, SAM, MONDAY))).contains("de");
    assertThat(sessions.find(id, MONDAY)).isPresent();
    sessions.endAll(SAM);
    assertThat(sessions.find(id, MONDAY)).isEmpty();
    var again = Sessions.newId(SAM, random);
    assertThat(sessions.open(session(again, SAM, MONDAY))).contains("de");
    assertThat(sessions.find(again, MONDAY)).isPresent();
    assertThat(sessions.open(session(Sessions.newId(MAX, random), MAX, MONDAY))).isEmpty();
    assertThat(sessions.language(SAM)).contains("de");
    assertThat(sessions.language(MAX)).isEmpty();
  }

  @Test
  void aSessionThatIsNotUsedEnds() {
    var id = begun(SAM, MONDAY);
    assertThat(sessions.find(id, MONDAY.plus(IDLE).minusMillis(1))).isPresent();
    assertThat(sessions.find(id, MONDAY.plus(IDLE))).isEmpty();
  }

  @Test
  void useMovesTheEndUpToTheLongest() {
    var id = begun(SAM, MONDAY);
    var now = MONDAY;
    for (int i = 1; i < 4; i++) {
      now = MONDAY.plus(Duration.ofHours(7L * i));
      sessions.use(sessions.find(id, now).orElseThrow(), now);
    }
    assertThat(sessions.find(id, MONDAY.plus(LONGEST).minusMillis(1))).isPresent();
    assertThat(sessions.find(id, MONDAY.plus(LONGEST))).isEmpty();
  }

  @Test
  void useIsWrittenNowAndThen() {
    var id = begun(SAM, MONDAY);
    var session = sessions.find(id, MONDAY).orElseThrow();
    var before = TABLES.items("sessions");
    sessions.use(session, MONDAY.plus(Sessions.USE_IS_TOLD_AFTER).minusMillis(1));
    assertThat(TABLES.items("sessions")).isEqualTo(before);
    var later = MONDAY.plus(Sessions.USE_IS_TOLD_AFTER);
    sessions.use(session, later);
    assertThat(sessions.find(id, later)).map(Session::usedAt).contains(later);
  }

  @Test
  void useDoesNotBringAnEndedSessionBack() {
    var id = begun(SAM, MONDAY);
    var session = sessions.find(id, MONDAY).orElseThrow();
    sessions.end(session.hash(), SAM);
    sessions.use(session, MONDAY.plus(Duration.ofHours(1)));
    assertThat(sessions.find(id, MONDAY)).isEmpty();
    assertThat(TABLES.items("sessions")).isEmpty();
  }

  @Test
  void onlyItsPersonEndsASession() {
    var id = begun(SAM, MONDAY);
    sessions.end(Sessions.hashOfId(id), MAX);
    assertThat(sessions.find(id, MONDAY)).isPresent();
    sessions.end("a".repeat(5_000), SAM);
    sessions.end("", SAM);
    sessions.end(Sessions.hashOfId(id), SAM);
    assertThat(sessions.find(id, MONDAY)).isEmpty();
  }

  @Test
  void signingOutEverywhereEndsAllOfOnesOwnAtOnce() {
    var one = begun(SAM, MONDAY);
    var two = begun(SAM, MONDAY.plusSeconds(1));
    var maxs = begun(MAX, MONDAY);
    var now = MONDAY.plusSeconds(2);
    assertThat(sessions.of(SAM, now))
        .extracting(Session::hash)
        .containsExactly(Sessions.hashOfId(two), Sessions.hashOfId(one));
    sessions.endAll(SAM);
    assertThat(sessions.find(one, now)).isEmpty();
    assertThat(sessions.find(two, now)).isEmpty();
    assertThat(sessions.of(SAM, now)).isEmpty();
    assertThat(sessions.find(maxs, now)).isPresent();
    assertThat(sessions.find(begun(SAM, now), now)).as("signed in afterwards").isPresent();
  }

  /** The count is read, then all are ended, then the session is stored: it must be over. */
  @Test
  void aSignInUnderWayDoesNotEscapeSigningOutEverywhere() {
    TABLES.beforeNext("PutItem", "sessions", () -> sessions.endAll(SAM));
    var id = begun(SAM, MONDAY);
    assertThat(sessions.find(id, MONDAY)).isEmpty();
    assertThat(sessions.of(SAM, MONDAY)).isEmpty();
  }

  @Test
  void whatIsOverIsForgotten() {
    begun(SAM, MONDAY);
    TABLES.advance(IDLE.plusMinutes(1));
    assertThat(TABLES.items("sessions")).isEmpty();
  }
}
