package dev.daypass.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {
  @Test
  void keysStandInTheOrderOfTheirUtf16CodeUnits() {
    // The example of RFC 8785, section 3.2.3.
    assertThat(
            CanonicalJson.write(
                Map.of(
                    "\u20ac", "Euro Sign",
                    "\r", "Carriage Return",
                    "\ufb33", "Hebrew Letter Dalet With Dagesh",
                    "1", "One",
                    "\ud83d\ude00", "Emoji: Grinning Face",
                    "\u0080", "Control",
                    "\u00f6", "Latin Small Letter O With Diaeresis")))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void textsAreEscapedOnlyWhereTheyMustBe() {
    // The example of RFC 8785, section 3.2.2.
    assertThat(CanonicalJson.write(Map.of("string", "\u20ac$\u000f\nA'B\"\\\\\"/")))
        .isEqualTo("{\"string\":\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    assertThat(CanonicalJson.write(Map.of("c", "\b\t\f\r\u0000\u001f\u007f")))
        .isEqualTo("{\"c\":\"\\b\\t\\f\\r\\u0000\\u001f\u007f\"}");
  }

  @Test
  void numbersAndMapsInsideAreWritten() {
    assertThat(CanonicalJson.write(Map.of("b", 7, "a", Map.of("z", "1", "y", 2L), "c", Map.of())))
        .isEqualTo("{\"a\":{\"y\":2,\"z\":\"1\"},\"b\":7,\"c\":{}}");
  }

  @Test
  void whatHasNoCanonicalFormIsRefused() {
    assertThatThrownBy(() -> CanonicalJson.write(Map.of("half", 0.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("half");
    assertThatThrownBy(() -> CanonicalJson.write(Map.of("large", 1L << 53)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void halvesOfSurrogatePairsAreReplacedAndWholePairsStay() {
    assertThat(CanonicalJson.wellFormed("a\ud800b\udc00c\ud83d\ude00"))
        .isEqualTo("a\ufffdb\ufffdc\ud83d\ude00");
  }

  @Property(tries = 200)
  void everyTextIsReadBackAsItWas(@ForAll String key, @ForAll String value) throws Exception {
    var name = CanonicalJson.wellFormed(key);
    var text = CanonicalJson.wellFormed(value);

    var read = new JsonMapper().readTree(CanonicalJson.write(Map.of(name, text)));

    assertThat(read.size()).isEqualTo(1);
    assertThat(read.path(name).asText()).isEqualTo(text);
  }
}
