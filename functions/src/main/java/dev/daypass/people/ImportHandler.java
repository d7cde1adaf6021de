package dev.daypass.people;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.access.Texts;
import dev.daypass.store.Imports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of {@code imports}: a record of an import means that its next step may be due.
 * Nothing else in the record is looked at. The first that fails is reported, and the stream
 * delivers from there again.
 */
public final class ImportHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ImportSteps steps;

  public ImportHandler() {
    this(new App());
  }

  public ImportHandler(App app) {
    this.steps = app.imports();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var failed = firstFailed(MAPPER.readTree(input).path("Records"), context);
    MAPPER.writeValue(
        output,
        Map.of(
            "batchItemFailures",
            failed == null ? List.of() : List.of(Map.of("itemIdentifier", failed))));
  }

  private @Nullable String firstFailed(JsonNode records, Context context) {
    var done = new HashSet<String>();
    for (var each : records) {
      var keys = each.path("dynamodb").path("Keys");
      var id = keys.path("id").path("S").asText();
      // One step for all that this batch says of an import: what it writes brings the next.
      if (!keys.path("part").path("S").asText().equals(Imports.IMPORT) || !done.add(id)) {
        continue;
      }
      try {
        steps.step(id);
      } catch (RuntimeException failure) {
        var number = each.path("dynamodb").path("SequenceNumber").asText();
        context
            .getLogger()
            .log(Texts.visibleLine("import " + id + " at record " + number + ": " + failure));
        return number;
      }
    }
    return null;
  }
}
