package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.INGRID;
import static dev.daypass.runbook.Sample.LENA;
import static dev.daypass.runbook.Sample.OMAR;
import static dev.daypass.runbook.Sample.RUTH;
import static dev.daypass.runbook.Sample.company;
import static dev.daypass.runbook.Sample.companyWith;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.stage;
import static dev.daypass.runbook.Sample.who;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.BreakGlass;
import dev.daypass.access.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may take access without asking, for how long, and who looks at it afterwards. */
class EmergencyTest {
  private static final Duration HOUR = Duration.ofHours(1);

  private static Runbook with(Runbook.@Nullable BreakGlass glass) {
    var plain =
        Sample.runbook(
            Runbook.TicketRule.of("SUP-[0-9]{3,7}", "SUP-10423", "At the top of the ticket."),
            stage("manager"));
    return new Runbook(
        plain.id(),
        plain.title(),
        plain.system(),
        plain.role(),
        plain.mayAsk(),
        plain.mayAskForOthers(),
        plain.duration(),
        new Runbook.Extension(Duration.ofHours(12)),
        null,
        new Runbook.Limits(1, 1),
        plain.reason(),
        plain.ticket(),
        null,
        plain.approval(),
        List.of(),
        glass,
        false,
        plain.proof(),
        plain.guidance());
  }

  private static Runbook.BreakGlass glass(String who, String... review) {
    return new Runbook.BreakGlass(who(who), HOUR, who(review));
  }

  private static Ask emergency(Person person, Optional<Duration> duration) {
    return new Ask(
        "crm-customer-record",
        person.email(),
        person.email(),
        duration,
        Optional.empty(),
        "The site is down",
        "",
        true);
  }

  private static Planning plan(Runbook runbook, Ask ask) {
    return Planner.plan(published(runbook), company(), Past.UNKNOWN, ask);
  }

  private static List<String> codes(Planning planning) {
    return ((Planning.Refused) planning).refusals().stream().map(Refusal::code).toList();
  }

  @Test
  void namesReviewersAndManagerAndAsksNobody() {
    var planned =
        (Planning.Planned)
            plan(
                with(glass("group:support", "group:security")), emergency(AMARA, Optional.empty()));

    assertThat(planned.duration()).isEqualTo(HOUR);
    assertThat(planned.plan().stages()).isEmpty();
    assertThat(planned.plan().extendable()).isNull();
    assertThat(planned.plan().glass())
        .isEqualTo(new BreakGlass(List.of(Sample.DANIEL.email(), RUTH.email()), LENA.email()));
    assertThat(planned.ticket()).isEmpty();
  }

  @Test
  void isOnlyForThoseWhomTheRunbookNames() {
    var ask = emergency(AMARA, Optional.of(HOUR));

    assertThat(codes(plan(with(null), ask))).containsExactly("no-break-glass");
    assertThat(codes(plan(with(glass("group:security", "owners")), ask)))
        .containsExactly("not-for-emergency");
    // Whoever may not ask may still be named.
    assertThat(plan(with(glass("omar@example.com", "owners")), emergency(OMAR, Optional.of(HOUR))))
        .isInstanceOf(Planning.Planned.class);
  }

  @Test
  void isTakenByPeopleForThemselvesOnly() {
    for (var requester : List.of(AMARA.email(), "nobody@example.com")) {
      var ask =
          new Ask(
              "crm-customer-record",
              requester,
              LENA.email(),
              Optional.of(HOUR),
              Optional.empty(),
              "The site is down",
              "",
              true);

      // Nobody learns by it whether there is such a person, or whether they may.
      assertThat(codes(plan(with(glass("group:support", "owners")), ask)))
          .containsExactly("emergency-for-other");
      assertThat(((Planning.Refused) plan(with(null), ask)).refusals().getFirst().field())
          .isEqualTo("requester");
    }
  }

  @Test
  void theSystemsOwnersReviewWhereNobodyElseIsLeft() {
    var planned =
        (Planning.Planned)
            plan(
                with(glass("group:security", "ruth@example.com")),
                emergency(RUTH, Optional.empty()));

    assertThat(planned.plan().glass())
        .extracting(BreakGlass::reviewers)
        .isEqualTo(List.of(OMAR.email(), INGRID.email()));
  }

  @Test
  void withoutAnybodyToReviewItThereIsNone() {
    var left = companyWith(OMAR.deactivated(), INGRID.deactivated());
    var refused =
        Planner.plan(
            published(with(glass("group:security", "ruth@example.com"))),
            left,
            Past.UNKNOWN,
            emergency(RUTH, Optional.empty()));

    assertThat(codes(refused)).containsExactly("no-reviewer");
    assertThat(((Planning.Refused) refused).refusals().getFirst().message())
        .isEqualTo(
            "Nobody but you is left who could review this afterwards: ruth@example.com. Please ask"
                + " for it instead.");
  }

  @ParameterizedTest
  @CsvSource({"PT15M, ''", "PT1H, ''", "PT14M, duration-too-short", "PT61M, duration-too-long"})
  void lastsNoLongerThanTheRunbookAllowsInAnEmergency(Duration asked, String code) {
    var planning =
        plan(with(glass("group:support", "owners")), emergency(AMARA, Optional.of(asked)));

    assertThat(planning instanceof Planning.Refused ? codes(planning) : List.of(""))
        .containsExactly(code);
  }

  @Test
  void wantsAReasonAndNoTicketAndNoLaterStart() {
    var runbook = with(glass("group:support", "owners"));
    var now = Instant.parse("2026-11-23T08:00:00Z");
    var ask =
        new Ask(
            runbook.id(),
            AMARA.email(),
            AMARA.email(),
            Optional.of(HOUR),
            Optional.of(new Ask.Start(now.plusSeconds(60), now)),
            "",
            "4711",
            true);

    assertThat(codes(plan(runbook, ask)))
        .containsExactly("start-not-in-emergency", "reason-missing", "ticket-wrong");
  }

  @Test
  void limitsDoNotCount() {
    var used =
        new Past() {
          @Override
          public Optional<Usage> of(String requester, String runbook) {
            return Optional.of(new Usage(5, List.of(Instant.EPOCH)));
          }

          @Override
          public Optional<Instant> lastGiven(String requester, String runbook, Instant since) {
            return Optional.empty();
          }
        };

    assertThat(
            Planner.plan(
                published(with(glass("group:support", "owners"))),
                company(),
                used,
                emergency(AMARA, Optional.empty())))
        .isInstanceOf(Planning.Planned.class);
  }

  @Test
  void isTheSameAfterItWasPublishedAndReadAgain() {
    var runbook = with(glass("group:support", "owners", "group:security"));

    assertThat(PolicyJson.runbook(PolicyJson.json(runbook))).isEqualTo(runbook);
    assertThat(PolicyJson.json(with(null))).doesNotContain("breakGlass");
  }

  @Test
  void whoTakesAndWhoReviewsIsNamedAndTheTimeIsShort() {
    for (var nobody : List.of("everyone", "manager", "owners")) {
      assertThatThrownBy(() -> glass(nobody, "owners"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is named");
    }
    assertThatThrownBy(() -> glass("group:support", "everyone"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> glass("group:support")).isInstanceOf(IllegalArgumentException.class);
    for (var never : List.of(Duration.ofMinutes(14), Duration.ofMinutes(8 * 60 + 1))) {
      assertThatThrownBy(() -> new Runbook.BreakGlass(who("group:support"), never, who("owners")))
          .isInstanceOf(IllegalArgumentException.class);
    }
    var longest = new Runbook.BreakGlass(who("group:support"), Duration.ofHours(8), who("owners"));
    assertThat(with(longest).breakGlass()).isEqualTo(longest);
  }
}
