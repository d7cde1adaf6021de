package dev.daypass.grant;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;
import dev.daypass.connector.Connector;
import dev.daypass.connector.scim.ScimConnector;
import dev.daypass.local.scim.ScimServer;
import dev.daypass.store.LocalTables;
import dev.daypass.store.SamAsks;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The CRM: a SCIM server and the real connector to it over HTTP. Around the connector a test can
 * let things happen before and after single calls: the function dies, somebody gives access back.
 * Before each test it has an empty group and knows Sam.
 */
public final class Crm implements Connector, BeforeEachCallback, AfterAllCallback {
  /** The calls of a connector. */
  public enum Call {
    HOLDS,
    ADD,
    REMOVE
  }

  /** The function died here; nothing after it happened. */
  public static final class Died extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final String PATH = "/scim/v2";
  private static final String TOKEN = "any-token";

  private final HttpClient http = ScimConnector.httpClient();
  private final URI url;
  private final InstantSource clock;
  private final ScimConnector real;
  private final Map<Call, Deque<Runnable>> before = new EnumMap<>(Call.class);
  private final Map<Call, Deque<Runnable>> after = new EnumMap<>(Call.class);
  private final Deque<Boolean> shown = new ArrayDeque<>();
  private final List<Call> calls = new ArrayList<>();
  private volatile ScimServer server;

  public Crm(LocalTables tables) {
    url = URI.create(tables.server().url() + PATH);
    clock = tables.timeline();
    server = new ScimServer(() -> url, TOKEN, clock);
    tables.server().mount(PATH, exchange -> server.handle(exchange));
    real =
        new ScimConnector(
            _ -> secret(),
            http,
            _ -> {},
            InstantSource.system(),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    server = new ScimServer(() -> url, TOKEN, clock);
    server.addGroup(SamAsks.GROUP);
    server.addUser(SamAsks.SAM, "Sam");
    before.clear();
    after.clear();
    shown.clear();
    calls.clear();
  }

  @Override
  public void afterAll(ExtensionContext tests) {
    http.close();
  }

  /** What the secret of the connection holds. */
  public String secret() {
    return "{\"url\":\"%s\",\"token\":\"%s\"}".formatted(url, TOKEN);
  }

  /** The server itself. */
  public ScimServer server() {
    return server;
  }

  /** Another server with nothing in it takes its place. */
  public ScimServer replaced() {
    server = new ScimServer(() -> url, TOKEN, clock);
    return server;
  }

  /** Who is in the group. */
  public List<String> members() {
    return server.members(SamAsks.GROUP);
  }

  /** Somebody adds Sam by hand. */
  public void addSamByHand() {
    real.add(SAMS, TARGET);
  }

  /** Somebody removes Sam by hand. */
  public void removeSamByHand() {
    real.remove(SAMS, TARGET);
  }

  private static final Entitlement SAMS = SamAsks.once("any").asked().entitlement();
  private static final Target TARGET = SamAsks.once("any").asked().plan().target();

  /** This happens before the next call of the kind, once. */
  public void before(Call call, Runnable happens) {
    before.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(happens);
  }

  /** This happens after the next call of the kind, once. */
  public void after(Call call, Runnable happens) {
    after.computeIfAbsent(call, _ -> new ArrayDeque<>()).add(happens);
  }

  /** The function dies before the next call of the kind. */
  public void diesBefore(Call call) {
    before(
        call,
        () -> {
          throw new Died();
        });
  }

  /** The function dies after the next call of the kind. */
  public void diesAfter(Call call) {
    after(
        call,
        () -> {
          throw new Died();
        });
  }

  /** The next read-backs answer so, as those of a target do that is slow to show a change. */
  public void shows(boolean... answers) {
    for (boolean answer : answers) {
      shown.add(answer);
    }
  }

  /** The calls made so far. */
  public synchronized List<Call> calls() {
    return List.copyOf(calls);
  }

  @Override
  public boolean holds(Entitlement entitlement, Target target) {
    begin(Call.HOLDS);
    var late = next();
    boolean answer = late == null ? real.holds(entitlement, target) : late;
    happen(after, Call.HOLDS);
    return answer;
  }

  @Override
  public void add(Entitlement entitlement, Target target) {
    begin(Call.ADD);
    real.add(entitlement, target);
    happen(after, Call.ADD);
  }

  @Override
  public void remove(Entitlement entitlement, Target target) {
    begin(Call.REMOVE);
    real.remove(entitlement, target);
    happen(after, Call.REMOVE);
  }

  private void begin(Call call) {
    synchronized (this) {
      calls.add(call);
    }
    happen(before, call);
  }

  private synchronized @Nullable Boolean next() {
    return shown.poll();
  }

  private void happen(Map<Call, Deque<Runnable>> events, Call call) {
    Runnable event;
    synchronized (this) {
      event = events.getOrDefault(call, new ArrayDeque<>()).poll();
    }
    if (event != null) {
      event.run();
    }
  }
}
