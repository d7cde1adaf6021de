package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "evil",
        "//evil.example",
        "///evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "/a\r\nSet-Cookie: x=y",
        "/ a",
        "/\u00e4",
        "/sign-in",
        "/sign-in/callback?code=x"
      })
  void othersAndWhatWouldGoInCirclesLeadHome(String wanted) {
    assertThat(OwnPath.orHome(wanted)).isEqualTo("/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/requests/abc/decide?stage=1", "/decide/a-b_c", "/a//b", "/%0d%0a"})
  void pathsOfOursStay(String wanted) {
    assertThat(OwnPath.orHome(wanted)).isEqualTo(wanted);
  }

  @Test
  void endlessOnesDoNot() {
    assertThat(OwnPath.orHome("/" + "a".repeat(511))).hasSize(512);
    assertThat(OwnPath.orHome("/" + "a".repeat(512))).isEqualTo("/");
    assertThat(OwnPath.orHome(null)).isEqualTo("/");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/decide/abc,/decide/abc",
    "POST,/decide/abc/mail,/decide/abc",
    "POST,/requests/abc/decide,/requests/abc/decide",
    "POST,/requests/abc/cancel,/requests/abc",
    "POST,/ask/crm,/ask/crm",
    "POST,/sessions/00ff/end,/sessions",
    "POST,/sign-out-everywhere,/sessions",
    "POST,/inbox/abc,/inbox",
    "POST,/language,/",
    "POST,/sign-out,/",
    "POST,/admin/people/import,/admin/people/import",
    "POST,/admin/imports/00ff/apply,/admin/imports/00ff",
    "POST,/admin/imports/00ff/discard,/admin/imports/00ff",
    "GET,/requests/abc/decide,/requests/abc/decide"
  })
  void aFormLeadsToThePageThatShowsIt(String method, String path, String page) {
    var call =
        Calls.call(
            method, path, java.util.Map.of(), java.util.Map.of(), new Body("".getBytes(UTF_8), ""));
    assertThat(OwnPath.of(call)).isEqualTo(page);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/inbox",
        "/inbox/",
        "/inbox/a/b",
        "/requests/a/decide",
        "/requests//cancel",
        "/requests/a/cancel/b",
        "/requests/a/more",
        "//requests/a/cancel",
        "/api/requests/a/cancel",
        "/elsewhere/requests/a/cancel"
      })
  void whatIsNoAddressOfAFormLeadsNowhere(String path) {
    assertThat(OwnPath.pageOfForm(path)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/requests/\\evil.example/cancel", "/requests/a\r\nb/cancel"})
  void whatABrowserWouldTakeForAnotherSiteLeadsHome(String path) {
    assertThat(OwnPath.pageOfForm(path)).contains("/");
  }

  @Test
  void theWayToTheSignInNamesTheWayBack() {
    assertThat(OwnPath.signInFor("/a?b=c")).isEqualTo("/sign-in?next=%2Fa%3Fb%3Dc");
    assertThat(OwnPath.signInAgainFor("/a")).isEqualTo("/sign-in?how=again&next=%2Fa");
  }
}
