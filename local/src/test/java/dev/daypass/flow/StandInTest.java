package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.GRACE;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.TOMASZ;
import static dev.daypass.flow.Company.YUKI;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.ses.Mail;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever is away has somebody who stands in for them: named before, while it is open, ended. */
class StandInTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final JsonMapper JSON = new JsonMapper();
  private static final String API = "/api/stand-in";

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
    company.comesBack(YUKI);
    for (var person : List.of(LENA, YUKI, HENRIK)) {
      company.desk(person).delete(API);
    }
    company.passMinutes(7);
    company.tidy();
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(company.daypass().cloud().timeline().instant(), ZoneId.of("UTC"));
  }

  private static ObjectNode standIn(String person, int days) {
    return JSON.createObjectNode()
        .put("standIn", person)
        .put("through", today().plusDays(days).toString());
  }

  private static void names(String person, String standIn) {
    var answer = company.desk(person).put(API, standIn(standIn, 3));
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
    company.passMinutes(2);
  }

  private static Answer decides(String id, String who, String decision) {
    var answer =
        company
            .desk(who)
            .post(
                "/api/requests/" + id + "/decisions",
                JSON.createObjectNode().put("decision", decision).put("comment", "As discussed."));
    company.settle();
    return answer;
  }

  private static List<Mail> told(String person) {
    return company.mails("stand-in", person);
  }

  @Test
  @Tag("stand-in.asked")
  void namedBeforeTheOtherIsAskedAndDecidesForThem() {
    int before = told(YUKI).size();
    names(LENA, YUKI);
    assertThat(text(told(YUKI).getLast())).contains("you stand in for Lena Fischer");
    assertThat(told(YUKI)).hasSize(before + 1);
    assertThat(text(told(LENA).getLast())).contains("Yuki Tanaka");
    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.events(id)).containsExactly("SUBMITTED", "STAND_INS", "ASKED");
    assertThat(company.kinds(id, YUKI)).containsExactly("please-decide");
    assertThat(text(company.mail(id, YUKI, "please-decide")))
        .contains("You are asked because you stand in for Lena Fischer.");
    assertThat(company.kinds(id, LENA)).as("whoever is away has peace").isEmpty();
    assertThat(company.desk(YUKI).open("/").text()).contains("For Lena Fischer, for whom you");
    assertThat(company.desk(YUKI).open("/inbox").text())
        .contains("Amara Okafor", "because you stand in for Lena Fischer")
        .doesNotContain("Hand it over");
    assertThat(company.desk(LENA).open("/inbox").text()).contains("Amara Okafor");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Waiting for Lena Fischer (stand-in: Yuki Tanaka)")
        .contains("Asked in somebody’s place: Yuki Tanaka for Lena Fischer");

    company.approve(id, YUKI);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    var decision = company.json(id).at("/stages/0/decisions/0");
    assertThat(decision.path("by").asText()).isEqualTo(YUKI);
    assertThat(decision.path("for").asText()).isEqualTo(LENA);
    assertThat(company.json(id).at("/stages/0/standIns/0/by").asText()).isEqualTo(YUKI);
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Yuki Tanaka for Lena Fischer approved");
    assertThat(text(company.mail(id, AMARA, "access-until")))
        .contains("Yuki Tanaka for Lena Fischer");
    assertThat(text(company.mail(id, LENA, "decided-by-somebody-else")))
        .contains("Yuki Tanaka for Lena Fischer");
    assertThat(company.audited(id)).contains("STAND_INS", "DECIDED");
    assertThat(company.desk(YUKI).open("/inbox").text()).doesNotContain("Amara Okafor");
    assertThat(company.desk(LENA).open("/inbox").text()).doesNotContain("Amara Okafor");
  }

  @Test
  @Tag("stand-in.moves")
  void namedWhileItIsOpenItMovesAndBothMayDecide() {
    var id = company.ask(AMARA, CRM, HOUR);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    assertThat(decides(id, YUKI, "approve").status()).isEqualTo(404);

    names(LENA, YUKI);

    assertThat(company.kinds(id, YUKI)).containsExactly("please-decide");
    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED", "STAND_INS");
    assertThat(decides(id, YUKI, "handover").at("/errors/0/code")).isEqualTo("handover-stand-in");
    company.passMinutes(61);
    assertThat(company.kinds(id, YUKI)).containsExactly("please-decide", "reminder");
    assertThat(company.kinds(id, LENA)).as("the reminder goes to the other").hasSize(1);
    assertThat(decides(id, LENA, "deny").status()).isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("DENIED");
    assertThat(decides(id, YUKI, "approve").status()).isEqualTo(409);
    assertThat(company.kinds(id, YUKI)).endsWith("decided-by-somebody-else");
  }

  @Test
  @Tag("stand-in.moves")
  void endedWhileItIsOpenItGoesBackAtOnce() {
    names(LENA, YUKI);
    var id = company.ask(AMARA, CRM, HOUR);
    assertThat(company.kinds(id, LENA)).isEmpty();

    assertThat(company.desk(LENA).delete(API).status()).isEqualTo(200);
    var late = decides(id, YUKI, "approve");
    assertThat(late.status()).isEqualTo(422);
    assertThat(late.at("/errors/0/code")).isEqualTo("stand-in-over");
    assertThat(decides(id, YUKI, "deny").at("/errors/0/code")).isEqualTo("stand-in-over");
    company.passMinutes(2);

    assertThat(company.kinds(id, LENA)).containsExactly("back");
    assertThat(text(company.mail(id, LENA, "back")))
        .contains("Yuki Tanaka was asked in your place, no longer stands in for you");
    assertThat(text(told(YUKI).getLast())).contains("You were to stand in for Lena Fischer");
    assertThat(company.desk(YUKI).open("/requests/" + id + "/decide").text())
        .contains("You stood in for somebody here, and no longer do.");
    assertThat(company.desk(YUKI).open("/inbox").text()).doesNotContain("Amara Okafor");
    company.passMinutes(10);
    assertThat(company.kinds(id, LENA)).as("once").containsExactly("back");
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void itEndsOfItselfWithTheLastDay() {
    assertThat(company.desk(LENA).put(API, standIn(YUKI, 0)).status()).isEqualTo(200);
    company.pass(Duration.ofDays(2));
    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.kinds(id, YUKI)).isEmpty();
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.deny(id, LENA, "Not today.");
  }

  @Test
  @Tag("stand-in.not-followed")
  void whoeverAsksOrHasLeftOrIsAskedLaterDoesNotStandIn() {
    for (var standIn : List.of(AMARA, OMAR)) {
      names(LENA, standIn);
      var id = company.ask(AMARA, CRM, HOUR);
      assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED");
      assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
      company.deny(id, LENA, "Not today.");
    }
    names(LENA, YUKI);
    company.leaves(YUKI);
    var id = company.ask(AMARA, CRM, HOUR);
    assertThat(company.kinds(id, YUKI)).isEmpty();
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.deny(id, LENA, "Not today.");
  }

  @Test
  @Tag("stand-in.not-followed")
  void aStandInsStandInIsNotFollowed() {
    names(YUKI, TOMASZ);
    names(LENA, YUKI);
    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.kinds(id, TOMASZ)).isEmpty();
    assertThat(company.kinds(id, YUKI)).containsExactly("please-decide");
    assertThat(decides(id, TOMASZ, "approve").status()).isEqualTo(404);
    company.approve(id, YUKI);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void alongTheChainBothCountOnceAndTheOneWhoDecidedTakesItBack() {
    names(HENRIK, YUKI);
    var id = company.ask(GRACE, "payroll-view", HOUR);
    assertThat(decides(id, YUKI, "approve").at("/stages/0/state")).isEqualTo("APPROVED");

    assertThat(company.json(id).at("/stages/1/asks").toString()).contains(JOANA);
    assertThat(decides(id, YUKI, "approve").status()).as("the same again").isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("PENDING");
    var back =
        company
            .desk(YUKI)
            .post(
                "/api/requests/" + id + "/withdraw-approval",
                JSON.createObjectNode().put("comment", "I was wrong."));
    assertThat(back.at("/status")).isEqualTo("CANCELLED");
  }

  @Test
  void onThePageOneNamesAndEndsItAndAdministratorsDoForOthers() {
    var lena = company.desk(LENA);
    assertThat(lena.open("/sessions").html()).contains("href=\"/stand-in\"");
    var path = "/stand-in";
    var wrong =
        lena.fill(path, path, Map.of("do", "name", "standIn", "nobody@example.com", "through", ""));
    assertThat(wrong.text()).contains("Nobody with the address nobody@example.com");
    var through = today().plusDays(5).toString();
    var named =
        lena.fill(
            path,
            path,
            Map.of("do", "name", "standIn", YUKI, "from", today().toString(), "through", through));
    assertThat(named.text()).contains("Saved.", "Yuki Tanaka was named");
    assertThat(lena.fill(path, path, Map.of("do", "end")).text())
        .contains("Ended.", "Yuki Tanaka was ended");

    var ruth = company.desk(RUTH);
    var others = "/stand-in?person=" + HENRIK.replace("@", "%40");
    assertThat(ruth.open("/admin/people/" + HENRIK).html()).contains(others);
    var fields =
        Map.of("do", "name", "standIn", YUKI, "from", today().toString(), "through", through);
    assertThat(ruth.fill(others, others, fields).text()).contains("Please say in a few words why");
    var done =
        ruth.fill(
            others,
            others,
            Map.of(
                "do",
                "name",
                "standIn",
                YUKI,
                "from",
                today().toString(),
                "through",
                through,
                "reason",
                "He is in hospital."));
    assertThat(done.text()).contains("Saved.", "Yuki Tanaka was named by Ruth Adeyemi");
    company.passMinutes(2);
    assertThat(text(told(HENRIK).getLast()))
        .contains("Ruth Adeyemi arranged this", "He is in hospital.");
    var elena = company.desk(ELENA);
    assertThat(elena.open(others).text())
        .contains("Yuki Tanaka was named by Ruth Adeyemi", "He is in hospital.")
        .doesNotContain("Name stand-in");
    assertThat(elena.delete(API + "?person=" + HENRIK + "&reason=no").status()).isEqualTo(403);
    assertThat(company.desk(INGRID).open(others).status()).isEqualTo(403);
    var history = elena.get(API + "?person=" + HENRIK);
    // Others have named somebody for him, too, in tests before.
    int last = history.body().path("history").size() - 1;
    assertThat(history.at("/history/" + last + "/by")).isEqualTo(RUTH);
    assertThat(history.at("/history/" + last + "/via")).startsWith("page ");
    assertThat(history.at("/history/" + last + "/version")).isEqualTo("" + (last + 1));
  }

  @Test
  void theApiSaysEveryReason() {
    var lena = company.desk(LENA);
    assertThat(lena.put(API, standIn(LENA, 200)).body().path("errors").findValuesAsText("code"))
        .containsExactly("stand-in-oneself", "stand-in-too-long");
    assertThat(
            lena.put(API, standIn("x@example.com", 1).put("through", "soon").put("from", "2026"))
                .body()
                .path("errors")
                .findValuesAsText("code"))
        .containsExactly("stand-in-unknown", "stand-in-no-day", "stand-in-no-day");
    assertThat(lena.put(API, standIn(YUKI, 1).put("why", "x")).status()).isEqualTo(400);
    assertThat(lena.get(API + "?person=" + HENRIK).status()).isEqualTo(403);
    assertThat(lena.get(API).body().path("named").isMissingNode()).isTrue();
  }
}
