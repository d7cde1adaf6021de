package dev.daypass.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpokenTest {
  @Test
  void durationsAreSaidAsPeopleSayThem() {
    assertThat(Spoken.duration(Duration.ofHours(4))).isEqualTo("4 hours");
    assertThat(Spoken.duration(Duration.ofHours(1))).isEqualTo("1 hour");
    assertThat(Spoken.duration(Duration.ofMinutes(90))).isEqualTo("1 hour and 30 minutes");
    assertThat(Spoken.duration(Duration.ofDays(14))).isEqualTo("14 days");
    assertThat(Spoken.duration(Duration.ofMinutes(1501))).isEqualTo("1 day, 1 hour and 1 minute");
    assertThat(Spoken.duration(Duration.ofSeconds(90))).isEqualTo("90 seconds");
    assertThat(Spoken.duration(Duration.ZERO)).isEqualTo("0 seconds");
  }

  @Test
  void listsAreSaidAsPeopleSayThem() {
    assertThat(Spoken.list(List.of(), "or")).isEqualTo("nobody");
    assertThat(Spoken.list(List.of("Ann"), "or")).isEqualTo("Ann");
    assertThat(Spoken.list(List.of("Ann", "Ben", "Cem"), "or")).isEqualTo("Ann, Ben or Cem");
  }
}
