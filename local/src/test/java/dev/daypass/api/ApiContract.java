package dev.daypass.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Holds what the API answers against its description. Every test that calls the API does so through
 * here, so that a status, media type, header or field that is not described fails the test that
 * meets it.
 */
public final class ApiContract {
  private static final OpenApi API = OpenApi.read();

  /** Of the connection, not of the API; and the type, which is checked by itself. */
  private static final Set<String> NOT_DESCRIBED =
      Set.of("content-length", "content-type", "date", "transfer-encoding", "connection");

  private static final String UNDER_HTTPS = "strict-transport-security";

  /** An answer of an operation. */
  public record Seen(String operation, int status) {}

  private ApiContract() {}

  /**
   * The same answer, if it is one that the description knows; answers of anything but the API pass.
   *
   * @throws AssertionError that says what is not described
   */
  public static HttpResponse<String> checked(HttpResponse<String> answer) {
    seen(answer);
    return answer;
  }

  /** As {@link #checked}; empty if no operation answered. */
  public static Optional<Seen> seen(HttpResponse<String> answer) {
    var path = answer.request().uri().getRawPath();
    if (!OpenApi.decoded(path).startsWith("/api/")) {
      return Optional.empty();
    }
    var found = API.operation(answer.request().method(), path);
    if (found.isEmpty()) {
      // No call that there is; but an answer in the form of all others.
      if (answer.statusCode() != 404
          || !answer
              .headers()
              .firstValue("content-type")
              .orElse("")
              .equals("application/problem+json")
          || !answer.body().contains("\"urn:daypass:problem:not-found\"")) {
        throw wrong(answer, List.of("no such operation is described"));
      }
      return Optional.empty();
    }
    var operation = found.get();
    var problems = violations(operation, answer);
    if (!problems.isEmpty()) {
      throw wrong(answer, problems);
    }
    return Optional.of(new Seen(operation.route(), answer.statusCode()));
  }

  private static AssertionError wrong(HttpResponse<String> answer, List<String> problems) {
    return new AssertionError(
        "openapi.yaml does not describe this answer to "
            + answer.request().method()
            + " "
            + answer.request().uri()
            + ":\n- "
            + String.join("\n- ", problems)
            + "\n"
            + answer.statusCode()
            + " "
            + answer.headers().map()
            + "\n"
            + answer.body());
  }

  static List<String> violations(OpenApi.Operation operation, HttpResponse<String> answer) {
    var status = Integer.toString(answer.statusCode());
    if (!operation.node().path("responses").has(status)) {
      return List.of("the status " + status);
    }
    var response = API.resolved(operation.node().path("responses").path(status));
    var type = answer.headers().firstValue("content-type").orElse("").split(";", 2)[0].strip();
    var problems = new ArrayList<String>();
    var content = response.path("content");
    if (content.isMissingNode()) {
      if (!answer.body().isEmpty()) {
        problems.add("a body");
      }
    } else if (!content.has(type)) {
      problems.add("the media type " + type);
    } else {
      problems.addAll(body(content.path(type).path("schema"), type, answer.body()));
    }
    problems.addAll(headers(response, type, answer));
    return problems;
  }

  private static List<String> body(JsonNode schema, String type, String body) {
    try {
      var value = type.endsWith("json") ? OpenApi.JSON.readTree(body) : new TextNode(body);
      return API.violations(schema, value, true);
    } catch (JsonProcessingException noJson) {
      return List.of("a body that is no JSON");
    }
  }

  private static List<String> headers(JsonNode response, String type, HttpResponse<String> answer) {
    var described =
        response.path("headers").properties().stream()
            .collect(
                Collectors.toMap(
                    one -> one.getKey().toLowerCase(Locale.ROOT),
                    one -> API.resolved(one.getValue())));
    var problems = new ArrayList<String>();
    var given = new TreeSet<>(answer.headers().map().keySet());
    for (var name : given) {
      if (described.containsKey(name)) {
        var value = new TextNode(String.join(", ", answer.headers().allValues(name)));
        API.violations(described.get(name).path("schema"), value, true)
            .forEach(each -> problems.add("the header " + name + ": " + each));
      } else if (!NOT_DESCRIBED.contains(name)) {
        problems.add("the header " + name);
      }
    }
    // What the gateway answers by itself has no headers of ours.
    boolean ours = answer.statusCode() < 400 || !type.equals("application/json");
    if (ours) {
      described.keySet().stream()
          .filter(name -> !given.contains(name) && !name.equals(UNDER_HTTPS))
          .forEach(name -> problems.add("that the header " + name + " is missing"));
    }
    return problems;
  }
}
