package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AntiForgeryTest {
  private final AntiForgery https =
      new AntiForgery(URI.create("https://daypass.example.com"), new SplittableRandom(1));
  private final AntiForgery http =
      new AntiForgery(URI.create("http://127.0.0.1:8080"), new SplittableRandom(1));

  private static HttpRequest posted(Map<String, String> headers, String cookie, String token) {
    return Calls.call(
        "POST",
        "/ask/x",
        headers,
        Map.of(cookie.split("=", 2)[0], cookie.split("[=;]", 3)[1]),
        new Body(("form=" + token).getBytes(UTF_8), Calls.FORM));
  }

  private static String only(FormToken token) {
    assertThat(token.setCookies()).hasSize(1);
    return token.setCookies().getFirst();
  }

  @Test
  void ourOwnFormComesThrough() {
    FormToken token = https.token(Calls.get("/ask/x"));
    // What Chromium sends with a form of a page under "no-referrer".
    HttpRequest request =
        posted(
            Map.of("origin", "null", "sec-fetch-site", "same-origin"), only(token), token.value());
    https.checkOfAnybody(request, request.form());
    HttpRequest without = posted(Map.of(), only(token), token.value());
    assertThat(https.holds(without, without.form())).isTrue();
  }

  @Test
  void theCookieIsBoundToOurHostAndOutOfReachOfScripts() {
    assertThat(only(https.token(Calls.get("/"))))
        .startsWith("__Host-daypass-form=")
        .contains("; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(only(http.token(Calls.get("/"))))
        .startsWith("daypass-form=")
        .doesNotContain("Secure");
  }

  @Test
  void theTokenDoesNotGiveTheCookieAway() {
    FormToken token = https.token(Calls.get("/"));
    assertThat(only(token)).doesNotContain(token.value());
  }

  @Test
  void aBrowserThatHasTheCookieKeepsItSoThatOtherTabsStayGood() {
    FormToken first = https.token(Calls.get("/"));
    HttpRequest again = posted(Map.of(), only(first), "any");
    FormToken second = https.token(again);
    assertThat(second.setCookies()).isEmpty();
    assertThat(second.value()).isEqualTo(first.value());
  }

  @Test
  void aFormCountsForThePersonItWasMadeForAndNobodyElse() {
    FormToken token = https.token(Calls.get("/ask/x"));
    HttpRequest yukis = posted(Map.of(), only(token), token.of("yuki@example.com"));
    https.check(yukis, yukis.form(), "yuki@example.com");
    https.checkOfAnybody(yukis, yukis.form());
    assertThatThrownBy(() -> https.check(yukis, yukis.form(), "sofia@example.com"))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(403);
              assertThat(e.problem().detail())
                  .contains("opened as yuki@example.com", "you are sofia@example.com now");
            });
    HttpRequest nobodys = posted(Map.of(), only(token), token.value());
    assertThatThrownBy(() -> https.check(nobodys, nobodys.form(), "sofia@example.com"))
        .isInstanceOfSatisfying(
            HttpProblem.class, e -> assertThat(e.problem().tellsOfStaleForm()).isTrue());
  }

  @Test
  void everythingElseIsRefused() {
    FormToken token = https.token(Calls.get("/"));
    FormToken other = https.token(Calls.get("/"));
    assertThat(other.value()).isNotEqualTo(token.value());
    assertRefused(posted(Map.of(), only(token), ""));
    assertRefused(posted(Map.of(), only(token), other.value()));
    assertRefused(posted(Map.of(), only(token), ".sofia@example.com"));
    assertRefused(posted(Map.of(), only(token), other.of("sofia@example.com")));
    assertRefused(posted(Map.of(), "__Host-daypass-form=; x", token.value()));
    assertRefused(posted(Map.of(), "other=value; x", token.value()));
    assertRefused(posted(Map.of("sec-fetch-site", "cross-site"), only(token), token.value()));
    assertRefused(posted(Map.of("sec-fetch-site", "same-site"), only(token), token.value()));
  }

  private void assertRefused(HttpRequest request) {
    assertThatThrownBy(() -> https.check(request, request.form(), "sofia@example.com"))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(403);
              assertThat(e.problem().detail()).contains("reload");
            });
  }
}
