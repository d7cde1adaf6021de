package dev.daypass.flow;

import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.TOMASZ;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A system that no program reaches: its owners set access up, take it away, and say so. */
class ByHandTest {
  private static final String ONBOARDING = "hr-onboarding";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final ObjectMapper JSON = new ObjectMapper();

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
    company.comesBack(INGRID);
    company.tidy();
  }

  @Test
  @Tag("by-hand.set-up")
  void whoeverAsksIsToldThatPeopleDoIt() {
    var form = company.desk(PRIYA).open("/ask/" + ONBOARDING).text();
    assertThat(form)
        .contains(
            "With the last yes the owners of HR tool are asked to set it up by hand."
                + " That can take up to 7 days",
            "the owners are asked to take it away by hand")
        .doesNotContain("by itself");
    assertThat(company.desk(PRIYA).open("/explain?runbook=" + ONBOARDING).text())
        .contains("the owners of HR tool are asked to set it up by hand");
    var id = active();
    assertThat(company.desk(PRIYA).open(path(id)).text())
        .contains("Time is up, and the owners take it away by hand")
        .doesNotContain("by itself");
  }

  /** Priya asks, her manager says yes. */
  private static String approved() {
    var id = company.ask(PRIYA, ONBOARDING, HOUR);
    company.approve(id, JOANA);
    return id;
  }

  private static String active() {
    var id = approved();
    assertThat(company.setUp(id, INGRID, "done", "").status()).isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    return id;
  }

  private static String path(String id) {
    return "/requests/" + id;
  }

  @Test
  @Tag("by-hand.set-up")
  void ownersSetItUpAndTakeItAwayAndSayHow() {
    var id = approved();
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
    var mail = company.mail(id, INGRID, "please-set-up");
    assertThat(mail.subject()).isEqualTo("Please set up: Priya Nair in HR tool, Onboarding editor");
    assertThat(text(mail))
        .contains(
            "Joana Silva approved that Priya Nair gets this access",
            "Group there: hr-onboarding-editors",
            "Find the person by email address",
            "/requests/" + id);
    var ingrid = company.desk(INGRID);
    assertThat(ingrid.open("/").text())
        .contains("To be done by hand", "Set up for Priya Nair: Onboarding editor in HR tool");
    assertThat(ingrid.open("/systems/hr").text())
        .contains("To be set up by hand for Priya Nair: Onboarding editor");
    assertThat(ingrid.open(path(id)).text())
        .contains(
            "Approved; Joana Silva or Ingrid Solberg sets it up by hand",
            "Please set this up by hand in HR tool",
            "Group hr-onboarding-editors",
            "Find the person by email address");
    assertThat(company.desk(PRIYA).open(path(id)).text())
        .contains("Joana Silva and Ingrid Solberg were asked to set it up by hand")
        .doesNotContain("Please set this up");

    company.passMinutes(30);
    var said =
        ingrid.fill(path(id), path(id) + "/set-up", Map.of("result", "done", "note", "Added."));
    assertThat(said.text()).contains("Thank you. The access begins now");
    company.settle();

    assertThat(company.status(id)).isEqualTo("ACTIVE");
    var grant = company.json(id).path("grant");
    assertThat(Duration.between(at(grant, "startedAt"), at(grant, "expiresAt"))).isEqualTo(HOUR);
    assertThat(company.kinds(id, PRIYA)).containsExactly("set-up-by-hand", "access-until");
    assertThat(company.kinds(id, JOANA)).endsWith("please-set-up", "set-up-by-other");
    assertThat(company.kinds(id, INGRID)).containsExactly("please-set-up");
    assertThat(ingrid.open("/").text()).doesNotContain("To be done by hand");

    company.passMinutes(61);

    assertThat(company.status(id)).isEqualTo("ENDING");
    assertThat(text(company.mail(id, JOANA, "please-take-away")))
        .contains("No program reaches HR tool", "Reload the page");
    assertThat(ingrid.open("/").text())
        .contains("Take away from Priya Nair: Onboarding editor in HR tool");
    company.passMinutes(60);
    assertThat(company.status(id)).isEqualTo("ENDING");
    var gone =
        company
            .desk(JOANA)
            .fill(path(id), path(id) + "/taken-away", Map.of("note", "Out, the page shows none."));
    assertThat(gone.text()).contains("What you said is kept in the trail");
    company.settle();

    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(text(company.mail(id, PRIYA, "ended")))
        .contains("Joana Silva has taken it away by hand and said so")
        .doesNotContain("We checked");
    assertThat(text(company.mail(id, INGRID, "gone-after-all")))
        .contains("Joana Silva took it away by hand", "Out, the page shows none.");
    assertThat(company.kinds(id, JOANA)).doesNotContain("gone-after-all");
    assertThat(company.desk(PRIYA).open(path(id)).text())
        .contains("Joana Silva said that it is taken away", "Out, the page shows none.");
    assertThat(company.audited(id))
        .containsSubsequence(
            "SET_UP_TASK_OPENED",
            "SET_UP_ANSWERED",
            "ACTIVATED",
            "ENDING",
            "REMOVAL_TASK_OPENED",
            "REMOVAL_ATTESTED",
            "ENDED");
    assertThat(company.runs(id)).hasSize(1);
    assertThat(company.runs(id).getLast().statusAsString()).isEqualTo("SUCCEEDED");
  }

  private static Instant at(com.fasterxml.jackson.databind.JsonNode grant, String name) {
    return Instant.parse(grant.path(name).asText());
  }

  @Test
  void whatCannotBeSetUpSaysWhyToWhoeverAsked() {
    var id = approved();
    var ingrid = company.desk(INGRID);

    var nothing = ingrid.fill(path(id), path(id) + "/set-up", Map.of());
    assertThat(nothing.status()).isEqualTo(422);
    assertThat(nothing.text())
        .contains("Please choose one of the answers.")
        .doesNotContain("done, held");
    var refused = ingrid.fill(path(id), path(id) + "/set-up", Map.of("result", "impossible"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("Please say in a few words what you did or saw");
    assertThat(refused.html())
        .contains("value=\"impossible\" required autocomplete=\"off\" checked");
    ingrid.fill(
        path(id),
        path(id) + "/set-up",
        Map.of("result", "impossible", "note", "No licence is left."));
    company.settle();

    assertThat(company.status(id)).isEqualTo("FAILED");
    assertThat(text(company.mail(id, PRIYA, "could-not-be-set-up")))
        .contains("the owners of HR tool could not set it up", "No licence is left.");
    assertThat(company.events(id)).doesNotContain("REMOVAL_TASK_OPENED");
    company.audited(id);
  }

  @Test
  void whoeverHadItBeforeKeepsIt() {
    var id = approved();

    company.setUp(id, JOANA, "held", "It is in the groups since March.");

    assertThat(company.json(id).path("failure").asText()).isEqualTo("ALREADY_HELD");
    assertThat(company.kinds(id, PRIYA)).containsExactly("set-up-by-hand", "already-held");
    assertThat(text(company.mail(id, INGRID, "already-held-owner")))
        .contains("Joana Silva says that Priya Nair had this access", "since March");
    assertThat(company.kinds(id, JOANA)).doesNotContain("already-held-owner");
    assertThat(company.desk(PRIYA).open("/").text())
        .contains("The access was there already, so nothing was changed");
    assertThat(company.desk(ELENA).open("/audit?by=request&what=" + id).text())
        .contains("An owner said that the person had it already");
    assertThat(company.kinds(id, INGRID)).containsExactly("please-set-up", "already-held-owner");
  }

  @Test
  void nobodyAnswersForThemselvesAndNobodyElseMayAnswer() {
    var id = company.ask(JOANA, ONBOARDING, HOUR);
    company.approve(id, NOOR);

    var own = company.setUp(id, JOANA, "done", "");
    assertThat(own.status()).isEqualTo(409);
    assertThat(own.body().at("/errors/0/code").asText()).isEqualTo("own-task");
    assertThat(company.desk(JOANA).open(path(id)).text())
        .contains("This is about your own access, so another owner or an administrator");
    assertThat(company.desk(JOANA).open(path(id)).html()).doesNotContain("/set-up\"");
    assertThat(company.setUp(id, NOOR, "done", "").status()).isEqualTo(403);
    assertThat(company.setUp(id, ELENA, "done", "").status()).isEqualTo(403);
    assertThat(company.setUp(id, TOMASZ, "done", "").status()).isEqualTo(404);
    assertThat(company.setUp(id, INGRID, "perhaps", "").status()).isEqualTo(422);
    assertThat(company.setUp(id, INGRID, "impossible", "").status()).isEqualTo(422);
    assertThat(company.takenAway(id, INGRID, "Out.").body().at("/errors/0/code").asText())
        .isEqualTo("no-task");
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
    assertThat(company.kinds(id, JOANA)).containsExactly("set-up-by-hand");
    assertThat(company.kinds(id, INGRID)).containsExactly("please-set-up");
    assertThat(company.desk(JOANA).open(path(id)).text())
        .contains("Approved; Ingrid Solberg sets it up by hand")
        .doesNotContain("Joana Silva or");

    assertThat(company.setUp(id, RUTH, "done", "").status()).isEqualTo(200);
    var again = company.setUp(id, INGRID, "impossible", "No licence.");
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.body().at("/errors/0/code").asText()).isEqualTo("task-answered");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  @Tag("by-hand.reminders")
  void whatNoOwnerIsLeftToDoComesToTheAdministrators() {
    var id = company.ask(JOANA, ONBOARDING, HOUR);
    company.approve(id, NOOR);
    company.leaves(INGRID);

    company.sleep(Duration.ofHours(25));
    company.passMinutes(60);

    assertThat(company.kinds(id, INGRID)).containsExactly("please-set-up");
    assertThat(company.kinds(id, JOANA)).containsExactly("set-up-by-hand");
    assertThat(company.kinds(id, RUTH)).contains("please-set-up", "hand-reminder");
    assertThat(company.desk(RUTH).open("/systems").text()).contains("A task is open");
    assertThat(company.setUp(id, RUTH, "done", "").status()).isEqualTo(200);
  }

  @Test
  void whatNobodySetsUpIsGivenUpAndWhoeverAskedHearsOfItAtOnce() {
    var id = approved();

    company.sleep(Duration.ofDays(7));
    company.passMinutes(10);

    assertThat(company.status(id)).isEqualTo("ENDING");
    assertThat(text(company.mail(id, PRIYA, "given-up")))
        .contains("no owner of HR tool has said within 7 days that it is set up");
    assertThat(company.desk(PRIYA).open(path(id)).text())
        .contains("Given up: nobody has said within 7 days that it is set up");
    company.takenAway(id, INGRID, "It was never there.");
    assertThat(company.status(id)).isEqualTo("FAILED");
    assertThat(text(company.mail(id, PRIYA, "could-not-be-set-up")))
        .contains("no owner of HR tool has said within 7 days", "You have no access");
  }

  @Test
  @Tag("by-hand.take-away")
  void whatIsGivenBackBeforeAnybodySaidThatItIsThereMustBeLookedAfter() {
    var id = approved();

    assertThat(company.desk(PRIYA).open("/admin/people/" + PRIYA).status()).isEqualTo(403);
    assertThat(company.desk(INGRID).open("/systems/hr").text())
        .contains("Nobody has access through Daypass at the moment")
        .doesNotContain("Nobody waits for access");
    assertThat(company.desk(INGRID).open(path(id)).text())
        .contains("Stop this request")
        .doesNotContain("Take this access away");

    var priya = company.desk(PRIYA);
    assertThat(priya.open(path(id)).text())
        .contains("Withdraw this request")
        .doesNotContain("Give access back");
    var withdrawn = priya.fill(path(id), path(id) + "/return", Map.of());
    assertThat(withdrawn.text())
        .contains(
            "Your request is withdrawn; the access had not been set up",
            "You withdrew the request before the access was set up")
        .doesNotContain("gave the access back", "is read until the access is gone");
    company.settle();

    var task = company.desk(INGRID).open(path(id));
    assertThat(task.text())
        .contains(
            "Please make sure that this is not there in HR tool",
            "were asked to make sure that it is not there")
        .doesNotContain("Please take this away by hand");
    assertThat(company.desk(INGRID).open("/").text())
        .contains("Make sure that Priya Nair does not have it: Onboarding editor in HR tool");
    assertThat(company.status(id)).isEqualTo("ENDING");
    assertThat(text(company.mail(id, INGRID, "please-take-away")))
        .contains("nobody has said whether it was set up", "Please make sure that Priya Nair");
    company.takenAway(id, INGRID, "It was never there.");
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(text(company.mail(id, PRIYA, "ended")))
        .contains("You withdrew this on", "before it was set up")
        .doesNotContain("Your access is gone");
    assertThat(priya.open(path(id)).text())
        .contains("Withdrawn before it was set up", "Ingrid Solberg said that it is not there");
    assertThat(priya.open("/").text()).contains("Withdrawn before it was set up");
  }

  @Test
  @Tag("by-hand.reminders")
  void whoeverDoesNothingIsRemindedAndTheirManagersHearOfIt() {
    var id = active();
    company.passMinutes(61);
    assertThat(company.logged("ALARM removal-task request=" + id)).isEmpty();

    company.pass(Duration.ofHours(4));

    assertThat(company.kinds(id, INGRID)).endsWith("please-take-away", "hand-reminder");
    assertThat(company.logged("ALARM removal-task request=" + id)).hasSize(1);
    assertThat(company.kinds(id, NOOR)).isEmpty();

    company.pass(Duration.ofHours(21));

    var told = company.mail(id, NOOR, "hand-reminder");
    assertThat(told.subject())
        .isEqualTo("Noch zu entziehen (Erinnerung 2): Priya Nair in HR tool, Onboarding editor");
    assertThat(text(told)).contains("Sie erfahren es als Führungskraft");
    assertThat(company.desk(NOOR).open(path(id)).status()).isEqualTo(200);
    assertThat(company.takenAway(id, NOOR, "Out.").status()).isEqualTo(403);
    assertThat(company.events(id)).containsOnlyOnce("REMOVAL_TASK_OPENED");
    assertThat(company.json(id).path("status").asText()).isEqualTo("ENDING");
    assertThat(company.desk(INGRID).open(path(id)).text())
        .contains("Reminder 2 went to the same people, and to Noor Haddad as well");
  }

  @Test
  void theSecondNeedsNoHandsWhileTheFirstIsThere() {
    var first = active();
    var second = approved();

    assertThat(company.status(second)).isEqualTo("ACTIVE");
    assertThat(company.kinds(second, INGRID)).isEmpty();

    company.desk(PRIYA).post("/api" + path(first) + "/return", JSON.createObjectNode());
    company.settle();
    assertThat(company.status(first)).isEqualTo("ENDED");
    assertThat(company.events(first)).doesNotContain("REMOVAL_TASK_OPENED");

    company.passMinutes(61);
    assertThat(company.json(second).at("/task/kind").asText()).isEqualTo("take-away");
  }

  @Test
  void whatIsWantedAgainIsNotTakenAway() {
    var first = active();
    company.passMinutes(61);
    assertThat(company.json(first).at("/task/kind").asText()).isEqualTo("take-away");

    var second = approved();

    assertThat(company.status(first)).isEqualTo("ENDED");
    assertThat(text(company.mail(first, INGRID, "wanted-again")))
        .contains("nobody has said that it is gone", "waits to be set up by hand");
    assertThat(company.json(second).at("/task/kind").asText()).isEqualTo("set-up");
    assertThat(company.json(second).at("/task/leftover").asBoolean()).isTrue();
    assertThat(company.setUp(second, INGRID, "held", "").body().at("/errors/0/code").asText())
        .isEqualTo("held-through-us");
    assertThat(company.desk(INGRID).open(path(second)).html()).doesNotContain("value=\"held\"");
    company.setUp(second, INGRID, "done", "It is still there.");
    assertThat(company.status(second)).isEqualTo("ACTIVE");
  }

  @Test
  void aStoppedWorkflowKeepsNobodysWordFromCounting() {
    var id = approved();
    company.stopWorkflow(id);

    company.setUp(id, INGRID, "done", "");
    company.passMinutes(6);
    assertThat(company.status(id)).isEqualTo("ACTIVE");

    company.stopWorkflow(id);
    company.passMinutes(64);
    assertThat(company.json(id).at("/task/kind").asText()).isEqualTo("take-away");
    assertThat(company.kinds(id, INGRID)).contains("please-take-away");
    company.takenAway(id, INGRID, "Out.");
    company.passMinutes(5);
    assertThat(company.status(id)).isEqualTo("ENDED");
    company.audited(id);
  }
}
