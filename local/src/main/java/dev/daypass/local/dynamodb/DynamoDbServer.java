package dev.daypass.local.dynamodb;

import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local on a loopback port of its own, in memory, one database for every region and key.
 *
 * <p>It is put together here because the server that it brings along listens on all addresses and
 * sends usage data.
 */
final class DynamoDbServer implements AutoCloseable {
  // A static field, so that the level is not lost with a logger that nobody holds.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  static {
    SQLITE.setLevel(Level.OFF);
  }

  private final LocalDynamoDBRequestHandler requests;
  private final Server server;
  private final URI address;

  private DynamoDbServer(LocalDynamoDBRequestHandler requests, Server server, URI address) {
    this.requests = requests;
    this.server = server;
    this.address = address;
  }

  /**
   * Starts it; takes about a second.
   *
   * @throws IllegalStateException if it does not start
   */
  static DynamoDbServer start() {
    try {
      var requests = new LocalDynamoDBRequestHandler(0, true, null, true, false);
      var server = new Server();
      var connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      connector.setPort(0);
      server.addConnector(connector);
      server.setHandler(new ContextHandler(new LocalDynamoDBServerHandler(requests, null)));
      server.start();
      return new DynamoDbServer(
          requests, server, URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"));
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not start: " + failed, failed);
    }
  }

  URI address() {
    return address;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception stopping) {
      throw new IllegalStateException("DynamoDB Local does not stop: " + stopping, stopping);
    } finally {
      requests.shutdown();
    }
  }
}
