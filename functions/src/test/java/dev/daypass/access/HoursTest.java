package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Hours.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  /** Monday to Friday, nine to five. */
  static Hours office(LocalDate... holidays) {
    return new Hours("Office", BERLIN, weekdays(new Opening(540, 1020)), List.of(holidays));
  }

  private static Map<DayOfWeek, List<Opening>> weekdays(Opening... openings) {
    var week = new EnumMap<DayOfWeek, List<Opening>>(DayOfWeek.class);
    for (int day = 1; day <= 5; day++) {
      week.put(DayOfWeek.of(day), List.of(openings));
    }
    return week;
  }

  private static Map<DayOfWeek, List<Opening>> everyDay(Opening... openings) {
    var week = new EnumMap<DayOfWeek, List<Opening>>(DayOfWeek.class);
    for (var day : DayOfWeek.values()) {
      week.put(day, List.of(openings));
    }
    return week;
  }

  private static Instant berlin(String local) {
    return java.time.LocalDateTime.parse(local).atZone(BERLIN).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T08:59:59, false",
    "2026-11-27T09:00:00, true",
    "2026-11-27T16:59:59, true",
    "2026-11-27T17:00:00, false",
    "2026-11-28T10:00:00, false",
    "2026-11-30T10:00:00, false"
  })
  void isOpenFromTheFirstMomentOfTheHoursToTheLastAndOnNoHoliday(String wall, boolean open) {
    assertThat(office(LocalDate.parse("2026-11-30")).isOpen(berlin(wall))).isEqualTo(open);
  }

  private static final Duration TWO_HOURS = Duration.ofHours(2);

  @Test
  void withinADayTimePassesAsItDoes() {
    assertThat(office().after(berlin("2026-11-27T10:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-27T12:00"));
  }

  @Test
  @Tag("rounds.working-hours")
  void whatIsLeftOnFridayIsWorkedOnMonday() {
    assertThat(office().after(berlin("2026-11-27T16:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-30T10:00"));
  }

  @Test
  void whatEndsWithTheDayEndsWithTheDay() {
    assertThat(office().after(berlin("2026-11-27T15:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-27T17:00"));
  }

  @Test
  void whatBeginsOutsideTheHoursBeginsWithTheNext() {
    assertThat(office().after(berlin("2026-11-28T11:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-30T11:00"));
    assertThat(office().after(berlin("2026-11-27T17:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-30T11:00"));
    assertThat(office().after(berlin("2026-11-30T03:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-30T11:00"));
  }

  @Test
  @Tag("rounds.working-hours")
  void holidaysAreNotWorked() {
    var christmas = office(LocalDate.parse("2026-12-24"), LocalDate.parse("2026-12-25"));

    assertThat(christmas.after(berlin("2026-12-23T16:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-12-28T10:00"));
  }

  @Test
  void aPauseIsNotWorked() {
    var pause =
        new Hours(
            "Office", BERLIN, weekdays(new Opening(540, 720), new Opening(780, 1020)), List.of());

    assertThat(pause.after(berlin("2026-11-30T11:30"), TWO_HOURS))
        .isEqualTo(berlin("2026-11-30T14:30"));
  }

  @Test
  void hoursThatMeetAtMidnightAreOne() {
    var always = new Hours("Always", BERLIN, everyDay(new Opening(0, 1440)), List.of());

    assertThat(always.after(berlin("2026-11-27T16:00"), Duration.ofDays(9)))
        .isEqualTo(berlin("2026-12-06T16:00"));
  }

  @Test
  void anHourThatTheClocksLeaveOutIsNotWorked() {
    // On 29 March 2026 there is no time from two to three.
    var night = new Hours("Night", BERLIN, everyDay(new Opening(0, 360)), List.of());

    assertThat(night.after(berlin("2026-03-29T00:00"), Duration.ofHours(5)))
        .isEqualTo(berlin("2026-03-29T06:00"));
    assertThat(night.after(berlin("2026-03-29T00:00"), Duration.ofHours(6)))
        .isEqualTo(berlin("2026-03-30T01:00"));
  }

  @Test
  void anHourThatTheClocksRepeatIsWorkedTwice() {
    // On 25 October 2026 there are two hours from two to three.
    var night = new Hours("Night", BERLIN, everyDay(new Opening(120, 180)), List.of());

    assertThat(night.after(berlin("2026-10-25T00:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-10-25T03:00"));
  }

  @Test
  void theHoursOfTheOfficeStayWhereTheClocksChangeAtNight() {
    assertThat(office().after(berlin("2026-03-27T16:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-03-30T10:00"));
    assertThat(office().after(berlin("2026-10-23T16:00"), TWO_HOURS))
        .isEqualTo(berlin("2026-10-26T10:00"));
  }

  @Test
  void aDayThatAZoneLeftOutIsNotWorked() {
    // Samoa had no 30 December 2011, a Friday.
    var apia = ZoneId.of("Pacific/Apia");
    var samoa = new Hours("Samoa", apia, weekdays(new Opening(540, 1020)), List.of());

    assertThat(
            samoa.after(
                java.time.LocalDateTime.parse("2011-12-29T16:00").atZone(apia).toInstant(),
                TWO_HOURS))
        .isEqualTo(java.time.LocalDateTime.parse("2012-01-02T10:00").atZone(apia).toInstant());
  }

  @Test
  void hoursOfNoTimeDoNotExist() {
    assertThatThrownBy(() -> new Hours("Never", BERLIN, Map.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no day of the week is worked");
    assertThatThrownBy(
            () ->
                office(
                    LocalDate.parse("2026-12-01")
                        .datesUntil(LocalDate.parse("2026-12-29"))
                        .toArray(LocalDate[]::new)))
        .hasMessageContaining("four weeks from 2026-12-01");
    assertThat(
            office(
                LocalDate.parse("2026-12-01")
                    .datesUntil(LocalDate.parse("2026-12-28"))
                    .toArray(LocalDate[]::new)))
        .isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "600, 600", "600, 599", "-1, 60", "0, 1441"})
  void aTimeOfDayLastsAndLiesWithinTheDay(int from, int to) {
    assertThatThrownBy(() -> new Opening(from, to))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no time of a day: minutes " + from + " to " + to);
  }

  @Test
  void aTimeOfDayMayBeAMinuteOrTheWholeDay() {
    assertThat(new Opening(0, 1).to()).isEqualTo(1);
    assertThat(new Opening(0, 1440).to()).isEqualTo(1440);
  }

  private static Hours mondays(Opening... openings) {
    return new Hours("Mondays", BERLIN, Map.of(DayOfWeek.MONDAY, List.of(openings)), List.of());
  }

  @Test
  void theTimesOfADayAreInOrder() {
    assertThatThrownBy(() -> mondays(new Opening(0, 60), new Opening(59, 90)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("MONDAY is not in order: [Opening[from=0, to=60], Opening[from=59, to=90]]");
    assertThat(mondays(new Opening(0, 60), new Opening(60, 90)).ofAWeek())
        .isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void aDayHasOneToFourTimes() {
    var four =
        new Opening[] {new Opening(0, 1), new Opening(2, 3), new Opening(4, 5), new Opening(6, 7)};
    var five = Arrays.copyOf(four, 5);
    five[4] = new Opening(8, 9);

    assertThat(mondays(four).ofAWeek()).isEqualTo(Duration.ofMinutes(4));
    assertThatThrownBy(() -> mondays(five)).hasMessage("MONDAY is worked 1 to 4 times");
    assertThatThrownBy(() -> mondays()).hasMessage("MONDAY is worked 1 to 4 times");
  }

  private static LocalDate[] everySecondDay(int times) {
    return Stream.iterate(LocalDate.parse("2026-01-01"), day -> day.plusDays(2))
        .limit(times)
        .toArray(LocalDate[]::new);
  }

  @Test
  void thereAreAtMostFourHundredHolidays() {
    assertThat(office(everySecondDay(400)).holidays()).hasSize(400);
    assertThatThrownBy(() -> office(everySecondDay(401)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("too many holidays: 401");
  }

  @Test
  void holidaysAreKeptInOrderAndEachOnce() {
    var christmas = LocalDate.parse("2026-12-25");
    var newYear = LocalDate.parse("2027-01-01");

    assertThat(office(newYear, christmas, newYear).holidays()).containsExactly(christmas, newYear);
  }

  @Test
  void aPauseIsNamedByItsFirstDay() {
    var august = LocalDate.parse("2026-08-01").datesUntil(LocalDate.parse("2026-08-30")).toList();

    assertThat(Hours.longestPause(everyDay(new Opening(0, 60)), august.reversed()))
        .contains(LocalDate.parse("2026-08-01"));
  }

  @Test
  void aDayThatIsNeverWorkedEndsNoPause() {
    var week = Map.of(DayOfWeek.MONDAY, List.of(new Opening(0, 60)));
    var november =
        Stream.of("2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23")
            .map(LocalDate::parse)
            .toList();

    assertThat(Hours.longestPause(week, november)).contains(november.getFirst());
    assertThat(Hours.longestPause(week, november.subList(0, 3))).isEmpty();
  }

  @Test
  void noTimePassesInNoTime() {
    var saturday = berlin("2026-11-28T11:00");

    assertThat(office().after(saturday, Duration.ZERO)).isEqualTo(saturday);
  }

  @Test
  void timeDoesNotPassBackwards() {
    assertThatThrownBy(() -> office().after(berlin("2026-11-27T10:00"), Duration.ofHours(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time passes, not PT-1H");
  }

  @Test
  void clocksNeedNeverChange() {
    var utc = new Hours("Office", ZoneId.of("UTC"), weekdays(new Opening(540, 1020)), List.of());

    assertThat(utc.after(Instant.parse("2026-11-27T16:00:00Z"), TWO_HOURS))
        .isEqualTo(Instant.parse("2026-11-30T10:00:00Z"));
  }

  @Test
  void aWeekIsTheSumOfItsDays() {
    assertThat(office().ofAWeek()).isEqualTo(Duration.ofHours(40));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-27T10:00, 2026-11-27T12:00, PT2H",
    "2026-11-27T16:00, 2026-11-30T10:00, PT2H",
    "2026-11-28T11:00, 2026-11-29T11:00, PT0S",
    "2026-11-27T08:00, 2026-11-27T17:30, PT8H",
    "2026-11-27T12:00, 2026-11-27T12:00, PT0S",
    "2026-11-27T12:00, 2026-11-27T11:00, PT0S",
    "2026-03-27T16:00, 2026-03-30T10:00, PT2H"
  })
  void betweenTwoMomentsSoMuchIsWorked(String from, String to, Duration worked) {
    assertThat(Hours.between(office(), berlin(from), berlin(to))).isEqualTo(worked);
  }

  @Test
  void whatIsWorkedUntilTheEndOfATimeIsThatTime() {
    var pause =
        new Hours(
            "Office", BERLIN, weekdays(new Opening(540, 720), new Opening(780, 1020)), List.of());
    for (int minutes = 1; minutes < 3000; minutes += 97) {
      var start = berlin("2026-03-26T07:13").plusSeconds(minutes * 60L);
      var time = Duration.ofMinutes(minutes);
      assertThat(Hours.between(pause, start, pause.after(start, time))).isEqualTo(time);
    }
  }

  @Test
  void aDayIsAsLongAsAWorkingDayOfTheWeek() {
    assertThat(Hours.days(null, 2)).isEqualTo(Duration.ofDays(2));
    assertThat(Hours.days(office(), 2)).isEqualTo(Duration.ofHours(16));
    assertThat(Hours.between(null, berlin("2026-11-27T10:00"), berlin("2026-11-28T10:00")))
        .isEqualTo(Duration.ofDays(1));
  }
}
