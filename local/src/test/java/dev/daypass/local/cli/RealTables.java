package dev.daypass.local.cli;

import com.sun.net.httpserver.HttpServer;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalDynamoDb;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables {@code policies} and {@code people} of {@code template.yaml} in a real DynamoDB
 * engine, at the address of a local run; empty before each test.
 */
public final class RealTables implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
  public static final String POLICIES = "daypass-policies";
  public static final String PEOPLE = "daypass-people";

  private record Running(
      Timeline timeline, LocalDynamoDb database, HttpServer server, DynamoDbClient client) {}

  private @Nullable Running running;
  private int depth;

  /** A client for the tables. */
  public DynamoDbClient client() {
    return running().client();
  }

  /** The address of the local run: what {@code --local=} takes. */
  public String address() {
    return "http://127.0.0.1:" + running().server().getAddress().getPort();
  }

  /** How many items a table holds. */
  public int count(String table) {
    return client().scan(scan -> scan.tableName(table).consistentRead(true)).count();
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    // Nested classes begin and end inside the one that holds them.
    if (depth++ > 0) {
      return;
    }
    Template template =
        TemplateFile.read(Path.of("..", "template.yaml")).resolve(Map.of(), Place.LOCAL);
    var timeline = new Timeline();
    var database = LocalDynamoDb.start(timeline, Place.LOCAL);
    database.create(List.of(template.table("PoliciesTable"), template.table("PeopleTable")));
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/_local/aws", new AwsEndpoint("/_local/aws").raw("DynamoDB_20120810", database::handle));
    server.start();
    var client =
        DynamoDbClient.builder()
            .endpointOverride(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/_local/aws"))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .build();
    running = new Running(timeline, database, server, client);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    for (var table : List.of(POLICIES, PEOPLE)) {
      for (var item : client().scanPaginator(scan -> scan.tableName(table)).items()) {
        var key = new HashMap<>(item);
        key.keySet().retainAll(table.equals(POLICIES) ? List.of("id", "version") : List.of("id"));
        client().deleteItem(delete -> delete.tableName(table).key(key));
      }
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (--depth > 0) {
      return;
    }
    running().client().close();
    running().server().stop(0);
    running().database().close();
    running().timeline().close();
    running = null;
  }

  private Running running() {
    if (running == null) {
      throw new IllegalStateException("the tables are there during tests only");
    }
    return running;
  }
}
