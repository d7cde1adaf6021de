package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static dev.daypass.access.People.STELLA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.access.Command.MailReturned.Why;
import dev.daypass.access.Decision.Answer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every record of the core, each shown by an example with all its parts filled. */
class RecordsTest {
  private static final Act ACT = Acts.by(OLGA, MONDAY);

  private static final Evidence EVIDENCE =
      Evidence.of("%PDF-1.7".getBytes(StandardCharsets.UTF_8), "after.pdf");

  private static final Refusal REFUSAL =
      new Refusal("too-long", "reason", "That is too long.").with(2_000);

  static Stream<Record> examples() {
    return Stream.of(commands(), requests(), parts(), answers()).flatMap(List::stream);
  }

  private static List<Record> commands() {
    return List.of(
        new Command.Asked(ACT, 1, 2, 3, List.of(MAX), List.of(DORA)),
        new Command.MailReturned(ACT, 1, 2, MAX, Why.BOUNCE, "smtp; 550 5.1.1 user unknown"),
        new Command.Decide(
            ACT, 1, Answer.DENY, ARequest.FOUR_HOURS, "No.", Proof.FRESH, List.of(REFUSAL)),
        new Command.HandOver(ACT, 1, OLGA, "You know them.", Proof.FRESH, List.of(REFUSAL)),
        new Command.AskStandIns(ACT, 1, Map.of(MAX, OLGA)),
        new Command.RoundOver(ACT, 1, 2),
        new Command.Cancel(ACT),
        new Command.Return(ACT),
        new Command.Revoke(ACT, "The case is closed."),
        new Command.WithdrawApproval(ACT, "Sam has moved."),
        new Command.Claim(ACT),
        new Command.Provisioned(ACT),
        new Command.AlreadyHeld(ACT),
        new Command.GiveUp(ACT, "No such group."),
        new Command.NotBoth(ACT, APlan.APPROVER),
        new Command.Extend(ACT, MONDAY, 3, List.of(REFUSAL)),
        new Command.Warned(ACT, MONDAY),
        new Command.Expire(ACT),
        new Command.OpenTask(ACT, "It is down."),
        new Command.OpenSetUpTask(ACT, true),
        new Command.AnswerSetUp(ACT, SetUpTask.Result.DONE, "In the console."),
        new Command.AnswerReview(ACT, Review.Verdict.JUSTIFIED, "The site was down."),
        new Command.RemindReview(ACT, 2, List.of(OLGA)),
        new Command.ReviewTold(ACT),
        new Command.Attest(ACT, "Taken out in the console.", EVIDENCE),
        new Command.Remind(ACT, 2, List.of(OLGA)),
        new Command.Gone(ACT, "another", true),
        new Command.NeverAdded(ACT),
        new Command.StartRun(ACT, 2));
  }

  private static List<Record> requests() {
    var task = new Command.OpenTask(Acts.byTheWorkflow(MONDAY), "It is down.");
    var warned = ARequest.warned(MONDAY);
    return List.of(
        ARequest.waitingForTheManager(),
        ARequest.approvedByTheManager(),
        inHands(),
        (Request.Active) ARequest.after(ARequest.active(), warned),
        (Request.Ending) ARequest.after(ARequest.active(), ARequest.revocation(MONDAY), task),
        ARequest.deniedByTheManager(),
        ARequest.lapsed(),
        ARequest.cancelled(),
        (Request.Ended)
            ARequest.after(
                ARequest.ending(), new Command.Gone(Acts.byTheWorkflow(MONDAY), "another")),
        ARequest.failed());
  }

  private static Request.Provisioning inHands() {
    Request request =
        Life.submit(ARequest.asking(APlan.byHand(APlan.forTheManager())), Acts.by(SAM, MONDAY));
    return (Request.Provisioning)
        ARequest.after(
            request,
            ARequest.approval(MAX, 0),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)),
            new Command.OpenSetUpTask(Acts.byTheWorkflow(MONDAY), true));
  }

  private static List<Record> parts() {
    var asked = ARequest.askingFor(MONDAY.plusSeconds(60), "paula@example.com");
    var stage = AStage.needsAllOf(MAX).thenReminds().byAllOthers(OLGA).planned();
    var said =
        new Decision(
            STELLA, Answer.APPROVE, ARequest.FOUR_HOURS, "Good reason.", Proof.FRESH, MONDAY, MAX);
    var day = LocalDate.of(2026, 12, 1);
    var naming =
        new Naming(
            Naming.Kind.NAMED, ACT, OLGA, day, day.plusDays(2), ZoneId.of("Europe/Berlin"), "Ill.");
    var event = new Event(1, ACT, Event.Kind.ASKED, Status.PENDING, Map.of("stage", "0"));
    return List.of(
        ACT,
        said,
        new Entitlement("crm", "viewer", SAM),
        event,
        new Handover(MAX, OLGA, 2, "You know them.", MONDAY),
        new StandIn(MAX, OLGA, MONDAY, MONDAY.plusSeconds(1)),
        naming,
        new Absence(MAX, List.of(naming)),
        new Absence.Outcome.Holds(Absence.none(MAX)),
        new Absence.Outcome.Refused(List.of(REFUSAL)),
        new Grant(MONDAY, MONDAY.plusSeconds(1)),
        new NamedRule("used-before", OLGA),
        new Reach.Left(1, 2, List.of(MAX), 3),
        full(asked.plan()),
        APlan.APPROVER,
        asked.plan().target(),
        HoursTest.office(LocalDate.parse("2026-12-25")),
        new Hours.Opening(540, 1020),
        REFUSAL,
        REFUSAL.said(),
        new Texts.Flaw(1, 0x202e, Texts.Why.TURNS),
        new RemovalTask(
            MONDAY,
            List.of(OLGA),
            "It is down.",
            true,
            2,
            new Attestation(OLGA, MONDAY, "Taken out.", EVIDENCE)),
        new Attestation(OLGA, MONDAY, "Taken out.", EVIDENCE),
        EVIDENCE,
        new SetUpTask(
            MONDAY,
            List.of(OLGA),
            true,
            2,
            new SetUpTask.Answer(SetUpTask.Result.HELD, OLGA, MONDAY, "Since March.")),
        new SetUpTask.Answer(SetUpTask.Result.HELD, OLGA, MONDAY, "Since March."),
        new BreakGlass(List.of(OLGA), MAX),
        new Review(
            MONDAY,
            List.of(OLGA),
            2,
            new Review.Answer(Review.Verdict.JUSTIFIED, OLGA, MONDAY, "The site was down."),
            true),
        new Review.Answer(Review.Verdict.JUSTIFIED, OLGA, MONDAY, "The site was down."),
        new OwnersTask(
            OwnersTask.Work.SET_UP,
            MONDAY,
            List.of(OLGA),
            "It is down.",
            true,
            2,
            MONDAY.plusSeconds(1)),
        stage.rounds().getFirst(),
        new Stage(
            stage,
            MONDAY,
            1,
            MONDAY,
            true,
            List.of(said),
            Stage.Result.APPROVED,
            List.of(new Handover(OLGA, MAX, 0, "You know them.", MONDAY)),
            List.of(new StandIn(MAX, STELLA, MONDAY, null))),
        stage,
        new StagePlan.Others(true, List.of(OLGA)),
        asked,
        new Trail(1, List.of(event)));
  }

  private static Plan full(Plan plan) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        plan.owners(),
        plan.stages(),
        plan.extendable(),
        HoursTest.office(LocalDate.parse("2026-12-25")),
        List.of(APlan.APPROVER),
        new NamedRule("used-before", OLGA),
        null);
  }

  private static List<Record> answers() {
    var request = ARequest.active();
    return List.of(
        new Next.Decide(1, 2, MONDAY),
        new Next.Provision(),
        new Next.AwaitEnd(MONDAY),
        new Next.Deprovision(),
        new Next.Done(),
        new Outcome.Changed(request),
        new Outcome.Unchanged(request),
        new Outcome.Refused(request, List.of(REFUSAL)),
        new Wait.ForDecision(1, 2, 3),
        new Wait.ForEnd());
  }

  /** Those that can be read from a store or a wire, where null is what is missing. */
  static Stream<Record> kept() {
    return examples()
        .filter(
            each ->
                !(each instanceof Command
                    || each instanceof Next
                    || each instanceof Outcome
                    || each instanceof Wait));
  }

  @Test
  void noneIsForgotten() throws Exception {
    var folder =
        Path.of(Request.class.getProtectionDomain().getCodeSource().getLocation().toURI())
            .resolve(Request.class.getPackageName().replace('.', '/'));
    try (var files = Files.list(folder)) {
      var names = files.map(file -> file.getFileName().toString()).toList();
      var records = new ArrayList<Class<?>>();
      for (var name : names) {
        var type =
            Class.forName(
                Request.class.getPackageName() + "." + name.replaceFirst("[.]class$", ""));
        if (type.isRecord()) {
          records.add(type);
        }
      }

      assertThat(examples().map(Object::getClass).toList())
          .isEqualTo(examples().map(Object::getClass).distinct().toList())
          .hasSameElementsAs(records);
    }
  }

  /** A plan is of an emergency, or it has stages and perhaps a rule: never both. */
  private static List<RecordComponent> parts(Record example) {
    return Stream.of(example.getClass().getRecordComponents())
        .filter(part -> !(example instanceof Plan && part.getName().equals("glass")))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void eachKeepsEveryPart(Record example) {
    for (var part : parts(example)) {
      assertThat(valueOf(part, example))
          .as(part.getName())
          .isNotIn(null, "", 0, false, List.of(), Map.of());
    }
    assertThat(made(example, Map.of())).isEqualTo(example);
  }

  @ParameterizedTest
  @MethodSource("kept")
  void noneIsMadeWithoutWhatItNeeds(Record example) {
    for (var part : example.getClass().getRecordComponents()) {
      if (!part.getType().isPrimitive()
          && !part.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        var without = new HashMap<String, @Nullable Object>();
        without.put(part.getName(), null);

        assertThatExceptionOfType(NullPointerException.class)
            .as(part.getName())
            .isThrownBy(() -> made(example, without));
      }
    }
  }

  /** Commands are made by us alone; what of them is kept as it came is asked for at once. */
  @ParameterizedTest
  @CsvSource({
    "MailReturned, person",
    "MailReturned, why",
    "Decide, answer",
    "NotBoth, other",
    "Extend, until",
    "AnswerSetUp, result",
    "AnswerReview, verdict"
  })
  void noCommandIsGivenWithout(String command, String part) {
    var example =
        commands().stream()
            .filter(each -> each.getClass().getSimpleName().equals(command))
            .findFirst()
            .orElseThrow();
    var without = new HashMap<String, @Nullable Object>();
    without.put(part, null);

    assertThatExceptionOfType(NullPointerException.class).isThrownBy(() -> made(example, without));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void noneChangesWithTheListsItWasMadeFrom(Record example) {
    for (var part : parts(example)) {
      switch (valueOf(part, example)) {
        case List<?> list -> {
          var loose = new ArrayList<Object>(list);
          var made = made(example, Map.of(part.getName(), loose));
          loose.clear();
          assertThat(made).isEqualTo(example);
          assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(list::clear);
        }
        case Map<?, ?> map -> {
          var loose = new HashMap<Object, Object>(map);
          var made = made(example, Map.of(part.getName(), loose));
          loose.clear();
          assertThat(made).isEqualTo(example);
          assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(map::clear);
        }
        default -> {}
      }
    }
  }

  /** A record made anew from the parts of this one, but for these. */
  private static Record made(Record example, Map<String, ? extends @Nullable Object> otherwise) {
    var parts = example.getClass().getRecordComponents();
    var types = Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
    var values =
        Arrays.stream(parts)
            .map(
                part ->
                    otherwise.containsKey(part.getName())
                        ? otherwise.get(part.getName())
                        : valueOf(part, example))
            .toArray();
    try {
      return example.getClass().getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException thrown) {
      if (thrown.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new AssertionError(thrown);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(impossible.getMessage(), impossible);
    }
  }

  private static Object valueOf(RecordComponent part, Record example) {
    try {
      return part.getAccessor().invoke(example);
    } catch (ReflectiveOperationException impossible) {
      throw new LinkageError(impossible.getMessage(), impossible);
    }
  }
}
