package dev.daypass.connector;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

/** Secrets kept in AWS Secrets Manager, each read at most once in five minutes. */
public final class SecretsManagerSecrets implements Secrets {
  /** How old a value may be before it is read again. */
  public static final Duration KEPT = Duration.ofMinutes(5);

  private record Kept(String value, Instant until) {}

  private final SecretsManagerClient client;
  private final InstantSource clock;
  private final @Nullable Duration patience;
  private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();

  public SecretsManagerSecrets(SecretsManagerClient client, InstantSource clock) {
    this(client, clock, null);
  }

  /**
   * Secrets for a caller who would rather go without.
   *
   * @param patience how long one reading takes at the most, with the SDK's own tries; null for as
   *     long as the SDK tries
   */
  public SecretsManagerSecrets(
      SecretsManagerClient client, InstantSource clock, @Nullable Duration patience) {
    this.client = client;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String value(String name) {
    var known = kept.get(name);
    if (known != null && clock.instant().isBefore(known.until())) {
      return known.value();
    }
    return fresh(name);
  }

  @Override
  public String fresh(String name) {
    var value = read(name);
    kept.put(name, new Kept(value, clock.instant().plus(KEPT)));
    return value;
  }

  private String read(String name) {
    try {
      var request = GetSecretValueRequest.builder().secretId(name);
      if (patience != null) {
        request.overrideConfiguration(limits -> limits.apiCallTimeout(patience));
      }
      var value = client.getSecretValue(request.build()).secretString();
      if (value == null) {
        throw new TargetRefused(
            "the secret \"%s\" holds bytes, not text; store it as a secret string".formatted(name));
      }
      return value;
    } catch (SecretsManagerException refused) {
      var details = refused.awsErrorDetails();
      var code = details == null ? "status " + refused.statusCode() : details.errorCode();
      var message = "the secret \"%s\" could not be read: %s".formatted(name, code);
      if (refused.statusCode() >= 500 || refused.isThrottlingException()) {
        throw new TargetUnavailable(message, refused);
      }
      throw new TargetRefused(
          message + "; check its name and that this function is allowed to read it");
    } catch (SdkException failed) {
      throw new TargetUnavailable(
          "the secret \"%s\" could not be read: Secrets Manager did not answer".formatted(name),
          failed);
    }
  }
}
