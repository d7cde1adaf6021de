package dev.daypass.signin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.signin.Attempts.How;
import dev.daypass.web.Body;
import dev.daypass.web.HttpRequest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttemptsTest {
  private static final String NAME = "__Host-daypass-sign-in";

  private final AtomicReference<Instant> now = new AtomicReference<>(AProvider.NOW);
  private final Attempts attempts =
      new Attempts(
          new SessionCookie(URI.create("https://daypass.example.com")), now::get, new Random(7));

  private static HttpRequest call(Map<String, String> cookies) {
    return new HttpRequest(
        "GET",
        "GET /sign-in",
        "/sign-in",
        Map.of(),
        Map.of(),
        Map.of(),
        cookies,
        Body.EMPTY,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        AProvider.NOW);
  }

  /** A call of a browser that took this cookie. */
  private static HttpRequest after(String setCookie) {
    var pair = setCookie.split(";", 2)[0].split("=", 2);
    return call(Map.of(pair[0], pair[1]));
  }

  @Test
  void theBrowserRemembersWhatItBegan() {
    var one = attempts.begin("/decide/abc?stage=1", How.AGAIN);
    var cookie = attempts.with(call(Map.of()), one);
    assertThat(cookie).startsWith(NAME + "=").endsWith("; Path=/; HttpOnly; SameSite=Lax; Secure");
    assertThat(attempts.find(after(cookie), one.state())).contains(one);
    assertThat(attempts.find(after(cookie), one.nonce())).isEmpty();
    assertThat(attempts.find(call(Map.of()), one.state())).isEmpty();
    assertThat(attempts.without(after(cookie), one)).startsWith(NAME + "=;").contains("Max-Age=0");
  }

  @Test
  void whatGoesToTheProviderTellsNeitherTheSecretNorTheRest() {
    var one = attempts.begin("/", How.USUAL);
    assertThat(Set.of(one.secret(), one.state(), one.nonce(), one.verifier())).hasSize(4);
    // RFC 7636, section 4.1.
    assertThat(one.verifier()).matches("[A-Za-z0-9_-]{43}");
  }

  @Test
  void threeAreRememberedAndTheOldestGoes() {
    var cookie = "";
    var begun = new java.util.ArrayList<Attempts.Attempt>();
    for (int i = 0; i < 4; i++) {
      begun.add(attempts.begin("/requests/" + i, How.USUAL));
      cookie = attempts.with(i == 0 ? call(Map.of()) : after(cookie), begun.getLast());
    }
    assertThat(attempts.find(after(cookie), begun.getFirst().state())).isEmpty();
    for (var one : begun.subList(1, 4)) {
      assertThat(attempts.find(after(cookie), one.state())).contains(one);
    }
    var rest = attempts.without(after(cookie), begun.get(2));
    assertThat(attempts.find(after(rest), begun.get(2).state())).isEmpty();
    assertThat(attempts.find(after(rest), begun.get(3).state())).isPresent();
  }

  @Test
  void anAnswerCountsOnceHoweverOftenTheCookieHoldsItsAttempt() {
    var one = attempts.begin("/", How.USUAL);
    var written = attempts.with(call(Map.of()), one).split(";", 2)[0].split("=", 2)[1];
    var both = call(Map.of(NAME, written + "." + written.replaceFirst("~", "!")));
    assertThat(attempts.find(both, one.state())).isPresent();
    assertThat(attempts.without(both, one)).contains("Max-Age=0");
  }

  @Test
  void tenMinutesAreEnough() {
    var one = attempts.begin("/", How.USUAL);
    var call = after(attempts.with(call(Map.of()), one));
    now.set(AProvider.NOW.plus(Duration.ofMinutes(10)).minusSeconds(1));
    assertThat(attempts.find(call, one.state())).isPresent();
    now.set(AProvider.NOW.plus(Duration.ofMinutes(10)));
    assertThat(attempts.find(call, one.state())).isEmpty();
    now.set(AProvider.NOW.minus(Duration.ofMinutes(11)));
    assertThat(attempts.find(call, one.state())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "x~", "~~~~", "AAAA!zzzzzzzzzz~!!"})
  void garbledCookiesAreNone(String value) {
    assertThat(attempts.find(call(Map.of(NAME, value)), "")).isEmpty();
  }

  @Test
  void aPathThatSomebodyElseWroteIntoTheCookieLeadsHome() {
    var one = new Attempts.Attempt("A".repeat(43), "//evil.example", How.USUAL, 1795698300);
    assertThat(attempts.find(after(attempts.with(call(Map.of()), one)), one.state()))
        .hasValueSatisfying(read -> assertThat(read.next()).isEqualTo("/"));
  }
}
