package dev.daypass.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.connector.Secrets;
import dev.daypass.local.chat.ChatMessage;
import dev.daypass.local.chat.LocalChat;
import dev.daypass.runbook.TargetSystem.Chat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a real server that takes what Slack and Teams take, and fails as one likes. */
class WebhookTest {
  private static final String NAME = "daypass/crm-chat";
  private static final Post POST =
      new Post(
          "Please decide: Mia Torres asks for View a customer record",
          List.of(new Post.Fact("Access", "Reader in R&D <CRM>")),
          "This message decides nothing.",
          "Sign in",
          URI.create("https://daypass.example.com/requests/r-1/decide"));

  private final HttpClient http = Webhook.httpClient();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T09:00:00Z"));
  private final InstantSource clock = now::get;
  private final LocalChat chat = new LocalChat(clock);
  private final AtomicInteger calls = new AtomicInteger();
  private final Deque<HttpHandler> faults = new ArrayDeque<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          var fault = faults.pollFirst();
          (fault == null ? chat : fault).handle(exchange);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  @ParameterizedTest
  @EnumSource(Chat.Kind.class)
  void aMessageArrivesAsItsReadersSeeIt(Chat.Kind kind) {
    send(kind, POST);

    var message = only();
    assertThat(message.lines())
        .containsExactly(
            "Please decide: Mia Torres asks for View a customer record",
            "Access: Reader in R&D <CRM>",
            "This message decides nothing.");
    assertThat(message.links())
        .containsExactly(
            new ChatMessage.Link("Sign in", "https://daypass.example.com/requests/r-1/decide"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!channel>",
        "<!here|x>",
        "<@U0123ABCD>",
        "<https://evil.example.com|Sign in>",
        "[Sign in](https://evil.example.com)",
        "![x](https://evil.example.com/x.png)",
        "<at>Lena</at>",
        "&lt;!channel&gt;",
        "{{DATE(2026-11-26T00:00:00Z)}}",
        "\"}],\"entities\":[{\"type\":\"mention\"}]",
        "x\u2028<!channel>",
        "www.evil.example.com"
      })
  void noNameCallsAnybodyOrLeadsAnywhere(String name) {
    var topic = new Topic("r-1", name, name, name, name, name, Duration.ofHours(1), null, null);
    var post =
        new Posts(URI.create("https://daypass.example.com"))
            .takeAway(Locale.ENGLISH, topic, List.of(name, name), now.get());
    for (var kind : Chat.Kind.values()) {
      send(kind, post);
    }

    assertThat(chat.messages())
        .hasSize(2)
        .allSatisfy(
            message -> {
              assertThat(message.mentions()).isEmpty();
              assertThat(message.links())
                  .extracting(ChatMessage.Link::url)
                  .containsExactly("https://daypass.example.com/requests/r-1");
              assertThat(message.sent().toString()).doesNotContain("\"entities\":[");
            });
    // Slack knows no functions in braces, Adaptive Cards do.
    assertThat(chat.messages().getLast().sent().toString()).doesNotContain("{{");
    // The reader sees the name, with addresses broken up.
    assertThat(chat.messages().getFirst().lines().getFirst())
        .contains(
            name.replace("://", ": //").replace("www.", "www .").replace("\u2028", "‹U+2028›"));
  }

  @ParameterizedTest
  @CsvSource({"429", "500", "503"})
  void whatMayPassIsTriedOnceMore(int status) {
    faults.add(answering(status, "2"));
    send(Chat.Kind.SLACK, POST);
    assertThat(chat.messages()).hasSize(1);
    assertThat(waits).containsExactly(Duration.ofSeconds(2));
  }

  @Test
  void andNoMoreThanOnce() {
    faults.add(answering(500, null));
    faults.add(answering(502, null));
    assertUnsent("Slack: answered 502, twice");
    assertThat(calls).hasValue(2);
    assertThat(waits).containsExactly(Duration.ofSeconds(1));
  }

  @Test
  void aDateToWaitForIsUnderstood() {
    faults.add(
        answering(
            429,
            DateTimeFormatter.RFC_1123_DATE_TIME.format(
                now.get().plusSeconds(3).atOffset(ZoneOffset.UTC))));
    send(Chat.Kind.TEAMS, POST);
    assertThat(waits).containsExactly(Duration.ofSeconds(3));
  }

  @Test
  void whoAsksToWaitForLongIsNotWaitedFor() {
    faults.add(answering(429, "60"));
    assertUnsent("Slack: answered 429; asked to wait 60 s, and there is no time for that");
    assertThat(waits).isEmpty();
    assertThat(calls).hasValue(1);
  }

  @Test
  void aRedirectIsNotFollowed() {
    faults.add(
        exchange -> {
          exchange.getResponseHeaders().set("Location", base() + "/slack/crm");
          exchange.sendResponseHeaders(307, -1);
        });
    assertThat(assertUnsent("Slack: answered 307, a redirect, and we follow none"))
        .hasMessageContaining(NAME);
    assertThat(chat.messages()).isEmpty();
  }

  @Test
  void aWebhookThatIsGoneIsToldWithSlacksOwnWord() {
    faults.add(saying(404, "no_service"));
    assertUnsent("Slack: answered 404 (no_service); if the webhook or its channel is gone");
    assertThat(calls).hasValue(1);
  }

  @Test
  void longWordsOfOthersAreNotRepeated() {
    faults.add(exchange -> saying(400, "no: " + exchange.getRequestURI()).handle(exchange));
    assertThat(assertUnsent("Slack: answered 400; is it a webhook of the kind"))
        .hasMessageNotContaining("/slack/");
  }

  @Test
  void aHugeAnswerIsNotRead() {
    faults.add(saying(403, "x".repeat(10 << 20)));
    assertUnsent("Slack: answered 403; if the webhook");
  }

  @Test
  void anAnswerThatDoesNotComeIsNotTriedAgain() {
    faults.add(
        exchange -> {
          pause();
          chat.handle(exchange);
        });
    assertUnsent("Slack: no answer in time, so perhaps the message is there and perhaps not");
    assertThat(calls).hasValue(1);
  }

  @Test
  void anAnswerThatNeverEndsIsCutOff() {
    faults.add(
        exchange -> {
          exchange.sendResponseHeaders(500, 0);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          pause();
        });
    assertUnsent("Slack: no answer in time");
  }

  @Test
  void aClosedConnectionIsTriedOnceMore() {
    faults.add(HttpExchange::close);
    send(Chat.Kind.SLACK, POST);
    assertThat(chat.messages()).hasSize(1);
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var nowhere = "http://127.0.0.1:" + port + "/slack/crm";
    var failure = catchThrowable(() -> webhook(name -> nowhere).send(slack(), POST));
    assertThat(failure)
        .isInstanceOf(Unsent.class)
        .hasNoCause()
        .hasMessage("Slack: the connection failed (ConnectException), twice");
    assertThat(waits).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/services/T0/B0/s3cr3t",
        "ftp://hooks.example.com/s3cr3t",
        "https://user:s3cr3t@hooks.example.com/x",
        "https://hooks.example.com/x#s3cr3t",
        "https:/s3cr3t",
        "s3cr3t",
        "{\"url\": \"https://hooks.example.com/s3cr3t\"}",
        "https://hooks.example.com:99999/s3cr3t",
        ""
      })
  void whatIsNoAddressOfAWebhookIsNotCalledAndNotRepeated(String secret) {
    assertThatThrownBy(() -> webhook(name -> secret).send(slack(), POST))
        .isInstanceOf(Unsent.class)
        .hasNoCause()
        .hasMessage(
            "Slack: the secret \"daypass/crm-chat\" must hold the address of the webhook, https://…,"
                + " and nothing else");
  }

  @Test
  void anAddressThatWasChangedIsReadAnew() {
    faults.add(saying(404, "no_service"));
    var secrets =
        new Secrets() {
          @Override
          public String value(String name) {
            return base() + "/slack/old";
          }

          @Override
          public String fresh(String name) {
            return base() + "/slack/new\n";
          }
        };
    webhook(secrets).send(slack(), POST);
    assertThat(only().channel()).isEqualTo("new");
  }

  @Test
  void aClientThatFollowsRedirectsIsRefused() {
    try (var following =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).build()) {
      assertThatThrownBy(() -> new Webhook(name -> name, following, waits::add, clock))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // Words for all that

  private static void pause() {
    try {
      Thread.sleep(Duration.ofSeconds(2));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static HttpHandler answering(int status, @Nullable String retryAfter) {
    return exchange -> {
      if (retryAfter != null) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      exchange.sendResponseHeaders(status, -1);
    };
  }

  private static HttpHandler saying(int status, String body) {
    return exchange -> {
      var bytes = body.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  private Throwable assertUnsent(String why) {
    var failure = catchThrowable(() -> send(Chat.Kind.SLACK, POST));
    assertThat(failure)
        .isInstanceOf(Unsent.class)
        .hasNoCause()
        .hasMessageStartingWith(why)
        .hasMessageNotContaining(base());
    return failure;
  }

  private static Chat slack() {
    return new Chat(Chat.Kind.SLACK, NAME, Locale.ENGLISH);
  }

  private void send(Chat.Kind kind, Post post) {
    webhook(name -> base() + LocalChat.path(kind, "crm"))
        .send(new Chat(kind, NAME, Locale.ENGLISH), post);
  }

  private Webhook webhook(Secrets secrets) {
    return new Webhook(
        secrets,
        http,
        wait -> {
          waits.add(wait);
          now.updateAndGet(at -> at.plus(wait));
        },
        clock,
        Duration.ofSeconds(1));
  }

  private String base() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private ChatMessage only() {
    assertThat(chat.messages()).hasSize(1);
    return chat.messages().getFirst();
  }
}
