package dev.daypass.local.dynamodb;

import dev.daypass.local.aws.AwsAnswer;
import java.lang.invoke.MethodHandles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpTester;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * DynamoDB Local's server without a port: its requests and answers are handed over in memory. One
 * database, in memory, for every region and key.
 *
 * <p>It is put together here because the server that it brings along listens on all addresses and
 * sends usage data.
 */
final class DynamoDbServer implements AutoCloseable {
  // A static field, so that the level is not lost with a logger that nobody holds.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  /** Under which name DynamoDB Local keeps a database that all regions and keys share. */
  private static final String SHARED = "shared-local-instance";

  // DynamoDB Local wants a header of this form and checks no signature.
  private static final String CREDENTIALS =
      "AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request,"
          + " SignedHeaders=host, Signature=0";

  private static final List<String> HEADERS =
      List.of("content-type", "x-amz-crc32", "x-amzn-requestid");

  static {
    SQLITE.setLevel(Level.OFF);
  }

  private final Engine engine;
  private final Server server;
  private final LocalConnector connector;

  private DynamoDbServer(Engine engine, Server server, LocalConnector connector) {
    this.engine = engine;
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts it; takes about a second.
   *
   * @throws IllegalStateException if it does not start
   */
  static DynamoDbServer start() {
    try {
      var engine = Engine.start();
      var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
      databases(requests).put(SHARED, engine.local());
      var server = new Server();
      var connector = new LocalConnector(server);
      server.addConnector(connector);
      server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null)));
      server.start();
      return new DynamoDbServer(engine, server, connector);
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not start: " + failed, failed);
    }
  }

  /** Where it looks for the database of a request before it makes one. */
  @SuppressWarnings("unchecked")
  private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests)
      throws ReflectiveOperationException {
    var type = LocalDynamoDBRequestHandler.class;
    return (Map<String, AmazonDynamoDBLocal>)
        MethodHandles.privateLookupIn(type, MethodHandles.lookup())
            .findVarHandle(type, "dbRequestHandlers", Map.class)
            .get(requests);
  }

  /**
   * Answers a request in DynamoDB's JSON protocol.
   *
   * @param target the header {@code X-Amz-Target}
   */
  AwsAnswer answer(String target, byte[] body) {
    var request = HttpTester.newRequest();
    request.setMethod("POST");
    request.setURI("/");
    request.setHeader("Host", "dynamodb");
    request.setHeader("X-Amz-Target", target);
    request.setHeader("Content-Type", "application/x-amz-json-1.0");
    request.setHeader("Authorization", CREDENTIALS);
    request.setHeader("Connection", "close");
    request.setContent(body);
    try {
      var answer =
          Objects.requireNonNull(
              HttpTester.parseResponse(connector.getResponse(request.generate())),
              "DynamoDB Local does not answer");
      var headers = new LinkedHashMap<String, String>();
      for (var name : HEADERS) {
        var value = answer.get(name);
        if (value != null) {
          headers.put(name, value);
        }
      }
      return new AwsAnswer(answer.getStatus(), headers, answer.getContentBytes());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while DynamoDB Local was answering", stopped);
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not answer: " + failed, failed);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception stopping) {
      throw new IllegalStateException("DynamoDB Local does not stop: " + stopping, stopping);
    } finally {
      engine.close();
    }
  }
}
