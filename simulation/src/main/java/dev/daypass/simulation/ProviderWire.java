package dev.daypass.simulation;

import dev.daypass.local.identity.LocalProvider;
import dev.daypass.signin.Wire;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * The way to the provider of sign-in. Its documents are read by every execution environment of
 * every function that answers people, and kept; so they pass {@link Calls} for the sign-in alone,
 * or all lives would have the same faults over and over.
 */
final class ProviderWire implements Wire {
  private static final String SIGN_IN = "SignInFunction";

  /** A failure on its way through {@link Calls}. */
  private static final class Unsent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unsent(String why) {
      super(why);
    }
  }

  private static final Calls.Failures FAILURES =
      new Calls.Failures() {
        @Override
        public RuntimeException broken() {
          return new Unsent("connection reset");
        }

        @Override
        public RuntimeException throttled() {
          return new Unsent("too many requests");
        }

        @Override
        public RuntimeException timedOut() {
          return new Unsent("read timed out");
        }
      };

  private final Calls calls;
  private final Clockwork clockwork;
  private final LocalProvider provider;

  ProviderWire(Calls calls, Clockwork clockwork, LocalProvider provider) {
    this.calls = calls;
    this.clockwork = clockwork;
    this.provider = provider;
  }

  @Override
  public Reply send(Message message) throws IOException {
    if (!clockwork.strand().invocations.getFirst().function().equals(SIGN_IN)) {
      return answer(message);
    }
    try {
      return calls.call(
          Callee.PROVIDER,
          message.method() + " " + message.to().getPath(),
          message.method().equals("POST"),
          FAILURES,
          () -> answer(message));
    } catch (Unsent failed) {
      throw new IOException(failed);
    }
  }

  private Reply answer(Message message) {
    var path = message.to().getPath();
    if (path.endsWith("/token")) {
      var form =
          Arrays.stream(message.body().split("&", -1))
              .map(field -> field.split("=", 2))
              .collect(Collectors.toMap(field -> decoded(field[0]), field -> decoded(field[1])));
      var answer = provider.token(message.headers().getOrDefault("Authorization", ""), form);
      return new Reply(answer.status(), answer.body().toString());
    }
    return new Reply(
        200,
        path.endsWith("/jwks") ? provider.issuer().jwks() : provider.configuration().toString());
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
