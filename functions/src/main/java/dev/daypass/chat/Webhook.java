package dev.daypass.chat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.connector.BoundedBody;
import dev.daypass.connector.RetryAfter;
import dev.daypass.connector.Secrets;
import dev.daypass.connector.Sleeper;
import dev.daypass.runbook.TargetSystem.Chat;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Posts to incoming webhooks. The address is a credential: it is read from its secret, goes to that
 * host over https and nowhere else, and is part of no message.
 *
 * <p>A post takes {@link #BUDGET} at the most. What may pass (429, 5xx, a broken connection) is
 * tried once more within it, after as long as {@code Retry-After} says; an answer that does not
 * come in time is not, since the message may be there already.
 */
public final class Webhook {
  /** How long one post takes at the most, with its second try, once the address is known. */
  public static final Duration BUDGET = Duration.ofSeconds(10);

  /** How long the other side has for one answer. */
  public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);

  /** Longest answer that is read, in bytes: Slack explains itself in a word. */
  private static final int LIMIT = 1 << 12;

  private static final Duration USUAL_WAIT = Duration.ofSeconds(1);
  private static final Pattern WORD = Pattern.compile("[a-z_]{1,60}");
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "[::1]", "localhost");
  private static final int LAST_PORT = 65_535;

  private final Secrets secrets;
  private final HttpClient http;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final Duration requestTimeout;

  /** A webhook with {@link #REQUEST_TIMEOUT} for an answer. */
  public Webhook(Secrets secrets, HttpClient http, Sleeper sleeper, InstantSource clock) {
    this(secrets, http, sleeper, clock, REQUEST_TIMEOUT);
  }

  /**
   * @param http a client that follows no redirects, see {@link #httpClient()}
   * @param clock what a {@code Retry-After} date is compared with and the budget is measured by
   * @param requestTimeout how long the other side has for one answer
   */
  Webhook(
      Secrets secrets,
      HttpClient http,
      Sleeper sleeper,
      InstantSource clock,
      Duration requestTimeout) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a redirect would carry the message to another host");
    }
    this.secrets = secrets;
    this.http = http;
    this.sleeper = sleeper;
    this.clock = clock;
    this.requestTimeout = requestTimeout;
  }

  /** The client that a webhook wants: three seconds to connect, no redirects. */
  public static HttpClient httpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(3))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** What came of one try. */
  private sealed interface Outcome {
    record Done() implements Outcome {}

    /** It may work later. */
    record Later(String why, Duration after) implements Outcome {}

    /** It will not, as long as this is the address. */
    record Never(String why) implements Outcome {}
  }

  /**
   * Posts a message: at least once if this returns.
   *
   * @throws Unsent if it did not arrive, or nobody knows whether it did
   * @throws dev.daypass.connector.TargetRefused if there is no such secret
   * @throws dev.daypass.connector.TargetUnavailable if the store of secrets did not answer
   */
  public void send(Chat chat, Post post) {
    var secret = secrets.value(chat.webhook());
    var began = clock.instant();
    var body =
        switch (chat.kind()) {
          case SLACK -> Slack.json(post);
          case TEAMS -> Teams.json(post);
        };
    switch (attempt(chat, secret, body)) {
      case Outcome.Done _ -> {
        // It is there.
      }
      case Outcome.Later later -> {
        pause(chat, later, began);
        settle(chat, attempt(chat, secret, body), ", twice");
      }
      case Outcome.Never never -> {
        // The address may have been changed since it was read.
        var now = secrets.fresh(chat.webhook());
        if (now.equals(secret)) {
          settle(chat, never, "");
        } else {
          settle(chat, attempt(chat, now, body), "");
        }
      }
    }
  }

  private static void settle(Chat chat, Outcome last, String tried) {
    switch (last) {
      case Outcome.Done _ -> {
        // It is there.
      }
      case Outcome.Later later -> throw unsent(chat, later.why() + tried);
      case Outcome.Never never -> throw unsent(chat, never.why());
    }
  }

  private Outcome attempt(Chat chat, String secret, String body) {
    HttpResponse<Optional<byte[]>> response;
    try {
      response = send(chat, request(address(chat, secret), body));
    } catch (HttpConnectTimeoutException silent) {
      return new Outcome.Later("no connection in time", USUAL_WAIT);
    } catch (HttpTimeoutException late) {
      return new Outcome.Never(
          "no answer in time, so perhaps the message is there and perhaps not");
    } catch (IOException broken) {
      return new Outcome.Later(
          "the connection failed (%s)".formatted(broken.getClass().getSimpleName()), USUAL_WAIT);
    }
    int status = response.statusCode();
    if (status / 100 == 2) {
      return new Outcome.Done();
    }
    var said = "answered " + status + word(response);
    if (status == 429 || status / 100 == 5) {
      return new Outcome.Later(said, RetryAfter.of(response, clock.instant()).orElse(USUAL_WAIT));
    }
    if (status / 100 == 3) {
      return new Outcome.Never(
          said
              + ", a redirect, and we follow none; put the address it leads to into the secret \"%s\""
                  .formatted(chat.webhook()));
    }
    return new Outcome.Never(
        status == 400
            ? said + "; is it a webhook of the kind that the system's file says?"
            : said
                + "; if the webhook or its channel is gone, make a new one and put its address into the secret \"%s\""
                    .formatted(chat.webhook()));
  }

  /** What Slack says besides: {@code invalid_payload}. Longer texts may repeat the address. */
  private static String word(HttpResponse<Optional<byte[]>> response) {
    return response
        .body()
        .map(bytes -> new String(bytes, UTF_8).strip())
        .filter(text -> WORD.matcher(text).matches())
        .map(text -> " (" + text + ")")
        .orElse("");
  }

  private static URI address(Chat chat, String secret) {
    URI address;
    try {
      address = URI.create(secret.strip());
    } catch (IllegalArgumentException noAddress) {
      throw unusable(chat);
    }
    var host = address.getHost();
    if (host == null || address.getScheme() == null || address.getPort() > LAST_PORT) {
      throw unusable(chat);
    }
    boolean safe =
        address.getScheme().equals("https")
            || (address.getScheme().equals("http") && LOOPBACK.contains(host));
    if (!safe || address.getRawUserInfo() != null || address.getRawFragment() != null) {
      throw unusable(chat);
    }
    return address;
  }

  private static Unsent unusable(Chat chat) {
    return unsent(
        chat,
        "the secret \"%s\" must hold the address of the webhook, https://…, and nothing else"
            .formatted(chat.webhook()));
  }

  private HttpRequest request(URI address, String body) {
    return HttpRequest.newBuilder(address)
        .timeout(requestTimeout)
        .header("Content-Type", "application/json; charset=utf-8")
        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
        .build();
  }

  /** Waits for the whole answer: the request's own time-out ends with the headers. */
  private HttpResponse<Optional<byte[]>> send(Chat chat, HttpRequest request) throws IOException {
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
      throw unsent(chat, "the message could not be sent");
    } catch (InterruptedException interrupted) {
      pending.cancel(true);
      Thread.currentThread().interrupt();
      throw unsent(chat, "interrupted while waiting for an answer");
    }
  }

  /** Waits, unless the second try would then end too late. */
  private void pause(Chat chat, Outcome.Later later, Instant began) {
    var spent = Duration.between(began, clock.instant());
    if (spent.plus(later.after()).plus(requestTimeout).compareTo(BUDGET) > 0) {
      throw unsent(
          chat,
          later.why()
              + "; asked to wait %d s, and there is no time for that"
                  .formatted(later.after().toSeconds()));
    }
    try {
      sleeper.sleep(later.after());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw unsent(chat, "interrupted while waiting to try again");
    }
  }

  private static Unsent unsent(Chat chat, String why) {
    return new Unsent(
        switch (chat.kind()) {
              case SLACK -> "Slack: ";
              case TEAMS -> "Teams: ";
            }
            + why);
  }
}
