package dev.daypass.local.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Secrets Manager's operations {@code CreateSecret}, {@code PutSecretValue}, {@code GetSecretValue}
 * and {@code DescribeSecret} over secrets in memory, with the errors of the <a
 * href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/">API reference</a>.
 *
 * <p>Safe for many threads.
 */
public final class LocalSecrets {
  private static final String CURRENT = "AWSCURRENT";
  private static final String PREVIOUS = "AWSPREVIOUS";
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:000000000000:secret:";
  private static final int LARGEST = 65_536;

  /**
   * @param text the value, or null if it is binary
   * @param binary the value in base64, or null if it is text
   */
  private record Version(
      String id, @Nullable String text, @Nullable String binary, Instant created) {}

  /** A secret: its versions, oldest first, and which of them each staging label is on. */
  private static final class Secret {
    private final String name;
    private final Instant created;
    private final Map<String, Version> versions = new LinkedHashMap<>();
    private final Map<String, String> stages = new LinkedHashMap<>();

    Secret(String name, Instant created) {
      this.name = name;
      this.created = created;
    }

    String arn() {
      return arnOf(name);
    }

    List<String> stagesOf(String version) {
      var labels = new ArrayList<String>();
      stages.forEach(
          (label, id) -> {
            if (id.equals(version)) {
              labels.add(label);
            }
          });
      return labels;
    }
  }

  private final InstantSource clock;
  private final Map<String, Secret> secrets = new LinkedHashMap<>();

  public LocalSecrets(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Sets the current text of a secret, which is created if it is not there.
   *
   * @return the secret's ARN, the same for a name in every run
   */
  public synchronized String put(String name, String value) {
    var secret = secrets.computeIfAbsent(name, any -> new Secret(name, clock.instant()));
    add(secret, new Version(UUID.randomUUID().toString(), value, null, clock.instant()));
    return secret.arn();
  }

  /**
   * Carries out one operation.
   *
   * @param operation the name after {@code secretsmanager.} in {@code X-Amz-Target}
   * @throws AwsException as Secrets Manager would answer
   */
  public synchronized JsonNode handle(String operation, JsonNode input) {
    return switch (operation) {
      case "GetSecretValue" -> get(input);
      case "DescribeSecret" -> describe(input);
      case "CreateSecret" -> create(input);
      case "PutSecretValue" -> putValue(input);
      default ->
          throw new AwsException(
              "UnknownOperationException",
              400,
              "the local Secrets Manager does not know " + operation);
    };
  }

  private ObjectNode get(JsonNode input) {
    var secret = find(input);
    var id = text(input, "VersionId");
    var stage = text(input, "VersionStage");
    var version = version(secret, id, stage);
    var answer =
        object()
            .put("ARN", secret.arn())
            .put("Name", secret.name)
            .put("VersionId", version.id())
            .put("CreatedDate", seconds(version.created()));
    if (version.text() != null) {
      answer.put("SecretString", version.text());
    }
    if (version.binary() != null) {
      answer.put("SecretBinary", version.binary());
    }
    var stages = answer.putArray("VersionStages");
    secret.stagesOf(version.id()).forEach(stages::add);
    return answer;
  }

  private static Version version(Secret secret, @Nullable String id, @Nullable String stage) {
    if (id == null) {
      var label = stage == null ? CURRENT : stage;
      return Optional.ofNullable(secret.stages.get(label))
          .map(secret.versions::get)
          .orElseThrow(() -> noValue("staging label: " + label));
    }
    var version = secret.versions.get(id);
    if (version == null) {
      throw noValue("VersionId: " + id);
    }
    if (stage != null && !secret.stagesOf(id).contains(stage)) {
      throw new AwsException(
          "InvalidRequestException",
          400,
          "You provided a VersionStage that is not associated to the provided VersionId.");
    }
    return version;
  }

  private ObjectNode describe(JsonNode input) {
    var secret = find(input);
    var answer =
        object()
            .put("ARN", secret.arn())
            .put("Name", secret.name)
            .put("CreatedDate", seconds(secret.created));
    var versions = answer.putObject("VersionIdsToStages");
    for (var id : secret.versions.keySet()) {
      var labels = secret.stagesOf(id);
      if (!labels.isEmpty()) {
        labels.forEach(versions.withArray(id)::add);
      }
    }
    return answer;
  }

  private ObjectNode create(JsonNode input) {
    var name = text(input, "Name");
    if (name == null || !name.matches("[A-Za-z0-9/_+=.@-]{1,512}")) {
      throw invalid(
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    if (secrets.containsKey(name)) {
      throw new AwsException(
          "ResourceExistsException",
          400,
          "The operation failed because the secret %s already exists.".formatted(name));
    }
    var secret = new Secret(name, clock.instant());
    var answer = object().put("ARN", secret.arn()).put("Name", name);
    if (input.hasNonNull("SecretString") || input.hasNonNull("SecretBinary")) {
      var version = newVersion(input);
      add(secret, version);
      answer.put("VersionId", version.id());
    }
    secrets.put(name, secret);
    return answer;
  }

  private ObjectNode putValue(JsonNode input) {
    var secret = find(input);
    if (input.hasNonNull("VersionStages")) {
      throw invalid("the local Secrets Manager moves staging labels itself, without VersionStages");
    }
    var version = newVersion(input);
    var known = secret.versions.get(version.id());
    if (known == null) {
      add(secret, version);
    } else if (!known.equals(
        new Version(known.id(), version.text(), version.binary(), known.created()))) {
      throw new AwsException(
          "ResourceExistsException",
          400,
          "You can't use ClientRequestToken %s because that value is already in use for a version"
                  .formatted(version.id())
              + " of secret "
              + secret.arn()
              + ".");
    }
    var answer =
        object().put("ARN", secret.arn()).put("Name", secret.name).put("VersionId", version.id());
    var stages = answer.putArray("VersionStages");
    secret.stagesOf(version.id()).forEach(stages::add);
    return answer;
  }

  private Version newVersion(JsonNode input) {
    var text = text(input, "SecretString");
    var binary = text(input, "SecretBinary");
    if ((text == null) == (binary == null)) {
      throw invalid("You must provide either SecretString or SecretBinary, and not both.");
    }
    if (text != null && (text.isEmpty() || text.getBytes(UTF_8).length > LARGEST)) {
      throw invalid("SecretString must have between 1 and %d bytes".formatted(LARGEST));
    }
    var token = text(input, "ClientRequestToken");
    if (token != null && (token.length() < 32 || token.length() > 64)) {
      throw invalid("ClientRequestToken must have between 32 and 64 characters");
    }
    return new Version(
        token == null ? UUID.randomUUID().toString() : token, text, binary, clock.instant());
  }

  /** The new version becomes current and the one before previous, as in Secrets Manager. */
  private static void add(Secret secret, Version version) {
    var before = secret.stages.get(CURRENT);
    if (before != null) {
      secret.stages.put(PREVIOUS, before);
    }
    secret.stages.put(CURRENT, version.id());
    secret.versions.put(version.id(), version);
  }

  /** By name, by ARN, or by ARN without the six characters at its end. */
  private Secret find(JsonNode input) {
    var id = text(input, "SecretId");
    if (id == null || id.isEmpty()) {
      throw invalid("SecretId is missing");
    }
    var byName = secrets.get(id);
    if (byName != null) {
      return byName;
    }
    for (var secret : secrets.values()) {
      if (id.equals(secret.arn()) || id.equals(ARN + secret.name)) {
        return secret;
      }
    }
    throw new AwsException(
        "ResourceNotFoundException", 400, "Secrets Manager can't find the specified secret.");
  }

  private static String arnOf(String name) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(UTF_8));
      var suffix = new BigInteger(1, hash).toString(36);
      return ARN + name + "-" + suffix.substring(0, 6);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static double seconds(Instant instant) {
    return instant.toEpochMilli() / 1000.0;
  }

  private static @Nullable String text(JsonNode input, String field) {
    return input.hasNonNull(field) ? input.get(field).asText() : null;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static AwsException noValue(String what) {
    return new AwsException(
        "ResourceNotFoundException",
        400,
        "Secrets Manager can't find the specified secret value for " + what);
  }

  private static AwsException invalid(String message) {
    return new AwsException("InvalidParameterException", 400, message);
  }
}
