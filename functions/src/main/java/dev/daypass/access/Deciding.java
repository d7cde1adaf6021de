package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import dev.daypass.access.Command.Decide;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Request.Pending;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The rules of a decision, each a named function; all that object are heard. */
final class Deciding {
  private interface Rule {
    Optional<Refusal> objection(Pending pending, Decide decide);
  }

  private static final List<Rule> RULES =
      List.of(
          Deciding::notTheRequester,
          Deciding::askedNow,
          Deciding::notReplaced,
          Deciding::notHandedOver,
          Deciding::notApprovedBefore,
          Deciding::notDecidedYet,
          Deciding::inTime,
          Deciding::proofSuffices,
          Deciding::timeFits,
          Deciding::denialIsExplained,
          Deciding::commentIsNotTooLong,
          Deciding::commentCanBeShown);

  /**
   * The most characters of all comments of a request together, as long as that leaves everybody
   * {@link #SHORTEST_LIMIT}: a request is one item of at most 400 KB, and what ends access must
   * always fit into it.
   */
  static final int MOST_COMMENTS = 12_000;

  /** So much may always be said. */
  static final int SHORTEST_LIMIT = 100;

  private Deciding() {}

  static List<Refusal> refusals(Pending pending, Decide decide) {
    var refusals = new ArrayList<Refusal>();
    for (var rule : RULES) {
      rule.objection(pending, decide).ifPresent(refusals::add);
    }
    refusals.addAll(decide.standing());
    return List.copyOf(refusals);
  }

  private static Optional<Refusal> notTheRequester(Pending pending, Decide decide) {
    return when(
        pending.asked().isBy(decide.act().by()),
        decide.act().by().equals(pending.asked().asker())
            ? Refusal.of(
                    "self-approval", "You asked for this yourself, so somebody else must decide.")
                .in("yours")
            : Refusal.of("self-approval", "This is for you, so somebody else must decide.")
                .in("for-you"));
  }

  private static Optional<Refusal> askedNow(Pending pending, Decide decide) {
    var by = decide.act().by();
    if (pending.open().everybodyAsked().contains(by)
        || pending.open().standsInFor(by).isPresent()
        || pending.open().isDecidedBy(by)
        || pending.isLeftOut(by)) {
      return Optional.empty();
    }
    return Optional.of(
        StandingIn.formerly(pending.open(), by)
            .map(Refusal::standInOver)
            .orElseGet(
                () ->
                    Refusal.of(
                        "not-asked", "You are not among the people asked to decide this now.")));
  }

  /** Whoever has decided before others were asked instead has done so for good. */
  private static Optional<Refusal> notReplaced(Pending pending, Decide decide) {
    var stage = pending.open();
    var now = stage.awaited();
    return when(
        stage.isReplaced(decide.act().by()),
        Refusal.of(
                "replaced",
                "This is no longer yours to decide: not enough answers had come in time, so "
                    + InEnglish.list(now, "and")
                    + (now.size() == 1 ? " is" : " are")
                    + " asked instead.")
            .with(now));
  }

  /** Whoever has given it away has done so for good, also where others are asked since. */
  private static Optional<Refusal> notHandedOver(Pending pending, Decide decide) {
    return pending.open().handedOverBy(decide.act().by()).map(HandingOver::done);
  }

  /** Asked they were not either; but this is why. */
  private static Optional<Refusal> notApprovedBefore(Pending pending, Decide decide) {
    return when(
        pending.isLeftOut(decide.act().by()),
        Refusal.of(
            "approved-before",
            "You have approved an earlier step of this request. Nobody counts twice, so somebody"
                + " else decides about this one."));
  }

  /** The same answer again never comes here; what does is a change of mind. */
  private static Optional<Refusal> notDecidedYet(Pending pending, Decide decide) {
    var inPlace = pending.open().decidedInPlaceOf(decide.act().by());
    if (inPlace.isPresent()) {
      var by = inPlace.get().by();
      return Optional.of(
          Refusal.of(
                  "stand-in-decided",
                  by
                      + " has approved this in your place, and that counts as your approval. To take"
                      + " it back, please withdraw it on the page of the request.")
              .with(by));
    }
    return when(
        pending.open().isDecidedBy(decide.act().by()),
        Refusal.of(
            "already-decided",
            "You have already approved this. To take that back, please withdraw your approval on the"
                + " page of the request."));
  }

  private static Optional<Refusal> inTime(Pending pending, Decide decide) {
    var stage = pending.open();
    return when(
        stage.isLastRound() && !decide.act().at().isBefore(stage.roundEndsAt()),
        Refusal.of(
                "too-late",
                "The time to answer ended at " + stage.roundEndsAt() + ". Nothing was changed.")
            .in("decision")
            .with(stage.roundEndsAt()));
  }

  private static Optional<Refusal> proofSuffices(Pending pending, Decide decide) {
    var demanded = pending.open().plan().proof();
    return when(
        !decide.proof().suffices(demanded),
        Refusal.of(
                "proof-too-weak",
                switch (demanded) {
                  case FRESH ->
                      "For this decision please sign in again; it must be less than five minutes ago.";
                  case SESSION -> "For this decision please sign in.";
                  case MAILBOX -> "For this decision please type the code from the mail.";
                })
            .in(demanded.name().toLowerCase(Locale.ROOT)));
  }

  private static Optional<Refusal> timeFits(Pending pending, Decide decide) {
    var duration = decide.duration();
    if (duration == null) {
      return Optional.empty();
    }
    if (decide.answer() == Answer.DENY) {
      return Optional.of(
          new Refusal(
              "denial-for-a-time",
              "duration",
              "A denial is not for a time. To allow less, approve for a shorter time; to deny, leave"
                  + " the time out."));
    }
    var shortest = Times.SHORTEST_ACCESS;
    var holds = pending.lasts();
    if (holds.compareTo(shortest) <= 0) {
      return Optional.of(
          new Refusal(
                  "approval-shortest",
                  "duration",
                  "This is for "
                      + InEnglish.duration(holds)
                      + ", and nothing shorter can be approved. Please leave the time out.")
              .with(holds));
    }
    return when(
        duration.compareTo(shortest) < 0 || duration.compareTo(holds) >= 0,
        new Refusal(
                "approval-not-shorter",
                "duration",
                "A shorter time is at least "
                    + InEnglish.duration(shortest)
                    + " and less than "
                    + InEnglish.duration(holds)
                    + ". Without one, the access lasts "
                    + InEnglish.duration(holds)
                    + ".")
            .with(shortest, holds));
  }

  /** What there is against taking an approval back with this comment. */
  static List<Refusal> ofWithdrawal(Request request, String comment) {
    return Stream.of(
            isExplained(comment),
            isNotTooLong(request, comment),
            Texts.refusal("comment-character", "comment", comment))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Refusal> denialIsExplained(Pending pending, Decide decide) {
    return decide.answer() == Answer.DENY ? isExplained(decide.comment()) : Optional.empty();
  }

  private static Optional<Refusal> isExplained(String comment) {
    return when(
        Texts.saysNothing(comment),
        new Refusal(
            "comment-missing",
            "comment",
            "Please say in a few words why not; the requester reads it."));
  }

  private static Optional<Refusal> commentIsNotTooLong(Pending pending, Decide decide) {
    return isNotTooLong(pending, decide.comment());
  }

  private static Optional<Refusal> isNotTooLong(Request request, String comment) {
    int most = longestComment(request);
    return when(
        Texts.length(comment) > most,
        new Refusal(
                "comment-too-long",
                "comment",
                "Please keep the comment to %,d characters.".formatted(most))
            .with(most));
  }

  private static Optional<Refusal> commentCanBeShown(Pending pending, Decide decide) {
    return Texts.refusal("comment-character", "comment", decide.comment());
  }

  /** Long ones for the first who decide, short ones for the hundredth. */
  private static int longestComment(Request request) {
    int used =
        request.stages().stream()
            .flatMap(
                stage ->
                    Stream.concat(
                        stage.decisions().stream().map(Decision::comment),
                        stage.handovers().stream().map(Handover::comment)))
            .mapToInt(Texts::length)
            .sum();
    return Math.clamp((long) MOST_COMMENTS - used, SHORTEST_LIMIT, Texts.LONGEST);
  }
}
