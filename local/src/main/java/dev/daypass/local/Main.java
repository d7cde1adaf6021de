package dev.daypass.local;

import dev.daypass.local.cli.Explain;
import dev.daypass.local.cli.Lint;
import dev.daypass.local.cli.PeopleImport;
import dev.daypass.local.cli.Publish;
import dev.daypass.local.demo.Demo;
import dev.daypass.local.gateway.PortTakenException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The commands that {@code ./daypass} hands on. */
public final class Main {
  private static final int USUAL_PORT = 8080;
  private static final Duration LONGEST_LEAVING = Duration.ofSeconds(10);

  private Main() {}

  /** Runs a command and exits with its status: 0 done, 1 failed, 2 not understood. */
  public static void main(String[] arguments) {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    var err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    var words = new ArrayList<>(List.of(arguments));
    var command = words.isEmpty() ? "" : words.removeFirst();
    System.exit(run(command, words, out, err));
  }

  private static int run(String command, List<String> words, PrintStream out, PrintStream err) {
    try {
      return switch (command) {
        case "demo" -> demo(words, out);
        case "up" -> up(port(words), out);
        case "lint" -> new Lint().run(words, out, err);
        case "publish" -> new Publish(System.getenv(), InstantSource.system()).run(words, out, err);
        case "explain" -> new Explain(System.getenv(), InstantSource.system()).run(words, out, err);
        case "people" -> new PeopleImport(System.getenv()).run(words, out, err);
        default -> {
          err.println("There is no command '" + command + "'. ./daypass help lists them.");
          yield 2;
        }
      };
    } catch (IllegalArgumentException | PortTakenException notSo) {
      err.println(notSo.getMessage());
      return 2;
    }
  }

  /** The project's folder: the launcher names it, as it may be called from anywhere. */
  private static Path home() {
    return Path.of(System.getProperty("daypass.home", "."));
  }

  private static int demo(List<String> words, PrintStream out) {
    if (!words.isEmpty()) {
      throw new IllegalArgumentException("./daypass demo takes nothing, not " + words + ".");
    }
    try (var daypass = LocalDaypass.start(home(), 0)) {
      return Demo.run(daypass.url(), LocalDaypass.SCIM_TOKEN, out);
    }
  }

  private static int port(List<String> words) {
    if (words.isEmpty()) {
      return USUAL_PORT;
    }
    if (words.size() == 2 && words.getFirst().equals("--port")) {
      try {
        int port = Integer.parseInt(words.getLast());
        if (port >= 0 && port <= 65_535) {
          return port;
        }
      } catch (NumberFormatException garbled) {
        throw new IllegalArgumentException(
            "--port takes a number from 0 (any free port) to 65535, not " + words.getLast(),
            garbled);
      }
    }
    throw new IllegalArgumentException(
        "./daypass up takes nothing, or --port N with N from 0 (any free port) to 65535.");
  }

  /** Where to look, each by what is there. */
  static Map<String, String> addresses(String url) {
    var addresses = new LinkedHashMap<String, String>();
    addresses.put("Application", url + "/");
    addresses.put("Index", url + "/_local");
    addresses.put("Be somebody", url + "/sign-in?how=other");
    addresses.put("Mailbox", url + "/_local/mail");
    addresses.put("Chat", url + "/_local/chat");
    addresses.put("Clock", url + "/_local/clock");
    addresses.put("People", url + "/_local/people");
    addresses.put("AWS endpoint", url + "/_local/aws");
    return addresses;
  }

  private static int up(int port, PrintStream out) {
    var asked = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    try (var daypass = LocalDaypass.start(home(), port)) {
      out.println("Daypass is up.");
      out.println();
      addresses(daypass.url()).forEach((what, url) -> out.printf("  %-14s%s%n", what, url));
      out.println();
      out.println("  Move the clock, on the index or with:");
      out.println("  curl -d advance=PT4H " + daypass.url() + "/_local/clock");
      out.println();
      out.println("Everything is kept in memory and gone after Ctrl-C.");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(asked, closed, out)));
      asked.await();
      return 0;
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return 0;
    } finally {
      closed.countDown();
    }
  }

  /**
   * Lets everything be closed in order. The JVM ends with this hook, and what it cuts off in the
   * middle complains.
   */
  private static void leave(CountDownLatch asked, CountDownLatch closed, PrintStream out) {
    asked.countDown();
    try {
      if (closed.await(LONGEST_LEAVING.toSeconds(), TimeUnit.SECONDS)) {
        out.println("Daypass has stopped.");
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
