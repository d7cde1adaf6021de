package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Promise 2: every access ends, also when the workflow, the sweep or the target fails. */
class AccessEndsTest {
  private static final String CRM = "crm-customer-record";
  private static final String VIEWERS = "crm-record-viewers";
  private static final Duration SHORT = Duration.ofMinutes(15);

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
  void aRequestWhoseWorkflowIsStoppedGoesOnInItsSecondRun() {
    var id = company.ask(AMARA, CRM, SHORT);
    company.stopWorkflow(id);

    company.approve(id, LENA);
    assertThat(company.status(id)).isEqualTo("SCHEDULED");
    company.passMinutes(4);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    assertThat(company.runs(id))
        .extracting(run -> run.name() + " " + run.statusAsString())
        .containsExactly(id + "-1 ABORTED", id + "-2 RUNNING");

    company.passMinutes(16);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.runs(id).getLast().statusAsString()).isEqualTo("SUCCEEDED");
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ended");
    assertThat(company.audited(id)).containsOnlyOnce("RUN_STARTED");
  }

  @Test
  void aStoppedWorkflowDoesNotKeepThoseAskedFromBeingReminded() {
    var id = company.ask(AMARA, CRM, SHORT);
    company.stopWorkflow(id);

    company.passMinutes(65);

    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "reminder");
    assertThat(company.runs(id)).hasSize(2);
    company.audited(id);
  }

  @Test
  void theSweepEndsAccessWithinFiveMinutesIfTheWorkflowDoesNot() {
    var id = company.active(DIEGO, CRM, SHORT);
    company.stopWorkflow(id);

    company.passMinutes(14);
    assertThat(company.members(VIEWERS)).containsExactly(DIEGO);
    company.passMinutes(4);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.kinds(id, DIEGO)).containsExactly("access-until", "ended");
    assertThat(by(id, "ENDING")).isEqualTo("sweep");
    company.audited(id);
  }

  @Test
  void theTimeToLiveOfTheGrantEndsAccessIfNeitherWorkflowNorSweepDo() {
    var id = company.active(AMARA, CRM, SHORT);
    company.stopWorkflow(id);
    company.hideFromSweep(id);

    company.passMinutes(25);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    company.passMinutes(6);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(by(id, "ENDING")).isEqualTo("ttl");
    // Nor does it need the sweep for the rest.
    assertThat(by(id, "ENDED")).isEqualTo("workflow");
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ended");
    company.audited(id);
  }

  @Test
  void whileTheTargetIsDownTheOwnersHaveATaskAndAfterwardsTheAccessIsGone() {
    var id = company.active(AMARA, CRM, Duration.ofHours(4));
    company.passMinutes(80);
    company.daypass().scim().faults().down(true);

    company.passMinutes(3 * 60);
    assertThat(company.status(id)).isEqualTo("ENDING");
    assertThat(company.members(VIEWERS)).containsExactly(AMARA);
    for (var owner : new String[] {OMAR, INGRID}) {
      assertThat(company.kinds(id, owner)).containsOnly("please-take-away");
      var mail = company.mail(id, owner, "please-take-away");
      assertThat(mail.subject())
          .isEqualTo("Please act: Amara Okafor still has access to CRM, Record viewer");
      assertThat(text(mail)).contains("should have lost this access", "goes on trying");
    }
    assertThat(company.events(id)).containsOnlyOnce("REMOVAL_TASK_OPENED");
    assertThat(company.logged("ALARM removal-task request=" + id)).isNotEmpty();
    assertThat(company.kinds(id, AMARA)).doesNotContain("ended");
    assertThat(company.desk(OMAR).open("/requests/" + id).text())
        .contains("Access is being taken away")
        .contains("The access in CRM could not be taken away yet; its owners were told");

    company.daypass().scim().faults().down(false);
    company.passMinutes(20);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.kinds(id, OMAR)).endsWith("gone-after-all");
    assertThat(company.kinds(id, INGRID)).endsWith("gone-after-all");
    assertThat(company.kinds(id, AMARA)).containsExactly("access-until", "ending-soon", "ended");
    company.audited(id);
  }

  @Test
  void aShortFailureOfTheTargetAtTheEndIsNotNoticed() {
    var id = company.active(DIEGO, CRM, SHORT);
    company.passMinutes(14);
    company.daypass().scim().faults().down(true);
    company.passMinutes(2);
    assertThat(company.status(id)).isEqualTo("ENDING");
    company.daypass().scim().faults().down(false);
    company.passMinutes(4);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    assertThat(company.kinds(id, OMAR)).isEmpty();
    assertThat(company.kinds(id, DIEGO)).containsExactly("access-until", "ended");
    company.audited(id);
  }

  @Test
  void accessThatIsTakenAwayWhileTheTargetIsDownIsGoneOnceItIsBack() {
    var id = company.active(DIEGO, CRM, Duration.ofHours(4));
    company.daypass().scim().faults().down(true);
    company.desk(DIEGO).post("/api/requests/" + id + "/return");
    company.settle();
    assertThat(company.status(id)).isEqualTo("ENDING");
    company.daypass().scim().faults().down(false);
    company.passMinutes(3);

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(company.members(VIEWERS)).isEmpty();
    company.audited(id);
  }

  /** Who made the last change of this kind. */
  private static String by(String id, String kind) {
    return StreamSupport.stream(company.json(id).path("events").spliterator(), false)
        .filter(event -> event.path("kind").asText().equals(kind))
        .reduce((first, last) -> last)
        .map((JsonNode event) -> event.path("by").asText())
        .orElse("nobody");
  }
}
