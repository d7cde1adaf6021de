package dev.daypass.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What the expressions of a state can see: the variables, {@code $states}, the functions that Step
 * Functions adds to JSONata, and one instant for {@code $now()} and {@code $millis()}.
 *
 * @param states the value of {@code $states}
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming
 *     data with JSONata in Step Functions</a>
 */
record Scope(
    ObjectNode states, Map<String, JsonNode> variables, Instant now, RandomGenerator random) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Set<String> HASHES = Set.of("MD5", "SHA-1", "SHA-256", "SHA-384", "SHA-512");

  /** AWS stops an expression after one second; a busy local machine gets ten. */
  private static final long LONGEST_EVALUATION_MILLIS = 10_000;

  private static final int DEEPEST_RECURSION = 1_000;
  private static final int LONGEST_RANGE = 1_000;

  /** An expression failed or gave a value that its field cannot take. */
  static final class QueryFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String location;

    QueryFailed(String location, String message) {
      super(message);
      this.location = location;
    }

    /** The field, with the path inside it: {@code Output/name}. */
    String location() {
      return location;
    }
  }

  /**
   * Evaluates every expression in a template.
   *
   * @param field the name of the field, for the error
   * @throws QueryFailed if one of them fails or returns nothing
   */
  JsonNode evaluate(State.Template template, String field) {
    return evaluate(template.source(), field);
  }

  private JsonNode evaluate(JsonNode node, String location) {
    if (node.isObject()) {
      var object = NODES.objectNode();
      node.properties()
          .forEach(
              e -> object.set(e.getKey(), evaluate(e.getValue(), location + "/" + e.getKey())));
      return object;
    }
    if (node.isArray()) {
      var array = NODES.arrayNode();
      for (int i = 0; i < node.size(); i++) {
        array.add(evaluate(node.get(i), location + "/" + i));
      }
      return array;
    }
    return node.isTextual() && Expression.isExpression(node.asText())
        ? evaluate(Expression.in(node.asText()), location)
        : node;
  }

  private JsonNode evaluate(Expression expression, String location) {
    var where =
        "The JSONata expression '"
            + expression.text()
            + "' specified for the field '"
            + location
            + "' ";
    @Nullable Object value;
    try {
      // Parsed each time: the library's trees hold evaluation state and are not safe to share.
      var jsonata = Jsonata.jsonata(expression.text());
      jsonata.setOutputConvertNulls(false);
      value = jsonata.evaluate(null, frame());
    } catch (JException e) {
      throw new QueryFailed(
          location,
          where + "threw an error during evaluation. " + e.getError() + ": " + e.getMessage());
    } catch (RuntimeException e) {
      throw new QueryFailed(
          location, where + "threw an error during evaluation. " + e.getMessage());
    } catch (StackOverflowError e) {
      throw new QueryFailed(
          location, where + "threw an error during evaluation. Stack overflow error");
    }
    if (value == null) {
      throw new QueryFailed(location, where + "returned nothing (undefined).");
    }
    var node = toNode(value);
    if (node == null) {
      throw new QueryFailed(location, where + "returned an unsupported result type.");
    }
    return node;
  }

  private Frame frame() {
    var frame = new Frame(null);
    frame.setRuntimeBounds(LONGEST_EVALUATION_MILLIS, DEEPEST_RECURSION);
    variables.forEach((name, value) -> frame.bind(name, toJava(value)));
    frame.bind("states", toJava(states));
    long millis = now.toEpochMilli();
    bind(frame, "millis", "<:n>", (in, args) -> millis);
    bind(
        frame,
        "now",
        "<s?s?:s>",
        (in, args) ->
            com.dashjoin.jsonata.Functions.dateTimeFromMillis(
                millis, (String) argument(args, 0), (String) argument(args, 1)));
    bind(frame, "partition", "<an:a>", (in, args) -> partition(args));
    bind(frame, "range", "<nnn:a>", (in, args) -> range(args));
    bind(frame, "hash", "<ss:s>", (in, args) -> hash(args));
    bind(
        frame,
        "random",
        "<n?:n>",
        (in, args) ->
            argument(args, 0) instanceof Number seed
                ? new Random(seed.longValue()).nextDouble()
                : random.nextDouble());
    bind(frame, "uuid", "<:s>", (in, args) -> UUID.randomUUID().toString());
    bind(frame, "parse", "<s:x>", (in, args) -> parse(args));
    return frame;
  }

  private static void bind(
      Frame frame, String name, String signature, JFunctionCallable implementation) {
    frame.bind(name, new JFunction(implementation, signature));
  }

  private static @Nullable Object argument(List<?> args, int index) {
    return index < args.size() ? args.get(index) : null;
  }

  private static int integer(List<?> args, int index) {
    if (argument(args, index) instanceof Number number) {
      return (int) Math.floor(number.doubleValue());
    }
    throw new IllegalArgumentException("Argument " + (index + 1) + " must be a number");
  }

  private static Object partition(List<?> args) {
    int size = integer(args, 1);
    if (size < 1 || !(argument(args, 0) instanceof List<?> list)) {
      throw new IllegalArgumentException("$partition takes an array and a size of at least 1");
    }
    var chunks = new ArrayList<Object>();
    for (int from = 0; from < list.size(); from += size) {
      chunks.add(new ArrayList<>(list.subList(from, Math.min(list.size(), from + size))));
    }
    return chunks;
  }

  private static Object range(List<?> args) {
    int first = integer(args, 0);
    int last = integer(args, 1);
    int step = integer(args, 2);
    if (step == 0) {
      throw new IllegalArgumentException("$range needs a step other than 0");
    }
    var values = new ArrayList<Object>();
    for (int i = first; step > 0 ? i <= last : i >= last; i += step) {
      if (values.size() == LONGEST_RANGE) {
        throw new IllegalArgumentException("$range makes at most " + LONGEST_RANGE + " values");
      }
      values.add(i);
    }
    return values;
  }

  private static Object hash(List<?> args) {
    if (!(argument(args, 0) instanceof String text)
        || !(argument(args, 1) instanceof String algorithm)
        || !HASHES.contains(algorithm)) {
      throw new IllegalArgumentException("$hash takes a string and one of " + HASHES);
    }
    try {
      var digest = MessageDigest.getInstance(algorithm);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has " + algorithm, e);
    }
  }

  private static @Nullable Object parse(List<?> args) {
    if (!(argument(args, 0) instanceof String text)) {
      return null;
    }
    try {
      return toJava(Json.read(text));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("$parse: " + e.getOriginalMessage(), e);
    }
  }

  /** The library's form of a JSON value; it has its own null beside Java's, which is undefined. */
  private static Object toJava(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        var map = new LinkedHashMap<String, Object>();
        node.properties().forEach(e -> map.put(e.getKey(), toJava(e.getValue())));
        yield map;
      }
      case ARRAY -> {
        var list = new ArrayList<Object>();
        node.forEach(item -> list.add(toJava(item)));
        yield list;
      }
      case STRING -> node.asText();
      case BOOLEAN -> node.asBoolean();
      case NUMBER ->
          node.canConvertToInt() && node.isIntegralNumber()
              ? (Object) node.intValue()
              : node.canConvertToLong() && node.isIntegralNumber()
                  ? (Object) node.longValue()
                  : (Object) node.doubleValue();
      case NULL, MISSING, BINARY, POJO -> Jsonata.NULL_VALUE;
    };
  }

  /** Back to JSON; null if the value is or holds something else, such as a function. */
  private static @Nullable JsonNode toNode(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case Map<?, ?> map -> {
        var object = NODES.objectNode();
        for (var entry : map.entrySet()) {
          var child = toNode(entry.getValue());
          if (child == null) {
            yield null;
          }
          object.set(String.valueOf(entry.getKey()), child);
        }
        yield object;
      }
      case List<?> list -> {
        var array = NODES.arrayNode();
        for (var item : list) {
          var child = toNode(item);
          if (child == null) {
            yield null;
          }
          array.add(child);
        }
        yield array;
      }
      case String text -> NODES.textNode(text);
      case Boolean truth -> NODES.booleanNode(truth);
      case Number number -> number(number);
      default -> value == Jsonata.NULL_VALUE ? NODES.nullNode() : null;
    };
  }

  /** JSONata knows one kind of number and prints whole ones without a point. */
  private static JsonNode number(Number number) {
    double value = number.doubleValue();
    if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
      long whole = number.longValue();
      return whole == (int) whole ? NODES.numberNode((int) whole) : NODES.numberNode(whole);
    }
    return NODES.numberNode(value);
  }
}
