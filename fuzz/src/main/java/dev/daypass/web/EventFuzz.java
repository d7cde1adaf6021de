package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Said;
import dev.daypass.fuzz.Check;
import dev.daypass.runbook.Directory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Events of the gateway, the door behind it, and the secret of forms. */
public final class EventFuzz {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pages PAGES = new Pages(new Assets());
  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final Frames FRAMES =
      new Frames(
          Directory.of(List.of()), new ChosenLanguage(PUBLIC), () -> dev.daypass.fuzz.Issuer.NOW);

  private EventFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() throws IOException {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) throws IOException {
    HttpRequest request;
    try {
      request = HttpRequest.read(new ByteArrayInputStream(data));
    } catch (IOException | IllegalArgumentException noEvent) {
      return;
    }
    var guard = new AntiForgery(PUBLIC, new Random(1));
    forms(request, guard);

    var log = new ArrayList<String>();
    var payload = new ByteArrayOutputStream();
    new FrontDoor(PUBLIC, Identity.ofNobody(), FRAMES, guard, PAGES)
        .serve(new ByteArrayInputStream(data), payload, each -> answer(each, guard), log::add);
    var answer = JSON.readTree(payload.toByteArray());
    int status = answer.path("statusCode").asInt();
    Check.that(status >= 200 && status < 500, "our fault", log);
    Check.that(log.isEmpty(), "a failure", log);
    answer.path("headers").forEach(value -> Check.showsOnOneLine(value.asText()));
    answer.path("cookies").forEach(value -> Check.showsOnOneLine(value.asText()));
    if (status >= 400 && request.isApi()) {
      var problem = JSON.readTree(answer.path("body").asText());
      Check.that(problem.path("status").asInt() == status, "a problem says its status");
      Check.same(
          answer.at("/headers/content-type").asText(), "application/problem+json", "RFC 9457");
    }
  }

  /** What a form with a file says; the file is within its body, and its name can be shown. */
  private static Form upload(HttpRequest call) {
    var upload = call.upload(HttpRequest.LARGEST_BODY);
    Check.that(upload.size() <= call.body().size(), "a file that is larger than its form");
    Check.showsOnOneLine(upload.fileName());
    return upload.form();
  }

  private static HttpResponse answer(HttpRequest call, AntiForgery guard) {
    if (call.method().equals("POST") && call.isApi()) {
      return HttpResponse.json(200, call.json(JsonFuzz.Body.class));
    }
    if (call.method().equals("POST")) {
      boolean upload =
          call.header("content-type").filter(type -> type.startsWith("multipart/")).isPresent();
      var form = upload ? upload(call) : call.form();
      guard.check(call, form, "amara.okafor@example.com");
      return HttpResponse.json(200, form.fields());
    }
    if (call.query().containsKey("who")) {
      throw new HttpProblem(Problem.notSignedIn(Said.of("problem.not-signed-in.yet")), "/sign-in");
    }
    return HttpResponse.json(200, Map.of("path", call.path()));
  }

  /** Only the hash of the cookie's own secret opens. */
  private static void forms(HttpRequest request, AntiForgery guard) {
    var token = guard.token(request);
    boolean known = token.setCookies().isEmpty();
    token.setCookies().forEach(Check::showsOnOneLine);
    var given = new Form(Map.of(AntiForgery.FIELD, token.value()));
    boolean elsewhere =
        request
            .header("sec-fetch-site")
            .filter(site -> site.equals("cross-site") || site.equals("same-site"))
            .isPresent();
    Check.that(guard.holds(request, given) == (known && !elsewhere), "our own form");
    var typed = new String(request.body().text().getBytes(UTF_8), UTF_8);
    if (!FormToken.secret(typed.strip()).equals(token.value())) {
      Check.that(
          !guard.holds(request, new Form(Map.of(AntiForgery.FIELD, typed))), "another's form");
    }
  }
}
