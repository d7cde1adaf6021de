package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.INGRID;
import static dev.daypass.runbook.Sample.company;
import static dev.daypass.runbook.Sample.runbook;
import static dev.daypass.runbook.Sample.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Hours;
import dev.daypass.access.NamedRule;
import dev.daypass.access.Plan;
import dev.daypass.runbook.AutoApproval.About;
import dev.daypass.runbook.AutoApproval.Condition;
import dev.daypass.runbook.AutoApproval.Wish;
import dev.daypass.runbook.Runbook.AutoRule;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoApprovalTest {
  private static final Plan PLAN =
      ((Planning.Planned)
              Planner.preview(
                  Sample.published(runbook(stage("manager"))),
                  company(),
                  Past.UNKNOWN,
                  "crm-customer-record",
                  AMARA.email()))
          .plan();

  private static final Duration HOUR = Duration.ofHours(1);

  /** A Monday, ten in the morning in Berlin. */
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private static final Calendar OFFICE =
      new Calendar(
          "office",
          "Office hours",
          ZoneId.of("Europe/Berlin"),
          Map.of(DayOfWeek.MONDAY, List.of(new Hours.Opening(9 * 60, 17 * 60))),
          new TreeMap<>());

  private static AutoRule inGroup(String group) {
    return new AutoRule("in-group", group, null, false, false, null);
  }

  private static AutoRule upTo(Duration longest) {
    return new AutoRule("short", null, longest, false, false, null);
  }

  private static final AutoRule WITHIN_HOURS =
      new AutoRule("by-day", null, null, true, false, null);
  private static final AutoRule WITH_TICKET = new AutoRule("ticket", null, null, false, true, null);
  private static final AutoRule USED_BEFORE =
      new AutoRule("again", null, null, false, false, Duration.ofDays(90));

  private static Runbook with(AutoRule... rules) {
    var plain =
        runbook(
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
        null,
        null,
        null,
        plain.reason(),
        plain.ticket(),
        OFFICE,
        plain.approval(),
        List.of(rules),
        null,
        false,
        plain.proof(),
        plain.guidance());
  }

  private static Published<Runbook> published(Runbook runbook, String publisher) {
    return new Published<>(runbook, 3, "any", publisher, NOW);
  }

  private static Wish wish() {
    return new Wish(AMARA, HOUR, "", NOW);
  }

  private static boolean approves(AutoRule rule, Wish wish) {
    return approves(rule, wish, Past.UNKNOWN);
  }

  private static boolean approves(AutoRule rule, Wish wish, Past past) {
    return new AutoApproval(company(), past)
        .of(published(with(rule), INGRID.email()), wish, PLAN)
        .isPresent();
  }

  private static Past given(@Nullable Instant last) {
    return new Past() {
      @Override
      public Optional<Usage> of(String requester, String runbook) {
        return Optional.empty();
      }

      @Override
      public Optional<Instant> lastGiven(String requester, String runbook, Instant since) {
        assertThat(requester).isEqualTo(AMARA.email());
        assertThat(runbook).isEqualTo("crm-customer-record");
        return Optional.ofNullable(last).filter(at -> !at.isBefore(since));
      }
    };
  }

  @Test
  void namesTheRuleAndWhoeverPublishedIt() {
    var longer = new AutoRule("longer", "support", Duration.ofHours(2), false, false, null);
    var runbook = published(with(upTo(Duration.ofMinutes(30)), longer), " Ingrid@Example.com ");

    assertThat(new AutoApproval(company(), Past.UNKNOWN).of(runbook, wish(), PLAN))
        .map(Plan::rule)
        .contains(new NamedRule("longer", INGRID.email()));
  }

  @ParameterizedTest
  @CsvSource({"support, true", "security, false"})
  void theGroupIsThatOfWhoeverAsks(String group, boolean approves) {
    assertThat(approves(inGroup(group), wish())).isEqualTo(approves);
  }

  @ParameterizedTest
  @CsvSource({"PT59M, true", "PT1H, true", "PT1H1M, false"})
  void atMostSoLong(Duration asked, boolean approves) {
    assertThat(approves(upTo(HOUR), new Wish(AMARA, asked, "", NOW))).isEqualTo(approves);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-23T07:59:59Z, false",
    "2026-11-23T08:00:00Z, true",
    "2026-11-23T15:59:59Z, true",
    "2026-11-23T16:00:00Z, false",
    "2026-11-24T09:00:00Z, false"
  })
  void withinTheHoursOfTheCalendar(Instant now, boolean approves) {
    assertThat(approves(WITHIN_HOURS, new Wish(AMARA, HOUR, "", now))).isEqualTo(approves);
  }

  @ParameterizedTest
  @CsvSource({"SUP-10423, true", "' ', false"})
  void withATicket(String ticket, boolean approves) {
    assertThat(approves(WITH_TICKET, new Wish(AMARA, HOUR, ticket, NOW))).isEqualTo(approves);
  }

  @Test
  @Tag("rules.conditions")
  void givenWithinThatTimeBefore() {
    assertThat(approves(USED_BEFORE, wish(), given(null))).isFalse();
    assertThat(approves(USED_BEFORE, wish(), given(NOW.minus(Duration.ofDays(90))))).isTrue();
    assertThat(approves(USED_BEFORE, wish(), given(NOW.minus(Duration.ofDays(91))))).isFalse();
    assertThat(approves(USED_BEFORE, wish())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"amara@example.com", "Amara@example.com", "nobody@example.com", "ci"})
  void doesNotCountForWhoeverPublishedItNorIfNobodyKnowsWhoThatIs(String publisher) {
    var runbook = published(with(inGroup("support")), publisher);

    assertThat(new AutoApproval(company(), Past.UNKNOWN).of(runbook, wish(), PLAN)).isEmpty();
  }

  @Test
  @Tag("rules.conditions")
  void allOfARuleMustHold() {
    var rule = new AutoRule("all", "support", HOUR, true, true, Duration.ofDays(90));
    var whole = new Wish(AMARA, HOUR, "SUP-10423", NOW);
    var past = given(NOW);

    assertThat(approves(rule, whole, past)).isTrue();
    assertThat(approves(rule, new Wish(AMARA, HOUR.plusMinutes(1), "SUP-10423", NOW), past))
        .isFalse();
    assertThat(approves(rule, new Wish(AMARA, HOUR, "", NOW), past)).isFalse();
    assertThat(approves(rule, whole)).isFalse();
  }

  @Test
  void saysWhatIsStillToBeTyped() {
    var rule = new AutoRule("all", "support", Duration.ofMinutes(15), true, true, null);

    var weighed =
        new AutoApproval(company(), Past.UNKNOWN)
            .weigh(published(with(rule), INGRID.email()), wish())
            .getFirst();

    assertThat(weighed.conditions().stream().allMatch(Condition::holds)).isFalse();
    assertThat(weighed.mayApprove()).isTrue();
    assertThat(weighed.typed())
        .extracting(said -> said.key())
        .containsExactly("rule.max-duration", "rule.has-ticket");
    assertThat(weighed.conditions())
        .extracting(Condition::about)
        .containsExactly(
            About.THE_PUBLISHER,
            About.THE_PERSON,
            About.THE_DURATION,
            About.THE_TIME,
            About.THE_TICKET);
  }

  @Test
  void aRuleDemandsSomethingAndOnlyWhatTheRunbookHas() {
    assertThatThrownBy(() -> new AutoRule("any", null, null, false, false, null))
        .hasMessage("the rule any demands nothing");
    assertThatThrownBy(() -> upTo(Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    for (var never : List.of(Duration.ZERO, Duration.ofDays(366))) {
      assertThatThrownBy(() -> new AutoRule("any", null, null, false, false, never))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> with(inGroup("support"), inGroup("security")))
        .hasMessageContaining("two rules have one name");
    assertThatThrownBy(() -> plain(WITHIN_HOURS)).hasMessageContaining("there is no calendar");
    assertThatThrownBy(() -> plain(WITH_TICKET)).hasMessageContaining("asks for none");
  }

  private static Runbook plain(AutoRule rule) {
    var plain = runbook(stage("manager"));
    return new Runbook(
        plain.id(),
        plain.title(),
        plain.system(),
        plain.role(),
        plain.mayAsk(),
        plain.mayAskForOthers(),
        plain.duration(),
        null,
        null,
        null,
        plain.reason(),
        null,
        null,
        plain.approval(),
        List.of(rule),
        null,
        false,
        plain.proof(),
        plain.guidance());
  }

  @Test
  void isTheSameAfterItWasPublishedAndReadAgain() {
    var runbook = with(new AutoRule("all", "support", HOUR, true, true, Duration.ofDays(90)));

    assertThat(PolicyJson.runbook(PolicyJson.json(runbook))).isEqualTo(runbook);
    assertThat(PolicyJson.json(runbook(stage("manager")))).doesNotContain("autoApproval");
  }
}
