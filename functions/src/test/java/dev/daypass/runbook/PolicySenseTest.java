package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.CRM;
import static dev.daypass.runbook.Sample.DANIEL;
import static dev.daypass.runbook.Sample.INGRID;
import static dev.daypass.runbook.Sample.LENA;
import static dev.daypass.runbook.Sample.OMAR;
import static dev.daypass.runbook.Sample.RUTH;
import static dev.daypass.runbook.Sample.companyWith;
import static dev.daypass.runbook.Sample.escalating;
import static dev.daypass.runbook.Sample.extendableTo;
import static dev.daypass.runbook.Sample.person;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.runbook;
import static dev.daypass.runbook.Sample.stage;
import static dev.daypass.runbook.Sample.who;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.words.Languages;
import dev.daypass.words.Speech;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Published policies against the people of today, where not all of them can be listed. {@code
 * LintTest} has every finding where they can.
 */
class PolicySenseTest {
  private static List<String> today(Catalog catalog, Directory directory) {
    return said(PolicySense.ofPeople(catalog, directory));
  }

  /** In English, after it has been said in every language. */
  private static List<String> said(List<Finding> findings) {
    for (var language : Languages.all()) {
      var speech = Speech.inMail(language, ZoneOffset.UTC);
      assertThat(findings)
          .allSatisfy(
              finding -> {
                assertThat(speech.say(finding.wrong())).isNotBlank();
                assertThat(speech.say(finding.right())).isNotBlank();
              });
    }
    var english = Speech.inMail(Locale.ENGLISH, ZoneOffset.UTC);
    return findings.stream()
        .map(
            finding ->
                finding.severity()
                    + " "
                    + finding.id()
                    + finding.place()
                    + ": "
                    + english.say(finding.wrong()))
        .toList();
  }

  @Test
  void nothingIsWrongWhereEverybodyIsThere() {
    assertThat(today(published(runbook(stage("owners"))), Sample.company())).isEmpty();
    assertThat(PolicySense.ofPolicies(published(runbook(stage("manager"))))).isEmpty();
  }

  @Test
  void aChainThatOnlyOnePersonCanDecideTwice() {
    var lead = person("lead", "omar", "support");
    var omarFirst = runbook(stage("manager"), stage("omar@example.com"));
    var withoutIngrid = companyWith(lead, INGRID.deactivated());

    assertThat(today(published(omarFirst), withoutIngrid))
        .contains(
            "WARNING crm-customer-record/approval: for a later step only people could be left who"
                + " have approved an earlier one if lead@example.com or lena@example.com asked; nobody counts twice");
    assertThat(
            today(
                published(runbook(stage("omar@example.com"), stage("omar@example.com"))),
                withoutIngrid))
        .anyMatch(found -> found.startsWith("ERROR crm-customer-record/approval: for a later"));
    assertThat(
            today(
                published(
                    Sample.sameApproverAllowed(
                        stage("omar@example.com"), stage("omar@example.com"))),
                withoutIngrid))
        .noneMatch(found -> found.contains("/approval"));
  }

  @Test
  void anOwnerHasLeftAndAnotherWasNeverThere() {
    assertThat(today(published(runbook(stage("group:security"))), companyWith(OMAR.deactivated())))
        .containsExactly(
            "ERROR crm/owners/0: omar@example.com is inactive",
            "ERROR crm/owners: the system has only one owner in the list of people");
    var strange =
        new TargetSystem("crm", "CRM", List.of("x@example.com"), CRM.connector(), CRM.roles());
    assertThat(today(published(runbook(stage("group:security")), strange), Sample.company()))
        .containsExactly(
            "ERROR crm/owners/0: there is no x@example.com in the list of people",
            "ERROR crm/owners: the system has no owner in the list of people");
  }

  @Test
  void aGroupIsEmptySinceItsMembersLeft() {
    var everybodyGone = companyWith(RUTH.deactivated(), DANIEL.deactivated());
    assertThat(today(published(runbook(stage("group:security"))), everybodyGone))
        .containsExactly(
            "ERROR crm-customer-record/approval/0/by/0: nobody is in a group “security”");
    assertThat(
            today(
                published(runbook(stage("manager"))),
                companyWith(LENA.deactivated(), AMARA.deactivated())))
        .containsExactly("ERROR crm-customer-record/mayAsk/0: nobody is in a group “support”");
  }

  @Test
  void anApproverWhoIsNamedHasLeft() {
    assertThat(
            today(
                published(runbook(escalating("manager", "daniel@example.com"))),
                companyWith(DANIEL.deactivated())))
        .containsExactly(
            "ERROR crm-customer-record/approval/0/escalateTo/0: daniel@example.com is inactive");
  }

  @Test
  void aStageThatOnlyItsRequesterCouldAnswer() {
    var lead = person("lead", "lena", "support", "support-leads");
    assertThat(today(published(runbook(stage("group:support-leads"))), companyWith(lead)))
        .containsExactly(
            "ERROR crm-customer-record/approval: nobody could answer if lead@example.com asked");
  }

  /** Nobody is listed; those who decide are tried, since they are who could be missing. */
  @Test
  void whereEveryoneMayAskThoseWhoDecideAreTried() {
    var lead = person("lead", "lena", "leads");
    var forEveryone = forEveryone(runbook(stage("group:leads")));
    assertThat(today(published(forEveryone), companyWith(lead)))
        .containsExactly(
            "ERROR crm-customer-record/approval: nobody could answer if lead@example.com asked");
    assertThat(today(published(forEveryone), companyWith(lead, person("more", "lena", "leads"))))
        .isEmpty();
  }

  private static Runbook forEveryone(Runbook runbook) {
    return new Runbook(
        runbook.id(),
        runbook.title(),
        runbook.system(),
        runbook.role(),
        who("everyone"),
        runbook.duration(),
        runbook.extend(),
        runbook.limits(),
        runbook.reason(),
        runbook.ticket(),
        runbook.calendar(),
        runbook.approval(),
        runbook.sameApprover(),
        runbook.proof(),
        runbook.guidance());
  }

  @Test
  void aRoleThatIsGoneAndAnotherThatNobodyUses() {
    var other =
        new TargetSystem(
            "crm",
            "CRM",
            List.of(OMAR.email(), INGRID.email()),
            CRM.connector(),
            List.of(new TargetSystem.Role("other", "Other", "Something else.", "others")));
    assertThat(said(PolicySense.ofPolicies(published(runbook(stage("manager")), other))))
        .containsExactly(
            "WARNING crm/roles/0/id: no runbook uses the role “other”",
            "ERROR crm-customer-record/role: the system “crm” has no role “record-viewer”");
    assertThat(today(published(runbook(stage("manager")), other), Sample.company())).isEmpty();
  }

  @Test
  void aSystemThatIsGone() {
    var alone = new Catalog(published(runbook(stage("manager"))).runbooks(), Map.of());
    assertThat(said(PolicySense.ofPolicies(alone)))
        .containsExactly("ERROR crm-customer-record/system: there is no system “crm”");
    assertThat(today(alone, Sample.company())).isEmpty();
  }

  @Test
  void aRuleToExtendOfAPublisherWhomNobodyKnowsDoesNotCount() {
    var extendable = published(extendableTo(Duration.ofHours(12), stage("manager")));
    assertThat(PolicySense.ofPublishers(extendable, Sample.company())).isEmpty();
    var strangers = Directory.of(List.of(LENA, AMARA, OMAR, INGRID));
    assertThat(said(PolicySense.ofPublishers(extendable, strangers)))
        .containsExactly(
            "ERROR crm-customer-record/extend: access cannot be extended, since ruth@example.com,"
                + " who published this, is nobody in the list of people");
    assertThat(PolicySense.ofPublishers(published(runbook(stage("manager"))), strangers)).isEmpty();
  }

  /** A thousand people ask: their managers are read at once, and each group once. */
  @Test
  void manyPeopleAreFewReads() {
    var people = new ArrayList<>(List.of(LENA, OMAR, INGRID));
    for (int i = 0; i < 500; i++) {
      people.add(person("head" + i, "lena"));
      people.add(person("worker" + i, "head" + i, "support"));
    }
    var company = Directory.of(people);
    var reads = new ArrayList<String>();
    var counted =
        new Directory(
            email -> {
              reads.add(email);
              return company.person(email);
            },
            group -> {
              reads.add(group);
              return company.group(group);
            },
            emails -> {
              reads.add(emails.size() + " people");
              return emails.stream().map(company::person).flatMap(Optional::stream).toList();
            });

    assertThat(today(published(runbook(stage("manager"))), counted))
        .containsExactly(
            "WARNING crm-customer-record/approval/0/by: lena@example.com may ask and has no"
                + " manager");

    assertThat(reads).containsExactly("2 people", "support", "500 people");
  }
}
