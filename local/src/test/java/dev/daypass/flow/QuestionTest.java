package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is asked asks the requester first: by the link, signed in, by the API. */
class QuestionTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final int TWO_DAYS = 2 * 24 * 60;
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, String> ASKS =
      Map.of("decision", "question", "comment", "For which customer?");

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
    company.comesBack(LENA);
    company.tidy();
  }

  private static ObjectNode question(String text) {
    return JSON.createObjectNode().put("decision", "question").put("comment", text);
  }

  private static ObjectNode answer(String text) {
    return JSON.createObjectNode().put("answer", text);
  }

  private static Answer decides(String id, String who, JsonNode body) {
    return post(id, who, "/decisions", body);
  }

  private static Answer answers(String id, String who, JsonNode body) {
    return post(id, who, "/answer", body);
  }

  private static Answer post(String id, String who, String where, JsonNode body) {
    var answer = company.desk(who).post("/api/requests/" + id + where, body);
    company.settle();
    return answer;
  }

  private static Instant ends(String id) {
    return Instant.parse(company.json(id).at("/stages/0/roundEndsAt").asText());
  }

  @Test
  @Tag("decide.question")
  void byTheLinkTheQuestionGoesOutAndTheAnswerComesBack() {
    var id = company.ask(AMARA, CRM, HOUR);

    var page = company.decide(id, LENA, ASKS);

    assertThat(page.text())
        .contains("You have asked Amara Okafor a question.")
        .contains("For which customer?")
        .contains("The time stands still while an answer is awaited")
        .contains("Approve")
        .doesNotContain("Send the comment as a question");
    assertThat(company.kinds(id, AMARA)).containsExactly("question");
    assertThat(text(company.mail(id, AMARA, "question")))
        .contains("Lena Fischer wants to know something before it is decided.")
        .contains("Lena Fischer wrote: > For which customer?")
        .contains("/requests/" + id)
        .doesNotContain("/decide/");
    var amara = company.desk(AMARA);
    assertThat(amara.open("/").text())
        .contains("An answer is wanted from you", "Lena Fischer asks about");
    var path = "/requests/" + id;
    assertThat(amara.open(path).text())
        .contains("A question waits for an answer from Amara Okafor")
        .contains("Lena Fischer asks you", "For which customer?", "Send answer");
    assertThat(company.desk(OMAR).open(path).text())
        .contains("Lena Fischer asked Amara Okafor a question", "For which customer?")
        .doesNotContain("Send answer");
    assertThat(company.runs(id)).as("the wait is woken, and no run begun").hasSize(1);

    assertThat(amara.fill(path, path + "/answer", Map.of("answer", " ")).text())
        .contains("Please write your answer; whoever asked reads it.");
    var sent = amara.fill(path, path + "/answer", Map.of("answer", "For customer 4711."));
    assertThat(sent.text())
        .contains("Whoever decides gets a mail with your answer.")
        .contains("You answered the question", "For customer 4711.")
        .contains("Waiting for Lena Fischer")
        .doesNotContain("Send answer");
    company.settle();

    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "answered");
    assertThat(text(company.mail(id, LENA, "answered")))
        .contains("Amara Okafor has answered what you asked about")
        .contains("Lena Fischer asked: > For which customer?")
        .contains("Amara Okafor answered: > For customer 4711.");
    assertThat(company.desk(LENA).open("/inbox").text()).contains("For customer 4711.");
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.audited(id)).contains("QUESTION_ASKED", "QUESTION_ANSWERED");
  }

  @Test
  void fromTheInboxItIsAskedAsWell() {
    var id = company.ask(AMARA, CRM, HOUR);
    var path = "/inbox/" + id + "?stage=0";
    var lena = company.desk(LENA);

    assertThat(lena.fill("/inbox", path, Map.of("decision", "question", "comment", "")).text())
        .contains("Please write what you want to know; it is asked so.");
    assertThat(lena.fill("/inbox", path, ASKS).text())
        .contains("You have asked Amara Okafor a question.");
    company.settle();
    company.deny(id, LENA, "Not today.");
    assertThat(answers(id, AMARA, answer("Why?")).at("/errors/0/code")).isEqualTo("stage-closed");
    assertThat(company.desk(AMARA).open("/requests/" + id).text()).doesNotContain("Send answer");
  }

  @Test
  @Tag("decide.question")
  void noRoundEndsUntilTheAnswerIsThereAndTheTimeThatWasLeftIsKept() {
    var id = company.ask(AMARA, CRM, HOUR);
    company.passMinutes(20);
    var before = ends(id);
    assertThat(decides(id, LENA, question("Which?")).status()).isEqualTo(200);
    company.passMinutes(300);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");

    answers(id, AMARA, answer("That of customer 4711."));

    assertThat(Duration.between(before, ends(id))).isBetween(minutes(300), minutes(301));
    company.passMinutes(41);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "answered", "reminder");
    assertThat(text(company.mail(id, LENA, "reminder"))).contains("That of customer 4711.");
    company.passMinutes(60);
    assertThat(company.kinds(id, OMAR)).containsExactly("escalated");
    assertThat(text(company.mail(id, OMAR, "escalated"))).contains("That of customer 4711.");
    company.approve(id, OMAR);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  private static Duration minutes(int many) {
    return Duration.ofMinutes(many);
  }

  @Test
  @Tag("decide.question")
  void withoutAnAnswerItGoesOnAndTheAskerIsTold() {
    var id = company.ask(AMARA, CRM, HOUR);
    decides(id, LENA, question("Which?"));

    company.passMinutes(TWO_DAYS / 2 + 2);
    assertThat(company.kinds(id, AMARA)).containsExactly("question", "question");
    company.passMinutes(TWO_DAYS / 2);

    assertThat(company.events(id))
        .contains("QUESTION_REMINDED", "QUESTION_UNANSWERED")
        .doesNotContain("ROUND_OVER");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "answered");
    assertThat(text(company.mail(id, LENA, "answered")))
        .contains("The time to decide goes on all the same.");
    var late = answers(id, AMARA, answer("That one."));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.at("/errors/0/code")).isEqualTo("answer-too-late");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("did not answer in time, so it goes on without an answer")
        .contains("Waiting for Lena Fischer");
    company.passMinutes(60);
    assertThat(company.kinds(id, LENA)).endsWith("reminder");
    company.deny(id, LENA, "Not today.");
  }

  @Test
  void onlyTheRequesterAnswersAndOnlyWhoCouldDecideAsks() {
    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(decides(id, OMAR, question("Which?")).status()).isEqualTo(403);
    assertThat(decides(id, AMARA, question("Which?")).at("/errors/0/code"))
        .isEqualTo("self-approval");
    assertThat(answers(id, AMARA, answer("So.")).at("/errors/0/code")).isEqualTo("no-question");
    assertThat(decides(id, LENA, question("Which?").put("duration", "PT1H")).at("/errors/0/code"))
        .isEqualTo("question-for-a-time");
    assertThat(decides(id, LENA, question(" ")).at("/errors/0/code")).isEqualTo("question-missing");
    var asked = decides(id, LENA, question("Which?"));
    assertThat(asked.at("/stages/0/questions/0/question")).isEqualTo("Which?");
    assertThat(asked.at("/stages/0/questions/0/by")).isEqualTo(LENA);
    assertThat(decides(id, LENA, question("Which?")).status()).as("the same").isEqualTo(200);
    assertThat(decides(id, LENA, question("And why?")).at("/errors/0/code"))
        .isEqualTo("question-open");
    for (var other : new String[] {LENA, OMAR}) {
      assertThat(answers(id, other, answer("So.")).status()).isEqualTo(403);
    }
    var done = answers(id, AMARA, answer("So."));
    assertThat(done.at("/stages/0/questions/0/state")).isEqualTo("answered");
    assertThat(done.at("/stages/0/questions/0/answer")).isEqualTo("So.");
    assertThat(answers(id, AMARA, answer("So.")).status()).as("the same again").isEqualTo(200);
    assertThat(answers(id, AMARA, answer("No.")).at("/errors/0/code"))
        .isEqualTo("answered-already");
    decides(id, LENA, question("And why?"));
    assertThat(answers(id, AMARA, answer("So.")).at("/errors/0/code"))
        .as("which of the two")
        .isEqualTo("question-unclear");
    assertThat(answers(id, AMARA, answer("So.").put("question", 1)).status()).isEqualTo(200);
    decides(id, LENA, question("Anything else?"));
    answers(id, AMARA, answer("No.").put("question", 2));
    assertThat(decides(id, LENA, question("Sure?")).at("/errors/0/code"))
        .isEqualTo("question-too-many");
    company.deny(id, LENA, "Not today.");
  }

  @Test
  void whereTheAskerHasHandedItOverAndLeftTheAnswerGoesToWhoHasItNow() {
    var id = company.ask(AMARA, CRM, HOUR);
    decides(id, LENA, question("Which?"));
    decides(
        id,
        LENA,
        JSON.createObjectNode()
            .put("decision", "handover")
            .put("to", INGRID)
            .put("comment", "I am off"));
    company.leaves(LENA);

    answers(id, AMARA, answer("That of customer 4711."));

    assertThat(company.kinds(id, INGRID)).containsExactly("handed-over", "answered");
    assertThat(text(company.mail(id, INGRID, "handed-over")))
        .contains("Lena Fischer asked: > Which?");
    assertThat(text(company.mail(id, INGRID, "answered")))
        .contains("has answered what Lena Fischer asked about");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }
}
