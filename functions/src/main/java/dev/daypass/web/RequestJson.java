package dev.daypass.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.daypass.access.Decision;
import dev.daypass.access.Event;
import dev.daypass.access.Evidence;
import dev.daypass.access.Grant;
import dev.daypass.access.Handover;
import dev.daypass.access.OwnersTask;
import dev.daypass.access.OwnersTask.Work;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Review;
import dev.daypass.access.Stage;
import dev.daypass.access.StandIn;
import dev.daypass.access.Status;
import dev.daypass.access.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request on the wire of the JSON API.
 *
 * @param system its id
 * @param requester the person it is for
 * @param askedBy who asked for that person; left out if they asked themselves
 * @param systemTitle its name for people, as in lists
 * @param duration how long was asked for
 * @param approvedDuration how long the access lasts instead, if somebody approved it for less
 * @param startsAt before when nothing is set up; left out to begin with the last approval
 * @param endReason {@code EXPIRED}, {@code RETURNED} or {@code REVOKED}, once it is ending
 * @param failure {@code ALREADY_HELD} or {@code NOT_SET_UP}, if it failed
 * @param why in words, if it failed or an approval was withdrawn
 * @param withdrawnBy who ended it by taking their approval back; left out if nobody did
 * @param rule what has approved it in place of people; left out where people decide
 * @param breakGlass true if it was taken in an emergency, and nobody was asked; else left out
 * @param review what is, or is to be, said of that; left out where it was none
 * @param stages all stages of the chain, also those not begun; none where nobody is asked
 * @param grant the access, once it has been set up
 * @param task what somebody must do by hand, while nobody has
 * @param nextDue by when something must happen next
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RequestJson(
    String id,
    Status status,
    int version,
    String runbook,
    int runbookVersion,
    String title,
    String system,
    String systemTitle,
    String role,
    String requester,
    @Nullable String askedBy,
    Duration duration,
    @Nullable Duration approvedDuration,
    String reason,
    @Nullable String ticket,
    @Nullable Instant startsAt,
    Instant createdAt,
    @Nullable RuleJson rule,
    @Nullable Boolean breakGlass,
    @Nullable ReviewJson review,
    List<StageJson> stages,
    @Nullable GrantJson grant,
    @Nullable String endReason,
    Failed.@Nullable Reason failure,
    @Nullable String why,
    @Nullable String withdrawnBy,
    @Nullable TaskJson task,
    @Nullable Instant nextDue,
    List<EventJson> events) {
  /**
   * The rule of the runbook's version that approved it.
   *
   * @param publisher who published that version
   */
  public record RuleJson(String name, String publisher) {}

  /**
   * The review of an emergency.
   *
   * @param reviewers who must say whether it was justified
   * @param verdict {@code justified} or {@code not-justified}; left out, as the rest, while nobody
   *     has said so
   * @param note why, in the words of whoever said so
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record ReviewJson(
      Instant openedAt,
      List<String> reviewers,
      @Nullable String verdict,
      @Nullable String by,
      @Nullable Instant at,
      @Nullable String note) {}

  /**
   * A stage.
   *
   * @param state {@code WAITING} if not begun, else how it stands
   * @param asks who may decide in the current round
   * @param handovers what has been handed over, oldest first; left out where nothing has been
   * @param standIns who stands or stood in for one of those asked, oldest first; left out where
   *     nobody did
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StageJson(
      String title,
      String state,
      List<String> asks,
      int needed,
      Proof proof,
      @Nullable Integer round,
      @Nullable Instant roundEndsAt,
      List<DecisionJson> decisions,
      @Nullable List<HandoverJson> handovers,
      @Nullable List<StandInJson> standIns) {}

  /**
   * That somebody stands or stood in for one of those asked, who may decide as well.
   *
   * @param of who is asked, as {@code for}
   * @param by who stands in
   * @param until when that was over; left out while it lasts
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record StandInJson(
      @JsonProperty("for") String of, String by, Instant since, @Nullable Instant until) {}

  /**
   * That somebody who was asked handed their part over.
   *
   * @param by who did
   * @param to who is asked in their place
   */
  public record HandoverJson(String by, String to, String comment, Instant at) {}

  /**
   * A decision.
   *
   * @param standsInFor who was asked, as {@code for}, where somebody stood in for them; else left
   *     out
   * @param duration the shorter time that it allows; left out where it allows what was wanted
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record DecisionJson(
      String by,
      @JsonProperty("for") @Nullable String standsInFor,
      String decision,
      @Nullable Duration duration,
      String comment,
      Proof proof,
      Instant at) {}

  /**
   * The access.
   *
   * @param extendableUntil while it is active, the latest end to which the plan lets its holder
   *     extend it (today's runbook may say less); left out where the plan has no such rule, or
   *     somebody approved it for less
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record GrantJson(
      Instant startedAt, Instant expiresAt, @Nullable Instant extendableUntil) {}

  /**
   * A task that is open.
   *
   * @param kind {@code set-up} or {@code take-away}
   * @param answerable whether somebody's word closes it; else reading the system does
   * @param group what the role is called in the system; absent if nothing says so
   * @param steps what to do, in order; empty if it is not written down
   * @param leftover whether an earlier access may still be there, while it is to be set up
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record TaskJson(
      String kind,
      boolean answerable,
      Instant openedAt,
      List<String> owners,
      @Nullable String group,
      List<String> steps,
      @Nullable Boolean leftover) {}

  /**
   * One thing that happened.
   *
   * @param evidence what was attached to it; left out if nothing was
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record EventJson(
      int version,
      Instant at,
      String kind,
      String by,
      String via,
      Status status,
      @Nullable EvidenceJson evidence) {}

  /**
   * A picture or document that shows what was done by hand.
   *
   * @param sha256 of its bytes, in hexadecimal digits; its name in addresses
   * @param type as HTTP calls it
   * @param name what its sender calls it; may be empty
   */
  public record EvidenceJson(String sha256, String type, int bytes, String name) {
    static EvidenceJson of(Evidence evidence) {
      return new EvidenceJson(
          evidence.sha256(), evidence.type().media(), evidence.bytes(), evidence.name());
    }
  }

  /** The request as it is now. */
  public static RequestJson of(Request request) {
    var asked = request.asked();
    var plan = asked.plan();
    return new RequestJson(
        request.id(),
        request.status(),
        request.version(),
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        asked.requester(),
        asked.askedBy(),
        asked.duration(),
        request.shortened().flatMap(Decision::shorter).orElse(null),
        asked.reason(),
        asked.ticket(),
        asked.startsAt(),
        asked.at(),
        rule(plan),
        plan.takenInEmergency() ? true : null,
        request.review().map(RequestJson::review).orElse(null),
        stages(request),
        request.given().map(given -> grant(request, given)).orElse(null),
        switch (request) {
          case Ending ending -> ending.reason().name();
          case Ended ended -> ended.reason().name();
          case Pending _,
              Request.Scheduled _,
              Request.Provisioning _,
              Request.Active _,
              Request.Denied _,
              Request.Lapsed _,
              Cancelled _,
              Failed _ ->
              null;
        },
        request instanceof Failed failed ? failed.reason() : null,
        why(request),
        request instanceof Cancelled cancelled ? cancelled.withdrawnBy().orElse(null) : null,
        request.ownersTask().map(task -> task(request, task)).orElse(null),
        request.nextDue().orElse(null),
        request.trail().events().stream().map(RequestJson::event).toList());
  }

  private static @Nullable String why(Request request) {
    if (request instanceof Failed failed) {
      return failed.why();
    }
    return request instanceof Cancelled cancelled && cancelled.withdrawnBy().isPresent()
        ? cancelled.trail().last().details().get("why")
        : null;
  }

  private static TaskJson task(Request request, OwnersTask task) {
    boolean isSetUp = task.work() == Work.SET_UP;
    return new TaskJson(
        isSetUp ? "set-up" : "take-away",
        task.isByHand(),
        task.openedAt(),
        task.owners(),
        request.asked().plan().target().settings().get(Target.GROUP),
        request.asked().plan().target().steps(isSetUp ? Target.SET_UP : Target.TAKE_AWAY),
        isSetUp ? task.leftover() : null);
  }

  private static GrantJson grant(Request request, Grant grant) {
    var extendable =
        request instanceof Request.Active active ? active.extendable().orElse(null) : null;
    return new GrantJson(
        grant.startedAt(),
        grant.expiresAt(),
        extendable == null ? null : grant.startedAt().plus(extendable));
  }

  private static ReviewJson review(Review review) {
    var answer = review.answer();
    return answer == null
        ? new ReviewJson(review.openedAt(), review.reviewers(), null, null, null, null)
        : new ReviewJson(
            review.openedAt(),
            review.reviewers(),
            switch (answer.verdict()) {
              case JUSTIFIED -> "justified";
              case NOT_JUSTIFIED -> "not-justified";
            },
            answer.by(),
            answer.at(),
            answer.note());
  }

  private static @Nullable RuleJson rule(Plan plan) {
    var rule = plan.rule();
    return rule == null ? null : new RuleJson(rule.name(), rule.publisher());
  }

  private static List<StageJson> stages(Request request) {
    if (request.asked().plan().asksNobody()) {
      return List.of();
    }
    var stages = new ArrayList<StageJson>();
    var chain = request.asked().plan().stages();
    for (int i = 0; i < chain.size(); i++) {
      if (i < request.stages().size()) {
        stages.add(begun(request, request.stages().get(i)));
      } else {
        var first = chain.get(i).after(Stage.approvers(request.stages())).rounds().getFirst();
        stages.add(
            new StageJson(
                chain.get(i).title(),
                "WAITING",
                first.approvers(),
                first.needed(),
                chain.get(i).proof(),
                null,
                null,
                List.of(),
                null,
                null));
      }
    }
    return stages;
  }

  private static StageJson begun(Request request, Stage stage) {
    boolean open = request instanceof Pending && stage.result() == Stage.Result.OPEN;
    return new StageJson(
        stage.plan().title(),
        stage.result().name(),
        stage.approvers(),
        stage.roundPlan().needed(),
        stage.plan().proof(),
        stage.round(),
        open ? stage.roundEndsAt() : null,
        stage.decisions().stream().map(RequestJson::decision).toList(),
        stage.handovers().isEmpty()
            ? null
            : stage.handovers().stream().map(RequestJson::handover).toList(),
        stage.standIns().isEmpty()
            ? null
            : stage.standIns().stream().map(RequestJson::standIn).toList());
  }

  private static StandInJson standIn(StandIn one) {
    return new StandInJson(one.of(), one.by(), one.since(), one.until());
  }

  private static HandoverJson handover(Handover handover) {
    return new HandoverJson(handover.from(), handover.to(), handover.comment(), handover.at());
  }

  private static DecisionJson decision(Decision decision) {
    return new DecisionJson(
        decision.by(),
        decision.standsInFor(),
        switch (decision.answer()) {
          case APPROVE -> "approve";
          case DENY -> "deny";
        },
        decision.duration(),
        decision.comment(),
        decision.proof(),
        decision.at());
  }

  private static EventJson event(Event event) {
    return new EventJson(
        event.version(),
        event.act().at(),
        event.kind().name(),
        event.act().by(),
        event.act().via(),
        event.status(),
        Evidence.of(event).map(EvidenceJson::of).orElse(null));
  }
}
