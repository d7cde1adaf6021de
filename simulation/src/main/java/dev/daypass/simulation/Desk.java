package dev.daypass.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Evidence;
import dev.daypass.access.Request;
import dev.daypass.access.Status;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.gateway.Urls;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.ses.Mail;
import dev.daypass.runbook.Runbook;
import dev.daypass.simulation.World.Exchange;
import dev.daypass.web.AntiForgery;
import dev.daypass.words.Paths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody of the company works: asks, reads mail, decides. Whoever gets no answer tries
 * again, with the same key, as a browser or a person does.
 */
final class Desk {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TRIES = 8;
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(7);
  private static final Duration LOOKS = Duration.ofSeconds(10);
  private static final int MOST_LOOKS = 200;
  private static final String FORM_TYPE = "application/x-www-form-urlencoded";
  private static final String UPLOAD = "multipart/form-data; boundary=any";

  private static final String SESSION = "daypass-session";
  private static final Pattern CODE = Pattern.compile("(?m)^\\s*Code: (\\d{6})$");
  private static final Pattern FORM =
      Pattern.compile("(?s)<form[^>]*action=\"([^\"]*)\"[^>]*>(.*?)</form>");
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  /** Tokens by person and minute: signing takes longer than anything else here. */
  private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();

  private final World world;
  private final String email;

  /** The cookies of this person's browser, by name. */
  private final Map<String, String> jar = new TreeMap<>();

  Desk(World world, String email) {
    this.world = world;
    this.email = email;
  }

  /**
   * Asks for something.
   *
   * @return the request's id; empty if it was refused or nobody answered
   */
  Optional<String> asks(String key, String runbook, Duration duration) {
    return asks(key, runbook, duration, JSON.createObjectNode());
  }

  /** The same, to begin then. */
  Optional<String> asksFrom(String key, String runbook, Duration duration, Instant startsAt) {
    return asks(
        key, runbook, duration, JSON.createObjectNode().put("startsAt", startsAt.toString()));
  }

  /** Takes something in an emergency; the rest as {@link #asks}. */
  Optional<String> takes(String key, String runbook, Duration duration) {
    return asks(key, runbook, duration, JSON.createObjectNode().put("breakGlass", true));
  }

  /** Says whether an emergency was one. */
  Exchange reviews(String id, String verdict) {
    var body = JSON.createObjectNode().put("verdict", verdict).put("note", "We have talked");
    return insist("POST /api/requests/{id}/review", id, Map.of("id", id), body, Map.of());
  }

  /** The same, for somebody else. */
  Optional<String> asksFor(String requester, String key, String runbook, Duration duration) {
    return asks(key, runbook, duration, JSON.createObjectNode().put("requester", requester));
  }

  private Optional<String> asks(String key, String runbook, Duration duration, ObjectNode more) {
    var body =
        more.put("runbook", runbook)
            .put("duration", duration.toString())
            .put("reason", "The customer of ticket 4711 sees a wrong balance");
    world.company().policies().runbooks().stream()
        .filter(each -> each.id().equals(runbook))
        .map(Runbook::ticket)
        .filter(Objects::nonNull)
        .forEach(rule -> body.put("ticket", rule.example()));
    var event = event("POST /api/requests", Map.of(), body, Map.of("idempotency-key", key));
    var answer =
        insist("POST /api/requests", null, body.deepCopy().put("idempotency-key", key), event);
    return answer.isAccepted() ? Optional.of(body(answer).path("id").asText()) : Optional.empty();
  }

  Exchange approves(String id) {
    return decides(id, "approve", "");
  }

  /** Approves for a shorter time than was asked for. */
  Exchange approvesFor(String id, Duration duration) {
    return approvesFor(id, stage(id), duration);
  }

  /** As {@link #approvesFor(String, Duration)}, the stage that was seen. */
  Exchange approvesFor(String id, int stage, Duration duration) {
    return decides(decision(stage, "approve", "").put("duration", duration.toString()), id);
  }

  Exchange denies(String id) {
    return decides(id, "deny", "Please ask for the report instead");
  }

  private Exchange decides(String id, String decision, String comment) {
    return decides(id, stage(id), decision, comment);
  }

  private int stage(String id) {
    return world.request(id).stages().size() - 1;
  }

  /** Decides the stage that was seen; the answer does not depend on what is open by then. */
  Exchange decides(String id, int stage, String decision, String comment) {
    return decides(decision(stage, decision, comment), id);
  }

  private static ObjectNode decision(int stage, String decision, String comment) {
    return JSON.createObjectNode()
        .put("decision", decision)
        .put("comment", comment)
        .put("stage", stage);
  }

  private Exchange decides(ObjectNode body, String id) {
    return insist("POST /api/requests/{id}/decisions", id, Map.of("id", id), body, Map.of());
  }

  /** Hands the stage that was seen over to somebody else. */
  Exchange handsOver(String id, int stage, String to) {
    return decides(decision(stage, "handover", "You know them").put("to", to), id);
  }

  /** The same by the link of the last invitation. */
  Optional<Exchange> handsOverByLink(String id, String to) {
    return invitation(id)
        .map(
            mail -> {
              var typed = new TreeMap<>(typed("handover", code(mail).orElse("")));
              typed.put("to", to);
              return presses(id, mail, "", typed);
            });
  }

  /** Names who stands in for them, from today on and for so many days more. */
  Exchange names(String standIn, int days) {
    var through = LocalDate.ofInstant(world.now(), ZoneOffset.UTC).plusDays(days);
    var body = JSON.createObjectNode().put("standIn", standIn).put("through", through.toString());
    return insist("PUT /api/stand-in", null, Map.of(), body, Map.of());
  }

  /** Ends it. */
  Exchange namesNobody() {
    return insist("DELETE /api/stand-in", null, Map.of(), JSON.missingNode(), Map.of());
  }

  Exchange cancels(String id) {
    return ends(id, "cancel");
  }

  Exchange returns(String id) {
    return ends(id, "return");
  }

  /** Moves the end of the access. */
  Exchange extendsTo(String id, Instant until) {
    var body = JSON.createObjectNode().put("until", until.toString());
    return insist("POST /api/requests/{id}/extend", id, Map.of("id", id), body, Map.of());
  }

  /** Takes back that they have approved. */
  Exchange withdrawsApproval(String id) {
    var body = JSON.createObjectNode().put("comment", "On second thoughts, no");
    return insist(
        "POST /api/requests/{id}/withdraw-approval", id, Map.of("id", id), body, Map.of());
  }

  Exchange revokes(String id) {
    return revokes(id, "Not needed any more");
  }

  Exchange revokes(String id, String reason) {
    var body = JSON.createObjectNode().put("reason", reason);
    return insist("POST /api/requests/{id}/revoke", id, Map.of("id", id), body, Map.of());
  }

  private Exchange ends(String id, String how) {
    var body = JSON.createObjectNode();
    return insist("POST /api/requests/{id}/" + how, id, Map.of("id", id), body, Map.of());
  }

  /** Opens the link of the last invitation, types the code, presses the button. */
  Optional<Exchange> decidesByLink(String id, String decision) {
    return invitation(id).flatMap(mail -> decidesByLink(id, mail, decision, code(mail).orElse("")));
  }

  /** Opens the link of the last invitation, types the code, chooses a shorter time and approves. */
  Optional<Exchange> approvesByLinkFor(String id, Duration duration) {
    return invitation(id)
        .map(
            mail -> {
              var typed = new TreeMap<>(typed("approve", code(mail).orElse("")));
              typed.put("duration", duration.toString());
              return presses(id, mail, "", typed);
            });
  }

  /** The last mail that asks this person to decide. */
  Optional<Mail> invitation(String id) {
    return mails(id).stream().filter(Desk::isInvitation).reduce((first, last) -> last);
  }

  /** How often this person was asked by mail. */
  long invitations(String id) {
    return mails(id).stream().filter(Desk::isInvitation).count();
  }

  /** The code in a mail. */
  static Optional<String> code(Mail mail) {
    return CODE.matcher(mail.text()).results().map(found -> found.group(1)).findFirst();
  }

  private static boolean isInvitation(Mail mail) {
    return mail.links().stream().anyMatch(link -> link.contains("/decide/"));
  }

  /** As {@link #decidesByLink}, with the link of this mail, whoever it went to, and this code. */
  Optional<Exchange> decidesByLink(String id, Mail mail, String decision, String code) {
    return Optional.of(presses(id, mail, "", typed(decision, code)));
  }

  /**
   * Sends what the form of somebody else's link would, which is not shown to whoever is signed in:
   * its address is known, and every page has the secret that forms need.
   */
  Optional<Exchange> decidesByLinkOfAnother(String id, Mail mail, String decision) {
    return filledIn(page(id, mail), Paths.language(), Map.of())
        .map(any -> any.fields().getOrDefault(AntiForgery.FIELD, ""))
        .map(secret -> new Filled(typed(decision, "")).with(AntiForgery.FIELD, secret))
        .map(filled -> sends(id, mail, "", filled));
  }

  /** Opens the link once and sends its form with one code after the other. */
  void guesses(String id, Mail mail, String decision, List<String> codes) {
    opens(id, mail, "", typed(decision, ""))
        .ifPresent(filled -> codes.forEach(code -> sends(id, mail, "", filled.with("code", code))));
  }

  private static Map<String, String> typed(String decision, String code) {
    return Map.of("code", code, "comment", "", "decision", decision);
  }

  /** Asks on the page of the link for a new mail. */
  Exchange asksForAnotherMail(String id, Mail mail) {
    return presses(id, mail, "/mail", Map.of());
  }

  /** Opens the link of a mail and sends the form that leads there; the page, if it has none. */
  private Exchange presses(String id, Mail mail, String where, Map<String, String> typed) {
    var page = page(id, mail);
    return filledIn(page, "/decide/" + token(mail) + where, typed)
        .map(filled -> sends(id, mail, where, filled))
        .orElse(page);
  }

  private Optional<Filled> opens(String id, Mail mail, String where, Map<String, String> typed) {
    return filledIn(page(id, mail), "/decide/" + token(mail) + where, typed);
  }

  private Exchange page(String id, Mail mail) {
    var parameters = Map.of("token", token(mail));
    var page = insist("GET /decide/{token}", id, parameters, JSON.missingNode(), Map.of());
    return leadsToSignIn(page) && signsIn()
        ? insist("GET /decide/{token}", id, parameters, JSON.missingNode(), Map.of())
        : page;
  }

  private Exchange sends(String id, Mail mail, String where, Filled filled) {
    var parameters = Map.of("token", token(mail));
    // People count from one.
    var stage = Integer.toString(Integer.parseInt(mail.tags().getOrDefault("stage", "1")) - 1);
    return form("POST /decide/{token}" + where, id, parameters, stage, filled);
  }

  private static String token(Mail mail) {
    var link = mail.links().getFirst();
    return link.substring(link.lastIndexOf('/') + 1);
  }

  /** Whether somebody who is not signed in is led there. */
  static boolean leadsToSignIn(Exchange answer) {
    return answer.status() == 303
        && answer.answer().at("/headers/location").asText().startsWith("/sign-in");
  }

  /**
   * Signs in as a browser does, and again if that breaks off on the way.
   *
   * @return whether it worked in the end
   */
  boolean signsIn() {
    for (int tries = 0; tries < TRIES; tries++) {
      var begun = insist("GET /sign-in", null, Map.of(), JSON.missingNode(), Map.of());
      var parameters = query(begun.answer().at("/headers/location").asText());
      var provider = world.provider();
      if (provider.look(parameters) instanceof LocalProvider.Look.Fine(var asked)) {
        var back =
            query(
                provider.signedIn(
                    asked, LocalDaypass.sample(world.company().person(email)), world.now()));
        var event = event("GET /sign-in/callback", Map.of(), JSON.missingNode(), Map.of());
        event.set("queryStringParameters", JSON.valueToTree(back));
        if (insist("GET /sign-in/callback", null, JSON.missingNode(), event).status() == 303) {
          return true;
        }
      }
      world.pass(BETWEEN_TRIES);
    }
    return false;
  }

  private static Map<String, String> query(String address) {
    return address.indexOf('?') < 0
        ? Map.of()
        : Urls.parameters(address.substring(address.indexOf('?') + 1));
  }

  /** Opens the page of one's sessions; 303 leads to the sign-in. */
  Exchange looksAtSessions() {
    return insist("GET /sessions", null, Map.of(), JSON.missingNode(), Map.of());
  }

  /**
   * Signs out everywhere, and then tries the cookie of before, as somebody else might who has a
   * copy of it.
   *
   * @return whether people are told that they are signed out and are not
   */
  boolean signsOutInVain() {
    var before = Optional.ofNullable(jar.get(SESSION));
    boolean told =
        filledIn(looksAtSessions(), "/sign-out-everywhere", Map.of())
            .map(filled -> form("POST /sign-out-everywhere", null, Map.of(), "", filled))
            .filter(Exchange::isAccepted)
            .isPresent();
    before.ifPresent(cookie -> jar.put(SESSION, cookie));
    return told && !leadsToSignIn(looksAtSessions());
  }

  /** Opens the page of a stage, signed in, and clicks twice. */
  void clicksTwice(String id, int stage, String decision) {
    signsIn();
    var parameters = Map.of("id", id);
    var page = insist("GET /requests/{id}/decide", id, parameters, JSON.missingNode(), Map.of());
    filledIn(
            page,
            "/requests/" + id + "/decide?stage=" + stage,
            Map.of("comment", "", "decision", decision))
        .ifPresent(
            filled -> {
              for (int click = 0; click < 2; click++) {
                form("POST /requests/{id}/decide", id, parameters, Integer.toString(stage), filled);
              }
            });
  }

  /**
   * Uploads a list of people, looks at what it would change, has that done, and looks until it is
   * over; where people have changed meanwhile, looks again.
   *
   * @return whether the page said in the end that it is over
   */
  boolean imports(String list) {
    if (!signsIn()) {
      return false;
    }
    var where = "POST /admin/people/import";
    var page = insist("GET /admin/people/import", null, Map.of(), JSON.missingNode(), Map.of());
    var begun =
        filledIn(page, "/admin/people/import", Map.of())
            .map(filled -> posts(where, Map.of(), UPLOAD, upload(filled, list)))
            .map(answer -> answer.answer().at("/headers/location").asText())
            .filter(path -> path.startsWith("/admin/imports/"));
    if (begun.isEmpty()) {
      return false;
    }
    var parameters = Map.of("id", begun.get().substring("/admin/imports/".length()));
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      var shown = insist("GET /admin/imports/{id}", null, parameters, JSON.missingNode(), Map.of());
      var decides = filledIn(shown, begun.get() + "/apply", Map.of());
      if (decides.isPresent()) {
        posts("POST /admin/imports/{id}/apply", parameters, FORM_TYPE, encoded(decides.get()));
      } else if (shown.answer().path("body").asText().contains("data-refresh=\"0\"")) {
        return true;
      }
      world.pass(LOOKS);
    }
    return false;
  }

  /** Discards an import, or stops it, if its page still offers that. */
  void discards(String id) {
    if (!signsIn()) {
      return;
    }
    var parameters = Map.of("id", id);
    var page = insist("GET /admin/imports/{id}", null, parameters, JSON.missingNode(), Map.of());
    filledIn(page, "/admin/imports/" + id + "/discard", Map.of())
        .ifPresent(
            filled ->
                posts("POST /admin/imports/{id}/discard", parameters, FORM_TYPE, encoded(filled)));
  }

  private static String upload(Filled filled, String list) {
    var text = new StringBuilder();
    filled
        .fields()
        .forEach(
            (name, value) ->
                text.append(
                    "--any\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n"
                        .formatted(name, value)));
    return text.append("--any\r\nContent-Disposition: form-data; name=\"file\"; ")
        .append("filename=\"people.csv\"\r\n\r\n")
        .append(list)
        .append("\r\n--any--\r\n")
        .toString();
  }

  private Exchange posts(String route, Map<String, String> parameters, String type, String body) {
    var event = event(route, parameters, Map.of("content-type", type));
    event.put("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    event.put("isBase64Encoded", true);
    return insist(route, null, JSON.createObjectNode(), event);
  }

  /** A form with what the page and the person have put in. */
  private record Filled(Map<String, String> fields) {
    Filled with(String field, String value) {
      var others = new LinkedHashMap<>(fields);
      others.put(field, value);
      return new Filled(others);
    }
  }

  /** The form of a page that leads there; empty if there is none. */
  private static Optional<Filled> filledIn(
      Exchange page, String action, Map<String, String> typed) {
    var forms = FORM.matcher(page.answer().path("body").asText());
    while (forms.find()) {
      if (forms.group(1).equals(action)) {
        var fields = new LinkedHashMap<String, String>();
        HIDDEN
            .matcher(forms.group(2))
            .results()
            .forEach(hidden -> fields.put(hidden.group(1), hidden.group(2)));
        fields.putAll(typed);
        return Optional.of(new Filled(fields));
      }
    }
    return Optional.empty();
  }

  /** The mails that this person has about a request, oldest first. */
  List<Mail> mails(String id) {
    return world.mails().stream()
        .filter(mail -> id.equals(mail.tags().get("request")) && mail.isFor(email))
        .toList();
  }

  /**
   * Looks into the mailbox until there is one that asks for a decision on this request.
   *
   * @return whether there was one in time
   */
  boolean isAsked(String id, Duration patience) {
    return waits(patience, () -> invitation(id).isPresent());
  }

  /**
   * Waits for the request to come to one of these.
   *
   * @return whether it did in time
   */
  boolean sees(String id, Duration patience, Status... wanted) {
    return waits(patience, () -> List.of(wanted).contains(world.status(id)));
  }

  /**
   * Waits until there is something to be done by hand.
   *
   * @return whether there was in time
   */
  boolean hasTask(String id, Duration patience) {
    return waits(patience, () -> world.request(id).byHand().isPresent());
  }

  /** Says what became of setting up by hand. */
  Exchange saysOfSetUp(String id, String result) {
    var body = JSON.createObjectNode().put("result", result).put("note", "Looked in the console");
    return insist("POST /api/requests/{id}/set-up", id, Map.of("id", id), body, Map.of());
  }

  /** Says that the access is taken away by hand. */
  Exchange saysTakenAway(String id) {
    var body = JSON.createObjectNode().put("note", "Taken out in the console");
    return insist("POST /api/requests/{id}/taken-away", id, Map.of("id", id), body, Map.of());
  }

  /** Shows that the access is taken away by hand, and says nothing. */
  Exchange showsTakenAway(String id, byte[] picture) {
    var body = JSON.createObjectNode();
    body.putObject("evidence")
        .put("name", "users after.png")
        .put("content", Base64.getEncoder().encodeToString(picture));
    return insist("POST /api/requests/{id}/taken-away", id, Map.of("id", id), body, Map.of());
  }

  /** Opens what was attached to the request, if anything was. */
  void opensEvidence(String id) {
    world.request(id).trail().events().stream()
        .flatMap(event -> Evidence.of(event).stream())
        .map(evidence -> Map.of("id", id, "sha256", evidence.sha256()))
        .forEach(
            parameters ->
                insist(
                    "GET /api/requests/{id}/evidence/{sha256}",
                    id,
                    parameters,
                    JSON.valueToTree(parameters),
                    Map.of()));
  }

  private boolean waits(Duration patience, BooleanSupplier reached) {
    var until = world.now().plus(patience);
    while (!reached.getAsBoolean()) {
      if (!world.now().isBefore(until)) {
        return false;
      }
      world.pass(LOOKS);
    }
    return true;
  }

  /** The request as it is stored, for scripts that want to know more. */
  Request request(String id) {
    return world.request(id);
  }

  // The wire

  private static JsonNode body(Exchange exchange) {
    try {
      return JSON.readTree(exchange.answer().path("body").asText());
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private Exchange insist(
      String route,
      @Nullable String request,
      Map<String, String> parameters,
      JsonNode body,
      Map<String, String> headers) {
    return insist(route, request, body, event(route, parameters, body, headers));
  }

  private ObjectNode event(
      String route, Map<String, String> parameters, JsonNode body, Map<String, String> headers) {
    var event = event(route, parameters, headers);
    if (body.isObject()) {
      event.put("body", body.toString());
      ((ObjectNode) event.path("headers")).put("content-type", "application/json");
    }
    event.put("isBase64Encoded", false);
    return event;
  }

  /**
   * Sends a form.
   *
   * @param stage the one that the form was shown for; it goes into the query of a page, while a
   *     link knows it by itself
   */
  private Exchange form(
      String route,
      @Nullable String request,
      Map<String, String> parameters,
      String stage,
      Filled filled) {
    var event = event(route, parameters, Map.of());
    if (parameters.containsKey("id")) {
      event.put("rawQueryString", "stage=" + stage);
      event.putObject("queryStringParameters").put("stage", stage);
    }
    var text = encoded(filled);
    event.put("body", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    event.put("isBase64Encoded", true);
    var sentHeaders = (ObjectNode) event.path("headers");
    sentHeaders.put("content-type", FORM_TYPE);
    sentHeaders.put("origin", Company.PUBLIC_URL);
    var sent = JSON.createObjectNode().put("stage", stage);
    filled.fields().forEach(sent::put);
    return insist(route, request, sent, event);
  }

  private Exchange insist(String route, @Nullable String request, JsonNode sent, ObjectNode event) {
    var answer = world.send(email, route, request, sent, event);
    for (int tries = 1; tries < TRIES && answer.status() >= 500; tries++) {
      world.pass(BETWEEN_TRIES);
      answer = world.send(email, route, request, sent, event);
    }
    answer.answer().path("cookies").forEach(cookie -> keep(cookie.asText()));
    return answer;
  }

  /** As a browser does with {@code Set-Cookie}. */
  private void keep(String cookie) {
    var pair = cookie.split(";", 2)[0].split("=", 2);
    if (cookie.contains("Max-Age=0")) {
      jar.remove(pair[0]);
    } else {
      jar.put(pair[0], pair[1]);
    }
  }

  private ObjectNode event(
      String route, Map<String, String> parameters, Map<String, String> headers) {
    var method = route.substring(0, route.indexOf(' '));
    var path = route.substring(route.indexOf(' ') + 1);
    for (var parameter : parameters.entrySet()) {
      path = path.replace("{" + parameter.getKey() + "}", parameter.getValue());
    }
    var event = JSON.createObjectNode();
    event.put("version", "2.0").put("routeKey", route).put("rawPath", path);
    event.put("rawQueryString", "");
    var sent = event.putObject("headers");
    sent.put("host", "127.0.0.1");
    if (path.startsWith("/api/")) {
      sent.put("authorization", "Bearer " + token());
    }
    if (!path.startsWith("/api/")) {
      var cookies = event.putArray("cookies");
      jar.forEach((name, value) -> cookies.add(name + "=" + value));
    }
    headers.forEach(sent::put);
    var context = event.putObject("requestContext");
    context.put("accountId", "000000000000").put("apiId", "simulated").put("routeKey", route);
    context
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("protocol", "HTTP/1.1")
        .put("sourceIp", "127.0.0.1")
        .put("userAgent", "simulation");
    context.put("requestId", "simulated=").put("stage", "$default");
    context.put("timeEpoch", world.now().toEpochMilli());
    if (!parameters.isEmpty()) {
      event.set("pathParameters", JSON.valueToTree(parameters));
    }
    return event;
  }

  private String token() {
    var minute = world.now().truncatedTo(ChronoUnit.MINUTES);
    return TOKENS.computeIfAbsent(
        email + " " + minute,
        any ->
            Company.tokens()
                .by(() -> minute)
                .token(LocalDaypass.sample(world.company().person(email))));
  }

  private static String encoded(Filled filled) {
    return filled.fields().entrySet().stream()
        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
        .collect(Collectors.joining("&"));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** When it is, for scripts that decide at a given moment. */
  Instant now() {
    return world.now();
  }
}
