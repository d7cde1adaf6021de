package dev.daypass.local.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import de.captaingoldfish.scim.sdk.common.constants.enums.HttpMethod;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.FilterConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.Name;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.resources.complex.SortConfig;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.AuthenticationScheme;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Email;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.authorize.Authorization;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.antlr.ScimFilterLexer;
import de.captaingoldfish.scim.sdk.server.filter.antlr.ScimFilterParser;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandles;
import java.net.URI;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A SCIM 2.0 server (RFC 7644) with users and groups in memory: protocol, filters and patching are
 * those of SCIM-SDK, a library that real targets use. Bearer tokens only; no bulk, no ETags. Before
 * 1.33 the library compares escapes in a filter's text literally, so nobody whose name holds a
 * quote or a backslash is found.
 *
 * <p>Safe for many threads: one request is carried out at a time.
 */
public final class ScimServer implements HttpHandler {
  private static final int LARGEST_REQUEST = 1 << 20;
  private static final int LARGEST_PAGE = 200;
  private static final String MEDIA_TYPE = "application/scim+json";

  static {
    loadFilterParserQuietly();
  }

  private final Supplier<URI> baseUrl;
  private final byte[] token;
  private final Directory directory;
  private final ResourceEndpoint endpoint;
  private final Faults faults = new Faults();
  private volatile Consumer<Heard> listener = heard -> {};
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * @param baseUrl the address that clients use, up to and without {@code /Users}; asked when a
   *     request comes, so that a port can be chosen late
   * @param token the bearer token that clients must send
   */
  public ScimServer(Supplier<URI> baseUrl, String token, InstantSource clock) {
    this.baseUrl = baseUrl;
    this.token = token.getBytes(UTF_8);
    this.directory = new Directory(clock);
    var provider =
        ServiceProvider.builder()
            .filterConfig(FilterConfig.builder().supported(true).maxResults(LARGEST_PAGE).build())
            .patchConfig(PatchConfig.builder().supported(true).build())
            .sortConfig(SortConfig.builder().supported(true).build())
            .authenticationSchemes(
                List.of(
                    AuthenticationScheme.builder()
                        .name("Bearer token")
                        .description("A token that whoever runs this server hands out")
                        .type("oauthbearertoken")
                        .build()))
            .build();
    this.endpoint = new ResourceEndpoint(provider);
    for (var definition :
        List.of(
            new UserEndpointDefinition(new UserHandler(directory)),
            new GroupEndpointDefinition(new GroupHandler(directory)))) {
      var features = endpoint.registerEndpoint(definition).getFeatures();
      features.setAutoFiltering(true);
      features.setAutoSorting(true);
    }
  }

  /**
   * Creates a user, even if there is one of that name already, as some targets would.
   *
   * @param email becomes {@code userName} and the primary address
   * @return the user's id
   */
  public String addUser(String email, String name) {
    return locked(
        () ->
            directory
                .add(
                    User.builder()
                        .userName(email)
                        .displayName(name)
                        .name(Name.builder().formatted(name).build())
                        .emails(
                            List.of(
                                Email.builder().value(email).type("work").primary(true).build()))
                        .active(true)
                        .build())
                .getId()
                .orElseThrow());
  }

  /**
   * Creates a group, even if there is one of that name already.
   *
   * @return the group's id
   */
  public String addGroup(String displayName) {
    return addGroup(displayName, List.of());
  }

  /**
   * Creates a group with members.
   *
   * @param members ids of users
   * @return the group's id
   */
  public String addGroup(String displayName, Collection<String> members) {
    return locked(
        () ->
            directory
                .create(
                    Group.builder()
                        .displayName(displayName)
                        .members(
                            members.stream().map(id -> Member.builder().value(id).build()).toList())
                        .build())
                .getId()
                .orElseThrow());
  }

  /** The {@code userName}s in all groups of that name, in the order in which they were added. */
  public List<String> members(String displayName) {
    return locked(
        () -> {
          var names = new ArrayList<String>();
          for (var group : directory.groups()) {
            if (group.getDisplayName().orElse("").equals(displayName)) {
              group.getMembers().forEach(member -> names.add(member.getDisplay().orElse("")));
            }
          }
          return List.copyOf(names);
        });
  }

  /** The switch that makes this target fail; over HTTP: {@link Faults#handler}. */
  public Faults faults() {
    return faults;
  }

  /**
   * A request as it came.
   *
   * @param target path and query, still encoded
   */
  public record Heard(String method, String target, String body) {}

  /** Hands every further request to this listener; it replaces the one before. */
  public void listen(Consumer<Heard> newListener) {
    listener = newListener;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var fault = faults.next();
      switch (fault) {
        case null -> answer(exchange);
        case Faults.Answers answers -> {
          if (answers.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", answers.retryAfter());
          }
          send(exchange, answers.status(), error(answers.status(), "the target has a fault"));
        }
        case Faults.Delays delays -> {
          sleep(delays);
          answer(exchange);
        }
        case Faults.Drops drops -> exchange.getRequestBody().readAllBytes();
        case Faults.DropsAfter drops -> carryOut(exchange);
      }
    }
  }

  /** What is answered: the body is empty if there is none. */
  public record Answer(int status, Map<String, String> headers, String body) {
    public Answer {
      headers = Map.copyOf(headers);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    var answer = carryOut(exchange);
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    send(exchange, answer.status(), answer.body());
  }

  private Answer carryOut(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(LARGEST_REQUEST + 1);
    var headers = new HashMap<String, String>();
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    return carryOut(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
  }

  /**
   * Carries a request out in the caller's thread, past the switch for faults.
   *
   * @param requested the address, or its path and query
   */
  public Answer carryOut(
      String methodName, URI requested, Map<String, String> headers, byte[] body) {
    var method = method(methodName);
    if (method == null) {
      return new Answer(405, Map.of(), error(405, "this method means nothing here"));
    }
    if (body.length > LARGEST_REQUEST) {
      return new Answer(413, Map.of(), error(413, "at most %d bytes".formatted(LARGEST_REQUEST)));
    }
    var url = requestUrl(requested);
    var text = new String(body, UTF_8);
    listener.accept(new Heard(methodName, requested.toString(), text));
    return locked(
        () -> {
          var response =
              endpoint.handleRequest(url, method, text, headers, new Context(new BearerToken()));
          return new Answer(
              response.getHttpStatus(),
              response.getHttpHeaders(),
              response.isEmpty() ? "" : response.toString());
        });
  }

  /** The request's address as the client wrote it, whatever path this handler is mounted at. */
  private String requestUrl(URI requested) {
    var base = baseUrl.get();
    var path = requested.getRawPath();
    var mount = base.getRawPath();
    var below = path.startsWith(mount) ? path.substring(mount.length()) : path;
    var query = requested.getRawQuery();
    return base + below + (query == null ? "" : "?" + query);
  }

  private static @Nullable HttpMethod method(String name) {
    for (var method : HttpMethod.values()) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    return null;
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    if (body.isEmpty()) {
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.getResponseHeaders().set("Content-Type", MEDIA_TYPE);
    var bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** RFC 7644 section 3.12. */
  private static String error(int status, String detail) {
    return """
    {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"%s"}"""
        .formatted(status, detail);
  }

  private static void sleep(Faults.Delays delays) {
    try {
      Thread.sleep(delays.by());
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * The library's parser is made for a newer ANTLR runtime than the one DynamoDB Local pins. Both
   * read the same tables (version 4, since ANTLR 4.10), but the parser complains on standard error
   * while it is loaded, in the middle of whatever is shown there.
   */
  private static void loadFilterParserQuietly() {
    var err = System.err;
    try (var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)) {
      System.setErr(nowhere);
      for (var parser : List.of(ScimFilterLexer.class, ScimFilterParser.class)) {
        MethodHandles.lookup().ensureInitialized(parser);
      }
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(impossible);
    } finally {
      System.setErr(err);
    }
  }

  private <T> T locked(Supplier<T> action) {
    lock.lock();
    try {
      return action.get();
    } finally {
      lock.unlock();
    }
  }

  /** Whoever has the token may do everything. */
  private final class BearerToken implements Authorization {
    @Override
    public Set<String> getClientRoles() {
      return Set.of();
    }

    @Override
    public boolean authenticate(Map<String, String> headers, Map<String, String> query) {
      var given = headers.getOrDefault("Authorization", "");
      return given.startsWith("Bearer ")
          && MessageDigest.isEqual(given.substring("Bearer ".length()).getBytes(UTF_8), token);
    }
  }
}
