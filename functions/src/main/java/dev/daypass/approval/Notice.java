package dev.daypass.approval;

import dev.daypass.access.Decision;
import dev.daypass.access.Event;
import dev.daypass.access.Reach;
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
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Stage;
import dev.daypass.access.StandIn;
import dev.daypass.access.Status;
import dev.daypass.web.Story;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A mail that somebody should have had by now, as the request itself says. So a mail that a dead
 * step did not send is sent by the next one.
 *
 * @param about what it tells
 * @param version the change it is about; with the other two it names the mail
 * @param to email address of the reader
 */
public record Notice(About about, int version, String to) {
  /** What a notice tells. */
  public enum About {
    /** To the requester: somebody else has asked for them. */
    ASKED_FOR_YOU,
    /** To whoever asked for somebody else: what has come of it. */
    OUTCOME_FOR_ASKER,
    /** To those asked: somebody else has decided. */
    DECIDED_BY_OTHER,
    /** To those asked: others are asked now instead. */
    REPLACED,
    /** To the requester: mails did not reach enough approvers of a round, so others are asked. */
    NOBODY_REACHED,
    /** To the requester: it is approved, and begins later. */
    BEGINS_LATER,
    /** To the requester: it was approved for later, and could not begin. */
    NOT_BEGUN,
    ACCESS_UNTIL,
    DENIED,
    LAPSED,
    /** To those asked: the request was taken back. */
    CANCELLED,
    ENDED,
    NOT_SET_UP,
    ALREADY_HELD,
    /** To the owners: a set-up failed. */
    OWNER_NOT_SET_UP,
    /** To the owners: somebody has this access without Daypass. */
    OWNER_ALREADY_HELD,
    /** To the requester: it is approved, and people set it up. */
    SET_UP_BY_HAND,
    /** To the requester: nobody has said in time that it is set up by hand. */
    NOBODY_SET_IT_UP,
    /** To the owners: an access is to be set up by hand. */
    OWNER_SET_UP_TASK,
    /** To the other owners: somebody has done that. */
    OWNER_SET_UP_DONE,
    /** To the owners: access could not be taken away, or only hands can take it away. */
    OWNER_REMOVAL_TASK,
    /** To the owners who had that task: the access is gone. */
    OWNER_GONE_AFTER_ALL,
    /** To owners, reviewers and the requester's manager: somebody took access in an emergency. */
    EMERGENCY,
    /** To the requester, and to all others who heard of it: what the review came to. */
    REVIEWED
  }

  /** The name under which it is marked as sent. */
  public String key() {
    return about + "#" + version + "#" + to;
  }

  /**
   * All notices that this request, as it is now, gives rise to; what is out of date is left out.
   *
   * @param reached email addresses of those whom mails to the owners reach; asked only if there is
   *     one
   * @param ofEmergency email addresses of all who hear of an emergency; asked only if it is one
   */
  static List<Notice> of(
      Request request, Supplier<List<String>> reached, Supplier<List<String>> ofEmergency) {
    var notices = new ArrayList<Notice>();
    emergency(request, ofEmergency, notices);
    askedForYou(request).ifPresent(notices::add);
    for (var event : request.trail().events()) {
      if (event.kind() == Event.Kind.DECIDED) {
        decided(request, event, notices);
      }
      for (var person : joined(event, "replaced")) {
        if (!Reach.lost(request, stage(event)).contains(person)) {
          notices.add(new Notice(About.REPLACED, event.version(), person));
        }
      }
      if (event.kind() == Event.Kind.SET_UP_ANSWERED
          && event.details().getOrDefault("result", "").equals(SetUpTask.Result.DONE.name())) {
        toOwners(About.OWNER_SET_UP_DONE, event.version(), reached, List.of(event.act().by()))
            .forEach(notices::add);
      }
      if (Reach.left(event).filter(left -> !sameAreAsked(request, left)).isPresent()) {
        notices.add(new Notice(About.NOBODY_REACHED, event.version(), request.asked().requester()));
      }
    }
    int version = request.trail().last().version();
    var requester = request.asked().requester();
    switch (request) {
      case Pending _ -> {
        // The page says it; a mail would only be one more.
      }
      case Scheduled scheduled -> {
        var approved = approval(scheduled);
        // What begins at once is told when it has.
        if (scheduled.asked().waitsUntil(approved.act().at()).isPresent()) {
          notices.add(new Notice(About.BEGINS_LATER, approved.version(), requester));
        }
      }
      case Provisioning provisioning -> {
        if (provisioning.awaited().isPresent()) {
          int opened = versionOf(provisioning, Event.Kind.SET_UP_TASK_OPENED);
          notices.add(new Notice(About.SET_UP_BY_HAND, opened, requester));
          notices.addAll(toOwners(About.OWNER_SET_UP_TASK, opened, reached, List.of()));
        }
      }
      case Active active ->
          notices.add(
              new Notice(About.ACCESS_UNTIL, versionOf(active, Event.Kind.ACTIVATED), requester));
      case Ending ending -> {
        if (ending.nobodySetItUp()) {
          int givenUp = versionOf(ending, Event.Kind.GIVEN_UP);
          notices.add(new Notice(About.NOBODY_SET_IT_UP, givenUp, requester));
        }
        if (ending.ownersTask().isPresent()) {
          int opened = versionOf(ending, Event.Kind.REMOVAL_TASK_OPENED);
          notices.addAll(toOwners(About.OWNER_REMOVAL_TASK, opened, reached, List.of()));
        }
      }
      case Denied _ -> notices.add(new Notice(About.DENIED, version, requester));
      case Lapsed _ -> {
        if (Reach.left(request.trail().last()).isEmpty()) {
          notices.add(new Notice(About.LAPSED, version, requester));
        } // Else nobody was reached, which is told above: those did not fail to answer.
      }
      case Cancelled _ -> cancelled(request, notices);
      case Ended _ -> {
        notices.add(new Notice(About.ENDED, version, requester));
        goneAfterAll(request, reached, notices);
      }
      case Failed failed -> {
        goneAfterAll(request, reached, notices);
        boolean held = failed.reason() == Failed.Reason.ALREADY_HELD;
        notices.add(new Notice(held ? About.ALREADY_HELD : About.NOT_SET_UP, version, requester));
        var toOwner = held ? About.OWNER_ALREADY_HELD : About.OWNER_NOT_SET_UP;
        // Whoever has said so knows.
        notices.addAll(
            toOwners(toOwner, version, reached, by(request, Event.Kind.SET_UP_ANSWERED)));
      }
    }
    outcomeForAsker(request).ifPresent(notices::add);
    return List.copyOf(notices);
  }

  /** Loudly, and first of all: nobody has approved it. */
  private static void emergency(
      Request request, Supplier<List<String>> ofEmergency, List<Notice> notices) {
    if (!Story.isEmergency(request)) {
      return;
    }
    var told = ofEmergency.get();
    for (var event : request.trail().events()) {
      if (event.kind() == Event.Kind.SUBMITTED) {
        told.forEach(each -> notices.add(new Notice(About.EMERGENCY, event.version(), each)));
      }
      if (event.kind() == Event.Kind.REVIEWED) {
        Stream.concat(Stream.of(request.asked().requester()), told.stream())
            .filter(each -> !each.equals(event.act().by()))
            .forEach(each -> notices.add(new Notice(About.REVIEWED, event.version(), each)));
      }
    }
  }

  /** Where it is over already, the mail about that says who asked. */
  private static Optional<Notice> askedForYou(Request request) {
    return Optional.ofNullable(request.asked().askedBy())
        .filter(_ -> !request.status().isFinal())
        .map(_ -> new Notice(About.ASKED_FOR_YOU, 1, request.asked().requester()));
  }

  /** What becomes of the access once it is there is its holder's; whoever withdrew it knows. */
  private static Optional<Notice> outcomeForAsker(Request request) {
    var came =
        switch (request) {
          case Scheduled scheduled -> {
            var approved = approval(scheduled);
            yield scheduled.asked().waitsUntil(approved.act().at()).map(_ -> approved.version());
          }
          case Active active -> Optional.of(versionOf(active, Event.Kind.ACTIVATED));
          case Denied _, Lapsed _, Failed _ -> Optional.of(request.version());
          case Cancelled _ ->
              Optional.of(request.trail().last())
                  .filter(last -> !last.act().by().equals(request.asked().askedBy()))
                  .map(Event::version);
          // Where it was over before anybody could tell that it was there, that is told now.
          case Ended ended ->
              Optional.of(
                  ended.given().isPresent()
                      ? versionOf(ended, Event.Kind.ACTIVATED)
                      : ended.version());
          case Pending _, Provisioning _, Ending _ -> Optional.<Integer>empty();
        };
    return Optional.ofNullable(request.asked().askedBy())
        .flatMap(asker -> came.map(at -> new Notice(About.OUTCOME_FOR_ASKER, at, asker)));
  }

  private static void decided(Request request, Event event, List<Notice> notices) {
    if (!event.details().getOrDefault("result", "").equals(Stage.Result.APPROVED.name())
        && !event.details().getOrDefault("result", "").equals(Stage.Result.DENIED.name())) {
      return;
    }
    var stage = request.stages().get(stage(event));
    var deciders = stage.decisions().stream().map(Decision::by).toList();
    var lost = Reach.lost(request, stage(event));
    for (var person : toldOf(stage)) {
      // Whoever was replaced has been told, and that was the last mail about it.
      if (!deciders.contains(person) && !stage.isReplaced(person) && !lost.contains(person)) {
        notices.add(new Notice(About.DECIDED_BY_OTHER, event.version(), person));
      }
    }
  }

  /** Those who were asked, and whoever stands in for one of them to the end. */
  private static List<String> toldOf(Stage stage) {
    return Stream.concat(
            stage.everybodyAsked().stream(),
            stage.standIns().stream().filter(StandIn::lasts).map(StandIn::by))
        .toList();
  }

  /** Those who were asked need not answer; a requester whom an owner forestalled is told so. */
  private static void cancelled(Request request, List<Notice> notices) {
    int version = request.trail().last().version();
    var by = request.trail().last().act().by();
    var requester = request.asked().requester();
    if (Story.notBegun((Cancelled) request).isPresent()) {
      notices.add(new Notice(About.NOT_BEGUN, version, requester));
    } else if (!by.equals(requester)) {
      notices.add(new Notice(About.DENIED, version, requester));
    }
    if (request.stages().isEmpty()) {
      // Nobody was asked.
      return;
    }
    var stage = request.stages().getLast();
    if (stage.result() == Stage.Result.CANCELLED) {
      var lost = Reach.lost(request, request.stages().size() - 1);
      for (var person : stage.everybodyTold()) {
        if (!person.equals(by) && !stage.askedNoMore().contains(person) && !lost.contains(person)) {
          notices.add(new Notice(About.CANCELLED, version, person));
        }
      }
    }
  }

  /** The change by which it was approved. */
  private static Event approval(Scheduled request) {
    return request.trail().events().stream()
        .filter(event -> event.status() == Status.SCHEDULED)
        .findFirst()
        .orElseThrow();
  }

  private static void goneAfterAll(
      Request request, Supplier<List<String>> reached, List<Notice> notices) {
    if (!by(request, Event.Kind.REMOVAL_TASK_OPENED).isEmpty()) {
      // Whoever has done it by hand knows.
      notices.addAll(
          toOwners(
              About.OWNER_GONE_AFTER_ALL,
              request.trail().last().version(),
              reached,
              by(request, Event.Kind.REMOVAL_ATTESTED)));
    }
  }

  private static List<Notice> toOwners(
      About about, int version, Supplier<List<String>> reached, List<String> butNot) {
    return reached.get().stream()
        .filter(owner -> !butNot.contains(owner))
        .map(owner -> new Notice(about, version, owner))
        .toList();
  }

  /** Who has done that, if anybody. */
  private static List<String> by(Request request, Event.Kind kind) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == kind)
        .map(event -> event.act().by())
        .toList();
  }

  private static List<String> joined(Event event, String detail) {
    var joined = event.details().getOrDefault(detail, "");
    return joined.isEmpty() ? List.of() : List.of(joined.split(" ", -1));
  }

  /** Whether the round that opened then asks nobody else: it tells, or the one after it. */
  private static boolean sameAreAsked(Request request, Reach.Left left) {
    var opens = left.opens();
    if (opens == null) {
      return false;
    }
    var stage = request.stages().get(left.stage());
    // What has been handed over since does not make it somebody else's then.
    var unreached = new HashSet<>(left.unreached());
    left.unreached().forEach(each -> unreached.add(stage.heirOf(each)));
    return unreached.containsAll(stage.plan().rounds().get(opens).approvers());
  }

  private static int stage(Event event) {
    return Integer.parseInt(event.details().getOrDefault("stage", "0"));
  }

  private static int versionOf(Request request, Event.Kind kind) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == kind)
        .mapToInt(Event::version)
        .max()
        .orElseThrow();
  }
}
