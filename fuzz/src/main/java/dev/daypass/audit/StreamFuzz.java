package dev.daypass.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.approval.DispatchHandler;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Company;
import dev.daypass.fuzz.Issuer;
import dev.daypass.people.ImportHandler;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Import;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Records of the streams: one that cannot be read is reported, and the batch goes on from there.
 */
public final class StreamFuzz {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Company COMPANY = new Company();
  private static final AuditHandler AUDIT = new AuditHandler(COMPANY.app("AuditFunction"));
  private static final DispatchHandler DISPATCH =
      new DispatchHandler(COMPANY.app("DispatchFunction"));

  private static final ImportHandler IMPORTS = new ImportHandler(COMPANY.app("ImportFunction"));

  /** An import that has just arrived; its id is in seeds. */
  private static final Import ARRIVED =
      Import.of(
          "0123456789abcdef0123456789abcdef",
          "ruth.adeyemi@example.com",
          Issuer.NOW,
          "people.csv",
          new byte[0]);

  private StreamFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) {
    JsonNode batch;
    try {
      batch = JSON.readTree(data);
    } catch (IOException noJson) {
      // Lambda makes the event; what is no JSON never comes.
      return;
    }
    COMPANY.shelves().reset();
    store(batch);
    imports().begin(ARRIVED, new byte[0]);
    hand(AUDIT, "AuditFunction", data, batch);
    hand(DISPATCH, "DispatchFunction", data, batch);
    hand(IMPORTS, "ImportFunction", data, batch);
    Check.that(
        COMPANY.shelves().isUnchanged(COMPANY.table("PeopleTable")), "nobody had anything done");
  }

  private static Imports imports() {
    return new Imports(COMPANY.shelves(), COMPANY.table("ImportsTable"));
  }

  /** The new images are in the table, as they are when a stream shows them. */
  private static void store(JsonNode batch) {
    for (var record : batch.path("Records")) {
      var image = record.at("/dynamodb/NewImage");
      var item = new java.util.HashMap<String, AttributeValue>();
      for (var each : image.properties()) {
        var value = each.getValue();
        if (value.path("S").isTextual()) {
          item.put(each.getKey(), AttributeValue.fromS(value.path("S").asText()));
        } else if (value.path("N").isTextual()) {
          item.put(each.getKey(), AttributeValue.fromN(value.path("N").asText()));
        } else if (value.path("L").isArray()) {
          var list = new java.util.ArrayList<AttributeValue>();
          value.path("L").forEach(one -> list.add(AttributeValue.fromS(one.path("S").asText())));
          item.put(each.getKey(), AttributeValue.fromL(list));
        }
      }
      var id = item.get("id");
      if (id != null && id.s() != null && !id.s().isEmpty() && id.s().length() < 100) {
        COMPANY.shelves().putItem(put -> put.tableName(COMPANY.table("RequestsTable")).item(item));
      }
    }
  }

  private static void hand(
      RequestStreamHandler handler, String function, byte[] data, JsonNode batch) {
    var output = new ByteArrayOutputStream();
    try {
      handler.handleRequest(new ByteArrayInputStream(data), output, COMPANY.context(function));
      var failures = JSON.readTree(output.toByteArray()).path("batchItemFailures");
      Check.that(failures.isArray() && failures.size() <= 1, "one place to go on from", failures);
      var numbers = new HashSet<String>();
      batch
          .path("Records")
          .forEach(each -> numbers.add(each.at("/dynamodb/SequenceNumber").asText()));
      failures.forEach(
          each ->
              Check.that(
                  numbers.contains(each.path("itemIdentifier").asText()), "no such record", each));
      Check.that(failures.isEmpty() == COMPANY.logged().isEmpty(), "what fails is logged");
    } catch (IOException broken) {
      throw new AssertionError("the batch as a whole failed", broken);
    }
    Check.that(new String(output.toByteArray(), UTF_8).length() < 10_000, "an answer without end");
  }
}
