package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.flow.Company;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.cli.Finding;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.scim.ScimServer;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, titles and groups as an import or a publication can bring them. */
class NamesTest {
  private static final String HTML = "Robert <script>alert(1)</script> \"'&amp; =?UTF-8?Q?=0ABcc?=";
  private static final String FROM_THE_RIGHT = "\u0645\u0631\u064a\u0645 \u062d\u062f\u0627\u062f";
  private static final String GROUP = "crm) or (displayName pr) & id eq <x> %22 + *";
  private static final String QUOTED = "crm\" or displayName pr or id eq \"x\\";

  @TempDir private Path folder;

  private Project project() {
    return Project.in(folder);
  }

  @Test
  void hostileNamesAreNamesEverywhere() {
    var project =
        project()
            .with(
                "runbooks/people.csv",
                "runbooks/people.csv",
                text ->
                    text.replace("Amara Okafor", "\"" + HTML.replace("\"", "\"\"") + "\"")
                        .replace("Lena Fischer", FROM_THE_RIGHT)
                        .replace("Omar Farouk", "=HYPERLINK(1)"))
            .with(
                "runbooks/crm-customer-record.yaml",
                "runbooks/crm-customer-record.yaml",
                text ->
                    text.replace(
                        "title: View a customer record in the CRM",
                        "title: '<b onclick=alert(1)>View</b> {{7*7}} \u05e9\u05dc\u05d5\u05dd'"))
            .with(
                "runbooks/systems/crm.yaml",
                "runbooks/systems/crm.yaml",
                text ->
                    text.replace("title: CRM", "title: 'C<i>RM</i> ${x}'")
                        .replace("group: crm-record-viewers", "group: '" + GROUP + "'"));
    try (var company = Company.open(project.folder(), LocalCloud.Builder::withoutThrottling)) {
      var heard = new CopyOnWriteArrayList<ScimServer.Heard>();
      company.daypass().scim().listen(heard::add);
      var id = company.ask(AMARA, "crm-customer-record", Duration.ofHours(1));
      var mail = company.invitation(id, LENA);
      var path = URI.create(Company.link(mail)).getPath();
      var pages =
          List.of(
              company.desk(AMARA).open("/"),
              company.desk(AMARA).open("/ask/crm-customer-record"),
              company.desk(AMARA).open("/requests/" + id),
              company.desk(LENA).open("/"),
              company.stranger().open(path),
              company.approve(id, LENA),
              company.desk(OMAR).open("/requests/" + id));
      for (var page : pages) {
        assertThat(page.status()).isEqualTo(200);
        Markup.of(page.html());
      }
      assertThat(company.status(id)).isEqualTo("ACTIVE");
      assertThat(company.members(GROUP)).containsExactly(AMARA);
      assertThat(company.desk(OMAR).open("/requests/" + id).text()).contains(HTML);
      // A name from the right is kept apart from the words around it.
      assertThat(company.desk(AMARA).open("/requests/" + id).html())
          .contains("<bdi>" + FROM_THE_RIGHT + "</bdi> approved");
      company
          .desk(OMAR)
          .fill("/requests/" + id, "/requests/" + id + "/revoke", Map.of("reason", "x"));
      company.settle();
      assertThat(company.members(GROUP)).isEmpty();

      for (var each : company.mails(id)) {
        Markup.of(each.html());
        assertThat(each.headers())
            .allSatisfy(header -> assertThat(header.value()).matches("[ -~]*"))
            .noneMatch(header -> header.name().equalsIgnoreCase("Bcc"));
        assertThat(each.subject()).doesNotContainPattern("\\p{Cntrl}");
      }
      assertThat(mail.subject()).contains("Robert", "= ?UTF-8?Q?=0ABcc?=");
      assertThat(company.mail(id, AMARA, "access-until").text())
          .contains("\u2068" + FROM_THE_RIGHT + "\u2069 approved it.");
      assertThat(filters(heard))
          .contains(
              "/_local/scim/v2/Groups?excludedAttributes=members&filter=displayName eq \""
                  + GROUP
                  + "\"");
      company.audited(id);
    }
  }

  private static List<String> filters(List<ScimServer.Heard> heard) {
    return heard.stream()
        .map(each -> URLDecoder.decode(each.target(), StandardCharsets.UTF_8))
        .toList();
  }

  /** The target at hand does not undo escapes in filters: it then finds nothing, not everything. */
  @Test
  void aGroupWithQuotesEndsNoFilterEarly() {
    var project =
        project()
            .with(
                "runbooks/systems/crm.yaml",
                "runbooks/systems/crm.yaml",
                text -> text.replace("group: crm-record-viewers", "group: '" + QUOTED + "'"));
    try (var company = Company.open(project.folder(), LocalCloud.Builder::withoutThrottling)) {
      var heard = new CopyOnWriteArrayList<ScimServer.Heard>();
      company.daypass().scim().listen(heard::add);
      var id = company.ask(AMARA, "crm-customer-record", Duration.ofHours(1));
      company.approve(id, LENA);

      assertThat(filters(heard))
          .contains(
              "/_local/scim/v2/Groups?excludedAttributes=members&filter=displayName eq "
                  + "\"crm\\u0022 or displayName pr or id eq \\u0022x\\u005c\"");
      assertThat(company.status(id)).isEqualTo("FAILED");
      assertThat(heard).allMatch(each -> each.method().equals("GET"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Amara\u202e", "Amara\u2066 Okafor", "Am\u200bara", "Amara\u0000", "\"Amara\nOkafor\"",
        "\"Amara\tOkafor\"", "Amara\u001b[31m", "Amara\u2028Okafor", "Amara\ufffd", "\u200b"
      })
  void aNameThatCannotBeShownIsNotImported(String name) {
    var files =
        PolicyFiles.load(
            project()
                .with(
                    "runbooks/people.csv",
                    "runbooks/people.csv",
                    text -> text.replace("Amara Okafor", name))
                .folder()
                .resolve("runbooks"));
    assertThat(files.isPublishable()).isFalse();
    assertThat(files.findings())
        .extracting(Finding::toString)
        .anyMatch(line -> line.matches("(?s).*people.csv:2: the name .*"))
        .allMatch(line -> line.matches("[^\\p{Cntrl}\\u2028\\u202e\\u2066\\u200b]*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "am\u0430ra.okafor@example.com",
        "amara.o\u212aafor@example.com",
        "amara\u202e@example.com",
        "amara\u0000@example.com",
        "amara@ex\u00e4mple.com",
        "<amara@example.com>"
      })
  void anAddressWithOtherLettersIsNotImported(String address) {
    var files =
        PolicyFiles.load(
            project()
                .with(
                    "runbooks/people.csv",
                    "runbooks/people.csv",
                    text -> text.replace(",amara.okafor@example.com,", "," + address + ","))
                .folder()
                .resolve("runbooks"));
    assertThat(files.findings())
        .extracting(Finding::toString)
        .anyMatch(line -> line.contains("people.csv:2: the email address “"))
        .allMatch(line -> line.matches("[^\\p{Cntrl}\\u202e]*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202e", "\\u2067", "\\u0000", "\\ufffd", "\\u2028", "\\e[31m"})
  void aTitleOrGuidanceThatCannotBeShownIsNotPublished(String escape) {
    for (var key : List.of("title: ", "  hint: ")) {
      var other = folder.resolve(key.strip().replace(":", ""));
      var files =
          PolicyFiles.load(
              Project.in(other)
                  .with(
                      "runbooks/crm-customer-record.yaml",
                      "runbooks/crm-customer-record.yaml",
                      text ->
                          text.replaceFirst(
                              "(?m)^" + key + ".*$", key + "\"View \\" + escape + " it\""))
                  .folder()
                  .resolve("runbooks"));
      assertThat(files.isPublishable()).isFalse();
      assertThat(files.findings())
          .extracting(Finding::toString)
          .anyMatch(line -> line.contains("cannot be shown; take out character 6 (U+"));
    }
  }
}
