package dev.daypass.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final AtomicLong nanos = new AtomicLong(-5);
  private final Throttle throttle = throttle();

  private Throttle throttle() {
    try {
      var settings =
          """
          {"DefaultRouteSettings": {"ThrottlingBurstLimit": 4, "ThrottlingRateLimit": 2},
           "RouteSettings": {"POST /decide/{token}":
             {"ThrottlingBurstLimit": 1, "ThrottlingRateLimit": 0.5}}}
          """;
      return Throttle.of(new JsonMapper().readTree(settings), nanos::get);
    } catch (JsonProcessingException notJson) {
      throw new AssertionError(notJson);
    }
  }

  private long admitted(String route, int requests) {
    return IntStream.range(0, requests).filter(_ -> throttle.admits(route)).count();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void aBurstIsTakenAndThenTheRate() {
    assertThat(admitted("GET /", 10)).isEqualTo(4);
    pass(Duration.ofMillis(500));
    assertThat(admitted("GET /", 10)).isEqualTo(1);
    pass(Duration.ofHours(1));
    assertThat(admitted("GET /", 10)).isEqualTo(4);
  }

  @Test
  void routesDoNotShare() {
    assertThat(admitted("GET /", 4)).isEqualTo(4);
    assertThat(admitted("GET /other", 4)).isEqualTo(4);
  }

  @Test
  void aRoutesOwnSettingsReplaceTheDefault() {
    assertThat(admitted("POST /decide/{token}", 10)).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(admitted("POST /decide/{token}", 10)).isZero();
    pass(Duration.ofSeconds(1));
    assertThat(admitted("POST /decide/{token}", 10)).isEqualTo(1);
  }

  @Test
  void withoutSettingsEverythingIsTaken() {
    assertThat(IntStream.range(0, 1_000).allMatch(_ -> Throttle.NONE.admits("GET /"))).isTrue();
  }
}
