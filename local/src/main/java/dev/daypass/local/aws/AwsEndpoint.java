package dev.daypass.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one address of all emulated AWS services: requests of the JSON protocols are told apart by
 * {@code X-Amz-Target}, those of the REST protocols by their path. Signatures are not checked.
 */
public final class AwsEndpoint implements HttpHandler {
  /** A service of the AWS JSON 1.0 protocol. */
  @FunctionalInterface
  public interface JsonService {
    /**
     * Carries out an operation.
     *
     * @throws AwsException as the service answers errors
     */
    JsonNode handle(String operation, JsonNode input);
  }

  /** A service whose bytes go through as they are. */
  @FunctionalInterface
  public interface RawService {
    /**
     * Carries out an operation.
     *
     * @param target the header {@code X-Amz-Target}, whole
     * @throws AwsException as the service answers errors
     */
    AwsAnswer handle(String target, byte[] body);
  }

  /**
   * A call, before it is carried out.
   *
   * @param key the access key of whoever signed it; empty if nobody did
   * @param operation the header {@code X-Amz-Target}, or method and path: {@code POST /v2/email/…}
   * @param input the body; missing if it is no JSON
   */
  public record Call(String key, String operation, JsonNode input) {}

  /** Decides who may call what. */
  @FunctionalInterface
  public interface Guard {
    /**
     * Lets the call through.
     *
     * @throws AwsException as AWS answers those who may not
     */
    void check(Call call);
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern KEY = Pattern.compile("Credential=([^/]+)/");

  private final String base;
  private final Map<String, RawService> byTarget = new TreeMap<>();
  private final Map<String, HttpHandler> byPath = new TreeMap<>();
  private final Set<String> inXml = new TreeSet<>();
  private Guard guard = call -> {};

  /**
   * @param base the path it is mounted on: {@code /_local/aws}
   */
  public AwsEndpoint(String base) {
    this.base = base;
  }

  /** Adds a service whose targets begin so, up to the dot: {@code AWSStepFunctions}. */
  public AwsEndpoint json(String targetPrefix, JsonService service) {
    return raw(
        targetPrefix,
        (target, body) -> {
          var operation = target.substring(target.indexOf('.') + 1);
          return AwsAnswer.json(service.handle(operation, read(body)));
        });
  }

  /** Adds a service whose targets begin so, up to the dot: {@code DynamoDB_20120810}. */
  public AwsEndpoint raw(String targetPrefix, RawService service) {
    byTarget.put(targetPrefix, service);
    return this;
  }

  /**
   * Adds a service whose paths begin so: {@code /v2/email}. It gets the whole path, base included.
   */
  public AwsEndpoint path(String pathPrefix, HttpHandler service) {
    byPath.put(pathPrefix, service);
    return this;
  }

  /** As {@link #path}, for a service that answers errors as S3 does. */
  public AwsEndpoint xmlPath(String pathPrefix, HttpHandler service) {
    inXml.add(pathPrefix);
    return path(pathPrefix, service);
  }

  /** Has every call pass this guard first. */
  public AwsEndpoint guard(Guard everyCall) {
    guard = everyCall;
    return this;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
    if (target == null) {
      handleByPath(exchange);
      return;
    }
    var signed = exchange.getRequestHeaders().getFirst("Authorization");
    answer(target, signed, exchange.getRequestBody().readAllBytes()).send(exchange);
  }

  /**
   * Answers a request of a JSON protocol.
   *
   * @param target the header {@code X-Amz-Target}
   * @param signed the header {@code Authorization}, if there is one
   */
  AwsAnswer answer(String target, @Nullable String signed, byte[] body) {
    try {
      var service = byTarget.get(target.substring(0, Math.max(0, target.indexOf('.'))));
      if (service == null) {
        throw new AwsException(
            "UnknownOperationException",
            400,
            target + " is not run here; what is: " + byTarget.keySet() + " " + byPath.keySet());
      }
      check(signed, target, body);
      return service.handle(target, body);
    } catch (AwsException error) {
      return AwsAnswer.error(error);
    } catch (RuntimeException broken) {
      return AwsAnswer.error(new AwsException("InternalServerError", 500, String.valueOf(broken)));
    }
  }

  private void handleByPath(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    var rest = path.length() < base.length() ? "" : path.substring(base.length());
    for (var service : byPath.entrySet()) {
      if (rest.startsWith(service.getKey())) {
        var body = exchange.getRequestBody().readAllBytes();
        var signed = exchange.getRequestHeaders().getFirst("Authorization");
        try {
          check(signed, exchange.getRequestMethod() + " " + rest, body);
        } catch (AwsException denied) {
          (inXml.contains(service.getKey()) ? AwsAnswer.xmlError(denied) : AwsAnswer.error(denied))
              .send(exchange);
          return;
        }
        exchange.setStreams(new ByteArrayInputStream(body), null);
        service.getValue().handle(exchange);
        return;
      }
    }
    AwsAnswer.error(
            new AwsException(
                "UnknownOperationException",
                404,
                "no AWS service is run here under '"
                    + rest
                    + "'; what is: "
                    + byTarget.keySet()
                    + " "
                    + byPath.keySet()))
        .send(exchange);
  }

  private void check(@Nullable String signed, String operation, byte[] body) {
    var key = KEY.matcher(signed == null ? "" : signed);
    JsonNode input;
    try {
      input = JSON.readTree(body);
    } catch (IOException malformed) {
      // Whatever it is, the service says so.
      input = JSON.missingNode();
    }
    guard.check(new Call(key.find() ? key.group(1) : "", operation, input));
  }

  private static JsonNode read(byte[] body) {
    try {
      var input = JSON.readTree(body);
      if (input.isObject()) {
        return input;
      }
    } catch (IOException malformed) {
      // Answered below, as what is no object.
    }
    throw new AwsException("SerializationException", 400, "the request is not a JSON object");
  }
}
