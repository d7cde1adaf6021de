package dev.daypass.approval;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.App;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Hears of mails that came back. Invoked asynchronously by EventBridge: there is no answer, and
 * Lambda tries a failed invocation twice more before the event goes to the queue of lost records.
 */
public final class ReturnedMailHandler implements RequestStreamHandler {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final ReturnedMails mails;

  public ReturnedMailHandler() {
    this(new App());
  }

  public ReturnedMailHandler(App app) {
    this.mails = app.returnedMails();
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    mails.take(MAPPER.readTree(input), line -> context.getLogger().log(Texts.visibleLine(line)));
  }
}
