package dev.daypass.approval;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Outcome;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.RequestId;
import dev.daypass.access.Texts;
import dev.daypass.store.Requests;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.RequestJson;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decisions, and handing them over, through the JSON API. */
final class ApprovalApi {
  /**
   * The body of a decision.
   *
   * @param decision {@code approve}, {@code deny} or {@code handover}
   * @param duration with an approval, the shorter time for which, in ISO 8601; without it, for as
   *     long as holds now
   * @param stage which stage of the chain is meant, from 0; without it, the one that asks the
   *     caller, who must not have decided an earlier one
   * @param to with {@code handover}, the email address of whoever is to decide instead
   */
  record DecisionBody(
      @Nullable String decision,
      @Nullable String duration,
      @Nullable String comment,
      @Nullable Integer stage,
      @Nullable String to) {}

  private final Identity identity;
  private final Standing standing;
  private final Requests requests;
  private final Decisions decisions;

  ApprovalApi(Identity identity, Standing standing, Requests requests, Decisions decisions) {
    this.identity = identity;
    this.standing = standing;
    this.requests = requests;
    this.decisions = decisions;
  }

  HttpResponse decide(HttpRequest call) {
    var visitor = identity.require(call);
    var me = visitor.email();
    var id = call.pathParameter("id");
    var sent = call.sent(DecisionBody.class);
    var body = sent.body();
    var comment = Optional.ofNullable(body.comment()).orElse("");
    if (Decisions.HAND_OVER.equals(body.decision())) {
      if (body.duration() != null) {
        sent.refuse(List.of(Refusals.of("handover-for-a-time", "duration")));
      }
      sent.check();
      return handOver(call, visitor, body, comment);
    }
    var answer = sent.read(() -> answer(Optional.ofNullable(body.decision()).orElse("")));
    if (body.to() != null) {
      sent.refuse(List.of(Refusals.of("decision-to-somebody", "to")));
    }
    var duration =
        sent.read(() -> HowLong.read(Optional.ofNullable(body.duration()).orElse("")))
            .flatMap(Function.identity());
    if (!sent.isFine() && answer.equals(Optional.of(Answer.DENY)) && Texts.saysNothing(comment)) {
      sent.refuse(List.of(Refusals.of("comment-missing", "comment")));
    }
    sent.check();
    var request = asked(call, visitor);
    var outcome =
        decisions.decide(
            id,
            new Decisions.Sent(
                stage(body, request, me),
                me,
                answer.orElseThrow(),
                duration.orElse(null),
                comment,
                visitor.proof(),
                "api " + call.sourceIp()));
    return answered(outcome);
  }

  private HttpResponse handOver(
      HttpRequest call, Visitor.Known visitor, DecisionBody body, String comment) {
    var me = visitor.email();
    var request = asked(call, visitor);
    return answered(
        decisions.handOver(
            request.id(),
            new Decisions.SentOn(
                stage(body, request, me),
                me,
                Optional.ofNullable(body.to()).orElse(""),
                comment,
                visitor.proof(),
                "api " + call.sourceIp())));
  }

  private Request asked(HttpRequest call, Visitor.Known visitor) {
    return standing.requireAsked(
        visitor,
        Optional.of(call.pathParameter("id")).filter(RequestId::isOne).flatMap(requests::find));
  }

  private static int stage(DecisionBody body, Request request, String me) {
    return Optional.ofNullable(body.stage())
        .map(meant -> known(meant, request))
        .orElseGet(() -> stage(request, me));
  }

  private static HttpResponse answered(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed changed -> HttpResponse.json(200, RequestJson.of(changed.request()));
      case Outcome.Unchanged same -> HttpResponse.json(200, RequestJson.of(same.request()));
      case Outcome.Refused refused when refused.request() instanceof Pending ->
          throw new HttpProblem(Problem.refused(refused.refusals()));
      case Outcome.Refused refused -> throw new HttpProblem(Problem.conflict(refused.refusals()));
    };
  }

  private static int known(int stage, Request request) {
    int last = request.asked().plan().stages().size() - 1;
    if (stage < 0 || stage > last) {
      var message = "There is no such stage: stage is a number from 0 to " + last + ".";
      throw new HttpProblem(
          Problem.badInput(
              Problem.inEnglish(message), new Refusal("stage-unknown", "stage", message)));
    }
    return stage;
  }

  private static Answer answer(String word) {
    return switch (word) {
      case "approve" -> Answer.APPROVE;
      case "deny" -> Answer.DENY;
      default ->
          throw new HttpProblem(
              Problem.badInput(
                  Problem.inEnglish("Please say approve, deny or handover."),
                  new Refusal(
                      "decision-unknown",
                      "decision",
                      "decision is \"approve\", \"deny\" or \"handover\", in lower case.")));
    };
  }

  /**
   * The stage that asks this person; one that the person has decided; else the last.
   *
   * @throws HttpProblem 422 if this person has decided a stage and the next one asks them too: then
   *     a call that is sent again, because its answer got lost, would decide that one
   */
  private static int stage(Request request, String person) {
    var stages = request.stages();
    int decided = stages.size() - 1;
    while (decided >= 0 && !stages.get(decided).isDecidedBy(person)) {
      decided--;
    }
    if (request instanceof Pending pending
        && (pending.open().approvers().contains(person)
            || pending.open().standsInFor(person).isPresent())) {
      if (decided >= 0 && decided < pending.stage()) {
        throw new HttpProblem(
            Problem.refused(
                List.of(
                    new Refusal(
                        "stage-missing",
                        "stage",
                        "You have already decided an earlier step of this request, and you are"
                            + " asked again. Please say which step you mean; the open one is"
                            + " \"stage\": "
                            + pending.stage()
                            + "."))));
      }
      return pending.stage();
    }
    return decided >= 0 ? decided : stages.size() - 1;
  }
}
