package dev.daypass.local.dynamodb;

import dev.daypass.local.aws.AwsAnswer;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/**
 * What answers requests in DynamoDB Local's server, without the server: called in the thread that
 * asks. One database, in memory, for every region and key.
 *
 * <p>It is put together here because the server that it brings along listens on all addresses and
 * sends usage data; and Jetty, in which it runs there, costs as much as an answer.
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
  private final LocalDynamoDBServerHandler handler;

  private DynamoDbServer(Engine engine, LocalDynamoDBServerHandler handler) {
    this.engine = engine;
    this.handler = handler;
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
      return new DynamoDbServer(engine, new LocalDynamoDBServerHandler(requests, null));
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
    var answer = new Answer();
    try {
      handler.handle(request(target, body), proxy(Response.class, answer), Callback.NOOP);
    } catch (Exception failed) {
      throw new IllegalStateException("DynamoDB Local does not answer: " + failed, failed);
    }
    return answer.whole();
  }

  /** A request of Jetty, as far as it is looked at. */
  private static Request request(String target, byte[] body) {
    var headers = HttpFields.build().put("X-Amz-Target", target).put("Authorization", CREDENTIALS);
    return proxy(
        Request.class,
        (_, method, _) ->
            switch (method.getName()) {
              case "getMethod" -> "POST";
              case "getHeaders" -> headers;
              case "read" -> Content.Chunk.from(ByteBuffer.wrap(body), true);
              default -> throw new UnsupportedOperationException("a request's " + method);
            });
  }

  /** A response of Jetty, as far as it is used. */
  private static final class Answer implements InvocationHandler {
    private final HttpFields.Mutable headers = HttpFields.build();
    private int status;
    private byte[] body = {};

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
      switch (method.getName()) {
        case "getHeaders" -> {
          return headers;
        }
        case "setStatus" -> status = (int) arguments[0];
        // All at once.
        case "write" -> {
          var bytes = (ByteBuffer) arguments[1];
          body = new byte[bytes.remaining()];
          bytes.get(body);
        }
        default -> throw new UnsupportedOperationException("a response's " + method);
      }
      return null;
    }

    AwsAnswer whole() {
      var kept = new LinkedHashMap<String, String>();
      for (var name : HEADERS) {
        var value = headers.get(name);
        if (value != null) {
          kept.put(name, value);
        }
      }
      return new AwsAnswer(status, kept, body);
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Override
  public void close() {
    engine.close();
  }
}
