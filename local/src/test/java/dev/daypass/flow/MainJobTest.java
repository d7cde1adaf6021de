package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.GRACE;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.MEI_LING;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class MainJobTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final String VIEWERS = "crm-record-viewers";
  private static final String PAYSLIPS = "payroll-payslip-viewers";
  private static final Duration ONE_HOUR = Duration.ofHours(1);

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

  @Test
  void askedOnThePageApprovedByLinkThereForItsTimeAndGoneWhenThatIsUp() {
    var amara = company.desk(AMARA);
    var form = amara.open("/ask/" + CRM);
    assertThat(form.text())
        .contains("View a customer record in the CRM")
        .contains("Who will be asked")
        .contains("Lena Fischer is asked.");

    var sent =
        amara.fill(
            "/ask/" + CRM,
            "/ask/" + CRM,
            Map.of("duration", "PT4H", "reason", "Ticket 4711: the balance <b>is</b> wrong"));
    assertThat(sent.path()).startsWith("/requests/");
    assertThat(sent.text()).contains("Waiting for Lena Fischer", "You asked");
    var id = company.remember(sent.path().substring("/requests/".length()));
    company.settle();
    assertThat(company.members(VIEWERS)).isEmpty();

    var mail = company.mail(id, LENA, "please-decide");
    assertThat(mail.subject())
        .isEqualTo(
            "Please decide: Amara Okafor asks for View a customer record in the CRM, for 4 hours");
    assertThat(text(mail))
        .contains("Ticket 4711: the balance <b>is</b> wrong")
        .contains("Is this person working on a case for this customer?")
        .contains("Opening the link decides nothing.");
    assertThat(mail.html()).contains("balance &lt;b&gt;is&lt;/b&gt; wrong");
    assertThat(mail.tags()).containsEntry("stage", "1");

    var page = company.stranger().open(link(mail));
    assertThat(page.text())
        .contains("Amara Okafor asks for: View a customer record in the CRM")
        .contains("Ticket 4711: the balance <b>is</b> wrong")
        .contains("How long 4 hours", "Approve Deny");
    assertThat(company.status(id)).isEqualTo("PENDING");

    var thanks = company.approve(id, LENA);
    assertThat(thanks.status()).isEqualTo(200);
    assertThat(thanks.text()).contains("Thank you. You approved this.");

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    var until = company.mail(id, AMARA, "access-until");
    // Amara reads London time.
    assertThat(until.subject()).startsWith("You have access until ").containsPattern("(GMT|BST)");
    assertThat(text(until)).contains("Lena Fischer approved it.", "It ends by itself");
    assertThat(amara.open("/requests/" + id).text()).contains("Access until", "Give access back");

    company.pass(Duration.ofMinutes(3 * 60 + 46));
    assertThat(company.mail(id, AMARA, "ending-soon").subject())
        .startsWith("Your access ends soon");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);

    company.passMinutes(15);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.mail(id, AMARA, "ended").subject()).startsWith("Your access has ended");
    assertThat(amara.open("/requests/" + id).text())
        .contains("Access has ended", "CRM was read back: the access is gone");

    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ending-soon", "ended");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    assertThat(company.audited(id))
        .containsExactly(
            "SUBMITTED",
            "ASKED",
            "DECIDED",
            "PROVISIONING_STARTED",
            "ACTIVATED",
            "ENDING_SOON",
            "ENDING",
            "ENDED");
    assertThat(company.json(id).at("/grant/expiresAt").asText())
        .isLessThanOrEqualTo(company.json(id).at("/events/6/at").asText());
  }

  @Test
  @Tag("workflow.short")
  void anApprovedAndExpiredRequestEntersAtMostSevenStates() {
    var id = company.active(AMARA, CRM, Duration.ofMinutes(15));
    company.passMinutes(16);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.runs(id)).hasSize(1);
    var run = company.runs(id).getFirst();
    assertThat(run.statusAsString()).isEqualTo("SUCCEEDED");
    assertThat(company.statesEntered(run))
        .containsExactly(
            "Look", "AwaitDecision", "Route", "Provision", "AwaitEnd", "Deprovision", "Done");
  }

  @Test
  void aDenialIsToldWithItsCommentAndTouchesNothing() {
    var id = company.ask(PRIYA, "payroll-view", Duration.ofHours(2));
    var page = company.deny(id, JOANA, "Grace in Finance can send you the totals.");

    assertThat(page.text()).contains("Thank you. You denied this.");
    assertThat(company.status(id)).isEqualTo("DENIED");
    assertThat(company.members(PAYSLIPS)).isEmpty();
    var told = company.mail(id, PRIYA, "denied");
    assertThat(told.subject()).isEqualTo("Denied: View payslips in Payroll, for 2 hours");
    assertThat(text(told))
        .contains("Joana Silva has denied", "Grace in Finance can send you the totals.");
    assertThat(company.desk(PRIYA).open("/requests/" + id).text())
        .contains("Denied by Joana Silva Grace in Finance can send you the totals.");
    assertThat(company.audited(id)).containsExactly("SUBMITTED", "ASKED", "DECIDED");
    assertThat(company.runs(id).getFirst().statusAsString()).isEqualTo("SUCCEEDED");
  }

  /** Not through the API, not on a page; the story and the record say why. */
  private static void henrikDoesNotCountAgain(String id) {
    var body = JsonNodeFactory.instance.objectNode().put("decision", "approve").put("stage", 1);
    var refused = company.desk(HENRIK).post("/api/requests/" + id + "/decisions", body);
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.at("/errors/0/code")).isEqualTo("approved-before");
    assertThat(refused.body().at("/errors")).hasSize(1);
    assertThat(company.desk(HENRIK).open("/requests/" + id + "/decide?stage=1").text())
        .contains("You have approved an earlier step. Nobody counts twice");
    assertThat(company.json(id).at("/stages/1/asks")).hasSize(1);
    assertThat(company.desk(GRACE).open("/requests/" + id).text())
        .contains("Henrik Larsen has approved already and is not asked again");
    assertThat(
            company
                .desk(RUTH)
                .get("/api/audit?request=" + id)
                .body()
                .findValues("details")
                .toString())
        .contains("\"approvedBefore\":\"" + HENRIK + "\"");
  }

  @Test
  @Tag("approvers.kinds")
  @Tag("decide.told")
  void twoStagesAreAskedOneAfterTheOtherAndTheOtherOwnerIsTold() {
    // Grace's manager Henrik owns Payroll too, and so does Joana: nobody counts twice.
    assertThat(company.desk(GRACE).open("/ask/payroll-view").text())
        .contains("Henrik Larsen is asked.", "Joana Silva is asked.")
        .contains("Nobody counts twice");
    var id = company.ask(GRACE, "payroll-view", Duration.ofHours(2));
    assertThat(company.kinds(id, HENRIK)).containsExactly("please-decide");
    assertThat(company.kinds(id, JOANA)).isEmpty();

    company.approve(id, HENRIK);
    assertThat(company.status(id)).isEqualTo("PENDING");
    assertThat(company.members(PAYSLIPS)).isEmpty();
    assertThat(company.kinds(id, JOANA)).containsExactly("please-decide");
    assertThat(text(company.mail(id, JOANA, "please-decide")))
        .contains("Decided so far:", "Henrik Larsen approved");
    assertThat(company.mail(id, JOANA, "please-decide").tags()).containsEntry("stage", "2");

    henrikDoesNotCountAgain(id);

    company.approve(id, JOANA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(PAYSLIPS)).containsExactly(GRACE);
    assertThat(company.kinds(id, HENRIK)).containsExactly("please-decide");
    assertThat(text(company.mail(id, GRACE, "access-until")))
        .contains("Henrik Larsen and Joana Silva approved it.");
    assertThat(company.desk(HENRIK).open(link(company.invitation(id, HENRIK))).text())
        .contains(
            "There is nothing left for you to decide here", "Sign in to see what became of it")
        .doesNotContain("Grace Mwangi");
    assertThat(company.audited(id))
        .containsExactly(
            "SUBMITTED",
            "ASKED",
            "DECIDED",
            "ASKED",
            "DECIDED",
            "PROVISIONING_STARTED",
            "ACTIVATED");
  }

  @Test
  void whoDoesNotAnswerIsRemindedThenOthersAreAskedThenTheRequestLapses() {
    var id = company.ask(MEI_LING, CRM, ONE_HOUR);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");

    company.passMinutes(61);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "reminder");
    assertThat(company.kinds(id, OMAR)).isEmpty();

    company.passMinutes(60);
    assertThat(company.kinds(id, OMAR)).containsExactly("escalated");
    assertThat(company.kinds(id, INGRID)).containsExactly("escalated");
    assertThat(text(company.mail(id, OMAR, "escalated")))
        .contains("Lena Fischer has not answered, so now you are asked.");
    assertThat(company.desk(MEI_LING).open("/requests/" + id).text())
        .contains("Waiting for Lena Fischer, Omar Farouk or Ingrid Solberg");

    company.passMinutes(6 * 60);
    assertThat(company.status(id)).isEqualTo("LAPSED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(text(company.mail(id, MEI_LING, "nobody-answered")))
        .contains("Lena Fischer, Omar Farouk and Ingrid Solberg were asked and did not answer");
    assertThat(company.desk(MEI_LING).open("/requests/" + id).text()).contains("Nobody answered");
    assertThat(company.stranger().open(link(company.invitation(id, OMAR))).text())
        .contains("There is nothing left to decide here.", "Nobody answered");
    assertThat(company.audited(id))
        .containsExactly(
            "SUBMITTED", "ASKED", "ROUND_OVER", "ASKED", "ROUND_OVER", "ASKED", "ROUND_OVER");
    assertThat(company.runs(id).getFirst().statusAsString()).isEqualTo("SUCCEEDED");
  }

  @Test
  @Tag("rounds.escalation")
  void somebodyWhoIsAskedLaterCanApprove() {
    var id = company.ask(MEI_LING, CRM, ONE_HOUR);
    company.passMinutes(121);

    company.approve(id, INGRID);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, OMAR)).containsExactly("escalated", "decided-by-somebody-else");
    assertThat(company.kinds(id, LENA)).endsWith("decided-by-somebody-else");
  }

  @Test
  @Tag("mind.cancel")
  void aCancelledRequestIsOverForThoseAskedToo() {
    var id = company.ask(DIEGO, CRM, ONE_HOUR);
    var link = link(company.invitation(id, LENA));

    var page = company.desk(DIEGO).fill("/requests/" + id, "/requests/" + id + "/cancel", Map.of());
    company.settle();

    assertThat(page.text()).contains("Withdrawn", "You withdrew the request");
    assertThat(company.status(id)).isEqualTo("CANCELLED");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "cancelled");
    assertThat(company.kinds(id, DIEGO)).isEmpty();
    assertThat(company.stranger().open(link).text())
        .contains("There is nothing left to decide here.")
        .contains("The request was withdrawn before it was decided.");
    assertThat(company.desk(LENA).get("/api/requests?inbox").body().path("requests"))
        .noneMatch(line -> line.path("id").asText().equals(id));
    assertThat(company.audited(id)).containsExactly("SUBMITTED", "ASKED", "CANCELLED");
    assertThat(company.runs(id).getFirst().statusAsString()).isEqualTo("SUCCEEDED");
  }

  @Test
  void anOwnerForestallsADecisionAndBothAreTold() {
    var id = company.ask(DIEGO, CRM, ONE_HOUR);

    company
        .desk(OMAR)
        .fill(
            "/requests/" + id,
            "/requests/" + id + "/revoke",
            Map.of("reason", "The CRM is closed today."));
    company.settle();

    assertThat(company.status(id)).isEqualTo("CANCELLED");
    assertThat(text(company.mail(id, DIEGO, "ended")))
        .contains("Omar Farouk stopped this on", "The CRM is closed today.");
    assertThat(text(company.mail(id, LENA, "cancelled")))
        .contains("Omar Farouk has stopped this request.");
    assertThat(company.desk(DIEGO).open("/requests/" + id).text())
        .contains("Stopped by Omar Farouk before it was set up");
    assertThat(company.stranger().open(link(company.invitation(id, LENA))).text())
        .contains("Omar Farouk stopped the request before it was decided.");
    assertThat(company.members(VIEWERS)).isEmpty();
    company.audited(id);
  }

  @Test
  @Tag("time.return")
  void accessGivenBackEarlyIsGoneAtOnce() {
    var id = company.active(DIEGO, CRM, ONE_HOUR);
    assertThat(company.members(VIEWERS)).containsExactly(DIEGO);

    var page = company.desk(DIEGO).fill("/requests/" + id, "/requests/" + id + "/return", Map.of());
    company.settle();

    assertThat(page.status()).isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.json(id).path("endReason").asText()).isEqualTo("RETURNED");
    assertThat(company.mail(id, DIEGO, "ended").subject())
        .startsWith("You gave back your access for ");
    assertThat(company.desk(DIEGO).open("/requests/" + id).text())
        .contains("Access was given back", "You gave the access back");
    company.audited(id);
  }

  @Test
  @Tag("time.revoke")
  void anOwnerTakesAccessAwayAndItsHolderReadsWhy() {
    var id = company.active(AMARA, CRM, ONE_HOUR);

    var page =
        company
            .desk(OMAR)
            .fill(
                "/requests/" + id,
                "/requests/" + id + "/revoke",
                Map.of("reason", "The customer has left us."));
    company.settle();

    assertThat(page.status()).isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.json(id).path("endReason").asText()).isEqualTo("REVOKED");
    var told = company.mail(id, AMARA, "ended");
    assertThat(told.subject()).contains(" was taken away: ");
    assertThat(text(told)).contains("Omar Farouk took it away", "The customer has left us.");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Access was taken away by Omar Farouk", "The customer has left us.");
    company.audited(id);
  }

  @Test
  void pressingTwiceOrGoingBackChangesNothingAndShowsWhatWasDecided() {
    var id = company.ask(AMARA, CRM, ONE_HOUR);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var lena = company.stranger();
    var form = lena.open(path).form(path);
    var approve = Map.of("code", code(mail), "comment", "", "decision", "approve");

    assertThat(lena.send(form, approve).text()).contains("Thank you. You approved this.");
    assertThat(lena.send(form, approve).text()).contains("Thank you. You approved this.");
    company.settle();
    var before = company.stored(id);
    // From the history of the browser, and now the other button.
    var back = lena.send(form, Map.of("code", code(mail), "comment", "No!", "decision", "deny"));
    company.settle();

    assertThat(back.text()).contains("You had approved this before, and that stays.");
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.events(id)).containsOnlyOnce("DECIDED");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until");
  }

  @Test
  void aFormThatIsSentTwiceIsOneRequest() {
    var amara = company.desk(AMARA);
    var form = amara.open("/ask/" + CRM).form("/ask/" + CRM);
    var typed = Map.of("duration", "PT1H", "reason", "The customer of ticket 4711 calls");

    var first = amara.send(form, typed);
    var second = amara.send(form, typed);
    company.settle();

    assertThat(first.path()).startsWith("/requests/");
    assertThat(second.path()).isEqualTo(first.path());
    var id = company.remember(first.path().substring("/requests/".length()));
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
  }

  @Test
  void cancellingAndGivingBackTwiceIsHarmless() {
    var amara = company.desk(AMARA);
    var id = company.active(AMARA, CRM, ONE_HOUR);
    var form = amara.open("/requests/" + id).form("/requests/" + id + "/return");

    amara.send(form, Map.of());
    company.settle();
    var before = company.stored(id);
    var again = amara.send(form, Map.of());
    company.settle();

    assertThat(again.text()).contains("Access was given back");
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ended");
  }

  @Test
  void aDecisionThroughTheApiCountsAsOneThroughTheLink() {
    var id = company.ask(DIEGO, CRM, ONE_HOUR);
    var decision = JSON.createObjectNode().put("decision", "approve").put("comment", "Fine.");

    var answer = company.desk(LENA).post("/api/requests/" + id + "/decisions", decision);
    company.settle();

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.at("/stages/0/decisions/0/by")).isEqualTo(LENA);
    assertThat(answer.at("/stages/0/decisions/0/proof")).isEqualTo("FRESH");
    assertThat(company.status(id)).isEqualTo("ACTIVE");

    var again = company.desk(LENA).post("/api/requests/" + id + "/decisions", decision);
    assertThat(again.status()).isEqualTo(200);
    assertThat(company.events(id)).containsOnlyOnce("DECIDED");
  }

  @Test
  void whoIsSignedInDecidesFromTheFirstPage() {
    var id = company.ask(YUKI, "marketing-analytics", Duration.ofDays(1));
    var sofia = company.desk("sofia.rossi@example.com");
    var home = sofia.open("/");
    assertThat(home.text()).contains("Yuki Tanaka", "Look at the marketing dashboards");
    assertThat(home.html()).contains("/requests/" + id + "/decide");

    var page =
        sofia.fill(
            "/requests/" + id + "/decide",
            "/requests/" + id + "/decide?stage=0",
            Map.of("comment", "Good luck with the campaign", "decision", "approve"));
    company.settle();

    assertThat(page.text()).contains("Thank you. You approved this.");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members("analytics-dashboard-viewers")).containsExactly(YUKI);
    assertThat(sofia.open("/").html()).doesNotContain("/requests/" + id + "/decide");
  }

  @Test
  void theSameKeyIsTheSameRequestAndAnotherBodyIsRefused() {
    var key = UUID.randomUUID().toString();
    var body = company.body(CRM, ONE_HOUR, "The customer of ticket 4711 calls").toString();
    var amara = company.desk(AMARA);

    var first = amara.ask(key, body);
    company.settle();
    var second = amara.ask(key, body);
    var other = amara.ask(key, company.body(CRM, ONE_HOUR, "Something else entirely").toString());

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.at("/id")).isEqualTo(first.at("/id"));
    assertThat(first.headers().firstValue("location")).contains("/api/requests/" + first.at("/id"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.reasons()).containsExactly("key-used");
    company.remember(first.at("/id"));
    assertThat(company.kinds(first.at("/id"), LENA)).containsExactly("please-decide");
    // Another person's key is another key.
    var diego = company.desk(DIEGO).ask(key, body);
    assertThat(diego.at("/id")).isNotEqualTo(first.at("/id"));
    company.remember(diego.at("/id"));
  }

  @Test
  @Tag("time.overlap")
  void ofTwoGrantsOfOneRoleTheLastToEndTakesItAway() {
    var longer = company.active(AMARA, CRM, Duration.ofMinutes(40));
    var shorter = company.active(AMARA, CRM, Duration.ofMinutes(20));
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);

    company.passMinutes(25);
    assertThat(company.status(shorter)).isEqualTo("ENDED");
    assertThat(company.status(longer)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    assertThat(company.desk(AMARA).open("/requests/" + shorter).text())
        .contains("another request of the same person still holds it");
    assertThat(text(company.mail(shorter, AMARA, "ended")))
        .contains("You asked for the same another time, and until that ends you still have it.")
        .doesNotContain("gone");

    company.passMinutes(20);
    assertThat(company.status(longer)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    company.audited(shorter);
    company.audited(longer);
  }

  @Test
  @Tag("time.overlap")
  void theFirstGrantMayEndBeforeTheSecondToo() {
    var first = company.active(AMARA, CRM, Duration.ofMinutes(20));
    var second = company.active(AMARA, CRM, Duration.ofMinutes(40));

    company.passMinutes(25);
    assertThat(company.status(first)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);

    company.passMinutes(20);
    assertThat(company.status(second)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
  }
}
