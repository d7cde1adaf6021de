package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Hours;
import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static final Speech ENGLISH = Speech.english();

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
                new RoundPlan(RoundPlan.Kind.ESCALATION, Duration.ofHours(8), List.of("eva"), 1)),
            null);
    var start = Instant.parse("2026-11-26T13:00:00Z");
    var steps = Chain.steps(List.of(stage, stage), "CRM", null, start, name -> name + "!");
    assertThat(steps.getFirst().sentences())
        .extracting(next -> ENGLISH.say(next.what()))
        .containsExactly(
            "ana!, ben! and cem! are asked; 2 of them must approve.",
            "If there is no answer after 4 hours, ana!, ben! and cem! are reminded.",
            "If there is no answer after 8 hours, dee! is asked as well.",
            "If there is no answer after 16 hours, eva! is asked instead.",
            "After 1 day without an answer the request ends; nothing is set up.");
    assertThat(steps.getFirst().sentences())
        .extracting(Upcoming::at)
        .containsExactly(
            start,
            Instant.parse("2026-11-26T17:00:00Z"),
            Instant.parse("2026-11-26T21:00:00Z"),
            Instant.parse("2026-11-27T05:00:00Z"),
            Instant.parse("2026-11-27T13:00:00Z"));
    // When the next step opens depends on people.
    assertThat(steps.getLast().sentences()).extracting(Upcoming::at).containsOnlyNulls();
  }

  @Test
  void inWorkingHoursAChainSaysSoAndWhenThatIs() {
    var hours =
        new Hours(
            "Office hours",
            ZoneId.of("Europe/Berlin"),
            Map.of(
                DayOfWeek.THURSDAY,
                List.of(new Hours.Opening(540, 1020)),
                DayOfWeek.FRIDAY,
                List.of(new Hours.Opening(540, 1020))),
            List.of());
    StagePlan stage =
        new StagePlan(
            "An owner",
            Proof.SESSION,
            List.of(
                new RoundPlan(RoundPlan.Kind.NOTICE, Duration.ofMinutes(90), List.of("ana"), 1),
                new RoundPlan(
                    RoundPlan.Kind.ESCALATION, Duration.ofMinutes(990), List.of("eva"), 1)),
            null);
    // A Thursday, two in the afternoon in Berlin.
    var start = Instant.parse("2026-11-26T13:00:00Z");
    var steps = Chain.steps(List.of(stage, stage), "CRM", hours, start, name -> name);
    assertThat(steps.getFirst().sentences())
        .extracting(next -> ENGLISH.say(next.what()))
        .containsExactly(
            "ana is asked.",
            "If there is no answer after 90 minutes of working time, eva is asked instead.",
            "After 18 hours of working time without an answer the request ends; nothing is set up.",
            "Reminders, escalations and the end count working hours only: Office hours.");
    assertThat(steps.getFirst().sentences())
        .extracting(Upcoming::at)
        .containsExactly(
            start,
            Instant.parse("2026-11-26T14:30:00Z"),
            Instant.parse("2026-12-03T15:00:00Z"),
            null);
    assertThat(steps.getLast().sentences()).hasSize(3);
  }

  @Test
  void aChainSaysThatNobodyCountsTwiceAndWhoStandsIn() {
    var byOthers = new StagePlan.Others(false, List.of("olga", "otto"));

    // Who is the only one before is sure not to be asked.
    assertThat(second(stage(null, 1, "ana"), stage(byOthers, 1, "ana", "ben")))
        .containsExactly(
            "ben! is asked.",
            "Nobody counts twice: who has approved an earlier step is not asked in this one"
                + " (ana!).",
            "After 4 hours without an answer the request ends; nothing is set up.");
    assertThat(second(stage(null, 1, "ana"), stage(byOthers, 1, "ana")))
        .first()
        .isEqualTo("olga! and otto! are asked; one of them must approve.");
    assertThat(second(stage(null, 1, "ana", "ben"), stage(byOthers, 1, "ana", "cem")))
        .containsExactly(
            "ana! and cem! are asked; one of them must approve.",
            "Nobody counts twice: who has approved an earlier step is not asked in this one"
                + " (ana!).",
            "After 4 hours without an answer the request ends; nothing is set up.");
    assertThat(second(stage(null, 1, "ana", "ben"), stage(byOthers, 1, "ana", "ben"))).hasSize(3);
    assertThat(second(stage(null, 1, "ana", "ben"), stage(byOthers, 1, "ana")))
        .element(2)
        .isEqualTo("If too few are left then, olga! and otto! stand in.");
    assertThat(second(stage(null, 1, "ana", "ben"), stage(null, 1, "ana"))).hasSize(2);
  }

  private static List<String> second(StagePlan first, StagePlan second) {
    return Chain.steps(List.of(first, second), "CRM", null, Instant.EPOCH, name -> name + "!")
        .getLast()
        .sentences()
        .stream()
        .map(next -> ENGLISH.say(next.what()))
        .toList();
  }

  private static StagePlan stage(StagePlan.@Nullable Others others, int needed, String... people) {
    return new StagePlan(
        "An owner",
        Proof.SESSION,
        List.of(new RoundPlan(RoundPlan.Kind.NOTICE, Duration.ofHours(4), List.of(people), needed)),
        others);
  }

  @Test
  void aTitleThatWasMadeIsKnownAgainAndATypedOneStays() {
    var german = Speech.inMail(Locale.GERMAN, ZoneOffset.UTC);
    assertThat(german.sayCapital(Telling.stage("Your manager", "CRM")))
        .isEqualTo("Ihre Führungskraft");
    assertThat(german.say(Telling.stage("Your manager or the owners of CRM", "CRM")))
        .isEqualTo("Ihre Führungskraft oder die Verantwortlichen für CRM");
    assertThat(german.sayCapital(Telling.stage("The group hr-leads", "CRM")))
        .isEqualTo("Die Gruppe hr-leads");
    for (var typed :
        List.of("Security", "Your manager or Ruth", "The owners of Payroll", "The group of two")) {
      assertThat(german.say(Telling.stage(typed, "CRM"))).isEqualTo(typed);
    }
    assertThat(ENGLISH.sayCapital(Telling.stage("Your manager", "CRM"))).isEqualTo("Your manager");
  }

  @Test
  void pathsCarryAnyId() {
    assertThat(Paths.request("a b/c")).isEqualTo("/requests/a%20b%2Fc");
    assertThat(Paths.revoke("r-1")).isEqualTo("/requests/r-1/revoke");
    assertThat(Paths.newMail("t")).isEqualTo("/decide/t/mail");
  }
}
