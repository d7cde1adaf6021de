package dev.daypass.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.connector.Sleeper;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.aws.ShortWay;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.dynamodb.LocalDynamoDb;
import dev.daypass.local.events.LocalEventBus;
import dev.daypass.local.gateway.HttpApi;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.gateway.Throttle;
import dev.daypass.local.iam.Permissions;
import dev.daypass.local.identity.LocalPages;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.identity.SamplePerson;
import dev.daypass.local.identity.TokenIssuer;
import dev.daypass.local.lambda.AppHandlers;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.lambda.Handlers;
import dev.daypass.local.lambda.LambdaEndpoint;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.s3.LocalS3;
import dev.daypass.local.schedule.LocalSchedules;
import dev.daypass.local.states.StepFunctions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * The whole {@code template.yaml}, running in this JVM: routes, functions, tables, streams,
 * schedules and state machines, with one clock, under one port of 127.0.0.1.
 */
public final class LocalCloud implements AutoCloseable {
  /** Where the emulated AWS services are. */
  public static final String AWS = "/_local/aws";

  /** The secret with the application's password at the provider. */
  public static final String CLIENT_SECRET_NAME = "daypass-sign-in";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What a further service may use of the run it belongs to.
   *
   * @param url of the run: {@code http://127.0.0.1:8080}
   * @param pages where it may add itself to the index
   * @param template resolved for this run
   * @param events where it may put what it tells
   */
  public record Parts(
      Timeline timeline,
      Functions functions,
      Place place,
      String url,
      LocalPages pages,
      Template template,
      LocalEventBus events) {}

  /** What a run is made of; nothing runs before {@link #start}. */
  public static final class Builder {
    private final Path project;
    private int port = 8080;
    private Place place = Place.LOCAL;
    private RandomGenerator random = new SecureRandom();
    private InstantSource clock = InstantSource.system();
    private Sleeper sleeper = Thread::sleep;
    private boolean permits = true;
    private boolean throttles = true;
    private boolean shortWay;
    private @Nullable Function<InstantSource, Handlers> handlers;
    private Supplier<List<SamplePerson>> people = List::of;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, Function<Parts, AwsEndpoint.JsonService>> services =
        new LinkedHashMap<>();
    private final Map<String, Function<Parts, HttpHandler>> awsPaths = new LinkedHashMap<>();
    private final Map<String, Function<Parts, HttpHandler>> paths = new LinkedHashMap<>();

    private Builder(Path project) {
      this.project = project;
    }

    /** The port; 0 for any that is free. Without this, 8080. */
    public Builder port(int number) {
      port = number;
      return this;
    }

    /** Region, account and stack; without this, {@link Place#LOCAL}. */
    public Builder place(Place elsewhere) {
      place = elsewhere;
      return this;
    }

    /** Where functions and the workflow's jitter get their randomness. */
    public Builder random(RandomGenerator source) {
      random = source;
      return this;
    }

    /** Where real time comes from, on top of which the run's clock is moved. */
    public Builder clock(InstantSource realTime) {
      clock = realTime;
      return this;
    }

    /** Lets functions do what no policy in the template allows; without this, that is denied. */
    public Builder withoutPermissions() {
      permits = false;
      return this;
    }

    /**
     * Takes every request however many there are; without this, the API's throttling in the
     * template holds, by wall time.
     */
    public Builder withoutThrottling() {
      throttles = false;
      return this;
    }

    /**
     * Has functions call the emulated AWS services in memory where that is possible; without this,
     * they do it over HTTP as in AWS.
     */
    public Builder withShortWayToAws() {
      shortWay = true;
      return this;
    }

    /** How functions wait before they try something again; without this, in real time. */
    public Builder sleeper(Sleeper pauses) {
      sleeper = pauses;
      return this;
    }

    /** What makes handlers over the one clock; without this, {@link AppHandlers}. */
    public Builder handlers(Function<InstantSource, Handlers> maker) {
      handlers = maker;
      return this;
    }

    /**
     * Overrides a parameter of the template. {@code PublicUrl} and those of sign-in are overridden
     * by the run itself unless they are given here.
     */
    public Builder parameter(String name, String value) {
      parameters.put(name, value);
      return this;
    }

    /** Whom a visitor can be; asked anew each time. */
    public Builder people(Supplier<List<SamplePerson>> samplePeople) {
      people = samplePeople;
      return this;
    }

    /**
     * Adds an AWS service of the JSON protocol.
     *
     * @param targetPrefix what {@code X-Amz-Target} begins with, up to the dot: {@code
     *     secretsmanager}
     */
    public Builder service(String targetPrefix, Function<Parts, AwsEndpoint.JsonService> service) {
      services.put(targetPrefix, service);
      return this;
    }

    /**
     * Adds an AWS service of the REST protocol.
     *
     * @param pathPrefix what its paths begin with under {@link #AWS}: {@code /v2/email}
     */
    public Builder awsPath(String pathPrefix, Function<Parts, HttpHandler> service) {
      awsPaths.put(pathPrefix, service);
      return this;
    }

    /**
     * Adds something that answers under {@code /_local}.
     *
     * @param path under {@code /_local}: {@code /mail}
     */
    public Builder path(String path, Function<Parts, HttpHandler> handler) {
      paths.put(path, handler);
      return this;
    }

    /**
     * Starts everything; answers when requests are answered.
     *
     * @throws dev.daypass.local.gateway.PortTakenException if something listens on the port
     * @throws dev.daypass.local.template.TemplateException naming what cannot be run, with lines
     */
    public LocalCloud start() {
      var toClose = new ArrayDeque<AutoCloseable>();
      try {
        return new LocalCloud(this, toClose);
      } catch (RuntimeException failed) {
        closeAll(toClose);
        throw failed;
      }
    }
  }

  private final AwsEndpoint aws = new AwsEndpoint(AWS);
  private final LocalS3 s3 = new LocalS3();
  private final Template template;
  private final Timeline timeline;
  private final LocalServer server;
  private final LocalDynamoDb database;
  private final LocalFunctions functions;
  private final StepFunctions stepFunctions;
  private final HttpApi api;
  private final LocalProvider provider;
  private final Deque<AutoCloseable> toClose;
  private final boolean shortWay;

  /** A run of the template in this folder. */
  public static Builder of(Path project) {
    return new Builder(project);
  }

  private LocalCloud(Builder builder, Deque<AutoCloseable> toClose) {
    this.toClose = toClose;
    this.shortWay = builder.shortWay;
    var place = builder.place;
    server = closing(LocalServer.bind(builder.port));
    timeline = closing(new Timeline(builder.clock));
    // The slowest to come up, so it begins first and is waited for last.
    var databaseComing =
        CompletableFuture.supplyAsync(
            () -> LocalDynamoDb.start(timeline, place), task -> Thread.ofVirtual().start(task));
    try {
      provider =
          new LocalProvider(
              new TokenIssuer(server.url() + "/_local/issuer", timeline),
              timeline,
              builder.people,
              builder.parameters.getOrDefault("PublicUrl", server.url()) + "/sign-in/callback");
      template = readTemplate(builder, place);
      functions =
          new LocalFunctions(
              template.functions().values(),
              awsEnvironment(),
              timeline,
              place,
              builder.handlers == null
                  ? new AppHandlers(timeline, builder.random, builder.sleeper, wayToAws())
                  : builder.handlers.apply(timeline));
    } catch (RuntimeException refused) {
      toClose.addLast(() -> databaseComing.join().close());
      throw refused;
    }
    try {
      database = closing(databaseComing.join());
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
    stepFunctions =
        new StepFunctions(timeline, functions, place.region(), place.account(), builder.random);
    api = new HttpApi(template.routes(), template.apiId(), functions, timeline, place);
    if (builder.throttles) {
      template.resources().values().stream()
          .filter(each -> each.has("DefaultRouteSettings") || each.has("RouteSettings"))
          .findFirst()
          .ifPresent(settings -> api.throttle(Throttle.of(settings)));
    }
    var pages = new LocalPages(timeline, provider);
    var events =
        new LocalEventBus(
            template.rules(),
            functions,
            timeline,
            place,
            (queue, message) -> database.queue(queue).send(message));
    var parts = new Parts(timeline, functions, place, server.url(), pages, template, events);
    mount(builder, parts, pages);
    database.create(template.tables().values());
    createStateMachines(place);
    provider.issuer().awaitKey();
    server.start();
    database.connect(template.streams(), template.queues(), functions);
    LocalSchedules.start(template.schedules(), functions, timeline, place);
  }

  private Template readTemplate(Builder builder, Place place) {
    var file = TemplateFile.read(builder.project.resolve("template.yaml"));
    var overrides = new LinkedHashMap<String, String>();
    Map.of(
            "PublicUrl",
            server.url(),
            "Issuer",
            provider.issuer().issuer(),
            "ClientId",
            LocalProvider.CLIENT,
            "ClientSecretName",
            CLIENT_SECRET_NAME)
        .forEach(
            (name, value) -> {
              if (file.parameters().contains(name)) {
                overrides.put(name, value);
              }
            });
    overrides.putAll(builder.parameters);
    return file.resolve(overrides, place);
  }

  /** What makes the AWS SDK of a function find this run instead of AWS. */
  private Map<String, String> awsEnvironment() {
    return Map.of("AWS_ENDPOINT_URL", server.url() + AWS);
  }

  private void mount(Builder builder, Parts parts, LocalPages pages) {
    aws.raw("DynamoDB_20120810", database::handle)
        .raw("DynamoDBStreams_20120810", database::handle)
        .json("AWSStepFunctions", stepFunctions::handle)
        .path(LambdaEndpoint.PATH, new LambdaEndpoint(functions));
    template.buckets().values().forEach(bucket -> aws.xmlPath("/" + bucket + "/", s3.api(AWS)));
    if (builder.permits) {
      aws.guard(new Permissions(template, builder.place));
    }
    builder.services.forEach((prefix, service) -> aws.json(prefix, service.apply(parts)));
    builder.awsPaths.forEach((prefix, service) -> aws.path(prefix, service.apply(parts)));
    server.mount("/", api);
    server.mount("/_local", pages);
    server.mount(AWS, aws);
    server.mount("/_local/logs", exchange -> pages.text(exchange, logs()));
    server.mount("/_local/lost", exchange -> pages.text(exchange, lost()));
    pages.link("/_local/logs", "What the functions logged");
    pages.link("/_local/lost", "Stream records that were given up");
    builder.paths.forEach((path, handler) -> server.mount("/_local" + path, handler.apply(parts)));
  }

  private String logs() {
    return functions.log().entries().stream()
        .map(entry -> entry.at() + " " + entry.function() + " " + entry.text() + "\n")
        .collect(Collectors.joining());
  }

  private String lost() {
    var lost =
        database.messages().values().stream()
            .flatMap(List::stream)
            .map(message -> message.at() + " " + message.body() + "\n" + message.records() + "\n")
            .collect(Collectors.joining());
    return lost.isEmpty() ? "No stream record was given up.\n" : lost;
  }

  private void createStateMachines(Place place) {
    for (var machine : template.stateMachines().values()) {
      var input =
          JSON.createObjectNode()
              .put("name", machine.name())
              .put("definition", machine.definition())
              .put("roleArn", "arn:aws:iam::" + place.account() + ":role/" + machine.name())
              .put("type", machine.type());
      stepFunctions.handle("CreateStateMachine", input);
    }
    functions.expect(
        template.stateMachines().values().stream()
            .flatMap(machine -> namedErrors(machine.definition()))
            .collect(Collectors.toSet()));
  }

  /** The failures for which a machine has its own way on. */
  private static Stream<String> namedErrors(String definition) {
    try {
      return JSON.readTree(definition).findValues("ErrorEquals").stream()
          .flatMap(JsonNode::valueStream)
          .map(JsonNode::asText);
    } catch (JsonProcessingException refusedBefore) {
      throw new IllegalStateException(refusedBefore);
    }
  }

  /** The address under which everything answers: {@code http://127.0.0.1:8080}. */
  public String url() {
    return server.url();
  }

  /** The endpoint of the emulated AWS services. */
  public String awsUrl() {
    return server.url() + AWS;
  }

  /** What lies in the buckets. */
  public LocalS3 s3() {
    return s3;
  }

  /** How the AWS SDK gets there, in functions and whatever else calls it in this JVM. */
  public SdkHttpClient.Builder<?> wayToAws() {
    var http = UrlConnectionHttpClient.builder();
    return shortWay ? new ShortWay.Builder(aws, http) : http;
  }

  /** The one clock. */
  public Timeline timeline() {
    return timeline;
  }

  /** What the template holds, resolved for this run. */
  public Template template() {
    return template;
  }

  /** The functions and what they log. */
  public LocalFunctions functions() {
    return functions;
  }

  /** The database and the queues that hear of its lost records. */
  public LocalDynamoDb database() {
    return database;
  }

  /** The state machines, by the operations of the AWS API. */
  public StepFunctions stepFunctions() {
    return stepFunctions;
  }

  /** The HTTP API, for whoever wants to hear of its requests. */
  public HttpApi api() {
    return api;
  }

  /** A bearer token of this person. */
  public String token(SamplePerson person) {
    return provider.issuer().token(person);
  }

  /** Invokes a function by name, logical id or ARN, and waits for its answer. */
  public Functions.Result invoke(String function, JsonNode event) {
    return functions.invoke(function, event.toString());
  }

  /**
   * Moves time forward; returns when everything that fell due has been carried out.
   *
   * @throws IllegalStateException if it does not settle within a minute of real time
   */
  public void advance(Duration step) {
    waiting(() -> timeline.advance(step));
  }

  /**
   * Moves time forward as for a machine that sleeps: whatever fell due meanwhile is carried out
   * afterwards, and what schedules have missed is not made up for.
   *
   * @throws IllegalStateException if it does not settle within a minute of real time
   */
  public void sleep(Duration step) {
    waiting(() -> timeline.sleep(step));
  }

  /**
   * Returns when nothing is running and no stream record is on its way.
   *
   * @throws IllegalStateException if that does not happen within a minute of real time
   */
  public void settle() {
    waiting(timeline::settle);
  }

  private interface Wait {
    void run() throws InterruptedException, TimeoutException;
  }

  private static void waiting(Wait wait) {
    try {
      wait.run();
    } catch (TimeoutException busy) {
      throw new IllegalStateException(busy.getMessage(), busy);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while waiting", stopped);
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    // In this order: no more requests, then no more time, then no more data.
    toClose.addLast(part);
    return part;
  }

  /** Stops everything; what was stored is gone. */
  @Override
  public void close() {
    closeAll(toClose);
  }

  private static void closeAll(Deque<AutoCloseable> parts) {
    var failures = new ArrayList<Exception>();
    while (!parts.isEmpty()) {
      try {
        parts.pollFirst().close();
      } catch (Exception failed) {
        failures.add(failed);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException("stopping failed: " + failures, failures.getFirst());
    }
  }
}
