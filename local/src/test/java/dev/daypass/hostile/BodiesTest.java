package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.hostile.Caller.FORM;
import static dev.daypass.hostile.Caller.JSON;
import static dev.daypass.hostile.Caller.encoded;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Company;
import dev.daypass.local.LocalCloud;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are not what they should be: their sender is told what is wrong and where. */
class BodiesTest {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String CRM = "crm-customer-record";
  private static final String GOOD =
      "{\"runbook\":\"crm-customer-record\",\"duration\":\"PT1H\",\"reason\":\"Ticket 4711 \u00e9\ud83e\udd84\"}";

  private static Company company;
  private static Caller amara;
  private static String token = "";
  private static String formToken = "";
  private int requests;

  @BeforeAll
  static void open() {
    company = Company.open(LocalCloud.Builder::withoutThrottling);
    amara = new Caller(company.daypass().url()).as(AMARA);
    token = amara.token(AMARA);
    formToken = encoded(amara.formToken("/ask/" + CRM));
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @BeforeEach
  void count() {
    requests = company.count("RequestsTable");
  }

  @AfterEach
  void nothingIsStored() {
    company.settle();
    assertThat(company.count("RequestsTable")).isEqualTo(requests);
  }

  /**
   * @param octets the body, one character a byte
   * @param says what the answer says, about kind and place
   */
  private record Bad(
      String name,
      String contentType,
      String octets,
      Map<String, String> headers,
      int status,
      String says) {
    static Bad json(String name, String body, int status, String says) {
      return bytes(name, JSON, body.getBytes(UTF_8), status, says);
    }

    static Bad form(String name, String body, int status, String says) {
      return bytes(name, FORM, body.getBytes(UTF_8), status, says);
    }

    static Bad bytes(String name, String type, byte[] body, int status, String says) {
      return new Bad(name, type, new String(body, ISO_8859_1), Map.of(), status, says);
    }

    Bad with(String header, String value) {
      return new Bad(name, contentType, octets, Map.of(header, value), status, says);
    }

    byte[] body() {
      return octets.getBytes(ISO_8859_1);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static HttpResponse<String> api(
      String contentType, byte[] body, Map<String, String> more) {
    var headers = new HashMap<>(more);
    headers.put("Authorization", "Bearer " + token);
    headers.put("Idempotency-Key", UUID.randomUUID().toString());
    return amara.send("POST", "/api/requests", contentType, body, headers);
  }

  static Stream<Bad> bodies() {
    return Stream.of(
        Bad.json("too large for us", GOOD + " ".repeat(64 * 1024), 413, "At most 64 KiB"),
        Bad.json("too large for a function", " ".repeat(7 << 20), 413, "Request Too Long"),
        Bad.json("too large for the gateway", " ".repeat(11 << 20), 413, "Entity Too Large"),
        Bad.json("too deep", deep("x", "[", "]", 21), 400, "20 levels of nesting"),
        Bad.json("far too deep", deep("x", "{\"a\":", "}", 9_000), 400, "20 levels of nesting"),
        Bad.json("deep without an end", "[".repeat(60_000), 400, "must be a JSON object"),
        Bad.json("a huge number", "{\"reason\":" + "9".repeat(5_000) + "}", 400, "digits"),
        Bad.json("a huge exponent", "{\"reason\":1e999999999}", 400, "\\\"reason\\\" must be text"),
        Bad.json(
            "a number as text", "{\"reason\":4711}", 400, "\\\"reason\\\" must be text in quotes"),
        Bad.json("true as text", "{\"ticket\":true}", 400, "\\\"ticket\\\" must be text in quotes"),
        Bad.json("a list as text", "{\"runbook\":[\"crm\"]}", 400, "\\\"runbook\\\" must be text"),
        Bad.json(
            "an object as text", "{\"duration\":{\"h\":1}}", 400, "\\\"duration\\\" must be text"),
        Bad.json("a list", "[]", 400, "must be a JSON object"),
        Bad.json("a text", "\"x\"", 400, "must be a JSON object"),
        Bad.json("null", "null", 400, "must be a JSON object"),
        Bad.json("nothing", "", 400, "must be a JSON object"),
        Bad.json("only blanks", " \n\t ", 400, "JSON"),
        Bad.json("two objects", GOOD + GOOD, 400, "JSON"),
        Bad.json("a field twice", "{\"reason\":\"a\",\"reason\":\"b\"}", 400, "reason"),
        Bad.json(
            "a field twice, once escaped",
            "{\"reason\":\"a\",\"re\\u0061son\":\"b\"}",
            400,
            "reason"),
        Bad.json("an unknown field twice", "{\"x\":1,\"x\":2}", 400, "x"),
        Bad.json("comments", "{/* no */\"reason\":\"a\"}", 400, "not valid JSON"),
        Bad.json("single quotes", "{'reason':'a'}", 400, "line 1, column 2"),
        Bad.json("NaN", "{\"reason\":NaN}", 400, "line 1"),
        Bad.json("a raw line end in a text", "{\"reason\":\"a\nb\"}", 400, "line 1"),
        Bad.json("a NUL", "{\"reason\":\u0000}", 400, "line 1"),
        Bad.json("half a pair", "{\"reason\":\"ab\\ud83d\"}", 400, "character 3 of \\\"reason"),
        Bad.json(
            "a pair the wrong way round", "{\"ticket\":\"\\ude00\\ud83d\"}", 400, "character 1 of"),
        Bad.json(
            "half a pair in a name",
            "{\"re\\ud83dason\":\"x\"}",
            400,
            "Broken surrogate pair in field name"),
        Bad.json("a bad escape", "{\"reason\":\"\\x41\"}", 400, "line 1"),
        Bad.json("a short escape", "{\"reason\":\"\\u12\"}", 400, "line 1"),
        Bad.json("a byte order mark", "\ufeff" + GOOD, 400, "not valid JSON"),
        Bad.bytes("UTF-16", JSON, GOOD.getBytes(UTF_16), 400, "JSON"),
        Bad.bytes("UTF-16 without a mark", JSON, GOOD.getBytes(UTF_16LE), 400, "JSON"),
        Bad.bytes("Latin 1", JSON, GOOD.getBytes(ISO_8859_1), 422, "lost on its way"),
        Bad.bytes("CESU-8", JSON, hex("7b22726561736f6e223a22eda0bdedb88022", "227d"), 400, ""),
        Bad.bytes("overlong UTF-8", JSON, hex("7b22726561736f6e223a22c0af", "227d"), 422, ""),
        Bad.bytes(
            "another charset", JSON + "; charset=utf-16", GOOD.getBytes(UTF_8), 400, "in UTF-8"),
        Bad.bytes(
            "a made-up charset", JSON + ";charset=\"x\"", GOOD.getBytes(UTF_8), 400, "in UTF-8"),
        Bad.bytes("no type", "", GOOD.getBytes(UTF_8), 400, "unnamed type"),
        Bad.bytes("plain text", "text/plain", GOOD.getBytes(UTF_8), 400, "not text/plain"),
        Bad.bytes("a form", FORM, "runbook=crm".getBytes(UTF_8), 400, "must be JSON"),
        Bad.bytes("almost JSON", "application/json-seq", GOOD.getBytes(UTF_8), 400, "must be JSON"),
        Bad.bytes("gzip", JSON, gzip(GOOD), 400, "JSON"),
        Bad.bytes("gzip that says so", JSON, gzip(GOOD), 400, "content encoding")
            .with("Content-Encoding", "gzip"),
        Bad.json("a coding that is not there", GOOD, 400, "content encoding")
            .with("Content-Encoding", "br, gzip"));
  }

  private static String deep(String field, String open, String close, int levels) {
    return "{\"" + field + "\":" + open.repeat(levels) + "1" + close.repeat(levels) + "}";
  }

  private static byte[] hex(String... parts) {
    return HexFormat.of().parseHex(String.join("", parts));
  }

  private static byte[] gzip(String text) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void aBadBodyIsAnsweredWithWhatIsWrong(Bad bad) {
    var answer = api(bad.contentType(), bad.body(), bad.headers());
    Caller.assertIsAProperRefusal(bad.name(), answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
    assertThat(answer.body()).contains(bad.says()).doesNotContain("com.fasterxml", "StreamRead");
  }

  static Stream<Bad> forms() {
    return Stream.of(
        Bad.form("too large", "reason=" + "x".repeat(70_000), 413, "At most 64 KiB"),
        Bad.form("a field twice", "reason=a&reason=b", 400, "\"reason\" was sent twice"),
        Bad.form("a field twice, once escaped", "reason=a&%72eason=b", 400, "was sent twice"),
        Bad.form("the secret twice", "form=a", 400, "\"form\" was sent twice"),
        Bad.form("a broken escape", "reason=100%", 400, "hexadecimal"),
        Bad.form("no UTF-8", "reason=%ff%fe", 400, "its text is not UTF-8"),
        Bad.form("overlong UTF-8", "reason=%c0%af", 400, "its text is not UTF-8"),
        Bad.form("half a pair", "reason=%ed%a0%bd", 400, "its text is not UTF-8"),
        Bad.bytes("raw Latin 1", FORM, "reason=\u00e9".getBytes(ISO_8859_1), 400, "not UTF-8"),
        Bad.form("many fields", "a=1&" + many(), 400, "more than 100 fields"),
        Bad.bytes(
            "another charset",
            FORM + "; charset=ISO-8859-1",
            "a=1".getBytes(UTF_8),
            400,
            "in UTF-8"),
        Bad.bytes("JSON", JSON, GOOD.getBytes(UTF_8), 400, "must be a form"),
        Bad.bytes(
            "parts",
            "multipart/form-data; boundary=x",
            "--x--".getBytes(UTF_8),
            400,
            "must be a form"),
        Bad.bytes("no type", "", "a=1".getBytes(UTF_8), 400, "must be a form"),
        Bad.bytes("gzip that says so", FORM, gzip("reason=a"), 400, "content encoding")
            .with("Content-Encoding", "gzip"),
        Bad.bytes("gzip", FORM, gzip("reason=a"), 400, "damaged"),
        Bad.form("nothing", "", 422, "Please say why you need this access"));
  }

  private static String many() {
    var fields = new StringBuilder();
    for (int i = 0; i < 120; i++) {
      fields.append('f').append(i).append("=&");
    }
    return fields.toString();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void aBadFormIsAnsweredWithAPageThatSaysWhatIsWrong(Bad bad) {
    var start = ("form=" + formToken + "&key=k&").getBytes(UTF_8);
    boolean whole = bad.contentType().startsWith(FORM) && !bad.name().startsWith("gzip");
    var body = whole ? concat(start, bad.body()) : bad.body();
    var answer = amara.send("POST", "/ask/" + CRM, bad.contentType(), body, bad.headers());
    Caller.assertIsAProperRefusal(bad.name(), answer);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
    assertThat(answer.body().replaceAll("</?bdi>", "")).contains(bad.says());
  }

  private static byte[] concat(byte[] one, byte[] other) {
    var both = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, both, one.length, other.length);
    return both;
  }

  @Test
  void aBodyThatWasCutOffAnywhereIsRefused() {
    var whole = GOOD.getBytes(UTF_8);
    for (int length = 0; length < whole.length; length++) {
      var answer = api(JSON, Arrays.copyOf(whole, length), Map.of());
      Caller.assertIsAProperRefusal("cut after " + length, answer);
      assertThat(answer.statusCode()).isEqualTo(400);
    }
  }

  @Test
  void aDecisionForAStageThatIsNoneIsRefused() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(1));
    requests++;
    var before = company.stored(id);
    var lena = amara.token(LENA);
    for (var stage :
        new String[] {
          "-1",
          "1",
          "2147483647",
          "-2147483648",
          "99999999999999999999",
          "1e9",
          "0.5",
          "0.0",
          "\"0\"",
          "[0]",
          "{}",
          "true"
        }) {
      var answer =
          amara.send(
              "POST",
              "/api/requests/" + id + "/decisions",
              JSON,
              ("{\"decision\":\"approve\",\"stage\":" + stage + "}").getBytes(UTF_8),
              Map.of("Authorization", "Bearer " + lena));
      Caller.assertIsAProperRefusal("stage " + stage, answer);
      assertThat(answer.statusCode()).as(stage).isEqualTo(400);
    }
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
  }

  @Test
  void aDurationThatIsNoneIsRefused() {
    for (var duration :
        new String[] {
          "PT9999999999999H",
          "P106751991167300DT1H",
          "PT9223372036854775807S",
          "-PT1H",
          "PT-1H",
          "PT0S",
          "PT0.000000001S",
          "P1Y",
          "P1M",
          "PT1h30",
          "1",
          "PT\u0661H",
          "PT1H\u0000",
          "PT" + "9".repeat(2_000) + "H"
        }) {
      var body = company.body(CRM, Duration.ZERO, "Ticket 4711 and more").put("duration", duration);
      var answer = api(JSON, body.toString().getBytes(UTF_8), Map.of());
      Caller.assertIsAProperRefusal(duration, answer);
      assertThat(answer.statusCode()).as(duration).isEqualTo(422);
      assertThat(answer.body()).contains("duration-");
    }
  }

  @Test
  void aWrongBase64FlagIsTheSendersProblem() throws IOException {
    for (var flagged :
        new String[][] {
          {GOOD, "true"}, {Base64.getEncoder().encodeToString(GOOD.getBytes(UTF_8)), "false"}
        }) {
      var event = MAPPER.createObjectNode().put("version", "2.0");
      event.put("routeKey", "POST /api/requests").put("rawPath", "/api/requests");
      event
          .putObject("headers")
          .put("content-type", JSON)
          .put("authorization", "Bearer " + token)
          .put("idempotency-key", "any");
      var context = event.putObject("requestContext");
      context.put("requestId", "id").put("timeEpoch", 0);
      context.putObject("http").put("method", "POST").put("sourceIp", "127.0.0.1");
      event.put("body", flagged[0]).put("isBase64Encoded", Boolean.parseBoolean(flagged[1]));
      var answer = company.daypass().cloud().invoke("RequestFunction", event);
      assertThat(answer.functionError()).isNull();
      assertThat(MAPPER.readTree(answer.payload()).path("statusCode").asInt()).isEqualTo(400);
    }
  }
}
