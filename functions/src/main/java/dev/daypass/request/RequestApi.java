package dev.daypass.request;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.daypass.access.Evidence;
import dev.daypass.access.Grant;
import dev.daypass.access.Outcome;
import dev.daypass.access.Refusal;
import dev.daypass.access.RequestId;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Status;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Ask;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Runbook;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import dev.daypass.store.Waiting;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.RequestJson;
import dev.daypass.web.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The JSON API to ask, to see and to end. */
final class RequestApi {
  /**
   * The body of an ask.
   *
   * @param requester email address of the person it is for; null for the caller
   * @param breakGlass whether it is an emergency, and nobody is to be asked
   */
  record AskBody(
      @Nullable String runbook,
      @Nullable String requester,
      @Nullable String duration,
      @Nullable String startsAt,
      @Nullable String reason,
      @Nullable String ticket,
      @Nullable Boolean breakGlass) {}

  /**
   * The body of an extension.
   *
   * @param until the new end, an instant in ISO 8601
   */
  record ExtendBody(@Nullable String until) {}

  /** The body of an approval that is taken back. */
  record WithdrawBody(@Nullable String comment) {}

  /** The body of a revocation. */
  record RevokeBody(@Nullable String reason) {}

  /**
   * The body of what became of setting up by hand.
   *
   * @param result {@code done}, {@code held} or {@code impossible}
   */
  record SetUpBody(@Nullable String result, @Nullable String note) {}

  /**
   * The body of the review of an emergency.
   *
   * @param verdict {@code justified} or {@code not-justified}
   */
  record ReviewBody(@Nullable String verdict, @Nullable String note) {}

  /**
   * The body of an answer.
   *
   * @param question which of the request's questions, from 0; without it, the only one
   */
  record AnswerBody(@Nullable Integer question, @Nullable String answer) {}

  /** The body of what was taken away by hand: words, something that shows it, or both. */
  record TakenAwayBody(@Nullable String note, @Nullable EvidenceBody evidence) {}

  /**
   * A picture or document.
   *
   * @param name what it is called
   * @param content its bytes in base64 (RFC 4648, section 4)
   */
  record EvidenceBody(@Nullable String name, @Nullable String content) {}

  /**
   * A runbook that the caller may ask for.
   *
   * @param forYourself whether the caller may ask for themselves
   * @param forOthers whether the caller may ask for somebody else
   * @param start how far ahead a later start can be asked for; null for not at all
   * @param calendar by which the times of its stages count; null for plain time
   * @param autoApproval rules of which each approves a request at once; may be empty
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RunbookJson(
      String id,
      String title,
      String system,
      String role,
      Durations durations,
      boolean forYourself,
      boolean forOthers,
      @Nullable StartJson start,
      @Nullable CalendarJson calendar,
      List<RuleJson> autoApproval) {
    static RunbookJson of(Planner.Offer offer) {
      var runbook = offer.runbook().policy();
      var calendar = runbook.calendar();
      return new RunbookJson(
          runbook.id(),
          runbook.title(),
          runbook.system(),
          runbook.role(),
          new Durations(runbook.duration().usual(), runbook.duration().longest()),
          offer.open(),
          offer.forOthers(),
          Optional.ofNullable(runbook.start())
              .map(start -> new StartJson(start.within()))
              .orElse(null),
          calendar == null
              ? null
              : new CalendarJson(calendar.id(), calendar.title(), calendar.zone().getId()),
          runbook.autoApproval().stream().map(RuleJson::of).toList());
    }
  }

  /** How far ahead, in ISO 8601. */
  record StartJson(Duration within) {}

  /** The working hours of a runbook, by name. */
  record CalendarJson(String id, String title, String zone) {}

  /** A rule as the runbook has it: all that it names must be so. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record RuleJson(
      String name,
      @Nullable String inGroup,
      @Nullable Duration maxDuration,
      boolean withinHours,
      boolean hasTicket,
      @Nullable Duration usedBefore) {
    static RuleJson of(Runbook.AutoRule rule) {
      return new RuleJson(
          rule.name(),
          rule.inGroup(),
          rule.maxDuration(),
          rule.withinHours(),
          rule.hasTicket(),
          rule.usedBefore());
    }
  }

  /** The usual and the longest duration, in ISO 8601. */
  record Durations(Duration usual, Duration longest) {}

  /**
   * A line of a list: the index behind it knows a system by its title only.
   *
   * @param requester the person it is for; left out in the list of the caller's own
   * @param askedBy who asked for that person, in the list of what waits for the caller
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record LineJson(
      String id,
      Status status,
      String runbook,
      String title,
      String systemTitle,
      @Nullable String requester,
      @Nullable String askedBy,
      Instant createdAt,
      @Nullable Instant expiresAt) {}

  private final Identity identity;
  private final Asks asks;
  private final Endings endings;
  private final Extensions extensions;
  private final Hands hands;
  private final Reviews reviews;
  private final Answers answers;
  private final Standing standing;
  private final Requests requests;
  private final Inbox inbox;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final InstantSource clock;

  RequestApi(
      Identity identity,
      Asks asks,
      Endings endings,
      Extensions extensions,
      Hands hands,
      Reviews reviews,
      Answers answers,
      Standing standing,
      Requests requests,
      Inbox inbox,
      Supplier<Catalog> catalog,
      Directory directory,
      InstantSource clock) {
    this.identity = identity;
    this.asks = asks;
    this.endings = endings;
    this.extensions = extensions;
    this.hands = hands;
    this.reviews = reviews;
    this.answers = answers;
    this.standing = standing;
    this.requests = requests;
    this.inbox = inbox;
    this.catalog = catalog;
    this.directory = directory;
    this.clock = clock;
  }

  HttpResponse runbooks(HttpRequest call) {
    var me = identity.require(call).email();
    return HttpResponse.json(
        200,
        Planner.offers(catalog.get(), directory, asks.past(), me).stream()
            .filter(offer -> offer.open() || offer.forOthers())
            .map(RunbookJson::of)
            .toList());
  }

  HttpResponse ask(HttpRequest call) {
    var caller = identity.require(call);
    var me = caller.email();
    var key = IdempotencyKey.of(call);
    var sent = call.sent(AskBody.class);
    var body = sent.body();
    var ask =
        new Ask(
            Optional.ofNullable(body.runbook()).orElse(""),
            Optional.ofNullable(body.requester())
                .map(typed -> typed.strip().toLowerCase(Locale.ROOT))
                .orElse(me),
            me,
            sent.read(() -> HowLong.read(Optional.ofNullable(body.duration()).orElse("")))
                .flatMap(Function.identity()),
            sent.read(() -> start(Optional.ofNullable(body.startsAt()).orElse("")))
                .flatMap(Function.identity()),
            Optional.ofNullable(body.reason()).orElse(""),
            Optional.ofNullable(body.ticket()).orElse(""),
            Boolean.TRUE.equals(body.breakGlass()));
    if (!sent.isFine()) {
      sent.refuse(asks.refusals(ask));
    }
    sent.check();
    return switch (asks.ask(ask, key, caller.proof(), "api " + call.sourceIp())) {
      case Asks.Result.Accepted accepted ->
          HttpResponse.json(201, RequestJson.of(accepted.request()))
              .with("location", "/api/requests/" + accepted.request().id());
      case Asks.Result.Refused refused ->
          throw new HttpProblem(Problem.refused(refused.refusals()));
      case Asks.Result.KeyUsed used ->
          throw new HttpProblem(
              Problem.refused(
                  List.of(
                      Refusal.of(
                          "key-used",
                          "This Idempotency-Key was used for another request ("
                              + used.before().id()
                              + "). Please use a new one."))));
    };
  }

  HttpResponse list(HttpRequest call) {
    var me = identity.require(call).email();
    var question = ListQuestion.read(call.query(), me);
    return switch (question.which()) {
      case MINE -> mine(me, question);
      case FOR_OTHERS -> forOthers(me, question);
      case INBOX -> inbox(me, question);
    };
  }

  /** A list's part; the place comes from outside, and only the list knows its places. */
  private static <T> T part(Supplier<T> list) {
    try {
      return list.get();
    } catch (IllegalArgumentException garbled) {
      throw ListQuestion.noSuchPlace();
    }
  }

  private HttpResponse mine(String me, ListQuestion question) {
    var page = part(() -> requests.of(me, question.limit(), question.after()));
    var lines =
        page.lines().stream()
            .map(
                line ->
                    new LineJson(
                        line.id(),
                        line.status(),
                        line.runbook(),
                        line.title(),
                        line.systemTitle(),
                        null,
                        null,
                        line.createdAt(),
                        line.expiresAt()))
            .toList();
    return list(lines, question, page.next());
  }

  private HttpResponse inbox(String me, ListQuestion question) {
    var page = part(() -> inbox.of(me, question.limit(), question.after()));
    var lines =
        Waiting.all(page.entries(), requests).stream()
            .map(
                request ->
                    new LineJson(
                        request.id(),
                        request.status(),
                        request.asked().plan().runbook(),
                        request.asked().plan().title(),
                        request.asked().plan().systemTitle(),
                        request.asked().requester(),
                        request.asked().askedBy(),
                        request.asked().at(),
                        null))
            .toList();
    return list(lines, question, page.next());
  }

  private HttpResponse forOthers(String me, ListQuestion question) {
    var page = part(() -> requests.forOthers(me, question.limit(), question.after()));
    var lines =
        requests.all(page.ids()).stream()
            .map(
                request ->
                    new LineJson(
                        request.id(),
                        request.status(),
                        request.asked().plan().runbook(),
                        request.asked().plan().title(),
                        request.asked().plan().systemTitle(),
                        request.asked().requester(),
                        null,
                        request.asked().at(),
                        request.given().map(Grant::expiresAt).orElse(null)))
            .toList();
    return list(lines, question, page.next());
  }

  private static HttpResponse list(
      List<LineJson> lines, ListQuestion question, @Nullable String place) {
    var answer = new LinkedHashMap<String, @Nullable Object>();
    answer.put("requests", lines);
    answer.put("next", place == null ? null : question.next(place));
    return HttpResponse.json(200, answer);
  }

  HttpResponse see(HttpRequest call) {
    var me = identity.require(call);
    return HttpResponse.json(
        200,
        requests
            .find(id(call))
            .filter(request -> standing.maySee(me, request))
            .map(RequestJson::of)
            .orElseThrow(HttpProblem::noSuchRequest));
  }

  HttpResponse cancel(HttpRequest call) {
    var me = identity.require(call);
    return answer(endings.cancel(id(call), me, "api " + call.sourceIp()));
  }

  HttpResponse giveBack(HttpRequest call) {
    var me = identity.require(call);
    return answer(endings.giveBack(id(call), me, "api " + call.sourceIp()));
  }

  HttpResponse extend(HttpRequest call) {
    var me = identity.require(call);
    var sent = call.sent(ExtendBody.class);
    var until = sent.read(() -> until(Optional.ofNullable(sent.body().until()).orElse("")));
    sent.check();
    return answer(extensions.extend(id(call), me, until.orElseThrow(), "api " + call.sourceIp()));
  }

  /**
   * Reads when an access is to begin; empty to begin with the last approval.
   *
   * @throws HttpProblem 422 if it is no instant in ISO 8601
   */
  private Optional<Ask.Start> start(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Ask.Start(Instant.parse(text.strip()), clock.instant()));
    } catch (DateTimeParseException e) {
      throw new HttpProblem(Problem.refused(List.of(Refusals.of("start-unreadable", "startsAt"))));
    }
  }

  /**
   * Reads the new end of an access.
   *
   * @throws HttpProblem 422 if it is no instant in ISO 8601
   */
  static Instant until(String text) {
    try {
      return Instant.parse(text.strip());
    } catch (DateTimeParseException e) {
      throw new HttpProblem(Problem.refused(List.of(Refusals.of("until-unreadable", "until"))));
    }
  }

  HttpResponse withdrawApproval(HttpRequest call) {
    var me = identity.require(call);
    var sent = call.sent(WithdrawBody.class);
    var comment = Optional.ofNullable(sent.body().comment()).orElse("");
    if (!sent.isFine() && Texts.saysNothing(comment)) {
      sent.refuse(List.of(Refusals.of("comment-missing", "comment")));
    }
    sent.check();
    return answer(endings.withdrawApproval(id(call), me, comment, "api " + call.sourceIp()));
  }

  HttpResponse revoke(HttpRequest call) {
    var me = identity.require(call);
    var body = call.body().size() == 0 ? new RevokeBody(null) : call.json(RevokeBody.class);
    var reason = Optional.ofNullable(body.reason()).orElse("");
    return answer(endings.revoke(id(call), me, reason, "api " + call.sourceIp()));
  }

  HttpResponse setUp(HttpRequest call) {
    var me = identity.require(call);
    var sent = call.sent(SetUpBody.class);
    var result = setUpResult(Optional.ofNullable(sent.body().result()).orElse(""));
    if (result.isEmpty()) {
      sent.refuse(List.of(Refusals.of("result-missing", "result")));
    }
    sent.check();
    var note = Optional.ofNullable(sent.body().note()).orElse("");
    return answer(hands.setUp(id(call), me, result.orElseThrow(), note, "api " + call.sourceIp()));
  }

  /** The result of that name, as forms and the API have it; empty if there is none. */
  static Optional<SetUpTask.Result> setUpResult(String name) {
    return switch (name) {
      case "done" -> Optional.of(SetUpTask.Result.DONE);
      case "held" -> Optional.of(SetUpTask.Result.HELD);
      case "impossible" -> Optional.of(SetUpTask.Result.IMPOSSIBLE);
      default -> Optional.empty();
    };
  }

  HttpResponse takenAway(HttpRequest call) {
    var me = identity.require(call);
    var sent = call.sent(TakenAwayBody.class, Attachment.LARGEST_BODY);
    var note = Optional.ofNullable(sent.body().note()).orElse("");
    var body = sent.body().evidence();
    var attachment =
        body == null
            ? Optional.<Attachment>empty()
            : sent.read(
                () -> Attachment.of(body.name(), Optional.ofNullable(body.content()).orElse("")));
    if (!sent.isFine() && body == null && Texts.saysNothing(note)) {
      sent.refuse(List.of(Evidence.missing()));
    }
    sent.check();
    var via = "api " + call.sourceIp();
    return answer(
        attachment
            .map(file -> hands.takenAway(id(call), me, note, file, via))
            .orElseGet(() -> hands.takenAway(id(call), me, note, via)));
  }

  HttpResponse evidence(HttpRequest call) {
    var me = identity.require(call);
    return hands.evidence(id(call), me, call.pathParameter("sha256"));
  }

  HttpResponse review(HttpRequest call) {
    var me = identity.require(call);
    var sent = call.sent(ReviewBody.class);
    var verdict = Reviews.verdict(Optional.ofNullable(sent.body().verdict()).orElse(""));
    var note = Optional.ofNullable(sent.body().note()).orElse("");
    if (verdict.isEmpty()) {
      sent.refuse(List.of(Refusals.of("verdict-missing", "verdict")));
    }
    if (!sent.isFine() && Texts.saysNothing(note)) {
      sent.refuse(List.of(Refusals.of("review-note-missing", "note")));
    }
    sent.check();
    return answer(
        reviews.answer(id(call), me, verdict.orElseThrow(), note, "api " + call.sourceIp()));
  }

  HttpResponse answerQuestion(HttpRequest call) {
    var me = identity.require(call);
    var body = call.json(AnswerBody.class);
    return answer(
        answers.answer(
            id(call),
            me,
            body.question(),
            Optional.ofNullable(body.answer()).orElse(""),
            "api " + call.sourceIp()));
  }

  private static HttpResponse answer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Changed changed -> HttpResponse.json(200, RequestJson.of(changed.request()));
      case Outcome.Unchanged same -> HttpResponse.json(200, RequestJson.of(same.request()));
      case Outcome.Refused refused -> throw new HttpProblem(Problem.notDone(refused.refusals()));
    };
  }

  /** The id in the path; one that has not the form of an id is not looked up. */
  static String id(HttpRequest call) {
    var id = call.pathParameter("id");
    if (!RequestId.isOne(id)) {
      throw HttpProblem.noSuchRequest();
    }
    return id;
  }
}
