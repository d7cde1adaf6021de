package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What was stored before approvals could be for a shorter time, and before nobody counted twice,
 * stays as it is.
 */
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

  @Test
  void aStageThatOthersMustDecideIsReadAsItWasWritten() {
    var others = stage(new StagePlan.Others(true, List.of("olga@example.com")));

    assertThat(Json.read(Json.write(others), StagePlan.class)).isEqualTo(others);
  }

  @Test
  void aStageStoredBeforeThereWasSuchARuleHasNone() {
    var stored =
        """
        {"title":"Your manager","proof":"FRESH","rounds":[{"kind":"NOTICE","lasts":"PT1H",\
        "approvers":["max@example.com"],"needed":1}]}""";

    assertThat(Json.read(stored, StagePlan.class)).isEqualTo(stage(null));
    assertThat(Json.write(stage(null))).isEqualTo(stored);
  }

  private static StagePlan stage(StagePlan.@Nullable Others others) {
    return new StagePlan(
        "Your manager",
        Proof.FRESH,
        List.of(
            new RoundPlan(
                RoundPlan.Kind.NOTICE, Duration.ofHours(1), List.of("max@example.com"), 1)),
        others);
  }
}
