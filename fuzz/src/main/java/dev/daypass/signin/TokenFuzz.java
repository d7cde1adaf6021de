package dev.daypass.signin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Person;
import dev.daypass.web.Body;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Identity;
import dev.daypass.web.Visitor;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Bearer tokens: as they come, and signed with whatever claims. */
public final class TokenFuzz {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
  private static final Identity IDENTITY = identity();

  private TokenFuzz() {}

  /** Of a company that everybody works for. */
  private static Identity identity() {
    var trust = Trust.of(Issuer.one().address(), "daypass", "groups", false).orElseThrow();
    var provider = new Provider(trust, Issuer.one().wire(), () -> Issuer.NOW);
    var everybody =
        new Directory(
            email ->
                Optional.of(
                    new Person(
                        email, "Any", null, List.of(), ZoneOffset.UTC, Locale.ENGLISH, true)),
            group -> List.of());
    return new BearerIdentity(
        new TokenCheck(trust, provider, () -> Issuer.NOW), everybody, () -> Issuer.NOW);
  }

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /** The input is a token, or header and claims to be signed; ISSUER in them is ours. */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 2);
    boolean signed = !parts.getLast().isEmpty();
    var claims = parts.getLast().replace("ISSUER", Issuer.one().address());
    var token = signed ? Issuer.one().token(parts.getFirst(), claims) : parts.getFirst();
    var byHeader =
        IDENTITY.visitor(
            call("/api/requests", Map.of("authorization", "bearer " + token), Map.of()));
    switch (byHeader) {
      case Visitor.Unknown unknown -> {
        Check.that(unknown.why().status() == 401, "it is not the issuer that failed", unknown);
        Check.refusal(unknown.why());
      }
      case Visitor.Known known -> {
        Check.that(signed, "nobody but the issuer lets anybody in");
        Check.that(Person.isEmail(known.email()), "an address", known.email());
        Check.same(known.email().toLowerCase(Locale.ROOT), known.email(), "in lower case");
        lives(claims);
      }
    }
  }

  private static void lives(String claims) {
    try {
      var tree = JSON.readTree(claims);
      Check.same(tree.path("iss").asText(), Issuer.one().address(), "from our issuer");
      Check.that(
          Instant.ofEpochSecond(Math.min(tree.path("exp").asLong(), 1L << 40))
              .isAfter(Issuer.NOW.minus(TokenCheck.SKEW)),
          "not expired");
    } catch (JsonProcessingException doubtful) {
      // The other reader takes what this one does not.
      return;
    }
  }

  private static HttpRequest call(
      String path, Map<String, String> headers, Map<String, String> cookies) {
    return new HttpRequest(
        "GET",
        "GET " + path,
        path,
        Map.of(),
        Map.of(),
        headers,
        cookies,
        Body.EMPTY,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        Issuer.NOW);
  }
}
