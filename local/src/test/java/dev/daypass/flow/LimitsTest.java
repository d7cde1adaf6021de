package dev.daypass.flow;

import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.YUKI;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often one person may ask with a runbook. */
class LimitsTest {
  private static final String DASHBOARDS = "marketing-analytics";

  private static Company company;

  @BeforeAll
  static void start() {
    company = Company.open();
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @Test
  @Tag("limits.number")
  void whatIsOpenKeepsFromAskingAgainUntilItIsTakenBack() {
    var yuki = company.desk(YUKI);
    var before = yuki.open("/ask/" + DASHBOARDS).form("/ask/" + DASHBOARDS);
    var id = company.ask(YUKI, DASHBOARDS, Duration.ofDays(1));

    var again = ask(yuki, "key-2");
    assertThat(again.status()).isEqualTo(422);
    assertThat(again.reasons()).containsExactly("limit-open", "duration-too-long");
    assertThat(company.json(id).path("status").asText()).isEqualTo("PENDING");

    var form = yuki.open("/ask/" + DASHBOARDS);
    assertThat(form.status()).isEqualTo(200);
    assertThat(form.text())
        .contains("You have this already, waiting or running, and it is possible only once")
        .contains("You can ask when that is over. Look again")
        .doesNotContain("You can ask again all the same", "Why do you need it?");
    var sent = yuki.send(before, Map.of("duration", "P1D", "reason", "short"));
    assertThat(sent.status()).isEqualTo(422);
    assertThat(sent.text())
        .contains(
            "You have this already, waiting or running, and it is possible only once",
            "Please say a little more");
    assertThat(sent.html()).contains("short</textarea>");
    assertThat(yuki.open("/explain?runbook=" + DASHBOARDS).text())
        .contains(
            "You have this already, waiting or running, and it is possible only once",
            "Stands against it");
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + DASHBOARDS).text())
        .contains("Limits At most 1 of one person, waiting or running, at once");

    yuki.post("/api/requests/" + id + "/cancel");
    company.settle();

    assertThat(yuki.open("/ask/" + DASHBOARDS).text()).doesNotContain("waiting or running");
    assertThat(company.ask(YUKI, DASHBOARDS, Duration.ofDays(1))).isNotEqualTo(id);
  }

  private static Answer ask(Desk desk, String key) {
    return desk.ask(
        key, company.body(DASHBOARDS, Duration.ofDays(60), "Campaign of spring").toString());
  }
}
