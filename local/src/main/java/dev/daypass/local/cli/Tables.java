package dev.daypass.local.cli;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Where the commands find their table: in AWS with the usual variables and credentials, or in a
 * local run.
 *
 * @param table name of the table, from its option, its variable, or that of the local run
 * @param endpoint other than AWS's own, if there is one
 * @param local whether it is a local run, which takes any credentials
 */
record Tables(String table, Optional<URI> endpoint, boolean local) {
  /** Options that every command with a table takes. */
  static final List<String> WITH_VALUE = List.of("local", "region");

  private static final String LOCAL_RUN = "http://127.0.0.1:8080";

  /**
   * @param option the table's option: {@code table}
   * @param variable the environment variable that names it as well: {@code POLICIES_TABLE}
   * @param localName its name in a local run: {@code daypass-policies}
   * @throws IllegalArgumentException with a message for people if no table is named
   */
  static Tables of(
      Options options, Map<String, String> env, String option, String variable, String localName) {
    var named =
        options
            .value(option)
            .or(() -> Optional.ofNullable(env.get(variable)).filter(text -> !text.isBlank()));
    if (options.has("local") || options.value("local").isPresent()) {
      var run = options.value("local").orElse(LOCAL_RUN);
      return new Tables(
          named.orElse(localName),
          Optional.of(uri(run.replaceAll("/+$", "") + "/_local/aws")),
          true);
    }
    return new Tables(
        named.orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Which table? Say --"
                        + option
                        + " NAME (the stack's output says which), or --local for a running"
                        + " daypass up.")),
        Optional.ofNullable(env.get("AWS_ENDPOINT_URL"))
            .filter(text -> !text.isBlank())
            .map(Tables::uri),
        false);
  }

  /** The table of people beside this one, which is that of policies. */
  String people(Options options, Map<String, String> env) {
    return options
        .value("people-table")
        .or(() -> Optional.ofNullable(env.get("PEOPLE_TABLE")).filter(text -> !text.isBlank()))
        .orElseGet(() -> table.replaceFirst("-policies$", "-people"));
  }

  /** A client for the table; to be closed. */
  DynamoDbClient client(Options options) {
    var builder = DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder());
    endpoint.ifPresent(builder::endpointOverride);
    if (local) {
      builder
          .region(Region.EU_CENTRAL_1)
          .credentialsProvider(
              StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }
    options.value("region").map(Region::of).ifPresent(builder::region);
    return builder.build();
  }

  /** What to tell people when a call failed. */
  String failure(SdkException failed) {
    // A client exception is one without an answer: in a local run nobody listens there.
    return local && failed instanceof SdkClientException
        ? "Nothing answers at "
            + endpoint.map(URI::getAuthority).orElseThrow()
            + ": is ./daypass up running?"
        : "The table " + table + " cannot be used: " + failed.getMessage();
  }

  private static URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException broken) {
      throw new IllegalArgumentException("“" + text + "” is no address.", broken);
    }
  }
}
