package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          de                            | de
          de-AT, en;q=0.8               | de-AT
          DE-de;q=0.5, en-us;q=0.9      | en-US
          fr-CA, fr;q=0.9, de;q=0.2     | de
          de-Latn-CH                    | de-CH
          *, en;q=0.5                   | en
          en;q=0, de;q=0.001            | de
          """)
  void theBrowsersFirstChoiceOfOursCounts(String header, String chosen) {
    assertThat(Languages.accepted(header)).contains(Locale.forLanguageTag(chosen));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "*", "fr", "fr, ja;q=0.5", "de;q=0", "de;q=x", ";;;", "de_DE", "\u202e"})
  void whatAsksForNoneOfOursChoosesNone(String header) {
    assertThat(Languages.accepted(header)).isEmpty();
  }

  @Test
  void theyAreListedByTheirOwnNames() {
    assertThat(Languages.all()).extracting(Languages::name).startsWith("Deutsch", "English");
    assertThat(Languages.speak(Locale.of("de", "CH"))).isTrue();
    assertThat(Languages.speak(Locale.FRENCH)).isFalse();
  }
}
