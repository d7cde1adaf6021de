package dev.daypass.local.notes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Writes and shows notes, and answers with whatever it was called with. */
final class NotesHandler implements RequestStreamHandler {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DynamoDbClient dynamo;
  private final String table;

  NotesHandler(NotesApp app) {
    dynamo = app.dynamo();
    table = app.env("NOTES_TABLE");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = JSON.readTree(input);
    JsonNode answer =
        switch (event.path("routeKey").asText()) {
          case "POST /notes" -> put(JSON.readTree(event.path("body").asText()));
          case "GET /notes/{id}" -> get(event.at("/pathParameters/id").asText());
          case "GET /broken" -> throw new IllegalStateException("the note is broken");
          default -> event;
        };
    context.getLogger().log("answered " + event.path("routeKey").asText() + "\n");
    JSON.writeValue(output, answer);
  }

  private JsonNode put(JsonNode note) {
    var item = new HashMap<String, AttributeValue>();
    note.properties()
        .forEach(
            field ->
                item.put(
                    field.getKey(),
                    field.getValue().isNumber()
                        ? AttributeValue.fromN(field.getValue().asText())
                        : AttributeValue.fromS(field.getValue().asText())));
    dynamo.putItem(put -> put.tableName(table).item(item));
    var answer = JSON.createObjectNode().put("statusCode", 201);
    answer.putObject("headers").put("Location", "/notes/" + note.path("id").asText());
    answer.putArray("cookies").add("a=1; Path=/").add("b=2; HttpOnly");
    return answer.put("body", "written");
  }

  private JsonNode get(String id) {
    var item =
        dynamo
            .getItem(get -> get.tableName(table).key(Map.of("id", AttributeValue.fromS(id))))
            .item();
    var answer = JSON.createObjectNode().put("statusCode", item.isEmpty() ? 404 : 200);
    answer.putObject("headers").put("Content-Type", "text/html; charset=utf-8");
    return answer.put("body", item.isEmpty() ? "no such note" : item.toString());
  }
}
