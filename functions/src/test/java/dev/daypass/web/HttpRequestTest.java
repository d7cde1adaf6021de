package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class HttpRequestTest {
  /** The shape is AWS's: "Working with AWS Lambda proxy integrations for HTTP APIs", format 2.0. */
  private static String event(String body, boolean base64) {
    return """
        {
          "version": "2.0",
          "routeKey": "POST /ask/{runbook}",
          "rawPath": "/ask/crm-view%20customer",
          "rawQueryString": "a=1&a=2&b=x%20y&mine",
          "cookies": ["__Host-daypass-form=abc", "other=a=b", "other=second", "broken"],
          "headers": {"Content-Type": "application/x-www-form-urlencoded", "x-many": "one,two"},
          "queryStringParameters": {"a": "1,2", "b": "x y", "mine": ""},
          "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "id.execute-api.eu-central-1.amazonaws.com",
            "http": {
              "method": "POST",
              "path": "/ask/crm-view%20customer",
              "protocol": "HTTP/1.1",
              "sourceIp": "192.0.2.7",
              "userAgent": "agent"
            },
            "requestId": "JKJaXmPLvHcESHA=",
            "routeKey": "POST /ask/{runbook}",
            "stage": "$default",
            "time": "26/Nov/2026:13:05:00 +0000",
            "timeEpoch": 1795698300000
          },
          "pathParameters": {"runbook": "crm-view customer"},
          "body": "BODY",
          "isBase64Encoded": BASE64
        }
        """
        .replace("BODY", body)
        .replace("BASE64", String.valueOf(base64));
  }

  private static HttpRequest read(String event) throws IOException {
    return HttpRequest.read(new ByteArrayInputStream(event.getBytes(UTF_8)));
  }

  @Test
  void readsWhatTheGatewaySends() throws IOException {
    String form = "reason=Customer+4711%0D%0Asays+%E2%9C%93&duration=PT4H";
    HttpRequest request =
        read(event(Base64.getEncoder().encodeToString(form.getBytes(UTF_8)), true));
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.routeKey()).isEqualTo("POST /ask/{runbook}");
    assertThat(request.path()).isEqualTo("/ask/crm-view%20customer");
    assertThat(request.pathParameter("runbook")).isEqualTo("crm-view customer");
    assertThat(request.query()).containsEntry("a", "1,2").containsEntry("mine", "");
    assertThat(request.header("Content-type")).contains("application/x-www-form-urlencoded");
    assertThat(request.cookies())
        .containsEntry("__Host-daypass-form", "abc")
        .containsEntry("other", "a=b")
        .doesNotContainKey("broken");
    assertThat(request.sourceIp()).isEqualTo("192.0.2.7");
    assertThat(request.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
    assertThat(request.time()).isEqualTo(Instant.ofEpochMilli(1795698300000L));
    assertThat(request.form().get("reason")).isEqualTo("Customer 4711\nsays ✓");
    assertThat(request.form().get("duration")).isEqualTo("PT4H");
    assertThat(request.form().get("absent")).isEmpty();
    assertThat(request.isApi()).isFalse();
  }

  @Test
  void aBodyThatIsNotEncodedIsReadAsItIs() throws IOException {
    assertThat(read(event("reason=plain", false)).form().get("reason")).isEqualTo("plain");
  }

  @Test
  void aCallWithoutOptionalPartsIsReadToo() throws IOException {
    HttpRequest request =
        read(
            """
            {"version":"2.0","routeKey":"GET /","rawPath":"/","rawQueryString":"",
             "headers":{"accept":"text/html"},
             "requestContext":{"http":{"method":"GET","path":"/","sourceIp":"192.0.2.7"},
               "requestId":"id","timeEpoch":1795698300000},
             "isBase64Encoded":false}
            """);
    assertThat(request.cookies()).isEmpty();
    assertThat(request.query()).isEmpty();
    assertThat(request.body().size()).isZero();
  }

  @Test
  void anotherEventIsNotTakenForACall() {
    assertThatThrownBy(() -> read("{\"version\":\"1.0\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0");
  }

  @Test
  void damagedFormsAreRefusedWithAReason() {
    assertThat(refusal("reason=%zz")).contains("hexadecimal");
    assertThat(refusal("reason=abc%2")).contains("hexadecimal");
    assertThat(refusal("reason=abc%")).contains("hexadecimal");
    assertThat(refusal("reason=%C3%28")).contains("UTF-8");
    assertThat(refusal("reason=%ED%A0%80")).contains("UTF-8");
    assertThat(refusal("a=1&b=2&a=3")).contains("twice");
    assertThat(refusal("a=1&%61=3")).contains("twice");
    assertThat(refusal(many(101))).contains("100 fields");
  }

  private static String many(int fields) {
    StringBuilder form = new StringBuilder();
    for (int i = 0; i < fields; i++) {
      form.append("f").append(i).append("=1&");
    }
    return form.toString();
  }

  private static String refusal(String form) {
    try {
      Calls.post("/ask/x", Calls.FORM, form).form();
      throw new AssertionError("was taken: " + form);
    } catch (HttpProblem e) {
      assertThat(e.problem().status()).isEqualTo(400);
      return e.problem().detail();
    }
  }

  @Test
  void oddButValidFormsAreRead() {
    Form form =
        Calls.post("/x", Calls.FORM + "; charset=UTF-8", "&&a=&b&c==&d=x%0D%0Ay%0Bz%E2%80%A8%00")
            .form();
    assertThat(form.fields())
        .containsEntry("a", "")
        .containsEntry("b", "")
        .containsEntry("c", "=")
        .containsEntry("d", "x\ny\nz\n\u0000");
  }

  @Test
  void aBodyInAnotherCharsetOrCodingIsRefusedByName() {
    assertThatThrownBy(() -> Calls.post("/x", Calls.FORM + ";charset=\"UTF-16\"", "a=1").form())
        .isInstanceOf(HttpProblem.class)
        .hasMessage("The body must be text in UTF-8, not in UTF-16.");
  }

  @Test
  void aFormOfAnotherTypeIsRefusedByName() {
    assertThatThrownBy(() -> Calls.post("/x", "text/plain", "a=1").form())
        .isInstanceOf(HttpProblem.class)
        .hasMessageContaining("application/x-www-form-urlencoded")
        .hasMessageContaining("text/plain");
    assertThatThrownBy(() -> Calls.post("/x", "", "a=1").form()).isInstanceOf(HttpProblem.class);
  }

  @Test
  void theLimitIsStatedWhenABodyIsTooLarge() {
    assertThatThrownBy(() -> Calls.post("/x", Calls.FORM, "a=" + "x".repeat(64 * 1024)).form())
        .isInstanceOfSatisfying(
            HttpProblem.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(413);
              assertThat(e.problem().detail()).contains("64 KiB");
            });
  }
}
