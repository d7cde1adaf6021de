package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {
  private record Wire(
      @Nullable String runbook,
      @Nullable Duration duration,
      @Nullable List<String> tags,
      @Nullable Inner inner) {}

  private record Inner(int number) {}

  private static Wire read(String json) {
    return Calls.post("/api/requests", "application/json", json).json(Wire.class);
  }

  private static Problem refused(String json) {
    try {
      read(json);
    } catch (HttpProblem e) {
      assertThat(e.problem().status()).isEqualTo(400);
      return e.problem();
    }
    throw new AssertionError("was taken: " + json);
  }

  @Test
  void absentFieldsAreNull() {
    assertThat(read("{\"runbook\":\"crm\",\"duration\":\"PT4H\"}"))
        .isEqualTo(new Wire("crm", Duration.ofHours(4), null, null));
  }

  @Test
  void everyUnknownFieldIsNamed() {
    Problem problem = refused("{\"runbok\":\"crm\",\"x\":{\"y\":[1]},\"duration\":\"PT4H\"}");
    assertThat(problem.detail()).contains("runbok, x").contains("duration, inner, runbook, tags");
    assertThat(problem.errors()).extracting("field").containsExactly("runbok", "x");
  }

  @Test
  void aFieldSentTwiceIsRefused() {
    assertThat(refused("{\"runbook\":\"a\",\"runbook\":\"b\"}").detail()).contains("runbook");
  }

  @Test
  void aFieldOfTheWrongTypeIsNamedWithWhatWouldBeRight() {
    assertThat(refused("{\"runbook\":7}").detail()).contains("\"runbook\" must be text");
    assertThat(refused("{\"runbook\":true}").detail()).contains("\"runbook\" must be text");
    assertThat(refused("{\"duration\":\"4h\"}").detail())
        .contains("\"duration\" must be a duration")
        .contains("PT4H");
    assertThat(refused("{\"tags\":\"a\"}").detail()).contains("\"tags\" must be a list");
    assertThat(refused("{\"inner\":{\"number\":\"7\"}}").detail())
        .contains("\"inner.number\" must be a number");
    assertThat(refused("{\"inner\":{\"number\":null}}").detail()).contains("\"inner.number\"");
  }

  @Test
  void whatIsNoJsonObjectIsRefused() {
    for (String json :
        List.of(
            "",
            "null",
            "[]",
            "7",
            "\"text\"",
            "{",
            "{]",
            "{\"runbook\":\"a\"} {}",
            "{runbook:1}",
            "{\"runbook\":\"a\",}",
            "\u0000",
            "{\"runbook\":\"\u0001\"}")) {
      assertThat(refused(json).detail()).as(json).isNotBlank().doesNotContain("com.fasterxml");
    }
  }

  @Test
  void halfOfACharacterIsRefusedWithFieldAndPlace() {
    for (String half : List.of("\\ud83d", "\\ude00", "\\ude00\\ud83d")) {
      Problem problem = refused("{\"runbook\":\"ab" + half + "\"}");
      assertThat(problem.detail()).startsWith("The text is damaged: character 3 of \"runbook\"");
      assertThat(problem.errors()).extracting("field").containsExactly("runbook");
    }
    assertThat(read("{\"runbook\":\"\\ud83d\\ude00\"}").runbook()).isEqualTo("\ud83d\ude00");
  }

  @Test
  void bytesThatAreNoUtf8AreRefused() {
    for (byte[] bytes :
        List.of(
            new byte[] {'{', '"', (byte) 0xc3, '"', '}'},
            new byte[] {'{', '"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"', '}'},
            "{\"runbook\":\"a\"}".getBytes(java.nio.charset.StandardCharsets.UTF_16))) {
      assertThatThrownBy(() -> new Body(bytes, "application/json").json(Wire.class))
          .hasMessage("The body is damaged: its text is not UTF-8.");
    }
  }

  @Test
  void numbersThatDoNotFitAreRefusedAndNeverRounded() {
    assertThat(refused("{\"inner\":{\"number\":99999999999}}").detail()).isNotBlank();
    assertThat(refused("{\"inner\":{\"number\":1.5}}").detail()).contains("\"inner.number\"");
    assertThat(refused("{\"inner\":{\"number\":1e999999999}}").detail()).isNotBlank();
    assertThat(refused("{\"x\":" + "9".repeat(5_000) + "}").detail()).isNotBlank();
  }

  @Test
  void deepNestingIsRefused() {
    assertThat(refused("{\"tags\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").detail())
        .isNotBlank();
    assertThat(refused("{\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}").detail())
        .contains("nesting");
  }
}
