package dev.daypass.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The application as people, programs and the target's own administrator see it: over HTTP. */
final class Outside {
  private static final Pattern FORM_TOKEN =
      Pattern.compile("<input type=\"hidden\" name=\"form\" value=\"([^\"]*)\">");

  private final String url;
  private final HttpClient http =
      HttpClient.newBuilder()
          .cookieHandler(new CookieManager())
          .followRedirects(HttpClient.Redirect.NORMAL)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  Outside(String url) {
    this.url = url;
  }

  /** Asks, and answers the request's id. */
  String ask(String who, String runbook, String duration, String reason) {
    var body =
        Wire.JSON
            .createObjectNode()
            .put("runbook", runbook)
            .put("duration", duration)
            .put("reason", reason);
    return json(api("/api/requests", who)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body.toString())))
        .path("id")
        .asText();
  }

  /** A request as its requester sees it. */
  JsonNode request(String id, String who) {
    return json(api("/api/requests/" + id, who));
  }

  void giveBack(String id, String who) {
    json(api("/api/requests/" + id + "/return", who).POST(BodyPublishers.noBody()));
  }

  JsonNode trail(String id, String who) {
    return json(api("/api/audit?request=" + id, who));
  }

  /** The mails to somebody about a request, oldest first. */
  List<JsonNode> mails(String to, String id) {
    var mails = new ArrayList<JsonNode>();
    for (var mail : json(request("/_local/mail?to=" + encoded(to)))) {
      if (mail.path("tags").toString().contains(id)) {
        mails.add(mail);
      }
    }
    return mails;
  }

  /** Opens a mail's link and sends its form. */
  String decide(String link, String code, String decision) {
    var page = text(request(link));
    var token = FORM_TOKEN.matcher(page);
    if (!token.find()) {
      throw new AssertionError("no form at " + link + ":\n" + page);
    }
    var fields =
        Map.of("form", token.group(1), "code", code, "comment", "Fine.", "decision", decision);
    var body =
        fields.entrySet().stream()
            .map(field -> field.getKey() + "=" + encoded(field.getValue()))
            .collect(Collectors.joining("&"));
    return text(
        request(link)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  /** Who is in a group of the target, as the target itself says. */
  List<String> members(String group, String scimToken) {
    var filter = encoded("displayName eq \"" + group + "\"");
    var groups = json(scim("/Groups?filter=" + filter, scimToken));
    var names = new ArrayList<String>();
    for (var member : groups.path("Resources").path(0).path("members")) {
      names.add(
          json(scim("/Users/" + member.path("value").asText(), scimToken))
              .path("userName")
              .asText());
    }
    return names;
  }

  private HttpRequest.Builder scim(String path, String token) {
    return request("/_local/scim/v2" + path).header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder api(String path, String who) {
    var token = json(request("/_local/token?as=" + encoded(who))).path("token").asText();
    return request(path).header("Authorization", "Bearer " + token);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : url + path))
        .timeout(Duration.ofSeconds(60));
  }

  private JsonNode json(HttpRequest.Builder request) {
    try {
      return Wire.JSON.readTree(text(request.header("Accept", "application/json")));
    } catch (IOException notJson) {
      throw new UncheckedIOException(notJson);
    }
  }

  private String text(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(
            "%s %s answered %d:\n%s"
                .formatted(
                    request.method(), request.uri(), response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException unreachable) {
      throw new UncheckedIOException(unreachable);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
