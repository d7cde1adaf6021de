package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZonesTest {
  private static Optional<ZoneId> zone(String cookie, String value) {
    return Zones.of(Calls.get("/", Map.of(), Map.of(cookie, value)));
  }

  @Test
  void aZoneThatTheBrowserNamesIsTheReaders() {
    assertThat(zone("daypass-zone", "Asia/Kolkata")).contains(ZoneId.of("Asia/Kolkata"));
    assertThat(zone("another", "Asia/Kolkata")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Mars/Olympus", "+25:00", "+02:00", "UTC+1", "europe/berlin", "<b>", "../etc"})
  void whatNoBrowserCallsAZoneIsNone(String name) {
    assertThat(zone("daypass-zone", name)).isEmpty();
  }
}
