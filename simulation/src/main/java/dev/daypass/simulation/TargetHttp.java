package dev.daypass.simulation;

import dev.daypass.local.scim.ScimServer;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The way to the target: the real server, called in the same thread through {@link Calls}. */
final class TargetHttp extends ThreadHttp {
  /** The answer of a target that says yes and does nothing. */
  private static final class Ignored extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final Calls.Failures FAILURES =
      new HttpFailures() {
        @Override
        public <T> T ignored(Calls.Effect<T> effect) {
          throw new Ignored();
        }
      };

  /** The target's ids are different in each run. */
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}-[0-9a-f-]{27}");

  private final Calls calls;
  private final ScimServer server;
  private final BooleanSupplier down;
  private final Runnable changed;

  /**
   * @param down whether nobody answers at the moment
   * @param changed called after each change
   */
  TargetHttp(Calls calls, ScimServer server, BooleanSupplier down, Runnable changed) {
    this.calls = calls;
    this.server = server;
    this.down = down;
    this.changed = changed;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    boolean writes = !request.method().equals("GET");
    try {
      var answer =
          calls.call(
              Callee.TARGET,
              request.method() + " " + ID.matcher(request.uri().getPath()).replaceAll("{id}"),
              writes,
              FAILURES,
              () -> {
                if (down.getAsBoolean()) {
                  throw new Unsent(new IOException("connection refused"));
                }
                var done =
                    server.carryOut(
                        request.method(), request.uri(), headers(request), body(request));
                if (writes) {
                  changed.run();
                }
                return done;
              });
      return response(
          request, handler, new Answer(answer.status(), answer.headers(), answer.body()));
    } catch (Ignored yes) {
      return response(request, handler, new Answer(204, Map.of(), ""));
    } catch (TooSoon throttled) {
      return response(request, handler, TOO_SOON);
    } catch (Unsent failed) {
      return CompletableFuture.failedFuture(failed.unwrapped());
    }
  }
}
