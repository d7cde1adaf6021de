package dev.daypass.hostile;

import static dev.daypass.flow.Company.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.flow.Company;
import dev.daypass.flow.Desk;
import dev.daypass.flow.Page;
import dev.daypass.flow.UploadForm;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.lambda.FunctionLog;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What somebody can put into a list of people and its name: whatever it is, it is shown as text,
 * beside what is wrong with it or as what would change, and nobody's data changes by it.
 */
class PeopleListsTest {
  private static final String PATH = "/admin/people/import";
  private static final List<String> COLUMNS =
      List.of("name", "email", "manager", "groups", "zone", "language");
  private static final Map<String, String> HARMLESS =
      Map.of("name", "Zuri Abara", "email", "zuri.abara@example.com", "language", "en");

  private static Company company;
  private static final List<FunctionLog.Entry> logged = new CopyOnWriteArrayList<>();

  /** Of what the pages consist if nobody means harm. */
  private static Set<String> usual = Set.of();

  @BeforeAll
  static void open() {
    company = Company.open(LocalCloud.Builder::withoutThrottling);
    company.daypass().cloud().functions().log().listen(logged::add);
    var tags = new HashSet<String>();
    tags.addAll(Markup.of(shown("people.csv", list("name", "Zuri Abara")).html()));
    tags.addAll(Markup.of(shown("people.csv", list("email", "nobody")).html()));
    usual = Set.copyOf(tags);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  private static String list(String column, String value) {
    return String.join(",", COLUMNS) + "\n" + line(column, value) + "\n";
  }

  private static String line(String column, String value) {
    return COLUMNS.stream()
        .map(each -> each.equals(column) ? value : HARMLESS.getOrDefault(each, ""))
        .map(PeopleListsTest::quoted)
        .collect(Collectors.joining(","));
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\"", "\"\"") + "\"";
  }

  /** The page of the import, when the list has been looked at. */
  private static Page shown(String name, String list) {
    var ruth = company.desk(RUTH);
    var begun = upload(ruth, name, list);
    assertThat(begun.path()).as(begun.text()).startsWith("/admin/imports/");
    company.settle();
    var page = ruth.open(begun.path());
    assertThat(page.status()).isEqualTo(200);
    return page;
  }

  private static Page upload(Desk ruth, String name, String list) {
    var form = ruth.open(PATH).form(PATH);
    return ruth.postRaw(PATH, UploadForm.TYPE, UploadForm.of(form.hidden(), name, list));
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void whateverSomebodyIsCalledIsTextAndChangesNobody(Payload payload) {
    isText(list("name", payload.text()));
  }

  /** All at once: each line is told, or shown as what it would change. */
  @ParameterizedTest
  @ValueSource(strings = {"email", "manager", "groups", "zone", "language"})
  void whateverAColumnHoldsIsTextAndChangesNobody(String column) {
    var lines = new StringBuilder(String.join(",", COLUMNS)).append('\n');
    Payload.all().forEach(payload -> lines.append(line(column, payload.text())).append('\n'));
    isText(lines.toString());
  }

  @Test
  void whateverTheHeaderHoldsIsToldAsText() {
    var columns = Payload.all().map(payload -> quoted(payload.text()));
    var page = isText("name,email," + columns.collect(Collectors.joining(",")) + "\n");
    assertThat(page.text()).contains("there is no column");
  }

  private static Page isText(String list) {
    logged.clear();
    int people = company.count("PeopleTable");
    var page = shown("people.csv", list);
    assertThat(usual).containsAll(Markup.of(page.html()));
    assertThat(page.html()).doesNotContainPattern("[\\u202a-\\u202e\\p{Cntrl}&&[^\\n]]");
    assertThat(company.count("PeopleTable")).isEqualTo(people);
    assertThat(logged).isEmpty();
    return page;
  }

  /** As browsers send names (WHATWG HTML, "multipart/form-data encoding algorithm"). */
  @ParameterizedTest
  @MethodSource("payloads")
  void whateverAFileIsCalledIsTextOnEveryPageThatNamesIt(Payload payload) {
    logged.clear();
    var name =
        start(payload).replace("\r", "%0D").replace("\n", "%0A").replace("\"", "%22") + ".csv";
    var page = shown(name, list("name", "Zuri Abara"));
    assertThat(usual).containsAll(Markup.of(page.html()));
    var form = company.desk(RUTH).open(PATH);
    assertThat(form.status()).isEqualTo(200);
    Markup.of(form.html());
    assertThat(form.html()).doesNotContain("<script>alert", "<b>another");
    assertThat(logged).isEmpty();
  }

  /** As much as a file system keeps as a name, 255 bytes. */
  private static String start(Payload payload) {
    var text = payload.text();
    return text.substring(
        0, text.offsetByCodePoints(0, Math.min(60, text.codePointCount(0, text.length()))));
  }

  static Stream<Payload> payloads() {
    return Payload.all();
  }
}
