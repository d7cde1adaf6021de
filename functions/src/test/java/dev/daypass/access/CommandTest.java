package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Command.MailReturned.Why;
import dev.daypass.access.Decision.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of the texts that commands carry. */
class CommandTest {
  private static final Act ACT = Acts.by(OLGA, MONDAY);
  private static final String TOO_LONG = "x".repeat(Texts.LONGEST + 1);

  @Test
  void blanksAroundWhatPeopleTypedAreLeftOut() {
    assertThat(
            new Command.Decide(ACT, 0, Answer.DENY, null, " No. \n", Proof.FRESH, List.of())
                .comment())
        .isEqualTo("No.");
    var hand =
        new Command.HandOver(
            ACT, 0, " Max.Manager@Example.com ", " Yours. \n", Proof.FRESH, List.of());
    assertThat(hand.to()).isEqualTo(MAX);
    assertThat(hand.comment()).isEqualTo("Yours.");
    assertThat(new Command.AskQuestion(ACT, 0, " Which one? \n", Proof.FRESH, List.of()).text())
        .isEqualTo("Which one?");
    assertThat(new Command.AnswerQuestion(ACT, 0, " That one. \n").answer()).isEqualTo("That one.");
    assertThat(new Command.Revoke(ACT, " The case is closed. \n").reason())
        .isEqualTo("The case is closed.");
    assertThat(new Command.WithdrawApproval(ACT, " Sam has moved. \n").comment())
        .isEqualTo("Sam has moved.");
    assertThat(new Command.AnswerSetUp(ACT, SetUpTask.Result.DONE, " In the console. \n").note())
        .isEqualTo("In the console.");
    assertThat(new Command.Attest(ACT, " Taken out. \n").note()).isEqualTo("Taken out.");
    assertThat(new Command.MailReturned(ACT, 0, 0, MAX, Why.BOUNCE, " 550 unknown \n").said())
        .isEqualTo("550 unknown");
  }

  @Test
  void whatCannotBeRefusedIsShortened() {
    for (var text :
        List.of(
            new Command.Revoke(ACT, TOO_LONG).reason(),
            new Command.GiveUp(ACT, TOO_LONG).problem(),
            new Command.OpenTask(ACT, TOO_LONG).problem())) {
      assertThat(text).hasSize(Texts.LONGEST).endsWith("x…");
    }
    assertThat(new Command.MailReturned(ACT, 0, 0, MAX, Why.BOUNCE, TOO_LONG).said())
        .hasSize(Command.MailReturned.LONGEST)
        .endsWith("x…");
  }

  @Test
  void whatStrangersWriteIsMadeVisible() {
    var turning = "a\u202eb";

    for (var text :
        List.of(
            new Command.Revoke(ACT, turning).reason(),
            new Command.GiveUp(ACT, turning).problem(),
            new Command.OpenTask(ACT, turning).problem(),
            new Command.MailReturned(ACT, 0, 0, MAX, Why.BOUNCE, turning).said())) {
      assertThat(text).isEqualTo("a\u2039U+202E\u203ab");
    }
    assertThat(new Command.MailReturned(ACT, 0, 0, MAX, Why.BOUNCE, "a\nb").said())
        .isEqualTo("a\u2039U+000A\u203ab");
  }
}
