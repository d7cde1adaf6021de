package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who is told what when a decision is already made, or is made by the wrong one. */
class SecondThoughtsTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Map<String, String> DENY =
      Map.of("decision", "deny", "comment", "On second thoughts, no");

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
