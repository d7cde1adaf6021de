package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.TOMASZ;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Somebody asks for a colleague: Priya in HR for Tomasz, and Joana, who manages both, for Priya.
 */
class ForOthersTest {
  private static final String ONBOARDING = "hr-onboarding";
  private static final String REASON = "Mira Novak starts on Monday";
  private static final Duration EIGHT_HOURS = Duration.ofHours(8);

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
    company.comesBack(PRIYA);
    company.tidy();
  }

  private static ObjectNode body(String runbook, String requester) {
    return company.body(runbook, EIGHT_HOURS, REASON).put("requester", requester);
  }

  private static Answer ask(String asker, ObjectNode body) {
    return company.desk(asker).ask(UUID.randomUUID().toString(), body.toString());
  }

  private static String asked(String asker, String requester) {
    return company.askFor(requester, asker, ONBOARDING, EIGHT_HOURS, REASON);
  }

  private static List<String> ids(Answer list) {
    return StreamSupport.stream(list.body().path("requests").spliterator(), false)
        .map(line -> line.path("id").asText())
        .toList();
  }

  @Test
  @Tag("others.trail")
  void theColleagueIsToldAndBothNamesAreInTheTrail() {
    var id = asked(PRIYA, TOMASZ);

    assertThat(company.json(id).path("requester").asText()).isEqualTo(TOMASZ);
    assertThat(company.json(id).path("askedBy").asText()).isEqualTo(PRIYA);
    assertThat(company.kinds(id, TOMASZ)).containsExactly("asked-for-you");
    assertThat(text(company.mail(id, TOMASZ, "asked-for-you")))
        .contains(
            "Priya Nair asked for this for you.",
            REASON,
            "Joana Silva decide",
            "Then withdraw it on the page of the request");
    var invitation = company.invitation(id, JOANA);
    assertThat(invitation.subject()).contains("Priya Nair (for Tomasz Kowalski) asks for");
    assertThat(text(invitation)).contains("Asked by", "Priya Nair");

    company.approve(id, JOANA);
    company.setUp(id, INGRID, "done", "");
    company.settle();

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, TOMASZ))
        .containsExactly("asked-for-you", "set-up-by-hand", "access-until");
    assertThat(text(company.mail(id, TOMASZ, "access-until")))
        .contains("Priya Nair asked for this for you.", "You get this mail because Priya Nair");
    assertThat(company.kinds(id, PRIYA)).containsExactly("outcome-for-asker");
    assertThat(text(company.mail(id, PRIYA, "outcome-for-asker")))
        .contains("You asked for this for Tomasz Kowalski", "Access until ");
    assertThat(company.desk(TOMASZ).open("/requests/" + id).text())
        .contains(
            "Priya Nair asked for this for Tomasz Kowalski", "Asked by", "Give access back now");
    assertThat(company.desk(PRIYA).open("/requests/" + id).text())
        .contains("You asked for this for Tomasz Kowalski")
        .doesNotContain("Give access back now", "Withdraw this request");
    company.audited(id);
    var month = LocalDate.ofInstant(company.daypass().cloud().timeline().instant(), ZoneOffset.UTC);
    for (var person : List.of(PRIYA, TOMASZ)) {
      var found =
          company
              .desk(ELENA)
              .get(
                  "/api/audit?person="
                      + person
                      + "&from="
                      + month.minusDays(2)
                      + "&to="
                      + month.plusDays(2));
      var first =
          StreamSupport.stream(found.body().path("records").spliterator(), false)
              .filter(record -> record.path("request").asText().equals(id))
              .filter(record -> record.path("kind").asText().equals("SUBMITTED"))
              .findFirst()
              .orElseThrow();
      assertThat(first.path("by").asText()).isEqualTo(PRIYA);
      assertThat(first.path("requester").asText()).isEqualTo(TOMASZ);
      assertThat(first.at("/details/for").asText()).isEqualTo(TOMASZ);
    }
  }

  @Test
  @Tag("others.trail")
  void whereTheManagerAsksTheOwnersDecideAndNeitherOfTheTwo() {
    var id = asked(JOANA, PRIYA);

    assertThat(company.json(id).at("/stages/0/asks"))
        .map(Object::toString)
        .containsExactly("\"" + INGRID + "\"");
    var decision = "/api/requests/" + id + "/decisions";
    for (var one : List.of(JOANA, PRIYA)) {
      var answer =
          company
              .desk(one)
              .post(decision, company.body("any", EIGHT_HOURS, "any").put("decision", "approve"));
      assertThat(answer.status()).as(one).isIn(400, 403);
      assertThat(company.desk(one).open("/requests/" + id + "/decide").status()).isEqualTo(403);
    }
    assertThat(company.desk(JOANA).open("/requests/" + id + "/decide").text())
        .contains("You asked for this yourself");
    assertThat(company.desk(PRIYA).open("/requests/" + id + "/decide").text())
        .contains("This is for you, so somebody else must decide.");

    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
  }

  @Test
  void itIsHandedOverToNeitherOfTheTwoAndTheMailNamesBoth() {
    var id = asked(PRIYA, TOMASZ);
    assertThat(company.desk(JOANA).open(Company.link(company.invitation(id, JOANA))).html())
        .contains("<option value=\"" + INGRID + "\"")
        .doesNotContain("<option value=\"" + PRIYA + "\"", "<option value=\"" + TOMASZ + "\"");
    assertThat(company.decide(id, JOANA, handover(PRIYA)).text())
        .contains("Priya Nair asked for this, and does not decide about it.");
    assertThat(company.decide(id, JOANA, handover(TOMASZ)).text())
        .contains("Nobody decides about their own request.");

    company.decide(id, JOANA, handover(INGRID));

    assertThat(text(company.mail(id, INGRID, "handed-over")))
        .contains("Priya Nair (for Tomasz Kowalski)");
    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
  }

  private static Map<String, String> handover(String to) {
    return Map.of("decision", "handover", "to", to, "comment", "");
  }

  @Test
  void eitherOfTheTwoWithdrawsItAndTheOtherIsTold() {
    var byTomasz = asked(PRIYA, TOMASZ);
    company
        .desk(TOMASZ)
        .fill("/requests/" + byTomasz, "/requests/" + byTomasz + "/cancel", Map.of());
    company.settle();
    assertThat(company.status(byTomasz)).isEqualTo("CANCELLED");
    assertThat(text(company.mail(byTomasz, PRIYA, "outcome-for-asker")))
        .contains("Tomasz Kowalski withdrew the request.");
    assertThat(company.kinds(byTomasz, TOMASZ)).containsExactly("asked-for-you");

    var byPriya = asked(PRIYA, TOMASZ);
    company.desk(PRIYA).fill("/requests/" + byPriya, "/requests/" + byPriya + "/cancel", Map.of());
    company.settle();
    assertThat(text(company.mail(byPriya, TOMASZ, "withdrawn-for-you")))
        .contains("Priya Nair has withdrawn this request");
    assertThat(company.kinds(byPriya, PRIYA)).isEmpty();
    assertThat(company.desk(TOMASZ).open("/requests/" + byPriya).text())
        .contains("Priya Nair withdrew the request");
  }

  @Test
  void bothHearThatItWasDenied() {
    var id = asked(PRIYA, TOMASZ);

    company.deny(id, JOANA, "The contract is not signed");
    company.settle();

    assertThat(text(company.mail(id, TOMASZ, "denied")))
        .contains("Joana Silva has denied your request", "The contract is not signed");
    assertThat(text(company.mail(id, PRIYA, "outcome-for-asker")))
        .contains("Denied by Joana Silva.", "The contract is not signed");
  }

  @Test
  void onTheWordOfSomebodyWhoHasLeftNothingIsApproved() {
    var id = asked(PRIYA, TOMASZ);
    company.leaves(PRIYA);

    var page = company.approve(id, JOANA);

    assertThat(page.text())
        .contains(
            "Priya Nair, who asked for this, is no longer in the directory. Tomasz Kowalski can ask"
                + " themselves.");
    assertThat(company.status(id)).isEqualTo("PENDING");
  }

  @Test
  @Tag("others.asked-for")
  void whoMayNotAskForOthersIsTold() {
    assertThat(ask(PRIYA, body("crm-customer-record", TOMASZ)).reasons())
        .containsExactly("not-for-others");
    assertThat(ask(AMARA, body(ONBOARDING, TOMASZ)).reasons())
        .containsExactly("not-yours-to-ask-for");
    assertThat(ask(AMARA, body(ONBOARDING, "nobody@example.com")).reasons())
        .containsExactly("not-yours-to-ask-for");
    assertThat(ask(PRIYA, body(ONBOARDING, "nobody@example.com")).reasons())
        .containsExactly("requester-unknown");
    assertThat(ask(PRIYA, body(ONBOARDING, "not an address")).reasons())
        .containsExactly("requester-unknown");
    assertThat(ask(PRIYA, body(ONBOARDING, AMARA)).reasons()).containsExactly("not-eligible");
    assertThat(company.desk(AMARA).open("/ask/" + ONBOARDING + "?requester=" + TOMASZ).status())
        .isEqualTo(403);
  }

  @Test
  void aKeyBelongsToWhoeverAsks() {
    var key = UUID.randomUUID().toString();
    var mine = body(ONBOARDING, TOMASZ).toString();
    var first = company.desk(PRIYA).ask(key, mine);
    company.remember(first.at("/id"));

    assertThat(company.desk(PRIYA).ask(key, mine).at("/id")).isEqualTo(first.at("/id"));
    assertThat(company.desk(PRIYA).ask(key, body(ONBOARDING, PRIYA).toString()).reasons())
        .containsExactly("key-used");
    var ofTomasz = company.desk(TOMASZ).ask(key, mine);
    assertThat(company.remember(ofTomasz.at("/id"))).isNotEqualTo(first.at("/id"));
    assertThat(ofTomasz.at("/askedBy")).isEmpty();
  }

  @Test
  void whatOneAskedForOthersIsAListOfItsOwn() {
    var id = asked(PRIYA, TOMASZ);

    assertThat(ids(company.desk(PRIYA).get("/api/requests?forOthers"))).startsWith(id);
    assertThat(ids(company.desk(PRIYA).get("/api/requests?mine"))).doesNotContain(id);
    assertThat(ids(company.desk(TOMASZ).get("/api/requests?mine"))).contains(id);
    assertThat(ids(company.desk(TOMASZ).get("/api/requests?forOthers"))).doesNotContain(id);
    assertThat(company.desk(JOANA).get("/api/requests?inbox").body().toString())
        .contains("\"askedBy\":\"" + PRIYA + "\"");
    assertThat(company.desk(PRIYA).open("/").text())
        .contains("What you asked for others", "For Tomasz Kowalski, asked");
    assertThat(company.desk(JOANA).open("/").text())
        .contains("Priya Nair (for Tomasz Kowalski) asks for");
    assertThat(company.desk(TOMASZ).open("/").text()).doesNotContain("What you asked for others");
  }

  @Test
  void theApiSaysForWhomOneMayAsk() {
    var offers = company.desk(PRIYA).get("/api/runbooks").body();
    var onboarding =
        StreamSupport.stream(offers.spliterator(), false)
            .filter(each -> each.path("id").asText().equals(ONBOARDING))
            .findFirst()
            .orElseThrow();

    assertThat(onboarding.path("forYourself").asBoolean()).isTrue();
    assertThat(onboarding.path("forOthers").asBoolean()).isTrue();
    assertThat(company.desk(AMARA).get("/api/runbooks").body().toString())
        .doesNotContain("\"forOthers\":true");
  }

  @Test
  void whoeverLooksAfterPoliciesSeesAndExplainsIt() {
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + ONBOARDING).text())
        .contains("For somebody else", "their direct manager", "The group hr (3 people)");
    var question = "/explain?person=" + TOMASZ + "&runbook=" + ONBOARDING + "&by=";
    assertThat(company.desk(RUTH).open(question + PRIYA).text())
        .contains("Yes: Priya Nair may ask for", "for Tomasz Kowalski", "Their manager");
    assertThat(company.desk(RUTH).open(question + AMARA).text())
        .contains("No: Amara Okafor may not ask for");
    assertThat(company.desk(RUTH).open(question + "nobody@example.com").status()).isEqualTo(400);
  }
}
