package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Proof;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What was stored before approvals could be for a shorter time stays as it is. */
class StoredDecisionTest {
  private static final String BEFORE =
      """
      {"by":"max@example.com","answer":"APPROVE","comment":"","proof":"FRESH","at":"2026-03-02T09:00:00Z"}""";

  private static Decision approval(Duration duration) {
    return new Decision(
        "max@example.com",
        Answer.APPROVE,
        duration,
        "",
        Proof.FRESH,
        Instant.parse("2026-03-02T09:00:00Z"));
  }

  @Test
  @SuppressWarnings("NullAway") // As asked: no time of its own.
  void oneForAsLongAsWasAskedIsWrittenAndReadAsBefore() {
    assertThat(Json.write(approval(null))).isEqualTo(BEFORE);
    assertThat(Json.read(BEFORE, Decision.class)).isEqualTo(approval(null));
  }

  @Test
  void oneForAShorterTimeIsReadAsItWasWritten() {
    var shorter = approval(Duration.ofHours(1));

    assertThat(Json.read(Json.write(shorter), Decision.class)).isEqualTo(shorter);
  }
}
