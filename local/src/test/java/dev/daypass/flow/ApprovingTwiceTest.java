package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.GRACE;
import static dev.daypass.flow.Company.HENRIK;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.hostile.Project;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runbooks by which one person would decide two stages: allowed, or others stand in. */
class ApprovingTwiceTest {
  private static final String CRM = "crm-customer-record";
  private static final String PAYROLL = "payroll-view";
  private static final String EXPORT = "crm-bulk-export";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;

  private static Company company;

  @BeforeAll
  static void open() {
    var project =
        Project.in(folder)
            .with(
                "runbooks/payroll-view.yaml",
                "runbooks/payroll-view.yaml",
                text -> text.replace("proof: fresh", "sameApprover: allowed\nproof: mailbox"))
            .with(
                "runbooks/crm-customer-record.yaml",
                "runbooks/crm-customer-record.yaml",
                text -> text.replace("approval:\n", "approval:\n  - by: manager\n"))
            // Ingrid is the manager of Omar, and both of them own the CRM.
            .with(
                "runbooks/crm-bulk-export.yaml",
                "runbooks/crm-bulk-export.yaml",
                text ->
                    text.replace("group:marketing]", OMAR + "]")
                        .replace("- by: owners", "- by: " + INGRID)
                        .replaceAll("    escalate.*\n", ""))
            .folder();
    company = Company.open(project, cloud -> cloud);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static Answer approves(String id, String who) {
    return company
        .desk(who)
        .post(
            "/api/requests/" + id + "/decisions",
            JSON.createObjectNode().put("decision", "approve"));
  }

  @Test
  @Tag("approvers.once")
  void whereTheRunbookAllowsItOnePersonDecidesBothStages() {
    assertThat(company.desk(GRACE).open("/ask/" + PAYROLL).text())
        .doesNotContain("Nobody counts twice");
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + PAYROLL).text())
        .contains("Whoever approves one step may approve a later one, too");
    var id = company.ask(GRACE, PAYROLL, Duration.ofHours(2));
    assertThat(approves(id, HENRIK).at("/stages/1/state")).isEqualTo("OPEN");
    company.settle();
    assertThat(company.kinds(id, HENRIK)).containsExactly("please-decide", "please-decide");

    // Sent again because its answer was lost, it does not decide the next stage.
    var again = approves(id, HENRIK);
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.reasons()).containsExactly("stage-missing");
    assertThat(company.status(id)).isEqualTo("PENDING");

    company.approve(id, HENRIK);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  @Tag("approvers.once")
  void whereItDoesNotTheOwnersStandInAndTheMailLinkWorksForThem() {
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + CRM).text())
        .contains("Nobody counts twice: whoever approves one step is not asked in a later one.");
    assertThat(company.desk(AMARA).open("/ask/" + CRM).text())
        .contains("Lena Fischer is asked.")
        .contains("Omar Farouk and Ingrid Solberg are asked; one of them must approve.")
        .contains("is not asked in this one (Lena Fischer).");
    assertThat(company.desk(AMARA).open("/explain?runbook=" + CRM).text())
        .contains("Nobody counts twice: whoever approves one step does not decide about a later");
    var id = company.ask(AMARA, CRM, Duration.ofHours(2));
    company.approve(id, LENA);
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide");
    assertThat(text(company.invitation(id, OMAR))).contains("Lena Fischer approved");

    assertThat(company.approve(id, OMAR).text()).contains("Thank you. You approved this.");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  @Tag("approvers.nobody")
  void aRequestOfWhichNobodyElseCouldDecideTheSecondStepIsRefusedBeforeAnythingIsTyped() {
    var gap =
        "Step 2 could be left without anybody to decide: whoever approves an earlier step does not"
            + " count again, and only Ingrid Solberg can decide about it.";
    assertThat(company.desk(OMAR).open("/ask/" + EXPORT).text()).contains(gap);
    assertThat(company.desk(OMAR).open("/explain?runbook=" + EXPORT).text()).contains(gap);
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + EXPORT).text())
        .contains("nobody counts twice");

    var reason = "The list of all customers in Cairo, for the fair in May; deleted in June.";
    var answer =
        company.desk(OMAR).ask("any", company.body(EXPORT, Duration.ofHours(1), reason).toString());
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.reasons()).containsExactly("no-other-approver");
    assertThat(company.desk(LENA).open("/ask/" + EXPORT).text()).doesNotContain(gap);
  }
}
