package dev.daypass.local.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScimServerTest {
  private static final String MOUNT = "/_local/scim/v2";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T09:00:00Z"));
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private HttpServer server;
  private ScimServer scim;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    scim = new ScimServer(() -> URI.create(address(MOUNT)), "t0ken", now::get);
    server.createContext(MOUNT, scim);
    server.createContext("/_local/scim/faults", scim.faults().handler());
    server.start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.stop(0);
  }

  @Test
  void usersLiveTheirWholeLife() throws Exception {
    var created = call("POST", "/Users", user("anna@example.com"));
    assertThat(created.statusCode()).isEqualTo(201);
    var id = body(created).path("id").asText();
    assertThat(created.headers().firstValue("Location")).hasValue(address(MOUNT + "/Users/" + id));
    assertThat(created.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/scim+json");

    assertThat(call("POST", "/Users", user("Anna@Example.com")).statusCode()).isEqualTo(409);

    now.updateAndGet(instant -> instant.plusSeconds(60));
    var patched = call("PATCH", "/Users/" + id, patch("replace", "displayName", "\"Anna B.\""));
    assertThat(patched.statusCode()).isEqualTo(200);
    var read = body(call("GET", "/Users/" + id, ""));
    assertThat(read.path("displayName").asText()).isEqualTo("Anna B.");
    assertThat(Instant.parse(read.path("meta").path("created").asText()))
        .isEqualTo("2026-11-22T09:00:00Z");
    assertThat(Instant.parse(read.path("meta").path("lastModified").asText()))
        .isEqualTo("2026-11-22T09:01:00Z");

    assertThat(call("DELETE", "/Users/" + id, "").statusCode()).isEqualTo(204);
    assertThat(call("GET", "/Users/" + id, "").statusCode()).isEqualTo(404);
    assertThat(call("DELETE", "/Users/" + id, "").statusCode()).isEqualTo(404);
  }

  @Test
  void membersComeAndGoByPatch() throws Exception {
    var anna = scim.addUser("anna@example.com", "Anna");
    var ben = scim.addUser("ben@example.com", "Ben");
    var group =
        body(call(
                "POST",
                "/Groups",
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:Group\"],\"displayName\":\"Readers\"}"))
            .path("id")
            .asText();

    for (var id : new String[] {anna, ben, anna}) {
      call(
          "PATCH",
          "/Groups/" + group,
          patch("add", "members", "[{\"value\":\"%s\"}]".formatted(id)));
    }
    assertThat(scim.members("Readers")).containsExactly("anna@example.com", "ben@example.com");
    var member = body(call("GET", "/Groups/" + group, "")).path("members").path(0);
    assertThat(member.path("display").asText()).isEqualTo("anna@example.com");
    assertThat(member.path("type").asText()).isEqualTo("User");
    assertThat(member.path("$ref").asText()).isEqualTo(address(MOUNT + "/Users/" + anna));
    assertThat(
            body(call("GET", "/Users/" + anna, "")).path("groups").path(0).path("display").asText())
        .isEqualTo("Readers");

    call(
        "PATCH",
        "/Groups/" + group,
        patch("remove", "members[value eq \\\"%s\\\"]".formatted(anna), null));
    assertThat(scim.members("Readers")).containsExactly("ben@example.com");
    assertThat(
            call("PATCH", "/Groups/" + group, patch("add", "members", "[{\"value\":\"nobody\"}]"))
                .statusCode())
        .isEqualTo(400);

    call("DELETE", "/Users/" + ben, "");
    assertThat(scim.members("Readers")).isEmpty();
  }

  @Test
  void findsGroupsByTheirMembersWithoutListingThem() throws Exception {
    var anna = scim.addUser("anna@example.com", "Anna");
    var ben = scim.addUser("ben@example.com", "Ben");
    var readers = scim.addGroup("Readers", List.of(anna, ben));
    scim.addGroup("Writers", List.of(ben));

    var found =
        groups(
            "id eq \"%s\" and members.value eq \"%s\"".formatted(readers, anna), "id,displayName");
    assertThat(found.path("totalResults").asInt()).isEqualTo(1);
    assertThat(found.path("Resources").path(0).path("displayName").asText()).isEqualTo("Readers");
    assertThat(found.path("Resources").path(0).has("members")).isFalse();
    assertThat(groups("members.value eq \"%s\"".formatted(ben), "id").path("totalResults").asInt())
        .isEqualTo(2);
    assertThat(
            groups("not (members.value eq \"%s\")".formatted(anna), "displayName")
                .findValuesAsText("displayName"))
        .containsExactly("Writers");
    assertThat(groups("displayName co \"ers\"", "id").path("totalResults").asInt()).isEqualTo(2);
    assertThat(call("GET", "/Groups?filter=" + encoded("what ever"), "").statusCode())
        .isEqualTo(400);
  }

  @Test
  void deliversLongListsInPages() throws Exception {
    for (int i = 0; i < 250; i++) {
      scim.addUser("user%03d@example.com".formatted(i), "User");
    }
    var first = body(call("GET", "/Users", ""));
    assertThat(first.path("totalResults").asInt()).isEqualTo(250);
    assertThat(first.path("Resources")).hasSize(200);
    var second = body(call("GET", "/Users?startIndex=201&sortBy=userName", ""));
    assertThat(second.path("Resources")).hasSize(50);
    assertThat(second.path("Resources").path(49).path("userName").asText())
        .isEqualTo("user249@example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer wrong", "Bearer ", "bearer t0ken x", "Basic dDB0ZW46"})
  void letsNobodyInWithoutTheToken(String authorization) throws Exception {
    scim.addUser("anna@example.com", "Anna");
    var request = HttpRequest.newBuilder(URI.create(address(MOUNT + "/Users")));
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).doesNotContain("anna");
    assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
  }

  @Test
  void refusesWhatIsTooLargeOrNoMethodOfScim() throws Exception {
    assertThat(call("POST", "/Users", " ".repeat((1 << 20) + 1)).statusCode()).isEqualTo(413);
    assertThat(call("TRACK", "/Users", "").statusCode()).isEqualTo(405);
    assertThat(call("GET", "/Nothing", "").statusCode()).isEqualTo(404);
    assertThat(call("POST", "/Users", "{").statusCode()).isEqualTo(400);
  }

  @Test
  void losesNoMemberWhenManyAreAddedAtOnce() throws Exception {
    var group = scim.addGroup("Readers");
    var users = new ArrayList<String>();
    for (int i = 0; i < 40; i++) {
      users.add(scim.addUser("user%d@example.com".formatted(i), "User"));
    }
    try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<HttpResponse<String>>>();
      for (var user : users) {
        var body = patch("add", "members", "[{\"value\":\"%s\"}]".formatted(user));
        calls.add(workers.submit(() -> call("PATCH", "/Groups/" + group, body)));
      }
      for (var call : calls) {
        assertThat(call.get().statusCode()).isEqualTo(200);
      }
    }
    assertThat(scim.members("Readers")).hasSize(40);
  }

  @Test
  void failsAsItIsTold() throws Exception {
    scim.faults().answer(1, 503, "7");
    var answer = call("GET", "/Users", "");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("7");
    assertThat(body(answer).path("status").asText()).isEqualTo("503");

    scim.faults().delay(1, Duration.ofMillis(300));
    long before = System.nanoTime();
    assertThat(call("GET", "/Users", "").statusCode()).isEqualTo(200);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(290));

    scim.faults().down(true);
    assertThatThrownBy(() -> call("GET", "/Users", "")).isInstanceOf(IOException.class);
    scim.faults().down(false);
    assertThat(call("GET", "/Users", "").statusCode()).isEqualTo(200);
  }

  @Test
  void canBeToldToFailOverHttp() throws Exception {
    assertThat(faults("")).isEqualTo("no faults\n");
    assertThat(faults("status=429&retryAfter=3&times=2"))
        .isEqualTo("for the next 2 requests, the first: status 429, Retry-After 3\n");
    assertThat(call("GET", "/Users", "").statusCode()).isEqualTo(429);
    assertThat(faults("clear=true")).isEqualTo("no faults\n");
    assertThat(faults("delay=PT5S")).isEqualTo("for the next request: late by PT5S\n");
    assertThat(faults("down=true")).isEqualTo("down\n");
    assertThat(faults("down=false")).contains("late by");
    for (var wrong :
        new String[] {"x=1", "status=abc", "status=200", "delay=5", "drop=true&times=0"}) {
      assertThat(faults(wrong)).contains("not understood");
    }
  }

  private String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private HttpResponse<String> call(String method, String path, String body) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address(MOUNT + path)))
            .header("Authorization", "Bearer t0ken")
            .header("Content-Type", "application/scim+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode body(HttpResponse<String> answer) throws Exception {
    return json.readTree(answer.body());
  }

  private JsonNode groups(String filter, String attributes) throws Exception {
    return body(call("GET", "/Groups?attributes=" + attributes + "&filter=" + encoded(filter), ""));
  }

  private String faults(String form) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(address("/_local/scim/faults")));
    if (!form.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(form));
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }

  private static String user(String name) {
    return """
    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s"}"""
        .formatted(name);
  }

  private static String patch(String op, String path, @Nullable String value) {
    return """
    {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
     "Operations":[{"op":"%s","path":"%s"%s}]}"""
        .formatted(op, path, value == null ? "" : ",\"value\":" + value);
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
