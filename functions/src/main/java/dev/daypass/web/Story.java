package dev.daypass.web;

import dev.daypass.access.Command;
import dev.daypass.access.Decision;
import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Evidence;
import dev.daypass.access.Reach;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Review;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Stage;
import dev.daypass.access.Status;
import dev.daypass.access.Times;
import dev.daypass.runbook.Directory;
import dev.daypass.words.Sentence;
import dev.daypass.words.Sentence.Tone;
import dev.daypass.words.Shortened;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request as people read it: how it stands, what happened, what comes next. */
public final class Story {
  private final Function<String, String> names;
  private final Predicate<String> isGone;

  /** Tells of people by their names in the directory, and whether they are still there. */
  public Story(Directory directory) {
    var known = directory.remembered();
    this(email -> nameOf(known, email), email -> known.active(email).isEmpty());
  }

  /**
   * @param names an email address as the name people know
   * @param isGone whether somebody with this address can do nothing any more
   */
  public Story(Function<String, String> names, Predicate<String> isGone) {
    this.names = names;
    this.isGone = isGone;
  }

  /** The name people know, or the address itself for somebody the directory does not know. */
  public static String nameOf(Directory directory, String email) {
    return directory.person(email).map(dev.daypass.runbook.Person::name).orElse(email);
  }

  /** What was asked for. */
  public RequestView.What what(Request request) {
    var asked = request.asked();
    var plan = asked.plan();
    return new RequestView.What(
        request.id(),
        plan.runbook(),
        plan.title(),
        plan.systemTitle(),
        plan.roleTitle(),
        new Person(names.apply(asked.requester()), asked.requester()),
        Optional.ofNullable(asked.askedBy())
            .map(by -> new Person(names.apply(by), by))
            .orElse(null),
        isGone.test(asked.requester()),
        asked.duration(),
        Shortened.of(request, names::apply),
        isOver(request) ? null : request.extendable().orElse(null),
        extended(request),
        asked.reason(),
        asked.ticket(),
        isOver(request) && request.given().isEmpty() ? null : asked.startsAt(),
        asked.at());
  }

  /** What could have been is of no interest then. */
  private static boolean isOver(Request request) {
    return request.status().isFinal();
  }

  /** How long it lasts since it was extended; null if it was not. */
  public static @Nullable Duration extended(Request request) {
    return request
        .given()
        .map(grant -> grant.lasts())
        .filter(lasts -> lasts.compareTo(request.lasts()) > 0)
        .map(Story::toTheMinute)
        .orElse(null);
  }

  /** It began within a second, and ends at a full one. */
  private static Duration toTheMinute(Duration lasts) {
    return lasts.plusSeconds(30).truncatedTo(ChronoUnit.MINUTES);
  }

  /** How it stands. */
  public Sentence status(Request request) {
    return switch (request) {
      case Pending each -> Telling.waitingFor(asked(each, awaited(each.open())), stillNeeded(each));
      case Scheduled each -> {
        var startsAt = each.asked().startsAt();
        yield startsAt != null ? Telling.approvedToBegin(startsAt) : toBeSetUp(each);
      }
      case Provisioning each -> settingUp(each);
      case Active each -> Telling.access(each.grant().expiresAt());
      case Ending each ->
          each.awaited()
              .map(
                  task ->
                      neverThere(each)
                          ? Telling.makingSureByHand(hands(task.owners()))
                          : Telling.takingAwayByHand(hands(task.owners())))
              .orElseGet(neverThere(each) ? Telling::beingTakenAwayEarly : Telling::beingTakenAway);
      case Denied each -> Telling.deniedBy(who(denial(each)));
      case Lapsed _ -> Telling.nobodyAnswered();
      case Cancelled each ->
          each.withdrawnBy()
              .map(by -> Telling.approvalTakenBack(name(by)))
              .or(() -> notBegun(each).map(_ -> Telling.notBegun()))
              .or(() -> stoppedBy(each).map(by -> Telling.stoppedBy(name(by))))
              .orElseGet(Telling::cancelled);
      case Ended each ->
          switch (each.reason()) {
            case EXPIRED, GIVEN_UP -> each.isUnsaid() ? Telling.endedUnsaid() : Telling.ended();
            case RETURNED ->
                neverThere(each)
                    ? Telling.withdrawn()
                    : each.isUnsaid() ? Telling.endedUnsaid() : Telling.givenBack();
            case REVOKED ->
                neverThere(each)
                    ? Telling.stoppedBy(name(endedBy(each)))
                    : each.isUnsaid()
                        ? Telling.endedUnsaid()
                        : Telling.takenAwayBy(name(endedBy(each)));
          };
      case Failed each ->
          switch (each.reason()) {
            case ALREADY_HELD -> Telling.alreadyHeld();
            case NOT_SET_UP ->
                each.notBoth().isPresent() ? Telling.mayNotHaveBoth() : Telling.couldNotBeSetUp();
          };
    };
  }

  /**
   * Why a request was denied, its approval taken back, or its access taken away, in the words of
   * whoever did; empty where nobody said anything, and where it did not end like this.
   */
  public String because(Request request) {
    return switch (request) {
      case Denied each -> denial(each).comment();
      case Cancelled each ->
          each.withdrawnBy().isPresent() || stoppedBy(each).isPresent()
              ? detail(each.trail().last(), "why")
              : "";
      case Ended each -> each.reason() == EndReason.REVOKED ? detail(ending(each), "why") : "";
      case Pending _, Scheduled _, Provisioning _, Active _, Ending _, Lapsed _, Failed _ -> "";
    };
  }

  private Sentence settingUp(Provisioning request) {
    var task = request.task();
    if (task == null) {
      return toBeSetUp(request);
    }
    var answer = task.answer();
    if (answer == null) {
      var owners = hands(task.owners());
      return task.leftover()
          ? Telling.settingUpByHandWithLeftover(owners)
          : Telling.settingUpByHand(owners);
    }
    return switch (answer.result()) {
      case DONE ->
          isEmergency(request) ? Telling.emergencySettingUp(false) : Telling.approvedSettingUp();
      case HELD -> Telling.saidToBeHeld();
      case IMPOSSIBLE -> Telling.saidToBeImpossible();
    };
  }

  private static Sentence toBeSetUp(Request request) {
    if (isEmergency(request)) {
      return Telling.emergencySettingUp(isByHand(request));
    }
    return isByHand(request) ? Telling.approvedByHand() : Telling.approvedSettingUp();
  }

  /** Whether its requester took it, so that nobody was asked. */
  public static boolean isEmergency(Request request) {
    return request.asked().plan().takenInEmergency();
  }

  /** What there is to know of the review of an emergency; empty where there was none. */
  public Optional<Said> review(Request request) {
    return request
        .review()
        .map(
            review -> {
              var answer = review.answer();
              return answer == null
                  ? Telling.toBeReviewed(told(review.reviewers()))
                  : Telling.reviewed(
                      name(answer.by()), answer.verdict() == Review.Verdict.JUSTIFIED);
            });
  }

  /**
   * Whether nobody has ever known the access to be there: no read-back has shown it, and no owner
   * has said that it is set up. Something of it may be there all the same.
   */
  public static boolean neverThere(Request request) {
    return request.trail().events().stream()
        .noneMatch(
            event ->
                event.kind() == Event.Kind.ACTIVATED
                    || (event.kind() == Event.Kind.SET_UP_ANSWERED
                        && detail(event, "result").equals(SetUpTask.Result.DONE.name())));
  }

  /** Whether it is approved, and this person is one of those who set it up by hand now. */
  public static boolean isSetUpByHandBy(Request request, String person) {
    boolean open =
        switch (request) {
          // What begins later is nobody's work yet.
          case Scheduled each -> each.asked().startsAt() == null;
          case Provisioning each -> each.task() == null || each.task().isOpen();
          case Pending _, Active _, Ending _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ ->
              false;
        };
    return open
        && isByHand(request)
        && request.asked().plan().owners().contains(person)
        && !request.asked().requester().equals(person);
  }

  private static boolean isByHand(Request request) {
    return request.asked().plan().target().isByHand();
  }

  /** Who is asked at the moment; null if nobody is. */
  public RequestView.@Nullable AskedNow askedNow(Request request) {
    return request instanceof Pending pending
        ? new RequestView.AskedNow(
            asked(pending, pending.open().awaited()),
            stillNeeded(pending),
            answerBy(pending),
            then(pending),
            awaited(pending.open()).stream().allMatch(isGone) ? withoutThem(pending) : null)
        : null;
  }

  /** Name of the approver in whose place the reader decides; null if in nobody's. */
  public @Nullable String standsInFor(Pending pending, String reader) {
    return pending.open().standsInFor(reader).map(this::name).orElse(null);
  }

  /** How many more must approve. */
  private static int stillNeeded(Pending pending) {
    return pending.open().roundPlan().needed() - pending.open().decisions().size();
  }

  /** How many approvals this step needs in all, where it needs more than one. */
  public static Optional<Said> needed(Pending pending) {
    int needed = pending.open().roundPlan().needed();
    return needed > 1
        ? Optional.of(Said.of("page.decide.needed", needed, pending.open().approvers().size()))
        : Optional.empty();
  }

  /** Those whose answer can still come; all of them if there is nobody left of whom it can. */
  private List<String> awaited(Stage stage) {
    var asked = stage.awaited();
    var here = asked.stream().filter(isGone.negate()).toList();
    return here.isEmpty() ? asked : here;
  }

  /** What comes instead of an answer of those who are asked now and are gone. */
  private Said withoutThem(Pending request) {
    var stage = request.open();
    var at = stage.roundEndsAt();
    var rounds = stage.plan().rounds();
    for (var round : rounds.subList(stage.round() + 1, rounds.size())) {
      var here =
          round.approvers().stream()
              .filter(isGone.negate())
              .filter(each -> !stage.isDecidedBy(each))
              .toList();
      if (!here.isEmpty()) {
        return Telling.askedInstead(named(here), at);
      }
      at = request.asked().plan().deadline(at, round.lasts());
    }
    return Telling.nobodyInstead(at);
  }

  /**
   * When somebody else is asked too, or instead, or the request ends: an answer should be there.
   * The same for whoever waits and for whoever is asked.
   */
  public static Instant answerBy(Pending request) {
    var rounds = request.open().plan().rounds();
    return rounds.subList(request.open().round() + 1, rounds.size()).stream()
        .takeWhile(next -> next.kind() != RoundPlan.Kind.ESCALATION)
        .map(RoundPlan::lasts)
        .reduce(
            request.open().roundEndsAt(), request.asked().plan()::deadline, (one, other) -> other);
  }

  /** What comes when nobody has answered by then, told to whoever waits. */
  private static Said then(Pending request) {
    var by = answerBy(request);
    var last = lastMoment(request, request.open().awaited());
    if (last.isAfter(by)) {
      return Telling.thenAsWell(last);
    }
    return endsAt(request).equals(by) ? Telling.thenEnds() : Telling.thenInstead();
  }

  /** By when this person should answer, and what comes then: often they can answer later, too. */
  public static Said pleaseAnswer(Pending request, String reader) {
    var answer = answer(request, reader);
    return needed(request)
        .map(several -> Said.of("page.decide.answer-and", answer, several))
        .orElse(answer);
  }

  private static Said answer(Pending request, String reader) {
    var by = answerBy(request);
    var last = lastMoment(request, List.of(reader));
    if (last.isAfter(by)) {
      return Telling.answerByAndAsWell(by, last);
    }
    return endsAt(request).equals(by) ? Telling.answerByOrEnds(by) : Telling.answerByOrInstead(by);
  }

  private static Instant endsAt(Pending request) {
    return lastMoment(request, List.of());
  }

  /** Until when all of these people are asked. */
  private static Instant lastMoment(Pending request, List<String> people) {
    var rounds = request.open().plan().rounds();
    return rounds.subList(request.open().round() + 1, rounds.size()).stream()
        .takeWhile(next -> next.approvers().containsAll(people))
        .map(RoundPlan::lasts)
        .reduce(
            request.open().roundEndsAt(), request.asked().plan()::deadline, (one, other) -> other);
  }

  /** The owner or administrator who forestalled the decision, if that is how it ended. */
  public static Optional<String> stoppedBy(Cancelled request) {
    return Optional.of(request.trail().last().act().by())
        .filter(by -> request.withdrawnBy().isEmpty() && !request.asked().isBy(by))
        .filter(_ -> notBegun(request).isEmpty());
  }

  /** Why what was approved for later did not begin, if that is how it ended. */
  public static Optional<Said> notBegun(Cancelled request) {
    var last = request.trail().last();
    return Optional.of(last.act())
        .filter(act -> act.command().equals(Request.COULD_NOT_BEGIN))
        .map(
            _ ->
                switch (detail(last, "why")) {
                  case "requester-inactive" -> Said.of("begin.requester-inactive");
                  case "runbook-withdrawn" -> Said.of("begin.runbook-withdrawn");
                  default -> Said.of("begin.not-eligible");
                });
  }

  /** How it stands, as far as a list's line tells: true whatever it does not tell. */
  public static Sentence status(Status status, @Nullable Instant expiresAt) {
    return switch (status) {
      case PENDING -> Telling.waiting();
      case SCHEDULED, PROVISIONING -> Telling.approvedSettingUp();
      case ACTIVE -> Telling.access(expiresAt);
      case ENDING -> Telling.beingTakenAway();
      case DENIED -> Telling.denied();
      case LAPSED -> Telling.nobodyAnswered();
      case CANCELLED -> Telling.cancelled();
      case ENDED -> Telling.over();
      case FAILED -> Telling.nothingSetUp();
    };
  }

  /**
   * Whether a list's line leaves out what a reader should know of a request that stands like this:
   * whom it waits for, who denied or withdrew it, whether there was anything to take away, or why
   * nothing was set up.
   */
  public static boolean needsTheRequest(Status status) {
    return switch (status) {
      case PENDING, SCHEDULED, PROVISIONING, ENDING, DENIED, CANCELLED, ENDED, FAILED -> true;
      case ACTIVE, LAPSED -> false;
    };
  }

  /** What happened, oldest first. */
  public List<RequestView.Happened> past(Request request) {
    return past(request, "");
  }

  /**
   * The same, told to one reader.
   *
   * @param reader who reads “you” where they did it
   */
  public List<RequestView.Happened> past(Request request, String reader) {
    return past(request, reader, false);
  }

  /**
   * The same, with the way to what was attached.
   *
   * @param mayOpen whether the reader may open it
   */
  public List<RequestView.Happened> past(Request request, String reader, boolean mayOpen) {
    var past = new ArrayList<RequestView.Happened>();
    for (var event : asPeopleTellThem(request.trail().events())) {
      int before = past.size();
      happened(request, event, past);
      if (event.act().by().equals(reader)) {
        past.subList(before, past.size()).replaceAll(Story::toWhoeverDid);
      }
    }
    if (!mayOpen) {
      past.replaceAll(RequestView.Happened::closed);
    }
    return List.copyOf(past);
  }

  private static RequestView.Happened toWhoeverDid(RequestView.Happened one) {
    return new RequestView.Happened(
        one.at(), Telling.toWhoeverDid(one.what()), one.typed(), one.attached(), one.tone());
  }

  /** A mail can come back before it is written down that it was sent: that comes first here. */
  private static List<Event> asPeopleTellThem(List<Event> events) {
    var told = new ArrayList<Event>();
    var early = new ArrayList<Event>();
    var asked = new HashSet<String>();
    for (var event : events) {
      if (event.kind() == Event.Kind.MAIL_RETURNED && !asked.contains(round(event))) {
        early.add(event);
        continue;
      }
      boolean asks = event.kind() == Event.Kind.ASKED;
      if (asks) {
        asked.add(round(event));
        told.add(event);
      }
      told.addAll(early);
      early.clear();
      if (!asks) {
        told.add(event);
      }
    }
    told.addAll(early);
    return told;
  }

  /** Whether an earlier mail of this request to the same person had come back. */
  private static boolean hadComeBack(Request request, Event event) {
    return request.trail().events().stream()
        .anyMatch(
            each ->
                each.kind() == Event.Kind.MAIL_RETURNED
                    && each.version() < event.version()
                    && detail(each, "person").equals(detail(event, "person")));
  }

  private static String round(Event event) {
    return detail(event, "stage") + " " + detail(event, "round");
  }

  private Said asked(Request request, String by) {
    return request.asked().askedBy() == null
        ? Telling.asked(by)
        : Telling.askedForOther(by, name(request.asked().requester()));
  }

  private void happened(Request request, Event event, List<RequestView.Happened> past) {
    var act = event.act();
    var at = act.at();
    var by = name(act.by());
    switch (event.kind()) {
      case SUBMITTED -> {
        var glass = request.asked().plan().glass();
        past.add(
            glass == null
                ? new RequestView.Happened(at, asked(request, by), "", Tone.OVER)
                : new RequestView.Happened(at, Telling.tookInEmergency(by), "", Tone.BAD));
        if (glass != null) {
          past.add(
              new RequestView.Happened(
                  at, Telling.toReview(named(glass.reviewers())), "", Tone.WAITING));
        }
        var rule = request.asked().plan().rule();
        if (rule != null) {
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.approvedByRule(
                      rule.name(), request.asked().plan().runbookVersion(), name(rule.publisher())),
                  "",
                  Tone.GOOD));
        }
      }
      case ASKED -> asked(request, event, past);
      case DECIDED -> {
        past.add(decided(event, by));
        var leftOut = addresses(detail(event, "approvedBefore"));
        if (!leftOut.isEmpty()) {
          past.add(
              new RequestView.Happened(at, Telling.notAskedAgain(named(leftOut)), "", Tone.OVER));
        }
      }
      case HANDED_OVER ->
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.handedOver(by, name(detail(event, "to"))),
                  detail(event, "comment"),
                  Tone.WAITING));
      case STAND_INS -> {
        standIns(event, "standIns", "for")
            .ifPresent(
                who ->
                    past.add(
                        new RequestView.Happened(
                            at, Telling.standInsAsked(who), "", Tone.WAITING)));
        standIns(event, "over", "back")
            .ifPresent(
                who ->
                    past.add(
                        new RequestView.Happened(at, Telling.standInsOver(who), "", Tone.OVER)));
      }
      case MAIL_RETURNED -> {
        if (!hadComeBack(request, event)) {
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.mailReturned(
                      name(detail(event, "person")),
                      Command.MailReturned.Why.valueOf(detail(event, "why"))),
                  // What the other mail system says is for the trail: no sentence for people.
                  "",
                  Tone.BAD));
        }
        if (event.status() == Status.LAPSED) {
          past.add(new RequestView.Happened(at, Telling.nobodyToAsk(), "", Tone.BAD));
        }
      }
      case ROUND_OVER -> {
        if (event.status() == Status.LAPSED) {
          past.add(new RequestView.Happened(at, Telling.lapsed(), "", Tone.BAD));
        }
        replaced(event, past);
      }
      case CANCELLED ->
          past.add(
              new RequestView.Happened(
                  at,
                  cancelled((Cancelled) request, event, by),
                  notBegun((Cancelled) request).isPresent() ? "" : detail(event, "why"),
                  Tone.OVER));
      case PROVISIONING_STARTED ->
          past.add(new RequestView.Happened(at, Telling.settingUp(), "", Tone.WAITING));
      case ACTIVATED ->
          past.add(
              new RequestView.Happened(
                  at, Telling.setUp(Instant.parse(detail(event, "expiresAt"))), "", Tone.GOOD));
      case ALREADY_HELD ->
          past.add(new RequestView.Happened(at, Telling.wasThereAlready(), "", Tone.BAD));
      case GIVEN_UP ->
          past.add(
              request.nobodySetItUp()
                  ? new RequestView.Happened(
                      at, Telling.nobodySetItUp(Times.SET_UP_BY_HAND), "", Tone.BAD)
                  : request
                      .notBoth()
                      .map(
                          other ->
                              new RequestView.Happened(
                                  at,
                                  Telling.notBoth(other.roleTitle(), other.systemTitle()),
                                  "",
                                  Tone.BAD))
                      .orElseGet(
                          () ->
                              new RequestView.Happened(
                                  at, Telling.gaveUp(), detail(event, "why"), Tone.BAD)));
      case ENDING -> past.add(ending(request, event, by));
      case SET_UP_TASK_OPENED ->
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.handsAskedToSetUp(hands(addresses(detail(event, "for")))),
                  "",
                  Tone.WAITING));
      case SET_UP_ANSWERED -> past.add(setUpAnswered(event, by));
      case REMOVAL_TASK_OPENED ->
          past.add(
              isByHand(request)
                  ? new RequestView.Happened(
                      at,
                      handsAsked(request, hands(addresses(detail(event, "for")))),
                      "",
                      Tone.WAITING)
                  : new RequestView.Happened(
                      at,
                      Telling.notGoneYet(systemTitle(request)),
                      detail(event, "problem"),
                      Tone.BAD));
      case REMOVAL_ATTESTED ->
          past.add(
              new RequestView.Happened(
                  at,
                  neverThere(request) ? Telling.notThereByHand(by) : Telling.takenAwayByHand(by),
                  detail(event, "note"),
                  Evidence.of(event)
                      .map(evidence -> RequestView.Attached.of(request.id(), evidence))
                      .orElse(null),
                  Tone.GOOD));
      case TASK_REMINDED ->
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.reminded(
                      Integer.parseInt(detail(event, "reminder")),
                      named(addresses(detail(event, "told")))),
                  "",
                  Tone.WAITING));
      case ENDED -> past.add(new RequestView.Happened(at, ended(request, event), "", Tone.OVER));
      case EXTENDED ->
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.extendedBy(by, Instant.parse(detail(event, "expiresAt"))),
                  "",
                  Tone.GOOD));
      case REVIEW_REMINDED ->
          past.add(
              new RequestView.Happened(
                  at,
                  Telling.reviewReminded(named(addresses(detail(event, "told")))),
                  "",
                  Tone.WAITING));
      case REVIEWED -> {
        boolean justified = detail(event, "verdict").equals(Review.Verdict.JUSTIFIED.name());
        past.add(
            new RequestView.Happened(
                at,
                Telling.reviewedBy(by, justified),
                detail(event, "note"),
                justified ? Tone.GOOD : Tone.BAD));
      }
      case ENDING_SOON, RUN_STARTED, REVIEW_TOLD -> {
        // Of no interest to people; the trail has it.
      }
    }
  }

  private static RequestView.Happened setUpAnswered(Event event, String by) {
    var result = SetUpTask.Result.valueOf(detail(event, "result"));
    return new RequestView.Happened(
        event.act().at(),
        Telling.setUpAnswered(by, result),
        detail(event, "note"),
        result == SetUpTask.Result.DONE ? Tone.GOOD : Tone.BAD);
  }

  private static Said handsAsked(Request request, List<?> owners) {
    return neverThere(request)
        ? Telling.handsAskedToMakeSure(owners)
        : Telling.handsAskedToTakeAway(owners);
  }

  private static Said ended(Request request, Event event) {
    return switch (detail(event, "readBack")) {
      case "absent" -> Telling.gone(systemTitle(request));
      case "attested" -> Telling.goneByWord(systemTitle(request));
      case "nothing had been added" -> Telling.nothingWasAdded();
      default -> detail(event, Request.UNSAID).isEmpty() ? Telling.heldOn() : Telling.wantedOn();
    };
  }

  private void asked(Request request, Event event, List<RequestView.Happened> past) {
    var at = event.act().at();
    int stage = Integer.parseInt(detail(event, "stage"));
    int round = Integer.parseInt(detail(event, "round"));
    var kind = request.stages().get(stage).plan().rounds().get(round).kind();
    var reached = new ArrayList<>(addresses(detail(event, "reached")));
    var before = askedBefore(request, event);
    // Where somebody handed it over, the others of the round have been told of before.
    reached.removeAll(before);
    var taking = reached.stream().filter(each -> isHandedOverTo(request, event, each)).toList();
    reached.removeAll(taking);
    if (!taking.isEmpty()) {
      past.add(
          new RequestView.Happened(
              at, Telling.wereAsked(RoundPlan.Kind.NOTICE, named(taking)), "", Tone.WAITING));
    }
    if (!reached.isEmpty()) {
      boolean instead =
          kind == RoundPlan.Kind.ESCALATION && Reach.opening(request, stage, round).isPresent();
      past.add(
          new RequestView.Happened(
              at,
              instead
                  ? Telling.wereAskedInstead(named(reached))
                  : Telling.wereAsked(kind, named(reached)),
              "",
              Tone.WAITING));
    }
    for (var refused : addresses(detail(event, "refused"))) {
      past.add(new RequestView.Happened(at, Telling.mailRefused(name(refused)), "", Tone.BAD));
    }
    if (event.status() == Status.LAPSED) {
      past.add(new RequestView.Happened(at, Telling.nobodyToAsk(), "", Tone.BAD));
    }
    replaced(event, past);
  }

  /** Whom earlier mails of the same round reached. */
  private static List<String> askedBefore(Request request, Event event) {
    return request.trail().events().stream()
        .filter(each -> each.version() < event.version() && each.kind() == Event.Kind.ASKED)
        .filter(each -> round(each).equals(round(event)))
        .flatMap(each -> addresses(detail(each, "reached")).stream())
        .toList();
  }

  /** Whether this person is asked in this round because it was handed to them. */
  private static boolean isHandedOverTo(Request request, Event event, String person) {
    return request.trail().events().stream()
        .filter(each -> each.version() < event.version() && each.kind() == Event.Kind.HANDED_OVER)
        .anyMatch(each -> round(each).equals(round(event)) && detail(each, "to").equals(person));
  }

  private void replaced(Event event, List<RequestView.Happened> past) {
    var replaced = addresses(detail(event, "replaced"));
    if (!replaced.isEmpty()) {
      past.add(
          new RequestView.Happened(
              event.act().at(), Telling.replaced(named(replaced)), "", Tone.OVER));
    }
  }

  /** Who stands in for whom by this event, where it says so. */
  private Optional<List<Object>> standIns(Event event, String by, String of) {
    var standIns = named(addresses(detail(event, by)));
    var away = named(addresses(detail(event, of)));
    return standIns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            IntStream.range(0, standIns.size())
                .mapToObj(i -> Telling.inPlaceOf(standIns.get(i), Optional.of(away.get(i))))
                .toList());
  }

  private Object who(Decision decision) {
    return Telling.inPlaceOf(
        name(decision.by()), Optional.ofNullable(decision.standsInFor()).map(this::name));
  }

  private RequestView.Happened decided(Event event, String name) {
    var by =
        Telling.inPlaceOf(
            name, Optional.of(detail(event, "for")).filter(of -> !of.isEmpty()).map(this::name));
    var proof = dev.daypass.access.Proof.valueOf(detail(event, "proof"));
    boolean yes = detail(event, "answer").equals(Decision.Answer.APPROVE.name());
    return new RequestView.Happened(
        event.act().at(),
        yes ? Telling.approved(by, proof, shorter(event)) : Telling.denied(by, proof),
        detail(event, "comment"),
        yes ? Tone.GOOD : Tone.BAD);
  }

  private static @Nullable Duration shorter(Event event) {
    var shorter = event.details().get("duration");
    return shorter == null ? null : Duration.parse(shorter);
  }

  private static Said cancelled(Cancelled request, Event event, String by) {
    return notBegun(request)
        .map(Telling::notBegunSince)
        .or(() -> stoppedBy(request).map(_ -> Telling.stopped(by)))
        .orElseGet(
            () ->
                detail(event, "withdrawn").isEmpty()
                    ? Telling.cancelledBy(by)
                    : Telling.approvalWithdrawnBy(by));
  }

  private static RequestView.Happened ending(Request request, Event event, String by) {
    var what =
        switch (EndReason.valueOf(detail(event, "reason"))) {
          case EXPIRED -> Telling.expired();
          case RETURNED -> neverThere(request) ? Telling.withdrawnBy(by) : Telling.returnedBy(by);
          case REVOKED -> neverThere(request) ? Telling.stopped(by) : Telling.revokedBy(by);
          case GIVEN_UP -> Telling.couldNotSetUp();
        };
    return new RequestView.Happened(event.act().at(), what, detail(event, "why"), Tone.OVER);
  }

  /** What comes next, soonest first; the review of an emergency comes last. */
  public List<Upcoming> next(Request request) {
    return Stream.concat(
            comesNext(request).stream(),
            request.openReview().stream()
                .map(
                    review ->
                        new Upcoming(
                            review.remindAt(),
                            Telling.nextReviewReminder(told(review.reviewers())))))
        .toList();
  }

  private List<Upcoming> comesNext(Request request) {
    var next = new ArrayList<Upcoming>();
    switch (request) {
      case Pending each -> {
        next.addAll(ifNothing(each));
        var chain = each.asked().plan().stages();
        for (int i = each.stages().size(); i < chain.size(); i++) {
          next.add(
              new Upcoming(
                  null,
                  Telling.nextStage(Telling.stage(chain.get(i).title(), systemTitle(request)))));
        }
        var startsAt = each.asked().startsAt();
        next.add(
            startsAt != null
                ? new Upcoming(null, Telling.nextAccessFrom(startsAt, each.lasts()))
                : new Upcoming(
                    null,
                    isByHand(request)
                        ? Telling.nextAccessByHand(each.lasts())
                        : Telling.nextAccess(each.lasts())));
      }
      case Scheduled each -> {
        var startsAt = each.asked().startsAt();
        if (startsAt != null) {
          next.add(new Upcoming(startsAt, Telling.nextBeginning(isByHand(request))));
        } else if (isByHand(request)) {
          next.add(new Upcoming(null, Telling.nextHandsSetUp()));
        }
        next.add(new Upcoming(null, Telling.nextAccessOnceThere(request.lasts())));
      }
      case Provisioning each -> next.addAll(beforeTheAccess(each));
      case Active each ->
          next.add(
              new Upcoming(
                  each.grant().expiresAt(),
                  isByHand(request) ? Telling.nextEndByHand() : Telling.nextEnd()));
      case Ending each -> next.addAll(beforeTheEnd(each));
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> {
        // Nothing can happen any more.
      }
    }
    return List.copyOf(next);
  }

  private List<Upcoming> beforeTheAccess(Provisioning request) {
    var task = request.task();
    var access = new Upcoming(null, Telling.nextAccessOnceThere(request.lasts()));
    if (task == null) {
      return isByHand(request)
          ? List.of(new Upcoming(null, Telling.nextHandsSetUp()), access)
          : List.of(access);
    }
    var answer = task.answer();
    if (answer != null) {
      // Whoever cannot get it, or has it already, gets none from us.
      return answer.result() == SetUpTask.Result.DONE ? List.of(access) : List.of();
    }
    return List.of(
        new Upcoming(task.remindAt(), Telling.nextHandReminder(hands(task.owners()))),
        new Upcoming(task.patienceEnds(), Telling.nextHandGivenUp()),
        new Upcoming(null, Telling.nextAccessOnceSetUp(request.lasts())));
  }

  /** What nobody can read is not read: there it waits for somebody's word, or for nothing. */
  private List<Upcoming> beforeTheEnd(Ending request) {
    if (!isByHand(request)) {
      return List.of(new Upcoming(null, Telling.nextReadBack(systemTitle(request))));
    }
    if (request.task() != null) {
      return request
          .awaited()
          .map(
              task -> new Upcoming(task.remindAt(), Telling.nextHandReminder(hands(task.owners()))))
          .stream()
          .toList();
    }
    if (!request.mayBeThere()) {
      return List.of();
    }
    return List.of(
        new Upcoming(
            null, neverThere(request) ? Telling.nextHandsMakeSure() : Telling.nextHandsTakeAway()));
  }

  /** What happens if those who are asked now do nothing, soonest first. */
  public List<Upcoming> ifNothing(Pending request) {
    return ifNothing(request, "");
  }

  /**
   * The same, told to one of those who are asked.
   *
   * @param reader whom it calls “you”
   */
  public List<Upcoming> ifNothing(Pending request, String reader) {
    var stage = request.open();
    var next = new ArrayList<Upcoming>();
    var at = stage.roundEndsAt();
    var before = stage.approvers();
    for (int i = stage.round() + 1; i < stage.plan().rounds().size(); i++) {
      var round = stage.plan().rounds().get(i);
      var known = before;
      var fresh = round.approvers().stream().filter(each -> !known.contains(each)).toList();
      next.add(new Upcoming(at, next(stage, round, before, fresh, reader)));
      before = round.approvers();
      at = request.asked().plan().deadline(at, round.lasts());
    }
    next.add(new Upcoming(at, Telling.nextLapse()));
    return List.copyOf(next);
  }

  private Said reminder(List<String> people, String reader) {
    return people.contains(reader)
        ? Telling.nextReminderOfYou(
            told(people.stream().filter(each -> !each.equals(reader)).toList()))
        : Telling.nextReminder(told(people));
  }

  private Said next(
      Stage stage, RoundPlan round, List<String> before, List<String> fresh, String reader) {
    boolean escalates = round.kind() == RoundPlan.Kind.ESCALATION;
    if (escalates && !round.approvers().containsAll(before)) {
      return Telling.nextInstead(
          told(round.approvers().stream().filter(each -> !stage.isDecidedBy(each)).toList()));
    }
    return escalates && !fresh.isEmpty()
        ? Telling.nextEscalation(told(fresh))
        : reminder(
            round.approvers().stream().filter(each -> !stage.isDecidedBy(each)).toList(), reader);
  }

  /** What has been decided so far, oldest first. */
  public List<RequestView.Happened> decisions(Request request) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.DECIDED)
        .map(event -> decided(event, name(event.act().by())))
        .toList();
  }

  /** What the link of a stage that is no longer open, or no longer this person's, shows. */
  public LinkView.State closed(Request request, int stage, String reader) {
    if (request instanceof Cancelled cancelled && cancelled.withdrawnBy().isPresent()) {
      return new LinkView.State.Over(
          status(request),
          Said.of(
              cancelled.withdrawnBy().get().equals(reader)
                  ? "page.link.approval-withdrawn.you"
                  : "page.link.approval-withdrawn"));
    }
    if (stage >= 0 && stage < request.stages().size()) {
      var shown = request.stages().get(stage);
      var decision = decisionToShow(shown, reader);
      if (decision != null) {
        return new LinkView.State.Decided(
            decision.answer() == Decision.Answer.APPROVE,
            decision.duration(),
            who(decision),
            decision.by().equals(reader),
            decision.at(),
            decision.comment(),
            next(request, decision),
            false);
      }
      if (shown.result() == Stage.Result.LAPSED) {
        return new LinkView.State.Over(status(request), Telling.stop(Telling.lapsed()));
      }
      if (shown.result() == Stage.Result.CANCELLED) {
        return new LinkView.State.Over(
            status(request),
            stoppedBy((Cancelled) request)
                .map(by -> Said.of("page.link.stopped", name(by)))
                .orElseGet(() -> Said.of("page.link.taken-back")));
      }
    }
    if (request instanceof Pending pending
        && pending.stage() == stage
        && pending.open().handedOverBy(reader).isPresent()) {
      return new LinkView.State.Over(
          status(request),
          Said.of("page.link.handed-over", name(pending.open().handedOverBy(reader).get().to())));
    }
    if (request instanceof Pending pending
        && pending.stage() == stage
        && pending.open().standIns().stream().anyMatch(each -> each.by().equals(reader))) {
      return new LinkView.State.Over(
          status(request), Said.of("page.link.stand-in-over", told(pending.open().awaited())));
    }
    if (request instanceof Pending pending
        && pending.stage() == stage
        && pending.open().isReplaced(reader)) {
      return new LinkView.State.Over(
          status(request), Said.of("page.link.replaced", told(pending.open().awaited())));
    }
    return new LinkView.State.Over(
        status(request),
        Said.of(
            request instanceof Pending pending
                    && pending.stage() == stage
                    && pending.isLeftOut(reader)
                ? "page.link.approved-before"
                : "page.link.somebody-else"));
  }

  /** What a decision leads to; that a denial denies is said already. */
  private Said next(Request request, Decision decision) {
    return decision.answer() == Decision.Answer.DENY
        ? Said.of("page.link.denial", what(request).toldNames())
        : Telling.stop(status(request).said());
  }

  /** The reader's own decision, or that in their place, or the one that closed the stage. */
  private static @Nullable Decision decisionToShow(Stage stage, String reader) {
    for (var decision : stage.decisions()) {
      if (decision.by().equals(reader) || decision.part().equals(reader)) {
        return decision;
      }
    }
    return switch (stage.result()) {
      case APPROVED, DENIED -> stage.decisions().getLast();
      case OPEN, LAPSED, CANCELLED -> null;
    };
  }

  private static Decision denial(Denied denied) {
    return denied.stages().getLast().decisions().getLast();
  }

  private static String endedBy(Ended ended) {
    return ending(ended).act().by();
  }

  /** How it came to its end, the last time that something did. */
  private static Event ending(Ended ended) {
    return ended.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.ENDING)
        .reduce((first, last) -> last)
        .orElseThrow();
  }

  /** The same refusals, that speak of people by name and not by address. */
  public List<Refusal> byName(List<Refusal> refusals) {
    return refusals.stream()
        .map(
            each ->
                new Refusal(
                    each.code(), each.field(), each.message(), (Said) argument(each.said())))
        .toList();
  }

  private Object argument(Object said) {
    return switch (said) {
      case Said one -> new Said(one.key(), one.arguments().stream().map(this::argument).toList());
      case List<?> list -> list.stream().map(this::argument).toList();
      case String text when dev.daypass.runbook.Person.isEmail(text) -> name(text);
      default -> said;
    };
  }

  /** Those who have a task; an administrator where every owner is who it is about. */
  private List<Object> hands(List<String> owners) {
    return owners.isEmpty() ? List.of(Telling.anAdministrator()) : told(owners);
  }

  /** Their names, and of whoever is gone that they are. */
  private List<Object> told(List<String> emails) {
    return emails.stream()
        .<Object>map(each -> isGone.test(each) ? Telling.personGone(name(each)) : name(each))
        .toList();
  }

  /** As {@link #told}, and of whoever was not reached by mail that they were not. */
  private List<Object> asked(Pending request, List<String> emails) {
    var unreached = Reach.unreached(request);
    return emails.stream()
        .<Object>map(
            each ->
                isGone.test(each)
                    ? Telling.personGone(name(each))
                    : unreached.contains(each)
                        ? Telling.personNotReached(name(each))
                        : request
                            .open()
                            .standInOf(each)
                            .<Object>map(by -> Telling.personWithStandIn(name(each), name(by)))
                            .orElseGet(() -> name(each)))
        .toList();
  }

  private List<String> named(List<String> emails) {
    return emails.stream().map(this::name).toList();
  }

  private String name(String email) {
    return names.apply(email);
  }

  private static String systemTitle(Request request) {
    return request.asked().plan().systemTitle();
  }

  private static List<String> addresses(String joined) {
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(" ", -1));
  }

  private static String detail(Event event, String name) {
    return event.details().getOrDefault(name, "");
  }
}
