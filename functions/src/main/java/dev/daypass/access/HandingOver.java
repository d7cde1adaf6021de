package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import dev.daypass.access.Command.HandOver;
import dev.daypass.access.Request.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rules of handing a decision over: whoever could decide now may, to somebody who was not asked
 * before and whom no later step needs.
 */
public final class HandingOver {
  private static final String TO = "to";

  private HandingOver() {}

  static List<Refusal> refusals(Pending pending, HandOver hand) {
    var by = hand.act().by();
    var standsInFor = pending.open().standsInFor(by);
    if (standsInFor.isPresent()) {
      return List.of(notByAStandIn(standsInFor.get()));
    }
    var refusals =
        new ArrayList<>(
            Deciding.refusals(
                pending,
                new Command.Decide(
                    hand.act(),
                    hand.stage(),
                    Decision.Answer.APPROVE,
                    null,
                    hand.comment(),
                    hand.proof(),
                    hand.standing())));
    // Whoever cannot hand it over need not hear to whom they could not.
    if (pending.open().approvers().contains(by)) {
      objection(pending, by, hand.to()).ifPresent(refusals::add);
    }
    return List.copyOf(refusals);
  }

  /**
   * Whether the request itself lets this person hand their part of the open stage over to that one.
   * What today's runbook and directory say of it is not looked at here.
   *
   * @param from email address of one of those who are asked
   */
  public static boolean isPossible(Pending pending, String from, String to) {
    return objection(pending, from, to).isEmpty();
  }

  private static Optional<Refusal> objection(Pending pending, String from, String to) {
    var stage = pending.open();
    if (to.isEmpty()) {
      return refusal("handover-to-nobody", "Please choose who is to decide in your place.");
    }
    if (to.equals(pending.asked().requester())) {
      return refusal(
          "handover-to-requester",
          "Nobody decides about their own request. Please choose somebody else.");
    }
    if (to.equals(pending.asked().askedBy())) {
      return refusal(
          "handover-to-asker",
          to + " asked for this, and does not decide about it. Please choose somebody else.",
          to);
    }
    if (stage.everybodyTold().contains(to)) {
      return refusal(
          "handover-asked-before",
          to + " has been asked about this already. Please choose somebody else.",
          to);
    }
    if (pending.isLeftOut(to)) {
      return refusal(
          "handover-approved-before",
          to
              + " has approved an earlier step of this request, and nobody counts twice."
              + " Please choose somebody else.",
          to);
    }
    // Whoever has handed it over counts among those who were asked, so this comes to an end.
    return when(
            stage.plan().asked().size() + stage.handovers().size() >= Plan.MOST_APPROVERS,
            new Refusal(
                    "handover-too-many",
                    TO,
                    "%d people have been asked about this, and no more can be. Please decide yourself."
                        .formatted(Plan.MOST_APPROVERS))
                .with(Plan.MOST_APPROVERS))
        .or(
            () ->
                isNeeded(pending, from, to)
                    ? refusal(
                        "handover-needed-elsewhere",
                        to
                            + " is needed in another step of this request, and nobody counts twice."
                            + " Please choose somebody else.",
                        to)
                    : Optional.empty());
  }

  /** Whether too few would be left, in a later round or a later stage, if they decided here. */
  private static boolean isNeeded(Pending pending, String from, String to) {
    var stage = pending.open();
    if (!stage.plan().suffices(from, to)) {
      return true;
    }
    var chain = new ArrayList<>(pending.stages().stream().map(Stage::plan).toList());
    // As if from the beginning: whoever has handed it over can no longer approve here.
    var tried = new Handover(from, to, 0, "", stage.openedAt());
    chain.set(pending.stage(), stage.plan().with(tried));
    var planned = pending.asked().plan().stages();
    chain.addAll(planned.subList(pending.stages().size(), planned.size()));
    return Plan.stuck(chain).isPresent();
  }

  /** For whoever has handed it over and comes to decide, or to hand it over once more. */
  static Refusal done(Handover handover) {
    return Refusal.of(
            "handed-over",
            "You handed this over to " + handover.to() + ", so it is no longer yours to decide.")
        .with(handover.to());
  }

  /** A stand-in's stand-in is not followed, and this would be the same by another door. */
  private static Refusal notByAStandIn(String of) {
    return Refusal.of(
            "handover-stand-in",
            "You are asked in place of %s, so only %s can hand this over. You can decide, or leave it to %s."
                .formatted(of, of, of))
        .with(of);
  }

  private static Optional<Refusal> refusal(String code, String message, Object... about) {
    return Optional.of(new Refusal(code, TO, message).with(about));
  }
}
