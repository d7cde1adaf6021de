package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Approving for a shorter time: by link, on pages, through the API, and what comes of it. */
class ShorterTest {
  private static final String CRM = "crm-customer-record";
  private static final String EXPORT = "crm-bulk-export";
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
    company.tidy();
  }

  private static Instant end(String id) {
    return Instant.parse(company.json(id).at("/grant/expiresAt").asText());
  }

  private static Answer decides(String id, String who, String decision, String duration) {
    var body = JSON.createObjectNode().put("decision", decision).put("comment", "As discussed.");
    var answer =
        company
            .desk(who)
            .post("/api/requests/" + id + "/decisions", body.put("duration", duration));
    company.settle();
    return answer;
  }

  @Test
  @Tag("decide.shorter")
  void byTheLinkOfAMailAndTheRequesterReadsByWhom() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    var link = URI.create(Company.link(company.invitation(id, LENA))).getPath();
    assertThat(company.stranger().open(link).html())
        .contains("For how long", "value=\"PT1H\"", "data-button=\"Approve for 1 hour\"")
        .contains("data-button=\"Approve for 4 hours\" checked")
        .doesNotContain("value=\"PT8H\"");

    var thanks = company.decide(id, LENA, Map.of("decision", "approve", "duration", "PT1H"));

    assertThat(thanks.text())
        .contains("Thank you. You approved this for 1 hour.")
        .contains("4 hours asked for, 1 hour approved by Lena Fischer");
    assertThat(text(company.mail(id, AMARA, "access-until")))
        .contains("Lena Fischer allowed 1 hour of the 4 hours asked for. That cannot be extended;");
    assertThat(company.mail(id, AMARA, "access-until").subject()).endsWith("for 1 hour");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("4 hours asked for, 1 hour approved by Lena Fischer")
        .contains("approved with the code from the mail, for 1 hour only")
        .contains("approved for a shorter time than you asked for, so it cannot be extended");
    assertThat(company.desk(LENA).open("/requests/" + id).text())
        .doesNotContain("so it cannot be extended");
    company.pass(HOUR.plusMinutes(1));
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members("crm-record-viewers")).isEmpty();
  }

  @Test
  @Tag("decide.shorter")
  void whoeverDecidesLaterSeesItAndCanShortenFurther() {
    var id = company.ask(LENA, EXPORT, Duration.ofHours(2));
    company
        .desk(NOOR)
        .fill(
            "/inbox",
            "/inbox/" + id + "?stage=0",
            Map.of("decision", "approve", "duration", "PT1H", "comment", ""));
    company.settle();

    assertThat(text(company.invitation(id, OMAR)))
        .contains("2 hours asked for, 1 hour approved by Noor Haddad")
        .contains("Noor Haddad approved, for 1 hour only");
    assertThat(company.desk(OMAR).open("/requests/" + id + "/decide").text())
        .contains("2 hours asked for, 1 hour approved by Noor Haddad");
    var tooLong = decides(id, OMAR, "approve", "PT1H");
    assertThat(tooLong.status()).isEqualTo(422);
    assertThat(tooLong.at("/errors/0/code")).isEqualTo("approval-not-shorter");
    assertThat(tooLong.at("/errors/0/message"))
        .isEqualTo(
            "A shorter time is at least 15 minutes and less than 1 hour. Without one, the access"
                + " lasts 1 hour.");
    var answer = decides(id, OMAR, "approve", "PT30M");
    assertThat(answer.at("/duration")).isEqualTo("PT2H");
    assertThat(answer.at("/approvedDuration")).isEqualTo("PT30M");
    assertThat(answer.at("/stages/1/decisions/0/duration")).isEqualTo("PT30M");
    assertThat(Instant.parse(company.json(id).at("/grant/startedAt").asText()))
        .isEqualTo(end(id).minus(Duration.ofMinutes(30)));
  }

  @Test
  void theSameAnswerAgainChangesNothingAndAnotherTimeIsRefused() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    assertThat(decides(id, LENA, "approve", "PT1H").status()).isEqualTo(200);
    var before = company.stored(id);

    assertThat(decides(id, LENA, "approve", "PT60M").status()).isEqualTo(200);
    var otherwise = decides(id, LENA, "approve", "PT2H");

    assertThat(otherwise.status()).isEqualTo(409);
    assertThat(otherwise.at("/errors/0/code")).isEqualTo("stage-closed");
    assertThat(company.stored(id)).isEqualTo(before);
  }

  @Test
  void whatCannotBeReadOrMeantIsRefused() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    var before = company.stored(id);

    assertThat(decides(id, LENA, "approve", "an hour").at("/errors/0/code"))
        .isEqualTo("duration-unreadable");
    assertThat(decides(id, LENA, "approve", "PT5M").at("/errors/0/field")).isEqualTo("duration");
    assertThat(decides(id, LENA, "deny", "PT1H").at("/errors/0/code"))
        .isEqualTo("denial-for-a-time");
    assertThat(company.stored(id)).isEqualTo(before);
    var page = company.decide(id, LENA, Map.of("decision", "approve", "duration", "soon"));
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text()).contains("Please give the duration in ISO 8601");
  }

  @Test
  void onAPageADenialIsADenialWhateverTimeWasChosenBefore() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));

    company.decide(
        id, LENA, Map.of("decision", "deny", "duration", "PT1H", "comment", "Not today."));

    assertThat(company.status(id)).isEqualTo("DENIED");
  }

  @Test
  void whereHalfAnHourWasAskedForAQuarterCanBeChosen() {
    var half = company.ask(AMARA, CRM, Duration.ofMinutes(30));
    assertThat(company.desk(LENA).open("/requests/" + half + "/decide").html())
        .contains("name=\"duration\" value=\"PT15M\"");
    decides(half, LENA, "approve", "PT15M");
    assertThat(company.status(half)).isEqualTo("ACTIVE");
    var quarter = company.ask(AMARA, CRM, Duration.ofMinutes(15));
    assertThat(company.desk(LENA).open("/requests/" + quarter + "/decide").html())
        .doesNotContain("name=\"duration\"");
  }

  @Test
  void whoeverWasGivenLessCannotExtendItButAskAgain() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    decides(id, LENA, "approve", "PT1H");

    var page = company.desk(AMARA).open("/requests/" + id);
    assertThat(page.text()).contains("Need it longer? Ask again").doesNotContain("more until");
    assertThat(company.json(id).at("/grant/extendableUntil").isMissingNode()).isTrue();
    var refused = company.extend(id, AMARA, end(id).plus(HOUR));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.at("/errors/0/message"))
        .isEqualTo(
            LENA
                + " approved this for 1 hour, so it cannot be extended. You can ask again; the new"
                + " access begins beside this one.");
    company.passMinutes(46);
    assertThat(text(company.mail(id, AMARA, "ending-soon"))).doesNotContain("extend it");
  }

  @Test
  void theAuditTrailSaysForHowLong() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    decides(id, LENA, "approve", "PT1H");

    var trail = company.desk(RUTH).get("/api/audit?request=" + id).body();

    assertThat(trail.findValues("details").toString())
        .contains("\"answer\":\"APPROVE\"", "\"duration\":\"PT1H\"");
  }
}
