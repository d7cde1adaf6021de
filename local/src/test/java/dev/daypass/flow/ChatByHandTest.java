package dev.daypass.flow;

import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.hostile.Project;
import dev.daypass.local.chat.ChatMessage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The channel of a system that no program reaches hears of its owners' tasks. */
class ChatByHandTest {
  private static final String ONBOARDING = "hr-onboarding";
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private static Path folder;

  private static Company company;

  @BeforeAll
  static void open() {
    var project =
        Project.in(folder)
            .with(
                "runbooks/systems/hr.yaml",
                "runbooks/systems/hr.yaml",
                text -> text + "chat:\n  kind: teams\n  webhook: daypass/hr-chat\n")
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

  @Test
  void ofWhatIsToBeSetUpAndWhatIsToBeTakenAwayOnceEach() {
    var id = company.ask(PRIYA, ONBOARDING, HOUR);
    company.approve(id, JOANA);

    assertThat(lines(id))
        .contains(
            "To be set up by hand: access to HR tool for Priya Nair",
            "Access: Onboarding editor in HR tool",
            "With the task: Joana Silva and Ingrid Solberg");
    company.passMinutes(10);
    company.setUp(id, INGRID, "done", "");
    company.passMinutes(61);
    assertThat(company.status(id)).isEqualTo("ENDING");

    assertThat(headings(id))
        .containsExactly(
            "Please decide: Priya Nair asks for Set up a new colleague in the HR tool",
            "To be set up by hand: access to HR tool for Priya Nair",
            "To be taken away by hand: access to HR tool from Priya Nair");
    var last = messages(id).getLast();
    assertThat(last.links()).singleElement().asString().contains("/requests/" + id);
    assertThat(last.mentions()).isEmpty();
    company.takenAway(id, JOANA, "Out.");
    assertThat(headings(id)).hasSize(3);
  }

  @Test
  void ofWhatNobodyKnowsToBeThere() {
    var id = company.ask(PRIYA, ONBOARDING, HOUR);
    company.approve(id, JOANA);
    company.desk(PRIYA).post("/api/requests/" + id + "/return");
    company.settle();

    assertThat(headings(id).getLast())
        .isEqualTo("To be looked after by hand: nothing may be left for Priya Nair in HR tool");
  }

  private static List<ChatMessage> messages(String id) {
    return company.daypass().chat().messages().stream()
        .filter(message -> message.links().getFirst().url().contains(id))
        .toList();
  }

  private static List<String> headings(String id) {
    return messages(id).stream().map(message -> message.lines().getFirst()).toList();
  }

  private static List<String> lines(String id) {
    return messages(id).getLast().lines();
  }
}
