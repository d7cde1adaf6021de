package dev.daypass.words;

import dev.daypass.access.Command;
import dev.daypass.access.Proof;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Times;
import dev.daypass.words.Sentence.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Every status and every event of a request as people are told of it. Status names stay in the API
 * and in the trail.
 */
public final class Telling {
  private Telling() {}

  /** A sentence of those below, with its full stop. */
  public static Said stop(Said sentence) {
    return Said.of("say.stop", sentence);
  }

  /**
   * Somebody, and in whose place they did it.
   *
   * @param of name of the other one; empty if in nobody's
   * @return what can stand for a name in the sentences below
   */
  public static Object inPlaceOf(String name, Optional<String> of) {
    return of.<Object>map(one -> Said.of("who.in-place", name, one)).orElse(name);
  }

  /** Somebody who is asked, and who is asked in their place. */
  public static Said personWithStandIn(String name, String standIn) {
    return Said.of("who.with-stand-in", name, standIn);
  }

  // How things stand.

  /**
   * How the access of a request comes and goes, once it is approved: as whole sentences.
   *
   * @param byHand whether people set it up and take it away
   * @param system the title of the system
   */
  public static List<Said> comesAndGoes(boolean byHand, String system) {
    return comesAndGoes(byHand, system, false);
  }

  /** As {@link #comesAndGoes(boolean, String)}, in an emergency. */
  public static List<Said> comesAtOnce(boolean byHand, String system) {
    return byHand
        ? List.of(
            Said.of("page.emergency.set-up.by-hand", system), Said.of("page.ask.chain.end.by-hand"))
        : List.of(Said.of("page.emergency.set-up"), Said.of("page.ask.chain.end"));
  }

  /**
   * As {@link #comesAndGoes(boolean, String)}.
   *
   * @param later whether a time to begin can be chosen
   */
  public static List<Said> comesAndGoes(boolean byHand, String system, boolean later) {
    return withLater(
        later,
        Stream.of(
            byHand
                ? Said.of("page.ask.chain.set-up.by-hand", system, Times.SET_UP_BY_HAND)
                : Said.of("page.ask.chain.set-up"),
            Said.of(byHand ? "page.ask.chain.end.by-hand" : "page.ask.chain.end")));
  }

  /** As {@link #comesAndGoes(boolean, String)}, told to whoever asks for somebody else. */
  public static List<Said> comesAndGoesForOther(boolean byHand, String system) {
    return comesAndGoesForOther(byHand, system, false);
  }

  /** As {@link #comesAndGoes(boolean, String, boolean)}, to whoever asks for somebody else. */
  public static List<Said> comesAndGoesForOther(boolean byHand, String system, boolean later) {
    return withLater(
        later,
        byHand
            ? Stream.of(
                Said.of("page.ask.chain.set-up.by-hand.for-other", system, Times.SET_UP_BY_HAND),
                Said.of("page.ask.chain.end.by-hand.for-other"))
            : Stream.of(
                Said.of("page.ask.chain.set-up.for-other"),
                Said.of("page.ask.chain.end.for-other")));
  }

  private static List<Said> withLater(boolean later, Stream<Said> how) {
    return (later ? Stream.concat(Stream.of(Said.of("page.ask.chain.later")), how) : how).toList();
  }

  /** Somebody who asks, for the middle of a sentence. */
  public static Said asks(String name) {
    return Said.of("say.who", name);
  }

  /**
   * As {@link #asks}, where it is for somebody else.
   *
   * @param name of whoever asks
   * @param other name of the person it is for
   */
  public static Said asksFor(String name, String other) {
    return Said.of("say.who.for", name, other);
  }

  /** Somebody who can do nothing any more. */
  public static Said personGone(String name) {
    return Said.of("oversee.who.gone", name);
  }

  /**
   * Somebody still has to answer.
   *
   * @param people names, or what {@link #personGone} says
   * @param needed how many of them must still approve
   */
  public static Sentence waitingFor(List<?> people, int needed) {
    return new Sentence(
        needed > 1 && people.size() > 1
            ? Said.of("status.waiting.several", needed, people)
            : Said.of("status.waiting", people),
        Tone.WAITING);
  }

  /** As {@link #waitingFor(List, int)}, where one answer is enough. */
  public static Sentence waitingFor(List<?> people) {
    return waitingFor(people, 1);
  }

  /** As {@link #waitingFor}, where it is not known for whom. */
  public static Sentence waiting() {
    return new Sentence(Said.of("status.waiting.somebody"), Tone.WAITING);
  }

  /** Approved; nobody has been asked to set it up yet. */
  public static Sentence approvedByHand() {
    return new Sentence(Said.of("status.approved.by-hand"), Tone.WAITING);
  }

  public static Sentence approvedSettingUp() {
    return new Sentence(Said.of("status.setting-up"), Tone.WAITING);
  }

  /**
   * As {@link #approvedSettingUp} and {@link #approvedByHand}, where nobody was asked.
   *
   * @param byHand whether people set it up
   */
  public static Sentence emergencySettingUp(boolean byHand) {
    return new Sentence(
        Said.of(byHand ? "status.emergency.by-hand" : "status.emergency.setting-up"), Tone.WAITING);
  }

  /**
   * Nobody has said yet whether the emergency was one.
   *
   * @param people names, or what {@link #personGone} says
   */
  public static Said toBeReviewed(List<?> people) {
    return Said.of("emergency.open", people);
  }

  /** Somebody has said whether the emergency was one. */
  public static Said reviewed(String name, boolean justified) {
    return Said.of(justified ? "emergency.justified" : "emergency.not-justified", name);
  }

  /**
   * Approved, and people set it up.
   *
   * @param owners names, or what {@link #personGone} says
   */
  public static Sentence settingUpByHand(List<?> owners) {
    return new Sentence(Said.of("status.setting-up.by-hand", owners), Tone.WAITING);
  }

  /**
   * As {@link #settingUpByHand}, where an earlier access may still be there.
   *
   * @param owners names, or what {@link #personGone} says
   */
  public static Sentence settingUpByHandWithLeftover(List<?> owners) {
    return new Sentence(Said.of("status.setting-up.by-hand.leftover", owners), Tone.WAITING);
  }

  /**
   * Approved, and an owner has said that it was there already; nothing has followed from it yet.
   */
  public static Sentence saidToBeHeld() {
    return new Sentence(Said.of("status.setting-up.held"), Tone.WAITING);
  }

  /** Approved, and an owner has said that it cannot be set up; nothing has followed from it yet. */
  public static Sentence saidToBeImpossible() {
    return new Sentence(Said.of("status.setting-up.impossible"), Tone.WAITING);
  }

  /**
   * Over, and people take it away.
   *
   * @param owners names, or what {@link #personGone} says
   */
  public static Sentence takingAwayByHand(List<?> owners) {
    return new Sentence(Said.of("status.ending.by-hand", owners), Tone.WAITING);
  }

  /**
   * Access is there.
   *
   * @param until when it ends, or null if that is not known
   */
  public static Sentence access(@Nullable Instant until) {
    return new Sentence(
        until == null ? Said.of("status.access") : Said.of("status.access.until", until),
        Tone.GOOD);
  }

  public static Sentence beingTakenAway() {
    return new Sentence(Said.of("status.ending"), Tone.WAITING);
  }

  /** As {@link #beingTakenAway}, of what was never known to be there. */
  public static Sentence beingTakenAwayEarly() {
    return new Sentence(Said.of("status.ending.early"), Tone.WAITING);
  }

  /**
   * As {@link #takingAwayByHand}, of what was never known to be there.
   *
   * @param owners names, or what {@link #personGone} says
   */
  public static Sentence makingSureByHand(List<?> owners) {
    return new Sentence(Said.of("status.ending.by-hand.early", owners), Tone.WAITING);
  }

  public static Sentence denied() {
    return new Sentence(Said.of("status.denied"), Tone.BAD);
  }

  public static Sentence deniedBy(Object name) {
    return new Sentence(Said.of("status.denied.by", name), Tone.BAD);
  }

  public static Sentence nobodyAnswered() {
    return new Sentence(Said.of("status.lapsed"), Tone.BAD);
  }

  public static Sentence approvalTakenBack(String name) {
    return new Sentence(Said.of("status.approval-withdrawn", name), Tone.BAD);
  }

  public static Sentence cancelled() {
    return new Sentence(Said.of("status.cancelled"), Tone.OVER);
  }

  public static Sentence ended() {
    return new Sentence(Said.of("status.ended"), Tone.OVER);
  }

  /** Over although nobody had said that it was gone, since a later request asks for the same. */
  public static Sentence endedUnsaid() {
    return new Sentence(Said.of("status.ended.unsaid"), Tone.OVER);
  }

  public static Sentence givenBack() {
    return new Sentence(Said.of("status.given-back"), Tone.OVER);
  }

  /** It is over, and it is not known how. */
  public static Sentence over() {
    return new Sentence(Said.of("status.over"), Tone.OVER);
  }

  /** It is over, and it is not known why there was no access. */
  public static Sentence nothingSetUp() {
    return new Sentence(Said.of("status.nothing"), Tone.BAD);
  }

  /** Given back before it was there. */
  public static Sentence withdrawn() {
    return new Sentence(Said.of("status.withdrawn"), Tone.OVER);
  }

  /** Approved, and it begins later. */
  public static Sentence approvedToBegin(Instant at) {
    return new Sentence(Said.of("status.begins", at), Tone.GOOD);
  }

  /** It was approved for later, and then it could not begin. */
  public static Sentence notBegun() {
    return new Sentence(Said.of("status.not-begun"), Tone.BAD);
  }

  /** Taken away before it was there. */
  public static Sentence stoppedBy(String name) {
    return new Sentence(Said.of("status.stopped", name), Tone.BAD);
  }

  public static Sentence takenAwayBy(String name) {
    return new Sentence(Said.of("status.taken-away", name), Tone.BAD);
  }

  public static Sentence couldNotBeSetUp() {
    return new Sentence(Said.of("status.not-set-up"), Tone.BAD);
  }

  public static Sentence mayNotHaveBoth() {
    return new Sentence(Said.of("status.not-both"), Tone.BAD);
  }

  public static Sentence alreadyHeld() {
    return new Sentence(Said.of("status.already-held"), Tone.BAD);
  }

  // What happened, as sentences without their full stop.

  public static Said asked(String requester) {
    return Said.of("past.asked", requester);
  }

  public static Said tookInEmergency(String requester) {
    return Said.of("past.emergency", requester);
  }

  /** Those who heard of an emergency at once, as far as the request names them. */
  public static Said toReview(List<String> names) {
    return Said.of("past.to-review", names);
  }

  public static Said reviewReminded(List<String> names) {
    return Said.of("past.review-reminded", names);
  }

  public static Said reviewedBy(String name, boolean justified) {
    return Said.of(justified ? "past.justified" : "past.not-justified", name);
  }

  public static Said nextReviewReminder(List<?> people) {
    return Said.of("next.review-reminder", people);
  }

  /**
   * As {@link #asked}, for somebody else.
   *
   * @param asker who asked
   * @param requester for whom
   */
  public static Said askedForOther(String asker, String requester) {
    return Said.of("past.asked-for", asker, requester);
  }

  /** What somebody did, told to themselves; as it is where they are not spoken to. */
  public static Said toWhoeverDid(Said did) {
    if (!did.arguments().isEmpty() && did.arguments().getFirst() instanceof Said) {
      // In whose place would be lost.
      return did;
    }
    var rest = did.arguments().stream().skip(1).toArray();
    return switch (did.key()) {
      case "past.asked" -> Said.of("past.asked.you", rest);
      case "past.emergency" -> Said.of("past.emergency.you", rest);
      case "past.justified" -> Said.of("past.justified.you", rest);
      case "past.not-justified" -> Said.of("past.not-justified.you", rest);
      case "past.asked-for" -> Said.of("past.asked-for.you", rest);
      case "past.approved" -> Said.of("past.approved.you", rest);
      case "past.approved.mail" -> Said.of("past.approved.mail.you", rest);
      case "past.approved.shorter" -> Said.of("past.approved.shorter.you", rest);
      case "past.approved.mail.shorter" -> Said.of("past.approved.mail.shorter.you", rest);
      case "past.denied" -> Said.of("past.denied.you", rest);
      case "past.denied.mail" -> Said.of("past.denied.mail.you", rest);
      case "past.handed-over" -> Said.of("past.handed-over.you", rest);
      case "past.cancelled" -> Said.of("past.cancelled.you", rest);
      case "past.approval-withdrawn" -> Said.of("past.approval-withdrawn.you", rest);
      case "past.extended" -> Said.of("past.extended.you", rest);
      case "past.returned" -> Said.of("past.returned.you", rest);
      case "past.withdrawn" -> Said.of("past.withdrawn.you", rest);
      case "past.stopped" -> Said.of("past.stopped.you", rest);
      case "past.revoked" -> Said.of("past.revoked.you", rest);
      case "past.hands.done" -> Said.of("past.hands.done.you", rest);
      case "past.hands.held" -> Said.of("past.hands.held.you", rest);
      case "past.hands.impossible" -> Said.of("past.hands.impossible.you", rest);
      case "past.hands.gone" -> Said.of("past.hands.gone.you", rest);
      case "past.hands.not-there" -> Said.of("past.hands.not-there.you", rest);
      default -> did;
    };
  }

  /** A rule of the published runbook approved it; nobody was asked. */
  public static Said approvedByRule(String rule, int version, String publisher) {
    return Said.of("past.approved-by-rule", rule, version, publisher);
  }

  public static Said wereAsked(RoundPlan.Kind kind, List<String> names) {
    return Said.of(
        switch (kind) {
          case NOTICE -> "past.were-asked";
          case REMINDER -> "past.were-reminded";
          case ESCALATION -> "past.were-asked-then";
        },
        names);
  }

  /** Whoever was asked handed it over. */
  public static Said handedOver(String by, String to) {
    return Said.of("past.handed-over", by, to);
  }

  /**
   * These are asked in the place of those, one for one.
   *
   * @param who what {@link #inPlaceOf} says
   */
  public static Said standInsAsked(List<?> who) {
    return Said.of("past.stand-ins-asked", who);
  }

  /** These are no longer asked in the place of those. */
  public static Said standInsOver(List<?> who) {
    return Said.of("past.stand-ins-over", who);
  }

  /** Nobody counts twice. */
  public static Said notAskedAgain(List<String> names) {
    return Said.of("past.not-asked-again", names);
  }

  /** Others are asked instead. */
  public static Said replaced(List<String> names) {
    return Said.of("past.replaced", names);
  }

  /**
   * Somebody said yes.
   *
   * @param shorter the shorter time for which, or null
   */
  public static Said approved(Object name, Proof proof, @Nullable Duration shorter) {
    return shorter == null
        ? Said.of(byMail(proof) ? "past.approved.mail" : "past.approved", name)
        : Said.of(
            byMail(proof) ? "past.approved.mail.shorter" : "past.approved.shorter", name, shorter);
  }

  /** Somebody said no. */
  public static Said denied(Object name, Proof proof) {
    return Said.of(byMail(proof) ? "past.denied.mail" : "past.denied", name);
  }

  private static boolean byMail(Proof proof) {
    return switch (proof) {
      case SESSION, FRESH -> false;
      case MAILBOX -> true;
    };
  }

  public static Said lapsed() {
    return Said.of("past.lapsed");
  }

  public static Said nobodyToAsk() {
    return Said.of("past.nobody-to-ask");
  }

  public static Said approvalWithdrawnBy(String name) {
    return Said.of("past.approval-withdrawn", name);
  }

  public static Said cancelledBy(String name) {
    return Said.of("past.cancelled", name);
  }

  public static Said settingUp() {
    return Said.of("past.setting-up");
  }

  public static Said setUp(Instant until) {
    return Said.of("past.set-up", until);
  }

  public static Said extendedBy(String name, Instant until) {
    return Said.of("past.extended", name, until);
  }

  /** Tried as long as it was worth it; what may be left of it is taken away next. */
  public static Said nobodySetItUp(Duration patience) {
    return Said.of("past.gave-up.nobody", patience);
  }

  /** Not set up because of a role that nobody may have as well. */
  public static Said notBoth(String role, String system) {
    return Said.of("past.not-both", role, system);
  }

  public static Said gaveUp() {
    return Said.of("past.gave-up");
  }

  public static Said couldNotSetUp() {
    return Said.of("past.not-set-up");
  }

  public static Said wasThereAlready() {
    return Said.of("past.already-held");
  }

  public static Said expired() {
    return Said.of("past.expired");
  }

  public static Said returnedBy(String name) {
    return Said.of("past.returned", name);
  }

  /** As {@link #returnedBy}, before it was there. */
  public static Said withdrawnBy(String name) {
    return Said.of("past.withdrawn", name);
  }

  /**
   * As {@link #notBegun()}, when it happened.
   *
   * @param why a clause
   */
  public static Said notBegunSince(Said why) {
    return Said.of("past.not-begun", why);
  }

  public static Said nextBeginning(boolean byHand) {
    return Said.of(byHand ? "next.beginning.by-hand" : "next.beginning");
  }

  /** Once it is approved, access from then on. */
  public static Said nextAccessFrom(Instant startsAt, Duration lasts) {
    return Said.of("next.access.from", startsAt, lasts);
  }

  /** As {@link #revokedBy}, before it was there. */
  public static Said stopped(String name) {
    return Said.of("past.stopped", name);
  }

  public static Said revokedBy(String name) {
    return Said.of("past.revoked", name);
  }

  public static Said gone(String system) {
    return Said.of("past.gone", system);
  }

  public static Said nothingWasAdded() {
    return Said.of("past.nothing-added");
  }

  /** A later request waits to be set up by hand, and nobody has said that this one is gone. */
  public static Said wantedOn() {
    return Said.of("past.wanted-on");
  }

  public static Said heldOn() {
    return Said.of("past.held-on");
  }

  public static Said notGoneYet(String system) {
    return Said.of("past.not-gone", system);
  }

  /** Whoever does what no owner may do. */
  public static Said anAdministrator() {
    return Said.of("oversee.who.administrator");
  }

  public static Said handsAskedToSetUp(List<?> owners) {
    return Said.of("past.hands.set-up", owners);
  }

  /** What became of setting it up by hand. */
  public static Said setUpAnswered(String by, SetUpTask.Result result) {
    return switch (result) {
      case DONE -> Said.of("past.hands.done", by);
      case HELD -> Said.of("past.hands.held", by);
      case IMPOSSIBLE -> Said.of("past.hands.impossible", by);
    };
  }

  public static Said handsAskedToTakeAway(List<?> owners) {
    return Said.of("past.hands.take-away", owners);
  }

  /** As {@link #handsAskedToTakeAway}, of what was never known to be there. */
  public static Said handsAskedToMakeSure(List<?> owners) {
    return Said.of("past.hands.make-sure", owners);
  }

  /** As {@link #takenAwayByHand}, of what was never known to be there. */
  public static Said notThereByHand(String by) {
    return Said.of("past.hands.not-there", by);
  }

  public static Said takenAwayByHand(String by) {
    return Said.of("past.hands.gone", by);
  }

  /**
   * Those who have a task were told of it again, and those who were told before with them.
   *
   * @param reminder which of the task it was, from 1
   * @param first names of those who were told for the first time
   */
  public static Said reminded(int reminder, List<String> first) {
    if (first.isEmpty()) {
      return Said.of("past.hands.reminded.again", reminder);
    }
    return reminder == 1
        ? Said.of("past.hands.reminded", first)
        : Said.of("past.hands.reminded.more", reminder, first);
  }

  public static Said goneByWord(String system) {
    return Said.of("past.hands.over", system);
  }

  public static Said mailRefused(String name) {
    return Said.of("past.mail-refused", name);
  }

  /** A mail that asked somebody to decide came back, or was reported as spam. */
  public static Said mailReturned(String name, Command.MailReturned.Why why) {
    return Said.of(
        switch (why) {
          case BOUNCE -> "past.mail-returned";
          case COMPLAINT -> "past.mail-complained";
        },
        name);
  }

  /** The name of somebody who is asked and whom the mail did not reach. */
  public static Said personNotReached(String name) {
    return Said.of("status.not-reached", name);
  }

  /** Others are asked because mails did not reach those before. */
  public static Said wereAskedInstead(List<String> names) {
    return Said.of("past.were-asked-instead", names);
  }

  /**
   * A span of time for the middle of a sentence: of plain time, or of working time, which is told
   * in hours, since a day of it is more than a day.
   */
  public static Object span(Duration span, boolean working) {
    if (!working) {
      return span;
    }
    return span.toMinutesPart() == 0
        ? Said.of("say.working-hours", span.toHours())
        : Said.of("say.working-minutes", span.toMinutes());
  }

  // What comes next, as sentences without their full stop.

  /** Those who have not answered are asked again. */
  public static Said nextReminder(List<?> people) {
    return Said.of("next.reminder", people);
  }

  /**
   * As {@link #nextReminder}, told to one of them.
   *
   * @param others the others, by their names
   */
  public static Said nextReminderOfYou(List<?> others) {
    return others.isEmpty()
        ? Said.of("next.reminder.you")
        : Said.of("next.reminder.you-and", others);
  }

  /** Somebody else is asked. */
  public static Said nextEscalation(List<?> people) {
    return Said.of("next.escalation", people);
  }

  /** Others are asked, and those who were asked before no longer. */
  public static Said nextInstead(List<?> people) {
    return Said.of("next.instead", people);
  }

  /** Of those who are asked, nobody is there any more; these are asked then. */
  public static Said askedInstead(List<String> names, Instant at) {
    return Said.of("page.request.nobody-here", names, at);
  }

  /** Of those who are asked, nobody is there any more, and of those who would be asked neither. */
  public static Said nobodyInstead(Instant end) {
    return Said.of("page.request.nobody-here.ends", end);
  }

  /**
   * By when whoever is asked should answer, and until when they can: others join them in between.
   */
  public static Said answerByAndAsWell(Instant by, Instant until) {
    return Said.of("page.answer-by.as-well", by, until);
  }

  /** By when whoever is asked should answer; others are asked instead of them then. */
  public static Said answerByOrInstead(Instant by) {
    return Said.of("page.answer-by.instead", by);
  }

  /** By when whoever is asked should answer; the request ends then. */
  public static Said answerByOrEnds(Instant by) {
    return Said.of("page.answer-by.ends", by);
  }

  /** Others are asked as well then, and those who were asked can answer until the end of it. */
  public static Said thenAsWell(Instant until) {
    return Said.of("page.request.asked-until.as-well", until);
  }

  /** Others are asked instead then. */
  public static Said thenInstead() {
    return Said.of("page.request.asked-until.instead");
  }

  /** The request ends then. */
  public static Said thenEnds() {
    return Said.of("page.request.asked-until.ends");
  }

  /** The request ends for want of an answer. */
  public static Said nextLapse() {
    return Said.of("next.lapse");
  }

  /**
   * The next stage opens.
   *
   * @param stage from {@link #stage}
   */
  public static Said nextStage(Said stage) {
    return Said.of("next.stage", stage);
  }

  public static Said nextAccessOnceThere(Duration duration) {
    return Said.of("next.access.there", duration);
  }

  /** As {@link #nextAccessOnceThere}, where it hangs on somebody's word. */
  public static Said nextAccessOnceSetUp(Duration duration) {
    return Said.of("next.access.once-set-up", duration);
  }

  public static Said nextAccess(Duration duration) {
    return Said.of("next.access", duration);
  }

  /** As {@link #nextAccess}, where people set it up. */
  public static Said nextAccessByHand(Duration duration) {
    return Said.of("next.access.by-hand", duration);
  }

  /** As {@link #nextEnd}, where people take it away. */
  public static Said nextEndByHand() {
    return Said.of("next.end.by-hand");
  }

  public static Said nextEnd() {
    return Said.of("next.end");
  }

  public static Said nextReadBack(String system) {
    return Said.of("next.read-back", system);
  }

  public static Said nextHandReminder(List<?> people) {
    return Said.of("next.hands.reminder", people);
  }

  public static Said nextHandsSetUp() {
    return Said.of("next.hands.set-up");
  }

  public static Said nextHandsTakeAway() {
    return Said.of("next.hands.take-away");
  }

  /** As {@link #nextHandsTakeAway}, of what was never known to be there. */
  public static Said nextHandsMakeSure() {
    return Said.of("next.hands.make-sure");
  }

  public static Said nextHandGivenUp() {
    return Said.of("next.hands.given-up");
  }

  // What was asked for.

  /**
   * For how long something is asked for, and how far its holder may go without asking again; or for
   * how long it was approved instead.
   *
   * @param extended how long it lasts since it was extended, or null if it was not
   */
  public static Said howLong(
      Duration duration,
      @Nullable Shortened shortened,
      @Nullable Duration extendable,
      @Nullable Duration extended) {
    if (shortened != null) {
      return Said.of("how-long.shortened", duration, shortened.to(), shortened.by());
    }
    if (extended != null) {
      return extendable == null || extendable.compareTo(extended) <= 0
          ? Said.of("how-long.extended", duration, extended)
          : Said.of("how-long.extended.further", duration, extended, extendable);
    }
    return extendable == null || extendable.compareTo(duration) <= 0
        ? Said.of("how-long.plain", duration)
        : Said.of("how-long.extendable", duration, extendable);
  }

  private static final String OWNERS = "the owners of ";
  private static final String GROUP = "the group ";

  /**
   * Who decides, for the middle of a sentence. A title that somebody typed into a runbook stays as
   * it is. One that was made for want of that is stored in English, as everything frozen is, and
   * known again by its form.
   *
   * @param title of a stage of a plan: {@code Your manager or the owners of CRM}
   * @param system the title of the plan's system
   */
  public static Said stage(String title, String system) {
    var parts = Arrays.stream(title.split(", | or ", -1)).map(each -> made(each, system)).toList();
    var made = parts.stream().flatMap(Optional::stream).toList();
    return !made.isEmpty() && made.size() == parts.size()
        ? Said.of("stage.made", made)
        : Said.of("stage.titled", title);
  }

  private static Optional<Said> made(String part, String system) {
    var words =
        part.isEmpty() ? "" : part.substring(0, 1).toLowerCase(Locale.ROOT) + part.substring(1);
    if (words.equals("your manager")) {
      return Optional.of(Said.of("stage.manager"));
    }
    if (words.equals("their manager")) {
      return Optional.of(Said.of("stage.their-manager"));
    }
    if (words.equals("their manager's manager")) {
      return Optional.of(Said.of("stage.their-managers-manager"));
    }
    if (words.equals("your manager's manager")) {
      return Optional.of(Said.of("stage.managers-manager"));
    }
    if (words.equals(OWNERS + system)) {
      return Optional.of(Said.of("stage.owners", system));
    }
    return words.startsWith(GROUP) && words.indexOf(' ', GROUP.length()) < 0
        ? Optional.of(Said.of("stage.group", words.substring(GROUP.length())))
        : Optional.empty();
  }
}
