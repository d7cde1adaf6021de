package dev.daypass.local.states;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Next;
import dev.daypass.access.RequestId;
import dev.daypass.access.Status;
import dev.daypass.approval.Step;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.states.Sandbox.Thrown;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The workflow of {@code statemachine/access.asl.json}, unmodified and with the substitutions of
 * {@code template.yaml}: every path through it, taken by functions that do what the test says.
 */
class AccessMachineTest {
  private static final Template TEMPLATE =
      TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), Place.LOCAL);
  private static final String DEFINITION = TEMPLATE.stateMachine("AccessMachine").definition();

  private static final String REQUEST = RequestId.of("any.person@example.com", "any key");
  private static final Duration ROUND = Duration.ofHours(4);
  private static final Duration ACCESS = Duration.ofHours(8);
  private static final Duration A_DAY = Duration.ofDays(1);

  /** The steps, each with the function that takes it and all it is told. */
  private enum Does {
    LOOK("RoundFunction", "look", "step requestId"),
    AWAIT_DECISION(
        "NotifyFunction", "await-decision", "step requestId run stage round token entered retry"),
    ROUND_OVER("RoundFunction", "round-over", "step requestId run stage round"),
    PROVISION("ProvisionFunction", "provision", "step requestId run"),
    GIVE_UP("ProvisionFunction", "give-up", "step requestId run error"),
    AWAIT_END("NotifyFunction", "await-end", "step requestId run token entered retry"),
    DEPROVISION("DeprovisionFunction", "deprovision", "step requestId run"),
    HAND_OVER("NotifyFunction", "hand-over", "step requestId run error"),
    DONE("NotifyFunction", "done", "step requestId run");

    final String function;
    final String step;
    final String told;

    Does(String function, String step, String told) {
      this.function = function;
      this.step = step;
      this.told = told;
    }

    static Does of(String function, String step) {
      return Arrays.stream(values())
          .filter(each -> each.function.equals(function) && each.step.equals(step))
          .findFirst()
          .orElseThrow(() -> Thrown.of("java.io.IOException"));
    }
  }

  /** One go at a step; null leaves the workflow waiting. */
  private interface Go {
    @Nullable Next at(Step step);
  }

  private record Taken(Does does, Step step, Instant at) {}

  private final Sandbox sandbox = new Sandbox();
  private final Map<Does, Deque<Go>> script = new EnumMap<>(Does.class);
  private final List<Taken> taken = new CopyOnWriteArrayList<>();
  private String machine = "";

  @BeforeEach
  void deploy() {
    machine = sandbox.machine(DEFINITION);
    for (var name : List.of("Round", "Notify", "Provision", "Deprovision")) {
      var function = TEMPLATE.function(name + "Function");
      sandbox.functions.byName.put(
          Place.LOCAL.arn("lambda", "function:" + function.name()),
          payload -> take(function.logicalId(), payload));
    }
    // One stage, approved, expired: what a test says otherwise replaces it.
    on(Does.LOOK, answer(decide(0, 0)));
    on(Does.AWAIT_DECISION, leaveWaiting());
    on(Does.PROVISION, answer(awaitEnd()));
    on(Does.AWAIT_END, leaveWaiting());
    on(Does.DEPROVISION, answer(new Next.Done()));
    on(Does.DONE, answer(new Next.Done()));
  }

  @AfterEach
  void close() {
    sandbox.close();
  }

  private String take(String function, String payload) {
    Step step;
    try {
      step = Step.read(new ByteArrayInputStream(payload.getBytes(StandardCharsets.UTF_8)));
    } catch (IOException unreadable) {
      throw Thrown.of("java.io.IOException");
    }
    var does = Does.of(function, step.step());
    taken.add(new Taken(does, step, now()));
    var goes = script.get(does);
    if (goes == null) {
      throw Thrown.of("not.in.the.Script");
    }
    Go go;
    synchronized (goes) {
      go = goes.size() > 1 ? goes.removeFirst() : goes.getFirst();
    }
    var next = go.at(step);
    if (step.token() == null) {
      return next == null ? "null" : Step.answer(next, now());
    }
    if (next != null) {
      // As the function does when the request has gone on already: before it returns.
      tell(step, next);
    }
    return "null";
  }

  private Instant now() {
    return sandbox.timeline.instant();
  }

  private Next.Decide decide(int stage, int round) {
    return new Next.Decide(stage, round, now().plus(ROUND));
  }

  private Next.AwaitEnd awaitEnd() {
    return new Next.AwaitEnd(now().plus(ACCESS));
  }

  /** What a step does, one go after the other; the last one for good. */
  private void on(Does does, Go... goes) {
    script.put(does, new ArrayDeque<>(List.of(goes)));
  }

  private static Go answer(Next next) {
    return step -> next;
  }

  private static Go leaveWaiting() {
    return step -> null;
  }

  private static Go fail(String error) {
    return step -> {
      throw Thrown.of(error);
    };
  }

  private static Go failInLambda(String error) {
    return step -> {
      throw new AwsException(error, 500, "any");
    };
  }

  private static Go[] times(int times, Go go, Go... then) {
    return Stream.concat(Stream.generate(() -> go).limit(times), Arrays.stream(then))
        .toArray(Go[]::new);
  }

  private static String input(int run) {
    return "{\"requestId\":\"" + REQUEST + "\",\"run\":" + run + "}";
  }

  /** Starts a run as dispatch does, and lets it go as far as it can now. */
  private String start() {
    var arn =
        sandbox
            .call(
                "StartExecution",
                "stateMachineArn",
                machine,
                "name",
                REQUEST + "-1",
                "input",
                input(1))
            .path("executionArn")
            .asText();
    sandbox.settle();
    return arn;
  }

  private void tell(Step step, Next next) {
    sandbox.call(
        "SendTaskSuccess",
        "taskToken",
        Objects.requireNonNull(step.token()),
        "output",
        Step.answer(next, now()));
  }

  /** Answers the wait that was entered last, as dispatch does. */
  private void tellLast(Next next) {
    tell(taken.getLast().step(), next);
    sandbox.settle();
  }

  /** The states entered, in order, counted as the history's {@code …StateEntered} events. */
  private List<String> entered(String arn) {
    return sandbox.events(arn).stream()
        .filter(event -> event.path("type").asText().endsWith("StateEntered"))
        .map(event -> event.path("stateEnteredEventDetails").path("name").asText())
        .toList();
  }

  private List<Taken> taken(Does does) {
    return taken.stream().filter(each -> each.does() == does).toList();
  }

  private void assertSucceeded(String arn, String... states) {
    assertThat(entered(arn)).containsExactly(states);
    assertThat(sandbox.describe(arn).path("status").asText()).isEqualTo("SUCCEEDED");
  }

  private void assertFailed(String arn, String error, String... states) {
    assertThat(entered(arn)).containsExactly(states);
    var described = sandbox.describe(arn);
    assertThat(described.path("status").asText()).isEqualTo("FAILED");
    assertThat(described.path("error").asText()).isEqualTo(error);
  }

  // The plain path

  @Test
  void entersSevenStatesWhenOneStageApprovesAndTheAccessExpires() {
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
  }

  @Test
  void takesTheAccessAwayInTheSecondItExpires() {
    var end = awaitEnd();
    on(Does.PROVISION, answer(end));
    start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertThat(taken(Does.DEPROVISION))
        .extracting(Taken::at)
        .singleElement()
        .satisfies(at -> assertThat(at).isBetween(end.deadline(), end.deadline().plusSeconds(1)));
  }

  @Test
  void takesTheAccessAwayAtOnceWhenItIsReturnedOrRevoked() {
    var arn = start();
    tellLast(new Next.Provision());
    var returned = now();
    tellLast(new Next.Deprovision());

    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
    assertThat(taken(Does.DEPROVISION)).extracting(Taken::at).containsExactly(returned);
  }

  // Decisions and rounds

  @Test
  void setsNothingUpWhenSomebodyDenies() {
    var arn = start();
    tellLast(new Next.Done());

    assertSucceeded(arn, "Look", "AwaitDecision", "Route", "Done");
  }

  @Test
  void waitsForTheSecondStageWhenTheFirstHasApproved() {
    var arn = start();
    tellLast(decide(1, 0));

    assertThat(taken(Does.AWAIT_DECISION))
        .extracting(each -> each.step().stage() + "/" + each.step().round())
        .containsExactly("0/0", "1/0");
    tellLast(new Next.Done());
    assertSucceeded(arn, "Look", "AwaitDecision", "Route", "AwaitDecision", "Route", "Done");
  }

  @Test
  void opensTheNextRoundWhenNobodyAnswersInTime() {
    on(Does.ROUND_OVER, step -> decide(step.stage(), step.round() + 1));
    var began = now();
    var arn = start();
    sandbox.advance(ROUND.plusSeconds(1));

    assertThat(taken(Does.ROUND_OVER))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.step().stage()).isZero();
              assertThat(each.step().round()).isZero();
              assertThat(each.at()).isEqualTo(began.plus(ROUND));
            });
    assertThat(taken.getLast().does()).isEqualTo(Does.AWAIT_DECISION);
    assertThat(taken.getLast().step().round()).isEqualTo(1);
    tellLast(new Next.Done());
    assertSucceeded(
        arn, "Look", "AwaitDecision", "RoundOver", "Route", "AwaitDecision", "Route", "Done");
  }

  @Test
  void endsWhenNobodyAnswersInAnyRound() {
    on(Does.ROUND_OVER, step -> decide(0, 1), answer(new Next.Done()));
    var arn = start();
    sandbox.advance(A_DAY);

    assertSucceeded(
        arn,
        "Look",
        "AwaitDecision",
        "RoundOver",
        "Route",
        "AwaitDecision",
        "RoundOver",
        "Route",
        "Done");
  }

  @Test
  void setsUpWhatWasApprovedInTheVerySecondTheRoundEnded() {
    on(Does.ROUND_OVER, answer(new Next.Provision()));
    var arn = start();
    sandbox.advance(ROUND.plusSeconds(1));
    tellLast(new Next.Deprovision());

    assertSucceeded(
        arn,
        "Look",
        "AwaitDecision",
        "RoundOver",
        "Route",
        "Provision",
        "AwaitEnd",
        "Deprovision",
        "Done");
  }

  @Test
  void waitsASecondForADeadlineThatHasPassed() {
    on(Does.LOOK, answer(new Next.Decide(0, 0, now().minusSeconds(3600))));
    on(Does.ROUND_OVER, answer(new Next.Done()));
    var began = now();
    var arn = start();
    sandbox.advance(Duration.ofSeconds(2));

    assertThat(taken(Does.ROUND_OVER)).extracting(Taken::at).containsExactly(began.plusSeconds(1));
    assertSucceeded(arn, "Look", "AwaitDecision", "RoundOver", "Route", "Done");
  }

  // Answers that come early, late, twice

  @Test
  void takesAnAnswerThatComesBeforeTheFunctionReturns() {
    on(Does.AWAIT_DECISION, answer(new Next.Done()));
    var arn = start();

    assertSucceeded(arn, "Look", "AwaitDecision", "Route", "Done");
  }

  @Test
  void goesOnUndisturbedWhenAnAnswerComesLate() {
    on(Does.ROUND_OVER, answer(decide(0, 1)));
    var arn = start();
    var late = taken.getLast().step();
    sandbox.advance(ROUND.plusSeconds(1));

    var refusal = refusalOf(late, new Next.Provision());

    assertThat(refusal).isEqualTo("TaskTimedOut");
    assertThat(entered(arn)).endsWith("AwaitDecision");
    assertThat(taken(Does.PROVISION)).isEmpty();
  }

  @Test
  void takesTheFirstOfTwoAnswers() {
    var arn = start();
    var asked = taken.getLast().step();
    tellLast(new Next.Done());

    assertThat(refusalOf(asked, new Next.Provision())).isEqualTo("TaskTimedOut");
    assertSucceeded(arn, "Look", "AwaitDecision", "Route", "Done");
  }

  private String refusalOf(Step step, Next next) {
    return sandbox
        .refused(
            "SendTaskSuccess",
            "taskToken",
            Objects.requireNonNull(step.token()),
            "output",
            Step.answer(next, now()))
        .type();
  }

  @Test
  void looksAgainWhenTheEndWasMovedWhileItWaited() {
    on(Does.LOOK, answer(decide(0, 0)), step -> awaitEnd());
    on(Does.AWAIT_DECISION, leaveWaiting(), step -> awaitEnd());
    on(Does.DEPROVISION, fail("dev.daypass.grant.NotDue"), answer(new Next.Done()));
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(ACCESS.plusSeconds(1));

    assertThat(taken(Does.DEPROVISION)).as("not due is not tried again").hasSize(1);
    assertThat(taken.getLast().does()).isEqualTo(Does.AWAIT_END);
    sandbox.advance(A_DAY);
    assertSucceeded(
        arn,
        "Look",
        "AwaitDecision",
        "Route",
        "Provision",
        "AwaitEnd",
        "Deprovision",
        "Look",
        "AwaitDecision",
        "Route",
        "AwaitEnd",
        "Deprovision",
        "Done");
  }

  // Runs begin anywhere

  @ParameterizedTest
  @EnumSource
  void carriesOnFromWhereTheRequestIs(Status status) {
    var next = nextAt(status);
    on(Does.LOOK, answer(next));
    if (status != Status.PENDING) {
      // The real function answers at once when the request is past its decisions.
      on(
          Does.AWAIT_DECISION,
          step -> {
            assertThat(step.stage()).isEqualTo(-1);
            return next;
          });
    }
    on(Does.AWAIT_END, answer(new Next.Deprovision()));

    var arn = start();

    switch (status) {
      case PENDING -> {
        assertThat(entered(arn)).containsExactly("Look", "AwaitDecision");
        assertThat(sandbox.describe(arn).path("status").asText()).isEqualTo("RUNNING");
      }
      case SCHEDULED, PROVISIONING ->
          assertSucceeded(
              arn,
              "Look",
              "AwaitDecision",
              "Route",
              "Provision",
              "AwaitEnd",
              "Deprovision",
              "Done");
      case ACTIVE ->
          assertSucceeded(arn, "Look", "AwaitDecision", "Route", "AwaitEnd", "Deprovision", "Done");
      case ENDING -> assertSucceeded(arn, "Look", "AwaitDecision", "Route", "Deprovision", "Done");
      case DENIED, LAPSED, CANCELLED, ENDED, FAILED ->
          assertSucceeded(arn, "Look", "AwaitDecision", "Route", "Done");
    }
  }

  private Next nextAt(Status status) {
    return switch (status) {
      case PENDING -> decide(0, 0);
      case SCHEDULED, PROVISIONING -> new Next.Provision();
      case ACTIVE -> awaitEnd();
      case ENDING -> new Next.Deprovision();
      case DENIED, LAPSED, CANCELLED, ENDED, FAILED -> new Next.Done();
    };
  }

  @Test
  void passesThroughWhenSettingUpFoundTheAccessThereAlready() {
    on(Does.PROVISION, answer(new Next.Done()));
    on(Does.AWAIT_END, answer(new Next.Done()));
    var arn = start();
    tellLast(new Next.Provision());

    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
  }

  // Starting

  @Test
  void startsARunOnceHoweverOftenItIsToldTo() {
    var first = start();
    var again = start();

    assertThat(again).isEqualTo(first);
    assertThat(taken(Does.LOOK)).hasSize(1);
  }

  @Test
  void refusesTheNameOfARunForAnotherInputAndOfOneThatIsOver() {
    start();
    assertThat(startRefused(input(2))).isEqualTo("ExecutionAlreadyExists");

    tellLast(new Next.Done());
    assertThat(startRefused(input(1))).isEqualTo("ExecutionAlreadyExists");
    assertThat(taken(Does.LOOK)).hasSize(1);
  }

  private String startRefused(String input) {
    return sandbox
        .refused(
            "StartExecution", "stateMachineArn", machine, "name", REQUEST + "-1", "input", input)
        .type();
  }

  // Functions that fail

  private static Stream<Arguments> waitsAndErrorsOfLambda() {
    return Stream.of(Does.AWAIT_DECISION, Does.AWAIT_END)
        .flatMap(
            wait ->
                Stream.of(
                        "ServiceException",
                        "AWSLambdaException",
                        "SdkClientException",
                        "TooManyRequestsException")
                    .map(error -> Arguments.of(wait, error)));
  }

  @ParameterizedTest
  @MethodSource("waitsAndErrorsOfLambda")
  void triesAWaitAgainForUnderTwoMinutesWhenLambdaFails(Does wait, String error) {
    on(wait, failInLambda(error));
    var arn = start();
    if (wait == Does.AWAIT_END) {
      tellLast(new Next.Provision());
    }
    sandbox.advance(Duration.ofSeconds(100));

    var tries = taken(wait);
    assertThat(tries).extracting(each -> each.step().retry()).containsExactly(0, 1, 2, 3, 4, 5);
    assertThat(tries).extracting(each -> each.step().token()).doesNotHaveDuplicates();
    assertThat(tries)
        .extracting(each -> each.step().entered())
        .containsOnly(tries.getFirst().step().entered());
    assertThat(Duration.between(tries.getFirst().at(), tries.getLast().at()))
        .isLessThan(Duration.ofMinutes(2));
    assertThat(entered(arn)).endsWith("Pause");
  }

  @ParameterizedTest
  @MethodSource("waitsAndErrorsOfLambda")
  void waitsOnWhenLambdaRecovers(Does wait, String error) {
    on(wait, times(5, failInLambda(error), leaveWaiting()));
    var arn = start();
    if (wait == Does.AWAIT_END) {
      tellLast(new Next.Provision());
    }
    sandbox.advance(Duration.ofMinutes(2));

    assertThat(sandbox.describe(arn).path("status").asText()).isEqualTo("RUNNING");
    assertThat(taken(wait)).hasSize(6);
    tellLast(wait == Does.AWAIT_END ? new Next.Deprovision() : new Next.Done());
    assertThat(entered(arn)).endsWith("Done");
  }

  @Test
  void triesAgainAfterAPauseWhenAskingFailsByItself() {
    on(Does.AWAIT_DECISION, times(3, fail("java.lang.IllegalStateException"), leaveWaiting()));
    var arn = start();
    assertThat(taken(Does.AWAIT_DECISION)).hasSize(1);
    assertThat(entered(arn)).containsExactly("Look", "AwaitDecision", "Pause");
    sandbox.advance(Duration.ofMinutes(7));

    assertThat(taken(Does.AWAIT_DECISION)).hasSize(4);
    assertThat(taken(Does.LOOK)).extracting(each -> each.step().requestId()).containsOnly(REQUEST);
    tellLast(new Next.Done());
    assertThat(entered(arn)).endsWith("Pause", "Look", "AwaitDecision", "Route", "Done");
  }

  @Test
  void triesAgainAfterAPauseWhenTheRequestCannotBeLookedAt() {
    on(Does.LOOK, times(20, fail("any.Failure"), answer(decide(0, 0))));
    on(Does.AWAIT_DECISION, answer(new Next.Done()));
    var arn = start();
    sandbox.advance(A_DAY);

    assertThat(taken(Does.LOOK)).hasSize(21);
    assertThat(taken(Does.LOOK)).extracting(each -> each.step().requestId()).containsOnly(REQUEST);
    assertSucceeded(
        arn, "Look", "Pause", "Look", "Pause", "Look", "AwaitDecision", "Route", "Done");
  }

  @Test
  void triesAgainAfterAPauseWhenTellingTheHolderFailsByItself() {
    on(Does.LOOK, answer(decide(0, 0)), answer(awaitEnd()));
    on(Does.AWAIT_DECISION, leaveWaiting(), answer(awaitEnd()));
    on(Does.AWAIT_END, times(3, fail("java.lang.IllegalStateException"), leaveWaiting()));
    var arn = start();
    tellLast(new Next.Provision());
    assertThat(entered(arn)).endsWith("AwaitEnd", "Pause");
    sandbox.advance(Duration.ofMinutes(7));

    assertThat(taken(Does.AWAIT_END)).hasSize(4);
    assertThat(sandbox.describe(arn).path("status").asText()).isEqualTo("RUNNING");
    tellLast(new Next.Deprovision());
    assertThat(entered(arn))
        .endsWith("Pause", "Look", "AwaitDecision", "Route", "AwaitEnd", "Deprovision", "Done");
  }

  @ParameterizedTest
  @EnumSource(names = {"ROUND_OVER", "GIVE_UP", "HAND_OVER"})
  void breaksWhenAStepFailsForGood(Does does) {
    on(Does.ROUND_OVER, answer(new Next.Provision()));
    on(Does.PROVISION, fail("any.Failure"));
    on(Does.DEPROVISION, fail("any.Failure"));
    on(Does.GIVE_UP, answer(new Next.Deprovision()));
    on(does, fail("any.Failure"));

    var arn = start();
    sandbox.advance(A_DAY);

    assertThat(taken(does)).hasSize(7);
    assertThat(entered(arn)).endsWith("Broken");
    assertThat(sandbox.describe(arn).path("error").asText()).isEqualTo("Daypass.Broken");
  }

  @Test
  void triesForDaysToTellPeopleWhatMustStillBeTold() {
    on(Does.DONE, fail("any.Failure"));
    var arn = start();
    tellLast(new Next.Done());
    sandbox.advance(Duration.ofDays(10));

    var tries = taken(Does.DONE);
    assertThat(tries).hasSize(81);
    assertThat(Duration.between(tries.getFirst().at(), tries.getLast().at())).isGreaterThan(A_DAY);
    assertFailed(arn, "Daypass.Broken", "Look", "AwaitDecision", "Route", "Done", "Broken");
  }

  @ParameterizedTest
  @EnumSource(names = {"LOOK", "ROUND_OVER", "GIVE_UP", "HAND_OVER", "DONE"})
  void goesOnWhenAStepRecovers(Does does) {
    var usual =
        switch (does) {
          case LOOK -> decide(0, 0);
          case ROUND_OVER -> new Next.Provision();
          case GIVE_UP, HAND_OVER -> new Next.Deprovision();
          default -> new Next.Done();
        };
    on(Does.ROUND_OVER, answer(new Next.Provision()));
    on(Does.PROVISION, fail("any.Failure"));
    on(Does.GIVE_UP, answer(new Next.Deprovision()));
    if (does == Does.HAND_OVER) {
      on(Does.DEPROVISION, fail("any.Failure"));
    }
    on(does, times(6, fail("any.Failure"), answer(usual)));

    var arn = start();
    sandbox.advance(A_DAY);

    assertThat(taken(does)).hasSize(7);
    assertThat(entered(arn)).endsWith(does == Does.HAND_OVER ? "RemovalHandedOver" : "Done");
  }

  @Test
  void setsUpPatiently() {
    on(
        Does.PROVISION,
        times(8, fail("dev.daypass.connector.TargetUnavailable"), answer(awaitEnd())));
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertThat(taken(Does.PROVISION)).hasSize(9);
    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
  }

  @Test
  void takesAwayWhatWasHalfSetUpWhenItGivesUp() {
    on(Does.PROVISION, fail("dev.daypass.connector.TargetUnavailable"));
    on(Does.GIVE_UP, answer(new Next.Deprovision()));
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertThat(taken(Does.PROVISION)).hasSize(9);
    assertThat(taken(Does.GIVE_UP))
        .extracting(each -> each.step().error())
        .containsExactly("dev.daypass.connector.TargetUnavailable");
    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "GiveUp", "Deprovision", "Done");
  }

  @Test
  void takesAwayPatiently() {
    on(
        Does.DEPROVISION,
        times(9, fail("dev.daypass.connector.TargetUnavailable"), answer(new Next.Done())));
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertThat(taken(Does.DEPROVISION)).hasSize(10);
    assertSucceeded(
        arn, "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
  }

  @Test
  void handsTheRemovalOverWhenTakingAwayFailsForLong() {
    on(Does.DEPROVISION, fail("dev.daypass.connector.TargetUnavailable"));
    on(Does.HAND_OVER, answer(new Next.Deprovision()));
    var arn = start();
    tellLast(new Next.Provision());
    sandbox.advance(A_DAY);

    assertThat(taken(Does.DEPROVISION)).hasSize(10);
    assertThat(taken(Does.HAND_OVER))
        .extracting(each -> each.step().error())
        .containsExactly("dev.daypass.connector.TargetUnavailable");
    assertFailed(
        arn,
        "Daypass.RemovalHandedOver",
        "Look",
        "AwaitDecision",
        "Route",
        "Provision",
        "AwaitEnd",
        "Deprovision",
        "HandOver",
        "RemovalHandedOver");
  }

  // What travels

  @Test
  void tellsFunctionsAndStatesIdsAndInstantsOnly() {
    on(Does.ROUND_OVER, answer(new Next.Provision()));
    on(Does.PROVISION, fail("any.Failure"), answer(awaitEnd()));
    on(Does.DEPROVISION, fail("dev.daypass.grant.NotDue"), fail("any.Failure"));
    on(Does.HAND_OVER, answer(new Next.Deprovision()));
    var handedOver = start();
    sandbox.advance(A_DAY);
    sandbox.advance(A_DAY);
    on(Does.LOOK, answer(new Next.Provision()));
    on(Does.AWAIT_DECISION, answer(new Next.Provision()));
    on(Does.PROVISION, fail("any.Failure"));
    on(Does.GIVE_UP, answer(new Next.Deprovision()));
    on(Does.DEPROVISION, answer(new Next.Done()));
    var givenUp =
        sandbox
            .call("StartExecution", "stateMachineArn", machine, "input", input(2))
            .path("executionArn")
            .asText();
    sandbox.advance(A_DAY);

    assertThat(taken.stream().map(Taken::does)).contains(Does.values());
    for (var payload : sandbox.functions.events) {
      assertIsTold(Sandbox.json(payload));
    }
    for (var arn : List.of(handedOver, givenUp)) {
      for (var event : sandbox.events(arn)) {
        if (event.path("type").asText().endsWith("StateEntered")) {
          var input = Sandbox.json(event.path("stateEnteredEventDetails").path("input").asText());
          assertThat(Set.of("requestId", "run", "next", "stage", "round", "deadline", "error"))
              .as(event.toString())
              .containsAll(names(input));
        }
      }
    }
  }

  private static void assertIsTold(JsonNode payload) {
    var step = payload.path("step").asText();
    var does =
        Arrays.stream(Does.values())
            .filter(each -> each.step.equals(step))
            .findFirst()
            .orElseThrow();
    assertThat(names(payload)).as(step).containsExactlyInAnyOrder(does.told.split(" ", -1));
    assertThat(payload.path("requestId").asText()).isEqualTo(REQUEST);
    if (payload.has("entered")) {
      assertThat(Instant.parse(payload.path("entered").asText())).isNotNull();
    }
    if (payload.has("error")) {
      assertThat(payload.path("error").asText()).isEqualTo("any.Failure");
    }
  }

  private static Set<String> names(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
