package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InEnglishTest {
  @Test
  void durationsAreSaidAsPeopleSayThem() {
    assertThat(InEnglish.duration(Duration.ofHours(4))).isEqualTo("4 hours");
    assertThat(InEnglish.duration(Duration.ofHours(1))).isEqualTo("1 hour");
    assertThat(InEnglish.duration(Duration.ofMinutes(90))).isEqualTo("1 hour and 30 minutes");
    assertThat(InEnglish.duration(Duration.ofDays(14))).isEqualTo("14 days");
    assertThat(InEnglish.duration(Duration.ofMinutes(1501)))
        .isEqualTo("1 day, 1 hour and 1 minute");
    assertThat(InEnglish.duration(Duration.ofSeconds(90))).isEqualTo("90 seconds");
    assertThat(InEnglish.duration(Duration.ofMinutes(1))).isEqualTo("1 minute");
    assertThat(InEnglish.duration(Duration.ofSeconds(59))).isEqualTo("59 seconds");
    assertThat(InEnglish.duration(Duration.ZERO)).isEqualTo("0 seconds");
  }

  @Test
  void listsAreSaidAsPeopleSayThem() {
    assertThat(InEnglish.list(List.of(), "or")).isEqualTo("nobody");
    assertThat(InEnglish.list(List.of("Ann"), "or")).isEqualTo("Ann");
    assertThat(InEnglish.list(List.of("Ann", "Ben", "Cem"), "or")).isEqualTo("Ann, Ben or Cem");
  }
}
