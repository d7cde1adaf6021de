package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is told what when a decision is already made, or is made by the wrong one. */
class SecondThoughtsTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Map<String, String> DENY =
      Map.of("decision", "deny", "comment", "On second thoughts, no");

  private static final JsonMapper JSON = new JsonMapper();

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

  /** A link of a mail leads nobody to the sign-in where a code is enough. */
  private static Desk signedIn(String who) {
    var desk = company.desk(who);
    desk.signIn("");
    return desk;
  }

  @Test
  void whoAskedDoesNotApproveItWithTheCodeOfAnother() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var approved = Map.of("code", code(mail), "comment", "", "decision", "approve");

    var amara = signedIn(AMARA);
    assertThat(amara.open(path).forms()).noneMatch(form -> form.action().equals(path));
    var answer = amara.sendUnasked(path, approved);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text())
        .contains("You asked for this yourself, so somebody else must decide.");
    company.settle();
    assertThat(company.status(id)).isEqualTo("PENDING");
    // The try was not counted, and the link is as good as before for whoever it was sent to.
    assertThat(company.stranger().fill(path, path, approved).text())
        .contains("Thank you. You approved this.");
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void whoeverIsSignedInDoesNotDecideInTheNameOfAnother() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();

    var omar = signedIn(OMAR);
    assertThat(omar.open(path).text())
        .contains("This link was sent to somebody else.", "You are signed in as Omar Farouk")
        .doesNotContain("Code");
    var answer =
        omar.sendUnasked(path, Map.of("code", code(mail), "comment", "", "decision", "approve"));

    assertThat(answer.status()).isEqualTo(403);
    company.settle();
    assertThat(company.status(id)).isEqualTo("PENDING");
    // Once he is asked himself, the page leads him to his own.
    company.passMinutes(121);
    company.settle();
    var now = omar.open(path);
    assertThat(now.text()).contains("But you are asked as well", "Decide myself");
    assertThat(now.html()).contains("/requests/" + id + "/decide?stage=0");
  }

  @Test
  void whoHasApprovedAndThenPressesDenyIsToldThatItChangesNothing() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var signedIn = "/requests/" + id + "/decide";
    var lena = company.desk(LENA);
    var inInbox = lena.open("/inbox").form("/inbox/" + id + "?stage=0");
    var onPage = lena.open(signedIn).form(signedIn + "?stage=0");
    var browser = company.stranger();
    var byMail = browser.open(link(mail)).form(path);
    company.approve(id, LENA);

    for (var answer :
        new Page[] {
          lena.send(inInbox, DENY), lena.send(onPage, DENY), browser.send(byMail, DENY)
        }) {
      assertThat(answer.text())
          .contains("You had approved this before, and that stays.")
          .contains("Pressing Deny changed nothing.", "owner of CRM")
          .doesNotContain("Thank you");
    }
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    // The same button again is a double click.
    assertThat(lena.send(onPage, Map.of("decision", "approve", "comment", "")).text())
        .contains("Thank you. You approved this.")
        .doesNotContain("that stays");
  }

  @Test
  @Tag("mind.withdraw")
  void whoHasApprovedTakesItBackUntilItIsSetUp() {
    var id = company.ask(PRIYA, "payroll-view", HOUR);
    var path = "/requests/" + id;
    var decided =
        company
            .desk(JOANA)
            .post("/api" + path + "/decisions", JSON.createObjectNode().put("decision", "approve"));
    assertThat(decided.status()).isEqualTo(200);
    company.settle();
    assertThat(company.desk(PRIYA).open(path).text()).doesNotContain("Withdraw my approval");

    var joana = company.desk(JOANA);
    assertThat(joana.open(path).text()).contains("Withdraw my approval", "The request is over");
    var empty = joana.fill(path, path + "/withdraw-approval", Map.of());
    assertThat(empty.text()).contains("Please say in a few words why not");
    var said =
        joana.fill(path, path + "/withdraw-approval", Map.of("comment", "The figure is enough."));

    assertThat(said.text())
        .contains("Your approval is withdrawn, and the request is over")
        .contains("Joana Silva withdrew the approval", "The figure is enough.");
    company.settle();
    assertThat(company.status(id)).isEqualTo("CANCELLED");
    assertThat(text(company.mail(id, PRIYA, "approval-withdrawn")))
        .contains("Joana Silva had approved your request", "The figure is enough.");
    var asked = company.json(id).at("/stages/1/asks/0").asText();
    assertThat(text(company.mail(id, asked, "cancelled")))
        .contains("Joana Silva had approved this and has taken that back");
    assertThat(company.desk(PRIYA).open(path).text())
        .contains("Joana Silva withdrew their approval, and the request is over");
    assertThat(company.runs(id).getLast().statusAsString()).isEqualTo("SUCCEEDED");
    company.audited(id);
  }

  @Test
  void whatIsSetUpIsForOwnersToTakeAway() {
    var id = company.active(AMARA, CRM, HOUR);

    assertThat(company.desk(LENA).open("/requests/" + id).text())
        .doesNotContain("Withdraw my approval");
    var late =
        company
            .desk(LENA)
            .post(
                "/api/requests/" + id + "/withdraw-approval",
                JSON.createObjectNode().put("comment", "No."));
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body().at("/errors/0/code").asText()).isEqualTo("already-started");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void whoeverElseOpensAUsedLinkIsNotThanked() {
    var id = company.ask(AMARA, CRM, HOUR);
    var path = URI.create(link(company.invitation(id, LENA))).getPath();
    company.approve(id, LENA);

    assertThat(signedIn(DIEGO).open(path).text())
        .contains("Lena Fischer has approved this already.")
        .doesNotContain("Thank you");
    assertThat(signedIn(LENA).open(path).text()).contains("Thank you. You approved this.");
    assertThat(company.stranger().open(path).text()).contains("Thank you. You approved this.");
  }
}
