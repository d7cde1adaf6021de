package dev.daypass.simulation;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** A client whose calls are answered in the thread that makes them. */
abstract class ThreadHttp extends HttpClient {
  /** What is answered. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** A failure on its way through {@link Calls}. */
  static final class Unsent extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final IOException why;

    Unsent(IOException why) {
      super(why);
      this.why = why;
    }

    IOException unwrapped() {
      return why;
    }
  }

  /** The answer to a call that came too soon after others. */
  static final class TooSoon extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** What a caller over HTTP sees. */
  static class HttpFailures implements Calls.Failures {
    @Override
    public RuntimeException broken() {
      return new Unsent(new IOException("connection reset"));
    }

    @Override
    public RuntimeException throttled() {
      return new TooSoon();
    }

    @Override
    public RuntimeException timedOut() {
      return new Unsent(new HttpTimeoutException("request timed out"));
    }
  }

  /** The answer of whoever is called too often. */
  static final Answer TOO_SOON = new Answer(429, Map.of("Retry-After", "3"), "");

  /** What the request says of itself, each header once. */
  static Map<String, String> headers(HttpRequest request) {
    var headers = new HashMap<String, String>();
    request.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    return headers;
  }

  /** What the request brings. */
  static byte[] body(HttpRequest request) {
    var bytes = new ByteArrayOutputStream();
    request
        .bodyPublisher()
        .ifPresent(
            publisher ->
                publisher.subscribe(
                    new Flow.Subscriber<ByteBuffer>() {
                      @Override
                      public void onSubscribe(Flow.Subscription subscription) {
                        subscription.request(Long.MAX_VALUE);
                      }

                      @Override
                      public void onNext(ByteBuffer part) {
                        var copy = new byte[part.remaining()];
                        part.get(copy);
                        bytes.writeBytes(copy);
                      }

                      @Override
                      public void onError(Throwable broken) {
                        throw new UncheckedIOException(new IOException(broken));
                      }

                      @Override
                      public void onComplete() {
                        // All there.
                      }
                    }));
    return bytes.toByteArray();
  }

  /** What comes back, all at once. */
  static <T> CompletableFuture<HttpResponse<T>> response(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, Answer answer) {
    var values = new HashMap<String, List<String>>();
    answer.headers().forEach((name, value) -> values.put(name, List.of(value)));
    var headers = HttpHeaders.of(values, (name, value) -> true);
    var subscriber =
        handler.apply(
            new HttpResponse.ResponseInfo() {
              @Override
              public int statusCode() {
                return answer.status();
              }

              @Override
              public HttpHeaders headers() {
                return headers;
              }

              @Override
              public Version version() {
                return Version.HTTP_1_1;
              }
            });
    subscriber.onSubscribe(
        new Flow.Subscription() {
          @Override
          public void request(long n) {
            // Everything comes at once.
          }

          @Override
          public void cancel() {
            // Everything has come.
          }
        });
    subscriber.onNext(List.of(ByteBuffer.wrap(answer.body().getBytes(StandardCharsets.UTF_8))));
    subscriber.onComplete();
    var body = subscriber.getBody().toCompletableFuture().join();
    return CompletableFuture.completedFuture(
        new Response<>(request, answer.status(), headers, body));
  }

  private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    return sendAsync(request, handler).join();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request,
      HttpResponse.BodyHandler<T> handler,
      HttpResponse.PushPromiseHandler<T> promises) {
    return sendAsync(request, handler);
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.empty();
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NEVER;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public SSLParameters sslParameters() {
    return new SSLParameters();
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }
}
