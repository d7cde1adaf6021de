package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.ses.Mail;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Access that leaders take without asking, and what security says of that afterwards. */
class EmergencyTest {
  private static final String VAULT = "emergency-information";
  private static final String READERS = "continuity-critical-readers";
  private static final String DANIEL = "daniel.cohen@example.com";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String WHY = "The office in Lisbon is flooded";

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.open();
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.comesBack(DANIEL);
    company.tidy();
  }

  private static ObjectNode body() {
    return company.body(VAULT, HOUR, WHY).put("breakGlass", true);
  }

  private static String taken(String who) {
    var answer = company.desk(who).ask(UUID.randomUUID().toString(), body().toString());
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(201);
    company.settle();
    return company.remember(answer.at("/id"));
  }

  private static Answer review(String id, String who, String verdict, String note) {
    return company
        .desk(who)
        .post(
            "/api/requests/" + id + "/review",
            JsonNodeFactory.instance.objectNode().put("verdict", verdict).put("note", note));
  }

  @Test
  @Tag("emergency.at-once")
  void isThereAtOnceAndEverybodyHearsOfIt() {
    var id = taken(JOANA);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(READERS)).containsExactly(JOANA);
    assertThat(company.kinds(id, JOANA)).containsExactly("access-until");
    assertThat(text(company.mail(id, JOANA, "access-until")))
        .contains("You took it in an emergency, and nobody was asked.");
    for (var told : List.of(RUTH, DANIEL, NOOR)) {
      assertThat(company.kinds(id, told)).as(told).containsExactly("emergency");
      var mail = company.mail(id, told, "emergency");
      assertThat(mail.headers()).contains(new Mail.Header("Importance", "high"));
      if (!told.equals(NOOR)) {
        assertThat(mail.subject())
            .isEqualTo(
                "EMERGENCY: Joana Silva takes access without approval: Critical information reader"
                    + " in Continuity vault");
        assertThat(text(mail)).contains(WHY, "say whether it was justified");
      }
    }
    assertThat(company.mail(id, NOOR, "emergency").subject()).startsWith("NOTFALL: ");
    assertThat(company.logged("ALARM break-glass request=" + id)).isNotEmpty();
    var json = company.json(id);
    assertThat(json.path("breakGlass").asBoolean()).isTrue();
    assertThat(json.at("/review/reviewers").toString()).contains(RUTH, DANIEL);
    assertThat(json.path("review").has("verdict")).isFalse();
    assertThat(json.path("stages")).isEmpty();
    assertThat(company.audited(id)).startsWith("SUBMITTED", "PROVISIONING_STARTED", "ACTIVATED");
    var record = company.desk(ELENA).get("/api/audit?request=" + id).body().at("/records/0");
    assertThat(record.at("/details/breakGlass").asText()).isEqualTo("true");
    assertThat(company.desk(ELENA).open("/audit?by=request&what=" + id).text())
        .contains("EMERGENCY: took access without asking");
    assertThat(company.statesEntered(company.runs(id).getFirst()))
        .as("states up to the wait for the end")
        .hasSizeLessThanOrEqualTo(7);
  }

  @Test
  @Tag("emergency.review")
  void endsByItselfAndWaitsForItsReviewAllTheSame() {
    var id = taken(JOANA);
    company.pass(HOUR.plusMinutes(1));
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(READERS)).isEmpty();

    company.pass(Duration.ofHours(3));
    assertThat(company.kinds(id, DANIEL)).containsExactly("emergency", "review-reminder");
    assertThat(company.kinds(id, NOOR)).containsExactly("emergency");

    company.pass(Duration.ofDays(1));
    assertThat(company.kinds(id, RUTH))
        .containsExactly("emergency", "review-reminder", "review-reminder");
    // Ruth is one of the two, and the manager of the other; Noor manages Ruth.
    assertThat(company.kinds(id, NOOR)).containsExactly("emergency", "review-reminder");
    assertThat(company.logged("ALARM break-glass request=" + id)).hasSizeGreaterThan(1);
    assertThat(company.desk(NOOR).open("/requests/" + id).status()).isEqualTo(200);

    assertThat(company.desk(DANIEL).open("/").text())
        .contains("To be reviewed or done by hand", "Review the emergency of Joana Silva");
    assertThat(company.desk(DANIEL).open("/inbox").text())
        .containsPattern("[1-9] (emergency is|emergencies are) to be reviewed");
    var page =
        company
            .desk(DANIEL)
            .fill(
                "/requests/" + id,
                "/requests/" + id + "/review",
                Map.of("verdict", "justified", "note", "Nobody could have waited."));
    company.passMinutes(2);

    assertThat(page.text())
        .contains(
            "Thank you. Your words are kept in the trail",
            "Taken in an emergency: nobody was asked. Daniel Cohen has reviewed it: it was"
                + " justified.",
            "You reviewed it: justified",
            "Nobody could have waited.");
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(text(company.mail(id, JOANA, "reviewed")))
        .contains("says that it was justified", "Nobody could have waited.");
    assertThat(company.kinds(id, RUTH)).endsWith("reviewed");
    assertThat(company.kinds(id, DANIEL)).doesNotContain("reviewed");
    assertThat(company.desk(DANIEL).open("/").html()).doesNotContain("/requests/" + id);
    int mails = company.mails(id).size();
    company.pass(Duration.ofDays(15));
    assertThat(company.mails(id)).hasSize(mails);
    assertThat(company.audited(id)).endsWith("REVIEWED", "REVIEW_TOLD");
  }

  @Test
  @Tag("emergency.review")
  void isReviewedOnceByThoseWhoAreToAndNeverByWhoeverTookIt() {
    var id = taken(JOANA);

    assertThat(review(id, JOANA, "justified", "I know.").status()).isEqualTo(403);
    assertThat(review(id, AMARA, "justified", "Why not.").status()).isEqualTo(404);
    // Owns the vault, and was told; but does not review.
    assertThat(review(id, NOOR, "justified", "Fine.").status()).isEqualTo(403);
    assertThat(review(id, DANIEL, "perhaps", "").reasons())
        .containsExactly("verdict-missing", "review-note-missing");
    assertThat(review(id, DANIEL, "justified", " ").reasons())
        .containsExactly("review-note-missing");
    assertThat(review(id, DANIEL, "not-justified", "It could wait.").status()).isEqualTo(200);
    assertThat(review(id, DANIEL, "not-justified", "It could wait.").status()).isEqualTo(200);
    assertThat(review(id, RUTH, "justified", "It could not.").reasons())
        .containsExactly("review-answered");
    company.passMinutes(2);

    var said = company.json(id).path("review");
    assertThat(said.path("verdict").asText()).isEqualTo("not-justified");
    assertThat(said.path("by").asText()).isEqualTo(DANIEL);
    assertThat(company.mail(id, JOANA, "reviewed").subject())
        .startsWith("Reviewed, NOT justified: ");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    var asked = company.ask(AMARA, "crm-customer-record", HOUR);
    assertThat(review(asked, RUTH, "justified", "Fine.").reasons()).containsExactly("no-review");
  }

  @Test
  void isTakenAwayByAnOwnerAtAnyTime() {
    var id = taken(HENRIK);

    company
        .desk(RUTH)
        .post(
            "/api/requests/" + id + "/revoke",
            JsonNodeFactory.instance.objectNode().put("reason", "False alarm."));
    company.settle();

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(READERS)).isEmpty();
    assertThat(company.json(id).path("review").has("verdict")).isFalse();
  }

  @Test
  @Tag("emergency.at-once")
  void isForThoseWhomTheRunbookNames() {
    assertThat(company.desk(AMARA).ask(UUID.randomUUID().toString(), body().toString()).reasons())
        .contains("not-for-emergency");
    var crm = company.body("crm-customer-record", HOUR, WHY).put("breakGlass", true);
    assertThat(company.desk(JOANA).ask(UUID.randomUUID().toString(), crm.toString()).reasons())
        .contains("no-break-glass");
    var forHenrik = body().put("requester", HENRIK);
    assertThat(
            company.desk(JOANA).ask(UUID.randomUUID().toString(), forHenrik.toString()).reasons())
        .contains("emergency-for-other");

    assertThat(company.desk(AMARA).open("/ask/" + VAULT).text()).doesNotContain("In an emergency");
    var amara = company.desk(AMARA).open("/ask/" + VAULT + "/emergency");
    assertThat(amara.status()).isEqualTo(403);
    assertThat(amara.text()).contains("You are not among those who may take this without asking.");
    assertThat(company.desk(AMARA).open("/ask/nothing/emergency").status()).isEqualTo(404);
    assertThat(company.desk(JOANA).open("/explain?runbook=" + VAULT).text())
        .contains("In an emergency, without asking", "In an emergency this may be taken at once.");
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + VAULT).text())
        .contains("Without asking, for 1 hour at most, these may take it", "The group leadership");
  }

  @Test
  @Tag("emergency.at-once")
  void isTakenOnThePageAfterSigningInAgain() {
    var joana = company.desk(JOANA);
    assertThat(joana.open("/ask/" + VAULT).text()).contains("This is an emergency");
    company.passMinutes(6);
    var stale = joana.open("/ask/" + VAULT + "/emergency");
    assertThat(stale.text())
        .contains(
            "Taking access in an emergency needs a new sign-in.",
            "These people are told at once: ",
            "Daniel Cohen");
    var refused =
        joana.send(
            stale.form("/ask/" + VAULT + "/emergency"), Map.of("duration", "PT1H", "reason", WHY));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("please sign in again");
    assertThat(refused.html()).contains(WHY);

    var fresh = company.desk(JOANA);
    var form = fresh.open("/ask/" + VAULT + "/emergency");
    assertThat(form.text()).doesNotContain("needs a new sign-in", "you have it");
    var short1 = fresh.send(form.form("/ask/" + VAULT + "/emergency"), Map.of("reason", "fire"));
    assertThat(short1.status()).isEqualTo(422);
    assertThat(short1.text()).contains("at least 10 characters");
    var page =
        fresh.send(
            form.form("/ask/" + VAULT + "/emergency"), Map.of("duration", "PT1H", "reason", WHY));
    var id = company.remember(page.path().replaceFirst(".*/", ""));
    company.settle();

    assertThat(page.text()).contains("Everybody who must know is told now.");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(fresh.open("/requests/" + id).text())
        .contains(
            "You took access in an emergency; nobody was asked",
            "Taken in an emergency: nobody was asked.");
    var again =
        fresh.send(
            form.form("/ask/" + VAULT + "/emergency"), Map.of("duration", "PT1H", "reason", WHY));
    assertThat(again.path()).isEqualTo("/requests/" + id);
    assertThat(fresh.open("/ask/" + VAULT + "/emergency").text())
        .contains("You have asked for this already, or you have it");
  }

  @Test
  void whoeverReviewsInsteadIsAnOwnerWhereAllOthersHaveLeft() {
    var id = taken(NOOR);
    company.leaves(DANIEL);

    company.pass(Duration.ofHours(4).plusMinutes(2));

    assertThat(company.kinds(id, RUTH)).containsExactly("emergency", "review-reminder");
    assertThat(company.kinds(id, DANIEL)).containsExactly("emergency");
    assertThat(company.desk(RUTH).open("/requests/" + id).text())
        .contains("Was this an emergency?", "Noor Haddad took this access, and nobody was asked.");
  }
}
