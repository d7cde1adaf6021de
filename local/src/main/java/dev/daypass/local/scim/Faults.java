package dev.daypass.local.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpHandler;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong at the target, so that one can watch what happens then. Faults queue up: each
 * request meets the first one left, and only its own.
 */
public final class Faults {
  sealed interface Fault {}

  /**
   * Answers so without doing anything.
   *
   * @param retryAfter the header's value, or null for none
   */
  record Answers(int status, @Nullable String retryAfter) implements Fault {
    @Override
    public String toString() {
      return "status " + status + (retryAfter == null ? "" : ", Retry-After " + retryAfter);
    }
  }

  /** Does what was asked, but answers late. */
  record Delays(Duration by) implements Fault {
    @Override
    public String toString() {
      return "late by " + by;
    }
  }

  /** Closes the connection, with nothing done and nothing said. */
  record Drops() implements Fault {
    @Override
    public String toString() {
      return "connection closed";
    }
  }

  /** Does what was asked and closes the connection before saying so. */
  record DropsAfter() implements Fault {
    @Override
    public String toString() {
      return "done, then connection closed";
    }
  }

  private final Deque<Fault> queue = new ArrayDeque<>();
  private boolean down;

  Faults() {}

  /** The next requests are answered with a status and nothing is done. */
  public void answer(int times, int status) {
    queue(times, new Answers(status, null));
  }

  /**
   * The next requests are answered with a status and nothing is done.
   *
   * @param retryAfter value of the header {@code Retry-After}: seconds or an HTTP date
   */
  public void answer(int times, int status, String retryAfter) {
    queue(times, new Answers(status, retryAfter));
  }

  /** The next requests are carried out but answered late, by wall time. */
  public void delay(int times, Duration by) {
    queue(times, new Delays(by));
  }

  /** The next requests meet a closed connection, and nothing is done. */
  public void drop(int times) {
    queue(times, new Drops());
  }

  /** The next requests are carried out, but the connection is closed before the answer. */
  public void dropAfter(int times) {
    queue(times, new DropsAfter());
  }

  /** Until told otherwise, every request meets a closed connection. */
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  /** Everything works again. */
  public synchronized void clear() {
    down = false;
    queue.clear();
  }

  /**
   * The switch over HTTP, for scripts and for people who try things out. {@code GET} says what is
   * wrong at the moment; {@code POST} takes a form: {@code down=true}, {@code down=false}, {@code
   * clear=true}, or one of {@code status=503} (and {@code retryAfter=5}), {@code delay=PT5S},
   * {@code drop=true}, each with {@code times=3} or once.
   */
  public HttpHandler handler() {
    return exchange -> {
      try (exchange) {
        int status = 200;
        String answer;
        try {
          if (exchange.getRequestMethod().equals("POST")) {
            set(form(new String(exchange.getRequestBody().readNBytes(10_000), UTF_8)));
          }
          answer = toString();
        } catch (IllegalArgumentException | DateTimeException wrong) {
          status = 400;
          answer =
              "not understood: say down=true, down=false, clear=true, or status=503&retryAfter=5,"
                  + " delay=PT5S or drop=true, with times=3";
        }
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        var bytes = (answer + "\n").getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    };
  }

  private void set(Map<String, String> form) {
    int times = Integer.parseInt(form.getOrDefault("times", "1"));
    if (times < 1 || times > 10_000) {
      throw new IllegalArgumentException("times");
    }
    if (form.containsKey("clear")) {
      clear();
    } else if (form.containsKey("down")) {
      down(form.get("down").equals("true"));
    } else if (form.containsKey("status")) {
      int status = Integer.parseInt(form.get("status"));
      if (status < 300 || status > 599) {
        throw new IllegalArgumentException("status");
      }
      queue(times, new Answers(status, form.get("retryAfter")));
    } else if (form.containsKey("delay")) {
      delay(times, Duration.parse(form.get("delay")));
    } else if (form.containsKey("drop")) {
      drop(times);
    } else {
      throw new IllegalArgumentException("nothing to do");
    }
  }

  private static Map<String, String> form(String body) {
    var form = new HashMap<String, String>();
    for (var pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        form.put(
            URLDecoder.decode(pair.substring(0, equals), UTF_8),
            URLDecoder.decode(pair.substring(equals + 1), UTF_8));
      }
    }
    return form;
  }

  private synchronized void queue(int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      queue.add(fault);
    }
  }

  /** The fault that this request meets, or null. */
  synchronized @Nullable Fault next() {
    return down ? new Drops() : queue.poll();
  }

  /** For people: what is wrong at the moment. */
  @Override
  public synchronized String toString() {
    if (down) {
      return "down";
    }
    if (queue.isEmpty()) {
      return "no faults";
    }
    return queue.size() == 1
        ? "for the next request: " + queue.peek()
        : "for the next %d requests, the first: %s".formatted(queue.size(), queue.peek());
  }
}
