package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.words.Languages;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each test breaks a copy of the shipped runbooks in one way and reads what is printed. */
class LintTest {
  private static final String CRM = "crm-customer-record.yaml";
  private static final String REFUND = "billing-refund.yaml";
  private static final String SYSTEM = "systems/crm.yaml";
  private static final String ANALYTICS = "systems/analytics.yaml";
  private static final String PEOPLE = "people.csv";

  private static final String CALENDAR = "calendars/berlin-office.yaml";

  @TempDir private Path dir;

  private int code;
  private Instant today = Instant.parse("2026-12-01T12:00:00Z");

  @BeforeEach
  void copyTheShippedRunbooks() throws IOException {
    try (var files = Files.walk(ShippedRunbooksTest.SHIPPED)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var copy = dir.resolve(ShippedRunbooksTest.SHIPPED.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  @Nested
  class BadYaml {
    @Test
    void aTabInTheIndentation() {
      edit(CRM, "  default: PT4H", "\tdefault: PT4H");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:8: the line begins with a tab; YAML wants blanks: use two"
                  + " for each step");
      assertThat(code).isEqualTo(1);
    }

    @Test
    void aQuoteThatIsNotClosed() {
      edit(CRM, "title: View a customer record in the CRM", "title: \"View a customer");
      assertThat(lint()).hasSize(1).first().asString().contains(": this is not YAML (");
    }

    @Test
    void aKeyThatIsHereTwice() {
      edit(CRM, "role: record-viewer", "role: record-viewer\nrole: exporter");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:6: “role” is here twice (first on line 5); keep one of"
                  + " them");
    }

    @Test
    void anEmptyFile() {
      write(CRM, "# nothing yet\n");
      assertThat(lint())
          .contains("crm-customer-record.yaml:1: the file is empty; delete it or fill it in");
    }

    @Test
    void twoDocumentsInOneFile() {
      edit(CRM, "system: crm", "system: crm\n---\nid: other");
      assertThat(lint()).hasSize(1).first().asString().contains(": this is not YAML (");
    }

    @Test
    void anAnchor() {
      edit(CRM, "mayAsk: group:support", "mayAsk: &who group:support");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:6: an anchor (&) is used; write the text out in both"
                  + " places");
    }

    /** Found by fuzzing: it took the whole stack. */
    @Test
    void aNestingWithoutEnd() {
      write(CRM, "[".repeat(3_000));
      assertThat(lint())
          .first()
          .asString()
          .contains("crm-customer-record.yaml:1: this is nested more than 50 levels deep;");
    }

    /** Found by fuzzing: both ended lint with a stack trace. */
    @Test
    void anEscapeThatIsNoCharacter() {
      for (var escape : new String[] {"\"a\": \"\\u", "\"\\UFFFFFFFF\": 1\n"}) {
        write(CRM, escape);
        assertThat(lint())
            .contains(
                "crm-customer-record.yaml:1: an escape in double quotes (\\x, \\u or \\U) stands"
                    + " for no character; write the character itself");
      }
    }

    /** Found by fuzzing: the key commanded the terminal. */
    @Test
    void aKeyThatCannotBeShown() {
      edit(CRM, "proof: mailbox", "\"\\e[31m\\u202e\": x");
      assertThat(lint()).first().asString().contains("“‹U+001B›[31m‹U+202E›” is not known here");
    }

    /** Found by fuzzing: the first ended lint and publish with a stack trace. */
    @Test
    void titlesGroupsAndAddressesThatNoRunbookCanHave() {
      edit(CRM, "title: View a", "title: View\u200b a");
      edit(SYSTEM, "title: Exporter", "title: \"Ex\\nporter\"");
      edit(SYSTEM, "group: crm-exporters", "group: \"\u3164\"");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:3: “title” cannot be shown; take out character 5 (U+200B):"
                  + " it cannot be seen",
              "systems/crm.yaml:16: “title” cannot be shown; take out character 3 (U+000A): this"
                  + " must be one line",
              "systems/crm.yaml:18: “group” shows nothing; write it in words");
      edit(
          CRM,
          "mayAsk: group:support",
          "mayAsk: [grüße@example.com, group:" + "a".repeat(80) + "]");
      assertThat(lint())
          .filteredOn(line -> line.startsWith("crm-customer-record.yaml:6: this entry cannot be"))
          .hasSize(2);
    }

    @Test
    void aFileThatIsNotText() {
      write(CRM, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
      assertThat(lint())
          .contains("crm-customer-record.yaml:1: the file is not text in UTF-8; save it as UTF-8");
    }

    @Test
    void aTextInPlaceOfKeys() {
      write(CRM, "just words\n");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:1: the file is a text; The policy for one task: who may"
                  + " ask, for which role, who decides, and for how long");
    }

    @Test
    void anotherEndingOfTheName() {
      write("other.yml", "id: other\n");
      assertThat(lint())
          .containsExactly("other.yml:1: the name ends with .yml; rename it to end with .yaml");
    }
  }

  @Nested
  class AgainstTheSchema {
    @Test
    void aMisspeltKey() {
      edit(CRM, "mayAsk: group:support", "mayask: group:support");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:2: “mayAsk” is missing; everyone, group:NAME, an email"
                  + " address, or a list of these, for example “mayAsk: group:support”",
              "crm-customer-record.yaml:6: “mayask” is not known here; did you mean “mayAsk”?");
    }

    @Test
    void aKeyThatNobodyKnows() {
      edit(CRM, "duration:", "colour: blue\nduration:");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:7: “colour” is not known here; known are id, title,"
                  + " system, role, mayAsk, mayAskForOthers, duration, extend, start, limits, reason,"
                  + " ticket,"
                  + " calendar,"
                  + " approval, autoApproval, breakGlass, sameApprover, proof and"
                  + " guidance");
    }

    @Test
    void aDurationAsPeopleSayIt() {
      edit(CRM, "default: PT4H", "default: 4 hours");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:8: “default” cannot be “4 hours”; write PT4H for 4 hours");
    }

    @Test
    void aDurationWithoutTheT() {
      edit(CRM, "longest: PT8H", "longest: P8H");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:9: “longest” cannot be “P8H”; write PT8H for P8H");
    }

    @Test
    void monthsAreNoMinutes() {
      edit(CRM, "longest: PT8H", "longest: P1M");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:9: “longest” cannot be “P1M”; write P30D for P1M");
    }

    @Test
    void aDurationThatCannotBeGuessed() {
      edit(CRM, "longest: PT8H", "longest: a while");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:9: “longest” cannot be “a while”; write PT30M for 30"
                  + " minutes, PT4H for 4 hours, P2D for 2 days");
    }

    @Test
    void aNumberInPlaceOfADuration() {
      edit(CRM, "default: PT4H", "default: 4");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:8: “default” is a number; write PT30M for 30 minutes, PT4H"
                  + " for 4 hours, P2D for 2 days");
    }

    @Test
    void anIdWithCapitals() {
      edit(CRM, "role: record-viewer", "role: Record Viewer");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:5: “role” cannot be “Record Viewer”; use lower case"
                  + " letters, digits and dashes");
    }

    @Test
    void aGroupWithoutItsPrefix() {
      edit(CRM, "mayAsk: group:support", "mayAsk: [Support]");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:6: this entry cannot be “Support”; for a group write"
                  + " group:support");
    }

    @Test
    void everyoneAsApprover() {
      edit(CRM, "by: manager", "by: everyone!");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:16: “by” cannot be “everyone!”; manager (of the person who"
                  + " asks), managers-manager, owners (of the system), group:NAME, an email"
                  + " address, or a list of these. The person who asks never decides. Without a"
                  + " manager the owners stand in, for example “by: manager”");
    }

    @Test
    void anEmptyValue() {
      edit(CRM, "title: View a customer record in the CRM", "title:");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:3: “title” is empty; The task in your team's words. People"
                  + " choose by it, and mails show it, for example “title: View a customer record"
                  + " in the CRM”");
    }

    @Test
    void noStageAtAll() {
      edit(
          "marketing-analytics.yaml",
          """
            - by: manager
              remindAfter: PT4H
              escalateAfter: PT8H
              escalateTo: owners
              lapseAfter: P2D
          """,
          "  []\n");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:15: “approval” is empty; The stages of approval, one after"
                  + " the other. One is often enough, two are plenty");
    }

    @Test
    void anEscalationThatReplacesByNobody() {
      edit(CRM, "    escalateAfter: PT2H\n    escalateTo: owners\n", "    escalation: replaces\n");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:18: “escalation” is given, and nobody is asked; give"
                  + " escalateAfter and escalateTo, or leave it out");
    }

    @Test
    void anEscalationToNobodyInParticular() {
      edit(CRM, "    escalateTo: owners\n", "");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:16: only one of “escalateAfter” and “escalateTo” is given;"
                  + " give both, or neither");
    }

    @Test
    void theAddressOfAWebhookInThePlaceOfItsName() {
      for (var address :
          List.of(
              "https://hooks.example.com/services/T0/B0/s3",
              "hooks.example.com/services/s3-chat")) {
        edit(ANALYTICS, "webhook: daypass/analytics-chat", "webhook: " + address);
        assertThat(lint())
            .containsExactly(
                "systems/analytics.yaml:17: “webhook” is the address itself; put it into Secrets"
                    + " Manager under a name, and write that name here; whoever has read the"
                    + " address can use it, so make a new one");
        edit(ANALYTICS, "webhook: " + address, "webhook: daypass/analytics-chat");
      }
      edit(SYSTEM, "connection: daypass/crm", "connection: https://crm.example.com/s3");
      assertThat(lint())
          .singleElement()
          .asString()
          .contains("“connection” is the address itself")
          .doesNotContain("s3");
    }

    @Test
    void aChatThatIsNotKnown() {
      edit(ANALYTICS, "  kind: slack", "  kind: irc");
      edit(ANALYTICS, "webhook: daypass/analytics-chat", "webhook: daypass/analytics");
      assertThat(lint())
          .containsExactly(
              "systems/analytics.yaml:16: “kind” cannot be “irc”; slack: an incoming webhook of a"
                  + " Slack app. teams: a workflow in Microsoft Teams that posts what its webhook"
                  + " receives, for example “kind: slack”",
              "systems/analytics.yaml:17: “webhook” cannot be “daypass/analytics”; Name of the"
                  + " secret that holds the webhook's address; it ends with -chat. Never the"
                  + " address itself: whoever knows that can write into the channel, for example"
                  + " “webhook: daypass/crm-chat”");
    }

    @Test
    void aChatInALanguageWithoutMessages() throws IOException {
      edit(ANALYTICS, "  kind: slack", "  language: it\n  kind: slack");
      assertThat(lint()).singleElement().asString().contains("“language” cannot be “it”");
      var schema =
          new ObjectMapper()
              .readTree(ShippedRunbooksTest.SHIPPED.resolve("schema/system.schema.json").toFile());
      assertThat(schema.at("/properties/chat/properties/language/enum"))
          .extracting(JsonNode::asText)
          .containsExactlyInAnyOrderElementsOf(
              Languages.all().stream().map(Locale::toLanguageTag).toList());
    }

    @Test
    void anUnknownProof() {
      edit(CRM, "proof: mailbox", "proof: signature");
      assertThat(lint())
          .hasSize(1)
          .first()
          .asString()
          .startsWith("crm-customer-record.yaml:21: “proof” cannot be “signature”; ")
          .endsWith("for example “proof: mailbox”");
    }

    @Test
    void anUnknownConnector() {
      edit(SYSTEM, "kind: scim", "kind: ldap");
      assertThat(lint())
          .containsExactly(
              "systems/crm.yaml:8: “kind” cannot be “ldap”; scim: membership in a group over SCIM"
                  + " 2.0. manual: the owners do it by hand and say so, for tools that no program"
                  + " reaches; byHand says how, and connection is left out, for example"
                  + " “kind: scim”");
    }

    @Test
    void byHandWithoutSayingHow() {
      edit(SYSTEM, "kind: scim", "kind: manual");
      assertThat(lint())
          .containsExactly(
              "systems/crm.yaml:2: “byHand” is missing; What the owners do, step by step. Needed"
                  + " where the connector is manual. Elsewhere they read it when access could not"
                  + " be taken away",
              "systems/crm.yaml:9: “connection” is not used where the owners do it by hand; leave"
                  + " it out");
    }

    @Test
    void aConnectorWithoutItsConnection() {
      edit(SYSTEM, "  connection: daypass/crm\n", "");
      assertThat(lint())
          .containsExactly(
              "systems/crm.yaml:7: “connection” is missing in “connector”; Name of the secret that"
                  + " holds the system's address and token. Never the secret itself, for example"
                  + " “connection: daypass/crm”");
    }
  }

  @Nested
  class OneFile {
    @Test
    void theLongestBelowTheDefault() {
      edit(CRM, "longest: PT8H", "longest: PT2H");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:9: the longest, 2 hours, is below the default, 4 hours;"
                  + " let longest be PT4H or more");
    }

    @Test
    void aDefaultThatIsTooShort() {
      edit(CRM, "default: PT4H", "default: PT5M");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:8: the default of 5 minutes is too short; the shortest"
                  + " access is 15 minutes");
    }

    @Test
    void aLongestThatIsNotJustInTime() {
      edit(CRM, "longest: PT8H\nextend:\n  longest: PT12H", "longest: P365D");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:9: the longest of 365 days is too long; at most 90 days;"
                  + " for more, people ask again");
    }

    @Test
    void anExtensionBelowTheLongest() {
      edit(CRM, "longest: PT12H", "longest: PT7H");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:11: extended to 7 hours, less than the longest of 8 hours;"
                  + " let it be PT8H or more");
    }

    @Test
    void aStartThatIsTooSoonOrTooLate() {
      edit(CRM, "extend:", "start:\n  within: PT30M\nextend:");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:11: to begin within 30 minutes is too soon; let it be 1"
                  + " hour to 90 days");
      edit(CRM, "within: PT30M", "within: P91D");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:11: to begin within 91 days is too late; let it be 1 hour"
                  + " to 90 days");
    }

    @Test
    void anExtensionThatIsNotJustInTime() {
      edit(CRM, "longest: PT12H", "longest: P91D");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:11: extended to 91 days is too long; at most 90 days; for"
                  + " more, people ask again");
    }

    @Test
    void anExtensionWithoutALimit() {
      edit(CRM, "extend:\n  longest: PT12H", "extend: {}");
      assertThat(lint()).singleElement().asString().contains("“longest” is missing");
    }

    @Test
    void whetherOnePersonMayApproveTwiceIsOneOfTwoWords() {
      edit(CRM, "extend:\n", "sameApprover: allowed\nextend:\n");
      assertThat(lint()).isEmpty();
      edit(CRM, "sameApprover: allowed", "sameApprover: sometimes");
      assertThat(lint()).singleElement().asString().contains("sometimes", "refused", "allowed");
    }

    @Test
    void limitsThatLimitNothing() {
      edit(CRM, "extend:\n", "limits: {}\nextend:\n");
      assertThat(lint()).singleElement().asString().startsWith("crm-customer-record.yaml:10: ");
      edit(CRM, "limits: {}", "limits: {open: 0}");
      assertThat(lint()).singleElement().asString().startsWith("crm-customer-record.yaml:10: ");
      edit(CRM, "limits: {open: 0}", "limits: {open: 2, perDay: 5}");
      assertThat(lint()).isEmpty();
    }

    @Test
    void anExampleThatIsNoTicket() {
      edit(REFUND, "example: SUP-10423", "example: SUP-1");
      assertThat(lint())
          .containsExactly(
              "billing-refund.yaml:15: the example “SUP-1” does not match the pattern"
                  + " SUP-[0-9]{3,7}; correct one of them");
    }

    @Test
    void aPatternThatIsNone() {
      edit(REFUND, "pattern: SUP-[0-9]{3,7}", "pattern: SUP-[0-9{3,7}");
      assertThat(lint())
          .containsExactly(
              "billing-refund.yaml:14: the pattern SUP-[0-9{3,7} is no regular expression (Unclosed"
                  + " character class); write it like SUP-[0-9]{3,7}");
    }

    @Test
    void aReminderAfterTheEscalation() {
      edit(CRM, "remindAfter: PT1H", "remindAfter: PT3H");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:17: the reminder after 3 hours does not come before the"
                  + " escalation after 2 hours; remind earlier, or leave remindAfter out");
    }

    @Test
    void anEscalationAfterTheLapse() {
      edit(CRM, "    lapseAfter: PT8H\n", "");
      edit(CRM, "escalateAfter: PT2H", "escalateAfter: P1D");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:18: the escalation after 1 day does not come before the"
                  + " lapse after 1 day (the default); escalate earlier, or let it lapse later");
    }

    @Test
    void aReminderAtOnce() {
      edit(CRM, "remindAfter: PT1H", "remindAfter: PT0M");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:17: “remindAfter” is no time at all; write PT30M, PT4H or"
                  + " P1D");
    }

    @Test
    void waitingForever() {
      edit(CRM, "lapseAfter: PT8H", "lapseAfter: P60D");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:20: waiting 60 days for an answer is too long; at most 30"
                  + " days");
    }

    @Test
    void anIdThatIsNotTheFilesName() {
      edit(CRM, "id: crm-customer-record", "id: crm-record");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:2: the id “crm-record” is not the file's name; call the"
                  + " file crm-record.yaml, or the id “crm-customer-record”");
    }

    @Test
    void aRoleThatIsHereTwice() {
      edit(SYSTEM, "id: exporter", "id: record-viewer");
      assertThat(lint())
          .containsExactly(
              "systems/crm.yaml:15: the role “record-viewer” is here twice (first on line 11);"
                  + " give one of them another id");
    }
  }

  @Nested
  class Together {
    @Test
    void anUnknownSystem() {
      edit(CRM, "system: crm", "system: crn");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:4: there is no system “crn”; did you mean crm?",
              "systems/crm.yaml:11: warning: no runbook uses the role “record-viewer”; add one, or"
                  + " remove it");
    }

    @Test
    void aRoleThatTheSystemDoesNotHave() {
      edit(CRM, "role: record-viewer", "role: administrator");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:5: the system “crm” has no role “administrator”; known are"
                  + " record-viewer and exporter");
    }

    @Test
    void anUnknownGroup() {
      edit(CRM, "mayAsk: group:support", "mayAsk: group:suport");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:6: nobody is in a group “suport”; did you mean support?");
    }

    @Test
    void anUnknownPerson() {
      edit(CRM, "escalateTo: owners", "escalateTo: [owners, omar.faruk@example.com]");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:19: there is no omar.faruk@example.com in the list of"
                  + " people; did you mean omar.farouk@example.com?");
    }

    @Test
    void aSystemWithoutTwoLiveOwners() {
      edit(SYSTEM, "  - ingrid.solberg@example.com\n", "");
      assertThat(lint())
          .contains(
              "systems/crm.yaml:4: the system has only one owner in the list of people; name two"
                  + " at least, so that nothing waits for one person's holiday");
    }

    @Test
    void anOwnerWhoHasLeft() {
      edit(SYSTEM, "ingrid.solberg@example.com", "someone.gone@example.com");
      assertThat(lint())
          .contains(
              "systems/crm.yaml:6: there is no someone.gone@example.com in the list of people;"
                  + " add it, or choose one of the 17 that there are");
    }

    @Test
    void aChainThatOnlyTheRequesterCouldAnswer() {
      edit("hr-onboarding.yaml", "by: [manager, group:hr-leads]", "by: group:hr-leads");
      assertThat(lint())
          .containsExactly(
              "hr-onboarding.yaml:8: warning: if somebody who decides asks for"
                  + " priya.nair@example.com or tomasz.kowalski@example.com, nobody is left to"
                  + " decide; name more people who decide, or somebody else who may ask for others",
              "hr-onboarding.yaml:17: nobody could answer if joana.silva@example.com asked; add"
                  + " people to the chain, or to the group");
    }

    @Test
    void somebodyWhoMayAskForOthersAndIsNotThereOrHasNobody() {
      edit("hr-onboarding.yaml", "[manager, group:hr]", "[group:assistants, priya@example.com]");
      assertThat(lint())
          .hasSize(2)
          .allMatch(line -> line.startsWith("hr-onboarding.yaml:8: "))
          .anyMatch(line -> line.contains("nobody is in a group “assistants”"))
          .anyMatch(line -> line.contains("priya@example.com"));
      edit("hr-onboarding.yaml", "[group:assistants, priya@example.com]", "everyone");
      assertThat(lint()).singleElement().asString().startsWith("hr-onboarding.yaml:8: ");
    }

    @Test
    void somebodyWhoMayAskForOthersAndHasNobodyToAskFor() {
      edit("payroll-view.yaml", "approval:", "mayAskForOthers: noor.haddad@example.com\napproval:");
      edit(
          CRM,
          "mayAsk: group:support",
          "mayAsk: lena.fischer@example.com\nmayAskForOthers: lena.fischer@example.com");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:7: warning: “lena.fischer@example.com” lets nobody ask for"
                  + " anybody else; leave it out, or name somebody else");
    }

    @Test
    void moreApproversThanThereAre() {
      edit("compliance-audit.yaml", "needed: 2", "needed: 4");
      assertThat(lint())
          .containsExactly(
              "compliance-audit.yaml:19: more people are needed than could answer if"
                  + " daniel.cohen@example.com, ruth.adeyemi@example.com or"
                  + " elena.petrova@example.com asked; add people to the chain, or to the group");
    }

    @Test
    void anEscalationToTheSamePeople() {
      edit("payroll-view.yaml", "escalateTo: noor.haddad@example.com", "escalateTo: owners");
      assertThat(lint())
          .containsExactly(
              "payroll-view.yaml:20: the escalation asks nobody who was not asked before; name"
                  + " somebody else, or leave escalateAfter and escalateTo out");
    }

    @Test
    void anEscalationToNobodyNewForSome() {
      edit(REFUND, "escalateTo: [owners, group:leadership]", "escalateTo: group:finance-leads");
      assertThat(lint())
          .containsExactly(
              "billing-refund.yaml:21: warning: the escalation asks nobody new if"
                  + " grace.mwangi@example.com or henrik.larsen@example.com asked; name one more");
      assertThat(code).isZero();
    }

    @Test
    void aPersonWithoutAManagerWhereOneIsAsked() {
      edit(
          PEOPLE,
          "diego.ramirez@example.com,lena.fischer@example.com",
          "diego.ramirez@example.com,");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:16: warning: diego.ramirez@example.com may ask and has no"
                  + " manager; the system's owners will decide instead");
    }

    @Test
    void twoRolesThatAreOneGroupInTheTarget() {
      edit(SYSTEM, "group: crm-exporters", "group: crm-record-viewers");
      assertThat(lint())
          .containsExactly(
              "systems/crm.yaml:18: the group “crm-record-viewers” already stands for the role"
                  + " crm/record-viewer; give each role a group of its own, or one could end the"
                  + " other's access");
    }

    @Test
    void twoRunbooksWithOneTitle() {
      edit(
          "crm-bulk-export.yaml",
          "title: Export a customer list from the CRM",
          "title: View a customer record in the CRM");
      assertThat(lint())
          .containsExactly(
              "crm-customer-record.yaml:3: warning: two runbooks have the title “View a customer"
                  + " record in the CRM”; change this one or the one in crm-bulk-export.yaml");
    }

    @Test
    void twoRunbooksWithOneId() {
      edit("crm-bulk-export.yaml", "id: crm-bulk-export", "id: crm-customer-record");
      assertThat(lint())
          .containsExactly(
              "crm-bulk-export.yaml:2: the id “crm-customer-record” is not the file's name; call"
                  + " the file crm-customer-record.yaml, or the id “crm-bulk-export”");
    }

    @Test
    void anUnusedSystem() {
      delete("payroll-view.yaml");
      assertThat(lint())
          .containsExactly(
              "systems/payroll.yaml:2: warning: no runbook uses the system “payroll”; add one, or"
                  + " remove it");
      assertThat(code).isZero();
    }

    @Test
    void aGroupTooBigToBeAsked() {
      var crowd = new StringBuilder();
      for (int i = 0; i < 30; i++) {
        crowd.append("Member %d,member%d@example.com,,crowd,,%n".formatted(i, i));
      }
      edit(PEOPLE, "Elena Petrova", crowd + "Elena Petrova");
      edit(CRM, "by: manager", "by: group:crowd");
      assertThat(lint())
          .contains(
              "crm-customer-record.yaml:16: warning: this asks 30 people; only the first 25 will"
                  + " be asked: choose a smaller group");
    }

    @Test
    void aBrokenSystemIsNotAlsoAnUnknownOne() {
      edit(SYSTEM, "title: CRM", "title:");
      assertThat(lint()).hasSize(1).first().asString().startsWith("systems/crm.yaml:3: ");
    }
  }

  @Nested
  class RulesThatApprove {
    private static final String DASHBOARDS = "marketing-analytics.yaml";

    @Test
    void twoOfOneName() {
      edit(DASHBOARDS, "limits:", "  - name: looked-before\n    inGroup: marketing\nlimits:");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:25: two rules are called “looked-before”; give each its own"
                  + " name");
      assertThat(code).isEqualTo(1);
    }

    @Test
    void workingHoursWithoutACalendar() {
      edit(DASHBOARDS, "    maxDuration: P1D", "    withinHours: true");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:24: the rule “looked-before” counts on working hours, and"
                  + " the runbook names no calendar; add calendar, or leave withinHours out");
    }

    @Test
    void aTicketThatNobodyIsAskedFor() {
      edit(DASHBOARDS, "    maxDuration: P1D", "    hasTicket: true");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:24: the rule “looked-before” demands a ticket, and the"
                  + " runbook asks for none; add ticket, or leave hasTicket out");
    }

    @Test
    void aTimeThatCannotBe() {
      edit(DASHBOARDS, "    maxDuration: P1D", "    maxDuration: P15D");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:24: at most 15 days is more than anybody can ask for; at"
                  + " most P14D, or leave maxDuration out");
      edit(DASHBOARDS, "    maxDuration: P15D", "    maxDuration: PT1M");
      assertThat(lint()).first().asString().contains(" is shorter than any access; ");
      edit(DASHBOARDS, "    maxDuration: PT1M", "    maxDuration: P1D");
      edit(DASHBOARDS, "usedBefore: P90D", "usedBefore: P400D");
      assertThat(lint()).first().asString().contains("within 400 days before is too long ago; ");
      edit(DASHBOARDS, "usedBefore: P400D", "usedBefore: PT0M");
      assertThat(lint()).first().asString().contains("“usedBefore” is no time at all; ");
    }

    @Test
    void besideAProofThatMustBeFresh() {
      edit(DASHBOARDS, "proof: mailbox", "proof: fresh");
      assertThat(lint())
          .containsExactly(
              "marketing-analytics.yaml:21: warning: people must have signed in anew to decide here"
                  + " (proof: fresh), and a rule approves without anybody; leave autoApproval out,"
                  + " or choose another proof if this is not that grave");
      assertThat(code).isZero();
    }
  }

  @Nested
  class Holidays {
    @Test
    void thatRunOutWithinThreeMonthsAreToldAndNoneBefore() {
      today = Instant.parse("2027-10-03T12:00:00Z");
      assertThat(lint()).isEmpty();
      today = Instant.parse("2027-10-04T12:00:00Z");
      assertThat(lint())
          .containsExactly(
              "calendars/berlin-office.yaml:"
                  + line(CALENDAR, "holidays:")
                  + ": warning: the holidays of the calendar “berlin-office” end on 2028-01-01, and"
                  + " from then on every day of the week is worked; add those of the next year, and"
                  + " publish again");
      assertThat(code).isZero();
    }

    @Test
    void thatHaveRunOutAreToldSo() {
      today = Instant.parse("2028-01-02T12:00:00Z");
      assertThat(lint()).first().asString().contains("“berlin-office” ended on 2028-01-01");
    }

    private int line(String file, String beginning) {
      var lines = read(file).lines().toList();
      return IntStream.range(0, lines.size())
              .filter(i -> lines.get(i).startsWith(beginning))
              .findFirst()
              .orElseThrow()
          + 1;
    }
  }

  @Nested
  class ListOfPeople {
    @Test
    void noListAtAll() {
      delete(PEOPLE);
      assertThat(lint())
          .containsExactly("people.csv:1: there is no such file; add it, or name another one");
    }

    @Test
    void anotherListCanBeNamed() throws IOException {
      Files.move(dir.resolve(PEOPLE), dir.resolve("staff.csv"));
      var out = new ByteArrayOutputStream();
      int other =
          new Lint(() -> today)
              .run(
                  List.of(dir.toString(), "--people", dir.resolve("staff.csv").toString()),
                  new PrintStream(out, true),
                  System.err);
      assertThat(other).isZero();
    }

    @Test
    void managersInACircle() {
      edit(
          PEOPLE, "noor.haddad@example.com,,", "noor.haddad@example.com,lena.fischer@example.com,");
      assertThat(lint())
          .containsExactly(
              "people.csv:5: the managers go round in a circle: lena.fischer@example.com →"
                  + " noor.haddad@example.com → lena.fischer@example.com; leave the field empty for"
                  + " whoever is at the top");
    }

    @Test
    void aMisspeltManager() {
      edit(PEOPLE, "amara.okafor@example.com,lena.fischer", "amara.okafor@example.com,lena.fisher");
      assertThat(lint())
          .containsExactly(
              "people.csv:2: the manager lena.fisher@example.com is not in this file; did you mean"
                  + " lena.fischer@example.com?");
    }
  }

  @Test
  void theClosingLineCounts() {
    edit(CRM, "role: record-viewer", "role: viewer");
    delete("payroll-view.yaml");
    assertThat(printed())
        .last()
        .isEqualTo("8 runbooks, 7 systems, 17 people read: 1 error, 2 warnings");
  }

  @Test
  void theClosingLineSaysWhenThereMayBeMore() {
    edit(CRM, "role: record-viewer", "rol: record-viewer");
    assertThat(printed())
        .last()
        .asString()
        .startsWith("8 runbooks, 7 systems, 17 people read: ")
        .endsWith("; more may be found when these are mended");
  }

  @Test
  void aDirectoryThatIsNotThereIsSaidPlainly() {
    var out = new ByteArrayOutputStream();
    code =
        new Lint()
            .run(
                List.of(dir.resolve("nowhere").toString()), new PrintStream(out, true), System.err);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("nowhere:1: there is no such directory; name the one with the runbooks");
    assertThat(code).isEqualTo(1);
  }

  @Test
  void anUnknownOptionIsExplained() {
    var err = new ByteArrayOutputStream();
    code = new Lint().run(List.of("--fix"), System.out, new PrintStream(err, true));
    assertThat(err.toString(StandardCharsets.UTF_8))
        .startsWith("There is no option --fix here.\nusage: daypass lint");
    assertThat(code).isEqualTo(2);
  }

  @Test
  void itExplainsItself() {
    var out = new ByteArrayOutputStream();
    code = new Lint().run(List.of("--help"), new PrintStream(out, true), System.err);
    assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("usage: daypass lint [DIR]");
    assertThat(code).isZero();
  }

  /** The findings as printed, with file names relative to the directory. */
  private List<String> lint() {
    var lines = printed();
    return lines.subList(0, lines.size() - 1);
  }

  private List<String> printed() {
    var out = new ByteArrayOutputStream();
    code =
        new Lint(() -> today)
            .run(
                List.of(dir.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                System.err);
    return out.toString(StandardCharsets.UTF_8).replace(dir + "/", "").lines().toList();
  }

  private void edit(String file, String from, String to) {
    var text = read(file);
    assertThat(text).contains(from);
    write(file, text.replace(from, to));
  }

  private String read(String file) {
    try {
      return Files.readString(dir.resolve(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void write(String file, String text) {
    write(file, text.getBytes(StandardCharsets.UTF_8));
  }

  private void write(String file, byte[] bytes) {
    try {
      Files.write(dir.resolve(file), bytes);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void delete(String file) {
    try {
      Files.delete(dir.resolve(file));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
