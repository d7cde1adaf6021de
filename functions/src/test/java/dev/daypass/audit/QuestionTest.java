package dev.daypass.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.access.Refusal;
import dev.daypass.audit.Question.About;
import dev.daypass.store.AuditRecords.Span;
import dev.daypass.web.HttpProblem;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
  private static final String ID = "0123456789abcdefghijklmno";
  private static final String MOMENT = "2026-11-22T05:00:00.000Z#" + ID + "#000002";

  private static Question read(Map<String, String> query) {
    return Question.read(query, NOW);
  }

  private static List<String> refusals(Map<String, String> query) {
    var problem = catchThrowableOfType(HttpProblem.class, () -> read(query));
    assertThat(problem).as("refused: " + query).isNotNull();
    assertThat(problem.problem().status()).isEqualTo(400);
    return problem.problem().errors().stream().map(Refusal::code).toList();
  }

  private static Span span(String from, String to) {
    return new Span(Instant.parse(from), Instant.parse(to));
  }

  @Test
  void oneThingIsAskedFor() {
    assertThat(read(Map.of("request", ID)).about()).isEqualTo(new About.OfRequest(ID));
    assertThat(
            read(Map.of("person", " Sam@Example.com", "from", "2026-11-01", "to", "2026-11-30"))
                .about())
        .isEqualTo(
            new About.OfPerson(
                "sam@example.com", span("2026-11-01T00:00:00Z", "2026-12-01T00:00:00Z")));
    assertThat(read(Map.of("system", "crm", "from", "2026-11-01", "to", "2026-11-01")).about())
        .isEqualTo(new About.OfSystem("crm", span("2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z")));
    assertThat(
            read(Map.of("from", "2026-11-01T01:00:00+01:00", "to", "2026-11-01T05:00:00.5Z"))
                .about())
        .isEqualTo(new About.OfTime(span("2026-11-01T00:00:00Z", "2026-11-01T05:00:00.500Z")));
  }

  /** Found by fuzzing. */
  @Test
  void theNameOfAnUnknownParameterIsRepeatedSoThatItCanBeShown() {
    var problem =
        catchThrowableOfType(
            HttpProblem.class, () -> read(Map.of("system", "crm", "ne\u0001xt\u202e", "1")));

    assertThat(problem.problem().errors())
        .extracting(Refusal::field)
        .containsExactly("ne‹U+0001›xt‹U+202E›");
  }

  @Test
  void anOpenEndMeansAsFarAsASearchGoes() {
    assertThat(read(Map.of("system", "crm")).about())
        .isEqualTo(new About.OfSystem("crm", span("2025-11-23T00:00:00Z", "2026-11-24T00:00:00Z")));
    assertThat(read(Map.of("system", "crm", "from", "2024-01-01")).about())
        .isEqualTo(new About.OfSystem("crm", span("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")));
    assertThat(read(Map.of("system", "crm", "to", "2024-12-31")).about())
        .isEqualTo(new About.OfSystem("crm", span("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z")));
  }

  @Test
  void aLeapYearFitsAndADayMoreDoesNot() {
    assertThat(read(Map.of("from", "2024-01-01", "to", "2024-12-31")).about())
        .isInstanceOf(About.OfTime.class);
    assertThat(refusals(Map.of("from", "2024-01-01", "to", "2025-01-01")))
        .containsExactly("time-too-long");
  }

  @Test
  void everythingThatIsWrongIsNamed() {
    assertThat(
            refusals(
                Map.of(
                    "person",
                    "nobody",
                    "from",
                    "soon",
                    "to",
                    "2026-13-01",
                    "limit",
                    "0",
                    "next",
                    "%%%",
                    "colour",
                    "red")))
        .containsExactlyInAnyOrder(
            "unknown-parameter",
            "person-unreadable",
            "time-unreadable",
            "time-unreadable",
            "limit-wrong",
            "next-unreadable");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThat(refusals(Map.of())).containsExactly("subject-missing");
    assertThat(refusals(Map.of("request", ID, "system", "crm")))
        .containsExactly("too-many-subjects");
    assertThat(refusals(Map.of("from", "2026-11-01"))).containsExactly("time-missing");
    assertThat(refusals(Map.of("request", ID, "from", "2026-11-01")))
        .containsExactly("time-not-wanted");
    assertThat(refusals(Map.of("from", "2026-11-02", "to", "2026-11-01T00:00:00Z")))
        .containsExactly("time-backwards");
    assertThat(refusals(Map.of("request", "ABC"))).containsExactly("request-unreadable");
    assertThat(refusals(Map.of("system", "c#m"))).containsExactly("system-unreadable");
    assertThat(refusals(Map.of("person", "a@b,c@d"))).containsExactly("person-unreadable");
    // Found by fuzzing.
    assertThat(refusals(Map.of("person", "a\u202e\u0000@b"))).containsExactly("person-unreadable");
    assertThat(refusals(Map.of("person", "\u212aaren@b"))).containsExactly("person-unreadable");
    assertThat(refusals(Map.of("person", "a@" + "b".repeat(5_000))))
        .containsExactly("person-unreadable");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+999999999-12-31", "-999999999-01-01", "1999-12-31", "9999-01-01"})
  void timesFarFromOursAreRefused(String time) {
    assertThat(refusals(Map.of("system", "crm", "from", time))).containsExactly("time-unlikely");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "201", "-1", "1e2", "", "many", "99999999999999999999", "٥"})
  void aLimitIsANumberFrom1To200(String limit) {
    assertThat(refusals(Map.of("system", "crm", "limit", limit))).containsExactly("limit-wrong");
  }

  @Test
  void anAnswerIsContinuedWhereItEnded() {
    var query = new HashMap<>(Map.of("person", "sam@example.com", "from", "2026-01-01"));
    var first = read(query);
    query.put("next", first.next(MOMENT));
    query.put("limit", "7");

    var second = read(query);

    assertThat(first.after()).isNull();
    assertThat(second.after()).isEqualTo(MOMENT);
    assertThat(second.about()).isEqualTo(first.about());
    assertThat(second.limit()).isEqualTo(7);
  }

  @Test
  void aContinuationOfAnotherQuestionIsRefused() {
    var next = read(Map.of("person", "sam@example.com")).next(MOMENT);

    assertThat(refusals(Map.of("person", "max@example.com", "next", next)))
        .containsExactly("next-of-another-question");
    assertThat(refusals(Map.of("person", "sam@example.com", "from", "2026-01-01", "next", next)))
        .containsExactly("next-of-another-question");
    assertThat(refusals(Map.of("request", ID, "next", next))).containsExactly("next-unreadable");
  }

  @Test
  void aGarbledContinuationIsRefused() {
    var question = read(Map.of("system", "crm"));
    for (var garbled :
        List.of(
            "",
            "e30",
            "bnVsbA",
            "not base64 at all",
            question.next(MOMENT).substring(3),
            encoded("{\"after\":\"2026\",\"of\":\"" + question.fingerprint() + "\"}"),
            encoded("{\"after\":7,\"of\":[]}"),
            encoded("{\"after\":\"" + MOMENT + "\",\"of\":\"x\",\"more\":1}"),
            encoded("[".repeat(100_000)),
            question.next("x".repeat(3_000)),
            question.next("7"))) {
      assertThat(refusals(Map.of("system", "crm", "next", garbled)))
          .as(garbled)
          .containsExactly("next-unreadable");
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }
}
