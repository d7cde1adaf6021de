package dev.daypass.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Attestation;
import dev.daypass.access.Evidence;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was said before anything could be attached stays as it is. */
class StoredEvidenceTest {
  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final String BEFORE =
      """
      {"by":"olga@example.com","at":"2026-03-02T09:00:00Z","note":"Taken out."}""";

  @Test
  void wordsAreWrittenAndReadAsBefore() {
    var words = new Attestation("olga@example.com", NOW, "Taken out.");

    assertThat(Json.write(words)).isEqualTo(BEFORE);
    assertThat(Json.read(BEFORE, Attestation.class)).isEqualTo(words);
  }

  @Test
  void whatIsAttachedIsReadAsItWasWritten() {
    var shown =
        new Attestation(
            "olga@example.com", NOW, "", Evidence.of("%PDF-1.7".getBytes(UTF_8), "after.pdf"));

    assertThat(Json.read(Json.write(shown), Attestation.class)).isEqualTo(shown);
  }
}
