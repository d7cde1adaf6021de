package dev.daypass.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.access.Texts;
import dev.daypass.store.AuditMismatch;
import dev.daypass.store.StreamImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the stream of {@code requests}. Order matters, so it stops at the first record that fails;
 * the stream delivers from there again, and gives it to the on-failure queue when nothing helps.
 */
public final class AuditHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Recorder recorder;

  public AuditHandler() {
    this(new App());
  }

  public AuditHandler(App app) {
    this(app.audit());
  }

  public AuditHandler(Recorder recorder) {
    this.recorder = recorder;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var failed =
        firstFailed(
            MAPPER.readTree(input).path("Records"),
            line -> context.getLogger().log(Texts.visibleLine(line)));
    MAPPER.writeValue(
        output,
        Map.of(
            "batchItemFailures",
            failed == null ? List.of() : List.of(Map.of("itemIdentifier", failed))));
  }

  private @Nullable String firstFailed(JsonNode records, Consumer<String> log) {
    for (var each : records) {
      var number = each.path("dynamodb").path("SequenceNumber").asText();
      try {
        // A deleted item has no new image.
        StreamImage.read(each.path("dynamodb").path("NewImage"))
            .ifPresent(image -> recorder.record(image.asked(), image.events()));
      } catch (AuditMismatch mismatch) {
        // The words that the alarm's filter looks for; ids only, never what people wrote.
        log.accept(
            "ALARM audit-mismatch request=%s version=%d record=%s: %s"
                .formatted(mismatch.request(), mismatch.version(), number, mismatch.getMessage()));
        return number;
      } catch (RuntimeException failure) {
        log.accept("audit of record " + number + " failed: " + failure);
        return number;
      }
    }
    return null;
  }
}
