package dev.daypass.local.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.connector.SecretsManagerSecrets;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.local.aws.AwsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidParameterException;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;

class LocalSecretsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T09:00:00.250Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final LocalSecrets secrets = new LocalSecrets(now::get);
  private final ObjectMapper json = new ObjectMapper();
  private final AtomicInteger reads = new AtomicInteger();
  private final AtomicBoolean broken = new AtomicBoolean();
  private HttpServer server;
  private SecretsManagerClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        SecretsManagerClient.builder()
            .endpointOverride(
                URI.create("http://127.0.0.1:%d".formatted(server.getAddress().getPort())))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void answersByNameByArnAndByArnWithoutItsEnd() {
    var arn = secrets.put("crm/scim", "{\"token\":\"t\"}");
    for (var id : new String[] {"crm/scim", arn, arn.substring(0, arn.length() - 7)}) {
      var value = client.getSecretValue(request -> request.secretId(id));
      assertThat(value.secretString()).isEqualTo("{\"token\":\"t\"}");
      assertThat(value.name()).isEqualTo("crm/scim");
      assertThat(value.arn()).isEqualTo(arn).matches(".*:secret:crm/scim-[a-z0-9]{6}");
      assertThat(value.versionStages()).containsExactly("AWSCURRENT");
      assertThat(value.createdDate()).isEqualTo(NOW);
    }
  }

  @Test
  void theArnOfANameIsTheSameInEveryRun() {
    assertThat(secrets.put("crm", "a")).isEqualTo(new LocalSecrets(now::get).put("crm", "b"));
  }

  @Test
  void keepsTheVersionBefore() {
    secrets.put("crm", "old");
    var old = client.getSecretValue(request -> request.secretId("crm")).versionId();
    client.putSecretValue(request -> request.secretId("crm").secretString("new"));

    assertThat(client.getSecretValue(request -> request.secretId("crm")).secretString())
        .isEqualTo("new");
    assertThat(
            client
                .getSecretValue(request -> request.secretId("crm").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("old");
    assertThat(
            client.getSecretValue(request -> request.secretId("crm").versionId(old)).secretString())
        .isEqualTo("old");
    assertThatThrownBy(
            () ->
                client.getSecretValue(
                    request -> request.secretId("crm").versionId(old).versionStage("AWSCURRENT")))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void createsAndDescribes() {
    var created = client.createSecret(request -> request.name("pay").secretString("s"));
    assertThat(client.describeSecret(request -> request.secretId("pay")).versionIdsToStages())
        .containsOnlyKeys(created.versionId());
    assertThatThrownBy(() -> client.createSecret(request -> request.name("pay").secretString("s")))
        .isInstanceOf(ResourceExistsException.class);
    assertThatThrownBy(() -> client.createSecret(request -> request.name("a b").secretString("s")))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> client.putSecretValue(request -> request.secretId("pay")))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void aRepeatedPutIsOneVersionAndAnotherValueUnderItsTokenIsRefused() {
    secrets.put("crm", "old");
    var token = "0123456789012345678901234567890123456789";
    for (int i = 0; i < 2; i++) {
      client.putSecretValue(
          request -> request.secretId("crm").secretString("new").clientRequestToken(token));
    }
    assertThat(
            client
                .getSecretValue(request -> request.secretId("crm").versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("old");
    assertThatThrownBy(
            () ->
                client.putSecretValue(
                    request -> request.secretId("crm").secretString("x").clientRequestToken(token)))
        .isInstanceOf(ResourceExistsException.class);
  }

  @Test
  void saysWhatIsNotThere() {
    secrets.put("crm", "s");
    assertThatThrownBy(() -> client.getSecretValue(request -> request.secretId("none")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("can't find the specified secret");
    assertThatThrownBy(
            () -> client.getSecretValue(request -> request.secretId("crm").versionStage("NONE")))
        .isInstanceOf(ResourceNotFoundException.class)
        .hasMessageContaining("staging label: NONE");
    assertThatThrownBy(() -> client.deleteSecret(request -> request.secretId("crm")))
        .isInstanceOf(SecretsManagerException.class)
        .hasMessageContaining("DeleteSecret");
  }

  // What functions see of it

  @Test
  void functionsReadEachSecretOnceInFiveMinutes() {
    secrets.put("crm", "one");
    var seen = new SecretsManagerSecrets(client, now::get);
    assertThat(seen.value("crm")).isEqualTo("one");
    secrets.put("crm", "two");
    now.set(NOW.plus(Duration.ofMinutes(5)).minusMillis(1));
    assertThat(seen.value("crm")).isEqualTo("one");
    assertThat(reads).hasValue(1);
    now.set(NOW.plus(Duration.ofMinutes(5)));
    assertThat(seen.value("crm")).isEqualTo("two");
    assertThat(reads).hasValue(2);
  }

  @Test
  void functionsReadAFreshSecretWhenTheyAskForIt() {
    secrets.put("crm", "one");
    var seen = new SecretsManagerSecrets(client, now::get);
    assertThat(seen.value("crm")).isEqualTo("one");
    secrets.put("crm", "two");
    assertThat(seen.fresh("crm")).isEqualTo("two");
    assertThat(seen.value("crm")).isEqualTo("two");
    assertThat(reads).hasValue(2);
  }

  @Test
  void aSecretThatIsNotThereIsRefusedByName() {
    var seen = new SecretsManagerSecrets(client, now::get);
    assertThatThrownBy(() -> seen.value("none"))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("\"none\"")
        .hasMessageContaining("ResourceNotFoundException");
  }

  @Test
  void aSecretOfBytesIsRefused() {
    client.createSecret(
        request -> request.name("bytes").secretBinary(SdkBytes.fromUtf8String("b")));
    var seen = new SecretsManagerSecrets(client, now::get);
    assertThatThrownBy(() -> seen.value("bytes"))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("bytes, not text");
  }

  @Test
  void whoeverHasLittlePatienceIsNotKeptWaiting() throws IOException {
    // A port that takes connections and says nothing.
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var waiting =
            SecretsManagerClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
                .httpClient(UrlConnectionHttpClient.create())
                .build()) {
      var impatient = new SecretsManagerSecrets(waiting, now::get, Duration.ofMillis(300));
      long began = System.nanoTime();
      assertThatThrownBy(() -> impatient.value("crm"))
          .isInstanceOf(TargetUnavailable.class)
          .hasMessageContaining("did not answer");
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
    }
    secrets.put("crm", "one");
    assertThat(new SecretsManagerSecrets(client, now::get, Duration.ofSeconds(30)).value("crm"))
        .isEqualTo("one");
  }

  @Test
  void aStoreInTroubleMayAnswerLater() {
    secrets.put("crm", "one");
    var seen = new SecretsManagerSecrets(client, now::get);
    broken.set(true);
    assertThatThrownBy(() -> seen.value("crm")).isInstanceOf(TargetUnavailable.class);
    broken.set(false);
    assertThat(seen.value("crm")).isEqualTo("one");
    server.stop(0);
    assertThatThrownBy(() -> seen.fresh("crm"))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("did not answer");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      var input = json.readTree(exchange.getRequestBody().readAllBytes());
      int status = 200;
      String body;
      try {
        if (broken.get()) {
          throw new AwsException("InternalServiceError", 500, "broken");
        }
        var operation = target.substring("secretsmanager.".length());
        if (operation.equals("GetSecretValue")) {
          reads.incrementAndGet();
        }
        body = secrets.handle(operation, input).toString();
      } catch (AwsException refused) {
        status = refused.status();
        body =
            json.createObjectNode()
                .put("__type", refused.type())
                .put("message", refused.getMessage())
                .toString();
      }
      exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
