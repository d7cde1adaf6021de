package dev.daypass.approval;

import dev.daypass.access.Decision;
import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Evidence;
import dev.daypass.access.Extending;
import dev.daypass.access.Naming;
import dev.daypass.access.Proof;
import dev.daypass.access.Reach;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Review;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.Stage;
import dev.daypass.access.StandIn;
import dev.daypass.access.Target;
import dev.daypass.access.Times;
import dev.daypass.mail.Asked;
import dev.daypass.mail.Cancelling;
import dev.daypass.mail.Ending;
import dev.daypass.mail.HeldOn;
import dev.daypass.mail.Mail;
import dev.daypass.mail.Mails;
import dev.daypass.mail.PleaseDecide;
import dev.daypass.mail.Recipient;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Eligibility;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Runbook;
import dev.daypass.web.Story;
import dev.daypass.words.Languages;
import dev.daypass.words.Shortened;
import dev.daypass.words.Speech;
import dev.daypass.words.Telling;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the mails about a request: picks what each reader needs from the request and the
 * directory.
 */
public final class Letters {
  private final Mails mails;
  private final Directory directory;
  private final Supplier<Catalog> catalog;
  private final Function<String, Optional<Locale>> chosen;
  private final InstantSource clock;
  private final Owners owners;

  /**
   * @param chosen the language that the person with this address has chosen on pages, if any
   */
  public Letters(
      Mails mails,
      Directory directory,
      Supplier<Catalog> catalog,
      Function<String, Optional<Locale>> chosen,
      InstantSource clock) {
    this.mails = mails;
    this.directory = directory;
    this.catalog = catalog;
    this.chosen = chosen;
    this.clock = clock;
    this.owners = new Owners(directory, catalog);
  }

  /** Sends an approver a new link, in place of one whose tries are used up. */
  Mail newLink(Pending request, String approver, String secret, String code) {
    return mails.newLink(asking(request, approver, secret, code));
  }

  /** Asks an approver again for whom somebody stood in until now. */
  Mail back(Pending request, String approver, String secret, String code) {
    var before = request.open().standIns().reversed().stream();
    return mails.back(
        asking(request, approver, secret, code),
        before
            .filter(each -> each.of().equals(approver))
            .map(StandIn::by)
            .map(this::name)
            .findFirst()
            .orElse(""));
  }

  /**
   * Asks an approver, or whoever stands in for them: for the first time, again, or because others
   * did not answer.
   */
  Mail pleaseDecide(Pending request, String reader, String secret, String code) {
    var stage = request.open();
    var approver = stage.standsInFor(reader).orElse(reader);
    var before = before(stage);
    var view = asking(request, reader, secret, code);
    var handover = stage.handedOverTo(approver).filter(each -> each.round() == stage.round());
    if (handover.isPresent()) {
      return mails.handedOver(view, name(handover.get().from()), handover.get().comment());
    }
    var others =
        stage.awaited().stream().filter(each -> !before.contains(each)).map(this::name).toList();
    return switch (stage.roundPlan().kind()) {
      case NOTICE -> mails.pleaseDecide(view);
      case REMINDER -> mails.reminder(view);
      case ESCALATION ->
          !before.contains(approver)
              ? mails.escalated(view, !stage.replaced().isEmpty())
              : others.isEmpty() ? mails.reminder(view) : mails.othersToo(view, others);
    };
  }

  /** Those who were asked in the round before, or to whom they have handed it over. */
  private static List<String> before(Stage stage) {
    return stage.round() == 0
        ? List.of()
        : stage.plan().rounds().get(stage.round() - 1).approvers().stream()
            .map(stage::heirOf)
            .toList();
  }

  private PleaseDecide asking(Pending request, String reader, String secret, String code) {
    var stage = request.open();
    var to = recipient(reader);
    var standsInFor = stage.standsInFor(reader);
    var approver = standsInFor.orElse(reader);
    var before = before(stage);
    boolean isNew = !before.contains(approver);
    var notAnswered =
        before.stream().filter(each -> !stage.isDecidedBy(each)).map(this::name).toList();
    return new PleaseDecide(
        to,
        asked(request),
        request.stage() + 1,
        stage.round() + 1,
        secret,
        stage.plan().proof(),
        stage.plan().proof() == Proof.MAILBOX ? code : null,
        allows(request),
        guidance(request, runbook -> runbook.guidance().approver()),
        Story.needed(request).orElse(null),
        earlier(request),
        stage.roundPlan().kind() == RoundPlan.Kind.ESCALATION && isNew ? notAnswered : List.of(),
        Reach.opening(request, request.stage(), stage.round()).stream()
            .flatMap(left -> left.unreached().stream())
            .map(this::name)
            .toList(),
        new Story(directory).ifNothing(request, reader),
        standsInFor.map(this::name).orElse(null));
  }

  /** What has been decided so far, oldest first. */
  private List<Said> earlier(Request request) {
    return request.stages().stream()
        .flatMap(stage -> stage.decisions().stream())
        .map(
            decision ->
                switch (decision.answer()) {
                  case APPROVE ->
                      Telling.approved(who(decision), decision.proof(), decision.duration());
                  case DENY -> Telling.denied(who(decision), decision.proof());
                })
        .toList();
  }

  private Object who(Decision decision) {
    return Telling.inPlaceOf(
        name(decision.by()), Optional.ofNullable(decision.standsInFor()).map(this::name));
  }

  /** The same to this reader, as it stands among other names. */
  private String who(Decision decision, Recipient to) {
    return who(decision) instanceof Said said
        ? Speech.inMail(to.language(), to.zone()).say(said)
        : name(decision.by());
  }

  /** Who did it, and in whose place. */
  private String who(Event event, Recipient to) {
    return event.kind() == Event.Kind.DECIDED && event.details().containsKey("for")
        ? Speech.inMail(to.language(), to.zone())
            .say(
                (Said)
                    Telling.inPlaceOf(
                        name(event.act().by()), Optional.of(name(detail(event, "for")))))
        : name(event.act().by());
  }

  /**
   * Tells of a naming.
   *
   * @param person whose stand-in it is
   * @param reader whom it tells: that person or the other one
   */
  Mail standIn(String person, Naming naming, String reader) {
    return mails.standIn(
        recipient(reader),
        reader.equals(person),
        naming.kind() == Naming.Kind.NAMED,
        name(person),
        name(naming.standIn()),
        naming.from(),
        naming.through(),
        naming.act().by().equals(person) ? null : name(naming.act().by()),
        naming.reason());
  }

  /** Tells whoever stood in that somebody else does from now on. */
  Mail standInReplaced(String person, Naming before, Naming now) {
    return mails.standIn(
        recipient(before.standIn()),
        false,
        false,
        name(person),
        name(before.standIn()),
        before.from(),
        before.through(),
        now.act().by().equals(person) ? null : name(now.act().by()),
        now.reason());
  }

  /** Tells the holder that the access ends soon. */
  Mail endsSoon(Active request) {
    return mails.endingSoon(
        recipient(request.asked().requester()),
        asked(request),
        request.grant().expiresAt(),
        new Eligibility(catalog.get(), directory)
            .extendable(request.asked())
            .flatMap(longest -> Extending.latest(request, longest, clock.instant()))
            .orElse(null));
  }

  /** The mail of a notice. */
  Mail notice(Request request, Notice notice) {
    var to = recipient(notice.to());
    var asked = asked(request);
    var event = request.trail().events().get(notice.version() - 1);
    return switch (notice.about()) {
      case ASKED_FOR_YOU ->
          mails.askedForYou(
              to, asked, request instanceof Pending pending ? named(pending.open()) : List.of());
      case OUTCOME_FOR_ASKER ->
          mails.outcomeForAsker(
              to,
              asked,
              outcome(request),
              name(event.act().by()),
              detail(event, request instanceof Request.Denied ? "comment" : "why"));
      case DECIDED_BY_OTHER -> {
        int stage = Integer.parseInt(detail(event, "stage"));
        boolean approved = detail(event, "answer").equals(Decision.Answer.APPROVE.name());
        yield mails.decidedBySomebodyElse(
            to,
            asked,
            stage + 1,
            approved
                ? request.stages().get(stage).decisions().stream()
                    .map(decision -> who(decision, to))
                    .toList()
                : List.of(who(event, to)),
            approved,
            detail(event, "comment"));
      }
      case REPLACED -> {
        var stage = request.stages().get(Integer.parseInt(detail(event, "stage")));
        // Where mails came back, reminders to the same people are passed over.
        int next =
            Reach.left(event)
                .flatMap(left -> Optional.ofNullable(left.opens()))
                .orElseGet(() -> Integer.parseInt(detail(event, "round")) + 1);
        var now = stage.plan().rounds().get(next).approvers();
        yield mails.replaced(
            to,
            asked,
            Integer.parseInt(detail(event, "stage")) + 1,
            now.stream().filter(each -> !hadDecided(stage, each, event)).map(this::name).toList(),
            Reach.left(event).stream()
                .flatMap(left -> left.unreached().stream())
                .map(this::name)
                .toList());
      }
      case NOBODY_REACHED ->
          mails.approversNotReached(
              to,
              asked,
              Reach.left(event).orElseThrow().unreached().stream().map(this::name).toList(),
              askedInstead(request, Reach.left(event).orElseThrow()),
              ends(request));
      case BEGINS_LATER ->
          mails.beginsLater(
              to, asked, Objects.requireNonNull(asked.startsAt()), approvers(request, to));
      case NOT_BEGUN ->
          mails.notBegun(to, asked, Story.notBegun((Request.Cancelled) request).orElseThrow());
      case ACCESS_UNTIL ->
          mails.accessUntil(
              to,
              asked,
              expiry(request),
              approvers(request, to),
              guidance(request, runbook -> runbook.guidance().requester()));
      case DENIED -> denied(to, asked, request, event);
      case LAPSED -> mails.nobodyAnswered(to, asked, lastAsked(request));
      case CANCELLED ->
          mails.cancelled(
              to,
              asked,
              request.stages().size(),
              name(event.act().by()),
              cancelling((Request.Cancelled) request));
      case ENDED -> ended(to, asked, (Ended) request);
      case NOT_SET_UP -> notSetUp(to, asked, (Failed) request);
      case ALREADY_HELD -> mails.alreadyHeld(to, asked);
      case OWNER_NOT_SET_UP ->
          request.nobodySetItUp()
              ? mails.nobodySetItUpForOwner(to, asked, Times.SET_UP_BY_HAND)
              : request
                  .notBoth()
                  .map(
                      other ->
                          mails.notBothForOwner(to, asked, other.roleTitle(), other.systemTitle()))
                  .orElseGet(
                      () -> mails.couldNotBeSetUpForOwner(to, asked, ((Failed) request).why()));
      case OWNER_ALREADY_HELD -> alreadyHeldForOwner(to, asked, request);
      case SET_UP_BY_HAND -> mails.setUpByHand(to, asked, approvers(request, to), hands(request));
      case NOBODY_SET_IT_UP -> mails.nobodySetItUpYet(to, asked, Times.SET_UP_BY_HAND);
      case OWNER_SET_UP_TASK ->
          mails.pleaseSetUp(
              to,
              asked,
              approversBut(request, to),
              Stage.approvers(request.stages()).contains(notice.to()),
              group(request),
              steps(request, Target.SET_UP),
              Boolean.parseBoolean(detail(event, "leftover")));
      case OWNER_SET_UP_DONE -> mails.setUpByOther(to, asked, name(event.act().by()));
      case OWNER_REMOVAL_TASK -> pleaseTakeAway(to, asked, request, event);
      case OWNER_GONE_AFTER_ALL -> goneAfterAll(to, asked, request, event);
      case EMERGENCY ->
          mails.emergency(
              to,
              asked,
              owners.reviewers(request).contains(notice.to()),
              owners.reviewers(request).stream().map(this::name).toList());
      case REVIEWED ->
          mails.reviewed(
              to,
              asked,
              notice.to().equals(request.asked().requester()),
              name(event.act().by()),
              detail(event, "verdict").equals(Review.Verdict.JUSTIFIED.name()),
              detail(event, "note"));
    };
  }

  /** How it stands, for whoever asked for somebody else. */
  private Said outcome(Request request) {
    return request instanceof Request.Cancelled cancelled && isWithdrawnByRequester(cancelled)
        ? Telling.cancelledBy(name(request.asked().requester()))
        : new Story(directory).status(request).said();
  }

  private static boolean isWithdrawnByRequester(Request.Cancelled request) {
    return !isWithdrawnApproval(request)
        && request.trail().last().act().by().equals(request.asked().requester());
  }

  private List<String> named(Stage stage) {
    return stage.approvers().stream().map(this::name).toList();
  }

  private Mail denied(Recipient to, Asked asked, Request request, Event event) {
    var by = who(event, to);
    if (request instanceof Request.Cancelled && request.asked().isBy(event.act().by())) {
      return mails.withdrawnForYou(to, asked);
    }
    if (isWithdrawnApproval(request)) {
      return mails.approvalWithdrawn(to, asked, by, detail(event, "why"));
    }
    if (request instanceof Request.Cancelled) {
      return mails.endedBeforeItWasThere(
          to, asked, event.act().at(), new Ending.Revoked(by, detail(event, "why")));
    }
    return mails.denied(to, asked, by, detail(event, "comment"));
  }

  private static Cancelling cancelling(Request.Cancelled request) {
    return isWithdrawnApproval(request)
        ? Cancelling.APPROVAL_WITHDRAWN
        : Story.stoppedBy(request).isPresent() ? Cancelling.STOPPED : Cancelling.REQUEST_WITHDRAWN;
  }

  private static boolean isWithdrawnApproval(Request request) {
    return request instanceof Request.Cancelled cancelled && cancelled.withdrawnBy().isPresent();
  }

  /** Whether this person had decided when this happened. */
  private static boolean hadDecided(Stage stage, String person, Event event) {
    return stage.decisions().stream()
        .anyMatch(each -> each.by().equals(person) && !each.at().isAfter(event.act().at()));
  }

  private Mail notSetUp(Recipient to, Asked asked, Failed request) {
    if (request.nobodySetItUp()) {
      return mails.nobodySetItUp(to, asked, Times.SET_UP_BY_HAND);
    }
    return request
        .notBoth()
        .map(other -> mails.notBoth(to, asked, other.roleTitle(), other.systemTitle()))
        .orElseGet(
            () ->
                request.asked().plan().target().isByHand()
                    ? mails.couldNotBeSetUpByHand(to, asked, request.why())
                    : mails.couldNotBeSetUp(to, asked));
  }

  private Mail pleaseTakeAway(Recipient to, Asked asked, Request request, Event event) {
    var since = request instanceof Request.Ending ending ? ending.since() : event.act().at();
    return request.asked().plan().target().isByHand()
        ? mails.pleaseTakeAwayByHand(
            to,
            asked,
            since,
            request.given().isPresent(),
            ending(request),
            group(request),
            steps(request, Target.TAKE_AWAY))
        : mails.pleaseTakeAway(to, asked, 1, since, detail(event, "problem"));
  }

  private Mail goneAfterAll(Recipient to, Asked asked, Request request, Event over) {
    if (!detail(over, "heldBy").isEmpty()) {
      return mails.wantedAgain(to, asked, !detail(over, Request.UNSAID).isEmpty());
    }
    return attested(request)
        .map(
            said ->
                mails.takenAwayByOther(
                    to,
                    asked,
                    name(said.act().by()),
                    said.act().at(),
                    detail(said, "note"),
                    Evidence.of(said).isPresent()))
        .orElseGet(() -> mails.goneAfterAll(to, asked, over.act().at()));
  }

  /** Who said that they took it away by hand. */
  private static Optional<Event> attested(Request request) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.REMOVAL_ATTESTED)
        .findFirst();
  }

  /** Somebody has said so, or the target has shown it. */
  private Mail alreadyHeldForOwner(Recipient to, Asked asked, Request request) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.SET_UP_ANSWERED)
        .findFirst()
        .map(said -> mails.saidToBeHeld(to, asked, name(said.act().by()), detail(said, "note")))
        .orElseGet(() -> mails.alreadyHeldForOwner(to, asked));
  }

  /** Names of those who have the task to set it up or to take it away by hand. */
  private List<String> hands(Request request) {
    return request.byHand().stream()
        .flatMap(task -> task.owners().stream())
        .map(this::name)
        .toList();
  }

  /** What the role is called in the system; may be empty. */
  private static String group(Request request) {
    return request.asked().plan().target().settings().getOrDefault(Target.GROUP, "");
  }

  private static List<String> steps(Request request, String which) {
    return request.asked().plan().target().steps(which);
  }

  /** Those whom mails to the owners of the request's system reach, looked up once if at all. */
  Supplier<List<String>> owners(Request request) {
    return once(() -> owners.of(request));
  }

  /** All who hear of the emergency at once, looked up once if at all. */
  Supplier<List<String>> toldOfEmergency(Request request) {
    return once(() -> owners.ofEmergency(request));
  }

  private static Supplier<List<String>> once(Supplier<List<String>> look) {
    var found = new AtomicReference<List<String>>();
    return () -> found.updateAndGet(before -> before == null ? look.get() : before);
  }

  /**
   * Whom a reminder goes to: those who have the task, or can be reached in their place; once it has
   * been open for a day, the managers of those who had it too.
   */
  List<String> readers(Request request, Reminder reminder) {
    var readers = new LinkedHashSet<>(whoHas(request, reminder));
    if (reminder.escalates()) {
      directory.people(reminder.owners()).stream()
          .flatMap(owner -> Optional.ofNullable(owner.manager()).stream())
          .sorted()
          .filter(manager -> !manager.equals(request.asked().requester()))
          .filter(manager -> directory.active(manager).isPresent())
          .forEach(readers::add);
    }
    return List.copyOf(readers);
  }

  private List<String> whoHas(Request request, Reminder reminder) {
    return reminder.of() == Reminder.Of.REVIEW ? owners.reviewers(request) : owners.of(request);
  }

  /** Reminds of a task that is to be done by hand, or of a review. */
  Mail reminder(Request request, Reminder reminder, String reader) {
    if (reminder.of() == Reminder.Of.REVIEW) {
      return mails.reviewReminder(
          recipient(reader),
          asked(request),
          reminder.before() + 1,
          owners.reviewers(request).contains(reader),
          reminder.openedAt(),
          reminder.owners().stream().map(this::name).toList());
    }
    return mails.handReminder(
        recipient(reader),
        asked(request),
        reminder.before() + 1,
        reminder.isRemoval(),
        reminder.isRemoval() && Story.neverThere(request),
        owners.of(request).contains(reader),
        reminder.openedAt(),
        reminder.owners().stream().map(this::name).toList());
  }

  /** Those whom the round that opened asks and who were not asked before; empty if none did. */
  private List<String> askedInstead(Request request, Reach.Left left) {
    var rounds = request.stages().get(left.stage()).plan().rounds();
    var opens = left.opens();
    if (opens == null) {
      return List.of();
    }
    var before = rounds.get(left.round()).approvers();
    return rounds.get(opens).approvers().stream()
        .filter(each -> !before.contains(each))
        .map(this::name)
        .toList();
  }

  /** When the request ends if nobody answers; null if that is not known, or cannot be any more. */
  private @Nullable Instant ends(Request request) {
    return request instanceof Pending pending
        ? new Story(directory).ifNothing(pending).getLast().at()
        : null;
  }

  private static Optional<Event> begunToEnd(Request request) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.ENDING)
        .reduce((first, last) -> last);
  }

  private Ending ending(EndReason reason, Event begun) {
    return switch (reason) {
      case EXPIRED, GIVEN_UP -> new Ending.Expired();
      case RETURNED -> new Ending.Returned();
      case REVOKED -> new Ending.Revoked(name(begun.act().by()), detail(begun, "why"));
    };
  }

  /** Why it is over; null where setting it up was given up. */
  private @Nullable Ending ending(Request request) {
    return request instanceof Request.Ending ending
        ? begunToEnd(ending).map(begun -> ending(ending.reason(), begun)).orElse(null)
        : null;
  }

  private Mail ended(Recipient to, Asked asked, Ended ended) {
    var begun = begunToEnd(ended).orElseThrow();
    var ending = ending(ended.reason(), begun);
    // The target may have been down since: what counts for the reader is when the time was up.
    var at = ended.reason() == EndReason.EXPIRED ? expiry(ended) : begun.act().at();
    if (ended.given().isEmpty()) {
      return mails.endedBeforeItWasThere(to, asked, at, ending);
    }
    return mails.ended(
        to,
        asked,
        at,
        ending,
        heldOn(ended),
        attested(ended).map(said -> name(said.act().by())).orElse(null));
  }

  private static HeldOn heldOn(Ended ended) {
    if (ended.heldBy() == null) {
      return HeldOn.NO;
    }
    return ended.asked().plan().target().isByHand() ? HeldOn.PERHAPS : HeldOn.YES;
  }

  private Asked asked(Request request) {
    var asked = request.asked();
    var rule = asked.plan().rule();
    return new Asked(
        request.id(),
        name(asked.requester()),
        asked.requester(),
        asked.askedBy() == null ? null : name(asked.askedBy()),
        asked.plan().title(),
        asked.plan().systemTitle(),
        asked.plan().roleTitle(),
        asked.duration(),
        Shortened.of(request, this::name),
        request.extendable().orElse(null),
        Story.extended(request),
        asked.reason(),
        asked.ticket(),
        asked.startsAt(),
        rule == null ? null : rule.name(),
        asked.plan().target().isByHand(),
        Story.isEmergency(request));
  }

  private List<String> approvers(Request request, Recipient to) {
    return request.stages().stream()
        .flatMap(stage -> stage.decisions().stream())
        .map(decision -> who(decision, to))
        .distinct()
        .toList();
  }

  /** The same without this person, who is spoken to. */
  private List<String> approversBut(Request request, Recipient to) {
    return request.stages().stream()
        .flatMap(stage -> stage.decisions().stream())
        .filter(decision -> !decision.by().equals(to.address()))
        .map(decision -> who(decision, to))
        .distinct()
        .toList();
  }

  private List<String> lastAsked(Request request) {
    return request.stages().getLast().everybodyAsked().stream().map(this::name).toList();
  }

  private static Instant expiry(Request request) {
    return request.given().orElseThrow().expiresAt();
  }

  private String guidance(Request request, Function<Runbook, String> which) {
    return catalog
        .get()
        .runbook(request.asked().plan().runbook())
        .map(published -> which.apply(published.policy()))
        .orElse("");
  }

  /** What the role lets one do, as its system says today; empty if it has no such role any more. */
  private String allows(Request request) {
    var plan = request.asked().plan();
    return catalog.get().allows(plan.system(), plan.role());
  }

  private Recipient recipient(String email) {
    var person = directory.person(email);
    return new Recipient(
        email,
        person.map(Person::name).orElse(email),
        person.map(Person::zone).orElse(ZoneOffset.UTC),
        language(email, person.map(Person::language)));
  }

  /** What was chosen on pages, else what the directory says, whose region counts for either. */
  private Locale language(String email, Optional<Locale> told) {
    return chosen
        .apply(email)
        .filter(Languages::speak)
        .map(language -> Languages.withRegion(language, told.stream()))
        .or(() -> told)
        .orElse(Locale.ENGLISH);
  }

  private String name(String email) {
    return Story.nameOf(directory, email);
  }

  private static String detail(Event event, String name) {
    return event.details().getOrDefault(name, "");
  }
}
