package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.code;
import static dev.daypass.flow.Company.link;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Entitlement;
import dev.daypass.local.aws.AwsException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several at once, people who leave, services that hesitate: the promises hold all the same. */
class TroubleTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final String VIEWERS = "crm-record-viewers";
  private static final Duration SHORT = Duration.ofMinutes(20);

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

  // Several at once

  @Test
  @Tag("approvers.numbers")
  void twoOfThreeMustApproveAndTheFirstAloneIsNotEnough() {
    var id = askForAudit();
    company.approve(id, RUTH);
    assertThat(company.status(id)).isEqualTo("PENDING");
    assertThat(company.members("compliance-readers")).isEmpty();
    assertThat(company.desk(ELENA).open("/requests/" + id).text())
        .contains("Ruth Adeyemi approved")
        .contains("Waiting for Noor Haddad or Henrik Larsen");

    company.approve(id, NOOR);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members("compliance-readers")).containsExactly(ELENA);
    assertThat(company.kinds(id, HENRIK))
        .containsExactly("please-decide", "decided-by-somebody-else");
    assertThat(company.kinds(id, RUTH)).containsExactly("please-decide");
  }

  @Test
  @Tag("decide.told")
  void oneDenialDeniesWhateverOthersHaveSaid() {
    var id = askForAudit();
    company.approve(id, RUTH);
    company.deny(id, HENRIK, "The audit has been called off.");

    assertThat(company.status(id)).isEqualTo("DENIED");
    assertThat(company.kinds(id, ELENA)).containsExactly("denied");
    assertThat(company.kinds(id, NOOR)).contains("decided-by-somebody-else");
    assertThat(company.members("compliance-readers")).isEmpty();
  }

  private static String askForAudit() {
    var body =
        company
            .body("compliance-audit", Duration.ofDays(5), "The yearly audit of access records")
            .put("ticket", "AUD-2026-4");
    var answer = company.desk(ELENA).ask(UUID.randomUUID().toString(), body.toString());
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(201);
    company.settle();
    return company.remember(answer.at("/id"));
  }

  @Test
  void approvalAndDenialAtTheSameMomentHaveOneOutcome() {
    for (int round = 0; round < 3; round++) {
      var id = company.ask(AMARA, CRM, SHORT);
      company.passMinutes(121);
      List<Answer> answers =
          atOnce(
              List.of(
                  () -> decide(id, LENA, "approve"),
                  () -> decide(id, OMAR, "deny"),
                  () -> decide(id, LENA, "approve"),
                  () -> decide(id, OMAR, "deny")));
      company.settle();

      assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409);
      assertThat(company.events(id)).containsOnlyOnce("DECIDED");
      var status = company.status(id);
      assertThat(status).isIn("ACTIVE", "DENIED");
      assertThat(company.members(VIEWERS))
          .isEqualTo(status.equals("ACTIVE") ? List.of(AMARA) : List.of());
      // Whoever came too late reads who decided.
      assertThat(answers)
          .filteredOn(answer -> answer.status() == 409)
          .allSatisfy(answer -> assertThat(answer.at("/detail")).contains("Already "));
      company.audited(id);
      company.tidy();
    }
  }

  private static Answer decide(String id, String by, String decision) {
    return company
        .desk(by)
        .post(
            "/api/requests/" + id + "/decisions",
            JSON.createObjectNode().put("decision", decision).put("comment", "As I said."));
  }

  @Test
  void aFormThatIsSentManyTimesAtOnceIsOneDecision() {
    var id = company.ask(DIEGO, CRM, SHORT);
    var mail = company.invitation(id, LENA);
    var path = URI.create(link(mail)).getPath();
    var lena = company.stranger();
    var form = lena.open(path).form(path);
    var typed = Map.of("code", code(mail), "comment", "", "decision", "approve");
    var clicks = new ArrayList<Callable<Page>>();
    for (int i = 0; i < 5; i++) {
      clicks.add(() -> lena.send(form, typed));
    }

    List<Page> pages = atOnce(clicks);
    company.settle();

    assertThat(pages)
        .allSatisfy(page -> assertThat(page.text()).contains("Thank you. You approved this."));
    assertThat(company.events(id)).containsOnlyOnce("DECIDED");
    assertThat(company.kinds(id, DIEGO)).containsExactly("access-until");
    company.audited(id);
  }

  @Test
  void theSameKeyAtTheSameMomentIsOneRequest() {
    var key = UUID.randomUUID().toString();
    var body = company.body(CRM, SHORT, "The customer of ticket 4711 calls").toString();
    var asks = new ArrayList<Callable<Answer>>();
    for (int i = 0; i < 5; i++) {
      asks.add(() -> company.desk(AMARA).ask(key, body));
    }

    List<Answer> answers = atOnce(asks);
    company.settle();

    var id = company.remember(answers.getFirst().at("/id"));
    assertThat(answers).extracting(Answer::status).containsOnly(201);
    assertThat(answers).extracting(answer -> answer.at("/id")).containsOnly(id);
    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    assertThat(company.runs(id)).hasSize(1);
  }

  @Test
  void givingBackWhileAnotherGrantIsBeingSetUpLeavesTheOther() {
    for (int round = 0; round < 3; round++) {
      var first = company.active(AMARA, CRM, SHORT);
      var second = company.ask(AMARA, CRM, SHORT);
      atOnce(
          List.of(
              () -> company.desk(AMARA).post("/api/requests/" + first + "/return"),
              () -> decide(second, LENA, "approve")));
      company.settle();
      company.passMinutes(3);

      assertThat(company.status(first)).isEqualTo("ENDED");
      assertThat(company.status(second)).isEqualTo("ACTIVE");
      assertThat(company.members(VIEWERS)).containsExactly(AMARA);
      company.audited(first);
      company.audited(second);
      company.tidy();
      assertThat(company.members(VIEWERS)).isEmpty();
    }
  }

  private static <T> List<T> atOnce(List<Callable<T>> tasks) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var future : threads.invokeAll(tasks)) {
        results.add(future.get());
      }
      return results;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new AssertionError(stopped);
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }

  // People who leave

  @Test
  @Tag("mind.changed")
  void whoHasLeftCannotApproveAnyMore() {
    var id = company.ask(AMARA, CRM, SHORT);
    var before = company.stored(id);
    company.leaves(LENA);
    try {
      var page = company.approve(id, LENA);
      assertThat(page.status()).isEqualTo(422);
      assertThat(page.text()).contains("is no longer in the directory and cannot decide.");
      assertThat(company.stored(id)).isEqualTo(before);
      assertThat(company.members(VIEWERS)).isEmpty();
    } finally {
      company.comesBack(LENA);
    }
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void accessOfSomebodyWhoHasLeftEndsLikeAnyOther() {
    var id = company.active(AMARA, CRM, SHORT);
    company.leaves(AMARA);
    company.leaves(LENA);
    try {
      company.passMinutes(21);
      assertThat(company.status(id)).isEqualTo("ENDED");
      assertThat(company.members(VIEWERS)).isEmpty();
    } finally {
      company.comesBack(AMARA);
      company.comesBack(LENA);
    }
  }

  // Services that hesitate

  @Test
  void mailThatIsTakenLaterIsSentLaterAndOnce() {
    var mend = throttleMailTo(LENA);
    String id;
    try {
      id = company.ask(AMARA, CRM, SHORT);
      company.passMinutes(4);
      assertThat(company.mails(id)).isEmpty();
    } finally {
      mend.run();
    }
    company.passMinutes(15);

    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    company.audited(id);
  }

  @Test
  void whoHasAccessIsToldAsSoonAsMailIsTakenAgain() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    var mend = throttleMailTo(AMARA);
    try {
      company.approve(id, LENA);
      company.passMinutes(4);
      assertThat(company.status(id)).isEqualTo("ACTIVE");
      assertThat(company.kinds(id, AMARA)).isEmpty();
    } finally {
      mend.run();
    }
    company.passMinutes(15);

    assertThat(company.kinds(id, AMARA)).containsExactly("access-until");
    company.pass(Duration.ofHours(4));
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ending-soon", "ended");
    company.audited(id);
  }

  private static Runnable throttleMailTo(String address) {
    return company
        .daypass()
        .ses()
        .refuse(
            address::equals,
            new AwsException("TooManyRequestsException", 429, "Maximum sending rate exceeded."));
  }

  @Test
  void accessThatIsGivenBackWhileItIsBeingSetUpNeverComes() {
    var id = company.ask(DIEGO, CRM, SHORT);
    company.daypass().scim().faults().down(true);
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("PROVISIONING");

    var page = company.desk(DIEGO).fill("/requests/" + id, "/requests/" + id + "/return", Map.of());
    assertThat(page.text())
        .contains("Over before it was set up; what may be there of it is taken away");
    company.daypass().scim().faults().down(false);
    company.passMinutes(5);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.kinds(id, DIEGO)).containsExactly("ended");
    company.audited(id);
  }

  @Test
  void aLockThatSomebodyLeftBehindOnlyDelays() {
    var id = company.ask(DIEGO, CRM, SHORT);
    company.lock(new Entitlement("crm", "record-viewer", DIEGO), Duration.ofSeconds(150));
    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("PROVISIONING");

    company.passMinutes(5);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(DIEGO);
  }
}
