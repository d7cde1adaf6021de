package dev.daypass.flow;

import static dev.daypass.flow.Company.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of people as they should not come, without the help of a script. */
class UploadTest {
  private static final String PATH = "/admin/people/import";
  private static final String LIST = "name,email,manager,groups,zone,language\n";
  private static Company company;

  @BeforeAll
  static void start() {
    company = Company.open();
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  private static Page upload(Desk desk, String key, String content) {
    var form = desk.open(PATH).form(PATH);
    var fields = Map.of("form", form.hidden().getOrDefault("form", ""), "key", key);
    return desk.postRaw(PATH, UploadForm.TYPE, UploadForm.of(fields, "people.csv", content));
  }

  /** The second is all that a function can be called with, in base64. */
  @ParameterizedTest
  @ValueSource(ints = {4 * 1024 * 1024 + 1, 4_500_000})
  void whatIsTooLargeIsAnsweredByTheFormItself(int size) {
    int imports = company.count("ImportsTable");
    var page = upload(company.desk(RUTH), "any", "x".repeat(size));
    assertThat(page.status()).isEqualTo(413);
    assertThat(page.text())
        .contains("The file people.csv is larger than 4 MB.", "Ruth Adeyemi", "Runbooks");
    assertThat(page.html()).contains("id=\"wrong-file\"", "href=\"#field-file\"");
    assertThat(page.form(PATH).hidden()).containsKeys("form", "key");
    assertThat(company.count("ImportsTable")).isEqualTo(imports);
  }

  @Test
  void whatIsTooLargeIsStillSomebodysToSend() {
    var large = UploadForm.of(Map.of(), "people.csv", "x".repeat(4_300_000));
    assertThat(company.stranger().postRaw(PATH, UploadForm.TYPE, large).status()).isEqualTo(401);
    var ruth = company.desk(RUTH);
    ruth.open("/");
    assertThat(ruth.postRaw(PATH, UploadForm.TYPE, large).status()).isEqualTo(403);
  }

  @Test
  void aKeyThatIsTooLongIsToldAndNotTakenForAMissingFile() {
    int imports = company.count("ImportsTable");
    var page = upload(company.desk(RUTH), "k".repeat(101), LIST);
    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text())
        .contains("its key has more than 100 characters")
        .doesNotContain("Please choose a file.");
    assertThat(page.form(PATH).hidden().get("key")).hasSizeLessThan(101);
    assertThat(company.count("ImportsTable")).isEqualTo(imports);
  }

  @Test
  void aPartThatIsNoneIsRefused() {
    var ruth = company.desk(RUTH);
    var path = upload(ruth, "parts", LIST + "Zuri Abara,zuri@example.com,,,,\n").path();
    company.settle();
    assertThat(ruth.open(path + "?part=1").status()).isEqualTo(200);
    for (var part : new String[] {"x", "0", "2", "99", "-1", "", "1,2", "1.5"}) {
      var page = ruth.open(path + "?part=" + part);
      assertThat(page.status()).as(part).isEqualTo(400);
      assertThat(page.text()).contains("There is no such part of the list.", "Ruth Adeyemi");
    }
  }

  @Test
  void aPlaceThatIsNoneIsRefusedAndANameThatNoPageKnowsIgnored() {
    var ruth = company.desk(RUTH);
    ruth.open("/");
    var page = ruth.open("/admin/people?next=zzz");
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("This is no page of the list.", "Ruth Adeyemi");
    assertThat(ruth.open("/admin/people?after=zzz").status()).isEqualTo(200);
  }
}
