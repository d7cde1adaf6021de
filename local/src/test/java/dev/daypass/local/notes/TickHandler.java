package dev.daypass.local.notes;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Logs when it is called, by the clock it was given, and with what. */
final class TickHandler implements RequestStreamHandler {
  private final NotesApp app;

  TickHandler(NotesApp app) {
    this.app = app;
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    var event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    context.getLogger().log(app.clock().instant() + " " + event);
    output.write("null".getBytes(StandardCharsets.UTF_8));
  }
}
