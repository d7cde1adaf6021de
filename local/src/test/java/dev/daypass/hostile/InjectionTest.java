package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Answer;
import dev.daypass.flow.Company;
import dev.daypass.flow.Page;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.lambda.FunctionLog;
import dev.daypass.local.scim.ScimServer;
import dev.daypass.local.ses.Mail;
import dev.daypass.words.Words;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Texts that are kept: each payload is typed as reason, ticket, comment and reason of a revocation,
 * and looked for wherever a text comes out again. A life with harmless words says how pages and
 * mails look; a hostile one must consist of the same tags and headers.
 */
class InjectionTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final Payload HARMLESS = new Payload("harmless", "Ticket 4711 of a customer", "");
  private static final Payload AT_LENGTH =
      new Payload("harmless", "Ticket 4711 of a customer. ".repeat(40).strip(), "");

  private static final Pattern EARLIER =
      Pattern.compile("<h2>Earlier requests .*?</section>", Pattern.DOTALL);

  private static Company company;
  private static final List<ScimServer.Heard> heard = new CopyOnWriteArrayList<>();
  private static final List<FunctionLog.Entry> logged = new CopyOnWriteArrayList<>();
  private static final Map<Typed, Map<String, List<String>>> USUAL = new HashMap<>();

  @BeforeAll
  static void open() {
    company = Company.open(LocalCloud.Builder::withoutThrottling);
    company.daypass().scim().listen(heard::add);
    company.daypass().cloud().functions().log().listen(logged::add);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  private record Typed(Payload reason, Payload ticket, Payload comment, Payload revocation) {
    /** What is as long and harms nobody: pages fold what is long. */
    Typed harmless() {
      return new Typed(like(reason), like(ticket), like(comment), like(revocation));
    }

    private static Payload like(Payload typed) {
      return Words.isLong(typed.text()) ? AT_LENGTH : HARMLESS;
    }
  }

  /** Each payload once in each place. */
  static Stream<Typed> lives() {
    int n = Payload.PLAIN.size();
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                new Typed(
                    Payload.PLAIN.get(i),
                    Payload.PLAIN.get((i + 1) % n),
                    Payload.PLAIN.get((i + 2) % n),
                    Payload.PLAIN.get((i + 3) % n)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void whatIsTypedIsKeptToTheLetterAndNothingElseIsMadeOfIt(Typed typed) {
    var usual = USUAL.computeIfAbsent(typed.harmless(), InjectionTest::life);
    heard.clear();
    logged.clear();
    var seen = life(typed);

    assertThat(seen.keySet()).isEqualTo(usual.keySet());
    seen.forEach((what, shape) -> assertThat(shape).as(what).isEqualTo(usual.get(what)));
  }

  /** Asks, approves and revokes; answers what pages and mails consist of. */
  private static Map<String, List<String>> life(Typed typed) {
    var shapes = new LinkedHashMap<String, List<String>>();
    var amara = company.desk(AMARA);
    var form =
        amara.fill(
            "/ask/" + CRM,
            "/ask/" + CRM,
            Map.of(
                "duration",
                "PT1H",
                "reason",
                typed.reason().text(),
                "ticket",
                typed.ticket().shortLine()));
    assertThat(form.status()).as(form.text()).isEqualTo(200);
    var id = company.remember(form.path().substring("/requests/".length()));
    company.settle();
    shown(shapes, "asked", company.desk(AMARA).open("/requests/" + id), typed.reason());

    var mail = company.invitation(id, LENA);
    var path = URI.create(Company.link(mail)).getPath();
    shown(shapes, "to decide", company.stranger().open(path), typed.reason());
    // A code that is none shows the form again, with what was typed.
    var again =
        company
            .stranger()
            .fill(
                path,
                path,
                Map.of("code", "x", "comment", typed.comment().text(), "decision", "approve"));
    assertThat(again.status()).isEqualTo(422);
    shown(shapes, "to decide again", again, typed.comment());
    var decided =
        company
            .stranger()
            .fill(
                path,
                path,
                Map.of(
                    "code",
                    Company.code(mail),
                    "comment",
                    typed.comment().text(),
                    "decision",
                    "approve"));
    company.settle();
    shown(shapes, "decided", decided, typed.comment());
    assertThat(company.status(id)).isEqualTo("ACTIVE");

    var revoked =
        company
            .desk(OMAR)
            .fill(
                "/requests/" + id,
                "/requests/" + id + "/revoke",
                Map.of("reason", typed.revocation().text()));
    assertThat(revoked.status()).as(revoked.text()).isEqualTo(200);
    company.settle();
    assertThat(company.status(id)).isEqualTo("ENDED");
    shown(shapes, "ended", company.desk(AMARA).open("/requests/" + id), typed.revocation());

    kept(id, typed);
    mails(shapes, id, typed);
    elsewhere(id);
    return shapes;
  }

  private static void shown(
      Map<String, List<String>> shapes, String what, Page page, Payload typed) {
    assertThat(Markup.of(page.html())).as(what).isNotEmpty();
    // What was asked for before grows with each life that is lived here.
    shapes.put(what, Markup.of(EARLIER.matcher(page.html()).replaceAll("")));
    assertThat(page.text()).as(what).contains(words(typed.text()));
  }

  private static String words(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }

  /** The API and the audit trail answer with what was typed, and the chain holds. */
  private static void kept(String id, Typed typed) {
    var json = company.json(id);
    assertThat(json.path("reason").asText()).isEqualTo(typed.reason().text());
    assertThat(json.path("ticket").asText()).isEqualTo(typed.ticket().shortLine());
    company.audited(id);
    var records = company.desk(ELENA).get("/api/audit?request=" + id);
    assertThat(records.contentType()).startsWith("application/json");
    var texts = new ArrayList<String>();
    records
        .body()
        .path("records")
        .forEach(
            each ->
                each.path("details")
                    .properties()
                    .forEach(detail -> texts.add(detail.getValue().asText())));
    assertThat(texts)
        .contains(typed.reason().text(), typed.comment().text(), typed.revocation().text());
  }

  private static void mails(Map<String, List<String>> shapes, String id, Typed typed) {
    var mails = company.mails(id);
    assertThat(mails).hasSizeGreaterThanOrEqualTo(3);
    for (var mail : mails) {
      var what = "mail " + mail.tags().get("mail");
      assertThat(mail.recipients()).as(what).hasSize(1);
      assertThat(mail.headers())
          .as(what)
          .extracting(Mail.Header::name)
          .containsExactly(
              "From",
              "To",
              "Subject",
              "Auto-Submitted",
              "In-Reply-To",
              "References",
              "Message-ID",
              "Date",
              "MIME-Version");
      assertThat(mail.headers())
          .as(what)
          .allSatisfy(header -> assertThat(header.value()).matches("[ -~]*"));
      assertThat(mail.subject()).as(what).hasSizeLessThan(200).doesNotContainPattern("\\p{Cntrl}");
      assertThat(mail.links()).as(what).hasSize(1);
      assertThat(mail.html()).as(what).doesNotContain("://evil", "www.evil");
      // Lines of ours begin at the margin or after two blanks; no line of theirs does.
      assertThat(mail.text().lines().filter(line -> line.matches(" {0,4}Code: .*")))
          .as(what)
          .hasSize(what.endsWith("please-decide") ? 1 : 0);
      assertThat(mail.text()).as(what).doesNotContain("\nBcc:", "\nContent-Type:", "\nALARM");
      shapes.put(what, Markup.of(mail.html()));
    }
    assertThat(unmarked(company.mail(id, LENA, "please-decide")))
        .contains(words(typed.reason().text().replace("://", ": //").replace("www.", "www .")));
    assertThat(unmarked(company.mail(id, AMARA, "ended")))
        .contains(words(typed.revocation().text().replace("://", ": //").replace("www.", "www .")));
  }

  private static String unmarked(Mail mail) {
    return words(mail.text().replaceAll("(?m)^ +> ", ""));
  }

  /** Target, workflow and logs never hold what people type. */
  private static void elsewhere(String id) {
    for (var request : heard) {
      var target = URLDecoder.decode(request.target(), StandardCharsets.UTF_8);
      assertThat(target)
          .matches(
              "/_local/scim/v2/(Users\\?filter=userName eq \""
                  + AMARA
                  + "\""
                  + "|Groups\\?excludedAttributes=members&filter=.*\"[A-Za-z0-9-]+\"\\)?"
                  + "|Groups/[A-Za-z0-9-]+)");
      assertThat(request.body()).doesNotContain("4711", "evil", "alert");
    }
    for (var run : company.runs(id)) {
      var input =
          company
              .workflow()
              .describeExecution(describe -> describe.executionArn(run.executionArn()))
              .input();
      assertThat(input).isEqualTo("{\"requestId\":\"" + id + "\",\"run\":1}");
    }
    assertThat(logged)
        .allSatisfy(
            entry ->
                assertThat(entry.text())
                    .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]")
                    .doesNotStartWith("ALARM"));
  }

  @Test
  void whatNoTextMayHoldIsRefusedWithThePlaceWhereverItIsTyped() {
    var id = company.active(AMARA, CRM, Duration.ofHours(1));
    var open = company.ask(AMARA, CRM, Duration.ofHours(1));
    company.settle();
    int stored = company.count("RequestsTable");
    var before = company.stored(open);
    for (var payload : Payload.REFUSED) {
      var body = company.body(CRM, Duration.ofHours(1), payload.text());
      var byReason = company.desk(AMARA).ask(UUID.randomUUID().toString(), body.toString());
      assertRefused(byReason, "reason", payload);
      var ticket =
          company.body(CRM, Duration.ofHours(1), HARMLESS.text()).put("ticket", payload.text());
      assertRefused(
          company.desk(AMARA).ask(UUID.randomUUID().toString(), ticket.toString()),
          "ticket",
          payload);
      var comment =
          JSON.createObjectNode().put("decision", "approve").put("comment", payload.text());
      assertRefused(
          company.desk(LENA).post("/api/requests/" + open + "/decisions", comment),
          "comment",
          payload);
      var page =
          company
              .desk(AMARA)
              .fill(
                  "/ask/" + CRM,
                  "/ask/" + CRM,
                  Map.of("duration", "PT1H", "reason", payload.text()));
      assertThat(page.status()).as(payload.family()).isEqualTo(422);
      assertThat(page.text()).contains("Please take out character", payload.flaw());
      Markup.of(page.html());
    }
    company.settle();
    assertThat(company.count("RequestsTable")).isEqualTo(stored);
    assertThat(company.stored(open)).isEqualTo(before);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    company.tidy();
  }

  private static void assertRefused(Answer answer, String field, Payload payload) {
    assertThat(answer.status()).as(payload + " as " + field).isEqualTo(422);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.reasons()).contains(field + "-character");
    assertThat(answer.messages())
        .anySatisfy(
            message ->
                assertThat(message)
                    .startsWith("Please take out character")
                    .contains(payload.flaw())
                    .matches("[ -~]+"));
  }

  @Test
  void takingAwayIsNotRefusedForACharacterWhichIsShownInstead() {
    for (var payload : List.of(Payload.REFUSED.get(0), Payload.REFUSED.get(5))) {
      var id = company.active(AMARA, CRM, Duration.ofHours(1));
      var reason = JSON.createObjectNode().put("reason", payload.text());
      var answer = company.desk(OMAR).post("/api/requests/" + id + "/revoke", reason);
      assertThat(answer.status()).isEqualTo(200);
      company.settle();
      assertThat(company.status(id)).isEqualTo("ENDED");
      assertThat(company.mail(id, AMARA, "ended").text()).contains("\u2039" + payload.flaw());
      assertThat(company.desk(AMARA).open("/requests/" + id).text())
          .contains("\u2039" + payload.flaw() + "\u203a");
      company.audited(id);
    }
  }
}
