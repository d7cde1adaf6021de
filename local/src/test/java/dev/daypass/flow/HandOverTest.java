package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is asked hands it over to somebody else: by the link, signed in, by the API. */
class HandOverTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
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
    company.comesBack(OMAR);
    company.tidy();
  }

  private static Map<String, String> to(String person) {
    return Map.of("decision", "handover", "to", person, "comment", "You know this customer.");
  }

  private static ObjectNode handover(String person) {
    return JSON.createObjectNode()
        .put("decision", "handover")
        .put("to", person)
        .put("comment", "You know this customer.");
  }

  private static Answer post(String id, String who, JsonNode body) {
    var answer = company.desk(who).post("/api/requests/" + id + "/decisions", body);
    company.settle();
    return answer;
  }

  @Test
  @Tag("decide.hand-over")
  void byTheLinkItGoesToTheOtherWhoDecidesByAnotherLink() {
    var id = company.ask(AMARA, CRM, HOUR);
    var deadline = company.json(id).at("/stages/0/roundEndsAt").asText();
    var link = Company.link(company.invitation(id, LENA));

    var page = company.decide(id, LENA, to(OMAR));

    assertThat(page.text())
        .contains("You handed this over to Omar Farouk, so you need not do anything.")
        .doesNotContain("Approve");
    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED", "HANDED_OVER", "ASKED");
    assertThat(company.kinds(id, OMAR)).containsExactly("handed-over");
    assertThat(text(company.mail(id, OMAR, "handed-over")))
        .contains("Lena Fischer was asked and handed this to you, so now you decide.")
        .contains("Lena Fischer wrote: > You know this customer.");
    assertThat(company.json(id).at("/stages/0/roundEndsAt").asText()).isEqualTo(deadline);
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Waiting for Omar Farouk")
        .contains("Lena Fischer handed it over to Omar Farouk")
        .contains("You know this customer.")
        .contains("Omar Farouk was asked to decide");
    assertThat(company.desk(LENA).open("/inbox").text()).doesNotContain("Amara Okafor");
    assertThat(company.desk(OMAR).open("/inbox").text()).contains("Amara Okafor");
    assertThat(company.desk(LENA).open(link).text())
        .contains("You handed this over to Omar Farouk");
    assertThat(company.runs(id)).as("the wait is woken, and no run begun").hasSize(1);

    company.approve(id, OMAR);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, LENA)).endsWith("decided-by-somebody-else");
    assertThat(company.desk(LENA).open(link).text()).contains("Omar Farouk");
    assertThat(company.audited(id)).contains("HANDED_OVER");
  }

  @Test
  @Tag("decide.hand-over")
  void signedInTheChoiceIsAClosedOne() {
    var id = company.ask(AMARA, CRM, HOUR);
    var path = "/requests/" + id + "/decide?stage=0";

    assertThat(company.desk(LENA).open("/inbox").text()).contains("Hand it over to somebody else");
    var page = company.desk(LENA).open(path);
    assertThat(page.text())
        .contains("Omar Farouk", "Ingrid Solberg", "Hand over")
        .doesNotContain("Noor Haddad");
    var nobody = company.desk(LENA);
    assertThat(nobody.fill(path, path, to("")).text())
        .contains("Please choose who is to decide in your place.")
        .contains("You know this customer.");
    assertThat(nobody.fill(path, path, to(NOOR)).text())
        .contains("Noor Haddad may not decide about this. You can hand it over to one of these: ");
    assertThat(nobody.fill(path, path, to(AMARA)).text())
        .contains("Nobody decides about their own request.");
    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED");

    assertThat(nobody.fill(path, path, to(INGRID)).text())
        .contains("You handed this over to Ingrid Solberg");
    company.settle();
    assertThat(company.kinds(id, INGRID)).containsExactly("handed-over");
    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void theOldLinkDecidesNothingAnyMore() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var lena = company.desk(LENA);
    var form = lena.open(Company.link(mail)).form(URI.create(Company.link(mail)).getPath());
    assertThat(post(id, LENA, handover(OMAR)).status()).isEqualTo(200);

    var late =
        lena.send(form, Map.of("decision", "approve", "comment", "", "code", Company.code(mail)));

    assertThat(late.text()).contains("You handed this over to Omar Farouk");
    assertThat(company.status(id)).isEqualTo("PENDING");
    assertThat(
            post(id, LENA, JSON.createObjectNode().put("decision", "approve")).at("/errors/0/code"))
        .isEqualTo("handed-over");
    assertThat(post(id, LENA, handover(INGRID)).at("/errors/0/code")).isEqualTo("handed-over");
    assertThat(post(id, LENA, handover(OMAR)).status()).as("the same again").isEqualTo(200);
    company.deny(id, OMAR, "Not today.");
    assertThat(company.status(id)).isEqualTo("DENIED");
  }

  @Test
  @Tag("decide.hand-over")
  void theApiRefusesWithEveryReasonAndNamesThoseWhoMayTakeIt() {
    var id = company.ask(AMARA, CRM, HOUR);

    var answer = post(id, LENA, handover(NOOR));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.at("/errors/0/code")).isEqualTo("handover-not-allowed");
    assertThat(answer.at("/errors/0/field")).isEqualTo("to");
    assertThat(answer.at("/errors/0/message")).contains(OMAR, INGRID);
    assertThat(post(id, LENA, handover("")).at("/errors/0/code")).isEqualTo("handover-to-nobody");
    assertThat(post(id, LENA, handover(LENA)).at("/errors/0/code"))
        .isEqualTo("handover-asked-before");
    assertThat(post(id, OMAR, handover(INGRID)).status()).isEqualTo(403);
    assertThat(post(id, LENA, handover(OMAR).put("duration", "PT1H")).at("/errors/0/code"))
        .isEqualTo("handover-for-a-time");
    assertThat(post(id, LENA, handover(OMAR).put("decision", "approve")).at("/errors/0/code"))
        .isEqualTo("decision-to-somebody");
    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED");

    var done = post(id, LENA, handover(OMAR));
    assertThat(done.at("/stages/0/asks/0")).isEqualTo(OMAR);
    assertThat(done.at("/stages/0/handovers/0/by")).isEqualTo(LENA);
    assertThat(done.at("/stages/0/handovers/0/to")).isEqualTo(OMAR);
    assertThat(post(id, OMAR, handover(INGRID)).status()).isEqualTo(200);
    assertThat(post(id, INGRID, handover(LENA)).at("/errors/0/code"))
        .as("never back")
        .isEqualTo("handover-asked-before");
    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void remindersAndEscalationFollowWhoeverHasItNow() {
    var id = company.ask(AMARA, CRM, HOUR);
    company.decide(id, LENA, to(OMAR));

    company.passMinutes(61);
    assertThat(company.kinds(id, OMAR)).containsExactly("handed-over", "reminder");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.passMinutes(60);

    assertThat(company.kinds(id, INGRID)).containsExactly("escalated");
    assertThat(text(company.mail(id, INGRID, "escalated")))
        .contains("Omar Farouk has not answered, so now you are asked.");
    assertThat(company.kinds(id, OMAR)).containsExactly("handed-over", "reminder", "others-too");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.approve(id, OMAR);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void whoeverLeavesWithItIsEscalatedLikeAnybody() {
    var id = company.ask(AMARA, CRM, HOUR);
    company.decide(id, LENA, to(OMAR));
    company.leaves(OMAR);

    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Omar Farouk (no longer here)");
    company.passMinutes(122);
    company.approve(id, INGRID);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void toWhoeverHasLeftNothingIsHandedOver() {
    var id = company.ask(AMARA, CRM, HOUR);
    company.leaves(OMAR);

    assertThat(company.desk(LENA).open("/requests/" + id + "/decide").html())
        .contains("<option value=\"ingrid.solberg@example.com\"")
        .doesNotContain("<option value=\"omar.farouk@example.com\"");
    assertThat(post(id, LENA, handover(OMAR)).at("/errors/0/code"))
        .isEqualTo("handover-not-allowed");
    company.deny(id, LENA, "Not today.");
  }

  @Test
  void whereEverybodyWhoMayTakeItIsAskedAlreadyThereIsNothingToChoose() {
    var id =
        company.remember(
            company
                .desk(ELENA)
                .ask(
                    "audit-" + System.nanoTime(),
                    company
                        .body(
                            "compliance-audit",
                            Duration.ofDays(5),
                            "The yearly audit of access records")
                        .put("ticket", "AUD-2026-4")
                        .toString())
                .at("/id"));
    company.settle();

    assertThat(company.desk(NOOR).open("/requests/" + id + "/decide").text())
        .contains("Genehmigen")
        .contains("gibt es niemanden, an den Sie das übergeben können");
    assertThat(post(id, NOOR, handover(HENRIK)).at("/errors/0/code"))
        .isEqualTo("handover-asked-before");
    assertThat(post(id, NOOR, handover(LENA)).at("/errors/0/code"))
        .isEqualTo("handover-nobody-left");
    company.deny(id, RUTH, "Not this year.");
  }
}
