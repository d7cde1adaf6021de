package dev.daypass.access;

import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Somebody names who stands in for them. */
class AbsenceTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Ten in the morning there. */
  private static final Instant NOW = Instant.parse("2026-12-01T09:00:00Z");

  private static final LocalDate TODAY = LocalDate.of(2026, 12, 1);
  private static final Absence NONE = Absence.none(MAX);

  private static Act act(String by, Instant at) {
    return new Act("stand-in", at, by, "page 192.0.2.1");
  }

  private static Absence.Outcome name(
      Absence before, String by, String standIn, LocalDate from, LocalDate through, String why) {
    return before.name(act(by, NOW), standIn, from, through, BERLIN, why, List.of());
  }

  private static Absence named(Absence before, String standIn, LocalDate from, LocalDate through) {
    return held(name(before, MAX, standIn, from, through, ""));
  }

  private static Absence held(Absence.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Absence.Outcome.Holds.class);
    return ((Absence.Outcome.Holds) outcome).absence();
  }

  private static List<String> codes(Absence.Outcome outcome) {
    assertThat(outcome).isInstanceOf(Absence.Outcome.Refused.class);
    return ((Absence.Outcome.Refused) outcome).refusals().stream().map(Refusal::code).toList();
  }

  @Test
  void itLastsFromTheFirstDayThroughTheLastWhereThePersonIs() {
    var absence = named(NONE, OLGA, TODAY.plusDays(1), TODAY.plusDays(3));
    var begins = Instant.parse("2026-12-01T23:00:00Z");
    var ends = Instant.parse("2026-12-04T23:00:00Z");

    assertThat(absence.standInAt(NOW)).isEmpty();
    assertThat(absence.named(NOW)).isPresent();
    assertThat(absence.standInAt(begins.minusMillis(1))).isEmpty();
    assertThat(absence.standInAt(begins)).contains(OLGA);
    assertThat(absence.standInAt(ends.minusMillis(1))).contains(OLGA);
    assertThat(absence.standInAt(ends)).isEmpty();
    assertThat(absence.named(ends)).isEmpty();
  }

  @Test
  void eachChangeIsKeptOnceAndTheSameAgainIsNone() {
    var first = named(NONE, OLGA, TODAY, TODAY.plusDays(3));
    var second = named(first, OTTO, TODAY, TODAY.plusDays(5));
    var third = held(second.end(act(STELLA, NOW), "Back early."));

    assertThat(named(first, OLGA, TODAY, TODAY.plusDays(3))).isSameAs(first);
    assertThat(second.standInAt(NOW)).contains(OTTO);
    assertThat(third.standInAt(NOW)).isEmpty();
    assertThat(held(third.end(act(MAX, NOW), ""))).isSameAs(third);
    assertThat(held(NONE.end(act(MAX, NOW), ""))).isSameAs(NONE);
    assertThat(third.version()).isEqualTo(3);
    assertThat(third.namings())
        .extracting(Naming::kind)
        .containsExactly(Naming.Kind.NAMED, Naming.Kind.NAMED, Naming.Kind.ENDED);
    assertThat(third.namings().getLast().reason()).isEqualTo("Back early.");
    assertThat(third.namings().getLast().act().by()).isEqualTo(STELLA);
    assertThat(third.namings().subList(0, 2)).isEqualTo(second.namings());
  }

  @Test
  void whatIsWrongIsSaidAtOnce() {
    assertThat(codes(name(NONE, MAX, "", TODAY, TODAY.minusDays(1), "")))
        .containsExactly("stand-in-nobody", "stand-in-backwards");
    assertThat(codes(name(NONE, MAX, MAX, TODAY.minusDays(2), TODAY.minusDays(1), "")))
        .containsExactly("stand-in-oneself", "stand-in-past", "stand-in-begun");
    assertThat(codes(name(NONE, MAX, OLGA, TODAY, TODAY.plusDays(Absence.MOST_DAYS), "")))
        .containsExactly("stand-in-too-long");
    held(name(NONE, MAX, OLGA, TODAY, TODAY.plusDays(Absence.MOST_DAYS - 1), ""));
    var far = TODAY.plusDays(Absence.MOST_DAYS_AHEAD);
    held(name(NONE, MAX, OLGA, far, far, ""));
    assertThat(codes(name(NONE, MAX, OLGA, far.plusDays(1), far.plusDays(1), "")))
        .containsExactly("stand-in-too-early");
    assertThat(codes(name(NONE, STELLA, OLGA, TODAY, TODAY, " ")))
        .containsExactly("stand-in-reason");
    assertThat(codes(name(NONE, MAX, OLGA, TODAY, TODAY, "x".repeat(Texts.LONGEST + 1))))
        .containsExactly("stand-in-reason-long");
    assertThat(codes(name(NONE, MAX, OLGA, TODAY, TODAY, "\u202e")))
        .containsExactly("stand-in-reason-character");
    var refusal = Refusal.of("stand-in-unknown", "Nobody.");
    assertThat(codes(NONE.name(act(MAX, NOW), OLGA, TODAY, TODAY, BERLIN, "", List.of(refusal))))
        .containsExactly("stand-in-unknown");
    var named = named(NONE, OLGA, TODAY, TODAY.plusDays(1));
    assertThat(codes(named.end(act(STELLA, NOW), ""))).containsExactly("stand-in-reason");
    assertThatIllegalArgumentException().isThrownBy(() -> new Absence(OLGA, named.namings()));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Naming(
                    Naming.Kind.NAMED, act(MAX, NOW), OLGA, TODAY, TODAY.minusDays(1), BERLIN, ""));
  }

  @Test
  void whatHasBegunCanBeMadeLongerOrShorter() {
    var later = NOW.plus(Duration.ofDays(2));
    var begun = named(NONE, OLGA, TODAY, TODAY.plusDays(3));

    var longer =
        held(begun.name(act(MAX, later), OLGA, TODAY, TODAY.plusDays(9), BERLIN, "", List.of()));
    assertThat(longer.standInAt(later.plus(Duration.ofDays(6)))).contains(OLGA);
    assertThat(
            codes(
                NONE.name(act(MAX, later), OLGA, TODAY, TODAY.plusDays(9), BERLIN, "", List.of())))
        .containsExactly("stand-in-begun");
  }

  @Test
  void soOftenAndNoMore() {
    var absence = NONE;
    for (int i = 0; i < Absence.MOST_NAMINGS; i++) {
      absence = named(absence, i % 2 == 0 ? OLGA : OTTO, TODAY, TODAY.plusDays(3));
    }
    assertThat(codes(name(absence, MAX, OLGA, TODAY, TODAY.plusDays(3), "")))
        .containsExactly("stand-in-too-often");
    assertThat(held(absence.end(act(MAX, NOW), "")).version())
        .as("what ends it always has room")
        .isEqualTo(Absence.MOST_NAMINGS + 1);
  }

  @Test
  void itIsLookedAtWhenItBeginsWhileItLastsAndAfterItHasEnded() {
    var later = named(NONE, OLGA, TODAY.plusDays(1), TODAY.plusDays(3));
    var begins = Instant.parse("2026-12-01T23:00:00Z");
    var ends = Instant.parse("2026-12-04T23:00:00Z");
    var minutes = Duration.ofMinutes(5);

    assertThat(NONE.nextDue(NOW)).isEmpty();
    assertThat(later.nextDue(NOW)).contains(begins);
    assertThat(later.nextDue(begins)).contains(begins.plus(minutes));
    assertThat(later.nextDue(begins.plus(minutes)))
        .contains(begins.plus(minutes).plus(Duration.ofHours(1)));
    assertThat(later.nextDue(ends.minusSeconds(60))).contains(ends);
    assertThat(later.nextDue(ends)).contains(ends.plus(minutes));
    assertThat(later.nextDue(ends.plus(minutes))).isEmpty();
    var ended = held(later.end(act(MAX, NOW), ""));
    assertThat(ended.nextDue(NOW)).contains(NOW.plus(minutes));
    assertThat(ended.nextDue(NOW.plus(minutes))).isEmpty();
    var atOnce = named(NONE, OLGA, TODAY, TODAY.plusDays(3));
    assertThat(atOnce.nextDue(NOW)).contains(NOW.plus(minutes));
  }
}
