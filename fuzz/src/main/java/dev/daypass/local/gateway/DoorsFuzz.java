package dev.daypass.local.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.approval.ApprovalHandler;
import dev.daypass.audit.AuditQueryHandler;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Company;
import dev.daypass.fuzz.Issuer;
import dev.daypass.oversee.OverseeHandler;
import dev.daypass.people.PeopleHandler;
import dev.daypass.request.RequestHandler;
import dev.daypass.signin.SignInHandler;
import dev.daypass.store.Imports;
import dev.daypass.store.Links;
import dev.daypass.store.Sessions;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whole calls, routed and handed over as the gateway does it, to the functions that answer people.
 * Whatever is sent is answered, and the fault is never ours.
 */
public final class DoorsFuzz {
  /** What the links of mails hold, and forms: known to whoever writes seeds. */
  private static final String LINK = "fuzz-link";

  private static final String IMPORT = "0123456789abcdef0123456789abcdef";

  private static final String FORM_COOKIE = "daypass-form=" + "A".repeat(43);
  private static final String REQUESTER = "amara.okafor@example.com";
  private static final String APPROVER = "lena.fischer@example.com";
  private static final Pattern SCRIPT =
      Pattern.compile(
          "<script(?! src=\"/assets/daypass\\.[0-9a-f]{16}\\.js\" defer></script>)"
              + "|(href|src|action)=[\"']?\\s*javascript:",
          Pattern.CASE_INSENSITIVE);
  private static final JsonMapper JSON = new JsonMapper();
  private static final Company COMPANY = new Company();
  private static final Router ROUTER = new Router(COMPANY.template().routes());
  private static final Map<String, String> TOKENS = new HashMap<>();
  private static final Map<String, RequestStreamHandler> FUNCTIONS =
      Map.of(
          "RequestFunction", new RequestHandler(COMPANY.app("RequestFunction")),
          "ApprovalFunction", new ApprovalHandler(COMPANY.app("ApprovalFunction")),
          "AdminFunction", new OverseeHandler(COMPANY.app("AdminFunction")),
          "PeopleFunction", new PeopleHandler(COMPANY.app("PeopleFunction")),
          "AuditQueryFunction", new AuditQueryHandler(COMPANY.app("AuditQueryFunction")),
          "SignInFunction", new SignInHandler(COMPANY.app("SignInFunction")));

  /** Session ids by person. */
  private static final Map<String, String> SESSIONS = new HashMap<>();

  static {
    for (var email :
        List.of(
            REQUESTER,
            APPROVER,
            "omar.farouk@example.com",
            "nobody@example.com",
            "ruth.adeyemi@example.com")) {
      TOKENS.put(email, Issuer.one().token(email));
      SESSIONS.put(email, session(email));
    }
    ask();
    upload();
  }

  private DoorsFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /** Signs somebody in, as the sign-in does in the end. */
  private static String session(String email) {
    var id = Sessions.newId(email, new Random(email.hashCode()));
    new Sessions(COMPANY.shelves(), COMPANY.table("SessionsTable"))
        .open(
            new Sessions.Session(
                Sessions.hashOfId(id),
                email,
                Issuer.NOW,
                Issuer.NOW,
                Issuer.NOW.plus(Duration.ofDays(1)),
                Duration.ofHours(8),
                Issuer.NOW,
                List.of(),
                "Firefox on Linux",
                "192.0.2.7"));
    return id;
  }

  /** One request is there before each input, with the link that its approver was sent. */
  private static void ask() {
    var asked =
        call(
            """
            POST /api/requests
            as: amara.okafor@example.com
            idempotency-key: seed
            content-type: application/json

            {"runbook":"crm-customer-record","reason":"Ticket 4711: wrong balance"}\
            """
                .getBytes(UTF_8));
    var answer = asked.orElseThrow();
    Check.that(answer.path("statusCode").asInt() == 201, "the first request", answer);
    try {
      var id = JSON.readTree(answer.path("body").asText()).path("id").asText();
      new Links(COMPANY.shelves(), COMPANY.table("LinksTable"))
          .put(
              new Links.Link(
                  Links.hashOfSecret(LINK),
                  id,
                  0,
                  0,
                  APPROVER,
                  Links.hashOfCode("salt", "123456"),
                  "salt",
                  0,
                  Issuer.NOW.plus(Duration.ofDays(30))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    COMPANY.shelves().keep();
    COMPANY.logged();
  }

  /** A list of people with one more than there are waits for somebody to have it done. */
  private static void upload() {
    try {
      var home = Path.of(System.getProperty("daypass.home", ".."));
      var list =
          Files.readString(home.resolve("runbooks/people.csv"))
              + "Fay Zuniga,fay.zuniga@example.com,,support,UTC,en\n";
      var file = list.getBytes(UTF_8);
      var imports = new Imports(COMPANY.shelves(), COMPANY.table("ImportsTable"));
      var who = "ruth.adeyemi@example.com";
      imports.begin(Imports.Import.of(IMPORT, who, Issuer.NOW, "people.csv", file), file);
      COMPANY.app("ImportFunction").imports().step(IMPORT);
      Check.same(
          imports.find(IMPORT).orElseThrow().state(), Imports.State.READY, "the first import");
      COMPANY.shelves().keep();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The input is a call as HTTP/1.1 writes it: method and address, headers, an empty line, the
   * body. The header {@code as} signs somebody in.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    COMPANY.shelves().reset();
    var answer = call(data);
    if (answer.isEmpty()) {
      return;
    }
    check(answer.get(), data);
  }

  private static void check(JsonNode answer, byte[] data) {
    int status = answer.path("statusCode").asInt();
    var logged = COMPANY.logged();
    if (!isSaidByTheProvider(status, logged)) {
      Check.that(status >= 200 && status < 500, "our fault", status + " " + logged);
      Check.that(logged.isEmpty(), "a failure", logged);
    }
    var headers = answer.path("headers");
    headers.forEach(value -> Check.showsOnOneLine(value.asText()));
    answer.path("cookies").forEach(value -> Check.showsOnOneLine(value.asText()));
    Check.that(headers.has("content-security-policy"), "without its guards", headers);
    var body = answer.path("body").asText();
    var type = headers.path("content-type").asText();
    Check.that(!type.startsWith("text/html") || !SCRIPT.matcher(body).find(), "a script", body);
    if (type.startsWith("application/problem+json")) {
      try {
        var problem = JSON.readTree(body);
        Check.that(problem.path("status").asInt() == status, "a problem says its status", problem);
        Check.shows(problem.path("detail").asText());
      } catch (IOException noJson) {
        throw new AssertionError("a problem document that is no JSON", noJson);
      }
    }
    Check.that(
        !type.equals("application/json") || status < 400, "an error that is no problem document");
    if (status == 303) {
      var to = headers.path("location").asText();
      boolean ours = to.startsWith("/") && !to.startsWith("//");
      boolean signsIn =
          to.startsWith(Issuer.one().address() + "/authorize?")
              || to.startsWith("http://127.0.0.1/sign-in?here=1&");
      Check.that(
          ours || (signsIn && new String(data, ISO_8859_1).startsWith("GET /sign-in")),
          "leads elsewhere",
          to);
    }
    var text = new String(data, ISO_8859_1);
    boolean changed =
        Stream.of(
                "RequestsTable",
                "GrantsTable",
                "WaitsTable",
                "InboxTable",
                "PeopleTable",
                "ImportsTable")
            .anyMatch(table -> !COMPANY.shelves().isUnchanged(COMPANY.table(table)));
    Check.that(!changed || text.startsWith("POST "), "only a POST changes anything");
    Check.that(
        !changed
            || text.toLowerCase(Locale.ROOT).contains("\nas:")
            || text.startsWith("POST /decide/"),
        "a stranger changed something");
    Check.that(!changed || status < 400, "refused and changed all the same", status);
  }

  /**
   * Whether an answer to a sign-in names an error that is neither the visitor's nor ours: an
   * administrator must know, and the visitor is told so.
   */
  private static boolean isSaidByTheProvider(int status, List<String> logged) {
    return status == 503
        && logged.size() == 1
        && logged.getFirst().contains(" to GET /sign-in/callback: the sign-in service answered ");
  }

  /** Hands a call over as {@link HttpApi} does; empty if no route takes it. */
  private static Optional<JsonNode> call(byte[] data) {
    int end = end(data);
    var lines = new String(data, 0, end, ISO_8859_1).split("\r?\n", -1);
    var first = lines[0].split(" ", 3);
    var address = first.length < 2 ? "/" : first[1];
    int mark = address.indexOf('?');
    var rawPath = mark < 0 ? address : address.substring(0, mark);
    var match = ROUTER.match(first[0], rawPath);
    if (match.isEmpty()) {
      return Optional.empty();
    }
    var event = JSON.createObjectNode();
    var path = Urls.decodePath(rawPath);
    event.put("version", "2.0").put("routeKey", match.get().route().key()).put("rawPath", path);
    var headers = event.putObject("headers");
    var cookies = event.putArray("cookies");
    for (var line : Arrays.asList(lines).subList(1, lines.length)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        var name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        var value = line.substring(colon + 1).strip();
        switch (name) {
          case "cookie" -> Arrays.stream(value.split(";")).map(String::strip).forEach(cookies::add);
          case "as" -> {
            var token = TOKENS.getOrDefault(value, value);
            headers.put("authorization", "Bearer " + token);
            cookies.add("daypass-session=" + SESSIONS.getOrDefault(value, value));
            cookies.add(FORM_COOKIE);
          }
          default -> headers.put(name, value);
        }
      }
    }
    if (mark >= 0 && mark + 1 < address.length()) {
      event.set(
          "queryStringParameters", JSON.valueToTree(Urls.parameters(address.substring(mark + 1))));
    }
    if (!match.get().parameters().isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(match.get().parameters()));
    }
    event
        .putObject("requestContext")
        .put("requestId", "JKJaXmPLvHcESHA=")
        .put("timeEpoch", Issuer.NOW.toEpochMilli())
        .putObject("http")
        .put("method", first[0])
        .put("path", path)
        .put("sourceIp", "192.0.2.7");
    if (end < data.length) {
      event
          .put("isBase64Encoded", true)
          .put(
              "body",
              Base64.getEncoder().encodeToString(Arrays.copyOfRange(data, end, data.length)));
    }
    return Optional.of(answer(match.get().route().function(), event));
  }

  private static JsonNode answer(String name, JsonNode event) {
    var output = new ByteArrayOutputStream();
    try {
      function(name)
          .handleRequest(
              new ByteArrayInputStream(JSON.writeValueAsBytes(event)),
              output,
              COMPANY.context(logicalId(name)));
      return JSON.readTree(output.toByteArray());
    } catch (IOException broken) {
      throw new AssertionError("the door itself broke", broken);
    }
  }

  private static RequestStreamHandler function(String name) {
    var function = FUNCTIONS.get(logicalId(name));
    if (function == null) {
      throw new AssertionError("no function " + name);
    }
    return function;
  }

  /** Routes name a function by its ARN, its name or its logical id. */
  private static String logicalId(String name) {
    return FUNCTIONS.keySet().stream()
        .filter(id -> name.contains(id) || name.contains(COMPANY.template().function(id).name()))
        .findFirst()
        .orElse(name);
  }

  /** Where the body begins. */
  private static int end(byte[] data) {
    for (int i = 1; i < data.length; i++) {
      if (data[i] == '\n' && (data[i - 1] == '\n' || (i > 1 && data[i - 2] == '\n'))) {
        return i + 1;
      }
    }
    return data.length;
  }
}
