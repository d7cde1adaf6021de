package dev.daypass.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The main job from start to end against a local run, over HTTP only: three requests, one approved
 * and expired, one denied, one that nobody answers. Every claim is checked; the first that does not
 * hold ends it.
 */
public final class Demo {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern CODE = Pattern.compile("(?m)^\\s*Code: (\\d{6})$");

  private static final String AMARA = "amara.okafor@example.com";
  private static final String LENA = "lena.fischer@example.com";
  private static final String PRIYA = "priya.nair@example.com";
  private static final String JOANA = "joana.silva@example.com";
  private static final String MEI_LING = "mei-ling.chen@example.com";
  private static final String ELENA = "elena.petrova@example.com";

  private final Browser browser;
  private final Narrator tell;
  private final String url;
  private final String scimToken;

  private Demo(String url, String scimToken, Narrator tell) {
    this.url = url;
    this.scimToken = scimToken;
    this.browser = new Browser(url);
    this.tell = tell;
  }

  /**
   * Runs the demonstration.
   *
   * @param url where the local run answers
   * @param scimToken the secret of the local SCIM target
   * @return 0 if all was as it should be, else 1
   */
  public static int run(String url, String scimToken, PrintStream out) {
    var tell = new Narrator(out, Narrator.isColourful());
    var demo = new Demo(url, scimToken, tell);
    long started = System.nanoTime();
    try {
      tell.title(
          "Daypass: access for as long as it is needed, when someone who may say yes has said yes.",
          "All of it runs here, from the same template.yaml that deploys to AWS. The clock is moved, so"
              + " hours pass in a moment.");
      var first = demo.approvedAndExpired();
      demo.denied();
      demo.answeredByNobody();
      demo.trail(first);
      tell.pass(
          "three requests, three ends, every step on record (%d s)."
              .formatted(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - started)));
      return 0;
    } catch (Difference difference) {
      tell.fail(String.valueOf(difference.getMessage()));
      return 1;
    }
  }

  private String approvedAndExpired() {
    tell.chapter("Amara in Support must look at one customer record");
    var id =
        ask(AMARA, "crm-customer-record", "PT4H", "Ticket 4711: the customer sees a wrong balance");
    tell.step("Amara asks, on a form or through the API:");
    tell.fact("what", "View a customer record in the CRM, for 4 hours");
    tell.fact("why", "Ticket 4711: the customer sees a wrong balance");
    require("nobody has the role yet", List.of(), members("crm-record-viewers"));

    tell.step("Her manager Lena gets a mail:");
    var mail = await(id, LENA, "Please decide", "the mail to Lena");
    tell.fact("subject", mail.path("subject").asText());
    var code = code(mail);
    tell.fact("code", code);
    var link = mail.path("links").path(0).asText();
    tell.fact("link", shortened(link));

    tell.step("Lena opens the link, types the code, presses Approve.");
    browser.submit(
        link, Map.of("code", code, "comment", "Yes, that is her case.", "decision", "approve"));
    var active = awaitStatus(id, AMARA, "ACTIVE");
    require(
        "Amara is in the CRM's group, read from the CRM over SCIM",
        List.of(AMARA),
        members("crm-record-viewers"));
    tell.proven("The CRM itself says so: crm-record-viewers = [" + AMARA + "]");
    var until = await(id, AMARA, "You have access until", "the mail to Amara");
    tell.fact("mail", until.path("subject").asText());
    tell.fact("until", active.path("grant").path("expiresAt").asText());

    tell.step("Four hours pass. Nobody does anything.");
    tell.fact("now", browser.advance("PT4H"));
    var ended = awaitStatus(id, AMARA, "ENDED");
    require("why it ended", "EXPIRED", ended.path("endReason").asText());
    require("the group is empty again", List.of(), members("crm-record-viewers"));
    tell.proven("The access is gone, proven by reading the CRM: crm-record-viewers = []");
    tell.fact(
        "mail",
        await(id, AMARA, "Your access has ended", "the mail that it ended")
            .path("subject")
            .asText());
    return id;
  }

  private void denied() {
    tell.chapter("Priya in HR asks to see payslips, and her manager says no");
    var id = ask(PRIYA, "payroll-view", "PT2H", "Check the October bonus of the sales team");
    var mail = await(id, JOANA, "Please decide", "the mail to Joana");
    tell.fact("mail", mail.path("subject").asText());
    tell.step(
        "The link leads her to the sign-in, as payslips demand, and back. She denies, and says why.");
    browser.submitSignedIn(
        JOANA,
        mail.path("links").path(0).asText(),
        Map.of("comment", "Grace in Finance can send you the totals.", "decision", "deny"));
    awaitStatus(id, PRIYA, "DENIED");
    var told = await(id, PRIYA, "", "the mail to Priya");
    tell.fact("Priya reads", told.path("subject").asText());
    require("nobody may see payslips", List.of(), members("payroll-payslip-viewers"));
    tell.proven("Payroll was never touched.");
  }

  private void answeredByNobody() {
    tell.chapter("Mei-Ling in Support asks, and nobody answers");
    var id = ask(MEI_LING, "crm-customer-record", "PT2H", "The customer of ticket 4718 calls back");
    tell.fact(
        "mail", await(id, LENA, "Please decide", "the mail to Lena").path("subject").asText());
    tell.step("An hour passes.");
    browser.advance("PT1H");
    tell.fact("mail", await(id, LENA, "Reminder", "the reminder").path("subject").asText());
    tell.step("Another hour passes; now the owners of the CRM are asked too.");
    browser.advance("PT1H");
    var owner = await(id, null, "Now with you", "the escalation");
    tell.fact("to", owner.path("to").asText());
    tell.fact("mail", owner.path("subject").asText());
    tell.step("Eight hours after Mei-Ling asked, still nobody has answered.");
    browser.advance("PT6H");
    awaitStatus(id, MEI_LING, "LAPSED");
    tell.fact(
        "she reads",
        await(id, MEI_LING, "Nobody answered", "the mail to Mei-Ling").path("subject").asText());
    require("nobody has the role", List.of(), members("crm-record-viewers"));
    tell.proven("Silence never gives access.");
  }

  private void trail(String id) {
    tell.chapter("Elena, an auditor, reads what happened to Amara's request");
    var token = token(ELENA);
    var answer = awaitTrail(id, token);
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("version", "at", "what", "by", "status", "hash"));
    for (var entry : answer.path("records")) {
      rows.add(
          List.of(
              entry.path("version").asText(),
              entry.path("at").asText(),
              entry.path("kind").asText(),
              entry.path("by").asText(),
              entry.path("status").asText(),
              shortHash(entry.path("hash").asText())));
    }
    tell.table(rows);
    require("the chain verifies", "true", answer.path("chain").path("verified").asText());
    tell.proven(
        "The chain verifies: each record holds the hash of the one before, and none is missing.");
  }

  private JsonNode awaitTrail(String id, String token) {
    int version = browser.get("/api/requests/" + id, token(AMARA)).path("version").asInt();
    return poll(
        "the audit trail with " + version + " records",
        () -> browser.get("/api/audit?request=" + id, token),
        answer -> answer.path("records").size() >= version);
  }

  private String ask(String who, String runbook, String duration, String reason) {
    var body =
        MAPPER
            .createObjectNode()
            .put("runbook", runbook)
            .put("duration", duration)
            .put("reason", reason);
    return browser
        .post(
            "/api/requests",
            token(who),
            Map.of("Idempotency-Key", UUID.randomUUID().toString()),
            body)
        .path("id")
        .asText();
  }

  private String token(String who) {
    return browser
        .get("/_local/token?as=" + URLEncoder.encode(who, StandardCharsets.UTF_8))
        .path("token")
        .asText();
  }

  private JsonNode awaitStatus(String id, String who, String status) {
    var token = token(who);
    return poll(
        "status " + status,
        () -> browser.get("/api/requests/" + id, token),
        request -> request.path("status").asText().equals(status));
  }

  /** The last mail about a request to this person (to anybody, if null) whose subject begins so. */
  private JsonNode await(String id, @Nullable String to, String subject, String what) {
    return poll(
        what,
        () ->
            StreamSupport.stream(browser.get("/_local/mail").spliterator(), false)
                .filter(mail -> to == null || mail.path("to").asText().equals(to))
                .filter(mail -> mail.path("subject").asText().startsWith(subject))
                .filter(mail -> isAbout(mail, id))
                .reduce((first, last) -> last)
                .orElse(MAPPER.missingNode()),
        mail -> !mail.isMissingNode());
  }

  private static boolean isAbout(JsonNode mail, String id) {
    return mail.path("tags").toString().contains(id);
  }

  private JsonNode poll(String what, Supplier<JsonNode> source, Predicate<JsonNode> enough) {
    JsonNode last = MAPPER.missingNode();
    for (int i = 0; i < 150; i++) {
      last = source.get();
      if (enough.test(last)) {
        return last;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new Difference("interrupted");
      }
    }
    throw new Difference("waited 15 seconds for " + what + "; the last answer was " + last);
  }

  /** Who is in a group of the target, read from the target itself. */
  private List<String> members(String group) {
    var filter = URLEncoder.encode("displayName eq \"" + group + "\"", StandardCharsets.UTF_8);
    var found = browser.get("/_local/scim/v2/Groups?filter=" + filter, scimToken);
    var names = new ArrayList<String>();
    for (var member : found.path("Resources").path(0).path("members")) {
      names.add(
          browser
              .get("/_local/scim/v2/Users/" + member.path("value").asText(), scimToken)
              .path("userName")
              .asText());
    }
    return List.copyOf(names);
  }

  private static String code(JsonNode mail) {
    var code = CODE.matcher(mail.path("text").asText());
    if (!code.find()) {
      throw new Difference("the mail has no code:\n" + mail.path("text").asText());
    }
    return code.group(1);
  }

  private static void require(String what, Object expected, Object found) {
    if (!Objects.equals(expected, found)) {
      throw new Difference(what + ": expected " + expected + ", found " + found);
    }
  }

  private String shortened(String link) {
    return link.length() > url.length() + 20 ? link.substring(0, url.length() + 20) + "…" : link;
  }

  private static String shortHash(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
  }
}
