package dev.daypass.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the streams of {@code requests} and {@code grants}. Each record is independent of the
 * others; the first that fails is reported and the stream delivers from there again.
 */
public final class DispatchHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String TTL = "dynamodb.amazonaws.com";

  private final Dispatch dispatch;

  public DispatchHandler() {
    this(new App());
  }

  public DispatchHandler(App app) {
    this.dispatch = app.dispatch();
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
    for (var each : records) {
      try {
        handle(each);
      } catch (RuntimeException failure) {
        var number = each.path("dynamodb").path("SequenceNumber").asText();
        context
            .getLogger()
            .log(Texts.visibleLine("dispatch of record " + number + " failed: " + failure));
        return number;
      }
    }
    return null;
  }

  private void handle(JsonNode each) {
    var change = each.path("dynamodb");
    if (change.path("Keys").has("entitlement")) {
      if (each.path("eventName").asText().equals("REMOVE")
          && each.path("userIdentity").path("principalId").asText().equals(TTL)) {
        dispatch.grantTimedOut(change.path("Keys").path("request").path("S").asText());
      }
      return;
    }
    var after = change.path("NewImage");
    if (after.isMissingNode()) {
      return;
    }
    int run = number(after, "run");
    dispatch.written(
        change.path("Keys").path("id").path("S").asText(),
        number(after, "version"),
        run,
        number(change.path("OldImage"), "run") != run);
  }

  /** The number, 0 if it is not there. */
  private static int number(JsonNode image, String name) {
    return image.path(name).path("N").asInt();
  }
}
