package dev.daypass.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Next;
import dev.daypass.access.Request;
import dev.daypass.fuzz.Check;
import dev.daypass.web.RequestJson;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Stored requests: either damaged, and said so, or whole in every part. */
public final class StoredFuzz {
  private static final JsonMapper JSON = new JsonMapper();

  private StoredFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /**
   * The input is an object with the item's attributes: {@code asked}, {@code stages}, {@code state}
   * and each of {@code events} as JSON, which is stored as text.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    JsonNode item;
    try {
      item = JSON.readTree(new String(data, UTF_8));
    } catch (JsonProcessingException none) {
      return;
    }
    Request request;
    try {
      request = StoredRequest.read(attributes(item));
    } catch (IllegalArgumentException
        | IllegalStateException
        | NullPointerException
        | UncheckedIOException damaged) {
      // Guards of the records themselves, and what the JSON inside says.
      return;
    }
    Map<String, AttributeValue> stored;
    try {
      stored = StoredRequest.of(request);
    } catch (DateTimeException beyond) {
      // Instants of a million years that no clock says and no calendar has.
      return;
    }
    Check.same(StoredRequest.read(stored), request, "written and read again");
    Check.same(StoredRequest.of(StoredRequest.read(stored)), stored, "one item for one request");
    Check.that(request.version() >= 1, "a request without a trail");
    Check.that(Next.of(request, Instant.EPOCH) != null, "a request that is on its way nowhere");
    Check.same(RequestJson.of(request).id(), request.id(), "shown on the wire");
  }

  private static Map<String, AttributeValue> attributes(JsonNode item) {
    var attributes = new HashMap<String, AttributeValue>();
    attributes.put("status", Items.text(item.path("status").asText()));
    attributes.put("run", Items.number(item.path("run").asLong()));
    for (var name : List.of("asked", "stages", "state")) {
      attributes.put(name, Items.text(item.path(name).toString()));
    }
    attributes.put(
        "events",
        AttributeValue.fromL(
            StreamSupport.stream(item.path("events").spliterator(), false)
                .map(event -> Items.text(event.toString()))
                .toList()));
    return attributes;
  }
}
