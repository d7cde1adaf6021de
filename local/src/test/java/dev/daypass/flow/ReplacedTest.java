package dev.daypass.flow;

import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.MEI_LING;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.link;
import static dev.daypass.flow.Company.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.hostile.Project;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not answer is replaced by others, and told so wherever they look. */
class ReplacedTest {
  private static final String CRM = "crm-customer-record";
  private static final String NOW = "Omar Farouk and Ingrid Solberg are asked instead";
  private static final JsonMapper JSON = new JsonMapper();

  @TempDir private static Path folder;

  private static Company company;

  @BeforeAll
  static void open() {
    var project =
        Project.in(folder)
            .with(
                "runbooks/crm-customer-record.yaml",
                "runbooks/crm-customer-record.yaml",
                text ->
                    text.replace(
                        "escalateTo: owners\n", "escalateTo: owners\n    escalation: replaces\n"))
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

  private static Answer decides(String id, String who, String decision) {
    return company
        .desk(who)
        .post(
            "/api/requests/" + id + "/decisions",
            JSON.createObjectNode().put("decision", decision).put("comment", "I think so."));
  }

  @Test
  @Tag("rounds.escalation")
  void whoIsReplacedIsToldOnceAndCanDecideNowhere() {
    var id = company.ask(MEI_LING, CRM, Duration.ofHours(1));
    assertThat(company.desk(MEI_LING).open("/requests/" + id).text())
        .contains("If it is not decided by then, Omar Farouk and Ingrid Solberg are asked instead");
    assertThat(company.desk(LENA).open("/inbox").text()).contains("Mei-Ling Chen");
    var path = URI.create(link(company.invitation(id, LENA))).getPath();
    var open = company.stranger();
    var form = new HashMap<>(open.open(path).form(path).hidden());
    form.putAll(Map.of("decision", "approve", "code", "123456", "comment", "She called me."));
    company.passMinutes(121);

    var late = open.post(path, form);
    assertThat(late.status()).isEqualTo(409);
    assertThat(late.text()).contains(NOW, "What you typed did not go anywhere", "She called me.");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "reminder", "replaced");
    assertThat(text(company.mail(id, LENA, "replaced")))
        .contains(NOW)
        .contains("your link decides nothing any more");
    assertThat(text(company.mail(id, OMAR, "escalated")))
        .contains("Lena Fischer has not answered, so now you are asked instead.");
    assertThat(company.stranger().open(link(company.invitation(id, LENA))).text())
        .contains("There is nothing left to decide here.", NOW);
    assertThat(company.desk(LENA).open("/requests/" + id + "/decide").text()).contains(NOW);
    assertThat(company.desk(LENA).open("/inbox").text()).doesNotContain("Mei-Ling Chen");
    assertThat(company.count("InboxTable")).isEqualTo(2);
    assertThat(company.desk(MEI_LING).open("/requests/" + id).text())
        .contains("Waiting for Omar Farouk or Ingrid Solberg")
        .contains("Lena Fischer had not answered and is no longer asked");

    var refused = decides(id, LENA, "approve");
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.reasons()).containsExactly("replaced");
    assertThat(refused.at("/errors/0/message")).contains(OMAR, INGRID);
    assertThat(decides(id, LENA, "deny").reasons()).containsExactly("replaced");
    assertThat(company.status(id)).isEqualTo("PENDING");

    company.approve(id, INGRID);
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.kinds(id, LENA)).containsExactly("please-decide", "reminder", "replaced");
    assertThat(company.kinds(id, OMAR)).containsExactly("escalated", "decided-by-somebody-else");
    assertThat(company.desk(RUTH).get("/api/audit?request=" + id).body().toString())
        .contains("\"replaced\":\"" + LENA + "\"");
  }

  @Test
  void beforeAnythingIsSentTheFormSaysWhoIsAskedInstead() {
    assertThat(company.desk(MEI_LING).open("/ask/" + CRM).text()).contains(NOW);
    assertThat(company.desk(MEI_LING).open("/explain?runbook=" + CRM).text()).contains(NOW);
    assertThat(company.desk(RUTH).open("/admin/runbooks/" + CRM).text())
        .contains("only these are asked from then on");
  }
}
