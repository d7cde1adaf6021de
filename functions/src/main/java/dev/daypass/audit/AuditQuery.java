package dev.daypass.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Request;
import dev.daypass.audit.Question.About;
import dev.daypass.audit.Verdict.Broken;
import dev.daypass.audit.Verdict.Kind;
import dev.daypass.audit.Verdict.Verified;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.AuditRecords.Entry;
import dev.daypass.store.AuditRecords.Page;
import dev.daypass.store.AuditRecords.Span;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers questions about the audit trail to those who may ask them. */
public final class AuditQuery {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final AuditRecords records;
  private final Requests requests;
  private final Identity identity;
  private final InstantSource clock;

  public AuditQuery(
      AuditRecords records, Requests requests, Identity identity, InstantSource clock) {
    this.records = records;
    this.requests = requests;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * What a question finds.
   *
   * @param entries oldest first
   * @param place where the following ones begin, or null if there are none
   * @param span the time that was searched; null where all of a request is given
   * @param verdict on the whole chain of a request; null where others were looked for
   */
  record Found(
      List<Entry> entries,
      @Nullable String place,
      @Nullable Span span,
      @Nullable Verdict verdict) {}

  /**
   * Answers {@code GET /api/audit}.
   *
   * @throws HttpProblem 401 if it is not known who asks, 400 if the question cannot be read, 403 if
   *     it may not be asked, 404 if there is no such request
   */
  public HttpResponse answer(HttpRequest call) {
    var me = identity.require(call);
    var question = Question.read(call.query(), clock.instant());
    var found =
        find(me, question)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        Problem.notFound(Problem.inEnglish("There is no request with this id."))));
    return HttpResponse.json(200, json(found, question));
  }

  /**
   * Looks for records; empty if there is no such request.
   *
   * @throws HttpProblem 403 if this may not be asked
   */
  Optional<Found> find(Visitor.Known me, Question question) {
    return switch (question.about()) {
      case About.OfRequest about -> ofRequest(me, about.request(), question);
      case About.OfPerson about -> {
        require(me.email().equals(about.person()) || Standing.mayReadEveryTrail(me));
        yield found(
            records.ofPerson(about.person(), about.span(), question.after(), question.limit()),
            about.span());
      }
      case About.OfSystem about -> {
        require(Standing.mayReadEveryTrail(me));
        yield found(
            records.ofSystem(about.system(), about.span(), question.after(), question.limit()),
            about.span());
      }
      case About.OfTime about -> {
        require(Standing.mayReadEveryTrail(me));
        yield found(records.ofTime(about.span(), question.after(), question.limit()), about.span());
      }
    };
  }

  private static void require(boolean allowed) {
    if (!allowed) {
      throw new HttpProblem(
          Problem.forbidden(
              Problem.inEnglish(
                  "You can read the records of your own requests (request=ID) and those with your"
                      + " own name (person=YOUR ADDRESS). The rest is for auditors and"
                      + " administrators.")));
    }
  }

  private Optional<Found> ofRequest(Visitor.Known me, String id, Question question) {
    // Before the records: then what is missing of them was missing, and not just about to come.
    var request = requests.find(id);
    require(Standing.mayReadTrail(me, request));
    var all = records.of(id);
    if (request.isEmpty() && all.isEmpty()) {
      return Optional.empty();
    }
    int after = question.after() == null ? 0 : Integer.parseInt(question.after());
    var rest = all.stream().filter(each -> each.version() > after).toList();
    var some = rest.subList(0, Math.min(question.limit(), rest.size()));
    return Optional.of(
        new Found(
            some,
            some.size() < rest.size() ? Integer.toString(some.getLast().version()) : null,
            null,
            verdict(id, request, all)));
  }

  private Verdict verdict(String id, Optional<Request> request, List<Entry> all) {
    if (request.isEmpty()) {
      return switch (Chain.verify(all)) {
        case Broken broken -> broken;
        case Verified _ ->
            new Broken(Kind.LONG, 1, "The records are whole, but the request itself is gone.");
      };
    }
    var verdict = verify(all, request.get());
    if (verdict instanceof Broken broken && broken.kind() == Kind.LONG) {
      // Only a request read after the records can be too short for them.
      return requests.find(id).map(again -> verify(all, again)).orElse(verdict);
    }
    return verdict;
  }

  private static Verdict verify(List<Entry> all, Request request) {
    return Chain.verify(all, request.asked(), request.trail().events());
  }

  private static Optional<Found> found(Page page, Span span) {
    return Optional.of(new Found(page.entries(), page.next(), span, null));
  }

  private static Map<String, Object> json(Found found, Question question) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("records", found.entries().stream().map(AuditQuery::json).toList());
    if (found.span() != null) {
      answer.put("from", found.span().from());
      answer.put("to", found.span().to());
    }
    answer.put("next", found.place() == null ? null : question.next(found.place()));
    if (found.verdict() != null) {
      answer.put("chain", chain(found.verdict()));
    }
    return answer;
  }

  private static Map<String, @Nullable Object> chain(Verdict verdict) {
    var chain = new LinkedHashMap<String, @Nullable Object>();
    switch (verdict) {
      case Verified whole -> {
        chain.put("verified", true);
        chain.put("version", whole.version());
        chain.put("problem", null);
      }
      case Broken broken -> {
        chain.put("verified", false);
        chain.put("version", broken.version());
        chain.put("problem", broken.problem());
      }
    }
    return chain;
  }

  /** A record with its hash; one that is not whole is shown as it is, with what is wrong. */
  static ObjectNode json(Entry entry) {
    ObjectNode json;
    try {
      json =
          MAPPER.readTree(entry.record()) instanceof ObjectNode object ? object : unreadable(entry);
    } catch (JsonProcessingException noJson) {
      json = unreadable(entry);
    }
    json.put("hash", entry.hash());
    try {
      Chain.read(entry);
    } catch (Chain.Damaged damaged) {
      json.put("damaged", damaged.getMessage());
    }
    return json;
  }

  private static ObjectNode unreadable(Entry entry) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("request", entry.request())
        .put("version", entry.version())
        .put("text", entry.record());
  }
}
