package dev.daypass.signin;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

/** How the provider is reached. */
@FunctionalInterface
public interface Wire {
  /**
   * Sends one message and waits for its answer, whatever its status; follows no redirects.
   *
   * @throws IOException if there is no answer
   */
  Reply send(Message message) throws IOException;

  /**
   * What we send.
   *
   * @param method {@code GET} or {@code POST}
   * @param body empty for none
   */
  record Message(String method, URI to, Map<String, String> headers, String body) {
    public Message {
      Objects.requireNonNull(method);
      Objects.requireNonNull(to);
      headers = Map.copyOf(headers);
      Objects.requireNonNull(body);
    }

    /** A message that only asks for a document. */
    public static Message get(URI from) {
      return new Message("GET", from, Map.of("Accept", "application/json"), "");
    }
  }

  /** What the provider answered. */
  record Reply(int status, String body) {
    public Reply {
      Objects.requireNonNull(body);
    }
  }
}
