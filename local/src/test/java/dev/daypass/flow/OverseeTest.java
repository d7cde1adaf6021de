package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What owners, administrators and auditors see of it all, and what they do about it. */
class OverseeTest {
  private static final String CRM = "crm-customer-record";
  private static final String DANIEL = "daniel.cohen@example.com";
  private static final Duration HOUR = Duration.ofHours(1);

  private static Company company;

  @BeforeAll
  static void start() {
    company = Company.open();
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  // One system

  @Test
  void ownersSeeWhoHasAccessUntilWhenAndWhoAsksForIt() {
    var active = company.active(AMARA, CRM, HOUR);
    var asked = company.ask(DIEGO, CRM, HOUR);

    var page = company.desk(OMAR).open("/systems/crm");

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text())
        .contains(
            "Who has access now Amara Okafor " + AMARA,
            "Record viewer through View a customer record in the CRM",
            "Since today at",
            "left",
            "Who is waiting for access Diego Ramírez: View a customer record in the CRM",
            "Waiting for Lena Fischer",
            "What people can ask for here",
            "Export a customer list from the CRM",
            "Owners Omar Farouk " + OMAR + " Ingrid Solberg " + INGRID)
        .doesNotContain("may still have", "No longer here");
    assertThat(page.html())
        .contains("href=\"/requests/" + active + "\"", "href=\"/requests/" + asked + "\"");
    assertThat(section(page, "access")).doesNotContain("Diego");
    assertThat(section(page, "waiting")).doesNotContain("Amara");
  }

  private static String section(Page page, String id) {
    var section =
        Pattern.compile("<section id=\"" + id + "\".*?</section>", Pattern.DOTALL)
            .matcher(page.html());
    assertThat(section.find()).isTrue();
    return section.group();
  }

  @Test
  void whoHasLeftAndHasAccessStillIsMarked() {
    company.active(DIEGO, CRM, HOUR);
    company.active(AMARA, CRM, HOUR);
    var omar = company.desk(OMAR);
    assertThat(section(omar.open("/systems/crm"), "access")).doesNotContain("inactive");

    company.leaves(DIEGO);
    try {
      assertThat(omar.open("/systems/crm").text())
          .contains("Diego Ramírez " + DIEGO + " inactive Record viewer")
          .contains("Amara Okafor " + AMARA + " Record viewer");
    } finally {
      company.comesBack(DIEGO);
    }
  }

  @Test
  @Tag("time.revoke")
  void whatAnOwnerTakesAwayIsGoneFromTheTargetAndFromThePage() {
    var id = company.active(AMARA, CRM, HOUR);
    var omar = company.desk(OMAR);

    var answer =
        omar.fill(
            "/systems/crm", "/requests/" + id + "/revoke", Map.of("reason", "The case is closed."));
    assertThat(answer.path()).isEqualTo("/systems/crm");
    assertThat(answer.text())
        .contains("You have taken access away from Amara Okafor: Record viewer.");
    // That is said to whoever did it, and on no other system's page.
    assertThat(company.desk(INGRID).open("/systems/crm?done=" + id).text())
        .doesNotContain("You have taken");
    assertThat(company.desk(RUTH).open("/systems/payroll?done=" + id).text())
        .doesNotContain("You have taken");
    assertThat(omar.open("/systems/crm?done=nothing").status()).isEqualTo(400);
    company.settle();

    assertThat(company.members("crm-record-viewers")).isEmpty();
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(section(omar.open("/systems/crm"), "access"))
        .contains("Nobody has access through Daypass at the moment.");
    assertThat(Company.text(company.mail(id, AMARA, "ended"))).contains("The case is closed.");
  }

  @Test
  @Tag("time.revoke")
  void withoutAReasonNothingIsTakenAwayAndThePageSaysWhy() {
    var id = company.active(AMARA, CRM, HOUR);
    var answer =
        company
            .desk(OMAR)
            .fill("/systems/crm", "/requests/" + id + "/revoke", Map.of("reason", " "));
    assertThat(answer.path()).isEqualTo("/systems/crm");
    assertThat(answer.text()).contains("Please say in a few words why; the person reads it.");
    assertThat(answer.html())
        .contains("<details class=\"take\" open", "href=\"#field-reason-" + id + "\"");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    // Whose access stands in another part of the list, or is over by now, has no field there.
    company
        .desk(OMAR)
        .fill("/systems/crm", "/requests/" + id + "/revoke", Map.of("reason", "Done"));
    company.settle();
    var later = company.desk(OMAR).open("/systems/crm?unsaid=" + id);
    assertThat(later.text()).contains("Please say in a few words why");
    assertThat(later.html()).doesNotContain("#field-reason");
    assertThat(company.desk(OMAR).open("/systems/crm?unsaid=nothing").status()).isEqualTo(400);
  }

  @Test
  void whoHasTheSameAccessByAnotherRequestKeepsItAndThePageSaysUntilWhen() {
    var longer = company.active(AMARA, CRM, HOUR.multipliedBy(4));
    var id = company.active(AMARA, CRM, HOUR);
    var again = company.active(AMARA, CRM, HOUR);

    var page =
        company
            .desk(OMAR)
            .fill("/systems/crm", "/requests/" + id + "/revoke", Map.of("reason", "Not any more."));
    assertThat(page.text())
        .contains("You have taken this access away from Amara Okafor: Record viewer.")
        .contains(
            "By another request, which is below, Amara Okafor still has the same access until");
    company.settle();
    assertThat(company.members("crm-record-viewers")).containsExactly(AMARA);

    page =
        company
            .desk(OMAR)
            .fill(
                "/requests/" + again,
                "/requests/" + again + "/revoke",
                Map.of("reason", "Nor this one."));
    assertThat(page.text())
        .contains("By another request the same person still has the same access until");
    page =
        company
            .desk(AMARA)
            .fill("/requests/" + longer, "/requests/" + longer + "/return", Map.of());
    assertThat(page.text()).contains("You can always ask again.").doesNotContain("another request");
  }

  @Test
  void whoIsAskedAndHasLeftIsMarkedAndItIsSaidWhoIsAskedNext() {
    var id = company.ask(AMARA, CRM, HOUR);
    company.leaves(LENA);
    try {
      var page = company.desk(AMARA).open("/requests/" + id);
      assertThat(page.text())
          .contains("Waiting for Lena Fischer (no longer here)")
          .contains("Nobody of those who were asked is here any more.")
          .contains("are asked next:")
          .contains("It is quicker to withdraw this request and ask again");
      assertThat(company.desk(AMARA).open("/").text())
          .contains("Waiting for Lena Fischer (no longer here)");
      assertThat(company.desk(AMARA).open("/ask/" + CRM).text())
          .contains("Waiting for Lena Fischer (no longer here)")
          .doesNotContain("Lena Fischer is");
      assertThat(company.desk(OMAR).open("/requests/" + id).text())
          .contains("Nobody of those who were asked is here any more.")
          .doesNotContain("It is quicker");
      // Her link still opens, and why it decides nothing is said of her by name.
      var refused = company.approve(id, LENA);
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("Lena Fischer is no longer in the directory")
          .contains("Sending it again changes nothing")
          .doesNotContain("Open the decision again");
      assertThat(refused.html()).doesNotContain("name=\"decision\"");
    } finally {
      company.comesBack(LENA);
    }
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("Waiting for Lena Fischer")
        .doesNotContain("no longer here", "Nobody of those");
  }

  @Test
  void whatNobodyCanApproveAsThingsAreIsSaidAndNotAskedAgain() {
    var id = company.ask(AMARA, CRM, HOUR);
    var link = URI.create(Company.link(company.invitation(id, LENA))).getPath();
    company.leaves(AMARA);
    try {
      assertThat(company.desk(OMAR).open("/requests/" + id).text())
          .contains("Amara Okafor (no longer here)");
      var byLink = company.approve(id, LENA);
      var inInbox =
          company
              .desk(LENA)
              .fill(
                  "/inbox",
                  "/inbox/" + id + "?stage=0",
                  Map.of("decision", "approve", "duration", "", "comment", ""));
      for (var page : List.of(byLink, inInbox)) {
        assertThat(page.status()).isEqualTo(422);
        assertThat(page.text())
            .contains("Amara Okafor is no longer in the directory, so no access can be given.")
            .contains("Sending it again changes nothing", "Amara Okafor (no longer here)");
        assertThat(page.html()).doesNotContain("name=\"decision\"");
      }
      // Saying no is possible all the same.
      assertThat(byLink.html()).contains("<a href=\"" + link + "\">Open the decision again");
      assertThat(inInbox.html())
          .contains("<a href=\"/inbox/" + id + "?stage=0\">Open the decision again");
      company.deny(id, LENA, "Amara has left.");
      assertThat(company.status(id)).isEqualTo("DENIED");
    } finally {
      company.comesBack(AMARA);
    }
  }

  @Test
  void aFormWithAMistakeIsShownAgain() {
    var id = company.ask(AMARA, CRM, HOUR);
    var page = company.deny(id, LENA, "");
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.html()).contains("name=\"decision\"");
    assertThat(page.text()).doesNotContain("Sending it again changes nothing");
  }

  @Test
  void aLinkSaysToWhomItWasSent() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var link = URI.create(Company.link(mail)).getPath();
    assertThat(Company.text(mail)).contains("Lena Fischer");
    assertThat(company.stranger().open(link).text())
        .contains("This link was sent to Lena Fischer.");
    assertThat(company.desk(LENA).open("/requests/" + id + "/decide").text())
        .doesNotContain("This link was sent");
    company.approve(id, LENA);
    assertThat(company.stranger().open(link).text())
        .contains("This link was sent to Lena Fischer.");
    assertThat(company.stranger().open(link + "x").text()).doesNotContain("This link was sent");
  }

  @Test
  void auditorsSeeItAndHaveNothingToPress() {
    var id = company.active(AMARA, CRM, HOUR);
    var page = company.desk(ELENA).open("/systems/crm");
    assertThat(page.text()).contains("Amara Okafor");
    assertThat(page.html()).doesNotContain("/revoke");
    assertThat(company.desk(RUTH).open("/systems/crm").html())
        .contains("action=\"/requests/" + id + "/revoke\"");
  }

  @Test
  void whatCouldNotBeTakenAwayStandsFirstUntilItIsGone() {
    var id = company.active(AMARA, CRM, HOUR);
    company.passMinutes(55);
    company.daypass().scim().faults().down(true);
    company.passMinutes(15);
    assertThat(company.events(id)).contains("REMOVAL_TASK_OPENED");

    var omar = company.desk(OMAR);
    var page = omar.open("/systems/crm");
    assertThat(page.text())
        .contains(
            "To do Amara Okafor may still have access: Record viewer",
            "With Omar Farouk and Ingrid Solberg",
            "Please look in CRM itself");
    assertThat(page.html().indexOf("id=\"tasks\""))
        .isLessThan(page.html().indexOf("id=\"access\""));
    assertThat(section(page, "access")).contains("Access is being taken away");
    assertThat(omar.open("/systems").text()).contains("CRM Owners", "A task is open");

    company.daypass().scim().faults().clear();
    company.passMinutes(20);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(omar.open("/systems/crm").text()).doesNotContain("may still have");
    assertThat(omar.open("/systems").text()).doesNotContain("A task is open");
  }

  /** A dozen are made of one, whose item is stored again under other ids. */
  @Test
  void allThatCouldNotBeTakenAwayIsSeenTenAtATime() {
    try (var crowded = Company.open()) {
      var id = crowded.active(AMARA, CRM, HOUR);
      crowded.passMinutes(55);
      crowded.daypass().scim().faults().down(true);
      crowded.passMinutes(15);
      var item = crowded.stored(id);
      for (int i = 1; i < 12; i++) {
        var other = id.substring(2) + (10 + i);
        var copy = new HashMap<>(item);
        copy.replaceAll(
            (name, value) ->
                value.s() == null ? value : AttributeValue.fromS(value.s().replace(id, other)));
        crowded.dynamo().putItem(put -> put.tableName(crowded.table("RequestsTable")).item(copy));
      }

      var omar = crowded.desk(OMAR);
      var first = omar.open("/systems/crm");
      var next = Pattern.compile("href=\"(/systems/crm[?]tasks=[^\"]+)\"").matcher(first.html());
      assertThat(next.find()).isTrue();
      assertThat(first.text()).contains("There are more: show them").doesNotContain("(10)");
      assertThat(tasks(first)).isEqualTo(10);
      var second = omar.open(next.group(1));
      assertThat(tasks(second)).isEqualTo(2);
      assertThat(second.text())
          .contains("Back to the first of these")
          .doesNotContain("There are more: show them");
    }
  }

  private static long tasks(Page page) {
    return Pattern.compile("<h3>[^\n]* may still have access")
        .matcher(page.html())
        .results()
        .count();
  }

  @Test
  void anOwnersOwnAccessIsGivenBackAndNotTakenAway() {
    var id = company.active(DANIEL, "emergency-information", HOUR);
    var page = company.desk(DANIEL).open("/systems/continuity");
    assertThat(page.text()).contains("This is your own access");
    assertThat(page.html())
        .contains("href=\"/requests/" + id + "\"")
        .doesNotContain("/requests/" + id + "/revoke");
    assertThat(company.desk(RUTH).open("/systems/continuity").html())
        .contains("action=\"/requests/" + id + "/revoke\"");
  }

  @Test
  void longListsGoOnAndTheirPlacesAreNobodyElses() {
    for (int i = 0; i < 26; i++) {
      company.ask(i % 2 == 0 ? AMARA : DIEGO, CRM, HOUR);
    }
    var omar = company.desk(OMAR);
    var first = omar.open("/systems/crm");
    var next = Pattern.compile("href=\"(/systems/crm\\?waiting=[^\"]+)\"").matcher(first.html());
    assertThat(next.find()).isTrue();

    var second = omar.open(next.group(1));
    assertThat(rows(section(first, "waiting"))).isEqualTo(25);
    assertThat(rows(section(second, "waiting"))).isEqualTo(1);
    assertThat(second.text()).contains("Back to the longest waiting");
    assertThat(second.html()).doesNotContain("href=\"/systems/crm?waiting=");

    var others = company.desk(INGRID).open(next.group(1));
    assertThat(others.status()).isEqualTo(400);
    assertThat(others.text()).contains("Please open the page from its beginning.");
  }

  private static long rows(String section) {
    return Pattern.compile("<li class=\"row\">").matcher(section).results().count();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"waiting=", "waiting=garbage", "access=bnVsbA", "access=%00", "tasks=garbage"})
  void aPlaceThatIsNoneIsSaidPlainly(String query) {
    var page = company.desk(OMAR).open("/systems/crm?" + query);
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("The list does not go on there.");
  }

  @Test
  void whoeverDoesNotAnswerForItCannotTellItFromWhatIsNotThere() {
    var crm = company.desk(YUKI).open("/systems/crm");
    var none = company.desk(YUKI).open("/systems/no-such-system");
    assertThat(crm.status()).isEqualTo(404);
    assertThat(none.status()).isEqualTo(404);
    assertThat(crm.text()).isEqualTo(none.text());
  }

  // Systems

  @Test
  void everybodySeesTheirOwnSystemsAndWhoeverOverseesAllSeesAll() {
    assertThat(company.desk(OMAR).open("/systems").text())
        .contains("CRM", "Owners: Omar Farouk and Ingrid Solberg")
        .doesNotContain("Payroll", "All others");
    assertThat(company.desk(RUTH).open("/systems").text()).contains("CRM", "Payroll");
    assertThat(company.desk(ELENA).open("/systems").text()).contains("CRM", "Payroll");
    assertThat(company.desk(AMARA).open("/systems").text())
        .contains("You answer for no system.", "please ask your administrator");
  }

  @Test
  void ownersAreLedToTheirSystemsFromEveryPage() {
    var omar = company.desk(OMAR);
    var amara = company.desk(AMARA);
    for (var path : List.of("/", "/find", "/inbox", "/systems", "/sessions", "/nothing-here")) {
      assertThat(omar.open(path).html()).as(path).contains("href=\"/systems\"");
      assertThat(amara.open(path).html()).as(path).doesNotContain("href=\"/systems\"");
    }
  }

  // Runbooks as published

  @Test
  void administratorsAndAuditorsSeeWhatIsPublishedAndNobodyElse() {
    for (var who : new String[] {RUTH, ELENA}) {
      var page = company.desk(who).open("/admin/runbooks");
      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text())
          .contains(
              "Nothing is wrong with them, going by today’s list of people.",
              "View a customer record in the CRM Open customer records and read them.",
              "Version 1, published by",
              "CRM Record viewer, Exporter");
    }
    var omar = company.desk(OMAR).open("/admin/runbooks");
    assertThat(omar.status()).isEqualTo(403);
    assertThat(omar.text()).contains("Only administrators and auditors");
  }

  @Test
  void whatIsWrongSinceSomebodyLeftIsFoundToday() {
    company.leaves(INGRID);
    try {
      var list = company.desk(RUTH).open("/admin/runbooks");
      assertThat(list.text())
          .contains(
              "5 errors. 1 thing to look at. They are compared with today’s list of people",
              "Please look, ",
              "Error, owners: ingrid.solberg@example.com is inactive.",
              "Hint: name somebody else",
              "Error, owners: the system has only one owner in the list of people.");
      assertThat(company.desk(OMAR).open("/systems/crm").text())
          .contains("ingrid.solberg@example.com is inactive.", "No longer here");
    } finally {
      company.comesBack(INGRID);
    }
  }

  @Test
  void aRunbookIsToldInPlainWordsToItsOwnersToo() {
    for (var who : new String[] {RUTH, ELENA, OMAR}) {
      var page = company.desk(who).open("/admin/runbooks/" + CRM);
      assertThat(page.status()).as(who).isEqualTo(200);
      assertThat(page.text())
          .contains(
              "Who may ask The group support (4 people)",
              "What it gives Record viewer in CRM",
              "Usually 4 hours, at most 8 hours",
              "Can be extended to 12 hours in all without asking anybody",
              "The manager of whoever asks; without one, the owners: Omar Farouk and Ingrid"
                  + " Solberg",
              "Whoever has not answered for 1 hour is reminded.",
              "The person who asks never decides",
              "Version 1, published by");
    }
    assertThat(company.desk(AMARA).open("/admin/runbooks/" + CRM).status()).isEqualTo(404);
    assertThat(company.desk(OMAR).open("/admin/runbooks/payroll-view").status()).isEqualTo(404);
    assertThat(company.desk(RUTH).open("/admin/runbooks/payroll-view").status()).isEqualTo(200);
  }

  @Test
  void findingsAndRunbooksSpeakTheReadersLanguage() {
    company.leaves(DANIEL);
    try {
      var noor = company.desk(NOOR);
      assertThat(noor.open("/systems").text())
          .contains("Für diese Systeme sind Sie verantwortlich");
      assertThat(noor.open("/systems/continuity").text())
          .contains(
              "Zurzeit hat niemand über Daypass Zugang.",
              "Fehler, Verantwortliche: daniel.cohen@example.com ist inaktiv.",
              "Hinweis: nennen Sie jemand anderen");
      assertThat(noor.open("/admin/runbooks/emergency-information").text())
          .contains(
              "Wer anfragen darf Alle", "Antwortet 1 Stunde lang niemand, endet die Anfrage.");
    } finally {
      company.comesBack(DANIEL);
    }
  }

  @Test
  void everyRunbookAndEverySystemHasItsPage() {
    var list = company.desk(RUTH).open("/admin/runbooks");
    var paths =
        Pattern.compile("href=\"(/(?:admin/runbooks|systems)/[^\"]+)\"")
            .matcher(list.html())
            .results()
            .map(match -> match.group(1))
            .distinct()
            .toList();
    assertThat(paths).hasSize(16);
    for (var path : paths) {
      assertThat(company.desk(RUTH).open(path).status()).as(path).isEqualTo(200);
    }
  }
}
