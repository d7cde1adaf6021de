package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.local.LocalDaypass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExplainTest {
  private static final String AMARA = "amara.okafor@example.com";
  private static final String OMAR = "omar.farouk@example.com";
  private static final String CRM = "crm-customer-record";
  private static final String SHIPPED = ShippedRunbooksTest.SHIPPED.toString();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  @Tag("explain.why")
  void whoeverMayAskIsToldWhoWouldBeAskedAndWhenByTheirClock() {
    assertThat(explain(AMARA, CRM, SHIPPED, "--on", "2026-12-24T09:00")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            Amara Okafor may ask for “View a customer record in the CRM”, in the words that they would read:
              yes  Amara Okafor is in the list of people.
              yes  This is for people in the group support.
              yes  Somebody can decide in step 1: Lena Fischer. Needed: 1.

            Asked Thursday, 24 December 2026 at 09:00 GMT (2026-12-24 09:00:00 UTC) for 4 hours:
              1. Your manager
                 - Lena Fischer is asked.
                   Thursday, 24 December 2026 at 09:00 GMT (2026-12-24 09:00:00 UTC)
                 - If there is no answer after 1 hour, Lena Fischer is reminded.
                   Thursday, 24 December 2026 at 10:00 GMT (2026-12-24 10:00:00 UTC)
                 - If there is no answer after 2 hours, Omar Farouk and Ingrid Solberg are asked as well.
                   Thursday, 24 December 2026 at 11:00 GMT (2026-12-24 11:00:00 UTC)
                 - After 8 hours without an answer the request ends; nothing is set up.
                   Thursday, 24 December 2026 at 17:00 GMT (2026-12-24 17:00:00 UTC)
            Each further step opens when the one before has said yes. The access begins with the last yes.
            """);
    assertThat(err.size()).isZero();
  }

  @Test
  void inWorkingHoursTheMomentsAreThoseAfterTheHolidays() {
    var tomasz = "tomasz.kowalski@example.com";
    assertThat(explain(tomasz, "hr-offboarding", SHIPPED, "--on", "2026-12-23T15:00")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "If there is no answer after 2 hours of working time, ",
            "Wednesday, 23 December 2026 at 17:00 CET (2026-12-23 16:00:00 UTC)",
            "If there is no answer after 6 hours of working time, ",
            "Monday, 28 December 2026 at 13:00 CET (2026-12-28 12:00:00 UTC)",
            "After 16 hours of working time without an answer the request ends",
            "Tuesday, 29 December 2026 at 15:00 CET (2026-12-29 14:00:00 UTC)",
            "Reminders, escalations and the end count working hours only: Office hours in Berlin.");
  }

  @Test
  void somebodyElseMayAskForAPersonOrNot() {
    var tomasz = "tomasz.kowalski@example.com";
    var priya = "priya.nair@example.com";
    assertThat(explain(tomasz, "hr-onboarding", SHIPPED, "--by", priya)).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "Priya Nair may ask for “Set up a new colleague in the HR tool” for Tomasz Kowalski, in",
            "  yes  For somebody else this can be asked for by their manager or people in the group hr.",
            "  1. Their manager or the group hr-leads",
            "Joana Silva is asked");
    out.reset();
    assertThat(explain(tomasz, "hr-onboarding", SHIPPED, "--by", AMARA)).isEqualTo(1);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Amara Okafor may not ask for", "For this address that is not you.");
    assertThat(explain(tomasz, "hr-onboarding", SHIPPED, "--by", "prya.nair@example.com"))
        .isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("do you mean priya.nair@example.com?");
  }

  @Test
  void withoutAMomentItIsNow() {
    explain(AMARA, CRM, SHIPPED);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Asked Monday, 2 March 2026 at 09:30 GMT (2026-03-02 09:30:00 UTC)");
  }

  @Test
  @Tag("explain.why")
  void whoeverMayNotAskIsToldEveryRuleAndTheStatusIsOne() {
    assertThat(explain(OMAR, CRM, SHIPPED, "--duration", "P2D")).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains(
            "Omar Farouk may not ask for “View a customer record in the CRM”, in the words",
            "  yes  Omar Farouk is in the list of people.",
            "  no   This is for people in the group support, and you are not among them.",
            "  no   The longest access here is 8 hours, and you asked for 2 days.",
            "Who would be asked otherwise, ",
            "     - Ingrid Solberg is asked")
        .doesNotContain("Asked ");
  }

  @Test
  void whatIsNotLookedAtIsSaid() {
    assertThat(explain("yuki.tanaka@example.com", "marketing-analytics", SHIPPED)).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("How often they have asked already is not known here")
        .doesNotContain("Open at the moment");
  }

  @Test
  void aStatedDurationCounts() {
    assertThat(explain(AMARA, CRM, SHIPPED, "--duration", "PT2H")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("UTC) for 2 hours:");
  }

  @ParameterizedTest
  @CsvSource({
    "amara.okafo@example.com, crm-customer-record, , do you mean amara.okafor@example.com?",
    "amara.okafor@example.com, crm-customer-records, , do you mean crm-customer-record?",
    "nobody@example.com, crm-customer-record, , has the address nobody@example.com.",
    "amara.okafor@example.com, nothing, , There is no runbook nothing.",
    "amara.okafor@example.com, crm-customer-record, --on=Christmas, write 2026-12-24 or",
    "amara.okafor@example.com, crm-customer-record, --duration=2h, do you mean PT2H?",
    "amara.okafor@example.com, crm-customer-record, --duration=long, 'write PT30M, PT4H or P1D.'",
    "amara.okafor@example.com, , , Please name a person and a runbook."
  })
  void whatIsNotUnderstoodIsToldWithWhatWouldBeRight(
      String person, String runbook, String option, String told) {
    var words =
        Stream.of(person, runbook, runbook == null ? null : SHIPPED, option)
            .filter(word -> word != null)
            .toArray(String[]::new);

    assertThat(explain(words)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(told);
    assertThat(out.size()).isZero();
  }

  @Test
  void filesWithErrorsExplainNothing(@TempDir Path dir) throws IOException {
    Files.createDirectory(dir.resolve("systems"));
    Files.writeString(dir.resolve("any.yaml"), "id: any\n");

    assertThat(explain(AMARA, CRM, dir.toString())).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("any.yaml:1: ");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("Please correct the errors first.");
  }

  @Test
  void filesAndWhatIsPublishedDoNotMix() {
    assertThat(explain(AMARA, CRM, SHIPPED, "--local")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("not both");
  }

  @Test
  void aRunningDaypassIsAskedForWhatIsPublishedThere() {
    try (var daypass = LocalDaypass.start(Path.of(".."), 0)) {
      assertThat(explain(AMARA, CRM, "--local=" + daypass.url())).isZero();
    }
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Lena Fischer is asked.");
  }

  @Test
  void whereNothingRunsThatIsSaid() {
    assertThat(explain(AMARA, CRM, "--local=http://127.0.0.1:1")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("is ./daypass up running?");
  }

  @Test
  void itExplainsItself() {
    assertThat(explain("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: daypass explain");
  }

  private int explain(String... words) {
    var clock = InstantSource.fixed(Instant.parse("2026-03-02T09:30:00Z"));
    return new Explain(Map.of(), clock)
        .run(
            List.of(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }
}
