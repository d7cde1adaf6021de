package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Decision;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Handover;
import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Stage;
import dev.daypass.access.StagePlan;
import dev.daypass.access.StandIn;
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

    assertThat(stored).doesNotContain("handovers");
    assertThat(Json.read(stored, Stage.class)).isEqualTo(open);
    var at = Instant.parse("2026-03-02T09:00:00Z");
    var handed =
        opened(List.of(new Handover("lena@example.com", "max@example.com", 0, "Yours.", at)));
    assertThat(Json.read(Json.write(handed), Stage.class)).isEqualTo(handed);
  }

  @Test
  void whoStandsInIsStoredAndWhatWasStoredBeforeIsAsItWas() {
    var at = Instant.parse("2026-03-02T09:00:00Z");
    var lena = new StandIn("max@example.com", "lena@example.com", at, null);
    var own = new Decision("lena@example.com", Answer.APPROVE, null, "", Proof.FRESH, at);
    var inPlace =
        new Decision(
            "max@example.com", Answer.APPROVE, null, "", Proof.FRESH, at, "lena@example.com");

    assertThat(Json.write(opened(List.of()))).doesNotContain("standIns");
    assertThat(Json.write(own)).doesNotContain("standsInFor");
    assertThat(Json.read(Json.write(inPlace), Decision.class)).isEqualTo(inPlace);
    assertThat(Json.write(inPlace)).doesNotContain("part");
    var open = opened(List.of());
    var asked =
        new Stage(
            open.plan(),
            open.openedAt(),
            0,
            open.roundEndsAt(),
            true,
            List.of(),
            Stage.Result.OPEN,
            List.of(),
            List.of(lena));
    assertThat(Json.read(Json.write(asked), Stage.class)).isEqualTo(asked);
  }

  private static Stage opened(List<Handover> handovers) {
    var at = Instant.parse("2026-03-02T09:00:00Z");
    return new Stage(
        stage(null), at, 0, at.plusSeconds(3600), true, List.of(), Stage.Result.OPEN, handovers);
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
