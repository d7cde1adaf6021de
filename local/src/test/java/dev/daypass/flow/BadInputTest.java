package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.MEI_LING;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.local.aws.AwsException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Whatever comes in wrong: its reader is told, and the data is as it was. */
class BadInputTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final String VIEWERS = "crm-record-viewers";
  private static final Duration SHORT = Duration.ofMinutes(15);
  private static final String REASON = "The customer of ticket 4711 calls";

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
    company.tidy();
  }

  private static void assertNothingStored(Runnable what) {
    company.settle();
    int requests = company.count("RequestsTable");
    int mails = company.daypass().ses().mails().size();
    what.run();
    company.settle();
    assertThat(company.count("RequestsTable")).isEqualTo(requests);
    assertThat(company.daypass().ses().mails()).hasSize(mails);
  }

  private static void assertUnchanged(String id, Runnable what) {
    company.settle();
    var before = company.stored(id);
    int mails = company.mails(id).size();
    var runs = company.runs(id);
    what.run();
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.mails(id)).hasSize(mails);
    assertThat(company.runs(id)).isEqualTo(runs);
  }

  private static Answer ask(String who, String body) {
    return company.desk(who).ask(UUID.randomUUID().toString(), body);
  }

  private static void assertProblem(Answer answer, int status, String kind) {
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(status);
    assertThat(answer.contentType()).startsWith("application/problem+json");
    assertThat(answer.at("/type")).isEqualTo("urn:daypass:problem:" + kind);
    assertThat(answer.body().path("status").asInt()).isEqualTo(status);
    assertThat(answer.at("/title")).isNotBlank();
    assertThat(answer.at("/detail")).isNotBlank();
  }

  // Asking

  @Test
  void anUnknownRunbookIsSaidSo() {
    assertNothingStored(
        () -> {
          var answer = ask(AMARA, company.body("crm-customer-recrod", SHORT, REASON).toString());
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons()).containsExactly("runbook-unknown");
          assertThat(answer.at("/detail"))
              .isEqualTo(
                  "There is no runbook called crm-customer-recrod. Please choose one from the"
                      + " list.");

          var page = company.desk(AMARA).open("/ask/crm-customer-recrod");
          assertThat(page.status()).isEqualTo(404);
          assertThat(page.text()).contains("There is no runbook of that name");
        });
  }

  @Test
  void whoIsNotEligibleReadsForWhomItIsAndWhomToAsk() {
    assertNothingStored(
        () -> {
          var answer = ask(YUKI, company.body(CRM, SHORT, REASON).toString());
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons()).containsExactly("not-eligible");
          assertThat(answer.at("/detail"))
              .contains("This is for people in the group support, and you are not among them.")
              .contains("please ask the owners of CRM (Omar Farouk or Ingrid Solberg)");

          var page = company.desk(YUKI).open("/ask/" + CRM);
          assertThat(page.status()).isEqualTo(403);
          assertThat(page.text()).contains("This is for people in the group support");
        });
  }

  @Test
  void everyReasonIsReportedNotTheFirst() {
    assertNothingStored(
        () -> {
          var answer =
              ask(
                  AMARA,
                  company
                      .body("billing-refund", Duration.ofHours(9), "")
                      .put("ticket", "4711")
                      .toString());
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons())
              .containsExactly("duration-too-long", "reason-missing", "ticket-wrong");
          assertThat(answer.messages())
              .anySatisfy(
                  message ->
                      assertThat(message)
                          .isEqualTo(
                              "The longest access here is 4 hours, and you asked for 9 hours."))
              .anySatisfy(
                  message -> assertThat(message).startsWith("Please say why you need this access."))
              .anySatisfy(
                  message ->
                      assertThat(message)
                          .startsWith(
                              "4711 is not a ticket number we know: it should look like"
                                  + " SUP-10423."));
        });
  }

  @Test
  void aFormWithMistakesComesBackWithAllOfThemAndWithWhatWasTyped() {
    assertNothingStored(
        () -> {
          var page =
              company
                  .desk(AMARA)
                  .fill(
                      "/ask/billing-refund",
                      "/ask/billing-refund",
                      Map.of("duration", "PT9H", "reason", "too short", "ticket", "4711"));
          assertThat(page.status()).isEqualTo(422);
          assertThat(page.text())
              .contains("There are 3 problems")
              .contains("The longest access here is 4 hours, and you asked for 9 hours.")
              .contains("Please say a little more about why you need this access")
              .contains("4711 is not a ticket number we know")
              .contains("too short");
          assertThat(page.html()).contains("value=\"4711\"");
        });
  }

  @Test
  void aDurationThatIsNoneIsSaidSo() {
    assertNothingStored(
        () -> {
          var body = JSON.createObjectNode().put("runbook", CRM).put("reason", REASON);
          var answer = ask(AMARA, body.put("duration", "4 hours").toString());
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons()).containsExactly("duration-unreadable");
          assertThat(answer.at("/detail")).contains("PT4H for four hours");
        });
  }

  @Test
  void aCallWithoutAKeyIsToldWhatAKeyIs() {
    assertNothingStored(
        () -> {
          var answer = company.desk(AMARA).post("/api/requests", company.body(CRM, SHORT, REASON));
          assertProblem(answer, 400, "bad-input");
          assertThat(answer.at("/detail")).contains("Idempotency-Key");
        });
  }

  @Test
  void malformedJsonIsRefusedWithThePlace() {
    assertNothingStored(
        () -> {
          var broken = ask(AMARA, "{\"runbook\": \"crm-customer-record\",");
          assertProblem(broken, 400, "bad-input");
          assertThat(broken.at("/detail"))
              .startsWith("The body is not valid JSON")
              .contains("line 1");

          var twice = ask(AMARA, "{\"runbook\": \"a\", \"runbook\": \"b\"}");
          assertProblem(twice, 400, "bad-input");
          assertThat(twice.at("/detail")).contains("runbook");

          var deep = ask(AMARA, "{\"reason\": " + "[".repeat(200) + "]".repeat(200) + "}");
          assertProblem(deep, 400, "bad-input");

          var more = ask(AMARA, company.body(CRM, SHORT, REASON) + "{}");
          assertProblem(more, 400, "bad-input");

          var list = ask(AMARA, "[]");
          assertProblem(list, 400, "bad-input");
          assertThat(list.at("/detail")).contains("must be a JSON object");

          var nothing = ask(AMARA, "");
          assertProblem(nothing, 400, "bad-input");

          var number = ask(AMARA, "{\"runbook\": 5}");
          assertProblem(number, 400, "bad-input");
          assertThat(number.at("/detail")).isEqualTo("\"runbook\" must be text in quotes.");
        });
  }

  @Test
  void unknownFieldsAreAllNamed() {
    assertNothingStored(
        () -> {
          var body = company.body(CRM, SHORT, REASON).put("urgent", true).put("for", "me");
          var answer = ask(AMARA, body.toString());
          assertProblem(answer, 400, "bad-input");
          assertThat(answer.at("/detail"))
              .contains("urgent", "for")
              .contains(
                  "Known are: breakGlass, duration, reason, requester, runbook, startsAt, ticket.");
          assertThat(answer.reasons()).containsExactly("unknown-field", "unknown-field");
        });
  }

  @Test
  void allThatIsWrongWithABodyIsNamedAtOnce() {
    assertNothingStored(
        () -> {
          var nothing = ask(AMARA, "{}");
          assertProblem(nothing, 422, "refused");
          assertThat(nothing.reasons()).containsExactly("runbook-missing", "reason-missing");

          var body = JSON.createObjectNode().put("runbook", "crm-typo").put("reason", REASON);
          var several = ask(AMARA, body.put("duration", "4 hours").put("urgent", true).toString());
          assertProblem(several, 400, "bad-input");
          assertThat(several.at("/detail")).contains("urgent");
          assertThat(several.reasons())
              .containsExactly("unknown-field", "duration-unreadable", "runbook-unknown");

          var wrong = JSON.createObjectNode().put("runbook", CRM).put("duration", "soon");
          assertThat(ask(AMARA, wrong.toString()).reasons())
              .startsWith("duration-unreadable")
              .contains("reason-missing");
        });
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          var path = "/api/requests/" + id;
          var body = JSON.createObjectNode().put("duration", "soon").put("urgent", true);
          var decision = company.desk(LENA).post(path + "/decisions", body);
          assertProblem(decision, 400, "bad-input");
          assertThat(decision.reasons())
              .containsExactly("unknown-field", "decision-unknown", "duration-unreadable");
          assertThat(
                  company
                      .desk(LENA)
                      .post(path + "/decisions", body.put("decision", "deny"))
                      .reasons())
              .containsExactly("unknown-field", "duration-unreadable", "comment-missing");

          var typo = JSON.createObjectNode().put("untill", "tomorrow");
          assertThat(company.desk(AMARA).post(path + "/extend", typo).reasons())
              .containsExactly("unknown-field", "until-unreadable");
          assertThat(company.desk(LENA).post(path + "/withdraw-approval", typo).reasons())
              .containsExactly("unknown-field", "comment-missing");
          assertThat(company.desk(LENA).post(path + "/set-up", typo).reasons())
              .containsExactly("unknown-field", "result-missing");
          assertThat(company.desk(LENA).post(path + "/taken-away", typo).reasons())
              .containsExactly("unknown-field", "note-missing");
        });
  }

  @Test
  void aBodyOfAnotherTypeIsSaidSo() {
    assertNothingStored(
        () -> {
          var page = company.desk(AMARA).postRaw("/ask/" + CRM, "application/json", "{}");
          assertThat(page.status()).isIn(400, 401);
          var amara = company.desk(AMARA);
          amara.open("/ask/" + CRM);
          var json = amara.postRaw("/ask/" + CRM, "application/json", "{}");
          assertThat(json.status()).isEqualTo(400);
          assertThat(json.text()).contains("The body must be a form");
        });
  }

  @Test
  void aDamagedFormIsRefused() {
    assertNothingStored(
        () -> {
          var amara = company.desk(AMARA);
          amara.open("/ask/" + CRM);
          var type = "application/x-www-form-urlencoded";
          var percent = amara.postRaw("/ask/" + CRM, type, "reason=100%");
          assertThat(percent.status()).isEqualTo(400);
          assertThat(percent.text()).contains("The form is damaged");

          var bytes = amara.postRaw("/ask/" + CRM, type, "reason=%ff%fe");
          assertThat(bytes.status()).isEqualTo(400);
          assertThat(bytes.text()).contains("its text is not UTF-8");

          var twice = amara.postRaw("/ask/" + CRM, type, "reason=a&reason=b");
          assertThat(twice.status()).isEqualTo(400);
          assertThat(twice.text()).contains("The form holds a field twice");
        });
  }

  @Test
  void anOversizedBodyIsRefusedWithTheLimit() {
    assertNothingStored(
        () -> {
          var answer = ask(AMARA, company.body(CRM, SHORT, "x".repeat(70_000)).toString());
          assertProblem(answer, 413, "too-large");
          assertThat(answer.at("/detail")).contains("At most 64 KiB");

          var amara = company.desk(AMARA);
          var form = amara.open("/ask/" + CRM).form("/ask/" + CRM);
          var page = amara.send(form, Map.of("duration", "PT1H", "reason", "x".repeat(70_000)));
          assertThat(page.status()).isEqualTo(413);
          assertThat(page.text()).contains("At most 64 KiB");
        });
  }

  @Test
  void aReasonLongerThanMayBeStoredIsRefused() {
    assertNothingStored(
        () -> {
          var answer = ask(AMARA, company.body(CRM, SHORT, "x".repeat(2_001)).toString());
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons()).containsExactly("reason-too-long");
        });
  }

  // Links and codes

  @Test
  void anUnknownLinkExplainsItself() {
    var page = company.stranger().open("/decide/bm8tc3VjaC1saW5rLWV2ZXItd2FzLXNlbnQtdG8tYW55");
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text())
        .contains("We do not know this link.", "Open the mail again and use the whole link");
  }

  @Test
  void aUsedLinkShowsWhatWasDecidedAndDecidesNothing() {
    var id = company.ask(AMARA, CRM, SHORT);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var lena = company.stranger();
    var form = lena.open(path).form(path);
    company.deny(id, LENA, "Not today.");

    assertUnchanged(
        id,
        () -> {
          assertThat(company.stranger().open(path).text())
              .contains("Thank you. You denied this.", "Not today.");
          var late = lena.send(form, Map.of("code", code(mail), "decision", "approve"));
          assertThat(late.text()).contains("You had denied this before, and that stays.");
        });
    assertThat(company.members(VIEWERS)).isEmpty();
  }

  @Test
  void afterFiveWrongCodesTheLinkIsClosedAndANewMailOpensAnother() {
    var id = company.ask(AMARA, CRM, SHORT);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var right = code(mail);
    var wrong = right.equals("000000") ? "000001" : "000000";
    var lena = company.stranger();
    var form = lena.open(path).form(path);

    assertUnchanged(
        id,
        () -> {
          for (int left = 4; left >= 1; left--) {
            var page =
                lena.send(
                    form, Map.of("code", wrong, "comment", "Fine by me", "decision", "approve"));
            assertThat(page.status()).isEqualTo(422);
            assertThat(page.text())
                .contains("That is not the code from this mail.")
                .contains("You have " + (left == 1 ? "1 try" : left + " tries") + " left.")
                .contains("Fine by me");
          }
          var last = lena.send(form, Map.of("code", wrong, "decision", "approve"));
          assertThat(last.text()).contains("The code was wrong too often.");
          // The right code comes too late for this link.
          var late = lena.send(form, Map.of("code", right, "decision", "approve"));
          assertThat(late.text()).contains("The code was wrong too often.");
        });
    assertThat(company.status(id)).isEqualTo("PENDING");

    var closed = lena.open(path).form(path + "/mail");
    var sent = lena.send(closed, Map.of());
    assertThat(sent.text()).contains("A new mail is on its way.");
    company.settle();
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "please-decide");
    // Both lie in the same mailbox.
    assertThat(company.invitation(id, LENA).subject()).startsWith("New link: Amara Okafor asks");
    assertThat(text(company.invitation(id, LENA))).contains("no longer works");
    // The older link says so, and asking for it again brings no third mail.
    assertThat(lena.open(path).text()).contains("There is a newer mail.", "with a code of its own");
    assertThat(lena.open(path).html()).contains("href=\"/requests/" + id + "/decide\"");
    lena.send(closed, Map.of());
    company.settle();
    assertThat(company.mails(id, LENA)).hasSize(2);
    assertThat(link(company.invitation(id, LENA))).isNotEqualTo(link(mail));

    assertThat(company.approve(id, LENA).text()).contains("Thank you. You approved this.");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void aCodeThatIsNotSixDigitsCostsNoTry() {
    var id = company.ask(AMARA, CRM, SHORT);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var lena = company.stranger();
    var form = lena.open(path).form(path);

    assertUnchanged(
        id,
        () -> {
          for (int i = 0; i < 6; i++) {
            var page = lena.send(form, Map.of("code", "12a", "decision", "approve"));
            assertThat(page.status()).isEqualTo(422);
            assertThat(page.text()).contains("Please type the six digits from the mail.");
          }
        });
    var spaced = code(mail).substring(0, 3) + " " + code(mail).substring(3);
    assertThat(lena.send(form, Map.of("code", spaced, "decision", "approve")).text())
        .contains("Thank you. You approved this.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"%ff", "a%c3", "%ed%a0%80"})
  void aSearchThatIsNoUtf8IsSaidToBeDamaged(String query) {
    var page = company.desk(AMARA).open("/find?q=" + query);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("is not text in UTF-8");
    assertThat(page.html()).contains("<a href=\"/find\" role=\"button\"");
  }

  @Test
  @Tag("decide.deny")
  void aDenialWithoutACommentIsAskedForOne() {
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          var page = company.deny(id, LENA, " ");
          assertThat(page.status()).isEqualTo(422);
          assertThat(page.text())
              .contains("Please say in a few words why not; the requester reads it.");
          // The code was right and need not be looked for again.
          var typed = "value=\"" + code(company.invitation(id, LENA)) + "\"";
          assertThat(page.html()).containsOnlyOnce(typed);
          assertThat(company.stranger().open(page.path()).html()).doesNotContain(typed);

          var answer =
              company
                  .desk(LENA)
                  .post(
                      "/api/requests/" + id + "/decisions",
                      JSON.createObjectNode().put("decision", "deny"));
          assertProblem(answer, 422, "refused");
          assertThat(answer.reasons()).containsExactly("comment-missing");
        });
  }

  // Decisions that come wrong

  @Test
  void aDecisionOnAClosedStageIsRefusedAndSaysWhoDecided() {
    var id = company.ask("grace.mwangi@example.com", "payroll-view", SHORT);
    company.approve(id, HENRIK);
    company.approve(id, JOANA);
    assertUnchanged(
        id,
        () -> {
          var answer =
              company
                  .desk(HENRIK)
                  .post(
                      "/api/requests/" + id + "/decisions",
                      JSON.createObjectNode()
                          .put("decision", "deny")
                          .put("comment", "Wait!")
                          .put("stage", 1));
          assertProblem(answer, 409, "conflict");
          assertThat(answer.reasons()).containsExactly("stage-closed");
          assertThat(answer.at("/detail")).contains("Already approved by " + JOANA);

          var page = company.desk(HENRIK).open("/requests/" + id + "/decide?stage=1");
          assertThat(page.text()).contains("Joana Silva has approved this already.");
        });
  }

  @Test
  void aDecisionSentAgainDoesNotDecideTheNextStage() {
    // Henrik is the manager and an owner of payroll: he counts once.
    var id = company.ask("grace.mwangi@example.com", "payroll-view", SHORT);
    var decision = JSON.createObjectNode().put("decision", "approve");
    var henrik = company.desk(HENRIK);
    var answer = henrik.post("/api/requests/" + id + "/decisions", decision);
    assertThat(answer.at("/stages/1/state")).isEqualTo("OPEN");
    company.settle();
    assertUnchanged(
        id,
        () -> {
          var again = henrik.post("/api/requests/" + id + "/decisions", decision);
          assertThat(again.status()).isEqualTo(200);
          assertThat(again.at("/stages/1/state")).isEqualTo("OPEN");
          var second = henrik.post("/api/requests/" + id + "/decisions", decision.put("stage", 1));
          assertProblem(second, 422, "refused");
          assertThat(second.reasons()).containsExactly("approved-before");
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "x", "-1", "", "00", "9999999999", "0,1", "%D9%A0"})
  void aStageInTheAddressThatThereIsNotIsToldAndNothingIsDecided(String stage) {
    var id = company.ask(AMARA, CRM, SHORT);
    var lena = company.desk(LENA);
    var place = "/requests/" + id + "/decide?stage=";
    var hidden = lena.open(place + "0").form(place + "0").hidden();
    var approve = Map.of("decision", "approve");
    assertUnchanged(
        id,
        () -> {
          for (var page :
              List.of(
                  lena.open(place + stage),
                  lena.send(new Page.PostForm(place + stage, hidden), approve),
                  lena.send(new Page.PostForm("/inbox/" + id + "?stage=" + stage, hidden), approve),
                  lena.open("/inbox?decided=" + id + "&stage=" + stage))) {
            assertThat(page.status()).as(page.path()).isEqualTo(400);
            assertThat(page.text()).contains("The request has no such step");
            assertThat(page.html())
                .containsPattern("<a href=\"/(inbox|requests/" + id + ")\" role=\"button\"");
          }
        });
    // What a page does not know is not looked at.
    assertThat(lena.open("/requests/" + id + "/decide?step=x").status()).isEqualTo(200);
  }

  @Test
  void anAddressThatSaysWhatNobodyHasDoneIsTold() {
    var id = company.ask(AMARA, CRM, SHORT);
    for (var page :
        List.of(
            company.desk(AMARA).open("/requests/" + id + "?done=PAID"),
            company.desk(LENA).open("/inbox?decided=everything"))) {
      assertThat(page.status()).as(page.path()).isEqualTo(400);
      assertThat(page.text()).contains("Perhaps a part of it is missing, or mistyped.");
    }
    assertThat(company.desk(AMARA).open("/requests/" + id + "?done=REVOKED").status())
        .isEqualTo(200);
  }

  @Test
  void aDecisionForAStageThatHasNotBegunIsRefused() {
    var id = company.ask(PRIYA, "payroll-view", SHORT);
    assertUnchanged(
        id,
        () -> {
          var answer =
              company
                  .desk(JOANA)
                  .post(
                      "/api/requests/" + id + "/decisions",
                      JSON.createObjectNode().put("decision", "approve").put("stage", 1));
          assertThat(answer.status()).isEqualTo(422);
          assertThat(answer.reasons()).containsExactly("no-such-stage");
        });
  }

  @Test
  @Tag("approvers.requester")
  void nobodyApprovesTheirOwnRequest() {
    var id = company.ask(LENA, "crm-customer-record", SHORT);
    assertUnchanged(
        id,
        () -> {
          var answer =
              company
                  .desk(LENA)
                  .post(
                      "/api/requests/" + id + "/decisions",
                      JSON.createObjectNode().put("decision", "approve"));
          assertThat(answer.status()).isEqualTo(422);
          assertThat(answer.reasons()).contains("self-approval", "not-asked");
        });
  }

  @Test
  void aWordThatIsNoDecisionIsRefused() {
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          var answer =
              company
                  .desk(LENA)
                  .post(
                      "/api/requests/" + id + "/decisions",
                      JSON.createObjectNode().put("decision", "APPROVE"));
          assertProblem(answer, 400, "bad-input");
          assertThat(answer.reasons()).containsExactly("decision-unknown");

          var mail = company.invitation(id, LENA);
          var path = URI.create(link(mail)).getPath();
          var page = company.stranger().fill(path, path, Map.of("code", code(mail)));
          assertThat(page.status()).isEqualTo(422);
          assertThat(page.text()).contains("Please press Approve or Deny.");
        });
  }

  // Wake-ups of the workflow

  @Test
  void aLateWakeUpChangesNothing() {
    var id = company.ask(AMARA, CRM, SHORT);
    var token = company.token(id, "decision#0#0").orElseThrow();
    company.deny(id, LENA, "Not today.");

    assertUnchanged(
        id,
        () -> {
          assertThatThrownBy(
                  () ->
                      company
                          .workflow()
                          .sendTaskSuccess(
                              send -> send.taskToken(token).output("{\"next\":\"PROVISION\"}")))
              .isInstanceOf(TaskTimedOutException.class);
          assertThatThrownBy(
                  () ->
                      company
                          .workflow()
                          .sendTaskSuccess(send -> send.taskToken("no token").output("{}")))
              .isInstanceOf(InvalidTokenException.class);
        });
    assertThat(company.members(VIEWERS)).isEmpty();
  }

  @Test
  void anEarlyWakeUpGivesNoAccessAndTheDecisionStillCounts() {
    var id = company.ask(AMARA, CRM, SHORT);
    var token = company.token(id, "decision#0#0").orElseThrow();
    var before = company.stored(id);

    // As if somebody had decided; the request itself says that nobody has.
    company
        .workflow()
        .sendTaskSuccess(
            send ->
                send.taskToken(token)
                    .output(
                        "{\"next\":\"PROVISION\",\"stage\":-1,\"round\":-1,\"deadline\":\"%s\"}"
                            .formatted(company.daypass().cloud().timeline().instant())));
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.members(VIEWERS)).isEmpty();

    company.approve(id, LENA);
    company.passMinutes(4);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.audited(id);
  }

  @Test
  void aRoundThatIsEndedTooEarlyGoesOn() {
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          var step =
              JSON.createObjectNode()
                  .put("step", "round-over")
                  .put("requestId", id)
                  .put("run", 1)
                  .put("stage", 0)
                  .put("round", 0);
          var answer = company.daypass().cloud().invoke("RoundFunction", step);
          assertThat(answer.payload()).contains("\"next\":\"DECIDE\"", "\"round\":0");
        });
  }

  @Test
  void anAccessThatIsEndedTooEarlyStays() {
    var id = company.active(AMARA, CRM, Duration.ofHours(1));
    var token = company.token(id, "end").orElseThrow();

    // As if the time were up; the request itself says until when.
    company.workflow().sendTaskSuccess(send -> send.taskToken(token).output("{}"));
    company.settle();

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until");
    company.passMinutes(61);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.runs(id)).hasSize(1);
  }

  // The world outside

  @Test
  void aTargetThatIsDownForAMomentIsTriedAgain() {
    var id = company.ask(DIEGO, CRM, SHORT);
    company.daypass().scim().faults().down(true);
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
    assertThat(company.desk(DIEGO).open("/requests/" + id).text())
        .contains("Approved, access is being set up");

    company.daypass().scim().faults().down(false);
    company.passMinutes(2);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(DIEGO);
    assertThat(company.kinds(id, DIEGO)).containsExactly("access-until");
    company.audited(id);
  }

  @Test
  void aTargetThatStaysDownEndsTheRequestAndPeopleAreTold() {
    var id = company.ask(DIEGO, CRM, SHORT);
    company.daypass().scim().faults().down(true);
    company.approve(id, LENA);

    company.passMinutes(20);
    assertThat(company.status(id)).isEqualTo("FAILED");
    assertThat(company.json(id).path("failure").asText()).isEqualTo("NOT_SET_UP");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(text(company.mail(id, DIEGO, "could-not-be-set-up")))
        .contains("You have no access, and nothing was left behind.");
    assertThat(text(company.mail(id, OMAR, "could-not-be-set-up-owner")))
        .contains("Diego Ramírez was to get access to CRM")
        .contains("The system did not answer properly, however often it was tried.");
    assertThat(company.kinds(id, INGRID)).containsExactly("could-not-be-set-up-owner");
    assertThat(company.desk(DIEGO).open("/requests/" + id).text())
        .contains("Access could not be set up")
        .contains("Nothing had been added yet, so nothing is left behind")
        .doesNotContain("read back");
    company.audited(id);
  }

  @Test
  void ifOneApproverCannotBeMailedTheOtherStillIs() {
    var mend = refuseMailTo(INGRID);
    try {
      // Asks the manager, who is also an owner of the HR tool, and the other owner.
      var id = company.ask(PRIYA, "hr-offboarding", Duration.ofHours(1));
      assertThat(company.kinds(id, JOANA)).containsExactly("please-decide");
      assertThat(company.mails(id, INGRID)).isEmpty();
      assertThat(company.kinds(id, PRIYA)).isEmpty();
      assertThat(company.desk(PRIYA).open("/requests/" + id).text())
          .contains("The mail to Ingrid Solberg could not be delivered");

      company.approve(id, JOANA);
      assertThat(company.status(id)).isEqualTo("PROVISIONING");
    } finally {
      mend.run();
    }
  }

  @Test
  void ifNoApproverCanBeMailedOthersAreAskedAtOnceAndTheRequesterIsTold() {
    var mend = refuseMailTo(LENA);
    try {
      var id = company.ask(MEI_LING, CRM, SHORT);

      assertThat(company.kinds(id, OMAR)).containsExactly("escalated");
      assertThat(company.kinds(id, INGRID)).containsExactly("escalated");
      assertThat(company.kinds(id, MEI_LING)).containsExactly("approvers-not-reached");
      assertThat(text(company.mail(id, MEI_LING, "approvers-not-reached")))
          .contains("We could not reach Lena Fischer by mail.")
          .contains("Omar Farouk and Ingrid Solberg are asked instead.");

      company.approve(id, OMAR);
      assertThat(company.status(id)).isEqualTo("ACTIVE");
      company.audited(id);
    } finally {
      mend.run();
    }
  }

  @Test
  void ifNobodyCanBeMailedTheRequestEndsAndTheRequesterIsTold() {
    var mend = refuseMailTo(JOANA);
    try {
      var id = company.ask(PRIYA, "payroll-view", SHORT);

      assertThat(company.status(id)).isEqualTo("LAPSED");
      assertThat(company.kinds(id, PRIYA)).containsExactly("approvers-not-reached");
      assertThat(text(company.mail(id, PRIYA, "approvers-not-reached")))
          .contains("We could not reach Joana Silva by mail.")
          .contains("There is nobody else to ask, so your request has ended");
      assertThat(company.desk(PRIYA).open("/requests/" + id).text())
          .contains("The mail to Joana Silva could not be delivered")
          .contains("nobody else can be asked, so the request ended");
      company.audited(id);
    } finally {
      mend.run();
    }
  }

  private static Runnable refuseMailTo(String address) {
    return company
        .daypass()
        .ses()
        .refuse(
            address::equals,
            new AwsException("MessageRejected", 400, "Address is on the suppression list"));
  }

  @Test
  void accessThatSomebodyHasAlreadyIsNeitherGivenNorTakenAway() {
    company.putIn(VIEWERS, AMARA);
    try {
      var id = company.ask(AMARA, CRM, SHORT);
      company.approve(id, LENA);

      assertThat(company.status(id)).isEqualTo("FAILED");
      assertThat(company.json(id).path("failure").asText()).isEqualTo("ALREADY_HELD");
      assertThat(text(company.mail(id, AMARA, "already-held")))
          .contains("You have it already, from elsewhere");
      assertThat(text(company.mail(id, OMAR, "already-held-owner")))
          .contains("Amara Okafor asked for access to CRM and has it already");
      assertThat(company.kinds(id, INGRID)).containsExactly("already-held-owner");
      assertThat(company.desk(AMARA).open("/requests/" + id).text())
          .contains("The access was there already, so nothing was changed");

      company.passMinutes(40);
      assertThat(company.members(VIEWERS)).containsExactly(AMARA);
      company.audited(id);
    } finally {
      company.empty(VIEWERS);
    }
  }

  // Who calls

  @Test
  void aFormWithoutTheSecretOfItsPageIsRefused() {
    var id = company.ask(AMARA, CRM, SHORT);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var fields = new HashMap<>(Map.of("code", code(mail), "decision", "approve", "comment", ""));

    assertUnchanged(
        id,
        () -> {
          // Never opened, so neither cookie nor token.
          assertTooOld(company.stranger().post(path, fields));

          // A token of another browser.
          var foreign = new HashMap<>(fields);
          foreign.putAll(company.stranger().open(path).form(path).hidden());
          var lena = company.stranger();
          lena.open(path);
          assertTooOld(lena.post(path, foreign));

          // Sent by a page of another site.
          var own = new HashMap<>(fields);
          own.putAll(lena.open(path).form(path).hidden());
          assertTooOld(lena.post(path, own, "Sec-Fetch-Site", "cross-site"));

          var amara = company.desk(AMARA);
          amara.open("/requests/" + id);
          assertTooOld(amara.post("/requests/" + id + "/cancel", Map.of("form", "wrong")));
        });
  }

  private static void assertTooOld(Page page) {
    assertThat(page.status()).isEqualTo(403);
    assertThat(page.text()).contains("This page has become too old", "Nothing was changed.");
  }

  @Test
  void whoIsNotSignedInIsSentToSignIn() {
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          for (var path : new String[] {"/", "/ask/" + CRM, "/requests/" + id}) {
            assertThat(company.stranger().open(path).path()).isEqualTo("/_local/issuer/authorize");
          }
          var posted = company.stranger().post("/requests/" + id + "/cancel", Map.of());
          assertThat(posted.status()).isEqualTo(401);
          assertThat(posted.text()).contains("Please sign in");

          for (var answer :
              new Answer[] {
                company.stranger().get("/api/runbooks"),
                company.stranger().get("/api/requests/" + id),
                company.stranger().post("/api/requests/" + id + "/cancel"),
                company.stranger().get("/api/audit?request=" + id)
              }) {
            assertProblem(answer, 401, "not-signed-in");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
          }
        });
  }

  @Test
  void requestsOfOthersAreNotThere() {
    var id = company.ask(AMARA, CRM, SHORT);
    assertUnchanged(
        id,
        () -> {
          var yuki = company.desk(YUKI);
          var page = yuki.open("/requests/" + id);
          assertThat(page.status()).isEqualTo(404);
          assertThat(page.text()).contains("There is no such request, or it is not yours to see.");
          assertThat(yuki.open("/requests/" + id + "/decide").status()).isEqualTo(404);

          assertProblem(yuki.get("/api/requests/" + id), 404, "not-found");
          assertProblem(yuki.post("/api/requests/" + id + "/cancel"), 404, "not-found");
          assertProblem(yuki.post("/api/requests/" + id + "/return"), 404, "not-found");
          assertProblem(
              yuki.post(
                  "/api/requests/" + id + "/revoke",
                  JSON.createObjectNode().put("reason", "because")),
              404,
              "not-found");
          assertProblem(
              yuki.post(
                  "/api/requests/" + id + "/decisions",
                  JSON.createObjectNode().put("decision", "approve")),
              404,
              "not-found");
          // What is not there answers alike.
          assertThat(yuki.get("/api/requests/" + "0".repeat(25)).body())
              .isEqualTo(yuki.get("/api/requests/" + id).body());
          assertThat(yuki.get("/api/requests/nonsense").status()).isEqualTo(404);
          assertProblem(yuki.get("/api/audit?request=" + id), 403, "forbidden");
        });
  }

  @Test
  void whoMayOnlySeeMayNotTakeAway() {
    var id = company.active(AMARA, CRM, Duration.ofHours(1));
    assertUnchanged(
        id,
        () -> {
          var lena = company.desk(LENA);
          assertThat(lena.get("/api/requests/" + id).status()).isEqualTo(200);
          var revoked =
              lena.post(
                  "/api/requests/" + id + "/revoke",
                  JSON.createObjectNode().put("reason", "because"));
          assertProblem(revoked, 403, "forbidden");
          assertThat(revoked.at("/detail"))
              .isEqualTo("Only an owner of CRM or an administrator can take this access away.");
          var returned = lena.post("/api/requests/" + id + "/return");
          assertProblem(returned, 403, "forbidden");
          assertThat(returned.at("/detail"))
              .isEqualTo("Only the person who has this access can give it back.");
          var cancelled = company.desk(AMARA).post("/api/requests/" + id + "/cancel");
          assertProblem(cancelled, 409, "conflict");
          assertThat(cancelled.at("/detail")).contains("You can give it back instead.");
        });
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
  }

  @Test
  void takingAwayOnThePageNeedsAReason() {
    var id = company.active(AMARA, CRM, Duration.ofHours(1));
    assertUnchanged(
        id,
        () -> {
          var page =
              company
                  .desk(OMAR)
                  .fill("/requests/" + id, "/requests/" + id + "/revoke", Map.of("reason", "  "));
          assertThat(page.status()).isEqualTo(422);
          assertThat(page.text()).contains("Please say in a few words why; the person reads it.");
        });
  }
}
