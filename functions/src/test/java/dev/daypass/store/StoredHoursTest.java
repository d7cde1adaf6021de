package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.APlan;
import dev.daypass.access.Hours;
import dev.daypass.access.Plan;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredHoursTest {
  private static final Hours OFFICE =
      new Hours(
          "Office hours",
          ZoneId.of("Europe/Berlin"),
          Map.of(
              DayOfWeek.FRIDAY, List.of(new Hours.Opening(540, 720), new Hours.Opening(780, 1440))),
          List.of(LocalDate.parse("2026-12-25")));

  @Test
  void hoursAreReadAsTheyWereWritten() {
    var plan = APlan.inHours(OFFICE, APlan.forTheManager());

    assertThat(Json.read(Json.write(plan), Plan.class)).isEqualTo(plan);
  }

  @Test
  void whatCountsPlainTimeIsWrittenAsAnOlderReleaseWroteItAndReadSo() {
    var plan = APlan.forTheManager();

    assertThat(Json.write(plan)).doesNotContain("hours");
    assertThat(Json.read(Json.write(plan), Plan.class).hours()).isNull();
  }
}
