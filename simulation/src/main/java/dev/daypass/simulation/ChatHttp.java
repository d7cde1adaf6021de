package dev.daypass.simulation;

import dev.daypass.local.chat.LocalChat;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The way to the webhooks of channels: called in the same thread through {@link Calls}. */
final class ChatHttp extends ThreadHttp {
  private static final Calls.Failures FAILURES = new HttpFailures();

  private final Calls calls;
  private final LocalChat chat;

  ChatHttp(Calls calls, LocalChat chat) {
    this.calls = calls;
    this.chat = chat;
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    var path = request.uri().getPath();
    try {
      var answer =
          calls.call(
              Callee.CHAT,
              request.method() + " " + path,
              true,
              FAILURES,
              () ->
                  chat.post(
                      path, headers(request).getOrDefault("Content-Type", ""), body(request)));
      return response(request, handler, new Answer(answer.status(), Map.of(), answer.body()));
    } catch (TooSoon throttled) {
      return response(request, handler, TOO_SOON);
    } catch (Unsent failed) {
      return CompletableFuture.failedFuture(failed.unwrapped());
    }
  }
}
