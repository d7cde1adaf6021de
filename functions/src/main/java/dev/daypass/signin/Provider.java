package dev.daypass.signin;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.GeneralException;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the provider publishes of itself: its endpoints (OpenID Connect Discovery 1.0) and its keys
 * (RFC 7517). Both are kept for an hour; keys are asked for anew when a token names one that is not
 * among them.
 */
public final class Provider implements JWKSource<SecurityContext> {
  private static final Duration KEPT = Duration.ofHours(1);

  /** Keys that a provider has taken back must not be believed for long if it does not answer. */
  private static final Duration KEPT_IF_NO_ANSWER = Duration.ofHours(24);

  /** TokenCheck with made-up keys must not make us call the provider each time. */
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private record Known(OIDCProviderMetadata metadata, JWKSet keys, Instant since, Instant looked) {}

  private final Trust trust;
  private final Wire wire;
  private final InstantSource clock;
  private @Nullable Known known;

  public Provider(Trust trust, Wire wire, InstantSource clock) {
    this.trust = trust;
    this.wire = wire;
    this.clock = clock;
  }

  /** Its endpoints, each one safe to send secrets to. */
  synchronized OIDCProviderMetadata metadata() throws Unreachable {
    return known().metadata();
  }

  /**
   * The keys that could have signed a token.
   *
   * @throws KeySourceException if the provider cannot be asked
   */
  @Override
  public synchronized List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    try {
      var before = known();
      var found = selector.select(before.keys());
      if (!found.isEmpty() || clock.instant().isBefore(before.looked().plus(BETWEEN_LOOKS))) {
        return found;
      }
      return selector.select(look(before).keys());
    } catch (Unreachable why) {
      throw new RemoteKeySourceException(why.getMessage(), why);
    }
  }

  private Known known() throws Unreachable {
    var now = clock.instant();
    var before = known;
    if (before != null && now.isBefore(before.since().plus(KEPT))) {
      return before;
    }
    if (before != null && now.isBefore(before.looked().plus(BETWEEN_LOOKS))) {
      return before;
    }
    return look(before);
  }

  /** Asks anew; while there is no answer, what is known counts on for a day. */
  private Known look(@Nullable Known before) throws Unreachable {
    var now = clock.instant();
    try {
      var metadata = discover();
      var latest = new Known(metadata, keys(metadata.getJWKSetURI()), now, now);
      known = latest;
      return latest;
    } catch (Unreachable why) {
      if (before == null || !now.isBefore(before.since().plus(KEPT_IF_NO_ANSWER))) {
        throw why;
      }
      var kept = new Known(before.metadata(), before.keys(), before.since(), now);
      known = kept;
      return kept;
    }
  }

  private OIDCProviderMetadata discover() throws Unreachable {
    try {
      var address = OIDCProviderMetadata.resolveURL(new Issuer(trust.issuer())).toURI();
      var metadata = parsed(document(address));
      // OpenID Connect Discovery 1.0, section 4.3.
      if (!trust.issuer().equals(metadata.getIssuer().getValue())) {
        throw new Unreachable(
            "the document of " + trust.issuer() + " is " + metadata.getIssuer() + "'s", null);
      }
      for (var endpoint :
          new @Nullable URI[] {
            metadata.getAuthorizationEndpointURI(),
            metadata.getTokenEndpointURI(),
            metadata.getJWKSetURI()
          }) {
        if (endpoint == null || !trust.reaches(endpoint)) {
          throw new Unreachable(
              trust.issuer() + " has an endpoint that is missing, without https or with a fragment",
              null);
        }
      }
      return metadata;
    } catch (GeneralException | java.net.URISyntaxException garbled) {
      throw new Unreachable("the document of " + trust.issuer() + " cannot be read", garbled);
    } catch (IOException failed) {
      throw new Unreachable("the document of " + trust.issuer() + " did not come", failed);
    }
  }

  /** Some documents that are none make the library fail instead of refusing them. */
  private static OIDCProviderMetadata parsed(String document) throws ParseException {
    try {
      return OIDCProviderMetadata.parse(document);
    } catch (RuntimeException garbled) {
      throw new ParseException(String.valueOf(garbled), garbled);
    }
  }

  /** As {@link #parsed}: a set with nothing in place of a key is such a document. */
  private static JWKSet parsedKeys(String document) throws java.text.ParseException {
    try {
      return JWKSet.parse(document);
    } catch (RuntimeException garbled) {
      throw new java.text.ParseException(String.valueOf(garbled), 0);
    }
  }

  private JWKSet keys(URI address) throws Unreachable {
    try {
      return parsedKeys(document(address));
    } catch (IOException failed) {
      throw new Unreachable("the keys of " + trust.issuer() + " did not come", failed);
    } catch (java.text.ParseException garbled) {
      throw new Unreachable("the keys of " + trust.issuer() + " cannot be read", garbled);
    }
  }

  private String document(URI address) throws IOException {
    var reply = wire.send(Wire.Message.get(address));
    if (reply.status() != 200) {
      throw new IOException(address + " answered " + reply.status());
    }
    return reply.body();
  }
}
