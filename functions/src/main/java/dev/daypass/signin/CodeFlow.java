package dev.daypass.signin;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.Prompt;
import dev.daypass.connector.Secrets;
import dev.daypass.signin.Attempts.Attempt;
import dev.daypass.words.Paths;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Objects;

/**
 * The authorization code flow (OpenID Connect Core 1.0, section 3.1) with PKCE (RFC 7636): where to
 * send somebody, and what the code that comes back is worth.
 */
final class CodeFlow {
  private static final Scope SCOPE = new Scope("openid", "email");

  /** What a code was worth. */
  sealed interface Result {
    /** It signs somebody in. */
    record SignedIn(Account account) implements Result {}

    /** It has been used before, or is too old. */
    record Stale() implements Result {}

    /** The provider did not answer. */
    record Down(String log) implements Result {}

    /** The provider and we do not agree: somebody must look into the settings. */
    record Broken(String log) implements Result {}
  }

  private final Trust trust;
  private final Provider provider;
  private final TokenCheck tokens;
  private final Wire wire;
  private final Secrets secrets;
  private final String secretName;
  private final URI redirect;

  /**
   * @param secretName the secret with the client's password; empty for a client that has none
   * @param publicUrl where people reach the application
   */
  CodeFlow(
      Trust trust,
      Provider provider,
      TokenCheck tokens,
      Wire wire,
      Secrets secrets,
      String secretName,
      URI publicUrl) {
    this.trust = trust;
    this.provider = provider;
    this.tokens = tokens;
    this.wire = wire;
    this.secrets = secrets;
    this.secretName = secretName;
    this.redirect = URI.create(publicUrl + Paths.signedIn());
  }

  /** Where somebody signs in. */
  URI ask(Attempt attempt) throws Unreachable {
    var request =
        new AuthenticationRequest.Builder(
                ResponseType.CODE, SCOPE, new ClientID(trust.clientId()), redirect)
            .endpointURI(provider.metadata().getAuthorizationEndpointURI())
            .state(new State(attempt.state()))
            .nonce(new Nonce(attempt.nonce()))
            .codeChallenge(new CodeVerifier(attempt.verifier()), CodeChallengeMethod.S256);
    return switch (attempt.how()) {
      case USUAL -> request.build().toURI();
      case OTHER -> request.prompt(new Prompt(Prompt.Type.LOGIN)).build().toURI();
      // With max_age the provider must tell auth_time (OpenID Connect Core 1.0, section 3.1.2.1).
      case AGAIN -> request.prompt(new Prompt(Prompt.Type.LOGIN)).maxAge(0).build().toURI();
    };
  }

  /**
   * Whether the answer is one of our provider's, and not another's that was mixed in (RFC 9207).
   *
   * @param issuer the parameter {@code iss} of the answer; empty if it has none
   */
  boolean isOurs(String issuer) throws Unreachable {
    return issuer.isEmpty()
        ? !provider.metadata().supportsAuthorizationResponseIssuerParam()
        : issuer.equals(trust.issuer());
  }

  /** Trades the code for an ID token and reads that. */
  Result redeem(String code, Attempt attempt) {
    try {
      if (secretName.isEmpty()) {
        return result(post(code, attempt, ""), attempt);
      }
      var secret = secrets.value(secretName).strip();
      var reply = post(code, attempt, secret);
      if (OAuth2Error.INVALID_CLIENT.getCode().equals(error(reply))) {
        var latest = secrets.fresh(secretName).strip();
        // The secret has been rotated since it was read.
        reply = latest.equals(secret) ? reply : post(code, attempt, latest);
      }
      return result(reply, attempt);
    } catch (Unreachable | IOException failed) {
      return new Result.Down("the sign-in service did not answer: " + failed);
    } catch (ParseException garbled) {
      return new Result.Broken("the answer to the code cannot be read: " + garbled.getMessage());
    }
  }

  private HTTPResponse post(String code, Attempt attempt, String secret)
      throws Unreachable, IOException {
    var grant =
        new AuthorizationCodeGrant(
            new AuthorizationCode(code), redirect, new CodeVerifier(attempt.verifier()));
    var endpoint = provider.metadata().getTokenEndpointURI();
    var client = new ClientID(trust.clientId());
    var request =
        (secret.isEmpty()
                ? new TokenRequest.Builder(endpoint, client, grant)
                : new TokenRequest.Builder(
                    endpoint, new ClientSecretBasic(client, new Secret(secret)), grant))
            .build()
            .toHTTPRequest();
    var headers = new HashMap<String, String>();
    request.getHeaderMap().forEach((name, values) -> headers.put(name, values.getFirst()));
    headers.put("Accept", "application/json");
    var reply =
        wire.send(
            new Wire.Message(
                "POST", endpoint, headers, Objects.requireNonNullElse(request.getBody(), "")));
    if (reply.status() >= 500 || reply.status() == 429) {
      throw new IOException("the token endpoint answered " + reply.status());
    }
    var response = new HTTPResponse(reply.status());
    response.setHeader("Content-Type", "application/json");
    response.setBody(reply.body());
    return response;
  }

  private static String error(HTTPResponse response) throws ParseException {
    var parsed = OIDCTokenResponseParser.parse(response);
    return parsed.indicatesSuccess()
        ? ""
        : Objects.requireNonNullElse(
            parsed.toErrorResponse().getErrorObject().getCode(),
            "status " + response.getStatusCode());
  }

  private Result result(HTTPResponse response, Attempt attempt) throws ParseException {
    var error = error(response);
    if (error.equals(OAuth2Error.INVALID_GRANT.getCode())) {
      return new Result.Stale();
    }
    if (!error.isEmpty()) {
      return new Result.Broken("the sign-in service refused the code: " + error);
    }
    var answer = (OIDCTokenResponse) OIDCTokenResponseParser.parse(response).toSuccessResponse();
    var token = answer.getOIDCTokens().getIDTokenString();
    if (token == null) {
      return new Result.Broken("the sign-in service sent no ID token");
    }
    return switch (tokens.idToken(token, attempt.nonce())) {
      case TokenCheck.Read.Good(Account account) -> new Result.SignedIn(account);
      case TokenCheck.Read.Bad(String why) ->
          new Result.Broken("the ID token does not count: " + why);
      case TokenCheck.Read.Unknown(String why) -> new Result.Down(why);
    };
  }
}
