package dev.daypass;

import dev.daypass.chat.Webhook;
import dev.daypass.connector.Sleeper;
import dev.daypass.connector.scim.ScimConnector;
import dev.daypass.signin.HttpWire;
import dev.daypass.signin.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** AWS as the environment of a function describes it, and the network. */
final class AwsOutside implements Outside {
  private final Function<String, @Nullable String> environment;
  private final Sleeper sleeper;
  private final SdkHttpClient.Builder<?> http;

  AwsOutside(Function<String, @Nullable String> environment, Sleeper sleeper) {
    this(environment, sleeper, UrlConnectionHttpClient.builder());
  }

  /**
   * @param http what makes the way to AWS for each client
   */
  AwsOutside(
      Function<String, @Nullable String> environment,
      Sleeper sleeper,
      SdkHttpClient.Builder<?> http) {
    this.environment = environment;
    this.sleeper = sleeper;
    this.http = http;
  }

  @Override
  public DynamoDbClient dynamo() {
    return aws(DynamoDbClient.builder()).build();
  }

  @Override
  public SfnClient states() {
    return aws(SfnClient.builder()).build();
  }

  @Override
  public SesV2Client mail() {
    return aws(SesV2Client.builder()).build();
  }

  /**
   * Bodies go whole, as they do to every other service, and neither way with a checksum of the
   * SDK's own: what is put has its hash with it, and what is read is held against that ({@link
   * dev.daypass.store.EvidenceFiles}).
   */
  @Override
  public S3Client files() {
    return aws(S3Client.builder())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .serviceConfiguration(S3Configuration.builder().chunkedEncodingEnabled(false).build())
        .build();
  }

  @Override
  public SecretsManagerClient secrets() {
    return aws(SecretsManagerClient.builder()).build();
  }

  @Override
  public HttpClient targets() {
    return ScimConnector.httpClient();
  }

  @Override
  public HttpClient chat() {
    return Webhook.httpClient();
  }

  @Override
  public Wire provider() {
    return new HttpWire();
  }

  @Override
  public Sleeper sleeper() {
    return sleeper;
  }

  @Override
  public InstantSource stopwatch() {
    return InstantSource.system();
  }

  @Override
  public ExecutorService sideBySide() {
    return Executors.newVirtualThreadPerTaskExecutor();
  }

  /** One small HTTP client, no look-up of what the environment says already. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B aws(B builder) {
    builder
        .httpClientBuilder(http)
        .region(Region.of(App.required(environment, "AWS_REGION")))
        .credentialsProvider(credentials());
    var endpoint = environment.apply("AWS_ENDPOINT_URL");
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder;
  }

  private AwsCredentialsProvider credentials() {
    var id = environment.apply("AWS_ACCESS_KEY_ID");
    var secret = environment.apply("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      // After a SnapStart restore the credentials come from the container's endpoint.
      return DefaultCredentialsProvider.builder().build();
    }
    var token = environment.apply("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }
}
