package dev.daypass.local.notes;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.local.lambda.Handlers;
import java.net.URI;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What the handlers of the notes are made from. */
record NotesApp(Map<String, String> environment, InstantSource clock) {
  /** Makes the handlers that the template of the notes names. */
  static Handlers handlers(InstantSource clock) {
    return (className, environment) -> {
      var app = new NotesApp(environment, clock);
      return switch (className) {
        case "dev.daypass.local.notes.NotesHandler" -> new NotesHandler(app);
        case "dev.daypass.local.notes.SeenHandler" -> new SeenHandler(app);
        case "dev.daypass.local.notes.TickHandler" -> (RequestStreamHandler) new TickHandler(app);
        default -> throw new IllegalArgumentException(className);
      };
    };
  }

  String env(String name) {
    return Objects.requireNonNull(environment.get(name), name);
  }

  DynamoDbClient dynamo() {
    return DynamoDbClient.builder()
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .endpointOverride(URI.create(env("AWS_ENDPOINT_URL")))
        .region(Region.of(env("AWS_REGION")))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(env("AWS_ACCESS_KEY_ID"), env("AWS_SECRET_ACCESS_KEY"))))
        .build();
  }
}
