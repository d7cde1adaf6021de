package dev.daypass.emulator;

import dev.daypass.local.LocalCloud;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.cli.PeopleImport;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.cli.Publisher;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.events.LocalEventBus;
import dev.daypass.local.gateway.HttpApi;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.identity.LocalPages;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.identity.TokenIssuer;
import dev.daypass.local.lambda.AppHandlers;
import dev.daypass.local.lambda.LocalFunctions;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The application with its data and its workflow on an emulator, and its functions in this JVM: the
 * real handlers, with the environment that the template gives them. They get their work from the
 * HTTP API, from polled streams, and from the workflow's tasks by token. Mail, secrets and the SCIM
 * target are the local ones, since LocalStack has no SES v2; schedules do not run.
 */
final class HostedApplication implements Application {
  private static final List<String> PASSED_ON =
      List.of("content-type", "x-amz-crc32", "x-amzn-errortype");

  private final Deque<AutoCloseable> toClose = new ArrayDeque<>();
  private final String url;
  private final String stateMachine;
  private final TaskWorker worker;
  private final List<StreamFeed> feeds = new ArrayList<>();

  /** Makes the stack and starts everything. */
  static HostedApplication start(TokenEmulator emulator, Path project) {
    return new HostedApplication(emulator, project);
  }

  private HostedApplication(TokenEmulator emulator, Path project) {
    var server = closing(LocalServer.bind(0));
    url = server.url();
    var timeline = closing(new Timeline());
    var files = PolicyFiles.load(project.resolve("runbooks"));
    var provider =
        new LocalProvider(
            new TokenIssuer(url + "/_local/issuer", timeline),
            timeline,
            () -> files.people().stream().map(LocalDaypass::sample).toList(),
            url + "/sign-in/callback");
    var stack = "daypass-" + UUID.randomUUID().toString().substring(0, 8);
    var place = new Place(emulator.region(), emulator.account(), stack);
    var template =
        TemplateFile.read(project.resolve("template.yaml"))
            .resolve(
                Map.of(
                    "PublicUrl",
                    url,
                    "Issuer",
                    provider.issuer().issuer(),
                    "ClientId",
                    LocalProvider.CLIENT,
                    "ClientSecretName",
                    LocalCloud.CLIENT_SECRET_NAME),
                place);
    var functions =
        new LocalFunctions(
            template.functions().values(),
            Map.of(
                "AWS_ENDPOINT_URL",
                url + LocalCloud.AWS,
                "AWS_ACCESS_KEY_ID",
                emulator.keyId(),
                "AWS_SECRET_ACCESS_KEY",
                "test"),
            timeline,
            place,
            new AppHandlers(timeline, new SecureRandom()));

    var pages = new LocalPages(timeline, provider);
    var events =
        new LocalEventBus(
            template.rules(),
            functions,
            timeline,
            place,
            (queue, message) -> {
              throw new IllegalStateException("given up: " + message.body());
            });
    var parts = new LocalCloud.Parts(timeline, functions, place, url, pages, template, events);
    var ses = LocalSes.of(template, timeline, place, events);
    var wire = emulator.wire();
    server.mount(
        LocalCloud.AWS,
        new AwsEndpoint(LocalCloud.AWS)
            .raw("DynamoDB_20120810", (target, body) -> passedOn(wire.forward(target, body)))
            .raw("AWSStepFunctions", (target, body) -> passedOn(wire.forward(target, body)))
            .json("secretsmanager", LocalDaypass.secrets(parts, files)::handle)
            .path("/v2/email", ses.api()));
    server.mount("/", new HttpApi(template.routes(), template.apiId(), functions, timeline, place));
    server.mount("/_local", pages);
    server.mount("/_local/mail", ses.mailbox());
    server.mount("/_local/scim/v2", LocalDaypass.target(parts, files));
    server.start();

    var dynamo = closing(emulator.client(DynamoDbClient.builder()));
    Tables.create(emulator, dynamo, template);
    PeopleImport.load(files.people(), new People(dynamo, template.table("PeopleTable").name()));
    new Publisher(new Policies(dynamo, template.table("PoliciesTable").name()), timeline)
        .publish(files, LocalDaypass.PUBLISHER);

    var queue = emulator.queue(stack + "-tasks");
    var states = emulator.client(SfnClient.builder());
    var machine = template.stateMachine("AccessMachine");
    stateMachine =
        states
            .createStateMachine(
                create ->
                    create
                        .name(machine.name())
                        .definition(TasksByToken.rewrite(machine.definition(), queue))
                        .roleArn("arn:aws:iam::" + emulator.account() + ":role/daypass"))
            .stateMachineArn();
    if (!stateMachine.equals(machine.arn())) {
      throw new IllegalStateException(
          "the functions know the state machine as " + machine.arn() + ", it is " + stateMachine);
    }
    worker = new TaskWorker(queue, functions, states);
    toClose.addFirst(worker);
    worker.start();
    for (var mapping : template.streams()) {
      var feed = new StreamFeed(mapping, wire, emulator.region(), functions);
      feeds.add(feed);
      toClose.addFirst(feed);
      feed.start();
    }
  }

  private static AwsAnswer passedOn(HttpResponse<byte[]> response) {
    var headers = new LinkedHashMap<String, String>();
    for (var name : PASSED_ON) {
      response.headers().firstValue(name).ifPresent(value -> headers.put(name, value));
    }
    return new AwsAnswer(response.statusCode(), headers, response.body());
  }

  @Override
  public String url() {
    return url;
  }

  @Override
  public String stateMachine() {
    return stateMachine;
  }

  @Override
  public void requireHealthy() {
    if (worker.failure() != null) {
      throw new IllegalStateException("the worker failed", worker.failure());
    }
    for (var feed : feeds) {
      if (feed.failure() != null) {
        throw new IllegalStateException("a stream's feed failed", feed.failure());
      }
    }
  }

  private <T extends AutoCloseable> T closing(T part) {
    toClose.addFirst(part);
    return part;
  }

  @Override
  public void close() {
    while (!toClose.isEmpty()) {
      try {
        toClose.pollFirst().close();
      } catch (Exception failed) {
        throw new IllegalStateException("stopping failed", failed);
      }
    }
  }
}
