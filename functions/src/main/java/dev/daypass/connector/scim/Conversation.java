package dev.daypass.connector.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.daypass.access.Texts;
import dev.daypass.connector.BoundedBody;
import dev.daypass.connector.RetryAfter;
import dev.daypass.connector.Secrets;
import dev.daypass.connector.Sleeper;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connector call: they share one budget of waiting, so that the call as a whole
 * ends in a known time.
 */
final class Conversation {
  /** Longest body that is read, in bytes. */
  static final int LIMIT = 1 << 20;

  private static final String MEDIA_TYPE = "application/scim+json";
  private static final int TRIES = 3;
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
  private static final int LONGEST_DETAIL = 200;
  private static final int LONGEST_MESSAGE = 1_000;

  private final String system;
  private final Secrets secrets;
  private final HttpClient http;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final Duration patience;
  private final Duration requestTimeout;
  private final ObjectMapper json;
  private final Instant began;
  private Connection connection;
  private boolean refreshed;
  private Duration waited = Duration.ZERO;

  Conversation(
      String system,
      String secret,
      Secrets secrets,
      HttpClient http,
      Sleeper sleeper,
      InstantSource clock,
      Duration patience,
      Duration requestTimeout,
      ObjectMapper json) {
    this.system = system;
    this.secrets = secrets;
    this.http = http;
    this.sleeper = sleeper;
    this.clock = clock;
    this.patience = patience;
    this.requestTimeout = requestTimeout;
    this.json = json;
    this.began = clock.instant();
    this.connection = Connection.parse(secret, secrets.value(secret), json);
  }

  /**
   * @param what what is tried, to follow "could not": {@code look up the user "a@b.example"}
   * @param path below the base address, percent-encoded, with the query
   */
  Answer get(String what, String path) {
    return ask(what, path, null);
  }

  /** As {@link #get}, with a document to apply (RFC 7644 section 3.5.2). */
  Answer patch(String what, String path, JsonNode document) {
    return ask(what, path, document.toString());
  }

  /** A refusal that says what was tried and why it will not work. */
  TargetRefused refused(String what, String why) {
    return new TargetRefused(message(what, why));
  }

  /** A failure that may pass. */
  TargetUnavailable unavailable(String what, String why) {
    return new TargetUnavailable(message(what, why));
  }

  private String message(String what, String why) {
    return presentable(
        "%s (%s): could not %s: %s".formatted(system, connection.base().getHost(), what, why),
        LONGEST_MESSAGE);
  }

  private Answer ask(String what, String path, @Nullable String document) {
    for (int attempt = 1; ; attempt++) {
      HttpResponse<Optional<byte[]>> response;
      try {
        response = send(request(path, document));
      } catch (IOException broken) {
        var why =
            broken instanceof HttpTimeoutException
                ? "no answer in time"
                : "the connection failed (%s)".formatted(broken.getClass().getSimpleName());
        if (attempt >= TRIES || !pause(backoff(attempt))) {
          throw new TargetUnavailable(message(what, why + tried(attempt)), broken);
        }
        continue;
      }
      int status = response.statusCode();
      // A change that succeeded says so by its status; what comes with it is the target's affair.
      var answer = read(what, response, document == null);
      if (status == 401 && renewed()) {
        continue;
      }
      if (status == 401 || status == 403) {
        throw refused(
            what,
            answer.said()
                + "; check the token in the secret \"%s\" and what it allows"
                    .formatted(connection.secret()));
      }
      if (status / 100 == 3) {
        throw refused(
            what,
            "answered %d, a redirect, and we follow none; correct the url in the secret \"%s\""
                .formatted(status, connection.secret()));
      }
      if (status == 429 || status == 503) {
        var wait = RetryAfter.of(response, clock.instant()).orElse(backoff(attempt));
        if (!pause(wait)) {
          throw unavailable(
              what,
              "%s; asked to wait %d s, and a call waits at most %d s in all%s"
                  .formatted(
                      answer.said(), ceilSeconds(wait), patience.toSeconds(), tried(attempt)));
        }
        continue;
      }
      if (status == 408 || (status / 100 == 5 && status != 501)) {
        if (attempt >= TRIES || !pause(backoff(attempt))) {
          throw unavailable(what, answer.said() + tried(attempt));
        }
        continue;
      }
      return answer;
    }
  }

  private HttpRequest request(String path, @Nullable String document) {
    var request =
        HttpRequest.newBuilder(URI.create(connection.base() + path))
            .timeout(requestTimeout)
            .header("Authorization", "Bearer " + connection.token())
            .header("Accept", MEDIA_TYPE);
    return document == null
        ? request.build()
        : request
            .header("Content-Type", MEDIA_TYPE)
            .method("PATCH", HttpRequest.BodyPublishers.ofString(document))
            .build();
  }

  /** Waits for the whole answer: the request's own time-out ends with the headers. */
  private HttpResponse<Optional<byte[]>> send(HttpRequest request) throws IOException {
    var pending = http.sendAsync(request, info -> new BoundedBody(LIMIT));
    try {
      return pending.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      pending.cancel(true);
      throw new HttpTimeoutException("no whole answer within " + requestTimeout);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof IOException broken) {
        throw broken;
      }
      throw new IllegalStateException("the request could not be sent", failed.getCause());
    } catch (InterruptedException interrupted) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw new TargetUnavailable(system + ": interrupted while waiting for an answer");
    }
  }

  private Answer read(String what, HttpResponse<Optional<byte[]>> response, boolean needsDocument) {
    int status = response.statusCode();
    if (response.body().isEmpty()) {
      return Answer.tooLarge(status);
    }
    JsonNode body = MissingNode.getInstance();
    var bytes = response.body().get();
    if (bytes.length > 0) {
      try {
        body = json.readTree(bytes);
      } catch (IOException garbage) {
        if (status / 100 == 2 && needsDocument) {
          throw unavailable(
              what,
              "answered %d with something that is not JSON; is a proxy or a sign-in page in between?"
                  .formatted(status));
        }
      }
    }
    var detail = status / 100 == 2 ? "" : presentable(body.path("detail").asText(), LONGEST_DETAIL);
    return new Answer(status, body, false, detail);
  }

  /**
   * What holds the target's own words or ids, on one short line, with our token taken out should it
   * repeat it.
   *
   * @param longest the most characters (code points)
   */
  private String presentable(String told, int longest) {
    var line =
        Texts.visibleLine(
            told.replace(connection.token(), "…").replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
    return line.codePointCount(0, line.length()) <= longest
        ? line
        : line.substring(0, line.offsetByCodePoints(0, longest - 1)) + "…";
  }

  /** Whether the secret has been changed since we read it; asked once in a conversation. */
  private boolean renewed() {
    if (refreshed) {
      return false;
    }
    refreshed = true;
    var now = Connection.parse(connection.secret(), secrets.fresh(connection.secret()), json);
    boolean changed = !now.equals(connection);
    connection = now;
    return changed;
  }

  /** Waits, unless that would take longer than the call may. */
  private boolean pause(Duration asked) {
    var wait = asked.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : asked;
    var elapsed = Duration.between(began, clock.instant());
    // A clock that stands still must not make us wait for ever.
    var spent = elapsed.compareTo(waited) > 0 ? elapsed : waited;
    if (spent.plus(wait).compareTo(patience) > 0) {
      return false;
    }
    waited = waited.plus(wait);
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new TargetUnavailable(system + ": interrupted while waiting to try again");
    }
    return true;
  }

  private static Duration backoff(int attempt) {
    return SHORTEST_WAIT.multipliedBy(1L << Math.min(2 * (attempt - 1), 10));
  }

  private static long ceilSeconds(Duration duration) {
    return duration.plusMillis(999).toSeconds();
  }

  private static String tried(int attempts) {
    return attempts == 1 ? "" : ", %d times".formatted(attempts);
  }
}
