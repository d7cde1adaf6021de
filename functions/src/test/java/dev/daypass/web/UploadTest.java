package dev.daypass.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTest {
  private static final String TYPE = "multipart/form-data; boundary=----any";

  /** Lines of a body, as a test writes them, with {@code |} for a line end. */
  private static byte[] body(String text) {
    return text.replace("|", "\r\n").getBytes(UTF_8);
  }

  private static final String GOOD =
      "------any|Content-Disposition: form-data; name=\"form\"||secret|"
          + "------any|Content-Disposition: form-data; name=\"file\"; filename=\"péople.csv\"|"
          + "Content-Type: text/csv||a,b|c,d||------any--|";

  private static Upload read(byte[] body, String type) {
    return new Body(body, type).upload(10_000);
  }

  private static int status(byte[] body, String type) {
    try {
      read(body, type);
      return 200;
    } catch (HttpProblem problem) {
      return problem.problem().status();
    }
  }

  @Test
  void fieldsAndFileAreTakenApart() {
    var upload = read(body(GOOD), TYPE);

    assertThat(upload.form().get("form")).isEqualTo("secret");
    assertThat(upload.fileName()).isEqualTo("péople.csv");
    assertThat(new String(upload.file(), UTF_8)).isEqualTo("a,b\r\nc,d\r\n");
    assertThat(upload.size()).isEqualTo(10);
  }

  @Test
  void aFormCanComeWithoutAFile() {
    var form = new Body("note=Out.".getBytes(UTF_8), "application/x-www-form-urlencoded");

    assertThat(form.formOrUpload(10_000).form().get("note")).isEqualTo("Out.");
    assertThat(form.formOrUpload(10_000).fileName()).isEmpty();
    assertThat(form.formOrUpload(10_000).size()).isZero();
    assertThat(new Body(body(GOOD), TYPE).formOrUpload(10_000).size()).isEqualTo(10);
    assertThatThrownBy(() -> new Body(body("{}"), "application/json").formOrUpload(10_000))
        .isInstanceOf(HttpProblem.class);
  }

  @Test
  void theBytesOfTheFileAreWhatTheyAre() {
    var file = new byte[256];
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) i;
    }
    var body =
        ("------any\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n"
                + new String(file, ISO_8859_1)
                + "\r\n------any--\r\n")
            .getBytes(ISO_8859_1);

    assertThat(read(body, TYPE).file()).isEqualTo(file);
  }

  @Test
  void noFileChosenIsAnEmptyOne() {
    var upload =
        read(
            body(
                "------any|Content-Disposition: form-data; name=\"file\"; filename=\"\"|"
                    + "Content-Type: application/octet-stream|||------any--|"),
            TYPE);
    assertThat(upload.fileName()).isEmpty();
    assertThat(upload.file()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"C:\\\\Users\\\\ann\\\\people.csv", "../../people.csv", "/etc/people.csv"})
  void ofAPathTheLastPartCounts(String name) {
    assertThat(read(body(GOOD.replace("péople.csv", name)), TYPE).fileName())
        .isEqualTo("people.csv");
  }

  @Test
  void aNameThatReadsAsWhatItIsNotIsMadeVisible() {
    assertThat(read(body(GOOD.replace("péople.csv", "a\u202Evsc.csv")), TYPE).fileName())
        .isEqualTo("a‹U+202E›vsc.csv");
    assertThat(read(body(GOOD.replace("péople.csv", "x".repeat(500))), TYPE).fileName())
        .hasSize(100)
        .endsWith("…");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "------any",
        "------any--|",
        "no boundary at all",
        "------any|Content-Disposition: form-data; name=\"form\"||never ends",
        "------any|Content-Disposition: form-data||no name|------any--|",
        "------any|Content-Disposition: attachment; name=\"form\"||x|------any--|",
        "------any||no header|------any--|",
      })
  void whatCannotBeTakenApartIsBadInput(String text) {
    assertThat(status(body(text), TYPE)).isEqualTo(400);
  }

  @Test
  void noFieldComesTwiceAndNoSecondFile() {
    var field = "------any|Content-Disposition: form-data; name=\"form\"||x|";
    assertThat(status(body(field + GOOD), TYPE)).isEqualTo(400);
    var file = "------any|Content-Disposition: form-data; name=\"other\"; filename=\"f\"||x|";
    assertThat(status(body(file + GOOD), TYPE)).isEqualTo(400);
  }

  @Test
  void thereIsAnEndToEverything() {
    var many = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      many.append("------any|Content-Disposition: form-data; name=\"n%d\"||x|".formatted(i));
    }
    assertThat(status(body(many + GOOD), TYPE)).isEqualTo(400);
    var longField = new Body(body(GOOD.replace("secret", "x".repeat(65_537))), TYPE);
    assertThatThrownBy(() -> longField.upload(100_000))
        .isInstanceOfSatisfying(
            HttpProblem.class, problem -> assertThat(problem.problem().status()).isEqualTo(400));
    assertThat(status(body(GOOD.replace("text/csv", "x".repeat(5_000))), TYPE)).isEqualTo(400);
    assertThat(status(body(GOOD.replace("a,b", "x".repeat(11_000))), TYPE)).isEqualTo(413);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=\"",
        "multipart/mixed; boundary=----any",
        "application/x-www-form-urlencoded",
        ""
      })
  void theTypeMustSayWhatStandsBetween(String type) {
    assertThat(status(body(GOOD), type)).isEqualTo(400);
  }

  @Test
  void aFieldIsTextInUtf8() {
    var latin = GOOD.replace("|", "\r\n").replace("secret", "sécret").getBytes(ISO_8859_1);
    assertThatThrownBy(() -> read(latin, TYPE))
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("UTF-8");
  }
}
