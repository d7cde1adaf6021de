package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.OLGA;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {
  private static final String HASH =
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

  private static Evidence called(String name) {
    return new Evidence(HASH, Evidence.Type.PNG, 4, name);
  }

  @ParameterizedTest
  @CsvSource({
    "PNG, 89504e470d0a1a0a0000000d, image/png, png",
    "JPEG, ffd8ffe000104a464946, image/jpeg, jpg",
    "JPEG, ffd8ffe1, image/jpeg, jpg",
    "PDF, 255044462d312e37, application/pdf, pdf",
    "PDF, 255044462d, application/pdf, pdf",
  })
  void isKnownByItsContent(Evidence.Type type, String hex, String media, String extension) {
    var file = HexFormat.of().parseHex(hex);

    var evidence = Evidence.of(file, "after.exe");

    assertThat(evidence.type()).isEqualTo(type);
    assertThat(type.media()).isEqualTo(media);
    assertThat(evidence.bytes()).isEqualTo(file.length);
    assertThat(evidence.fileName())
        .isEqualTo("evidence-" + evidence.sha256().substring(0, 12) + "." + extension);
    assertThat(evidence.isOf(file)).isTrue();
    file[file.length - 1]++;
    assertThat(evidence.isOf(file)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "89504e470d0a1a",
        "ffd8",
        "25504446",
        // An empty line before it, a drawing that can run scripts, a page, an archive, GIF, WebP.
        "0a255044462d312e37",
        "3c73766720786d6c6e73",
        "3c21444f435459504520",
        "504b0304140006",
        "474946383961",
        "52494646000000005745425056",
      })
  void isNothingElse(String hex) {
    var file = HexFormat.of().parseHex(hex);

    assertThat(Evidence.Type.of(file)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Evidence.of(file, "after.png"));
  }

  @Test
  void isNeitherNothingNorTooLarge() {
    assertThat(new Evidence(HASH, Evidence.Type.PDF, Evidence.LARGEST, "").bytes())
        .isEqualTo(4_194_304);
    assertThat(new Evidence(HASH, Evidence.Type.PDF, 1, "").bytes()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evidence(HASH, Evidence.Type.PDF, Evidence.LARGEST + 1, ""));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evidence(HASH, Evidence.Type.PDF, 0, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "9f86", "../9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f"})
  void isUnderItsHash(String other) {
    assertThat(Evidence.isHash(HASH)).isTrue();
    assertThat(Evidence.isHash(other)).isFalse();
    assertThat(Evidence.isHash(HASH.toUpperCase(java.util.Locale.ROOT))).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Evidence(other, Evidence.Type.PNG, 4, ""));
  }

  @Test
  void hasANameThatCanBeShown() {
    assertThat(called(" after.png ").name()).isEqualTo("after.png");
    assertThat(called("a\u202egnp.exe").name()).isEqualTo("a\u2039U+202E\u203agnp.exe");
    assertThat(called("a\nb").name()).isEqualTo("a\u2039U+000A\u203ab");
    assertThat(called("n".repeat(101)).name()).hasSize(100).endsWith("n…");
    assertThat(called("n".repeat(100)).name()).hasSize(100).endsWith("nn");
  }

  @Test
  void isKeptByAnEvent() {
    var evidence = called("after.png");
    var act = Acts.by(OLGA, MONDAY);

    assertThat(evidence.details())
        .containsOnly(
            Map.entry("evidence", HASH),
            Map.entry("evidenceType", "image/png"),
            Map.entry("evidenceBytes", "4"),
            Map.entry("evidenceName", "after.png"));
    assertThat(
            Evidence.of(
                new Event(1, act, Event.Kind.REMOVAL_ATTESTED, Status.ENDING, evidence.details())))
        .contains(evidence);
    assertThat(
            Evidence.of(
                new Event(
                    1, act, Event.Kind.REMOVAL_ATTESTED, Status.ENDING, Map.of("note", "Out."))))
        .isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Evidence.of(Map.of("evidence", HASH, "evidenceType", "text/html")).isPresent());
  }

  @Test
  void ofTheSameBytesIsTheSame() {
    var file = "%PDF-1.7 test".getBytes(ISO_8859_1);

    assertThat(Evidence.of(file, "a")).isEqualTo(Evidence.of(file.clone(), "a"));
  }
}
