package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PagesTest {
  private static final Assets ASSETS = new Assets();
  private static final Pages PAGES = new Pages(ASSETS, InstantSource.fixed(SampleViews.NOW));

  /** Leaves every page in {@code target/pages} for a person to look at. */
  @Test
  void everyPageRendersWithoutScriptOrStyleInIt() throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages"));
    for (Map.Entry<String, String> page : SampleViews.all(PAGES).entrySet()) {
      String html = page.getValue();
      assertThat(html)
          .as(page.getKey())
          .startsWith("<!doctype html>")
          .doesNotContain("<script", "<style", " style=", " onclick=", "PENDING", "LAPSED");
      String local = html;
      for (String name : new String[] {"pico.css", "daypass.css", "mark.svg"}) {
        local = local.replace(ASSETS.path(name), name);
        Files.writeString(
            folder.resolve(name),
            ASSETS.answer(ASSETS.path(name).substring("/assets/".length())).orElseThrow().body(),
            UTF_8);
      }
      Files.writeString(folder.resolve(page.getKey() + ".html"), local, UTF_8);
    }
  }
}
