package dev.daypass.local.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.access.Evidence;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.aws.AwsException;
import dev.daypass.store.EvidenceFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Through the SDK, over HTTP; and {@link EvidenceFiles} on top of it. */
class LocalS3Test {
  private static final String BASE = "/_local/aws";
  private static final String BUCKET = "daypass-evidence";
  private static final byte[] PDF = "%PDF-1.7 nobody is there".getBytes(UTF_8);
  private static final Evidence EVIDENCE = Evidence.of(PDF, "after.pdf");

  private final LocalS3 s3 = new LocalS3();
  private final AtomicInteger clients = new AtomicInteger();
  private HttpServer server;
  private S3Client client;
  private EvidenceFiles files;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        BASE,
        new AwsEndpoint(BASE)
            .xmlPath("/" + BUCKET + "/", s3.api(BASE))
            .guard(
                call -> {
                  if (call.key().equals("stranger")) {
                    throw new AwsException("AccessDenied", 403, "not <you>");
                  }
                }));
    server.start();
    client = client("any");
    files =
        new EvidenceFiles(
            () -> {
              clients.incrementAndGet();
              return client;
            },
            BUCKET);
  }

  private S3Client client(String key) {
    return S3Client.builder()
        .endpointOverride(URI.create(url("")))
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(key, "any")))
        .httpClient(UrlConnectionHttpClient.create())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(config -> config.chunkedEncodingEnabled(false))
        .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private String url(String path) {
    return "http://127.0.0.1:%d".formatted(server.getAddress().getPort()) + BASE + path;
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void whatIsPutIsThereUnderItsHash() {
    files.put("r-1", EVIDENCE, PDF);
    files.put("r-1", EVIDENCE, PDF);

    assertThat(s3.files(BUCKET))
        .containsOnlyKeys("r-1/" + EVIDENCE.sha256())
        .containsValue(new LocalS3.Kept("application/pdf", PDF));
    assertThat(s3.files("another")).isEmpty();
    assertThat(files.get("r-1", EVIDENCE)).hasValue(PDF);
    assertThat(clients).as("clients made").hasValue(1);
  }

  @Test
  void theClientIsMadeWithTheFirstFile() {
    assertThat(clients).hasValue(0);
  }

  @Test
  void otherBytesAreNeitherPutNorGiven() {
    var other = "%PDF-1.7 somebody is there".getBytes(UTF_8);
    assertThatThrownBy(() -> files.put("r-1", EVIDENCE, other))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(s3.files(BUCKET)).isEmpty();

    files.put("r-1", EVIDENCE, PDF);
    s3.put(BUCKET, "r-1/" + EVIDENCE.sha256(), new LocalS3.Kept("application/pdf", other));

    assertThat(files.get("r-1", EVIDENCE)).isEmpty();
  }

  @Test
  void whatIsNotThereIsSaidAsS3DoesIt() {
    assertThat(files.get("r-1", EVIDENCE)).isEmpty();
    assertThatThrownBy(() -> client.getObjectAsBytes(get -> get.bucket(BUCKET).key("r-1/x")))
        .isInstanceOf(NoSuchKeyException.class);
  }

  @Test
  void whatArrivesIsHeldAgainstItsHash() {
    assertThatThrownBy(
            () ->
                client.putObject(
                    put -> put.bucket(BUCKET).key("r-1/x").checksumSHA256("c29tZXRoaW5nIGVsc2U="),
                    RequestBody.fromBytes(PDF)))
        .isInstanceOfSatisfying(
            S3Exception.class,
            error -> assertThat(error.awsErrorDetails().errorCode()).isEqualTo("BadDigest"));
    assertThat(s3.files(BUCKET)).isEmpty();
  }

  @Test
  void whoeverMayNotIsTold() {
    try (var stranger = client("stranger")) {
      assertThatThrownBy(() -> stranger.getObjectAsBytes(get -> get.bucket(BUCKET).key("r-1/x")))
          .isInstanceOfSatisfying(
              S3Exception.class,
              error -> {
                assertThat(error.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
                assertThat(error.awsErrorDetails().errorMessage()).isEqualTo("not <you>");
                assertThat(error.statusCode()).isEqualTo(403);
              });
    }
  }

  @Test
  void whatIsNotDoneHereIsRefusedByName() {
    assertThatThrownBy(() -> client.deleteObject(delete -> delete.bucket(BUCKET).key("r-1/x")))
        .hasMessageContaining("the local S3 does not know the method DELETE");
    assertThatThrownBy(
            () ->
                client.getObjectAsBytes(get -> get.bucket(BUCKET).key("r-1/x").range("bytes=0-1")))
        .hasMessageContaining("the header range");
    assertThatThrownBy(
            () ->
                client.putObject(
                    put -> put.bucket(BUCKET).key("r-1/x").tagging("a=b"),
                    RequestBody.fromBytes(PDF)))
        .hasMessageContaining("the header x-amz-tagging");
    assertThatThrownBy(
            () ->
                client.getObjectAsBytes(get -> get.bucket(BUCKET).key("r-1/x").versionId("before")))
        .hasMessageContaining("the query versionId=before");
    assertThatThrownBy(() -> client.listObjectsV2(list -> list.bucket(BUCKET)))
        .isInstanceOf(S3Exception.class);
    assertThat(s3.files(BUCKET)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNSIGNED-PAYLOAD, 200",
    "STREAMING-UNSIGNED-PAYLOAD-TRAILER, 501",
    "0000000000000000000000000000000000000000000000000000000000000000, 400",
  })
  void theHashThatIsSignedCounts(String signed, int status) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      var put =
          HttpRequest.newBuilder(URI.create(url("/" + BUCKET + "/r-1/x")))
              .header("x-amz-content-sha256", signed)
              .PUT(HttpRequest.BodyPublishers.ofByteArray(PDF))
              .build();
      assertThat(http.send(put, HttpResponse.BodyHandlers.ofString()).statusCode())
          .isEqualTo(status);
    }
  }
}
