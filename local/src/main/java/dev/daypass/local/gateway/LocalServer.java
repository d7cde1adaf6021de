package dev.daypass.local.gateway;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The HTTP server of a local run: one port, on 127.0.0.1 only. */
public final class LocalServer implements AutoCloseable {
  static {
    // Without it every answer on a kept connection waits for a delayed acknowledgement.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final HttpServer server;
  private volatile boolean started;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LocalServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
  }

  /**
   * Takes the port; nothing is answered before {@link #start}.
   *
   * @param port 0 for any that is free
   * @throws PortTakenException if something listens there
   */
  public static LocalServer bind(int port) {
    try {
      var loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new LocalServer(HttpServer.create(new InetSocketAddress(loopback, port), 0));
    } catch (BindException taken) {
      throw new PortTakenException(port);
    } catch (IOException failed) {
      throw new UncheckedIOException("cannot listen on port " + port, failed);
    }
  }

  /** The port taken. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** The address: {@code http://127.0.0.1:8080}. */
  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** Hands to this handler what begins with this path; the longest path wins. */
  public void mount(String path, HttpHandler handler) {
    server.createContext(
        path,
        exchange -> {
          try {
            handler.handle(exchange);
          } catch (RuntimeException broken) {
            System.err.println("answering " + path + " failed: " + broken);
            broken.printStackTrace(System.err);
            var body = "The local run failed here; its terminal says why.\n";
            exchange.sendResponseHeaders(500, body.length());
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
          } finally {
            exchange.close();
          }
        });
  }

  /** Begins to answer. */
  public void start() {
    started = true;
    server.start();
  }

  @Override
  public void close() {
    if (!started) {
      // The server gives the port back only from its own thread, which starting makes.
      server.start();
    }
    server.stop(0);
    threads.shutdownNow();
  }
}
