package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CommandsInEveryStateTest {
  /** A week later every deadline has passed. */
  private static final Instant LATER = MONDAY.plus(Duration.ofDays(7));

  /** What each command leads to in each state; {@code =} changes nothing, {@code !} is refused. */
  private static final String TABLE =
      """
                   PENDING    SCHEDULED     PROVISIONING  ACTIVE  ENDING  DENIED  LAPSED  CANCELLED  ENDED  FAILED
      Asked        PENDING    =             =             =       =       =       =       =          =      =
      MailReturned  PENDING   =             =             =       =       =       =       =          =      =
      Decide       SCHEDULED  !             !             !       !       !       !       !          !      !
      HandOver     PENDING    !             !             !       !       !       !       !          !      !
      AskStandIns  PENDING    =             =             =       =       =       =       =          =      =
      RoundOver    PENDING    =             =             =       =       =       =       =          =      =
      Cancel       CANCELLED  CANCELLED     !             !       !       !       !       =          !      !
      Return       CANCELLED  CANCELLED     ENDING        ENDING  =       =       =       =          =      =
      Revoke       CANCELLED  CANCELLED     ENDING        ENDING  =       =       =       =          =      =
      WithdrawApproval  !     CANCELLED     !             !       !       !       !       !          !      !
      Claim        =          PROVISIONING  =             =       =       =       =       =          =      =
      Provisioned  =          =             ACTIVE        =       =       =       =       =          =      =
      AlreadyHeld  =          =             FAILED        =       =       =       =       =          =      =
      GiveUp       =          =             ENDING        =       =       =       =       =          =      =
      NotBoth      =          =             ENDING        =       =       =       =       =          =      =
      Extend       !          !             !             ACTIVE  !       !       !       !          !      !
      Warned       =          =             =             ACTIVE  =       =       =       =          =      =
      Expire       =          =             =             ENDING  =       =       =       =          =      =
      OpenTask     =          =             =             =       ENDING  =       =       =          =      =
      Gone         =          =             =             =       ENDED   =       =       =          =      =
      NeverAdded   =          =             =             =       =       =       =       =          =      =
      OpenSetUpTask  =        =             =             =       =       =       =       =          =      =
      AnswerSetUp  !          !             !             !       !       !       !       !          !      !
      Attest       !          !             !             !       !       !       !       !          !      !
      Remind       =          =             =             =       =       =       =       =          =      =
      AnswerReview  !         !             !             !       !       !       !       !          !      !
      RemindReview  =         =             =             =       =       =       =       =          =      =
      ReviewTold    =         =             =             =       =       =       =       =          =      =
      StartRun     PENDING    SCHEDULED     PROVISIONING  ACTIVE  ENDING  =       =       =          =      =
      """;

  private static final List<List<String>> ROWS =
      TABLE.lines().map(line -> Arrays.asList(line.strip().split(" +"))).toList();

  @TestFactory
  Stream<DynamicTest> eachCommandInEachState() {
    var statuses = ROWS.getFirst();
    return ROWS.stream()
        .skip(1)
        .flatMap(
            row ->
                Stream.iterate(0, i -> i < statuses.size(), i -> i + 1)
                    .map(
                        i ->
                            dynamicTest(
                                row.getFirst() + " in " + statuses.get(i),
                                () ->
                                    comesTo(
                                        row.getFirst(),
                                        Status.valueOf(statuses.get(i)),
                                        row.get(i + 1)))));
  }

  private static void comesTo(String command, Status status, String expected) {
    // The one state that is not as asked: nobody may have been told yet.
    var before =
        command.equals("Asked") && status == Status.PENDING
            ? ARequest.sentToTheManager()
            : ARequest.in(status);
    var outcome = Life.apply(before, command(command));
    switch (expected) {
      case "=" -> assertThat(outcome).isEqualTo(new Unchanged(before));
      case "!" -> {
        assertThat(outcome).isInstanceOf(Refused.class);
        assertThat(outcome.request()).isEqualTo(before);
      }
      default -> {
        assertThat(outcome).isInstanceOf(Changed.class);
        assertThat(outcome.request().status()).isEqualTo(Status.valueOf(expected));
        assertThat(outcome.request().version()).isEqualTo(before.version() + 1);
      }
    }
  }

  private static Command command(String name) {
    return switch (name) {
      case "Asked" -> new Command.Asked(Acts.byTheWorkflow(MONDAY), 0, 0, List.of(DORA), List.of());
      case "MailReturned" -> ARequest.mailReturned(0, 0, DORA);
      case "Decide" -> ARequest.approval(DORA, 0);
      case "HandOver" -> ARequest.handover(DORA, 0, OLGA);
      case "AskStandIns" ->
          new Command.AskStandIns(Acts.byTheWorkflow(MONDAY), 0, Map.of(DORA, OLGA));
      case "RoundOver" -> new Command.RoundOver(Acts.byTheWorkflow(LATER), 0, 0);
      case "Cancel" -> new Command.Cancel(Acts.by(SAM, LATER));
      case "Return" -> new Command.Return(Acts.by(SAM, LATER));
      case "Revoke" -> ARequest.revocation(LATER);
      case "WithdrawApproval" ->
          new Command.WithdrawApproval(Acts.by(MAX, LATER), "Sam has moved.");
      case "Claim" -> new Command.Claim(Acts.byTheWorkflow(LATER));
      case "Provisioned" -> new Command.Provisioned(Acts.byTheWorkflow(LATER));
      case "AlreadyHeld" -> new Command.AlreadyHeld(Acts.byTheWorkflow(LATER));
      case "GiveUp" -> new Command.GiveUp(Acts.byTheWorkflow(LATER), "It is down.");
      case "NotBoth" -> new Command.NotBoth(Acts.byTheWorkflow(LATER), APlan.APPROVER);
      case "Extend" -> ARequest.extension(ARequest.expiry().plusSeconds(1), MONDAY);
      case "Warned" -> ARequest.warned(LATER);
      case "Expire" -> new Command.Expire(Acts.byTheWorkflow(LATER));
      case "OpenTask" -> new Command.OpenTask(Acts.byTheWorkflow(LATER), "It is down.");
      case "Gone" -> new Command.Gone(Acts.byTheWorkflow(LATER), null);
      case "NeverAdded" -> new Command.NeverAdded(Acts.byTheWorkflow(LATER));
      case "OpenSetUpTask" -> new Command.OpenSetUpTask(Acts.byTheWorkflow(LATER), false);
      case "AnswerSetUp" ->
          new Command.AnswerSetUp(Acts.by(OLGA, LATER), SetUpTask.Result.DONE, "Done.");
      case "Attest" -> new Command.Attest(Acts.by(OLGA, LATER), "Taken out.");
      case "Remind" -> new Command.Remind(Acts.byTheWorkflow(LATER), 0, List.of(OLGA));
      case "AnswerReview" ->
          new Command.AnswerReview(Acts.by(OLGA, LATER), Review.Verdict.JUSTIFIED, "It was.");
      case "RemindReview" -> new Command.RemindReview(Acts.byTheWorkflow(LATER), 0, List.of(OLGA));
      case "ReviewTold" -> new Command.ReviewTold(Acts.byTheWorkflow(LATER));
      case "StartRun" -> new Command.StartRun(Acts.byTheWorkflow(LATER), 2);
      default -> throw new AssertionError("no command is called " + name);
    };
  }

  @Test
  void theTableKnowsEveryStateAndEveryCommand() {
    assertThat(ROWS.getFirst())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Status.values()).map(Status::name).toList());
    assertThat(ROWS.stream().skip(1).map(List::getFirst))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Command.class.getPermittedSubclasses())
                .map(Class::getSimpleName)
                .toList());
  }

  @Test
  void everyStateIsWhereItSaysItIs() {
    for (var status : Status.values()) {
      var request = ARequest.in(status);
      assertThat(request.status()).isEqualTo(status);
      assertThat(request.trail().last().status()).isEqualTo(status);
      assertThat(request.getClass().getSimpleName()).isEqualToIgnoringCase(status.name());
    }
  }
}
