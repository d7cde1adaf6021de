package dev.daypass.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;
import dev.daypass.connector.Connector;
import dev.daypass.connector.scim.ScimConnector;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.scim.ScimServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The target: a SCIM server, and the diary of who called it when. */
final class Crm implements AutoCloseable {
  private static final String PATH = "/scim/v2";
  private static final String TOKEN = "any-token";

  private final HttpClient http = ScimConnector.httpClient();
  private final ScimServer server;
  private final URI url;
  private final List<Line> diary = new ArrayList<>();

  /** A line of the diary: this worker does this for this person. */
  private record Line(int worker, String call, String person) {}

  Crm(LocalServer host, InstantSource clock) {
    url = URI.create(host.url() + PATH);
    server = new ScimServer(() -> url, TOKEN, clock);
    server.addGroup(Office.GROUP);
    Office.asking().forEach(email -> server.addUser(email, email));
    host.mount(PATH, server);
  }

  /** Whether the person has the access, read from the target itself. */
  boolean has(String person) {
    return server.members(Office.GROUP).contains(person);
  }

  /** The real connector, whose calls are noted. */
  Connector connector(int worker) {
    var secret = "{\"url\":\"%s\",\"token\":\"%s\"}".formatted(url, TOKEN);
    return new Noted(
        worker, new ScimConnector(_ -> secret, http, Thread::sleep, InstantSource.system()));
  }

  private final class Noted implements Connector {
    private final int worker;
    private final Connector real;

    Noted(int worker, Connector real) {
      this.worker = worker;
      this.real = real;
    }

    @Override
    public boolean holds(Entitlement entitlement, Target target) {
      note(worker, "holds", entitlement);
      boolean held = real.holds(entitlement, target);
      note(worker, held ? "held" : "not held", entitlement);
      return held;
    }

    @Override
    public void add(Entitlement entitlement, Target target) {
      note(worker, "add", entitlement);
      real.add(entitlement, target);
      note(worker, "added", entitlement);
    }

    @Override
    public void remove(Entitlement entitlement, Target target) {
      note(worker, "remove", entitlement);
      real.remove(entitlement, target);
      note(worker, "removed", entitlement);
    }
  }

  private void note(int worker, String call, Entitlement entitlement) {
    synchronized (diary) {
      diary.add(new Line(worker, call, entitlement.person()));
    }
  }

  /** How often this was called for the person. */
  long calls(String call, String person) {
    synchronized (diary) {
      return diary.stream()
          .filter(line -> line.call().equals(call) && line.person().equals(person))
          .count();
    }
  }

  /**
   * Nobody came between the calls of one worker: the lock held. A worker that came back later
   * stands in the diary twice, so this is asked right after the race.
   */
  void nobodyCameBetween(String person) {
    synchronized (diary) {
      var done = new HashSet<Integer>();
      int last = -1;
      for (var line : diary) {
        if (line.person().equals(person) && line.worker() != last) {
          assertThat(done.add(line.worker()))
              .as("worker %d was interrupted at the target: %s", line.worker(), diary)
              .isTrue();
          last = line.worker();
        }
      }
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
