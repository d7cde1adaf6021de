package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.runbook.Directory;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which language a page speaks, and where its reader can choose another. */
class FramesTest {
  private static final FormToken TOKEN = new FormToken("token", List.of());
  private static final Instant TIME = Instant.parse("2026-11-26T13:05:00Z");

  private static Frames frames(String url) {
    return new Frames(
        Directory.of(List.of(person("noor", Locale.GERMAN), person("yuki", Locale.JAPANESE))),
        new ChosenLanguage(URI.create(url)),
        InstantSource.fixed(TIME));
  }

  private static dev.daypass.runbook.Person person(String name, Locale language) {
    return new dev.daypass.runbook.Person(
        name + "@example.com", name, null, List.of(), ZoneId.of("Europe/Berlin"), language, true);
  }

  private static HttpRequest call(String accepted, String... cookie) {
    return Calls.get(
        "/requests/r-1",
        accepted.isEmpty() ? Map.of() : Map.of("accept-language", accepted),
        cookie.length == 0 ? Map.of() : Map.of(cookie[0], cookie[1]));
  }

  private static String language(String person, HttpRequest call) {
    var frame = frames("http://127.0.0.1:8080").of(call, person + "@example.com", TOKEN);
    return frame.speech().language().toLanguageTag();
  }

  @Test
  void whatWasChosenCountsMostThenTheDirectoryThenTheBrowser() {
    assertThat(language("noor", call("en", "daypass-language", "en"))).isEqualTo("en");
    assertThat(language("noor", call("en"))).isEqualTo("de");
    assertThat(language("yuki", call("de-AT,en;q=0.5"))).isEqualTo("de");
    assertThat(language("nobody", call("de"))).isEqualTo("de");
    assertThat(language("yuki", call("ja,fr"))).isEqualTo("en");
    assertThat(language("yuki", call(""))).isEqualTo("en");
  }

  @Test
  void aLanguageThatIsNotOursIsNoChoice() {
    for (var value : List.of("fr", "DE", "de-DE", "", "../de", "en\r\n")) {
      assertThat(language("noor", call("en", "daypass-language", value))).isEqualTo("de");
    }
  }

  @Test
  void theRegionIsThatOfWhoeverNamesOneOfTheLanguage() {
    var american =
        frames("http://127.0.0.1:8080")
            .ofNobody(call("en-US", "daypass-language", "en"), TOKEN)
            .speech();
    assertThat(american.near(TIME)).isEqualTo("today at 1:05\u202fPM");
    var other =
        frames("http://127.0.0.1:8080")
            .ofNobody(call("en-US", "daypass-language", "de"), TOKEN)
            .speech();
    assertThat(other.near(TIME)).isEqualTo("heute um 13:05 Uhr");
  }

  @Test
  void underHttpsOnlyTheCookieThatNoOtherHostCanSetCounts() {
    var https = frames("https://daypass.example.com");
    assertThat(https.ofNobody(call("", "daypass-language", "de"), TOKEN).speech().language())
        .isEqualTo(Locale.ENGLISH);
    assertThat(https.ofNobody(call("", "__Host-daypass-language", "de"), TOKEN).speech().language())
        .isEqualTo(Locale.GERMAN);
    assertThat(new ChosenLanguage(URI.create("https://x.example")).set(Locale.GERMAN))
        .isEqualTo(
            "__Host-daypass-language=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure");
    assertThat(new ChosenLanguage(URI.create("http://127.0.0.1")).set(Locale.GERMAN))
        .isEqualTo("daypass-language=de; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax");
  }

  @Test
  void aPageKnowsWhereItIsSeenAgain() {
    var frame = frames("http://127.0.0.1:8080").ofLink(call(""), "noor@example.com", TOKEN);
    assertThat(frame.who()).isNull();
    assertThat(frame.here()).isEqualTo("/requests/r-1");
    assertThat(frame.seenOnce().here()).isEmpty();
  }
}
