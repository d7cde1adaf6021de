package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  @Test
  void durationsAreReadAsPeopleSayThem() {
    assertThat(Words.duration(Duration.ofMinutes(30))).isEqualTo("30 minutes");
    assertThat(Words.duration(Duration.ofHours(1))).isEqualTo("1 hour");
    assertThat(Words.duration(Duration.ofHours(26))).isEqualTo("1 day 2 hours");
    assertThat(Words.duration(Duration.ofSeconds(61))).isEqualTo("1 minute 1 second");
    assertThat(Words.duration(Duration.ZERO)).isEqualTo("no time");
    assertThat(Words.roughly(Duration.ofMinutes(3061))).isEqualTo("2 days 3 hours");
    assertThat(Words.roughly(Duration.ofSeconds(59))).isEqualTo("less than a minute");
    assertThat(Words.roughly(Duration.ofSeconds(-1))).isEqualTo("no time");
  }

  @Test
  void namesAreListedAsPeopleListThem() {
    assertThat(Words.and(List.of())).isEqualTo("nobody");
    assertThat(Words.and(List.of("Ana"))).isEqualTo("Ana");
    assertThat(Words.and(List.of("Ana", "Ben"))).isEqualTo("Ana and Ben");
    assertThat(Words.or(List.of("Ana", "Ben", "Cem"))).isEqualTo("Ana, Ben or Cem");
  }

  @Test
  void timesAreThoseOfTheReaderAndNearDaysHaveNames() {
    Times berlin = new Times(ZoneId.of("Europe/Berlin"), Instant.parse("2026-12-31T22:30:00Z"));
    assertThat(berlin.near(Instant.parse("2026-12-31T08:00:00Z"))).isEqualTo("today at 09:00");
    assertThat(berlin.near(Instant.parse("2026-12-31T23:30:00Z"))).isEqualTo("tomorrow at 00:30");
    assertThat(berlin.near(Instant.parse("2026-12-30T22:59:00Z"))).isEqualTo("yesterday at 23:59");
    assertThat(berlin.near(Instant.parse("2026-12-26T11:00:00Z"))).isEqualTo("Sat 26 Dec at 12:00");
    assertThat(berlin.near(Instant.parse("2027-01-03T11:00:00Z")))
        .isEqualTo("Sun 3 Jan 2027 at 12:00");
    assertThat(berlin.full(Instant.parse("2026-07-01T11:00:00Z")))
        .isEqualTo("Wednesday 1 July 2026 at 13:00 CEST");
    assertThat(berlin.left(Instant.parse("2027-01-01T01:50:00Z"))).isEqualTo("3 hours 20 minutes");
  }

  @Test
  void aChainSaysWhoIsAskedWhenAndWhatHappensIfNobodyAnswers() {
    StagePlan stage =
        new StagePlan(
            "An owner",
            Proof.SESSION,
            List.of(
                new RoundPlan(
                    RoundPlan.Kind.NOTICE, Duration.ofHours(4), List.of("ana", "ben", "cem"), 2),
                new RoundPlan(
                    RoundPlan.Kind.REMINDER, Duration.ofHours(4), List.of("ana", "ben", "cem"), 2),
                new RoundPlan(
                    RoundPlan.Kind.ESCALATION,
                    Duration.ofHours(8),
                    List.of("ana", "ben", "cem", "dee"),
                    2),
                new RoundPlan(RoundPlan.Kind.ESCALATION, Duration.ofHours(8), List.of("eva"), 1)));
    var start = Instant.parse("2026-11-26T13:00:00Z");
    var steps = Chain.steps(List.of(stage, stage), start, name -> name + "!");
    assertThat(steps.getFirst().sentences())
        .extracting(Next::what)
        .containsExactly(
            "ana!, ben! and cem! are asked; 2 of them must approve.",
            "If there is no answer after 4 hours, ana!, ben! and cem! are reminded.",
            "If there is no answer after 8 hours, dee! is asked as well.",
            "If there is no answer after 16 hours, eva! is asked instead.",
            "After 1 day without an answer the request ends; nothing is set up.");
    assertThat(steps.getFirst().sentences())
        .extracting(Next::at)
        .containsExactly(
            start,
            Instant.parse("2026-11-26T17:00:00Z"),
            Instant.parse("2026-11-26T21:00:00Z"),
            Instant.parse("2026-11-27T05:00:00Z"),
            Instant.parse("2026-11-27T13:00:00Z"));
    // When the next step opens depends on people.
    assertThat(steps.getLast().sentences()).extracting(Next::at).containsOnlyNulls();
  }

  @Test
  void theInstantStandsBesideInUtc() {
    var berlin = new Times(ZoneId.of("Europe/Berlin"), Instant.parse("2026-12-31T08:00:00Z"));
    var newYear = Instant.parse("2026-12-31T23:30:05.678Z");
    assertThat(Times.exact(newYear)).isEqualTo("2026-12-31 23:30:05 UTC");
    assertThat(berlin.nearAndExact(newYear))
        .isEqualTo("tomorrow at 00:30 (2026-12-31 23:30:05 UTC)");
    assertThat(berlin.place()).isEqualTo("Europe/Berlin");
    assertThat(new Times(ZoneOffset.UTC, newYear).place()).isEqualTo("UTC");
  }

  @Test
  void pathsCarryAnyId() {
    assertThat(Paths.request("a b/c")).isEqualTo("/requests/a%20b%2Fc");
    assertThat(Paths.revoke("r-1")).isEqualTo("/requests/r-1/revoke");
    assertThat(Paths.newMail("t")).isEqualTo("/decide/t/mail");
  }
}
