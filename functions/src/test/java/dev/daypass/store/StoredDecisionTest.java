package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Handover;
import dev.daypass.access.Proof;
import dev.daypass.access.Question;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Stage;
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

  @Test
  void aStageStoredBeforeAnythingCouldBeHandedOverIsReadAndWrittenAsItWas() {
    var open = opened(List.of());
    var stored = Json.write(open);

    assertThat(stored).doesNotContain("handovers", "questions");
    assertThat(Json.read(stored, Stage.class)).isEqualTo(open);
    var at = Instant.parse("2026-03-02T09:00:00Z");
    var handed =
        opened(List.of(new Handover("lena@example.com", "max@example.com", 0, "Yours.", at)));
    assertThat(Json.read(Json.write(handed), Stage.class)).isEqualTo(handed);
    var question =
        new Question(
            "max@example.com", 0, "What for?", at, at, at.plusSeconds(9), false, null, null);
    for (var each : List.of(question, answered(question))) {
      var asked = opened(List.of(), List.of(each));
      assertThat(Json.read(Json.write(asked), Stage.class)).isEqualTo(asked);
    }
    assertThat(Json.write(question)).doesNotContain("answer", "closedAt");
  }

  private static Question answered(Question question) {
    return new Question(
        question.by(),
        question.round(),
        question.text(),
        question.at(),
        question.remindAt(),
        question.closesAt(),
        true,
        "For the audit.",
        question.at());
  }

  private static Stage opened(List<Handover> handovers) {
    return opened(handovers, List.of());
  }

  private static Stage opened(List<Handover> handovers, List<Question> questions) {
    var at = Instant.parse("2026-03-02T09:00:00Z");
    return new Stage(
        stage(null),
        at,
        0,
        at.plusSeconds(3600),
        true,
        List.of(),
        Stage.Result.OPEN,
        handovers,
        questions);
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
