package dev.daypass.local.notes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeAction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.AttributeValueUpdate;

/** Keeps the last change of each note in a second table; fails on notes that say so. */
final class SeenHandler implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbClient dynamo;
  private final String table;

  SeenHandler(NotesApp app) {
    dynamo = app.dynamo();
    table = app.env("SEEN_TABLE");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var answer = JSON.createObjectNode();
    var failures = answer.putArray("batchItemFailures");
    for (var record : JSON.readTree(input).path("Records")) {
      var text = record.at("/dynamodb/NewImage/text/S").asText();
      if (text.equals("throw")) {
        throw new IllegalArgumentException("a note that throws");
      }
      if (text.equals("fail")) {
        failures.addObject().put("itemIdentifier", record.at("/dynamodb/SequenceNumber").asText());
        break;
      }
      var updates = new HashMap<String, AttributeValueUpdate>();
      updates.put("event", put(AttributeValue.fromS(record.toString())));
      updates.put(
          "times",
          AttributeValueUpdate.builder()
              .action(AttributeAction.ADD)
              .value(AttributeValue.fromN("1"))
              .build());
      var id = record.at("/dynamodb/Keys/id/S").asText();
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(Map.of("id", AttributeValue.fromS(id)))
                  .attributeUpdates(updates));
    }
    JSON.writeValue(output, answer);
  }

  private static AttributeValueUpdate put(AttributeValue value) {
    return AttributeValueUpdate.builder().action(AttributeAction.PUT).value(value).build();
  }
}
