package dev.daypass.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Proof;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PolicyJsonTest {
  @Test
  void aRunbookReadBackIsTheSame() {
    var runbook =
        Sample.runbook(
            Runbook.TicketRule.of("A-[0-9]+", "A-1", "On the ticket."),
            Sample.escalating("manager", "owners"),
            Sample.instead(new Runbook.Needed.AtLeast(1), new String[] {"manager"}, "owners"),
            Sample.stage(new Runbook.Needed.All(), "group:security", "grace@example.com"));

    assertThat(PolicyJson.runbook(PolicyJson.json(runbook))).isEqualTo(runbook);
  }

  @Test
  void anEscalationThatAddsIsWrittenAsItWasBeforeThereWasAnother() {
    var adds = Sample.runbook(Sample.escalating("manager", "owners"));

    assertThat(PolicyJson.json(adds)).contains("escalateTo").doesNotContain("\"escalation\"");
  }

  @Test
  void limitsReadBackAreTheSameAndWhatWasPublishedBeforeHasNone() {
    for (var limited :
        List.of(Sample.limited(1, 100), Sample.limited(2, null), Sample.limited(null, 5))) {
      assertThat(PolicyJson.runbook(PolicyJson.json(limited))).isEqualTo(limited);
    }
    var before = PolicyJson.json(Sample.runbook(Sample.stage("manager")));
    assertThat(before).doesNotContain("limits");
    assertThat(PolicyJson.runbook(before).limits()).isNull();
    assertThatThrownBy(() -> new Runbook.Limits(null, null))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Runbook.Limits(0, 5)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Runbook.Limits(2, 101))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thatOnePersonMayApproveTwiceIsReadBackAndElseNothingIsSaidOfIt() {
    var allowed = Sample.sameApproverAllowed(Sample.stage("manager"), Sample.stage("owners"));
    var refused = Sample.runbook(Sample.stage("manager"), Sample.stage("owners"));

    assertThat(PolicyJson.runbook(PolicyJson.json(allowed))).isEqualTo(allowed);
    assertThat(PolicyJson.runbook(PolicyJson.json(refused))).isEqualTo(refused);
    assertThat(PolicyJson.json(refused)).doesNotContain("sameApprover");
    assertThat(PolicyJson.runbook(PolicyJson.json(allowed).replace("\"allowed\"", "\"refused\"")))
        .isEqualTo(refused);
  }

  @Test
  void aSystemReadBackIsTheSame() {
    assertThat(PolicyJson.system(PolicyJson.json(Sample.CRM))).isEqualTo(Sample.CRM);
  }

  @Test
  void aChatReadBackIsTheSameAndWhereThereIsNoneNothingIsWritten() {
    for (var kind : TargetSystem.Chat.Kind.values()) {
      var told = chatting(new TargetSystem.Chat(kind, "daypass/crm-chat", Locale.GERMAN));
      assertThat(PolicyJson.system(PolicyJson.json(told))).isEqualTo(told);
    }
    assertThat(PolicyJson.json(Sample.CRM)).doesNotContain("chat");
    var english =
        PolicyJson.json(Sample.CRM)
            .replaceFirst("}$", ",\"chat\":{\"kind\":\"slack\",\"webhook\":\"daypass/crm-chat\"}}");
    assertThat(PolicyJson.system(english))
        .isEqualTo(
            chatting(
                new TargetSystem.Chat(
                    TargetSystem.Chat.Kind.SLACK, "daypass/crm-chat", Locale.ENGLISH)));
  }

  @Test
  void anAddressIsNoNameOfASecretAndIsNotRepeated() {
    assertThatThrownBy(
            () ->
                new TargetSystem.Chat(
                    TargetSystem.Chat.Kind.SLACK, "https://hooks.example.com/s3", Locale.ENGLISH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("hooks");
  }

  private static TargetSystem chatting(TargetSystem.Chat chat) {
    return new TargetSystem(
        Sample.CRM.id(),
        Sample.CRM.title(),
        Sample.CRM.owners(),
        Sample.CRM.connector(),
        Sample.CRM.roles(),
        null,
        chat);
  }

  @Test
  void whatIsLeftOutGetsItsDefault() {
    var runbook =
        PolicyJson.runbook(
            """
            {"id": "r", "title": "Look", "system": "crm", "role": "viewer", "mayAsk": "everyone",
             "duration": {"default": "PT1H", "longest": "PT2H"}, "approval": [{"by": "manager"}]}
            """);

    assertThat(runbook.mayAsk()).containsExactly(new Who.Everyone());
    assertThat(runbook.proof()).isEqualTo(Proof.SESSION);
    assertThat(runbook.reason().atLeast()).isEqualTo(10);
    assertThat(runbook.ticket()).isNull();
    assertThat(runbook.approval())
        .containsExactly(
            new Runbook.Stage(
                null,
                List.of(new Who.Manager()),
                new Runbook.Needed.AtLeast(1),
                Duration.ofHours(12),
                null,
                Duration.ofDays(1)));
  }

  @Test
  void withoutATimeTheReminderComesHalfWayToTheEscalation() {
    var runbook =
        PolicyJson.runbook(
            """
            {"id": "r", "title": "Look", "system": "crm", "role": "viewer", "mayAsk": "everyone",
             "duration": {"default": "PT1H", "longest": "PT2H"},
             "approval": [{"by": "manager", "escalateAfter": "PT2H", "escalateTo": "owners"}]}
            """);

    assertThat(runbook.approval().getFirst().remindAfter()).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void whatIsNoRunbookIsRefused() {
    assertThatThrownBy(() -> PolicyJson.runbook("{}")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> PolicyJson.runbook("nonsense"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Found by fuzzing. */
  @Test
  void aDurationThatIsNoneIsRefusedLikeEverythingElse() {
    for (var none : List.of("4 hours", "P", "PT99999999999999999999H")) {
      assertThatThrownBy(
              () ->
                  PolicyJson.runbook(
                      """
                      {"id": "r", "title": "Look", "system": "crm", "role": "viewer",
                       "mayAsk": "everyone", "duration": {"default": "%s", "longest": "PT2H"},
                       "approval": [{"by": "manager"}]}
                      """
                          .formatted(none)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("default is no duration");
    }
  }
}
