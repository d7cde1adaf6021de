package dev.daypass.matrix;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Company;
import dev.daypass.flow.UploadForm;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.web.Assets;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every route of {@code template.yaml} for every kind of person and object, against the table in
 * {@code docs/security.md}. Beside the status, each call is held against what holds for all:
 * headers, nothing changed by looking or by a refusal, no page taken without the secret of its
 * form, and what is not yours looks like what does not exist.
 */
class MatrixTest {
  private static final Table TABLE = Table.read();
  private static final Path ACTUAL = Path.of("target", "matrix.md");
  private static final JsonMapper JSON = new JsonMapper();
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String FILE = "file";

  /** Who opens what is attached is for {@code EvidenceTest}: this system is not by hand. */
  private static final String NOTHING_ATTACHED = "0".repeat(64);

  private static final String REASON = "Ticket 4711: the customer sees a wrong balance";

  /**
   * All that holds what people see or have; not the counters of unknown links, nor the sessions,
   * which the way to the sign-in service and back may open.
   */
  private static final List<String> TABLES =
      List.of(
          "RequestsTable",
          "GrantsTable",
          "WaitsTable",
          "InboxTable",
          "PoliciesTable",
          "PeopleTable",
          "ImportsTable",
          "StandInsTable",
          "AuditTable");

  /** What a call can change at once; all else follows from it. */
  private static final List<String> CHANGED =
      List.of("RequestsTable", "GrantsTable", "SessionsTable", "ImportsTable", "StandInsTable");

  /** What does the same whoever is signed in. */
  private static final Set<String> FOR_ANYBODY =
      Set.of(
          "POST /language", "POST /sign-out", "POST /decide/{token}", "POST /decide/{token}/mail");

  private static final Set<String> KINDS = Set.of("waiting", "running", "over", "to decide");

  @TempDir private static Path folder;
  private static Scene scene;

  @BeforeAll
  static void open() {
    scene = new Scene(folder);
  }

  @AfterAll
  static void close() {
    scene.close();
  }

  @Test
  void everyRouteHasItsRowsAndEveryRowARoute() {
    var routes =
        TemplateFile.read(Path.of("..", "template.yaml"))
            .resolve(Map.of(), Place.LOCAL)
            .routes()
            .stream()
            .map(Route::key)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(TABLE.rows().stream().map(Table.Row::route).collect(Collectors.toSet()))
        .isEqualTo(routes);
    assertThat(TABLE.rows().stream().map(row -> row.route() + row.object()))
        .doesNotHaveDuplicates();
    assertThat(TABLE.titles())
        .isEqualTo(
            Stream.concat(Stream.of("route", "object"), Arrays.stream(Who.values()).map(Who::title))
                .toList());
    // A route about a request is tried with one that waits, runs, is over, is missing, is none.
    for (var route : routes) {
      if (route.contains("/requests/{id}") || route.contains("/inbox/{id}")) {
        assertThat(objects(route))
            .as(route)
            .contains("waiting", "running", "over", "missing", "malformed");
      } else if (route.contains("{")) {
        assertThat(objects(route)).as(route).contains("missing");
      }
    }
  }

  private static List<String> objects(String route) {
    return TABLE.rows().stream()
        .filter(row -> row.route().equals(route))
        .map(Table.Row::object)
        .toList();
  }

  @Test
  void everyCellIsAsTheTableSays() throws IOException {
    var actual = new ArrayList<Table.Row>();
    for (var row : TABLE.rows()) {
      actual.add(tried(row));
    }
    Files.writeString(
        ACTUAL, actual.stream().map(Table.Row::toString).collect(Collectors.joining("\n")));
    var differences = new LinkedHashMap<String, String>();
    for (int i = 0; i < actual.size(); i++) {
      for (var who : Who.values()) {
        var expected = TABLE.rows().get(i).cell(who);
        var found = actual.get(i).cell(who);
        if (!found.equals(expected)) {
          differences.put(
              actual.get(i).route() + ", " + actual.get(i).object() + ", " + who.title(),
              "the table says " + expected + ", the application " + found);
        }
      }
    }
    assertThat(differences).as("cells; the table as it would be is in local/" + ACTUAL).isEmpty();
  }

  private static Table.Row tried(Table.Row row) {
    boolean looks = row.route().startsWith("GET ") || row.route().equals("$default");
    if (row.route().contains("{token}") && Set.of("missing", "malformed").contains(row.object())) {
      scene.forgetUnknownLinks();
    }
    var cells = new EnumMap<Who, String>(Who.class);
    // What is asked about is made now, so that nothing else changes while it is looked at.
    call(row, Who.NOBODY);
    scene.company().settle();
    var all = looks ? scene.stored(TABLES) : Map.of();
    var before = looks ? Map.of() : scene.stored(CHANGED);
    for (var who : Who.values()) {
      var call = call(row, who);
      var what = row.route() + " " + row.object() + " " + who.title();
      if (!looks && row.object().equals("own")) {
        // Their own session has been begun for this call.
        before = scene.stored(CHANGED);
      }
      if (assertRefusedWithoutTheSecret(row, who, call)) {
        assertThat(scene.stored(CHANGED)).as(what).isEqualTo(before);
      }
      var answer = call.send(who, scene.formToken(who));
      boolean changed = !looks && !scene.stored(CHANGED).equals(before);
      assertHasTheHeaders(what, row, answer);
      assertLooksLikeNothing(what, row, who, answer);
      cells.put(who, changed ? "**" + cell(answer) + "**" : cell(answer));
      if (changed) {
        assertThat(isDone(answer)).as(what).isTrue();
        KINDS.forEach(kind -> usedIfNamed(row, kind));
        if (row.route().startsWith("POST /sign-out")) {
          scene.signIn(who);
        }
        call(row, Who.NOBODY);
        scene.company().settle();
        before = scene.stored(CHANGED);
      }
    }
    assertThat(looks ? scene.stored(TABLES) : Map.of()).as(row.toString()).isEqualTo(all);
    return new Table.Row(row.route(), row.object(), cells);
  }

  private static void usedIfNamed(Table.Row row, String kind) {
    if (row.object().contains(kind) || row.object().startsWith("link")) {
      scene.used(kind);
    }
  }

  /** What was asked for came about, or the browser is led to where it shows. */
  private static boolean isDone(HttpResponse<String> answer) {
    return answer.statusCode() < 400 && !isLedToSignIn(answer);
  }

  private static boolean isLedToSignIn(HttpResponse<String> answer) {
    return answer.statusCode() == 303
        && answer.headers().firstValue("location").orElse("").matches("/sign-in[?].*");
  }

  private static String cell(HttpResponse<String> answer) {
    return isLedToSignIn(answer) ? "sign in" : Integer.toString(answer.statusCode());
  }

  // What holds for every cell

  private static void assertHasTheHeaders(String what, Table.Row row, HttpResponse<String> answer) {
    var headers = answer.headers();
    assertThat(headers.firstValue("x-content-type-options")).as(what).contains("nosniff");
    assertThat(headers.firstValue("referrer-policy")).as(what).contains("no-referrer");
    assertThat(headers.firstValue("cross-origin-opener-policy")).as(what).contains("same-origin");
    assertThat(headers.firstValue("content-security-policy").orElse(""))
        .as(what)
        .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe");
    boolean sameForAll =
        answer.statusCode() == 200
            && Set.of("GET /assets/{name}", "GET /api/openapi.yaml").contains(row.route());
    if (sameForAll) {
      assertThat(headers.firstValue("cache-control").orElse("")).as(what).startsWith("public");
    } else {
      assertThat(headers.firstValue("cache-control")).as(what).contains("no-store");
    }
  }

  /**
   * A form that another site made up does nothing, whoever's browser sends it; nor does one of a
   * page that was opened there as somebody else.
   *
   * @return whether there is a form at all
   */
  private static boolean assertRefusedWithoutTheSecret(Table.Row row, Who who, Call call) {
    if (!row.route().startsWith("POST ") || row.route().startsWith("POST /api/")) {
      return false;
    }
    for (var secret : List.of("", scene.formToken(other(who)))) {
      var answer = call.send(who, secret);
      var what = row + " " + who.title() + " with \"" + secret + "\"";
      assertThat(isDone(answer)).as(what).isFalse();
      if (Set.of("**303**", "303", "**200**", "200", "422").contains(row.cell(who))) {
        assertThat(answer.statusCode()).as(what).isEqualTo(403);
        assertThat(answer.body()).as(what).contains("This page has become too old");
      }
    }
    if (who != Who.NOBODY && !FOR_ANYBODY.contains(row.route())) {
      var answer = call.send(who, scene.formTokenFor(who, other(who)));
      var what = row + " " + who.title() + " on a page of somebody else";
      assertThat(isDone(answer)).as(what).isFalse();
      if (Set.of("**303**", "303", "**200**", "200", "422").contains(row.cell(who))) {
        assertThat(answer.statusCode()).as(what).isEqualTo(403);
        assertThat(answer.body().replaceAll("<[^>]*>", ""))
            .as(what)
            .contains("You are signed in as somebody else now", other(who).email(), who.email());
      }
    }
    return true;
  }

  private static Who other(Who who) {
    return who == Who.STRANGER ? Who.REQUESTER : Who.STRANGER;
  }

  /** Whoever may not know of something cannot tell it from what does not exist. */
  private static void assertLooksLikeNothing(
      String what, Table.Row row, Who who, HttpResponse<String> answer) {
    boolean hidden =
        (answer.statusCode() == 404 && row.route().contains("{id}"))
            || (answer.statusCode() == 403 && row.object().startsWith("request="));
    if (hidden) {
      var object = row.object().startsWith("request=") ? "request=missing" : "missing";
      var nothing =
          call(new Table.Row(row.route(), object, row.cells()), who)
              .send(who, scene.formToken(who));
      assertThat(nothing.statusCode()).as(what).isEqualTo(answer.statusCode());
      assertThat(withoutAddress(nothing)).as(what).isEqualTo(withoutAddress(answer));
      assertThat(nothing.headers().map().keySet())
          .as(what)
          .isEqualTo(answer.headers().map().keySet());
    }
  }

  /** A page names its own address where a language is chosen on it. */
  private static String withoutAddress(HttpResponse<String> answer) {
    return answer.body().replaceFirst("name=\"next\" value=\"[^\"]*\"", "");
  }

  // The calls

  /** A call that is ready to be sent. */
  private record Call(String method, String path, Map<String, String> fields, String json) {
    HttpResponse<String> send(Who who, String formToken) {
      if (method.equals("GET")) {
        return scene.desk(who).call(method, path, "", "", Map.of());
      }
      if (path.startsWith("/api/")) {
        return scene
            .desk(who)
            .call(
                method,
                path,
                json.isEmpty() ? "" : "application/json",
                json,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
      }
      var form = new LinkedHashMap<>(fields);
      form.put("form", formToken);
      if (form.containsKey(FILE)) {
        var file = String.valueOf(form.remove(FILE));
        var body = UploadForm.of(form, file.isEmpty() ? "" : "people.csv", file);
        return scene.desk(who).call(method, path, UploadForm.TYPE, body, Map.of());
      }
      return scene.desk(who).call(method, path, FORM, encoded(form), Map.of());
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Call call(Table.Row row, Who who) {
    if (row.route().equals("$default")) {
      return nowhere(row.object());
    }
    var method = row.route().split(" ", 2)[0];
    var template = row.route().split(" ", 2)[1];
    var path =
        template
            .replace("{id}", template.contains("{id}") ? id(row, who) : "")
            .replace("{token}", template.contains("{token}") ? token(row.object()) : "")
            .replace("{runbook}", runbook(row.object()))
            .replace("{sha256}", NOTHING_ATTACHED)
            .replace("{name}", name(row.object()));
    return switch (row.route()) {
      case "GET /api/requests" -> get(path + "?" + row.object());
      case "GET /api/audit" -> get(path + "?" + question(row.object(), who));
      case "GET /audit", "GET /audit.csv" ->
          get(row.object().equals("–") ? path : path + "?by=months&from=2026-11&to=2026-11");
      case "GET /explain" -> get(path + explained(row.object()));
      case "GET /stand-in", "GET /api/stand-in", "DELETE /api/stand-in" ->
          new Call(method, path + standInOf(row.object()), Map.of(), "");
      case "POST /stand-in" ->
          form(
              path + standInOf(row.object()),
              Map.of(
                  "do",
                  "name",
                  "standIn",
                  Company.DIEGO,
                  "from",
                  scene.farDay(),
                  "through",
                  scene.farDay(),
                  "reason",
                  "because"));
      case "PUT /api/stand-in" ->
          new Call(
              method,
              path + standInOf(row.object()),
              Map.of(),
              JSON.valueToTree(
                      Map.of(
                          "standIn",
                          Company.INGRID,
                          "from",
                          scene.farDay(),
                          "through",
                          scene.farDay(),
                          "reason",
                          "because"))
                  .toString());
      case "POST /ask/{runbook}" ->
          form(
              path,
              Map.of("duration", "PT1H", "reason", REASON, "key", UUID.randomUUID().toString()));
      case "POST /ask/{runbook}/emergency" ->
          form(
              path,
              Map.of("duration", "PT30M", "reason", REASON, "key", UUID.randomUUID().toString()));
      case "POST /requests/{id}/review" ->
          form(path, Map.of("verdict", "justified", "note", "because"));
      case "POST /api/requests/{id}/review" ->
          json(path, Map.of("verdict", "justified", "note", "because"));
      case "POST /language" ->
          form(path, Map.of("language", row.object().equals("missing") ? "xx" : "en"));
      case "POST /requests/{id}/extend" -> form(path, Map.of("until", scene.later().toString()));
      case "POST /requests/{id}/revoke" -> form(path, Map.of("reason", "because"));
      case "POST /requests/{id}/withdraw-approval" -> form(path, Map.of("comment", "because"));
      case "POST /requests/{id}/set-up" -> form(path, Map.of("result", "done", "note", "so"));
      case "POST /requests/{id}/taken-away" -> form(path, Map.of("note", "because"));
      case "POST /requests/{id}/decide", "POST /inbox/{id}" ->
          form(path, Map.of("decision", "approve", "comment", ""));
      case "POST /decide/{token}" ->
          form(
              path,
              Map.of(
                  "decision",
                  "approve",
                  "code",
                  row.object().equals("link, code") ? scene.code() : ""));
      case "POST /admin/people/import" ->
          form(
              path,
              switch (row.object()) {
                case "a list" -> Map.of("key", UUID.randomUUID().toString(), FILE, scene.list());
                case "no file" -> Map.of("key", UUID.randomUUID().toString(), FILE, "");
                default -> Map.of();
              });
      case "POST /admin/imports/{id}/apply" ->
          form(path, Map.of("plan", scene.planOf(row.object())));
      case "POST /api/requests" ->
          json(
              path, Map.of("runbook", runbook(row.object()), "duration", "PT1H", "reason", REASON));
      case "POST /api/requests/{id}/extend" ->
          json(path, Map.of("until", scene.later().toString()));
      case "POST /api/requests/{id}/revoke" -> json(path, Map.of("reason", "because"));
      case "POST /api/requests/{id}/withdraw-approval" -> json(path, Map.of("comment", "because"));
      case "POST /api/requests/{id}/set-up" -> json(path, Map.of("result", "done", "note", "so"));
      case "POST /api/requests/{id}/taken-away" -> json(path, Map.of("note", "because"));
      case "POST /api/requests/{id}/decisions" -> json(path, Map.of("decision", "approve"));
      // Nothing more to say than the address does; a new route says here what it takes.
      case "GET /",
          "GET /find",
          "GET /inbox",
          "GET /sign-in",
          "GET /sign-in/callback",
          "POST /sign-out",
          "POST /sign-out-everywhere",
          "GET /sessions",
          "POST /sessions/{id}/end",
          "GET /systems",
          "GET /systems/{id}",
          "GET /admin/runbooks",
          "GET /admin/runbooks/{id}",
          "GET /admin/people",
          "GET /admin/people.csv",
          "GET /admin/people/{id}",
          "GET /admin/people/import",
          "GET /admin/imports/{id}",
          "POST /admin/imports/{id}/discard",
          "GET /assets/{name}",
          "GET /ask/{runbook}",
          "GET /ask/{runbook}/emergency",
          "GET /requests/{id}",
          "GET /requests/{id}/decide",
          "GET /requests/{id}/evidence/{sha256}",
          "GET /api/requests/{id}/evidence/{sha256}",
          "GET /decide/{token}",
          "GET /api/openapi.yaml",
          "GET /api/runbooks",
          "GET /api/requests/{id}",
          "POST /requests/{id}/cancel",
          "POST /requests/{id}/return",
          "POST /decide/{token}/mail",
          "POST /api/requests/{id}/cancel",
          "POST /api/requests/{id}/return" ->
          new Call(method, path, Map.of(), "");
      default -> throw new AssertionError("say in MatrixTest what " + row.route() + " takes");
    };
  }

  /** Somebody else is nobody of the table; a reason is needed for them, and does no harm else. */
  private static String standInOf(String object) {
    return switch (object) {
      case "own" -> "?reason=because";
      case "another’s" -> "?reason=because&person=" + Company.GRACE;
      case "missing" -> "?reason=because&person=nobody@example.com";
      default -> throw new AssertionError("say in MatrixTest whose is " + object);
    };
  }

  private static String explained(String object) {
    var another = "?person=" + Company.DIEGO + "&runbook=";
    return switch (object) {
      case "own" -> "?runbook=crm-customer-record";
      case "another’s" -> another + "crm-customer-record";
      case "another’s elsewhere" -> another + "emergency-information";
      case "missing" -> "?runbook=missing";
      default -> "";
    };
  }

  private static Call nowhere(String object) {
    return switch (object) {
      case "a page" -> get("/requests/" + scene.request("waiting") + "/more");
      case "a form’s address" -> get("/requests/" + scene.request("waiting") + "/cancel");
      case "another form’s address" -> get("/inbox/" + scene.request("over") + "?stage=0");
      case "another method" -> form("/inbox", Map.of("decision", "approve"));
      case "a call" -> get("/api/nowhere");
      default -> throw new AssertionError("say in MatrixTest what is " + object);
    };
  }

  private static Call get(String path) {
    return new Call("GET", path, Map.of(), "");
  }

  private static Call form(String path, Map<String, String> fields) {
    return new Call("POST", path, fields, "");
  }

  private static Call json(String path, Map<String, String> fields) {
    return new Call("POST", path, Map.of(), JSON.valueToTree(fields).toString());
  }

  private static String id(Table.Row row, Who who) {
    if (row.route().contains("/systems/{id}") || row.route().contains("/runbooks/{id}")) {
      return policy(row);
    }
    if (row.route().contains("/admin/people/{id}")) {
      return scene.person(row.object());
    }
    if (row.route().contains("/admin/imports/{id}")) {
      return scene.importOf(row.object());
    }
    if (!row.route().contains("/sessions/{id}")) {
      return scene.request(row.object());
    }
    return switch (row.object()) {
      case "own" -> scene.otherSession(who == Who.NOBODY ? Who.STRANGER : who);
      case "another's" -> scene.session(other(who));
      case "malformed" -> Scene.MALFORMED;
      default -> "0".repeat(64);
    };
  }

  private static String policy(Table.Row row) {
    return switch (row.object()) {
      case "the CRM" -> "crm";
      case "for the CRM" -> Scene.RUNBOOK;
      case "malformed" -> Scene.MALFORMED;
      default -> "nothing-like-it";
    };
  }

  private static String token(String object) {
    return switch (object) {
      case "missing" -> "A".repeat(43);
      case "malformed" -> Scene.MALFORMED;
      case "over" -> scene.link("over");
      default -> scene.link();
    };
  }

  private static String runbook(String object) {
    return switch (object) {
      case "for support" -> Scene.RUNBOOK;
      case "for leaders" -> "emergency-information";
      case "malformed" -> Scene.MALFORMED;
      default -> "no-such-runbook";
    };
  }

  private static String name(String object) {
    return switch (object) {
      case "a style sheet" -> new Assets().path("daypass.css").replaceFirst("^/assets/", "");
      case "malformed" -> Scene.MALFORMED;
      default -> "missing.css";
    };
  }

  private static String question(String object, Who who) {
    if (object.startsWith("request=")) {
      return "request=" + scene.request(object.substring("request=".length()));
    }
    return switch (object) {
      case "oneself" -> "person=" + (who == Who.NOBODY ? Who.STRANGER : who).email();
      case "the requester" -> "person=" + Who.REQUESTER.email();
      case "a system" -> "system=crm";
      case "a time" -> "from=2026-11-22&to=2026-11-24";
      default -> object;
    };
  }
}
