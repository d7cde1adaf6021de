package dev.daypass.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.time.Duration;

/** HTTP as the JDK has had it for long: it is there at once, where a client with threads is not. */
public final class HttpWire implements Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Far more than any provider's document; whoever sends more is none. */
  private static final int LARGEST = 1_048_576;

  @Override
  public Reply send(Message message) throws IOException {
    var connection = (HttpURLConnection) message.to().toURL().openConnection();
    try {
      connection.setConnectTimeout((int) PATIENCE.toMillis());
      connection.setReadTimeout((int) PATIENCE.toMillis());
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setRequestMethod(message.method());
      message.headers().forEach(connection::setRequestProperty);
      if (!message.body().isEmpty()) {
        connection.setDoOutput(true);
        try (var out = connection.getOutputStream()) {
          out.write(message.body().getBytes(UTF_8));
        }
      }
      int status = connection.getResponseCode();
      return new Reply(status, text(connection, status));
    } finally {
      connection.disconnect();
    }
  }

  private static String text(HttpURLConnection connection, int status) throws IOException {
    InputStream stream = status >= 400 ? connection.getErrorStream() : connection.getInputStream();
    if (stream == null) {
      return "";
    }
    try (stream) {
      var bytes = stream.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException("an answer of more than " + LARGEST + " bytes");
      }
      return new String(bytes, UTF_8);
    }
  }
}
