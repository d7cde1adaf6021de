package dev.daypass.audit;

import static dev.daypass.audit.Histories.MAX;
import static dev.daypass.audit.Histories.NOVEMBER;
import static dev.daypass.audit.Histories.PAT;
import static dev.daypass.audit.Histories.SAM;
import static dev.daypass.audit.Histories.approves;
import static dev.daypass.audit.Histories.asks;
import static dev.daypass.audit.Histories.theWholeLife;
import static dev.daypass.audit.Histories.told;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.RequestId;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.identity.SamplePerson;
import dev.daypass.local.identity.TokenIssuer;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import dev.daypass.signin.BearerIdentity;
import dev.daypass.signin.Provider;
import dev.daypass.signin.TokenCheck;
import dev.daypass.signin.Trust;
import dev.daypass.signin.Wire;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Assets;
import dev.daypass.web.Body;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code GET /api/audit} with real tokens over a real engine. */
class AuditQueryTest {
  private static final String AUDITOR = "ada.auditor@example.com";
  private static final String ADMIN = "anna.admin@example.com";
  private static final String FORMER_AUDITOR = "fred.former@example.com";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-23T12:00:00Z"));
  private static final TokenIssuer ISSUER = new TokenIssuer("https://login.example.com", CLOCK);
  private static final LocalProvider PROVIDER =
      new LocalProvider(ISSUER, CLOCK, List::of, "https://daypass.example.com/sign-in/callback");

  private static final URI PUBLIC = URI.create("https://daypass.example.com");

  private final Ledger ledger = new Ledger();
  private final FrontDoor door =
      new FrontDoor(
          PUBLIC,
          Identity.ofNobody(),
          new Frames(Directory.of(List.of()), new ChosenLanguage(PUBLIC), CLOCK),
          new AntiForgery(PUBLIC, new SplittableRandom(1)),
          new Pages(new Assets()));
  private final AuditQuery query =
      new AuditQuery(ledger.records, ledger.requests, identity(), CLOCK);

  private Identity identity() {
    var trust = Trust.of(ISSUER.issuer(), LocalProvider.CLIENT, "", false).orElseThrow();
    var provider =
        new Provider(
            trust,
            message ->
                new Wire.Reply(
                    200,
                    message.to().getPath().equals("/jwks")
                        ? ISSUER.jwks()
                        : PROVIDER.configuration().toString()),
            CLOCK);
    return new BearerIdentity(
        new TokenCheck(trust, provider, CLOCK), ledger.people.directory(), CLOCK);
  }

  @BeforeEach
  void people() {
    person(SAM, true);
    person(MAX, true);
    person(AUDITOR, true, "auditors");
    person(ADMIN, true, "admins");
    person(FORMER_AUDITOR, false, "auditors");
  }

  private void person(String email, boolean active, String... groups) {
    ledger.people.put(
        new Person(
            email, "Any Name", null, List.of(groups), ZoneOffset.UTC, Locale.ENGLISH, active));
  }

  private HttpResponse asked(Map<String, String> headers, Map<String, String> parameters) {
    return door.answer(
        new HttpRequest(
            "GET",
            "GET /api/audit",
            "/api/audit",
            Map.of(),
            parameters,
            headers,
            Map.of(),
            Body.EMPTY,
            "203.0.113.7",
            "any",
            CLOCK.instant()),
        query::answer);
  }

  private HttpResponse asked(String person, Map<String, String> parameters) {
    var token = ISSUER.token(new SamplePerson(person, "Any Name", null, List.of()));
    return asked(Map.of("authorization", "Bearer " + token), parameters);
  }

  private JsonNode answered(String person, Map<String, String> parameters) {
    var response = asked(person, parameters);
    assertThat(response.status()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private void assertForbidden(String person, Map<String, String> parameters) {
    var response = asked(person, parameters);
    assertThat(response.status()).isEqualTo(403);
    assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
    assertThat(json(response).path("detail").asText()).contains("auditors and administrators");
  }

  private static JsonNode json(HttpResponse response) {
    try {
      return new JsonMapper().readTree(response.body());
    } catch (JsonProcessingException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static List<String> kinds(JsonNode answer) {
    var kinds = new ArrayList<String>();
    answer.path("records").forEach(each -> kinds.add(each.path("kind").asText()));
    return kinds;
  }

  @Test
  void aRequestsTrailIsGivenWholeWithItsChain() {
    var request = ledger.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));

    var answer = answered(AUDITOR, Map.of("request", request.id()));

    assertThat(kinds(answer))
        .containsExactly(
            "SUBMITTED",
            "ASKED",
            "DECIDED",
            "PROVISIONING_STARTED",
            "ACTIVATED",
            "ENDING",
            "ENDED");
    assertThat(answer.path("next").isNull()).isTrue();
    assertThat(answer.path("chain").toString())
        .isEqualTo("{\"verified\":true,\"version\":7,\"problem\":null}");
    var third = answer.path("records").path(2);
    assertThat(third.path("by").asText()).isEqualTo(MAX);
    assertThat(third.path("requester").asText()).isEqualTo(SAM);
    assertThat(third.path("details").path("answer").asText()).isEqualTo("APPROVE");
    assertThat(third.path("hash").asText())
        .isEqualTo(answer.path("records").path(3).path("previous").asText());
    assertThat(third.has("damaged")).isFalse();
  }

  @Test
  void aRecordCanBeVerifiedFromTheAnswerAlone() {
    var request =
        ledger.happens(
            asks(SAM, "crm", "\u201cWhy\u201d? \"\n\\ \t\u200b\u00fc\ud83d\ude00", NOVEMBER),
            theWholeLife(NOVEMBER));

    for (var record : answered(SAM, Map.of("request", request.id())).path("records")) {
      Map<String, Object> fields = new JsonMapper().convertValue(record, new TypeReference<>() {});
      var hash = fields.remove("hash");
      assertThat(AuditRecord.hash(CanonicalJson.write(fields))).isEqualTo(hash);
    }
  }

  @Test
  void whoMayReadWhatIsKept() {
    var sams = ledger.happens(asks(SAM, NOVEMBER), approves(NOVEMBER)).id();
    var pats = ledger.happens(asks(PAT, NOVEMBER), approves(NOVEMBER)).id();
    Map<String, String> november = Map.of("from", "2026-11-01", "to", "2026-11-30");

    for (var reader : List.of(AUDITOR, ADMIN)) {
      assertThat(kinds(answered(reader, Map.of("request", pats)))).hasSize(2);
      assertThat(kinds(answered(reader, Map.of("person", PAT)))).hasSize(2);
      assertThat(kinds(answered(reader, Map.of("system", "crm")))).hasSize(4);
      assertThat(kinds(answered(reader, november))).hasSize(4);
    }
    assertThat(kinds(answered(SAM, Map.of("request", sams)))).hasSize(2);
    assertThat(kinds(answered(SAM, Map.of("person", SAM)))).hasSize(2);
    assertThat(kinds(answered(MAX, Map.of("person", MAX)))).containsExactly("DECIDED", "DECIDED");
    assertForbidden(SAM, Map.of("request", pats));
    assertForbidden(SAM, Map.of("request", RequestId.of("nobody", "knows")));
    assertForbidden(SAM, Map.of("person", PAT));
    assertForbidden(SAM, Map.of("system", "crm"));
    assertForbidden(SAM, november);
    // Not even about themselves.
    for (var other : List.of(FORMER_AUDITOR, "nobody@example.com")) {
      var response = asked(other, Map.of("person", other));
      assertThat(response.status()).isEqualTo(403);
      assertThat(json(response).path("detail").asText()).contains("list of people");
    }
    // An approver has seen the request on its page; the trail of it is not for approvers.
    assertForbidden(MAX, Map.of("request", sams));
  }

  @Test
  void whoeverIsNotKnownIsAskedToSignInBeforeAnythingElse() {
    assertThat(asked(Map.of(), Map.of("limit", "many")).status()).isEqualTo(401);
    assertThat(asked(Map.of("authorization", "Bearer x.y.z"), Map.of()).status()).isEqualTo(401);
  }

  @Test
  void everythingWrongWithAQuestionIsNamed() {
    var response = asked(SAM, Map.of("person", "x", "limit", "0", "from", "soon", "a", "b"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(json(response).path("errors")).hasSize(4);
  }

  @Test
  void anUnknownRequestIsNotFound() {
    assertThat(asked(AUDITOR, Map.of("request", RequestId.of("nobody", "knows"))).status())
        .isEqualTo(404);
  }

  @Test
  void anAnswerIsContinuedToItsEnd() {
    for (var day : List.of("2026-09-30", "2026-10-01", "2026-11-22")) {
      var start = Instant.parse(day + "T08:00:00Z");
      ledger.happens(asks(SAM, start), theWholeLife(start));
    }
    for (Map<String, String> question :
        List.of(
            Map.of("person", SAM),
            Map.of("system", "crm"),
            Map.of("from", "2026-09-01", "to", "2026-11-30"))) {
      var whole = answered(AUDITOR, question).path("records");
      assertThat(whole).hasSize(21);
      var parts = new ArrayList<JsonNode>();
      var next = new HashMap<>(question);
      next.put("limit", "4");
      JsonNode answer;
      do {
        answer = answered(AUDITOR, next);
        answer.path("records").forEach(parts::add);
        next.put("next", answer.path("next").asText());
      } while (!answer.path("next").isNull());
      assertThat(parts).containsExactlyElementsOf(whole);
    }
  }

  @Test
  void aRequestsTrailIsContinuedAndEachPageTellsOfTheWholeChain() {
    var request = ledger.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));
    var first = answered(SAM, Map.of("request", request.id(), "limit", "5"));
    var next = first.path("next").asText();
    var second = answered(SAM, Map.of("request", request.id(), "next", next));

    assertThat(kinds(first)).hasSize(5);
    assertThat(kinds(second)).containsExactly("ENDING", "ENDED");
    assertThat(second.path("next").isNull()).isTrue();
    assertThat(first.path("chain")).isEqualTo(second.path("chain"));
  }

  @Test
  void aContinuationGivesNobodyMoreThanTheyMayRead() {
    ledger.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));
    var next = answered(AUDITOR, Map.of("person", SAM, "limit", "2")).path("next").asText();

    assertForbidden(MAX, Map.of("person", SAM, "next", next));
    assertThat(asked(MAX, Map.of("person", MAX, "next", next)).status()).isEqualTo(400);
  }

  @Test
  void theSpanThatWasSearchedIsSaid() {
    var answer = answered(SAM, Map.of("person", SAM));

    assertThat(answer.path("records")).isEmpty();
    assertThat(answer.path("from").asText()).isEqualTo("2025-11-24T00:00:00Z");
    assertThat(answer.path("to").asText()).isEqualTo("2026-11-25T00:00:00Z");
    assertThat(answer.path("next").isNull()).isTrue();
  }

  @Test
  void aTamperedRecordIsShownWithWhatIsWrong() {
    var request = ledger.happens(asks(SAM, NOVEMBER), approves(NOVEMBER));
    var entry = ledger.records.of(request.id()).get(1);

    ledger.tamper(entry, Map.of("record", entry.record().replace("APPROVE", "DENY")));
    var answer = answered(AUDITOR, Map.of("request", request.id()));
    assertThat(answer.path("records").path(1).path("damaged").asText())
        .startsWith("The record of version 2 was changed");
    assertThat(answer.path("chain").path("verified").asBoolean()).isFalse();
    assertThat(answer.path("chain").path("version").asInt()).isEqualTo(2);

    for (var nonsense : List.of("", "[]", "{{{", "null", "\"text\"")) {
      ledger.tamper(entry, Map.of("record", nonsense));
      var shown = answered(AUDITOR, Map.of("person", MAX)).path("records").path(0);
      assertThat(shown.path("text").asText()).isEqualTo(nonsense);
      assertThat(shown.path("version").asInt()).isEqualTo(2);
      assertThat(shown.has("damaged")).isTrue();
    }
  }

  @Test
  void aMissingLastRecordIsSaid() {
    var request = ledger.happens(asks(SAM, NOVEMBER), told(NOVEMBER), approves(NOVEMBER));
    ledger.delete(ledger.records.of(request.id()).get(2));

    var chain = answered(SAM, Map.of("request", request.id())).path("chain");

    assertThat(chain.path("verified").asBoolean()).isFalse();
    assertThat(chain.path("version").asInt()).isEqualTo(3);
    assertThat(chain.path("problem").asText())
        .startsWith("The records end at version 2, but the request is at version 3.");
  }

  @Test
  void recordsWhoseRequestIsGoneAreStillRead() {
    var request = ledger.happens(asks(SAM, NOVEMBER), theWholeLife(NOVEMBER));
    ledger.deleteRequest(request.id());

    var answer = answered(AUDITOR, Map.of("request", request.id()));

    assertThat(answer.path("records")).hasSize(7);
    assertThat(answer.path("chain").path("problem").asText())
        .isEqualTo("The records are whole, but the request itself is gone.");
    assertForbidden(SAM, Map.of("request", request.id()));
  }

  @Test
  void anOverwrittenLastRecordIsFoundThoughItIsWholeInItself() {
    var request = ledger.happens(asks(SAM, NOVEMBER), approves(NOVEMBER));
    var last = ledger.records.of(request.id()).get(1);
    var other = last.record().replace("\"command\":\"", "\"command\":\"other-");
    ledger.tamper(last, Map.of("record", other, "hash", AuditRecord.hash(other)));

    var answer = answered(AUDITOR, Map.of("request", request.id()));

    assertThat(answer.path("records").path(1).has("damaged")).isFalse();
    assertThat(answer.path("chain").path("problem").asText())
        .startsWith("The record of version 2 was overwritten");
  }

  @Test
  void aYearOfManyDaysIsSearchedInReasonableTime() {
    var start = System.nanoTime();
    answered(AUDITOR, Map.of("from", "2026-01-01", "to", "2026-12-31"));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }
}
