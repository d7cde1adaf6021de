package dev.daypass.local.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID Connect provider with the sample people: discovery, the code flow with PKCE demanded,
 * and keys. It knows one client and one address to send people back to, and speaks no library of
 * the application's, so that a mistake of theirs is not made twice.
 *
 * @see <a href="https://openid.net/specs/openid-connect-core-1_0.html">OpenID Connect Core 1.0</a>
 */
public final class LocalProvider {
  /** What the application is called here. */
  public static final String CLIENT = "daypass";

  /** Its password; it guards nothing but sample people on the loopback address. */
  public static final String CLIENT_SECRET = "local client: secret & more";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CODE_LASTS = Duration.ofMinutes(1);

  /**
   * A request to sign somebody in, as far as it is in order.
   *
   * @param state given back as it came, or null
   * @param nonce put into the token, or null
   * @param challenge hash of what the client proves itself with later
   * @param prompts what the client wants shown
   * @param maxAge how many seconds ago the person may have signed in here, or null
   */
  public record Asked(
      @Nullable String state,
      @Nullable String nonce,
      String challenge,
      Set<String> prompts,
      @Nullable Long maxAge) {
    /** Whether somebody who signed in here then need not be asked again. */
    public boolean accepts(Instant signedInAt, Instant now) {
      return !prompts.contains("login")
          && !prompts.contains("select_account")
          && (maxAge == null
              || Duration.between(signedInAt, now).compareTo(Duration.ofSeconds(maxAge)) <= 0);
    }
  }

  /** What comes of looking at a request. */
  public sealed interface Look {
    /** It is in order. */
    record Fine(Asked asked) implements Look {}

    /** It is not, and the client is told so there. */
    record SendBack(String address) implements Look {}

    /** Nobody is sent anywhere, since the client or its address is not known. */
    record Stay(String why) implements Look {}
  }

  /** An answer of the token endpoint. */
  public record Answer(int status, ObjectNode body) {}

  private record Code(Asked asked, SamplePerson person, Instant signedInAt, Instant until) {}

  private final TokenIssuer issuer;
  private final InstantSource clock;
  private final Supplier<List<SamplePerson>> people;
  private final String redirect;
  private final Map<String, Code> codes = new ConcurrentHashMap<>();

  /**
   * @param people asked anew each time
   * @param redirect the one address to which people are sent back
   */
  public LocalProvider(
      TokenIssuer issuer,
      InstantSource clock,
      Supplier<List<SamplePerson>> people,
      String redirect) {
    this.issuer = issuer;
    this.clock = clock;
    this.people = people;
    this.redirect = redirect;
  }

  /** The same provider with other codes, by another clock. */
  public LocalProvider by(InstantSource other) {
    return new LocalProvider(issuer.by(other), other, people, redirect);
  }

  /** What signs its tokens. */
  public TokenIssuer issuer() {
    return issuer;
  }

  /** Whom one can be. */
  public List<SamplePerson> people() {
    return people.get();
  }

  /** The person with this address in any case. */
  public Optional<SamplePerson> person(String email) {
    var wanted = email.strip().toLowerCase(Locale.ROOT);
    return people.get().stream()
        .filter(person -> person.email().toLowerCase(Locale.ROOT).equals(wanted))
        .findFirst();
  }

  /** OpenID Connect Discovery 1.0, section 3. */
  public ObjectNode configuration() {
    var document = JSON.createObjectNode();
    document
        .put("issuer", issuer.issuer())
        .put("authorization_endpoint", issuer.issuer() + "/authorize")
        .put("token_endpoint", issuer.issuer() + "/token")
        .put("jwks_uri", issuer.issuer() + "/jwks")
        .put("authorization_response_iss_parameter_supported", true);
    document.putArray("response_types_supported").add("code");
    document.putArray("grant_types_supported").add("authorization_code");
    document.putArray("scopes_supported").add("openid").add("email");
    document.putArray("subject_types_supported").add("public");
    document.putArray("id_token_signing_alg_values_supported").add("RS256");
    document.putArray("code_challenge_methods_supported").add("S256");
    document.putArray("token_endpoint_auth_methods_supported").add("client_secret_basic");
    document.putArray("prompt_values_supported").add("none").add("login").add("select_account");
    return document;
  }

  /** Looks at the parameters of the authorization endpoint (OpenID Connect Core 1.0, 3.1.2.2). */
  public Look look(Map<String, String> parameters) {
    if (!CLIENT.equals(parameters.get("client_id"))) {
      return new Look.Stay("There is no client '" + parameters.get("client_id") + "'.");
    }
    if (!redirect.equals(parameters.get("redirect_uri"))) {
      return new Look.Stay(
          "The client may not send people to '" + parameters.get("redirect_uri") + "'.");
    }
    var state = parameters.get("state");
    var challenge = parameters.getOrDefault("code_challenge", "");
    var age = parameters.get("max_age");
    var scope = Set.of(parameters.getOrDefault("scope", "").split(" ", -1));
    if (!"code".equals(parameters.get("response_type"))) {
      return sendBack(state, "unsupported_response_type");
    }
    if (!scope.contains("openid") || !scope.contains("email")) {
      return sendBack(state, "invalid_scope");
    }
    if (!challenge.matches("[A-Za-z0-9_-]{43}")
        || !"S256".equals(parameters.get("code_challenge_method"))
        || (age != null && !age.matches("[0-9]{1,9}"))) {
      return sendBack(state, "invalid_request");
    }
    return new Look.Fine(
        new Asked(
            state,
            parameters.get("nonce"),
            challenge,
            Set.copyOf(Arrays.asList(parameters.getOrDefault("prompt", "").split(" ", -1))),
            age == null ? null : Long.valueOf(age)));
  }

  private Look sendBack(@Nullable String state, String error) {
    return new Look.SendBack(back(state, "error", error));
  }

  /** Where to send somebody who did not sign in. */
  public String refused(Asked asked, String error) {
    return back(asked.state(), "error", error);
  }

  /** Where to send somebody who did: with a code, good once and for a minute. */
  public String signedIn(Asked asked, SamplePerson person, Instant signedInAt) {
    var code = UUID.randomUUID().toString();
    codes.put(code, new Code(asked, person, signedInAt, clock.instant().plus(CODE_LASTS)));
    return back(asked.state(), "code", code);
  }

  private String back(@Nullable String state, String name, String value) {
    return redirect
        + "?"
        + name
        + "="
        + encoded(value)
        + (state == null ? "" : "&state=" + encoded(state))
        + "&iss="
        + encoded(issuer.issuer());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  /**
   * The token endpoint (RFC 6749, section 4.1.3; RFC 7636, section 4.6).
   *
   * @param authorization the header; empty for none
   */
  public Answer token(String authorization, Map<String, String> form) {
    if (!isClient(authorization)) {
      return error(401, "invalid_client");
    }
    if (!"authorization_code".equals(form.get("grant_type"))) {
      return error(400, "unsupported_grant_type");
    }
    // Taken away before it is looked at: a code is tried once.
    var code = codes.remove(form.getOrDefault("code", ""));
    if (code == null
        || !clock.instant().isBefore(code.until())
        || !redirect.equals(form.get("redirect_uri"))
        || !code.asked().challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
      return error(400, "invalid_grant");
    }
    var answer =
        JSON.createObjectNode()
            .put("access_token", UUID.randomUUID().toString())
            .put("token_type", "Bearer")
            .put("expires_in", 3_600)
            .put(
                "id_token", issuer.idToken(code.person(), code.asked().nonce(), code.signedInAt()));
    return new Answer(200, answer);
  }

  /** RFC 6749, section 2.3.1: both parts are encoded as in forms. */
  private static boolean isClient(String authorization) {
    if (!authorization.startsWith("Basic ")) {
      return false;
    }
    try {
      var parts =
          new String(Base64.getDecoder().decode(authorization.substring(6)), UTF_8).split(":", 2);
      return parts.length == 2
          && CLIENT.equals(URLDecoder.decode(parts[0], UTF_8))
          && CLIENT_SECRET.equals(URLDecoder.decode(parts[1], UTF_8));
    } catch (IllegalArgumentException garbled) {
      return false;
    }
  }

  private static String challenge(String verifier) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Answer error(int status, String error) {
    return new Answer(status, JSON.createObjectNode().put("error", error));
  }
}
