package dev.daypass.simulation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Event.Kind;
import dev.daypass.access.Evidence;
import dev.daypass.access.Proof;
import dev.daypass.access.Request;
import dev.daypass.access.RequestId;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Status;
import dev.daypass.audit.Chain;
import dev.daypass.audit.Verdict;
import dev.daypass.local.ses.LocalSes.Returned;
import dev.daypass.local.ses.Mail;
import dev.daypass.runbook.Calendar;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.runbook.Who;
import dev.daypass.store.EvidenceFiles;
import dev.daypass.store.Policies;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The eight promises, checked on what can be seen from outside when a run has come to rest: the
 * tables, the target, the mailbox, the workflow, the audit records and the answers people got. Who
 * may approve is worked out here from the runbooks, independently of what was frozen.
 */
final class Promises {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How long access may outlive its end when nothing goes wrong. */
  private static final Duration PROMPTLY = Duration.ofSeconds(60);

  /** How long if the sweep must end it. */
  private static final Duration BY_THE_SWEEP = Duration.ofMinutes(5);

  /** How long if nothing but the time to live of the grant is left: it is late, and then begins. */
  private static final Duration BY_THE_TTL = Duration.ofMinutes(25);

  /** Who must review an emergency is reminded after that long, give or take a sweep. */
  private static final Duration FIRST_REMINDER = Duration.ofHours(4).plus(BY_THE_SWEEP);

  /** Clocks that are wrong may be wrong by so much together. */
  private static final Duration CLOCKS = Duration.ofSeconds(10);

  private static final Set<Kind> REVIEW =
      Set.of(Kind.REVIEW_REMINDED, Kind.REVIEWED, Kind.REVIEW_TOLD);

  private static final Pattern CODE = Pattern.compile("(?m)^\\s*Code: (\\d{6})$");

  private final World world;
  private final boolean troubled;
  private final boolean rested;
  private final List<Broken> broken = new ArrayList<>();
  private final Map<String, Request> requests = new LinkedHashMap<>();

  private Promises(World world, boolean rested, boolean troubled) {
    this.world = world;
    this.rested = rested;
    this.troubled = troubled || world.isTroubled();
    for (var id : world.requestIds()) {
      requests.put(id, world.request(id));
    }
  }

  /**
   * What was not kept.
   *
   * @param rested whether the run came to rest in time
   * @param troubled whether anything went wrong in it
   */
  static List<Broken> broken(World world, boolean rested, boolean troubled) {
    var promises = new Promises(world, rested, troubled);
    promises.check();
    return List.copyOf(promises.broken);
  }

  private void check() {
    for (var request : requests.values()) {
      approvedByThoseWhoMay(request);
      askedForOthersByThoseWhoMay(request);
      shoutedAbout(request);
      reviewedByOthers(request);
      begunInTime(request);
      nobodyApprovedTwice(request);
      decidedByThemselves(request);
      handedOverToThoseWhoMay(request);
      stoodInAsNamed(request);
      toldOfStandingIn(request);
      toldOfTheHandover(request);
      noLongerThanApproved(request);
      extendedByTheRule(request);
      goneWhenEnded(request);
      goneByWord(request);
      whatWasShownIsThere(request);
      auditedOnce(request);
      endedByThemselves(request);
      ownersAreTold(request);
      oneOutcomeForEachStage(request);
      decidedInTime(request);
      notDecidedByTheReplaced(request);
      lapsedForWantOfApprovals(request);
      reachesAnEnd(request);
      goesOnSoon(request);
      neverSetUpAfterNo(request);
      heldUntilTheEnd(request);
      heldByOthersIsTrue(request);
      withdrawnByApprovers(request);
    }
    everyAccessIsExplained();
    nobodyHasBoth();
    everyAccessEnds();
    whatIsForeignStays();
    whatWasPublishedStays();
    answersAreTrue();
    whatIsOpenedIsWhatWasSent();
    askedOnceForEachKey();
    acceptedIsKept();
    endingIsNotRefused();
    changedUnderTheLock();
    nothingIsLeft();
    channelsAreToldNoSecrets();
    world.oldReads().forEach(old -> say(old.promise(), null, old.sentence()));
    broken.addAll(world.claimsBroken());
  }

  private void say(int promise, @Nullable Instant at, String what) {
    broken.add(new Broken(promise, at, what));
  }

  // 1

  private void approvedByThoseWhoMay(Request request) {
    var started = first(request, Kind.PROVISIONING_STARTED);
    if (started == null) {
      return;
    }
    var submitted = request.trail().events().getFirst();
    if (submitted.details().containsKey("rule")) {
      approvedByARule(request, submitted);
      return;
    }
    if (submitted.details().containsKey("breakGlass")) {
      takenByThoseWhoMay(request, submitted);
      return;
    }
    var runbook = runbook(request);
    var requester = request.asked().requester();
    var asker = asker(request);
    for (int stage = 0; stage < runbook.approval().size(); stage++) {
      var approvals = new HashSet<String>();
      for (var event : request.trail().events()) {
        if (event.kind() == Kind.DECIDED
            && event.version() < started.version()
            && event.details().getOrDefault("stage", "").equals(String.valueOf(stage))
            && event.details().getOrDefault("answer", "").equals("APPROVE")) {
          var by = event.act().by();
          var part = part(event);
          if (by.equals(requester)) {
            say(1, event.act().at(), "%s approved the own request %s".formatted(by, request.id()));
          } else if (by.equals(asker)) {
            say(1, event.act().at(), "%s approved %s and had asked".formatted(by, request.id()));
          } else if (!wasHere(asker, event.act().at())) {
            say(
                1,
                event.act().at(),
                "stage %d was approved on the word of somebody who has left".formatted(stage));
          } else if (!mayDecide(runbook, stage, requester).contains(part)) {
            say(1, event.act().at(), "%s approved stage %d and may not".formatted(by, stage));
          } else if (!wasHere(by, event.act().at()) || !wasHere(part, event.act().at())) {
            say(1, event.act().at(), "%s approved stage %d after leaving".formatted(by, stage));
          } else if (!wasHere(requester, event.act().at())) {
            say(
                1,
                event.act().at(),
                "stage %d was approved for somebody who has left".formatted(stage));
          } else if (isWithdrawn(runbook, event.act().at())) {
            say(
                1,
                event.act().at(),
                "stage %d was approved of a withdrawn runbook".formatted(stage));
          } else if (!isProven(event, runbook.proof())) {
            say(
                1,
                event.act().at(),
                "%s approved stage %d with %s, and %s is demanded"
                    .formatted(by, stage, event.details().get("proof"), runbook.proof()));
          } else {
            approvals.add(part);
          }
        }
      }
      var others = new HashSet<>(approvedBefore(request, stage));
      others.add(asker);
      int needed = needed(runbook, stage, requester, others);
      if (approvals.size() < needed) {
        say(
            1,
            started.act().at(),
            "access was set up with %d of %d approvals of stage %d"
                .formatted(approvals.size(), needed, stage));
      }
    }
  }

  /** In an emergency, as a person wanted whom the published runbook names, and for a short time. */
  private void takenByThoseWhoMay(Request request, Event submitted) {
    var asked = request.asked();
    var at = submitted.act().at();
    var runbook =
        world.published(asked.plan().runbook(), asked.plan().runbookVersion()).orElse(null);
    var glass = runbook == null ? null : runbook.breakGlass();
    if (runbook == null || glass == null) {
      say(1, at, "%s was taken, and the runbook lets nobody".formatted(request.id()));
      return;
    }
    var unmet = new ArrayList<String>();
    if (glass.who().stream()
        .noneMatch(who -> people(who, runbook, asked.requester()).contains(asked.requester()))) {
      unmet.add("who");
    }
    if (asked.duration().compareTo(glass.longest()) > 0) {
      unmet.add("longest");
    }
    if (!"FRESH".equals(submitted.details().get("proof"))) {
      unmet.add("proof");
    }
    if (!asker(request).equals(asked.requester())) {
      unmet.add("for themselves");
    }
    if (!wasHere(asked.requester(), at)) {
      unmet.add("here");
    }
    if (isWithdrawn(runbook, at)) {
      unmet.add("withdrawn");
    }
    if (!unmet.isEmpty()) {
      say(1, at, "%s was taken, and this did not hold: %s".formatted(request.id(), unmet));
    }
  }

  /** Access that nobody approved is not given in silence. */
  private void shoutedAbout(Request request) {
    var submitted = request.trail().events().getFirst();
    if (!submitted.details().containsKey("breakGlass")) {
      return;
    }
    var at = submitted.act().at();
    // Whoever withdraws it in the same moment has nothing.
    if (first(request, Kind.PROVISIONING_STARTED) != null
        && world.log().stream()
            .noneMatch(line -> line.text().contains("ALARM break-glass request=" + request.id()))) {
      say(1, at, "%s was taken, and no alarm was heard".formatted(request.id()));
    }
    var runbook = runbook(request);
    var glass = runbook.breakGlass();
    var told = new LinkedHashSet<String>(system(runbook).owners());
    if (glass != null) {
      glass.review().forEach(who -> told.addAll(people(who, runbook, request.asked().requester())));
    }
    told.addAll(people(new Who.Manager(), runbook, request.asked().requester()));
    told.remove(request.asked().requester());
    told.removeAll(world.departures().keySet());
    told.removeAll(world.refused());
    for (var person : told) {
      var heard =
          world.mails().stream()
              .filter(mail -> mail.isFor(person))
              .filter(mail -> request.id().equals(mail.tags().get("request")))
              .filter(mail -> "emergency".equals(mail.tags().get("mail")))
              .map(Mail::at)
              .min(Comparator.naturalOrder());
      if (heard.isEmpty() || (!troubled && heard.get().isAfter(at.plus(PROMPTLY)))) {
        say(1, at, "%s was taken, and %s heard of it: %s".formatted(request.id(), person, heard));
      }
    }
  }

  /** By one of those who must, in their own words; and they are reminded until somebody has. */
  private void reviewedByOthers(Request request) {
    var runbook = runbook(request);
    var glass = runbook.breakGlass();
    var requester = request.asked().requester();
    var reviewed = first(request, Kind.REVIEWED);
    if (reviewed != null) {
      var by = reviewed.act().by();
      var may = new HashSet<String>(administrators());
      if (glass != null) {
        glass.review().forEach(who -> may.addAll(people(who, runbook, requester)));
      }
      may.remove(requester);
      boolean sent =
          world.exchanges().stream()
              .filter(exchange -> exchange.who().equals(by))
              .filter(exchange -> request.id().equals(exchange.request()))
              .filter(exchange -> exchange.route().endsWith("/review"))
              .filter(exchange -> isThen(exchange, reviewed))
              .anyMatch(
                  exchange ->
                      exchange
                          .sent()
                          .path("verdict")
                          .asText()
                          .replace('-', '_')
                          .equalsIgnoreCase(reviewed.details().get("verdict")));
      if (!may.contains(by) || !sent) {
        say(1, reviewed.act().at(), "%s reviewed %s and did not".formatted(by, request.id()));
      }
      if (request.trail().events().stream().filter(each -> each.kind() == Kind.REVIEWED).count()
          > 1) {
        say(4, reviewed.act().at(), "%s was reviewed twice".formatted(request.id()));
      }
      return;
    }
    var taken = request.trail().events().getFirst();
    if (!taken.details().containsKey("breakGlass") || troubled) {
      return;
    }
    var late = Duration.between(taken.act().at(), world.now());
    long reminders =
        request.trail().events().stream()
            .filter(event -> event.kind() == Kind.REVIEW_REMINDED)
            .count();
    // After four hours, and then each day.
    long due = late.compareTo(FIRST_REMINDER) < 0 ? 0 : 1 + late.minus(BY_THE_SWEEP).toDays();
    if (reminders < due) {
      say(
          1,
          taken.act().at(),
          "nobody has reviewed %s for %s, and people were reminded %d times"
              .formatted(request.id(), late, reminders));
    }
  }

  private List<String> administrators() {
    return world.company().policies().people().stream()
        .filter(person -> person.isIn(Visitor.ADMINS))
        .map(Person::email)
        .toList();
  }

  /** Who sent it, by what was sent, and not by what is written. */
  private String asker(Request request) {
    return world.exchanges().stream()
        .filter(exchange -> exchange.route().equals("POST /api/requests"))
        .filter(
            exchange ->
                RequestId.of(exchange.who(), exchange.sent().path("idempotency-key").asText())
                    .equals(request.id()))
        .findFirst()
        .map(World.Exchange::who)
        .orElseGet(() -> request.asked().requester());
  }

  /**
   * Nobody asks for somebody else but whom the runbook names, and whoever it is for is told at once
   * and can withdraw it; both names stand in the trail.
   */
  private void askedForOthersByThoseWhoMay(Request request) {
    var asker = asker(request);
    var requester = request.asked().requester();
    var submitted = request.trail().events().getFirst();
    var at = submitted.act().at();
    if (!submitted.act().by().equals(asker)) {
      say(3, at, "%s asked for %s, and it is written otherwise".formatted(asker, request.id()));
    }
    if (asker.equals(requester)) {
      return;
    }
    if (!submitted.details().getOrDefault("for", "").equals(requester)) {
      say(3, at, "%s was asked for %s, and it is not written".formatted(request.id(), requester));
    }
    boolean may =
        runbook(request).mayAskForOthers().stream()
            .anyMatch(
                who ->
                    switch (who) {
                      case Who.Manager _ ->
                          asker.equals(world.company().person(requester).manager());
                      case Who.Group group -> world.company().person(asker).isIn(group.name());
                      case Who.Named named -> named.email().equals(asker);
                      case Who.Everyone _, Who.ManagersManager _, Who.Owners _ -> false;
                    });
    if (!may || !wasHere(asker, at)) {
      say(1, at, "%s asked for %s and may not".formatted(asker, requester));
    }
    var last = last(request);
    boolean soonOver =
        last.status().isFinal() && last.act().at().isBefore(at.plus(BY_THE_SWEEP).plus(CLOCKS));
    if (rested && !soonOver && !isTold(request, requester, "asked-for-you")) {
      say(5, at, "%s was not told that %s asked for them".formatted(requester, asker));
    }
    boolean knows = last.status() == Status.CANCELLED && last.act().by().equals(asker);
    if (rested && !knows && !isTold(request, asker, "outcome-for-asker")) {
      say(5, last.act().at(), "%s was not told what came of %s".formatted(asker, request.id()));
    }
  }

  private boolean isTold(Request request, String person, String what) {
    return world.refused().contains(person)
        || world.mails().stream()
            .anyMatch(
                mail ->
                    mail.isFor(person)
                        && request.id().equals(mail.tags().get("request"))
                        && what.equals(mail.tags().get("mail")));
  }

  /** Not before the time that was asked for, and then only for somebody who is still here. */
  private void begunInTime(Request request) {
    var started = first(request, Kind.PROVISIONING_STARTED);
    var startsAt = request.asked().startsAt();
    if (started == null || startsAt == null) {
      return;
    }
    var at = started.act().at();
    if (at.isBefore(startsAt)) {
      say(1, at, "request %s began before %s".formatted(request.id(), startsAt));
    }
    if (!wasHere(request.asked().requester(), at)) {
      say(1, at, "request %s began for somebody who has left".formatted(request.id()));
    }
  }

  /** By a rule of the published version that is named, all of which held when it was asked. */
  private void approvedByARule(Request request, Event submitted) {
    var asked = request.asked();
    var at = submitted.act().at();
    var name = submitted.details().getOrDefault("rule", "");
    var runbook =
        world.published(asked.plan().runbook(), asked.plan().runbookVersion()).orElse(null);
    var rule =
        runbook == null
            ? null
            : runbook.autoApproval().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElse(null);
    if (runbook == null || rule == null) {
      say(1, at, "%s was approved by the rule %s, and there is none".formatted(request.id(), name));
      return;
    }
    var unmet = new ArrayList<String>();
    var publisher = submitted.details().getOrDefault("publisher", "");
    if (!publisher.equals(Lives.RUTH)
        || publisher.equals(asked.requester())
        || publisher.equals(asker(request))) {
      unmet.add("publisher");
    }
    if (!wasHere(asked.requester(), at)) {
      unmet.add("here");
    }
    if (isWithdrawn(runbook, at)) {
      unmet.add("withdrawn");
    }
    if (rule.inGroup() != null && !world.company().person(asked.requester()).isIn(rule.inGroup())) {
      unmet.add("inGroup");
    }
    if (rule.maxDuration() != null && asked.duration().compareTo(rule.maxDuration()) > 0) {
      unmet.add("maxDuration");
    }
    if (rule.hasTicket() && asked.ticket() == null) {
      unmet.add("hasTicket");
    }
    if (rule.withinHours() && !isWorked(runbook, at)) {
      unmet.add("withinHours");
    }
    if (rule.usedBefore() != null && !usedBefore(request, at.minus(rule.usedBefore()))) {
      unmet.add("usedBefore");
    }
    if (!unmet.isEmpty()) {
      say(
          1,
          at,
          "the rule %s approved %s, and these did not hold: %s"
              .formatted(name, request.id(), unmet));
    }
  }

  private static boolean isWorked(Runbook runbook, Instant at) {
    var calendar = Objects.requireNonNull(runbook.calendar());
    var wall = at.atZone(calendar.zone());
    int minute = wall.getHour() * 60 + wall.getMinute();
    return !calendar.holidays().containsKey(wall.toLocalDate())
        && calendar.week().getOrDefault(wall.getDayOfWeek(), List.of()).stream()
            .anyMatch(opening -> minute >= opening.from() && minute < opening.to());
  }

  /** Of what the person was given before, the last was not taken from them by then. */
  private boolean usedBefore(Request request, Instant since) {
    var asked = request.asked();
    return requests.values().stream()
        .filter(
            other ->
                other.asked().requester().equals(asked.requester())
                    && other.asked().plan().runbook().equals(asked.plan().runbook())
                    && other.asked().at().isBefore(asked.at())
                    && !other.asked().at().isBefore(since))
        .filter(
            other -> {
              var activated = first(other, Kind.ACTIVATED);
              return activated != null && activated.act().at().isBefore(asked.at().plus(CLOCKS));
            })
        .max(Comparator.comparing(other -> other.asked().at()))
        .filter(last -> !wasRevoked(last, asked.at().minus(CLOCKS)))
        .filter(last -> last.shortened().isEmpty())
        .isPresent();
  }

  private static boolean wasRevoked(Request request, Instant by) {
    return request.trail().events().stream()
        .anyMatch(
            event ->
                event.kind() == Kind.ENDING
                    && "REVOKED".equals(event.details().get("reason"))
                    && event.act().at().isBefore(by));
  }

  private static boolean isProven(Event decided, Proof demanded) {
    var given = Proof.valueOf(decided.details().getOrDefault("proof", ""));
    return switch (demanded) {
      case FRESH -> given == Proof.FRESH;
      case SESSION -> given != Proof.MAILBOX;
      case MAILBOX -> true;
    };
  }

  /** Whoever approved one stage did not approve another, unless the published runbook says so. */
  private void nobodyApprovedTwice(Request request) {
    var plan = request.asked().plan();
    if (world
        .published(plan.runbook(), plan.runbookVersion())
        .map(Runbook::sameApprover)
        .orElse(false)) {
      return;
    }
    var approved = new HashMap<String, String>();
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.DECIDED
          && event.details().getOrDefault("answer", "").equals("APPROVE")) {
        var stage = event.details().getOrDefault("stage", "");
        for (var by : Set.copyOf(List.of(event.act().by(), part(event)))) {
          var before = approved.putIfAbsent(by, stage);
          if (before != null && !before.equals(stage)) {
            say(
                1,
                event.act().at(),
                "%s approved stage %s and had approved stage %s".formatted(by, stage, before));
          }
        }
      }
    }
  }

  /** Those who approved an earlier stage, where they are not asked again. */
  private Set<String> approvedBefore(Request request, int stage) {
    var plan = request.asked().plan();
    var approved = new HashSet<String>();
    if (world
        .published(plan.runbook(), plan.runbookVersion())
        .map(Runbook::sameApprover)
        .orElse(false)) {
      return approved;
    }
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.DECIDED
          && Integer.parseInt(event.details().getOrDefault("stage", "")) < stage) {
        approved.add(event.act().by());
        approved.add(part(event));
      }
    }
    return approved;
  }

  /** Functions believe what they have read for a minute. */
  private boolean isWithdrawn(Runbook runbook, Instant at) {
    var since = world.withdrawn().get(runbook.id());
    return since != null && at.isAfter(since.plus(Duration.ofMinutes(1)).plus(CLOCKS));
  }

  /** Whose part of the stage a decision is: somebody may have stood in for them. */
  private static String part(Event decided) {
    return decided.details().getOrDefault("for", decided.act().by());
  }

  /**
   * Whoever was asked or decided in somebody's place had been named by them for that moment, and is
   * neither the requester nor anybody whom the stage asks; and each part was decided once.
   */
  private void stoodInAsNamed(Request request) {
    var asked = new HashSet<String>();
    var parts = new HashSet<String>();
    for (var event : request.trail().events()) {
      var at = event.act().at();
      var stage = event.details().getOrDefault("stage", "");
      if (event.kind() == Kind.STAND_INS) {
        var by = words(event, "standIns");
        var of = words(event, "for");
        for (int i = 0; i < by.size(); i++) {
          asked.add(stage + " " + by.get(i) + " " + of.get(i));
          // Functions look up who it is a moment before they write it.
          if (!isNamed(by.get(i), of.get(i), at, BY_THE_SWEEP)
              || List.of(request.asked().requester(), asker(request)).contains(by.get(i))
              || request
                  .asked()
                  .plan()
                  .stages()
                  .get(Integer.parseInt(stage))
                  .asked()
                  .contains(by.get(i))) {
            say(1, at, "%s was asked in place of %s".formatted(by.get(i), of.get(i)));
          }
        }
      }
      if (event.kind() == Kind.DECIDED) {
        var by = event.act().by();
        if (!parts.add(stage + " " + part(event))
            || (!by.equals(part(event)) && !parts.add(stage + " " + by))) {
          say(4, at, "the part of %s in stage %s was decided twice".formatted(part(event), stage));
        }
        if (!by.equals(part(event))
            && (!isNamed(by, part(event), at, CLOCKS)
                || !asked.contains(stage + " " + by + " " + part(event)))) {
          say(1, at, "%s decided for %s and did not stand in".formatted(by, part(event)));
        }
      }
    }
  }

  private static List<String> words(Event event, String detail) {
    return Stream.of(event.details().getOrDefault(detail, "").split(" ", -1))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /**
   * Whether by what was sent this person stood in for that one, at some moment that near. Whatever
   * was not answered may have been taken or not.
   */
  private boolean isNamed(String by, String of, Instant at, Duration near) {
    var may = new HashSet<String>();
    for (var exchange : world.exchanges()) {
      boolean names = exchange.route().equals("PUT /api/stand-in");
      if (!exchange.who().equals(of)
          || !(names || exchange.route().equals("DELETE /api/stand-in"))
          || !(exchange.isAccepted() || exchange.status() >= 500)
          || exchange.at().isAfter(at.plus(near))) {
        continue;
      }
      if (exchange.isAccepted() && !exchange.until().isAfter(at.minus(near))) {
        may.clear();
      }
      if (names && at.minus(near).isBefore(ends(exchange))) {
        may.add(exchange.sent().path("standIn").asText());
      }
    }
    return may.contains(by);
  }

  private Instant ends(World.Exchange named) {
    return LocalDate.parse(named.sent().path("through").asText())
        .plusDays(1)
        .atStartOfDay(world.company().person(named.who()).zone())
        .toInstant();
  }

  /** Whoever is asked in somebody's place has a mail, unless it was theirs for moments only. */
  private void toldOfStandingIn(Request request) {
    for (var event : request.trail().events()) {
      var by = words(event, "standIns");
      if (event.kind() != Kind.STAND_INS || !rested || by.isEmpty()) {
        continue;
      }
      var later =
          request.trail().events().stream()
              .filter(each -> each.version() > event.version())
              .filter(
                  each ->
                      each.kind() == Kind.STAND_INS
                          || each.kind() == Kind.DECIDED
                          || each.kind() == Kind.ROUND_OVER
                          || each.kind() == Kind.CANCELLED)
              .findFirst();
      if (later.isPresent()
          && later
              .get()
              .act()
              .at()
              .isBefore(event.act().at().plus(BY_THE_SWEEP).plus(BY_THE_SWEEP))) {
        continue;
      }
      for (var person : by) {
        if (!world.refused().contains(person)
            && mails(request, person).noneMatch(mail -> isAfter(mail, event))) {
          say(
              5,
              event.act().at(),
              "%s was asked in somebody's place and never told".formatted(person));
        }
      }
    }
  }

  /** Every decision was sent by the person who is recorded for it, about that stage. */
  private void decidedByThemselves(Request request) {
    for (var event : request.trail().events()) {
      if (event.kind() != Kind.DECIDED) {
        continue;
      }
      var at = event.act().at();
      boolean sent =
          world.exchanges().stream()
              .anyMatch(
                  exchange ->
                      exchange.who().equals(event.act().by())
                          && request.id().equals(exchange.request())
                          && isAbout(exchange, event.details().getOrDefault("stage", ""))
                          && isForThatTime(exchange, event)
                          && !at.isBefore(exchange.at().minus(CLOCKS))
                          && !at.isAfter(exchange.until().plus(CLOCKS)));
      if (!sent) {
        say(
            1,
            at,
            "%s did not decide stage %s, and it is written so"
                .formatted(event.act().by(), event.details().get("stage")));
      }
    }
  }

  /**
   * By somebody who was asked and hands nothing over twice, to somebody who may decide the stage
   * and was not asked before; as they sent it, while both were here. From then on it is not theirs.
   */
  private void handedOverToThoseWhoMay(Request request) {
    var requester = request.asked().requester();
    var gone = new HashSet<String>();
    var asked = new HashMap<String, Set<String>>();
    for (var event : request.trail().events()) {
      var at = event.act().at();
      var by = event.act().by();
      var stage = event.details().getOrDefault("stage", "");
      var known = asked.computeIfAbsent(stage, _ -> new HashSet<>());
      if (event.kind() == Kind.ASKED) {
        known.addAll(List.of(event.details().getOrDefault("reached", "").split(" ", -1)));
      }
      if (event.kind() == Kind.DECIDED && gone.contains(stage + " " + part(event))) {
        say(1, at, "%s decided stage %s and had handed it over".formatted(by, stage));
      }
      if (event.kind() != Kind.HANDED_OVER) {
        continue;
      }
      var to = event.details().getOrDefault("to", "");
      var may = mayDecide(runbook(request), Integer.parseInt(stage), requester);
      if (!may.contains(by) || !gone.add(stage + " " + by)) {
        say(1, at, "%s handed over stage %s, which was not theirs".formatted(by, stage));
      }
      if (!may.contains(to) || to.equals(requester) || to.equals(asker(request))) {
        say(1, at, "stage %s was handed over to %s, who may not decide".formatted(stage, to));
      }
      if (!wasHere(by, at) || !wasHere(to, at)) {
        say(1, at, "stage %s was handed over by or to somebody who has left".formatted(stage));
      }
      if (!known.add(to) || gone.contains(stage + " " + to)) {
        say(1, at, "stage %s was handed over to %s, who had been asked".formatted(stage, to));
      }
      if (approvedBefore(request, Integer.parseInt(stage)).contains(to)) {
        say(1, at, "stage %s was handed over to %s, who has approved".formatted(stage, to));
      }
      if (!isProven(event, runbook(request).proof())) {
        say(1, at, "%s handed over stage %s and proved too little".formatted(by, stage));
      }
      boolean sent =
          world.exchanges().stream()
              .anyMatch(
                  exchange ->
                      exchange.who().equals(by)
                          && request.id().equals(exchange.request())
                          && isHandover(exchange, stage, to)
                          && isThen(exchange, event));
      if (!sent) {
        say(1, at, "%s did not hand over stage %s, and it is written so".formatted(by, stage));
      }
    }
  }

  /** Whoever it was handed to has a mail of their own, unless it was theirs for moments only. */
  private void toldOfTheHandover(Request request) {
    for (var event : request.trail().events()) {
      if (event.kind() != Kind.HANDED_OVER || !rested) {
        continue;
      }
      var to = event.details().getOrDefault("to", "");
      var later =
          request.trail().events().stream()
              .filter(each -> each.version() > event.version())
              .filter(each -> each.kind() != Kind.RUN_STARTED && each.kind() != Kind.MAIL_RETURNED)
              .findFirst();
      // The next thing that happens is that they are told: by mail, or that it did not go out.
      if (later.isEmpty()) {
        say(5, event.act().at(), "%s was handed a decision and never told".formatted(to));
      } else if (later.get().kind() == Kind.ASKED
          && List.of(later.get().details().getOrDefault("reached", "").split(" ", -1)).contains(to)
          && mails(request, to).noneMatch(mail -> isAfter(mail, event))) {
        say(5, event.act().at(), "%s is said to have been told, and was not".formatted(to));
      }
    }
  }

  private Stream<Mail> mails(Request request, String to) {
    return world.mails().stream()
        .filter(mail -> mail.isFor(to) && request.id().equals(mail.tags().get("request")));
  }

  private static boolean isAfter(Mail mail, Event event) {
    return !mail.at().isBefore(event.act().at().minus(CLOCKS))
        && mail.links().stream().anyMatch(link -> link.contains("/decide/"));
  }

  private static boolean isHandover(World.Exchange exchange, String stage, String to) {
    return isSentTo(exchange, stage)
        && exchange.sent().path("decision").asText().equals("handover")
        && exchange.sent().path("to").asText().equals(to);
  }

  /** Whether this is what somebody sent who was looking at that stage, to decide it. */
  private static boolean isAbout(World.Exchange exchange, String stage) {
    return isSentTo(exchange, stage)
        && !exchange.sent().path("decision").asText().equals("handover");
  }

  private static boolean isSentTo(World.Exchange exchange, String stage) {
    return exchange.route().startsWith("POST ")
        && exchange.route().contains("/deci")
        && exchange.sent().path("stage").asText().equals(stage);
  }

  /** No form and no program says one time, and another is written. */
  private static boolean isForThatTime(World.Exchange exchange, Event decided) {
    return exchange
        .sent()
        .path("duration")
        .asText()
        .equals(decided.details().getOrDefault("duration", ""));
  }

  /** Nobody's access is given for longer than the least that was approved. */
  private void noLongerThanApproved(Request request) {
    var activated = first(request, Kind.ACTIVATED);
    if (activated == null) {
      return;
    }
    var approved = firstExpiry(request, activated);
    var given = extendedTo(activated);
    if (!given.equals(approved)) {
      say(
          1,
          activated.act().at(),
          "access was given until %s and approved until %s".formatted(given, approved));
    }
    boolean less = approved.isBefore(activated.act().at().plus(request.asked().duration()));
    if (less && first(request, Kind.EXTENDED) != null) {
      say(1, activated.act().at(), "access that was approved for less was extended");
    }
  }

  /** Only the holder, only as far as the rule allows, only what was sent, never after the end. */
  private void extendedByTheRule(Request request) {
    var activated = first(request, Kind.ACTIVATED);
    var requester = request.asked().requester();
    var runbook = runbook(request);
    var end = activated == null ? Instant.MIN : firstExpiry(request, activated);
    for (var event : request.trail().events()) {
      if (event.kind() != Kind.EXTENDED || activated == null) {
        continue;
      }
      var at = event.act().at();
      var until = extendedTo(event);
      if (!event.act().by().equals(requester) || !sentExtension(event)) {
        say(1, at, "%s did not extend what is theirs".formatted(event.act().by()));
      }
      if (!wasHere(requester, at)) {
        say(1, at, "%s extended access after leaving".formatted(requester));
      }
      if (isWithdrawn(runbook, at)) {
        say(1, at, "access was extended by a withdrawn runbook");
      }
      var rule = runbook.extend();
      if (rule == null || until.isAfter(activated.act().at().plus(rule.longest()))) {
        say(1, at, "access was extended to %s, and no rule says so".formatted(until));
      }
      var approved = mostByRule(request, runbook);
      if (approved != null && until.isAfter(activated.act().at().plus(approved))) {
        say(1, at, "what a rule approved for %s was extended to %s".formatted(approved, until));
      }
      if (!at.isBefore(end) || !until.isAfter(end)) {
        say(2, at, "access that ends at %s was extended to %s".formatted(end, until));
      }
      end = until;
    }
  }

  /** How long the rule that approved it approves at most; null if no rule did, or it names none. */
  private static @Nullable Duration mostByRule(Request request, Runbook runbook) {
    var name = request.trail().events().getFirst().details().get("rule");
    return runbook.autoApproval().stream()
        .filter(rule -> rule.name().equals(name))
        .findFirst()
        .map(Runbook.AutoRule::maxDuration)
        .orElse(null);
  }

  private boolean sentExtension(Event event) {
    return world.exchanges().stream()
        .anyMatch(exchange -> isAbout(exchange, event) && isThen(exchange, event));
  }

  private static boolean isAbout(World.Exchange exchange, Event extended) {
    return exchange.route().equals("POST /api/requests/{id}/extend")
        && exchange.who().equals(extended.act().by())
        && Instant.parse(exchange.sent().path("until").asText())
            .truncatedTo(ChronoUnit.SECONDS)
            .equals(extendedTo(extended));
  }

  private static boolean isThen(World.Exchange exchange, Event event) {
    return !event.act().at().isBefore(exchange.at().minus(CLOCKS))
        && !event.act().at().isAfter(exchange.until().plus(CLOCKS));
  }

  private static Instant extendedTo(Event extended) {
    return Instant.parse(extended.details().getOrDefault("expiresAt", ""));
  }

  /** As long after it was there as was asked, or as the least that anybody approved. */
  private static Instant firstExpiry(Request request, Event activated) {
    var asked = request.asked().duration();
    return request.trail().events().stream()
        .filter(event -> event.kind() == Kind.DECIDED)
        .flatMap(event -> Stream.ofNullable(event.details().get("duration")))
        .map(Duration::parse)
        .filter(allowed -> allowed.compareTo(asked) < 0)
        .min(Comparator.naturalOrder())
        .map(activated.act().at()::plus)
        .orElseGet(() -> activated.act().at().plus(asked));
  }

  /** The end to which the access was moved last. */
  private static Instant expiry(Request request, Event activated) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Kind.EXTENDED)
        .map(Promises::extendedTo)
        .reduce(firstExpiry(request, activated), (before, after) -> after);
  }

  private boolean wasHere(String person, Instant at) {
    var left = world.departures().get(person);
    return left == null || at.isBefore(left.plus(CLOCKS));
  }

  private boolean hadLeft(String person, Instant at) {
    var left = world.departures().get(person);
    return left != null && !at.isBefore(left.minus(CLOCKS));
  }

  /** All who may decide in a stage, in any of its rounds. */
  private Set<String> mayDecide(Runbook runbook, int stage, String requester) {
    var rule = runbook.approval().get(stage);
    var all = new LinkedHashSet<String>();
    rule.by().forEach(who -> all.addAll(people(who, runbook, requester)));
    if (rule.escalation() != null) {
      rule.escalation().to().forEach(who -> all.addAll(people(who, runbook, requester)));
    }
    // Where a kind comes to nobody, the owners stand in.
    all.addAll(system(runbook).owners());
    all.remove(requester);
    return all;
  }

  /** How many must approve, as the runbook says; all are those who have not approved before. */
  private int needed(Runbook runbook, int stage, String requester, Set<String> approvedBefore) {
    var rule = runbook.approval().get(stage);
    var asked = new HashSet<String>();
    rule.by().forEach(who -> asked.addAll(people(who, runbook, requester)));
    asked.remove(requester);
    asked.removeAll(world.departures().keySet());
    if (rule.needed() instanceof Runbook.Needed.All) {
      asked.removeAll(approvedBefore);
    }
    return Math.max(1, Math.min(rule.needed().of(asked.size()), Math.max(1, asked.size())));
  }

  private List<String> people(Who who, Runbook runbook, String requester) {
    var everybody = world.company().policies().people();
    return switch (who) {
      case Who.Everyone _ -> everybody.stream().map(Person::email).toList();
      case Who.Manager _ -> {
        var manager = world.company().person(requester).manager();
        yield manager == null ? List.of() : List.of(manager);
      }
      case Who.ManagersManager _ -> {
        var manager = world.company().person(requester).manager();
        var second = manager == null ? null : world.company().person(manager).manager();
        yield second == null ? List.of() : List.of(second);
      }
      case Who.Owners _ -> system(runbook).owners();
      case Who.Group group ->
          everybody.stream()
              .filter(person -> person.isIn(group.name()))
              .map(Person::email)
              .toList();
      case Who.Named named -> List.of(named.email());
    };
  }

  private Runbook runbook(Request request) {
    return world.company().policies().runbooks().stream()
        .filter(each -> each.id().equals(request.asked().plan().runbook()))
        .findFirst()
        .orElseThrow();
  }

  private TargetSystem system(Runbook runbook) {
    return world.company().policies().systems().stream()
        .filter(each -> each.id().equals(runbook.system()))
        .findFirst()
        .orElseThrow();
  }

  private String group(Request request) {
    var runbook = runbook(request);
    return system(runbook).roles().stream()
        .filter(role -> role.id().equals(runbook.role()))
        .findFirst()
        .orElseThrow()
        .group();
  }

  /** Rules are those that somebody published: what is told as published is there, and stays. */
  private void whatWasPublishedStays() {
    var revisions = new HashSet<Integer>();
    for (var publication : world.publications()) {
      var told = publication.told();
      if (told.changesSomething() && !revisions.add(told.revision())) {
        say(
            1,
            publication.at(),
            "two publications were told that they are number " + told.revision());
      }
      for (var runbook : publication.files().runbooks()) {
        boolean stays =
            told.changes().stream()
                .filter(
                    change ->
                        change.kind() == Policies.Kind.RUNBOOK && change.id().equals(runbook.id()))
                .anyMatch(
                    change ->
                        world
                            .published(runbook.id(), change.version())
                            .equals(Optional.of(runbook)));
        if (!stays) {
          say(
              1,
              publication.at(),
              "%s was published and is stored otherwise".formatted(runbook.id()));
        }
      }
    }
  }

  // 1 and 6: nobody is in a group without a request that says so

  private void everyAccessIsExplained() {
    for (var span : world.memberships()) {
      if (isForeign(span)) {
        continue;
      }
      boolean explained =
          of(span).stream()
              .anyMatch(
                  request -> {
                    var from = first(request, Kind.PROVISIONING_STARTED);
                    var end = last(request);
                    return from != null
                        && !span.from().isBefore(from.act().at().minus(CLOCKS))
                        && (!end.status().isFinal()
                            || !span.from().isAfter(end.act().at().plus(CLOCKS)));
                  });
      if (!explained) {
        say(
            1,
            span.from(),
            "%s is in %s and no request explains it".formatted(span.person(), span.group()));
      }
    }
  }

  /**
   * Of two roles that a system's file keeps apart nobody has both: not through us, nor one through
   * us when the other was there before from elsewhere.
   */
  private void nobodyHasBoth() {
    for (var one : world.memberships()) {
      for (var other : world.memberships()) {
        if (one.person().equals(other.person())
            && (keptApart(one.group(), other.group()) || keptApart(other.group(), one.group()))
            && one.from().isBefore(Objects.requireNonNullElse(other.to(), Instant.MAX))
            && other.from().isBefore(Objects.requireNonNullElse(one.to(), Instant.MAX))
            && isGivenBeside(one, other)) {
          say(
              1,
              one.from(),
              "%s had %s together with %s".formatted(one.person(), one.group(), other.group()));
        }
      }
    }
  }

  private boolean isGivenBeside(Memberships.Span one, Memberships.Span other) {
    return !isForeign(one)
        && (!isForeign(other)
            || of(one).stream()
                .map(request -> first(request, Kind.PROVISIONING_STARTED))
                .anyMatch(began -> began != null && other.covers(began.act().at())));
  }

  /** Whether the file of the one says so of the other. */
  private boolean keptApart(String group, String other) {
    for (var system : world.company().policies().systems()) {
      for (var role : system.roles()) {
        if (role.group().equals(group)
            && role.apart().stream().map(this::group).anyMatch(other::equals)) {
          return true;
        }
      }
    }
    return false;
  }

  private String group(TargetSystem.RoleName name) {
    return world.company().policies().systems().stream()
        .filter(system -> system.id().equals(name.system()))
        .flatMap(system -> system.role(name.role()).stream())
        .map(TargetSystem.Role::group)
        .findFirst()
        .orElseThrow();
  }

  private boolean isForeign(Memberships.Span span) {
    return world.foreign().stream()
        .anyMatch(each -> each.group().equals(span.group()) && each.person().equals(span.person()));
  }

  private List<Request> of(Memberships.Span span) {
    return requests.values().stream()
        .filter(
            request ->
                request.asked().requester().equals(span.person())
                    && group(request).equals(span.group()))
        .toList();
  }

  // 2

  private void everyAccessEnds() {
    for (var span : world.memberships()) {
      if (isForeign(span)) {
        continue;
      }
      var due =
          of(span).stream()
              .filter(request -> first(request, Kind.PROVISIONING_STARTED) != null)
              .map(this::dueEnd)
              .max(Instant::compareTo);
      if (due.isEmpty()) {
        continue;
      }
      if (span.to() == null) {
        say(2, due.get(), "%s is still in %s".formatted(span.person(), span.group()));
        continue;
      }
      var late = Duration.between(due.get(), span.to());
      var most =
          world.isOnlyTheTtlLeft() ? BY_THE_TTL : troubled ? BY_THE_SWEEP.plus(CLOCKS) : PROMPTLY;
      if (late.compareTo(most) > 0 && !isHandedOver(span, due.get().plus(BY_THE_SWEEP))) {
        say(
            2,
            span.to(),
            "%s was in %s for %s after its end, and nobody had a task about it"
                .formatted(span.person(), span.group(), late));
      }
    }
  }

  /** When the access of a request has to be taken away. */
  private Instant dueEnd(Request request) {
    var due = Instant.MAX;
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.EXTENDED) {
        due = extendedTo(event);
        continue;
      }
      var moment =
          switch (event.kind()) {
            case ACTIVATED -> firstExpiry(request, event);
            case ENDING, GIVEN_UP, ALREADY_HELD -> event.act().at();
            case SUBMITTED,
                ASKED,
                MAIL_RETURNED,
                DECIDED,
                HANDED_OVER,
                STAND_INS,
                ROUND_OVER,
                CANCELLED,
                PROVISIONING_STARTED,
                SET_UP_TASK_OPENED,
                SET_UP_ANSWERED,
                EXTENDED,
                ENDING_SOON,
                REMOVAL_TASK_OPENED,
                REMOVAL_ATTESTED,
                TASK_REMINDED,
                ENDED,
                RUN_STARTED,
                REVIEW_REMINDED,
                REVIEWED,
                REVIEW_TOLD ->
                Instant.MAX;
          };
      due = moment.isBefore(due) ? moment : due;
    }
    return due;
  }

  /** Whether by that moment the owners had been given a task and the alarm had been heard. */
  private boolean isHandedOver(Memberships.Span span, Instant by) {
    var latest = by.plus(CLOCKS);
    return of(span).stream()
        .anyMatch(
            request -> {
              var task = first(request, Kind.REMOVAL_TASK_OPENED);
              return task != null
                  && !task.act().at().isAfter(latest)
                  && (isByHand(request) || isHeard(request));
            });
  }

  /** A task of which nobody is told is nobody's task. */
  private void ownersAreTold(Request request) {
    var task = first(request, Kind.REMOVAL_TASK_OPENED);
    if (task == null || !rested) {
      return;
    }
    var until = last(request).act().at();
    if (Duration.between(task.act().at(), until).compareTo(BY_THE_SWEEP) <= 0) {
      // It was gone before anybody had to be told.
      return;
    }
    var here =
        Stream.of(task.details().getOrDefault("for", "").split(" ", -1))
            .filter(owner -> !owner.isEmpty() && !world.departures().containsKey(owner))
            .toList();
    var reachable = here.isEmpty() ? administrators(request) : here;
    for (var person : reachable) {
      boolean told =
          world.mails().stream()
              .anyMatch(
                  mail ->
                      mail.isFor(person)
                          && request.id().equals(mail.tags().get("request"))
                          && "please-take-away".equals(mail.tags().get("mail")));
      if (!told && !world.refused().contains(person)) {
        say(
            2,
            task.act().at(),
            "%s has a task about %s and no mail".formatted(person, request.id()));
      }
    }
  }

  /** Those who must act where no owner is left who may; nobody does so about their own access. */
  private List<String> administrators(Request request) {
    boolean isOwned =
        world.company().policies().systems().stream()
            .filter(system -> system.id().equals(request.asked().plan().system()))
            .flatMap(system -> system.owners().stream())
            .anyMatch(
                owner ->
                    !world.departures().containsKey(owner)
                        && !owner.equals(request.asked().requester()));
    return isOwned
        ? List.of()
        : world.company().policies().people().stream()
            .filter(person -> person.active() && person.isIn(Visitor.ADMINS))
            .map(Person::email)
            .filter(person -> !world.departures().containsKey(person))
            .filter(person -> !person.equals(request.asked().requester()))
            .toList();
  }

  private static boolean isByHand(Request request) {
    return request.asked().plan().target().isByHand();
  }

  private boolean isHeard(Request request) {
    return world.log().stream()
        .anyMatch(line -> line.text().contains("ALARM removal-task request=" + request.id()));
  }

  /**
   * Where nothing can be read, access begins and ends with the word of somebody who may give it;
   * only where another request goes on with the same access nobody need say anything.
   */
  private void goneByWord(Request request) {
    if (!isByHand(request)) {
      return;
    }
    var begun = first(request, Kind.ACTIVATED);
    if (begun != null && !isSaid(request, Kind.SET_UP_ANSWERED) && !isThere(request, begun)) {
      say(1, begun.act().at(), "request %s is ACTIVE on nobody's word".formatted(request.id()));
    }
    var over = first(request, Kind.ENDED);
    boolean perhaps = begun != null || first(request, Kind.SET_UP_TASK_OPENED) != null;
    if (over != null
        && over.details().getOrDefault("heldBy", "").isEmpty()
        && perhaps
        && !isSaid(request, Kind.REMOVAL_ATTESTED)
        && !isImpossible(request)) {
      say(2, over.act().at(), "request %s is over on nobody's word".formatted(request.id()));
    }
  }

  /** What a request names as evidence lies in the bucket, and is what was sent. */
  private void whatWasShownIsThere(Request request) {
    var kept = world.evidence();
    for (var event : request.trail().events()) {
      Evidence.of(event)
          .filter(
              evidence ->
                  Optional.ofNullable(kept.get(EvidenceFiles.key(request.id(), evidence)))
                      .filter(file -> evidence.isOf(file.bytes()))
                      .isEmpty())
          .ifPresent(
              evidence ->
                  say(
                      5,
                      event.act().at(),
                      "what shows that request %s is taken away is not in the bucket"
                          .formatted(request.id())));
    }
  }

  /** Nobody is given other bytes than those whose hash they asked for. */
  private void whatIsOpenedIsWhatWasSent() {
    world.exchanges().stream()
        .filter(one -> one.route().endsWith("/evidence/{sha256}") && one.status() == 200)
        .forEach(
            one -> {
              var bytes = Base64.getDecoder().decode(one.answer().path("body").asText());
              var asked = one.sent().path("sha256").asText();
              if (!Evidence.of(bytes, "").sha256().equals(asked)) {
                say(
                    3,
                    one.at(),
                    "%s was given something else than what the trail names".formatted(one.who()));
              }
            });
  }

  private static boolean isImpossible(Request request) {
    var answer = first(request, Kind.SET_UP_ANSWERED);
    return answer != null
        && SetUpTask.Result.IMPOSSIBLE.name().equals(answer.details().get("result"));
  }

  /** Whether an owner or administrator said so, about the access of somebody else. */
  private boolean isSaid(Request request, Kind kind) {
    var event = first(request, kind);
    if (event == null) {
      return false;
    }
    var by = event.act().by();
    return !by.equals(request.asked().requester())
        && (request.asked().plan().owners().contains(by)
            || world.company().person(by).isIn(Visitor.ADMINS));
  }

  /** Whether another request had the same access at that moment. */
  private boolean isThere(Request request, Event begun) {
    return requests.values().stream()
        .filter(other -> !other.id().equals(request.id()))
        .filter(other -> other.asked().entitlement().equals(request.asked().entitlement()))
        .anyMatch(
            other -> {
              var from = first(other, Kind.ACTIVATED);
              return from != null
                  && !from.act().at().isAfter(begun.act().at().plus(CLOCKS))
                  && !dueEnd(other).isBefore(begun.act().at().minus(CLOCKS));
            });
  }

  /** What is written as gone was gone at that moment, unless another grant holds it. */
  private void goneWhenEnded(Request request) {
    var ended = first(request, Kind.ENDED);
    if (ended == null || !ended.details().getOrDefault("heldBy", "").isEmpty()) {
      return;
    }
    var at = ended.act().at();
    for (var span : world.memberships()) {
      if (!isForeign(span) && of(span).contains(request) && span.covers(at.plus(CLOCKS))) {
        boolean new_ =
            of(span).stream()
                .anyMatch(
                    other -> {
                      var from = first(other, Kind.PROVISIONING_STARTED);
                      return !other.id().equals(request.id())
                          && from != null
                          && !dueEnd(other).isBefore(at);
                    });
        if (!new_) {
          say(
              2,
              at,
              "request %s is ENDED and %s is in %s"
                  .formatted(request.id(), span.person(), span.group()));
        }
      }
    }
  }

  private void nothingIsLeft() {
    if (!rested) {
      return;
    }
    for (var item : world.items("GrantsTable")) {
      var request = item.get("request");
      if (request != null && !"lock".equals(request.s())) {
        say(2, null, "a grant of request %s is left with nobody to end it".formatted(request.s()));
      }
    }
  }

  /**
   * A channel has more readers than those who decide: no message holds a personal link, a code or a
   * reason, or calls anybody, and its one link shows each visitor only what they may see.
   */
  private void channelsAreToldNoSecrets() {
    var codes = new HashSet<String>();
    for (var mail : world.mails()) {
      CODE.matcher(mail.text()).results().forEach(code -> codes.add(code.group(1)));
    }
    for (var message : world.messages()) {
      var sent = message.sent().toString();
      var shared =
          requests.keySet().stream()
              .flatMap(
                  id ->
                      Stream.of(
                          Company.PUBLIC_URL + Paths.request(id),
                          Company.PUBLIC_URL + Paths.decideSignedIn(id)))
              .toList();
      if (message.links().size() != 1 || !shared.contains(message.links().getFirst().url())) {
        say(1, message.at(), "a channel was told of " + message.links());
      }
      if (!message.mentions().isEmpty()) {
        say(1, message.at(), "a message in a channel calls " + message.mentions());
      }
      if (codes.stream().anyMatch(sent::contains)) {
        say(1, message.at(), "a message in a channel holds a code: " + sent);
      }
      if (requests.values().stream().map(each -> each.asked().reason()).anyMatch(sent::contains)) {
        say(1, message.at(), "a message in a channel holds a reason: " + sent);
      }
    }
  }

  private void whatIsForeignStays() {
    for (var foreign : world.foreign()) {
      boolean there =
          world.memberships().stream()
              .anyMatch(
                  span ->
                      span.group().equals(foreign.group())
                          && span.person().equals(foreign.person())
                          && span.to() == null
                          && span.from().equals(foreign.from()));
      if (!there) {
        say(
            2,
            null,
            "%s was taken out of %s, where Daypass had not put them"
                .formatted(foreign.person(), foreign.group()));
      }
    }
  }

  // 3

  private void auditedOnce(Request request) {
    var entries = world.audit(request.id());
    var events = request.trail().events();
    if (entries.size() != events.size()) {
      say(
          3,
          null,
          "request %s has %d versions and %d audit records"
              .formatted(request.id(), events.size(), entries.size()));
      return;
    }
    var verdict = Chain.verify(entries, request.asked(), events);
    if (!(verdict instanceof Verdict.Verified)) {
      say(3, null, "the chain of request %s does not verify: %s".formatted(request.id(), verdict));
    }
    var previous = "0".repeat(64);
    for (int i = 0; i < entries.size(); i++) {
      var entry = entries.get(i);
      try {
        var record = JSON.readTree(entry.record());
        if (entry.version() != i + 1 || !record.path("previous").asText().equals(previous)) {
          say(
              3,
              null,
              "record %d of request %s does not follow the one before"
                  .formatted(i + 1, request.id()));
        }
        if (!tells(record, request, events.get(i))) {
          say(
              3,
              null,
              "record %d of request %s tells something else: %s"
                  .formatted(i + 1, request.id(), entry.record()));
        }
      } catch (JsonProcessingException unreadable) {
        say(3, null, "record %d of request %s cannot be read".formatted(i + 1, request.id()));
      }
      previous = sha256(entry.record());
      if (!entry.hash().equals(previous)) {
        say(3, null, "record %d of request %s has another hash".formatted(i + 1, request.id()));
      }
    }
  }

  /** Whether a record says of an event what happened, who did it, when, from where, and why. */
  private static boolean tells(JsonNode record, Request request, Event event) {
    var details = new HashMap<String, String>();
    record
        .path("details")
        .properties()
        .forEach(each -> details.put(each.getKey(), each.getValue().asText()));
    return record.path("request").asText().equals(request.id())
        && record.path("version").asInt() == event.version()
        && record.path("kind").asText().equals(event.kind().name())
        && record.path("status").asText().equals(event.status().name())
        && record.path("at").asText().equals(event.act().at().toString())
        && record.path("by").asText().equals(event.act().by())
        && record.path("via").asText().equals(event.act().via())
        && record.path("command").asText().equals(event.act().command())
        && record.path("requester").asText().equals(request.asked().requester())
        && record.path("system").asText().equals(request.asked().plan().system())
        && record.path("role").asText().equals(request.asked().plan().role())
        && record.path("runbook").asText().equals(request.asked().plan().runbook())
        && details.equals(event.details());
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Only whoever has approved can take that back, and only before anything is set up by it. */
  private void withdrawnByApprovers(Request request) {
    for (var event : request.trail().events()) {
      if (!event.details().containsKey("withdrawn")) {
        continue;
      }
      boolean approved =
          request.trail().events().stream()
              .filter(each -> each.kind() == Kind.DECIDED)
              .filter(each -> "APPROVE".equals(each.details().get("answer")))
              .anyMatch(each -> List.of(each.act().by(), part(each)).contains(event.act().by()));
      if (!approved) {
        say(
            1,
            event.act().at(),
            "%s took back an approval of %s that they had not given"
                .formatted(event.act().by(), request.id()));
      }
    }
  }

  /** Who is recorded for an end is who wanted it. */
  private void endedByThemselves(Request request) {
    for (var event : request.trail().events()) {
      var by = event.act().by();
      boolean ends = event.kind() == Kind.ENDING || event.kind() == Kind.CANCELLED;
      if (!ends || !by.contains("@")) {
        continue;
      }
      var reason = event.details().getOrDefault("reason", "");
      boolean sent =
          world.exchanges().stream()
              .filter(exchange -> exchange.who().equals(by))
              .filter(exchange -> request.id().equals(exchange.request()))
              .filter(exchange -> isThen(exchange, event))
              .anyMatch(
                  exchange ->
                      switch (reason) {
                        case "RETURNED" -> exchange.route().endsWith("/return");
                        case "REVOKED" -> exchange.route().endsWith("/revoke");
                        default ->
                            event.details().containsKey("withdrawn")
                                ? exchange.route().endsWith("/withdraw-approval")
                                : exchange.route().endsWith("/cancel")
                                    || exchange.route().endsWith("/return")
                                    || exchange.route().endsWith("/revoke");
                      });
      if (!sent) {
        say(
            3,
            event.act().at(),
            "%s did not end %s, and it is written so".formatted(by, request.id()));
      }
    }
  }

  // 4

  private void oneOutcomeForEachStage(Request request) {
    var closed = new HashMap<String, String>();
    var voted = new HashSet<String>();
    for (var event : request.trail().events()) {
      if (event.kind() != Kind.DECIDED) {
        continue;
      }
      var stage = event.details().getOrDefault("stage", "");
      if (closed.containsKey(stage)) {
        say(4, event.act().at(), "stage %s of %s was decided twice".formatted(stage, request.id()));
      }
      if (!voted.add(stage + " " + event.act().by())) {
        say(4, event.act().at(), "%s decided stage %s twice".formatted(event.act().by(), stage));
      }
      var result = event.details().getOrDefault("result", "");
      if (!result.equals("OPEN")) {
        closed.put(stage, result);
      }
    }
  }

  /**
   * Where the published runbook asks others instead, only they decide from then on; and where
   * nobody counts twice, owners who stand in.
   */
  private void notDecidedByTheReplaced(Request request) {
    var plan = request.asked().plan();
    var runbook = world.published(plan.runbook(), plan.runbookVersion()).orElse(null);
    if (runbook == null) {
      return;
    }
    var over = new HashMap<String, Integer>();
    var chosen = new HashSet<String>();
    for (var event : request.trail().events()) {
      var stage = event.details().getOrDefault("stage", "");
      if (event.kind() == Kind.ROUND_OVER) {
        over.put(stage, Integer.parseInt(event.details().getOrDefault("round", "0")) + 1);
      } else if (event.details().containsKey("opens")) {
        over.put(stage, Integer.parseInt(event.details().getOrDefault("opens", "0")));
      }
      if (event.kind() == Kind.HANDED_OVER && over.getOrDefault(stage, 0) > 1) {
        // Of those who are asked now one may have chosen somebody else.
        chosen.add(stage + " " + event.details().get("to"));
      }
      // First comes the notice, then the reminder.
      if (event.kind() == Kind.DECIDED
          && over.getOrDefault(stage, 0) > 1
          && !chosen.contains(stage + " " + part(event))) {
        int index = Integer.parseInt(stage);
        var escalation = runbook.approval().get(index).escalation();
        if (escalation != null && escalation.replaces()) {
          var now = new HashSet<String>();
          escalation
              .to()
              .forEach(who -> now.addAll(people(who, runbook, request.asked().requester())));
          // Whoever asked decides nothing, so in their place, too, owners stand in.
          boolean less = now.remove(asker(request));
          if (now.isEmpty() || less || escalation.to().contains(new Who.Manager()) || index > 0) {
            now.addAll(system(runbook).owners());
          }
          if (!now.contains(part(event))) {
            say(
                4,
                event.act().at(),
                "%s decided stage %d and had been replaced".formatted(event.act().by(), index));
          }
        }
      }
    }
  }

  /** Whatever round an approval came in, it counts: with enough of them no stage lapses. */
  private void lapsedForWantOfApprovals(Request request) {
    var plan = request.asked().plan();
    var runbook = world.published(plan.runbook(), plan.runbookVersion()).orElse(null);
    if (runbook == null || request.status() != Status.LAPSED) {
      return;
    }
    var lapsed = last(request);
    var stage = lapsed.details().getOrDefault("stage", "");
    var approvals =
        request.trail().events().stream()
            .filter(event -> event.kind() == Kind.DECIDED)
            .filter(event -> event.details().getOrDefault("stage", "").equals(stage))
            .filter(event -> event.details().getOrDefault("answer", "").equals("APPROVE"))
            .map(event -> event.act().by())
            .distinct()
            .count();
    if (runbook.approval().get(Integer.parseInt(stage)).needed()
            instanceof Runbook.Needed.AtLeast(int needed)
        && approvals >= needed) {
      say(4, lapsed.act().at(), "stage %s lapsed with %d approvals".formatted(stage, approvals));
    }
  }

  /**
   * Nobody decides once the last round of a stage is over, and no round waits for people whom its
   * mails did not reach.
   */
  private void decidedInTime(Request request) {
    if (request.asked().plan().asksNobody()) {
      // No stage opens.
      return;
    }
    var walk = new Rounds(request);
    for (var event : request.trail().events()) {
      walk.comesTo(event);
    }
    walk.returnedMailsAreTaken();
  }

  /** Which round of which stage is open, worked out from what happened and the plan alone. */
  private final class Rounds {
    private final Request request;
    private int stage;
    private int round;
    private Instant opened;
    private boolean told;
    private boolean decided;
    private final Set<String> lost = new HashSet<>();

    /** Whose mail came back in an earlier round of the open stage, and in the open round. */
    private final Set<String> lostBefore = new HashSet<>();

    private final Set<String> lostNow = new HashSet<>();
    private final Set<String> approved = new HashSet<>();

    /** Since when somebody has to be told of the open round in place of others, or null. */
    private @Nullable Instant left;

    /** What each round was: from when to when, who was asked, and who did not answer in it. */
    private final List<Lasted> lasted = new ArrayList<>();

    private Rounds(Request request) {
      this.request = request;
      this.opened = request.trail().events().getFirst().act().at();
    }

    private List<RoundPlan> rounds() {
      return request.stages().get(stage).plan().rounds();
    }

    private void comesTo(Event event) {
      var at = event.act().at();
      switch (event.kind()) {
        case DECIDED -> {
          var ends = ends(request, opened, rounds().get(round).lasts());
          if (round == rounds().size() - 1 && !at.isBefore(ends)) {
            say(4, at, "stage %d was decided after %s".formatted(stage, ends));
          }
          approved.add(part(event));
          if (event.details().getOrDefault("result", "").equals("APPROVED")) {
            boolean more = stage + 1 < request.stages().size();
            open(more ? stage + 1 : stage, more ? 0 : round, at);
            decided = !more;
            approved.clear();
          }
        }
        case ROUND_OVER -> {
          isOfTheOpenRound(event);
          var ends = ends(request, opened, rounds().get(round).lasts());
          if (at.isBefore(ends)) {
            say(4, at, "round %d of stage %d was over before %s".formatted(round, stage, ends));
          }
          int next = Math.min(round + 1, rounds().size() - 1);
          open(stage, next, countsFrom(ends, at, rounds().get(next).lasts()));
        }
        case ASKED -> {
          isOfTheOpenRound(event);
          if (left != null && !troubled && at.isAfter(left.plus(BY_THE_SWEEP))) {
            say(5, at, "nobody was asked at once when somebody else had to be at " + left);
          }
          left = null;
          told = true;
          lost.addAll(List.of(event.details().getOrDefault("refused", "").split(" ", -1)));
          var reached = List.of(event.details().getOrDefault("reached", "").split(" ", -1));
          // Whoever's mail came back in an earlier round gets none where others can be written to.
          lostBefore.stream().filter(each -> !reached.contains(each)).forEach(lost::add);
          leaves(event);
        }
        case HANDED_OVER -> {
          isOfTheOpenRound(event);
          var ends = ends(request, opened, rounds().get(round).lasts());
          if (round == rounds().size() - 1 && !at.isBefore(ends)) {
            say(4, at, "stage %d was handed over after %s".formatted(stage, ends));
          }
          told = false;
          left = at;
        }
        case STAND_INS -> isOfTheOpenRound(event);
        case MAIL_RETURNED -> {
          isOfTheOpenRound(event);
          var person = event.details().getOrDefault("person", "");
          hasReturned(event, person);
          // In whose place they were asked: that part reached nobody.
          lost.add(event.details().getOrDefault("for", person));
          if (!lostNow.add(person)) {
            say(4, at, "the mail to %s came back twice in a round".formatted(person));
          }
          leaves(event);
        }
        case SUBMITTED,
            CANCELLED,
            PROVISIONING_STARTED,
            SET_UP_TASK_OPENED,
            SET_UP_ANSWERED,
            ACTIVATED,
            ALREADY_HELD,
            GIVEN_UP,
            EXTENDED,
            ENDING_SOON,
            ENDING,
            REMOVAL_TASK_OPENED,
            REMOVAL_ATTESTED,
            TASK_REMINDED,
            ENDED,
            RUN_STARTED,
            REVIEW_REMINDED,
            REVIEWED,
            REVIEW_TOLD -> {
          // Not about rounds.
        }
      }
    }

    /** What the workflow needs to close a round is not taken from, nor added to, what follows. */
    private static Instant countsFrom(Instant ended, Instant closed, Duration lasts) {
      var moments = Duration.ofMinutes(2);
      return closed.isBefore(ended.plus(moments)) && lasts.compareTo(moments) > 0 ? ended : closed;
    }

    private void open(int nextStage, int nextRound, Instant at) {
      lasted.add(
          new Lasted(
              stage,
              round,
              opened,
              at,
              Set.copyOf(rounds().get(round).approvers()),
              Set.copyOf(approved),
              Set.copyOf(lost)));
      if (nextStage != stage) {
        lostBefore.clear();
      } else {
        lostBefore.addAll(lostNow);
      }
      lostNow.clear();
      stage = nextStage;
      round = nextRound;
      opened = at;
      told = false;
      left = null;
      lost.clear();
    }

    private void isOfTheOpenRound(Event event) {
      if (!Integer.toString(stage).equals(event.details().get("stage"))
          || !Integer.toString(round).equals(event.details().get("round"))) {
        say(
            5,
            event.act().at(),
            "%s of %s is about another round than %d of stage %d, which is open"
                .formatted(event.kind(), request.id(), round, stage));
      }
    }

    /** The round is left if those who were reached cannot decide, and others can be asked. */
    private void leaves(Event event) {
      var asked = rounds().get(round).approvers();
      if (!told || asked.stream().noneMatch(lost::contains)) {
        return;
      }
      long awaited =
          asked.stream().filter(each -> !lost.contains(each) && !approved.contains(each)).count();
      if (awaited + approved.size() >= rounds().get(round).needed()) {
        return;
      }
      int next = round + 1;
      while (next < rounds().size() && asked.containsAll(rounds().get(next).approvers())) {
        next++;
      }
      if (next == rounds().size()) {
        if (awaited > 0) {
          return;
        }
        next = round + 1;
      }
      boolean over = next == rounds().size();
      if (over != (event.status() == Status.LAPSED)) {
        say(
            5,
            event.act().at(),
            "%s reached nobody and is %s".formatted(request.id(), event.status()));
      }
      open(stage, Math.min(next, rounds().size() - 1), event.act().at());
      left = event.act().at();
    }

    /** What is written of a mail that came back was so. */
    private void hasReturned(Event event, String person) {
      var returning = world.returned().get(person);
      boolean sent =
          world.mails().stream()
              .anyMatch(
                  mail ->
                      mail.isFor(person)
                          && request.id().equals(mail.tags().get("request"))
                          && Integer.toString(stage + 1).equals(mail.tags().get("stage"))
                          && Integer.toString(round + 1).equals(mail.tags().get("round"))
                          && !mail.at().isAfter(event.act().at().plus(CLOCKS)));
      if (returning == null || returning.how() == Returned.TRANSIENT || !sent) {
        say(
            3,
            event.act().at(),
            "it is written that the mail to %s came back, and none did".formatted(person));
      }
    }

    /** Each mail that came back while its round was open is written down. */
    private void returnedMailsAreTaken() {
      if (!decided) {
        var last = request.trail().last().act().at();
        open(stage, round, request.status() == Status.PENDING ? Instant.MAX : last);
      }
      for (var mail : world.mails()) {
        for (var each : lasted) {
          var person = mail.recipients().getFirst();
          var returning = world.returned().get(person);
          if (returning == null
              || returning.how() == Returned.TRANSIENT
              || world.isTroubled()
              || !request.id().equals(mail.tags().get("request"))
              || !Integer.toString(each.stage() + 1).equals(mail.tags().get("stage"))
              || !Integer.toString(each.round() + 1).equals(mail.tags().get("round"))
              || !each.asked().contains(person)
              || each.approved().contains(person)) {
            continue;
          }
          var at = mail.at().plus(returning.after());
          if (each.until().isAfter(at.plus(BY_THE_SWEEP)) && !each.lost().contains(person)) {
            say(5, at, "the mail to %s came back, and nobody took notice".formatted(person));
          }
        }
      }
    }
  }

  /** A round, from when to when it was open. */
  private record Lasted(
      int stage,
      int round,
      Instant from,
      Instant until,
      Set<String> asked,
      Set<String> approved,
      Set<String> lost) {}

  /**
   * When a round ends: where the published runbook counts working hours, a look at the wall's clock
   * each minute says which of them do.
   */
  private Instant ends(Request request, Instant opened, Duration lasts) {
    var plan = request.asked().plan();
    var calendar =
        world.published(plan.runbook(), plan.runbookVersion()).map(Runbook::calendar).orElse(null);
    if (calendar == null) {
      return opened.plus(lasts);
    }
    var left = lasts;
    var at = opened;
    while (true) {
      var next = at.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
      if (isWorked(calendar, at)) {
        var worked = Duration.between(at, next);
        if (worked.compareTo(left) >= 0) {
          return at.plus(left);
        }
        left = left.minus(worked);
      }
      at = next;
    }
  }

  private static boolean isWorked(Calendar calendar, Instant at) {
    var wall = at.atZone(calendar.zone());
    int minute = wall.getHour() * 60 + wall.getMinute();
    return !calendar.holidays().containsKey(wall.toLocalDate())
        && calendar.week().getOrDefault(wall.getDayOfWeek(), List.of()).stream()
            .anyMatch(each -> each.from() <= minute && minute < each.to());
  }

  /** A double click, or a retry whose answer was lost, is the same request. */
  private void askedOnceForEachKey() {
    var keys = new HashMap<String, Set<String>>();
    for (var exchange : world.exchanges()) {
      if (exchange.route().equals("POST /api/requests")) {
        keys.computeIfAbsent(exchange.who(), any -> new HashSet<>())
            .add(exchange.sent().path("idempotency-key").asText());
      }
    }
    keys.forEach(
        (who, sent) -> {
          long stored =
              requests.values().stream().filter(request -> asker(request).equals(who)).count();
          if (stored > sent.size()) {
            say(
                4,
                null,
                "%s asked %d times and has %d requests".formatted(who, sent.size(), stored));
          }
        });
  }

  /** Whoever was told that a decision counts finds it in the request; whoever was not, does not. */
  private void answersAreTrue() {
    for (var exchange : world.exchanges()) {
      var request = exchange.request() == null ? null : requests.get(exchange.request());
      if (request != null && exchange.route().equals("POST /api/requests/{id}/extend")) {
        extensionIsKept(request, exchange);
      }
      if (request == null || !exchange.route().equals("POST /api/requests/{id}/decisions")) {
        continue;
      }
      var wanted = exchange.sent().path("decision").asText();
      if (wanted.equals("handover")) {
        handoverIsKept(request, exchange);
        continue;
      }
      var answer = wanted.equals("approve") ? "APPROVE" : "DENY";
      boolean recorded =
          request.trail().events().stream()
              .anyMatch(
                  event ->
                      event.kind() == Kind.DECIDED
                          && event.act().by().equals(exchange.who())
                          && event
                              .details()
                              .getOrDefault("stage", "")
                              .equals(exchange.sent().path("stage").asText())
                          && isForThatTime(exchange, event)
                          && event.details().getOrDefault("answer", "").equals(answer));
      if (exchange.isAccepted() && !recorded) {
        say(
            4,
            exchange.at(),
            "%s was told that the decision counts, and it is not there".formatted(exchange.who()));
      }
      if (exchange.status() == 409 && recorded && isFirst(exchange)) {
        say(
            4,
            exchange.at(),
            "%s was refused, and the decision is there".formatted(exchange.who()));
      }
      if (exchange.status() == 409) {
        var told = exchange.answer().path("body").asText();
        toldWhoDecided(request, exchange, told, "lready approved", "APPROVE");
        toldWhoDecided(request, exchange, told, "lready denied", "DENY");
      }
    }
  }

  /** Who hears that somebody else is asked has it written. */
  private void handoverIsKept(Request request, World.Exchange exchange) {
    var stage = exchange.sent().path("stage").asText();
    boolean recorded =
        request.trail().events().stream()
            .anyMatch(
                event ->
                    event.kind() == Kind.HANDED_OVER
                        && event.act().by().equals(exchange.who())
                        && isHandover(exchange, stage, event.details().getOrDefault("to", "")));
    if (exchange.isAccepted() && !recorded) {
      say(5, exchange.at(), "%s was told that somebody else is asked".formatted(exchange.who()));
    }
    if (exchange.status() == 409 && recorded && isFirst(exchange)) {
      say(4, exchange.at(), "%s was refused, and somebody else is asked".formatted(exchange.who()));
    }
  }

  /** Who hears that the access lasts longer has it written, and who hears no has not. */
  private void extensionIsKept(Request request, World.Exchange exchange) {
    boolean recorded =
        request.trail().events().stream()
            .anyMatch(event -> event.kind() == Kind.EXTENDED && isAbout(exchange, event));
    if (exchange.isAccepted() && !recorded) {
      say(5, exchange.at(), "%s was told of a later end".formatted(exchange.who()));
    }
    if (exchange.status() == 409 && recorded && isFirst(exchange)) {
      say(4, exchange.at(), "%s was refused, and the end was moved".formatted(exchange.who()));
    }
  }

  /** Whoever comes too late hears of all who gave that answer in that stage, and of nobody else. */
  private void toldWhoDecided(
      Request request, World.Exchange exchange, String told, String words, String answer) {
    if (!told.contains(words)) {
      return;
    }
    var stage = exchange.sent().path("stage").asText();
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.DECIDED
          && event.details().getOrDefault("stage", "").equals(stage)
          && event.details().getOrDefault("answer", "").equals(answer)
              != told.contains(event.act().by())) {
        say(
            4,
            exchange.at(),
            "%s was told wrongly who decided: %s".formatted(exchange.who(), told));
      }
    }
  }

  private boolean isFirst(World.Exchange exchange) {
    return world.exchanges().stream()
        .noneMatch(
            other ->
                other.who().equals(exchange.who())
                    && other.route().equals(exchange.route())
                    && other.sent().equals(exchange.sent())
                    && other.at().isBefore(exchange.at()));
  }

  // 5

  private void acceptedIsKept() {
    for (var exchange : world.exchanges()) {
      if (exchange.status() >= 500 && !troubled) {
        say(
            5,
            exchange.at(),
            "%s got no answer to %s, and nothing was out of order"
                .formatted(exchange.who(), exchange.route()));
      }
      if (exchange.route().equals("POST /api/requests") && exchange.isAccepted()) {
        try {
          var id = JSON.readTree(exchange.answer().path("body").asText()).path("id").asText();
          var accepted = requests.get(id);
          if (accepted == null) {
            say(5, exchange.at(), "request %s was accepted and is not there".formatted(id));
          } else if (!isWhatWasAsked(accepted, exchange)) {
            say(
                5,
                exchange.at(),
                "%s asked for something else than request %s".formatted(exchange.who(), id));
          }
        } catch (JsonProcessingException unreadable) {
          say(5, exchange.at(), "the answer to a request cannot be read");
        }
      }
    }
    if (!rested) {
      say(5, null, "the run did not come to rest; running: %s".formatted(world.running()));
    }
    world.torn().forEach(torn -> say(4, null, torn));
  }

  private static boolean isWhatWasAsked(Request request, World.Exchange exchange) {
    var asked = request.asked();
    return asked.asker().equals(exchange.who())
        && asked.requester().equals(exchange.sent().path("requester").asText(exchange.who()))
        && asked.plan().runbook().equals(exchange.sent().path("runbook").asText())
        && asked.duration().toString().equals(exchange.sent().path("duration").asText())
        && asked.plan().takenInEmergency() == exchange.sent().path("breakGlass").asBoolean()
        && asked.reason().equals(exchange.sent().path("reason").asText());
  }

  private void reachesAnEnd(Request request) {
    var last = last(request);
    if (!request.status().isFinal()) {
      say(5, last.act().at(), "request %s is still %s".formatted(request.id(), request.status()));
      return;
    }
    var requester = request.asked().requester();
    if (request.status() == Status.CANCELLED && last.act().by().equals(requester)) {
      // Who withdraws it knows.
      return;
    }
    if (world.refused().contains(requester)) {
      return;
    }
    boolean told =
        world.mails().stream()
            .anyMatch(
                mail ->
                    mail.isFor(requester)
                        && request.id().equals(mail.tags().get("request"))
                        && !mail.at().isBefore(last.act().at().minus(CLOCKS)));
    if (!told) {
      say(
          5,
          last.act().at(),
          "%s was not told that %s is %s".formatted(requester, request.id(), request.status()));
    }
    if (first(request, Kind.ACTIVATED) != null
        && world.mails().stream()
            .noneMatch(
                mail -> mail.isFor(requester) && request.id().equals(mail.tags().get("request")))) {
      say(5, last.act().at(), "%s was never told of the access".formatted(requester));
    }
  }

  /**
   * What is approved is begun with at once, or the sweep sees to it: a request that only waits for
   * its next deadline is as good as lost.
   */
  private void goesOnSoon(Request request) {
    if (world.isTroubled()) {
      return;
    }
    @Nullable Instant approved = null;
    for (var event : request.trail().events()) {
      if (event.status() == Status.SCHEDULED && approved == null) {
        var startsAt = request.asked().startsAt();
        approved =
            startsAt != null && startsAt.isAfter(event.act().at()) ? startsAt : event.act().at();
      }
      if (event.status() != Status.SCHEDULED
          && approved != null
          && event.act().at().isAfter(approved.plus(BY_THE_SWEEP).plus(CLOCKS))) {
        say(
            5,
            event.act().at(),
            "request %s was approved at %s and nothing happened".formatted(request.id(), approved));
        return;
      }
      if (event.status() != Status.SCHEDULED && approved != null) {
        return;
      }
    }
  }

  // 6

  private void neverSetUpAfterNo(Request request) {
    switch (request.status()) {
      case DENIED, LAPSED, CANCELLED -> {
        var started = first(request, Kind.PROVISIONING_STARTED);
        if (started != null) {
          say(
              6,
              started.act().at(),
              "request %s is %s and was set up".formatted(request.id(), request.status()));
        }
        boolean alone =
            requests.values().stream()
                .noneMatch(
                    other ->
                        !other.id().equals(request.id())
                            && other.asked().entitlement().equals(request.asked().entitlement()));
        for (var span : world.memberships()) {
          if (alone && !isForeign(span) && of(span).contains(request)) {
            say(
                6,
                span.from(),
                "request %s is %s and %s got the access"
                    .formatted(request.id(), request.status(), span.person()));
          }
        }
      }
      case PENDING, SCHEDULED, PROVISIONING, ACTIVE, ENDING, ENDED, FAILED -> {
        // Not a no.
      }
    }
  }

  // 7

  /** From the proof that it works to its end the access is there. */
  private void heldUntilTheEnd(Request request) {
    var activated = first(request, Kind.ACTIVATED);
    if (activated == null || world.forgotten().contains(request.asked().requester())) {
      return;
    }
    var from = activated.act().at().plus(CLOCKS);
    var to = dueEnd(request).minus(CLOCKS);
    if (!from.isBefore(to)) {
      return;
    }
    boolean throughout =
        world.memberships().stream()
            .anyMatch(span -> of(span).contains(request) && span.covers(from) && span.covers(to));
    if (!throughout) {
      say(
          7,
          from,
          "%s should be in %s until %s: %s"
              .formatted(request.asked().requester(), group(request), to, world.memberships()));
    }
    for (var event : request.trail().events()) {
      if (event.kind() == Kind.ENDING
          && event.details().getOrDefault("reason", "").equals(EndReason.EXPIRED.name())
          && event.act().at().isBefore(expiry(request, activated))) {
        say(7, event.act().at(), "request %s expired before its time".formatted(request.id()));
      }
    }
  }

  /** What Daypass has given itself is no reason to refuse the next who overlaps. */
  private void heldByOthersIsTrue(Request request) {
    var held = first(request, Kind.ALREADY_HELD);
    boolean foreign =
        world.foreign().stream()
            .anyMatch(
                span ->
                    span.person().equals(request.asked().requester())
                        && span.group().equals(group(request)));
    if (held != null && !foreign) {
      say(
          7,
          held.act().at(),
          "request %s failed over access that Daypass had given".formatted(request.id()));
    }
  }

  /** Of several who share an entitlement one at a time changes the target. */
  private void changedUnderTheLock() {
    for (var span : world.unlocked()) {
      say(
          7,
          span.to() == null ? span.from() : span.to(),
          "%s in %s was changed while nobody had the lock".formatted(span.person(), span.group()));
    }
  }

  // 8

  private void endingIsNotRefused() {
    for (var exchange : world.exchanges()) {
      boolean ends = exchange.route().endsWith("/return") || exchange.route().endsWith("/revoke");
      if (!ends || exchange.request() == null) {
        continue;
      }
      var request = requests.get(exchange.request());
      // Where something is out of order people may have to try again; else it works at once. Only
      // whoever has left the company has nothing to say there any more.
      if (exchange.status() >= 400
          && (exchange.status() < 500 || !troubled)
          && !hadLeft(exchange.who(), exchange.until())) {
        say(
            8,
            exchange.at(),
            "%s %s was refused: %s".formatted(exchange.who(), exchange.route(), exchange.answer()));
      }
      if (exchange.isAccepted() && request != null && exchange.before() != null) {
        boolean ended =
            request.trail().events().stream()
                .anyMatch(
                    event ->
                        !event.act().at().isAfter(exchange.until().plus(CLOCKS))
                            && (event.status().isFinal() || event.status() == Status.ENDING));
        if (!ended) {
          say(
              8,
              exchange.at(),
              "%s was told that %s ends, and it does not".formatted(exchange.who(), request.id()));
        }
      }
    }
  }

  private static @Nullable Event first(Request request, Kind kind) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == kind)
        .findFirst()
        .orElse(null);
  }

  /** The last that happened to the access, or to the asking: reviews come beside, and after. */
  private static Event last(Request request) {
    return request.trail().events().reversed().stream()
        .filter(event -> !REVIEW.contains(event.kind()))
        .findFirst()
        .orElseThrow();
  }
}
