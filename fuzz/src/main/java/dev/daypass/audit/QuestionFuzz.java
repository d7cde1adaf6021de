package dev.daypass.audit;

import dev.daypass.audit.Question.About;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.local.gateway.Urls;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.AuditRecords.Span;
import dev.daypass.web.HttpProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** The query of {@code GET /api/audit}, with its continuation. */
public final class QuestionFuzz {
  private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

  private QuestionFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var query = Urls.parameters(Input.text(data));
    Question question;
    try {
      question = Question.read(query, NOW);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      Check.that(refused.problem().status() == 400, "a question that cannot be read is a 400");
      Check.that(!refused.problem().errors().isEmpty(), "every reason is named");
      return;
    }
    Check.that(question.limit() >= 1 && question.limit() <= Question.LARGEST_LIMIT, "the limit");
    var place =
        switch (question.about()) {
          case About.OfRequest about -> {
            Check.that(about.request().length() == 25, "the id of a request");
            yield "7";
          }
          case About.OfPerson about -> {
            Check.showsOnOneLine(about.person());
            yield moment(about.span());
          }
          case About.OfSystem about -> {
            Check.showsOnOneLine(about.system());
            yield moment(about.span());
          }
          case About.OfTime about -> moment(about.span());
        };
    if (question.after() != null && question.about() instanceof About.OfRequest) {
      Check.that(Integer.parseInt(question.after()) >= 0, "a version");
    }
    var more = new LinkedHashMap<>(query);
    more.put("next", question.next(place));
    var next = Question.read(more, NOW);
    Check.same(
        Objects.requireNonNull(next.after()), place, "a continuation goes on where it ended");
    Check.same(next.about(), question.about(), "a continuation is the same question");
    isRefused(Map.of("system", "another-system", "next", question.next(place)));
  }

  /** Places of one question are not those of another. */
  private static void isRefused(Map<String, String> query) {
    try {
      Question.read(query, NOW);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      return;
    }
    throw new AssertionError("a continuation of another question");
  }

  private static String moment(Span span) {
    Check.that(
        Duration.between(span.from(), span.to()).compareTo(AuditRecords.LONGEST_SPAN) <= 0,
        "too long a span");
    return "2026-11-22T05:00:00.000Z#swsb0bnmt6t041ihshxg3who5#000007";
  }
}
