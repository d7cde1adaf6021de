package dev.daypass.emulator;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** Something that speaks for AWS: DynamoDB with streams and Step Functions, at one address. */
interface Emulator extends AutoCloseable {
  /** Where it answers. */
  URI endpoint();

  String region();

  /** Twelve digits. */
  String account();

  /** Any; emulators read at most the account off it. */
  default String keyId() {
    return "test";
  }

  /** The definition as this emulator can run it. */
  String runnable(String definition);

  /**
   * Starts the whole application on it, with people and runbooks, so that the main path can be
   * walked over HTTP.
   *
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   */
  Application application(Path project);

  /** How long a step of the application may take before a test gives up. */
  default Duration patience() {
    return Duration.ofSeconds(60);
  }

  /** A client's builder that leads here. */
  default <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .endpointOverride(endpoint())
        .region(Region.of(region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(keyId(), "test")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** The protocol itself, for what is said in AWS's own words. */
  default Wire wire() {
    return new Wire(endpoint(), region(), keyId());
  }

  @Override
  void close();
}
