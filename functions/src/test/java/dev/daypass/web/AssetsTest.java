package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssetsTest {
  private final Assets assets = new Assets();

  private HttpResponse get(String path) {
    return assets.answer(path.substring("/assets/".length())).orElseThrow();
  }

  @Test
  void aNameWithTheRightHashMayBeKeptForEver() {
    String path = assets.path("daypass.css");
    assertThat(path).matches("/assets/daypass\\.[0-9a-f]{16}\\.css");
    assertThat(get(path).headers())
        .containsEntry("content-type", "text/css; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(get(assets.path("daypass.js")).headers())
        .containsEntry("content-type", "text/javascript; charset=utf-8")
        .containsEntry("cache-control", "public, max-age=31536000, immutable");
    assertThat(get(assets.path("mark.svg")).headers())
        .containsEntry("content-type", "image/svg+xml");
    assertThat(get(assets.path("pico.css")).body()).contains("Pico CSS");
  }

  @Test
  void aNameWithAnOldHashStillDressesAnOldPage() {
    HttpResponse answer = get("/assets/daypass.0123456789abcdef.css");
    assertThat(answer.body()).isEqualTo(get(assets.path("daypass.css")).body());
    assertThat(answer.headers()).doesNotContainKey("cache-control");
  }

  @Test
  void nothingElseIsServed() {
    assertThat(assets.answer("daypass.html")).isEmpty();
    assertThat(assets.answer("../web/daypass.css")).isEmpty();
    assertThat(assets.answer("")).isEmpty();
    assertThatThrownBy(() -> assets.path("unknown.css"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theStylesLoadNothingFromElsewhere() {
    assertThat(get(assets.path("daypass.css")).body()).doesNotContain("@import", "http", "url(");
  }
}
