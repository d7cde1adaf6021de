package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import dev.daypass.access.Command.AnswerQuestion;
import dev.daypass.access.Command.AskQuestion;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The rules of asking the requester before deciding: whoever could decide now may, one question at
 * a time; only the requester answers, and only in time.
 */
public final class Questions {
  private static final String ANSWER = "answer";

  private Questions() {}

  /** Whether another question can be asked in this stage now. */
  public static boolean canBeAsked(Stage open) {
    return open.openQuestion().isEmpty() && open.questions().size() < Question.MOST;
  }

  static Outcome ask(Request request, AskQuestion ask) {
    if (ask.stage() < 0 || ask.stage() >= request.stages().size()) {
      return new Refused(request, List.of(Life.noSuchStage()));
    }
    if (request.stages().get(ask.stage()).questions().stream()
        .anyMatch(each -> each.by().equals(ask.act().by()) && each.text().equals(ask.text()))) {
      return new Unchanged(request);
    }
    if (!(request instanceof Pending pending) || pending.stage() != ask.stage()) {
      return new Refused(request, List.of(Closed.refusal(request, ask.stage())));
    }
    var refusals = refusals(pending, ask);
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    var plan = pending.asked().plan();
    var open = pending.open();
    var question = Question.asked(ask.act().by(), open.round(), ask.text(), ask.act().at(), plan);
    var details = details(pending, pending.questions().size());
    details.put("comment", ask.text());
    details.put("proof", ask.proof().name());
    details.put("closesAt", question.closesAt().toString());
    return changed(pending, open.with(question, plan), ask.act(), Kind.QUESTION_ASKED, details);
  }

  private static List<Refusal> refusals(Pending pending, AskQuestion ask) {
    var refusals =
        new ArrayList<>(
            Deciding.refusals(
                pending,
                new Command.Decide(
                    ask.act(),
                    ask.stage(),
                    Decision.Answer.APPROVE,
                    null,
                    ask.text(),
                    ask.proof(),
                    ask.standing())));
    // Whoever cannot ask need not hear why they could not, either.
    if (pending.open().awaited().contains(ask.act().by())) {
      Stream.of(oneAtATime(pending), notTooMany(pending), isAQuestion(ask))
          .flatMap(Optional::stream)
          .forEach(refusals::add);
    }
    return List.copyOf(refusals);
  }

  private static Optional<Refusal> oneAtATime(Pending pending) {
    return pending
        .open()
        .openQuestion()
        .map(
            open ->
                Refusal.of(
                        "question-open",
                        open.by()
                            + " has asked already, and the answer is awaited until "
                            + open.closesAt()
                            + ": "
                            + open.text())
                    .with(open.by(), open.closesAt(), open.text()));
  }

  private static Optional<Refusal> notTooMany(Pending pending) {
    return when(
        pending.open().questions().size() >= Question.MOST,
        Refusal.of(
                "question-too-many",
                Question.MOST + " questions have been asked in this step, and no more can be.")
            .with(Question.MOST));
  }

  private static Optional<Refusal> isAQuestion(AskQuestion ask) {
    return when(
        Texts.saysNothing(ask.text()),
        new Refusal(
            "question-missing", "comment", "Please write what you want to know; it is asked so."));
  }

  static Outcome answer(Request request, AnswerQuestion said) {
    if (!said.act().by().equals(request.asked().requester())) {
      return refused(
          request,
          Refusal.of(Refusal.NOT_YOURS, "Only the person who asked for this can answer.")
              .in("answer"));
    }
    var all = request.questions();
    if (said.question() < 0 || said.question() >= all.size()) {
      return refused(
          request, Refusal.of("no-question", "Nobody has asked you this about the request."));
    }
    var question = all.get(said.question());
    if (question.answer() != null) {
      return question.answer().equals(said.answer())
          ? new Unchanged(request)
          : refused(
              request,
              Refusal.of(
                      "answered-already",
                      "You have answered this already. Nothing was changed; your answer was: "
                          + question.answer())
                  .with(question.answer()));
    }
    if (!question.awaitsAnswer() || !said.act().at().isBefore(question.closesAt())) {
      return refused(
          request,
          Refusal.of(
                  "answer-too-late",
                  "The time to answer this ended at "
                      + question.closesAt()
                      + ". Whoever decides goes on without an answer.")
              .with(question.closesAt()));
    }
    if (!(request instanceof Pending pending)
        || pending.open().openQuestion().filter(question::equals).isEmpty()) {
      return new Refused(request, List.of(Closed.refusal(request, stageOf(request, question))));
    }
    var refusals = refusals(pending, said);
    if (!refusals.isEmpty()) {
      return new Refused(request, refusals);
    }
    var details = details(pending, said.question());
    details.put(ANSWER, said.answer());
    return changed(
        pending,
        pending.open().answered(said.answer(), said.act().at(), pending.asked().plan()),
        said.act(),
        Kind.QUESTION_ANSWERED,
        details);
  }

  private static int stageOf(Request request, Question question) {
    int stage = 0;
    while (!request.stages().get(stage).questions().contains(question)) {
      stage++;
    }
    return stage;
  }

  private static List<Refusal> refusals(Pending pending, AnswerQuestion said) {
    int most = Deciding.longestAnswer(pending);
    return Stream.of(
            when(
                Texts.saysNothing(said.answer()),
                new Refusal(
                    "answer-missing", ANSWER, "Please write your answer; whoever asked reads it.")),
            when(
                Texts.length(said.answer()) > most,
                new Refusal(
                        "answer-too-long",
                        ANSWER,
                        "Please keep the answer to %,d characters.".formatted(most))
                    .with(most)),
            Texts.refusal("answer-character", ANSWER, said.answer()))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Its time has come: the requester is reminded, or nobody waits for the answer any longer. */
  static Outcome due(Request request, Command.QuestionDue due) {
    if (!(request instanceof Pending pending)
        || pending.stage() != due.stage()
        || pending.open().turns() != due.turns()
        || pending.open().openQuestion().isEmpty()) {
      return new Unchanged(request);
    }
    var open = pending.open();
    var question = open.openQuestion().get();
    var at = due.act().at();
    if (at.isBefore(question.dueAt())) {
      return refused(request, Life.notOver(question.dueAt()));
    }
    var details = details(pending, pending.questions().size() - 1);
    // Nobody is reminded of what is over.
    return question.reminded() || !at.isBefore(question.closesAt())
        ? changed(pending, open.unanswered(), due.act(), Kind.QUESTION_UNANSWERED, details)
        : changed(pending, open.reminded(), due.act(), Kind.QUESTION_REMINDED, details);
  }

  private static Map<String, String> details(Pending pending, int question) {
    return new HashMap<>(
        Map.of(
            "stage",
            Integer.toString(pending.stage()),
            "round",
            Integer.toString(pending.open().round()),
            "question",
            Integer.toString(question)));
  }

  private static Outcome changed(
      Pending pending, Stage open, Act act, Kind kind, Map<String, String> details) {
    return new Changed(
        new Pending(
            pending.asked(),
            Life.replaceLast(pending.stages(), open),
            pending.trail().plus(act, kind, Status.PENDING, details)));
  }

  private static Outcome refused(Request request, Refusal refusal) {
    return new Refused(request, List.of(refusal));
  }
}
