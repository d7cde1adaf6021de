package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Hours.Opening;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
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
        .isInstanceOf(IllegalArgumentException.class);
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
    assertThatThrownBy(() -> new Opening(600, 600)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Opening(0, 1441)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () ->
                new Hours(
                    "Twice", BERLIN, weekdays(new Opening(0, 60), new Opening(30, 90)), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aWeekIsTheSumOfItsDays() {
    assertThat(office().ofAWeek()).isEqualTo(Duration.ofHours(40));
  }

  // What holds of all hours, of a minute's grain

  @Property(tries = 300)
  void theWorkingTimeUntilThenIsWhatWasToPass(
      @ForAll("hours") Hours hours,
      @ForAll("starts") Instant start,
      @ForAll @IntRange(max = 2400) int minutes) {
    var end = hours.after(start, Duration.ofMinutes(minutes));

    assertThat(worked(hours, start, end)).isEqualTo(minutes);
    // The first such moment: the minute before it was worked.
    assertThat(minutes == 0 || isWorked(hours, end.minusSeconds(60))).isTrue();
  }

  @Property(tries = 1000)
  void itIsNeverEarlierThanPlainTime(
      @ForAll("hours") Hours hours,
      @ForAll("starts") Instant start,
      @ForAll @IntRange(max = 9000) int minutes) {
    assertThat(hours.after(start, Duration.ofMinutes(minutes)))
        .isAfterOrEqualTo(start.plusSeconds(60L * minutes));
  }

  @Property(tries = 1000)
  void whoBeginsLaterOrHasMoreTimeEndsNotEarlier(
      @ForAll("hours") Hours hours,
      @ForAll("starts") Instant start,
      @ForAll @IntRange(max = 9000) int minutes,
      @ForAll @IntRange(max = 9000) int more) {
    var end = hours.after(start, Duration.ofMinutes(minutes));

    assertThat(hours.after(start, Duration.ofMinutes(minutes + more))).isAfterOrEqualTo(end);
    assertThat(hours.after(start.plusSeconds(60L * more), Duration.ofMinutes(minutes)))
        .isAfterOrEqualTo(end);
  }

  @Property(tries = 1000)
  void oneRoundAfterTheOtherIsAsLongAsBothTogether(
      @ForAll("hours") Hours hours,
      @ForAll("starts") Instant start,
      @ForAll @IntRange(max = 9000) int first,
      @ForAll @IntRange(max = 9000) int second) {
    assertThat(
            hours.after(hours.after(start, Duration.ofMinutes(first)), Duration.ofMinutes(second)))
        .isEqualTo(hours.after(start, Duration.ofMinutes(first + second)));
  }

  /** Looks at a wall clock each minute: all offsets here are of whole minutes. */
  private static long worked(Hours hours, Instant from, Instant to) {
    long worked = 0;
    for (var at = from; at.isBefore(to); at = at.plusSeconds(60)) {
      worked += isWorked(hours, at) ? 1 : 0;
    }
    return worked;
  }

  private static boolean isWorked(Hours hours, Instant at) {
    var wall = at.atZone(hours.zone());
    int minute = wall.getHour() * 60 + wall.getMinute();
    return !hours.holidays().contains(wall.toLocalDate())
        && hours.week().getOrDefault(wall.getDayOfWeek(), List.of()).stream()
            .anyMatch(each -> each.from() <= minute && minute < each.to());
  }

  @Provide
  Arbitrary<Instant> starts() {
    // Around changes of the clocks in both halves of the world.
    return Combinators.combine(
            Arbitraries.of(
                "2026-03-06", "2026-03-27", "2026-04-03", "2026-10-02", "2026-10-23", "2026-10-30"),
            Arbitraries.integers().between(0, 4 * 24 * 60))
        .as((day, minute) -> Instant.parse(day + "T00:00:00Z").plusSeconds(60L * minute));
  }

  @Provide
  Arbitrary<Hours> hours() {
    var zone =
        Arbitraries.of(
                "Europe/Berlin",
                "America/New_York",
                "Australia/Lord_Howe",
                "Asia/Kolkata",
                "Africa/Cairo",
                "Pacific/Chatham",
                "UTC")
            .map(ZoneId::of);
    var opening =
        Arbitraries.integers()
            .between(0, 1439)
            .flatMap(
                from ->
                    Arbitraries.integers()
                        .between(from + 1, 1440)
                        .map(to -> new Opening(from, to)));
    var day =
        opening.flatMap(
            first ->
                first.to() > 1430
                    ? Arbitraries.just(List.of(first))
                    : Arbitraries.of(true, false)
                        .map(
                            second ->
                                second
                                    ? List.of(first, new Opening(first.to() + 5, 1440))
                                    : List.of(first)));
    var week = Arbitraries.maps(Arbitraries.of(DayOfWeek.class), day).ofMinSize(2).ofMaxSize(7);
    var holidays =
        Arbitraries.integers()
            .between(0, 250)
            .map(LocalDate.parse("2026-03-06")::plusDays)
            .list()
            .ofMaxSize(6);
    return Combinators.combine(zone, week, holidays)
        .as((where, hours, off) -> new Hours("Any", where, hours, off));
  }
}
