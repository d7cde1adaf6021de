package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.RequestId;
import dev.daypass.local.ses.LocalSes.Returned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A mail to an approver comes back, the whole way from SES to the page of the requester. */
class MailReturnedTest {
  private static final String CRM = "crm-customer-record";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final JsonMapper JSON = new JsonMapper();

  private static Company company;

  private Runnable mend = () -> {};

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
    mend.run();
    company.tidy();
  }

  private void mailsTo(String person, Returned how, Duration after) {
    mend = company.daypass().ses().returns(person::equals, how, after);
  }

  @Test
  @Tag("rounds.returned-mail")
  void othersAreAskedAtOnceAndTheRequesterIsTold() {
    mailsTo(LENA, Returned.BOUNCE, Duration.ZERO);

    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.events(id))
        .containsExactlyInAnyOrder("SUBMITTED", "ASKED", "MAIL_RETURNED", "ASKED");
    assertThat(company.kinds(id, LENA)).as("nobody writes there again").hasSize(1);
    assertThat(company.kinds(id, OMAR)).containsExactly("escalated");
    assertThat(company.kinds(id, INGRID)).containsExactly("escalated");
    assertThat(text(company.mail(id, OMAR, "escalated")))
        .contains("We could not reach Lena Fischer by mail, so now you are asked.");
    assertThat(company.kinds(id, AMARA)).containsExactly("approvers-not-reached");
    assertThat(text(company.mail(id, AMARA, "approvers-not-reached")))
        .contains("We could not reach Lena Fischer by mail.")
        .contains("Omar Farouk and Ingrid Solberg are asked instead.")
        .contains("Without an answer, your request ends on ");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .containsOnlyOnce("The mail to Lena Fischer came back")
        .doesNotContain("smtp;")
        .contains("Lena Fischer (not reached by mail)")
        .contains("were asked to decide, because the mail before had not got through");

    company.approve(id, OMAR);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, LENA)).as("also of the decision").hasSize(1);
    assertThat(company.kinds(id, INGRID)).endsWith("decided-by-somebody-else");
    company.audited(id);
  }

  @Test
  void whoeverWasNotReachedMayDecideAllTheSame() {
    mailsTo(LENA, Returned.BOUNCE, Duration.ZERO);
    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.desk(LENA).open("/inbox").text()).contains("Amara Okafor");
    company.approve(id, LENA);

    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  @Tag("rounds.returned-mail")
  void aComplaintSomeMinutesLaterMovesTheWaitAtOnce() {
    mailsTo(LENA, Returned.COMPLAINT, Duration.ofMinutes(7));
    var id = company.ask(AMARA, CRM, HOUR);
    company.passMinutes(6);
    assertThat(company.mails(id, OMAR)).isEmpty();

    company.passMinutes(2);

    assertThat(company.kinds(id, OMAR)).containsExactly("escalated");
    assertThat(company.desk(AMARA).open("/requests/" + id).text())
        .contains("The mail to Lena Fischer was reported as spam");
    assertThat(company.runs(id)).as("the wait is woken, and no run begun").hasSize(1);
  }

  @Test
  void whatComesTooLateChangesNothing() {
    mailsTo(LENA, Returned.BOUNCE, Duration.ofMinutes(10));
    var id = company.ask(AMARA, CRM, HOUR);
    company.approve(id, LENA);
    var before = company.events(id);

    company.passMinutes(11);

    assertThat(company.events(id)).isEqualTo(before);
    assertThat(lines(id)).singleElement().asString().contains("changes nothing");
  }

  @Test
  void aNoteThatSomebodyIsOutOfOfficeIsNoEnd() {
    mailsTo(LENA, Returned.TRANSIENT, Duration.ZERO);

    var id = company.ask(AMARA, CRM, HOUR);

    assertThat(company.events(id)).containsExactly("SUBMITTED", "ASKED");
    assertThat(company.logged("mail passed over: its bounce is not for good")).isNotEmpty();
  }

  @Test
  void whatIsForgedChangesNothingAndCannotWriteIntoTheLog() {
    var id = company.ask(AMARA, CRM, HOUR);
    var before = company.events(id);

    send(event(id, "1", "1", "stranger@example.com"));
    send(event(id, "2", "1", LENA));
    send(event(id, "1", "2", LENA));
    send(event(RequestId.of(AMARA, "no such key"), "1", "1", LENA));
    send(event("x\nALARM removal-task", "1", "1", LENA));
    send(event(id, "1", "one", LENA));
    var nothing = JSON.createObjectNode();
    send(nothing);

    assertThat(company.events(id)).isEqualTo(before);
    assertThat(company.logged("mail "))
        .allMatch(
            line -> !line.contains("@") && !line.contains("ALARM") && line.lines().count() == 1)
        .anyMatch(line -> line.endsWith("changes nothing, as there is no such request"))
        .anyMatch(line -> line.endsWith("it asked nobody to decide"));

    send(event(id, "1", "1", "Lena.Fischer@Example.com"));
    assertThat(company.events(id)).contains("MAIL_RETURNED");
  }

  private static List<String> lines(String id) {
    return company.logged("mail BOUNCE request=" + id);
  }

  private static void send(JsonNode event) {
    assertThat(company.daypass().cloud().invoke("ReturnedMailFunction", event).functionError())
        .isNull();
    company.settle();
  }

  private static ObjectNode event(String id, String stage, String round, String to) {
    try {
      var event =
          (ObjectNode) JSON.readTree(Path.of("..", "events", "mail-returned.json").toFile());
      var mail = (ObjectNode) event.at("/detail/mail");
      mail.putArray("destination").add(to);
      var tags = (ObjectNode) mail.path("tags");
      tags.putArray("request").add(id);
      tags.putArray("stage").add(stage);
      tags.putArray("round").add(round);
      return event;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
