package dev.daypass.flow;

import static dev.daypass.flow.Company.YUKI;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.local.chat.ChatMessage;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The channel of a system, through the whole application. */
class ChatTest {
  private static final String DASHBOARDS = "marketing-analytics";
  private static final String SOFIA = "sofia.rossi@example.com";
  private static final String REASON = "The autumn campaign, for the board";

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
  @Tag("chat.link")
  void aChannelHearsOfTheQuestionAndTheLinkLeadsToADecision() {
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(1));

    var message = only(id);
    assertThat(message.channel()).isEqualTo("analytics");
    assertThat(message.lines())
        .contains(
            "Please decide: Yuki Tanaka asks for Look at the marketing dashboards",
            "Access: Dashboard viewer in Analytics",
            "How long: 1 day, which can be extended to 21 days in all",
            "Asked: Sofia Rossi");
    assertThat(message.lines()).anyMatch(line -> line.matches("What comes next: .* UTC: .*"));
    assertThat(message.mentions()).isEmpty();
    var link = URI.create(message.links().getFirst().url()).getPath();
    assertThat(link).isEqualTo("/requests/" + id + "/decide");

    var sofia = company.desk(SOFIA);
    var page =
        sofia.fill(link, link + "?stage=0", Map.of("comment", "Good luck", "decision", "approve"));
    company.settle();
    assertThat(page.text()).contains("Thank you. You approved this.");
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(chat(id)).as("nothing waits any more").hasSize(1);
  }

  @Test
  @Tag("chat.link")
  void theMessageHoldsNoReasonNoCodeAndNoPersonalLinkAndIsOfNoUseToOthers() {
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(1), REASON);

    var mail = company.invitation(id, SOFIA);
    var sent = only(id).sent().toString();
    assertThat(mail.text()).contains(REASON);
    assertThat(sent)
        .doesNotContain(REASON, Company.code(mail), "@example.com")
        .doesNotContainPattern("/decide/[A-Za-z0-9_-]");
    var link = URI.create(only(id).links().getFirst().url()).getPath();
    assertThat(company.desk(Company.AMARA).open(link).text()).doesNotContain(REASON, "Approve");
    assertThat(company.status(id)).isEqualTo("PENDING");
  }

  @Test
  void aReminderAndAnEscalationAreToldOnceEach() {
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(1));
    company.pass(Duration.ofHours(9));

    assertThat(chat(id))
        .extracting(message -> message.lines().getFirst().replaceFirst(":.*", ""))
        .containsExactly(
            "Please decide", "Not decided yet", "Nobody has answered, so others are asked");
    assertThat(chat(id).getLast().lines()).contains("Asked: Sofia Rossi and Omar Farouk");
  }

  @Test
  void aChannelThatCannotBeToldDelaysNobodyAndIsOneLineInTheLog() {
    var mended = company.daypass().chat().fail(404);
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(1));
    mended.run();

    assertThat(company.mails(id, SOFIA)).hasSize(1);
    assertThat(company.events(id)).contains("ASKED");
    assertThat(logged(id))
        .singleElement()
        .asString()
        .contains(
            "ALARM chat-unsent request="
                + id
                + " system=analytics message=CHAT#0#0 Slack: answered"
                + " 404",
            "daypass/analytics-chat")
        .doesNotContain("_local/chat", "http");
  }

  @Test
  void aSystemWithoutAChannelTellsNobody() {
    var id = company.ask(Company.AMARA, "crm-customer-record", Duration.ofHours(1));
    company.pass(Duration.ofHours(5));
    assertThat(chat(id)).isEmpty();
    assertThat(logged(id)).isEmpty();
  }

  @Test
  void ownersReadOnThePageOfTheirSystemThatAChannelIsTold() {
    assertThat(company.desk(SOFIA).open("/systems/analytics").text())
        .contains("A channel in Slack is told as well");
    assertThat(company.desk(Company.OMAR).open("/systems/crm").text()).doesNotContain("Slack");
  }

  @Test
  void whatChannelsWereToldIsAPageAndAList() {
    company.ask(YUKI, DASHBOARDS, Duration.ofDays(1));
    var page = company.stranger().open("/_local/chat");
    assertThat(page.text()).contains("Slack, #analytics", "Sign in, look and decide");
  }

  private static List<String> logged(String id) {
    return company.logged("ALARM chat-unsent").stream().filter(line -> line.contains(id)).toList();
  }

  private static List<ChatMessage> chat(String id) {
    return company.daypass().chat().messages().stream()
        .filter(message -> message.links().getFirst().url().contains(id))
        .toList();
  }

  private static ChatMessage only(String id) {
    assertThat(chat(id)).hasSize(1);
    return chat(id).getFirst();
  }
}
