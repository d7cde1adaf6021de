package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Decision.Answer;
import dev.daypass.access.HandingOver;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Eligibility;
import dev.daypass.runbook.Person;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.web.Form;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes decisions, from wherever they come: the link in a mail, a page, the API. */
public final class Decisions {
  /** A form came without the button that sends it: Enter in a field, or a program. */
  static Refusal nothingPressed() {
    return Refusals.of("decision-missing", "decision");
  }

  private static final String PRESSED = "pressed";

  private final Requests requests;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final StandIns standIns;
  private final InstantSource clock;

  public Decisions(
      Requests requests,
      Supplier<Catalog> catalog,
      Directory directory,
      StandIns standIns,
      InstantSource clock) {
    this.requests = requests;
    this.catalog = catalog;
    this.directory = directory;
    this.standIns = standIns;
    this.clock = clock;
  }

  /**
   * A decision as somebody sent it.
   *
   * @param stage the stage it was shown for
   * @param duration for how long, if shorter than what holds; or null
   * @param via {@code mail}, {@code page} or {@code api}, with the source address
   */
  public record Sent(
      int stage,
      String by,
      Answer answer,
      @Nullable Duration duration,
      String comment,
      Proof proof,
      String via) {
    /** Names this very answer, for this very time: sent again, it is the same command. */
    private String command() {
      var answered = "decide#" + stage + "#" + answer.name().toLowerCase(Locale.ROOT);
      return duration == null ? answered : answered + "#" + duration;
    }
  }

  /**
   * A handover as somebody sent it.
   *
   * @param stage the stage it was shown for
   * @param to email address of whoever is to decide instead; empty if nobody was chosen
   * @param via {@code mail}, {@code page} or {@code api}, with the source address
   */
  public record SentOn(int stage, String by, String to, String comment, Proof proof, String via) {
    public SentOn {
      to = to.strip().toLowerCase(Locale.ROOT);
    }

    private String command() {
      return "hand-over#" + stage + "#" + to;
    }
  }

  /** The word for handing over, of forms and of the API. */
  static final String HAND_OVER = "handover";

  /** Whether a form is to hand the decision over. */
  static boolean isHandover(Form form) {
    return form.get("decision").equals(HAND_OVER);
  }

  /** Which button of a form was pressed; empty if none was. */
  static Optional<Answer> pressed(Form form) {
    return switch (form.get("decision")) {
      case "approve" -> Optional.of(Answer.APPROVE);
      case "deny" -> Optional.of(Answer.DENY);
      default -> Optional.empty();
    };
  }

  /** The address of what came of it, which remembers what was pressed. */
  static String after(String path, Optional<Answer> pressed) {
    return pressed
        .map(answer -> path + (path.contains("?") ? "&" : "?") + PRESSED + "=" + answer.name())
        .orElse(path);
  }

  /** What was pressed before, as such an address says; it is shown, and counts for nothing. */
  static Optional<Answer> pressedBefore(HttpRequest call) {
    return Arrays.stream(Answer.values())
        .filter(answer -> answer.name().equals(call.query().get(PRESSED)))
        .findFirst();
  }

  /**
   * The shorter time that a form chose; null if none. With a denial none, whatever is chosen beside
   * it.
   *
   * @throws HttpProblem 422 if it is no time
   */
  static @Nullable Duration chosen(Form form, Answer answer) {
    return switch (answer) {
      case APPROVE -> HowLong.read(form.get("duration")).orElse(null);
      case DENY -> null;
    };
  }

  /**
   * Decides; the same answer by the same person again changes nothing.
   *
   * @throws HttpProblem 404 if there is no such request
   */
  public Outcome decide(String id, Sent sent) {
    var act = new Act(sent.command(), clock.instant(), sent.by(), sent.via());
    return requests
        .change(
            id,
            request ->
                Life.apply(
                    request,
                    new Command.Decide(
                        act,
                        sent.stage(),
                        sent.answer(),
                        sent.duration(),
                        sent.comment(),
                        sent.proof(),
                        objections(request, sent, act.at()))))
        .orElseThrow(HttpProblem::noSuchRequest);
  }

  /**
   * Hands a part of the open stage over to somebody else; the same handover again changes nothing.
   *
   * @throws HttpProblem 404 if there is no such request
   */
  public Outcome handOver(String id, SentOn sent) {
    var act = new Act(sent.command(), clock.instant(), sent.by(), sent.via());
    return requests
        .change(
            id,
            request ->
                Life.apply(
                    request,
                    new Command.HandOver(
                        act,
                        sent.stage(),
                        sent.to(),
                        sent.comment(),
                        sent.proof(),
                        objections(request, sent))))
        .orElseThrow(HttpProblem::noSuchRequest);
  }

  /** Those to whom this person can hand their part of the open stage over. */
  List<Person> mayTake(Pending request, String from) {
    return new Eligibility(catalog.get(), directory)
        .mayTake(request.asked(), request.stage()).stream()
            .filter(each -> HandingOver.isPossible(request, from, each.email()))
            .toList();
  }

  private List<Refusal> objections(Request request, SentOn sent) {
    if (directory.active(sent.by()).isEmpty()) {
      return List.of(Refusals.of("approver-left", null));
    }
    if (!(request instanceof Pending pending)
        || pending.stage() != sent.stage()
        || !HandingOver.isPossible(pending, sent.by(), sent.to())) {
      // The request itself says why not.
      return List.of();
    }
    var allowed = mayTake(pending, sent.by());
    if (allowed.stream().anyMatch(each -> each.email().equals(sent.to()))) {
      return List.of();
    }
    return List.of(
        allowed.isEmpty()
            ? Refusals.of("handover-nobody-left", "to")
            : Refusals.of(
                "handover-not-allowed",
                "to",
                sent.to(),
                allowed.stream().map(Person::email).toList()));
  }

  /**
   * What today's runbook and directory say; to say no, one need only still be here. Whoever stands
   * in must do so at this moment, and the one for whom they do must be allowed to approve.
   */
  private List<Refusal> objections(Request request, Sent sent, Instant now) {
    var standsInFor = standsInFor(request, sent.stage(), sent.by());
    var inPlace = standsInFor.stream().flatMap(of -> standsIn(of, sent.by(), now).stream());
    return switch (sent.answer()) {
      case APPROVE -> {
        var part = standsInFor.orElse(sent.by());
        var today =
            new Eligibility(catalog.get(), directory)
                .mayDecide(
                    request.asked(), sent.stage(), part, isHandedOver(request, sent.stage(), part));
        yield Stream.concat(inPlace, Stream.concat(today.stream(), notBoth(request).stream()))
            .toList();
      }
      case DENY ->
          standsInFor.isPresent()
              ? inPlace.toList()
              : directory.active(sent.by()).isPresent()
                  ? List.of()
                  : List.of(Refusals.of("approver-left", null));
    };
  }

  /** In whose place this person decides; empty if for themselves, or not at all. */
  private static Optional<String> standsInFor(Request request, int stage, String by) {
    return request instanceof Pending pending && pending.stage() == stage
        ? pending.open().standsInFor(by)
        : Optional.empty();
  }

  /** What there is against their standing in at this moment. */
  private Optional<Refusal> standsIn(String of, String by, Instant now) {
    if (directory.active(by).isEmpty()) {
      return Optional.of(Refusals.of("approver-left", null));
    }
    return by.equals(standIns.of(List.of(of), now).get(of))
        ? Optional.empty()
        : Optional.of(Refusal.standInOver(of));
  }

  private static boolean isHandedOver(Request request, int stage, String by) {
    return stage >= 0
        && stage < request.stages().size()
        && request.stages().get(stage).handedOverTo(by).isPresent();
  }

  /**
   * That nobody may have this together with what the person has, or has been approved, by today's
   * runbooks: it may have been asked for in the same moment, or the rule may be new.
   */
  private Optional<Refusal> notBoth(Request request) {
    var plan = request.asked().plan();
    var requester = request.asked().requester();
    var apart = catalog.get().apart(plan.system(), plan.role());
    if (apart.isEmpty()) {
      return Optional.empty();
    }
    var held =
        requests.openNow(requester).stream()
            .filter(other -> !(other instanceof Pending))
            .map(other -> other.asked().entitlement())
            .collect(Collectors.toSet());
    return apart.stream()
        .filter(other -> held.contains(other.entitlement(requester)))
        .findFirst()
        .map(
            other -> {
              var name = directory.person(requester).map(Person::name).orElse(requester);
              return Refusal.of(
                      "not-both",
                      "Nobody may have this together with “%s” in %s, which %s has or is getting."
                          .formatted(other.roleTitle(), other.systemTitle(), name))
                  .in("decide")
                  .with(other.roleTitle(), other.systemTitle(), name);
            });
  }
}
