package dev.daypass.runbook;

import dev.daypass.access.Hours;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Working hours as a runbook names them. Resolved into each runbook when it is published, so that a
 * published version counts by the hours it was published with.
 *
 * @param id lower case letters, digits and dashes
 * @param title what people call these hours
 * @param zone whose wall clock counts
 * @param week as in {@link Hours}
 * @param holidays the days that are not worked, with their names
 */
public record Calendar(
    String id,
    String title,
    ZoneId zone,
    Map<DayOfWeek, List<Hours.Opening>> week,
    SortedMap<LocalDate, String> holidays) {
  public Calendar {
    Ids.id(id, "calendar");
    title = Ids.filled(title, "the title of the calendar " + id);
    Objects.requireNonNull(zone);
    var named = new TreeMap<LocalDate, String>();
    holidays.forEach((day, name) -> named.put(day, Ids.filled(name, "the name of " + day)));
    holidays = Collections.unmodifiableSortedMap(named);
    week = new Hours(title, zone, week, List.copyOf(named.keySet())).week();
  }

  /** The hours by which a request counts. */
  public Hours hours() {
    return new Hours(title, zone, week, List.copyOf(holidays.keySet()));
  }
}
