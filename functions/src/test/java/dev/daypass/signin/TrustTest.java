package dev.daypass.signin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://login.example.com",
        "https://login.example.com/",
        "https://login.example.com:8443/tenant/v2.0"
      })
  void issuersWithHttpsAreTrustedEverywhere(String issuer) {
    assertThat(Trust.of(issuer, "daypass", "", false)).isPresent();
    assertThat(Trust.of(issuer, "daypass", "", true)).isPresent();
    assertThat(Trust.of(issuer, " ", "", false)).as("no client").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080/_local",
        "http://localhost:8080/_local",
        "http://[::1]:8080/_local"
      })
  void issuersOnTheLoopbackAddressAreTrustedInALocalRunOnly(String issuer) {
    assertThat(Trust.of(issuer, "daypass", "", true)).isPresent();
    assertThat(Trust.of(issuer, "daypass", "", false)).isEmpty();
  }

  @Test
  void secretsGoToAddressesThatParametersCanBeAddedTo() {
    var trust = Trust.of("https://login.example.com", "daypass", "", false).orElseThrow();
    assertThat(trust.reaches(URI.create("https://other.example.com/token?tenant=7"))).isTrue();
    assertThat(trust.reaches(URI.create("http://login.example.com/token"))).isFalse();
    assertThat(trust.reaches(URI.create("http://127.0.0.1/token"))).isFalse();
    assertThat(trust.reaches(URI.create("https://a@login.example.com/token"))).isFalse();
    assertThat(trust.reaches(URI.create("https://login.example.com/authorize#top"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://login.example.com",
        "https://user@login.example.com",
        "https://login.example.com?tenant=1",
        "https://login.example.com#one",
        "https:///login",
        "http://127.0.0.1.evil.example/",
        "http://localhost.evil.example/",
        "http://localhost@evil.example/",
        "http://127.0.0.1@evil.example/",
        "http://x@127.0.0.1/",
        "http://127.0.0.2/",
        "http://0.0.0.0/",
        "file:///127.0.0.1",
        "//127.0.0.1/",
        "127.0.0.1:8080",
        "not a url"
      })
  void othersAreTrustedNowhere(String issuer) {
    assertThat(Trust.of(issuer, "daypass", "", true)).isEmpty();
    assertThat(Trust.of(issuer, "daypass", "", false)).isEmpty();
  }
}
