package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.runbook.PolicyJson;
import dev.daypass.runbook.Runbook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calendars as lint and publish read them. */
class CalendarTest {
  private static final String OFFICE = "calendars/berlin-office.yaml";
  private static final String HOLIDAYS = "calendars/berlin-holidays.csv";
  private static final String RUNBOOK = "hr-offboarding.yaml";

  @TempDir private Path dir;

  @BeforeEach
  void copyTheShippedRunbooks() throws IOException {
    try (var files = Files.walk(ShippedRunbooksTest.SHIPPED)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = dir.resolve(ShippedRunbooksTest.SHIPPED.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Test
  @Tag("rounds.working-hours")
  void theReadyMadeOneIsResolvedIntoItsRunbook() {
    var calendar = Objects.requireNonNull(runbook().calendar());

    assertThat(lint()).isEmpty();
    assertThat(calendar.zone().getId()).isEqualTo("Europe/Berlin");
    assertThat(calendar.holidays()).containsValue("Good Friday");
    assertThat(PolicyJson.runbook(PolicyJson.json(runbook()))).isEqualTo(runbook());
  }

  @Test
  void aChangeOfTheCalendarIsAnotherTextOfTheRunbookThatNamesItAndOfNoOther() throws IOException {
    var before = PolicyJson.json(runbook());
    var other = PolicyJson.json(runbook("hr-onboarding"));

    edit(HOLIDAYS, "2027-05-01,", "2027-05-03,");

    assertThat(PolicyJson.json(runbook())).isNotEqualTo(before);
    assertThat(PolicyJson.json(runbook("hr-onboarding"))).isEqualTo(other);
  }

  @Test
  void aZoneThatDoesNotExist() throws IOException {
    edit(OFFICE, "zone: Europe/Berlin", "zone: Europe/Berlim");

    assertThat(lint())
        .containsExactly(
            "calendars/berlin-office.yaml:4: there is no time zone “Europe/Berlim”; did you mean"
                + " Europe/Berlin?",
            "hr-offboarding.yaml:13: the calendar “berlin-office” has errors; correct them first");
  }

  @Test
  void hoursThatAreNone() throws IOException {
    edit(OFFICE, "monday: 09:00-17:00", "monday: 17:00-09:00");
    edit(OFFICE, "tuesday: 09:00-17:00", "tuesday: [09:00-13:00, 12:00-17:00]");

    assertThat(lint())
        .contains(
            "calendars/berlin-office.yaml:6: the hours 17:00-09:00 end before they begin; for a"
                + " night write two days: 22:00-24:00 and 00:00-06:00",
            "calendars/berlin-office.yaml:7: the hours of tuesday overlap or are not in order;"
                + " write the earlier first, and let it end before the later begins");
  }

  @Test
  void whatTheSchemaDoesNotAllow() throws IOException {
    edit(OFFICE, "monday: 09:00-17:00", "monday: 9-17");
    edit(OFFICE, "zone: Europe/Berlin", "zones: Europe/Berlin");

    assertThat(lint())
        .anySatisfy(line -> assertThat(line).startsWith("calendars/berlin-office.yaml:6: "))
        .anySatisfy(line -> assertThat(line).contains("“zones” is not known here"));
  }

  @Test
  void daysThatDoNotExistOrHaveNoNameOrAreThereTwice() throws IOException {
    edit(HOLIDAYS, "2026-12-25,Christmas Day", "2026-02-30,Christmas Day");
    edit(HOLIDAYS, "2026-12-26,Boxing Day", "2026-12-26");
    edit(HOLIDAYS, "2026-12-31,", "2026-12-24,");

    assertThat(lint())
        .contains(
            "calendars/berlin-holidays.csv:3: there is no day “2026-02-30”; write year, month and"
                + " day: 2026-12-25",
            "calendars/berlin-holidays.csv:4: 2026-12-26 has no name that can be shown; write it"
                + " after the comma",
            "calendars/berlin-holidays.csv:5: 2026-12-24 is here twice; keep one of them");
  }

  @Test
  void holidaysCanStandInTheCalendarItself() throws IOException {
    edit(OFFICE, "holidays: berlin-holidays.csv", "holidays:\n  2026-12-25: Christmas Day\n");
    assertThat(lint()).isEmpty();
    assertThat(Objects.requireNonNull(runbook().calendar()).holidays()).hasSize(1);

    edit(OFFICE, "  2026-12-25: Christmas Day", "  2026-13-25: Christmas Day");
    assertThat(lint()).first().asString().contains("berlin-office.yaml:12: there is no day");
  }

  @Test
  void aFileOfHolidaysThatIsNotThere() throws IOException {
    edit(OFFICE, "holidays: berlin-holidays.csv", "holidays: munich.csv");

    assertThat(lint()).first().asString().contains("berlin-office.yaml:11: there is no file ");
  }

  @Test
  void fourWeeksWithoutAWorkingMinute() throws IOException {
    edit(
        OFFICE,
        read(OFFICE).substring(read(OFFICE).indexOf("hours:")),
        """
        hours:
          monday: 09:00-17:00
        holidays:
          2026-12-07: a
          2026-12-14: b
          2026-12-21: c
          2026-12-28: d
        """);

    assertThat(lint())
        .contains(
            "calendars/berlin-office.yaml:7: from 2026-12-07 on, four weeks have no working"
                + " minute; work at least one day in four weeks, or take a runbook without a"
                + " calendar");
  }

  @Test
  void aCalendarThatIsNotThere() throws IOException {
    edit(RUNBOOK, "calendar: berlin-office", "calendar: berlin-offices");

    assertThat(lint())
        .containsExactly(
            "hr-offboarding.yaml:13: there is no calendar “berlin-offices”; did you mean"
                + " “berlin-office”?");
  }

  @Test
  void oneThatNobodyUses() throws IOException {
    edit(RUNBOOK, "calendar: berlin-office\n", "");

    assertThat(lint())
        .containsExactly(
            "calendars/berlin-office.yaml:2: warning: no runbook uses the calendar"
                + " “berlin-office”; name it in a runbook, or delete it");
  }

  @Test
  void aDayOfWorkingTimeIsWrittenInHours() throws IOException {
    edit(RUNBOOK, "lapseAfter: PT16H", "lapseAfter: P2D");

    assertThat(lint())
        .containsExactly(
            "hr-offboarding.yaml:20: “lapseAfter” counts working time, and a day of it would be 24"
                + " hours; write hours: PT8H may be a working day");
  }

  @Test
  void moreThanFourWeeksHaveIsTooLong() throws IOException {
    edit(RUNBOOK, "lapseAfter: PT16H", "lapseAfter: PT157H");

    assertThat(lint())
        .containsExactly(
            "hr-offboarding.yaml:20: waiting for 157 working hours for an answer is too long; at"
                + " most as many as four weeks have by this calendar: 156");
  }

  private Runbook runbook() {
    return runbook("hr-offboarding");
  }

  private Runbook runbook(String id) {
    return PolicyFiles.load(dir).runbooks().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private List<String> lint() {
    return PolicyFiles.load(dir).findings().stream()
        .map(found -> found.toString().replace(dir + "/", ""))
        .toList();
  }

  private String read(String file) throws IOException {
    return Files.readString(dir.resolve(file));
  }

  private void edit(String file, String from, String to) throws IOException {
    var text = read(file);
    assertThat(text).contains(from);
    Files.writeString(dir.resolve(file), text.replace(from, to));
  }
}
