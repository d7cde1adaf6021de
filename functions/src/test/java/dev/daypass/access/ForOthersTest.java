package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Request.Pending;
import dev.daypass.words.InWords;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Access that somebody asks for somebody else: Paula, an assistant, asks for Sam. */
class ForOthersTest {
  private static final String PAULA = "paula@example.com";

  private static Submission asked(String askedBy, Plan plan) {
    return new Submission(
        RequestId.of(askedBy, "first"),
        SAM,
        askedBy,
        plan,
        ARequest.FOUR_HOURS,
        ARequest.anyReason(),
        null,
        null,
        MONDAY);
  }

  private static Pending sent() {
    return Life.submit(asked(PAULA, APlan.forTheManager()), Acts.by(PAULA, MONDAY));
  }

  @Test
  void theTrailNamesBoth() {
    var first = sent().trail().last();

    assertThat(first.act().by()).isEqualTo(PAULA);
    assertThat(first.details()).containsEntry("for", SAM);
    assertThat(ARequest.sentToTheManager().trail().last().details()).doesNotContainKey("for");
  }

  @Test
  void itIsTheAccessOfThePersonItIsFor() {
    var request = sent();

    assertThat(request.asked().entitlement().person()).isEqualTo(SAM);
    assertThat(request.asked().asker()).isEqualTo(PAULA);
    assertThat(ARequest.sentToTheManager().asked().asker()).isEqualTo(SAM);
    assertThat(List.of(SAM, PAULA, MAX))
        .filteredOn(request.asked()::isBy)
        .containsExactly(SAM, PAULA);
  }

  @Test
  void neitherOfTheTwoIsAnApprover() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asked(MAX, APlan.forTheManager()))
        .withMessage("whoever asked is never an approver");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asked(SAM, APlan.forTheManager()))
        .withMessage("whoever asks for themselves asks for nobody else");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> asked("Paula@example.com", APlan.forTheManager()));
  }

  @Test
  void aRuleOfWhoeverAskedApprovesNothing() {
    var byPaula =
        APlan.forTheManager().approvedBy(new NamedRule("leads", PAULA), Duration.ofHours(8));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> asked(PAULA, byPaula))
        .withMessage("nobody's own rule approves what they ask for");
  }

  @Test
  void neitherOfTheTwoDecides() {
    for (var one : List.of(PAULA, SAM)) {
      var refused =
          (Outcome.Refused)
              Life.apply(
                  sent(),
                  new Command.Decide(
                      Acts.by(one, MONDAY),
                      0,
                      Decision.Answer.APPROVE,
                      null,
                      "",
                      Proof.FRESH,
                      List.of()));

      assertThat(refused.refusals())
          .map(InWords::saidInEveryLanguage)
          .extracting(Refusal::code)
          .contains("self-approval");
      assertThat(refused.refusals().getFirst().message())
          .startsWith(one.equals(PAULA) ? "You asked for this yourself" : "This is for you");
    }
  }

  @Test
  void itIsHandedOverToNeitherOfTheTwo() {
    for (var one : List.of(PAULA, SAM)) {
      assertThat(HandingOver.isPossible(sent(), MAX, one)).isFalse();
      var refused =
          (Outcome.Refused)
              Life.apply(
                  sent(),
                  new Command.HandOver(Acts.by(MAX, MONDAY), 0, one, "", Proof.FRESH, List.of()));

      assertThat(refused.refusals())
          .map(InWords::saidInEveryLanguage)
          .extracting(Refusal::code)
          .containsExactly(one.equals(PAULA) ? "handover-to-asker" : "handover-to-requester");
    }
    assertThat(HandingOver.isPossible(sent(), MAX, OLGA)).isTrue();
  }

  @Test
  void eitherOfTheTwoWithdrawsAndNobodyElse() {
    for (var one : List.of(PAULA, SAM)) {
      var outcome = Life.apply(sent(), new Command.Cancel(Acts.by(one, MONDAY)));
      assertThat(outcome.request().status()).isEqualTo(Status.CANCELLED);
      assertThat(outcome.request().trail().last().act().by()).isEqualTo(one);
    }
    assertThat(Life.apply(sent(), new Command.Cancel(Acts.by(DORA, MONDAY))))
        .isInstanceOf(Outcome.Refused.class);
  }

  @Test
  void onlyTheHolderGivesBackAndExtends() {
    var until = MONDAY.plus(Duration.ofHours(8));
    for (var command :
        List.of(
            new Command.Return(Acts.by(PAULA, MONDAY)),
            new Command.Extend(Acts.by(PAULA, MONDAY), until, 1, List.of()))) {
      var refused = (Outcome.Refused) Life.apply(sent(), command);
      assertThat(refused.refusals()).extracting(Refusal::code).containsExactly("not-yours");
    }
    assertThat(Life.apply(sent(), new Command.Return(Acts.by(SAM, MONDAY))))
        .isInstanceOf(Outcome.Changed.class);
  }
}
