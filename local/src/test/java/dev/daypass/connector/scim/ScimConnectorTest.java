package dev.daypass.connector.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;
import dev.daypass.connector.Secrets;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.local.scim.ScimServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScimConnectorTest {
  private static final String TOKEN = "s3cr3t-t0ken";
  private static final String MOUNT = "/_local/scim/v2";
  private static final String ANNA = "anna@example.com";
  private static final String BEN = "ben@example.com";
  private static final String READERS = "CRM readers";

  private final HttpClient http = ScimConnector.httpClient();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T09:00:00Z"));
  private final InstantSource clock = now::get;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private ScimServer target;
  private ScimConnector connector;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    target = new ScimServer(this::base, TOKEN, clock);
    server.createContext(
        MOUNT,
        exchange -> {
          requests.add(
              exchange.getRequestMethod()
                  + " "
                  + URLDecoder.decode(exchange.getRequestURI().getRawPath(), UTF_8)
                      .substring(MOUNT.length()));
          target.handle(exchange);
        });
    server.start();
    connector = connector(anySecret());
    target.addUser(ANNA, "Anna");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    http.close();
  }

  // What it is for

  @Test
  void addsAndSeesAndRemovesOneMemberAndLeavesTheOthersAlone() {
    var ben = target.addUser(BEN, "Ben");
    target.addGroup(READERS, List.of(ben));

    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    connector.add(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isTrue();
    assertThat(target.members(READERS)).containsExactlyInAnyOrder(ANNA, BEN);

    connector.remove(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    assertThat(target.members(READERS)).containsExactly(BEN);
  }

  @Test
  void addsToAnEmptyGroupAndEmptiesItAgain() {
    target.addGroup(READERS);
    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    connector.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
    connector.remove(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    assertThat(target.members(READERS)).isEmpty();
  }

  @Test
  void addingWhatIsThereChangesNothing() {
    target.addGroup(READERS);
    connector.add(of(ANNA), readers());
    connector.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  @Test
  void removingWhatIsNotThereChangesNothing() {
    var ben = target.addUser(BEN, "Ben");
    target.addGroup(READERS, List.of(ben));
    connector.remove(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(BEN);
  }

  @Test
  void findsAUserWhateverTheCaseOfTheName() {
    target.addUser("Carla@Example.COM", "Carla");
    target.addGroup(READERS);
    connector.add(of("carla@example.com"), readers());
    assertThat(target.members(READERS)).containsExactly("Carla@Example.COM");
    assertThat(connector.holds(of("carla@example.com"), readers())).isTrue();
  }

  @Test
  void worksInAGroupOfAThousand() {
    var members = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      members.add(target.addUser("user%d@example.com".formatted(i), "User"));
    }
    target.addGroup(READERS, members);
    connector.add(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isTrue();
    connector.remove(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    assertThat(target.members(READERS)).hasSize(1000).contains("user999@example.com");
  }

  @Test
  void readsBackFromAGroupTooLargeToBeListed() {
    var members = new ArrayList<String>();
    var longName = "x".repeat(1000) + "@example.com";
    for (int i = 0; i < 1100; i++) {
      members.add(target.addUser(i + longName, "User"));
    }
    target.addGroup(READERS, members);
    assertThat(connector.holds(of(ANNA), readers())).isFalse();
    connector.add(of(ANNA), readers());
    assertThat(connector.holds(of(ANNA), readers())).isTrue();
  }

  // Names are data

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\" or userName pr or userName eq \"b",
        "\" or userName pr or \"\" eq \"",
        "anna@example.com\" or userName eq \"ben@example.com",
        "a\\\" or userName pr or userName eq \\\"b",
        "a\\",
        "a\n\u0000b",
        "a&filter=userName pr&x=",
        "../Groups",
        "%22 or userName pr",
        "üñí¢ø∂é 😀"
      })
  void aPersonsNameIsNeverPartOfTheQuestion(String name) {
    target.addUser(BEN, "Ben");
    target.addGroup(READERS);

    assertThat(connector.holds(of(name), readers())).isFalse();
    connector.remove(of(name), readers());
    assertThatThrownBy(() -> connector.add(of(name), readers())).isInstanceOf(TargetRefused.class);
    assertThat(target.members(READERS)).isEmpty();
  }

  @Test
  void namesMayHoldWhatAddressesTreatSpecially() {
    var name = "o'neil+ö&x=1%20#@example.com";
    target.addUser(name, "O'Neil");
    target.addGroup("Support & Über/50% + #1?");
    var group = new Target("scim", "crm", Map.of("group", "Support & Über/50% + #1?"));
    connector.add(of(name), group);
    assertThat(connector.holds(of(name), group)).isTrue();
    assertThat(connector.holds(of(ANNA), group)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "\\\"", "\"", "a\tb\nc\u0000\u007f", "ö😀", "plain@example.com"})
  void aPersonsNameTravelsAsAJsonStringWithoutABareQuote(String name) throws IOException {
    var filter = new AtomicReference<>("");
    var recording =
        scripted(
            exchange -> {
              filter.set(query(exchange).substring("filter=userName eq ".length()));
              send(exchange, 200, "{\"totalResults\":0}");
            });
    assertThat(recording.holds(of(name), readers())).isFalse();
    assertThat(new ObjectMapper().readValue(filter.get(), String.class)).isEqualTo(name);
    assertThat(filter.get().substring(1, filter.get().length() - 1)).doesNotContain("\"", "\\\\");
  }

  // What it cannot do

  @Test
  void refusesToAddSomebodyTheTargetDoesNotKnow() {
    target.addGroup(READERS);
    assertThatThrownBy(() -> connector.add(of("nobody@example.com"), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("nobody@example.com")
        .hasMessageContaining("no user with that userName")
        .hasMessageContaining("create the user there first");
  }

  @Test
  void somebodyTheTargetDoesNotKnowHoldsNothingAndIsRemovedWithoutAWord() {
    target.addGroup(READERS);
    assertThat(connector.holds(of("nobody@example.com"), readers())).isFalse();
    connector.remove(of("nobody@example.com"), readers());
  }

  @Test
  void refusesAGroupThatIsNotThere() {
    for (Runnable call :
        List.<Runnable>of(
            () -> connector.add(of(ANNA), readers()),
            () -> connector.remove(of(ANNA), readers()),
            () -> connector.holds(of(ANNA), readers()))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(TargetRefused.class)
          .hasMessageContaining("crm")
          .hasMessageContaining("\"CRM readers\"")
          .hasMessageContaining("no such group");
    }
  }

  @Test
  void refusesWhenTwoUsersMatch() {
    target.addUser(ANNA.toUpperCase(Locale.ROOT), "The other Anna");
    target.addGroup(READERS);
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("2 users")
        .hasMessageContaining(ANNA);
    assertThat(target.members(READERS)).isEmpty();
  }

  @Test
  void refusesWhenTwoGroupsMatch() {
    target.addGroup(READERS);
    target.addGroup(READERS);
    assertThatThrownBy(() -> connector.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("2 groups")
        .hasMessageContaining(READERS);
  }

  @Test
  void takesTheGroupWithTheVeryNameWhenAnotherDiffersByCase() {
    target.addGroup("crm READERS");
    target.addGroup(READERS);
    connector.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
    assertThat(target.members("crm READERS")).isEmpty();
  }

  @Test
  void refusesARoleWithoutAGroup() {
    assertThatThrownBy(() -> connector.add(of(ANNA), new Target("scim", "crm", Map.of())))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("reader")
        .hasMessageContaining("setting \"group\"");
    assertThat(requests).isEmpty();
  }

  // Credentials

  @Test
  void namesTheSecretAndNotTheTokenWhenTheTokenIsTurnedDown() {
    target.addGroup(READERS);
    var wrong = connector(name -> secret(base(), "wr0ng-t0ken"));
    assertThatThrownBy(() -> wrong.add(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("401")
        .hasMessageContaining("secret \"crm\"")
        .hasMessageNotContaining("wr0ng");
    assertThat(waits).isEmpty();
  }

  @Test
  void namesTheSecretWhenTheTokenMayNotDoIt() {
    target.addGroup(READERS);
    target.faults().answer(1, 403);
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("403")
        .hasMessageContaining("secret \"crm\"");
  }

  @Test
  void readsTheSecretAgainWhenTheTokenWasRotated() {
    target.addGroup(READERS);
    var rotated =
        connector(
            new Secrets() {
              @Override
              public String value(String name) {
                return secret(base(), "old-token");
              }

              @Override
              public String fresh(String name) {
                return secret(base(), TOKEN);
              }
            });
    rotated.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{\"token\":\"t\"}",
        "{\"url\":\"https://crm.example.com\"}",
        "{\"url\":\"https://crm.example.com\",\"token\":\"a\\r\\nX-Evil: 1\"}",
        "{\"url\":\"http://crm.example.com/scim/v2\",\"token\":\"t0psecret\"}",
        "{\"url\":\"http://127.0.0.1.evil.example/scim\",\"token\":\"t0psecret\"}",
        "{\"url\":\"ftp://crm.example.com\",\"token\":\"t0psecret\"}",
        "{\"url\":\"https://user:t0psecret@crm.example.com\",\"token\":\"t0psecret\"}",
        "{\"url\":\"https://crm.example.com/?x=1\",\"token\":\"t0psecret\"}",
        "{\"url\":\"https://exa mple.com\",\"token\":\"t0psecret\"}",
        "{\"url\":\"https://crm.example.com:65536\",\"token\":\"t0psecret\"}"
      })
  void refusesASecretThatIsNotAnAddressAndAToken(String value) {
    assertThatThrownBy(() -> connector(name -> value).holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("\"crm\"")
        .hasMessageNotContaining("t0psecret");
  }

  @Test
  void refusesAClientThatFollowsRedirects() {
    try (var follows =
        HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build()) {
      assertThatThrownBy(() -> new ScimConnector(anySecret(), follows, waits::add, clock))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  // A target in trouble

  @Test
  void waitsAsLongAsTheTargetAsksFor() {
    target.addGroup(READERS);
    target.faults().answer(1, 429, "7");
    connector.add(of(ANNA), readers());
    assertThat(waits).containsExactly(Duration.ofSeconds(7));
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  @Test
  void waitsUntilTheDateTheTargetNames() {
    target.addGroup(READERS);
    var at =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            clock.instant().plusSeconds(5).atZone(ZoneOffset.UTC));
    target.faults().answer(1, 503, at);
    connector.add(of(ANNA), readers());
    assertThat(waits).containsExactly(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"soon", "-3", "", "Sun, 22 Nov 2020 09:00:00 GMT", "99999999999999999999"})
  void waitsAMomentWhenTheTargetGivesNoUsableTime(String retryAfter) {
    target.addGroup(READERS);
    target.faults().answer(1, 429, retryAfter);
    connector.add(of(ANNA), readers());
    assertThat(waits).containsExactly(Duration.ofMillis(250));
  }

  @Test
  void givesUpAtOnceWhenAskedToWaitLongerThanACallMay() {
    target.addGroup(READERS);
    target.faults().answer(1, 429, "3600");
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("429")
        .hasMessageContaining("asked to wait 3600 s")
        .hasMessageContaining("at most 20 s");
    assertThat(waits).isEmpty();
  }

  @Test
  void theWaitsOfOneCallShareOneBudget() {
    target.addGroup(READERS);
    target.faults().answer(100, 429, "6");
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class);
    assertThat(waits).hasSize(3);
  }

  @Test
  void theBudgetHoldsWithAClockThatStandsStill() {
    target.addGroup(READERS);
    target.faults().answer(1000, 503, "0");
    var frozen = new ScimConnector(anySecret(), http, waits::add, InstantSource.system());
    assertThatThrownBy(() -> frozen.add(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("503");
    assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(20));
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504, 408})
  void triesAgainAfterAFailureAndGivesUpAfterThree(int status) {
    target.addGroup(READERS);
    target.faults().answer(2, status);
    connector.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);

    target.faults().answer(3, status);
    assertThatThrownBy(() -> connector.remove(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining(String.valueOf(status))
        .hasMessageContaining("3 times");
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  @Test
  void saysSoWhenTheTargetIsDown() {
    target.addGroup(READERS);
    target.faults().down(true);
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("the connection failed");
    target.faults().down(false);
    connector.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  @Test
  void saysSoWhenNobodyListens() throws IOException {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    var nobody =
        connector(name -> secret(URI.create("http://127.0.0.1:%d/scim".formatted(closed)), TOKEN));
    assertThatThrownBy(() -> nobody.holds(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("the connection failed");
  }

  @Test
  void saysSoWhenTheTargetIsTooSlow() {
    target.addGroup(READERS);
    target.faults().delay(3, Duration.ofSeconds(2));
    var hasty =
        new ScimConnector(
            anySecret(), http, waits::add, clock, Duration.ofSeconds(20), Duration.ofMillis(200));
    assertThatThrownBy(() -> hasty.add(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void aChangeThatWasMadeButNotAnsweredIsFinishedByTheNextTry() {
    target.addGroup(READERS);
    var lost =
        scripted(
            exchange -> {
              if (exchange.getRequestMethod().equals("PATCH")
                  && requests.stream().filter(request -> request.startsWith("PATCH")).count()
                      == 1) {
                target.faults().dropAfter(1);
              }
              target.handle(exchange);
            });
    lost.add(of(ANNA), readers());
    assertThat(target.members(READERS)).containsExactly(ANNA);
  }

  // Targets that go their own way

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 307, 308})
  void followsNoRedirect(int status) {
    target.faults().answer(1, status);
    assertThatThrownBy(() -> connector.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("redirect")
        .hasMessageContaining("secret \"crm\"");
  }

  @Test
  void aPageInsteadOfAnAnswerIsAPassingFailure() {
    var page = scripted(exchange -> send(exchange, 200, "<html>Please sign in</html>"));
    assertThatThrownBy(() -> page.holds(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("not JSON");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "\"text\"", "{\"Resources\":{}}", "null", ""})
  void refusesAnAnswerThatIsNoScimList(String body) {
    var other = scripted(exchange -> send(exchange, 200, body));
    assertThatThrownBy(() -> other.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("not with a SCIM list");
  }

  @Test
  void refusesATargetThatIgnoresFilters() {
    var ignorant =
        scripted(
            exchange ->
                send(
                    exchange,
                    200,
                    """
                    {"totalResults":2,"Resources":[{"id":"1","userName":"x@example.com"},
                     {"id":"2","userName":"anna@example.com"}]}\
                    """));
    for (Runnable call :
        List.<Runnable>of(
            () -> ignorant.remove(of(ANNA), readers()),
            () -> ignorant.holds(of(ANNA), readers()))) {
      assertThatThrownBy(call::run)
          .isInstanceOf(TargetRefused.class)
          .hasMessageContaining("does not filter by userName");
    }
  }

  @Test
  void doesNotReadAnEndlessAnswer() {
    var endless = scripted(exchange -> send(exchange, 200, "[" + " ".repeat(2 << 20) + "]"));
    assertThatThrownBy(() -> endless.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("more than we read");
  }

  @Test
  void givesUpOnAnAnswerThatBeginsAndNeverEnds() {
    var dribble =
        new ScimConnector(
            anySecret(), http, waits::add, clock, Duration.ofSeconds(20), Duration.ofMillis(200));
    replaceTarget(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          pause(Duration.ofSeconds(2));
          exchange.close();
        });
    assertThatThrownBy(() -> dribble.holds(of(ANNA), readers()))
        .isInstanceOf(TargetUnavailable.class)
        .hasMessageContaining("no answer in time");
  }

  @Test
  void repeatsTheTargetsWordsShortenedAndWithoutTheToken() {
    var talkative =
        scripted(
            exchange ->
                send(
                    exchange,
                    400,
                    "{\"detail\":\"bad token %s\\n%s\"}".formatted(TOKEN, "so bad ".repeat(100))));
    assertThatThrownBy(() -> talkative.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("answered 400 (bad token … so bad")
        .hasMessageNotContaining(TOKEN)
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(320));
  }

  /** Found by fuzzing. */
  @Test
  void whatTheTargetSaysCannotBeginALineOrTurnIt() {
    var hostile =
        scripted(
            exchange ->
                send(
                    exchange,
                    200,
                    "{\"Resources\":[{\"id\":\"%s\\nALARM\\u202e\",\"userName\":\"%s\"},{\"id\":\"%s\",\"userName\":\"%s\"}]}"
                        .formatted(TOKEN, ANNA, "x".repeat(5_000), ANNA)));
    assertThatThrownBy(() -> hostile.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("2 users")
        .hasMessageContaining("‹U+202E›")
        .hasMessageNotContaining("\n")
        .hasMessageNotContaining(TOKEN)
        .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(1_100));
  }

  @Test
  void removingSucceedsWhenTheTargetSaysThereIsNoTarget() {
    target.addGroup(READERS);
    answerChanges(400, "{\"scimType\":\"noTarget\",\"detail\":\"no such member\"}");
    connector.remove(of(ANNA), readers());
  }

  @Test
  void removingFailsWhenTheTargetTurnsItDownAndTheMemberIsStillThere() {
    target.addGroup(READERS);
    connector.add(of(ANNA), readers());
    answerChanges(404, "{\"detail\":\"no such member\"}");
    assertThatThrownBy(() -> connector.remove(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("could not remove " + ANNA)
        .hasMessageContaining("404 (no such member)");
  }

  @Test
  void addingSucceedsWhenTheTargetSaysTheMemberIsThereAlready() {
    target.addGroup(READERS);
    connector.add(of(ANNA), readers());
    answerChanges(409, "{\"detail\":\"is a member\"}");
    connector.add(of(ANNA), readers());
  }

  @Test
  void addingFailsWhenTheTargetTurnsItDownAndTheMemberIsNotThere() {
    target.addGroup(READERS);
    answerChanges(409, "{\"detail\":\"the group is full\"}");
    assertThatThrownBy(() -> connector.add(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("could not add " + ANNA)
        .hasMessageContaining("409 (the group is full)");
  }

  @ParameterizedTest
  @CsvSource({"204,''", "200,''", "200,done", "202,{}"})
  void acceptsWhateverComesWithAChangeThatSucceeded(int status, String body) {
    target.addGroup(READERS);
    answerChanges(status, body);
    connector.add(of(ANNA), readers());
    connector.remove(of(ANNA), readers());
  }

  @Test
  void sendsTheRemovalThatNoTargetTakesForEmptyingTheGroup() throws IOException {
    target.addGroup(READERS);
    connector.add(of(ANNA), readers());
    var bodies = new CopyOnWriteArrayList<String>();
    var recording =
        scripted(
            exchange -> {
              if (exchange.getRequestMethod().equals("PATCH")) {
                bodies.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                assertThat(exchange.getRequestHeaders().getFirst("Content-Type"))
                    .isEqualTo("application/scim+json");
                exchange.sendResponseHeaders(204, -1);
              } else {
                target.handle(exchange);
              }
            });
    recording.remove(of(ANNA), readers());
    assertThat(bodies)
        .singleElement()
        .asString()
        .contains("members[value eq")
        .doesNotContain("\"value\"");
  }

  @Test
  void readsBackFromATargetThatNeverListsMembers() {
    // As AWS IAM Identity Center: members is always empty, the filter takes id and members.
    var member = new AtomicReference<>("u1");
    var hiding =
        scripted(
            exchange -> {
              var query = query(exchange);
              if (query.contains("userName")) {
                send(exchange, 200, list("{\"id\":\"u1\",\"userName\":\"%s\"}".formatted(ANNA)));
              } else if (query.contains("displayName eq")) {
                send(
                    exchange,
                    200,
                    list("{\"id\":\"g1\",\"displayName\":\"%s\"}".formatted(READERS)));
              } else if (query.contains("members eq \"%s\"".formatted(member.get()))) {
                send(
                    exchange,
                    200,
                    list("{\"id\":\"g1\",\"displayName\":\"%s\"}".formatted(READERS)));
              } else if (query.contains("members eq")) {
                send(exchange, 404, "{}");
              } else if (query.contains("filter")) {
                send(exchange, 400, "{}");
              } else {
                send(exchange, 200, "{\"id\":\"g1\",\"members\":[]}");
              }
            });
    assertThat(hiding.holds(of(ANNA), readers())).isTrue();
    member.set("somebody else");
    assertThat(hiding.holds(of(ANNA), readers())).isFalse();
  }

  @Test
  void doesNotBelieveAFilterThatOverlooksTheMember() {
    // Answers any question about the group's id with the group.
    var sloppy =
        scripted(
            exchange -> {
              var query = query(exchange);
              if (query.contains("userName")) {
                send(exchange, 200, list("{\"id\":\"u1\",\"userName\":\"%s\"}".formatted(ANNA)));
              } else if (query.contains("filter")) {
                send(
                    exchange,
                    200,
                    list("{\"id\":\"g1\",\"displayName\":\"%s\"}".formatted(READERS)));
              } else {
                send(exchange, 200, "{\"id\":\"g1\"}");
              }
            });
    assertThat(sloppy.holds(of(ANNA), readers())).isFalse();
  }

  @Test
  void refusesToGuessAboutALargeGroupOfATargetThatCannotFilterByMember() {
    var large = new AtomicInteger();
    var blind =
        scripted(
            exchange -> {
              var query = query(exchange);
              if (query.contains("userName")) {
                send(exchange, 200, list("{\"id\":\"u1\",\"userName\":\"%s\"}".formatted(ANNA)));
              } else if (query.contains("displayName eq")) {
                send(
                    exchange,
                    200,
                    list("{\"id\":\"g1\",\"displayName\":\"%s\"}".formatted(READERS)));
              } else if (query.contains("filter")) {
                send(exchange, 200, "{\"totalResults\":0}");
              } else {
                large.incrementAndGet();
                send(
                    exchange,
                    200,
                    "{\"id\":\"g1\",\"members\":[%s]}".formatted(" ".repeat(2 << 20)));
              }
            });
    assertThatThrownBy(() -> blind.holds(of(ANNA), readers()))
        .isInstanceOf(TargetRefused.class)
        .hasMessageContaining("longer than 1048576 bytes");
    assertThat(large).hasValue(1);
  }

  @Test
  void membershipThroughAGroupInsideTheGroupIsNotOurs() {
    var anna = target.addUser("anna2@example.com", "Anna");
    var inner = target.addGroup("inner", List.of(anna));
    target.addGroup(READERS, List.of(inner));
    assertThat(connector.holds(of("anna2@example.com"), readers())).isFalse();
  }

  // Words of the tests

  private URI base() {
    return URI.create("http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), MOUNT));
  }

  private static String secret(URI url, String token) {
    return "{\"url\":\"%s\",\"token\":\"%s\"}".formatted(url, token);
  }

  private Secrets anySecret() {
    return name -> secret(base(), TOKEN);
  }

  private ScimConnector connector(Secrets secrets) {
    return new ScimConnector(
        secrets,
        http,
        duration -> {
          waits.add(duration);
          now.updateAndGet(instant -> instant.plus(duration));
        },
        clock);
  }

  private void answerChanges(int status, String body) {
    replaceTarget(
        exchange -> {
          if (exchange.getRequestMethod().equals("PATCH")) {
            send(exchange, status, body);
          } else {
            target.handle(exchange);
          }
        });
  }

  private ScimConnector scripted(HttpHandler handler) {
    replaceTarget(handler);
    return connector;
  }

  private void replaceTarget(HttpHandler handler) {
    server.removeContext(MOUNT);
    server.createContext(
        MOUNT,
        exchange -> {
          requests.add(exchange.getRequestMethod());
          handler.handle(exchange);
          exchange.close();
        });
  }

  private static String query(HttpExchange exchange) {
    var query = exchange.getRequestURI().getRawQuery();
    return query == null ? "" : URLDecoder.decode(query, UTF_8);
  }

  private static String list(String resource) {
    return "{\"totalResults\":1,\"Resources\":[%s]}".formatted(resource);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private static Entitlement of(String person) {
    return new Entitlement("crm", "reader", person);
  }

  private static Target readers() {
    return new Target("scim", "crm", Map.of("group", READERS));
  }
}
