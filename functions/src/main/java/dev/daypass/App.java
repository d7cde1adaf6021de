package dev.daypass;

import dev.daypass.approval.ApprovalHandler;
import dev.daypass.approval.Asking;
import dev.daypass.approval.Dispatch;
import dev.daypass.approval.Invitations;
import dev.daypass.approval.Letters;
import dev.daypass.approval.Notices;
import dev.daypass.approval.Rounds;
import dev.daypass.approval.Tokens;
import dev.daypass.approval.Workflow;
import dev.daypass.audit.AuditQuery;
import dev.daypass.audit.AuditQueryHandler;
import dev.daypass.audit.Recorder;
import dev.daypass.connector.SecretsManagerSecrets;
import dev.daypass.connector.scim.ScimConnector;
import dev.daypass.grant.Reconcile;
import dev.daypass.grant.Sweep;
import dev.daypass.mail.Mailer;
import dev.daypass.mail.Mails;
import dev.daypass.request.RequestHandler;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.CachedCatalog;
import dev.daypass.store.Grants;
import dev.daypass.store.Inbox;
import dev.daypass.store.Links;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.store.Requests;
import dev.daypass.store.Waits;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Assets;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/**
 * The composition root: one method for each function, each building only what that function uses.
 * Everything a function knows of the world comes through this class: the environment that {@code
 * template.yaml} gives it, a clock, randomness.
 */
public final class App {
  private final Function<String, @Nullable String> environment;
  private final InstantSource clock;
  private final RandomGenerator random;

  /** The app of a function in Lambda. */
  public App() {
    this(System.getenv(), InstantSource.system(), new SecureRandom());
  }

  /** An app with an environment, a clock and randomness of its own. */
  public App(Map<String, String> environment, InstantSource clock, RandomGenerator random) {
    this(Map.copyOf(environment)::get, clock, random);
  }

  /** An app that asks for each variable when it needs it, so that a test sees which it reads. */
  App(Function<String, @Nullable String> environment, InstantSource clock, RandomGenerator random) {
    this.environment = environment;
    // To the millisecond, as stored and as the workflow's timestamps are.
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.random = random;
  }

  /** The clock, to the millisecond. */
  public InstantSource clock() {
    return clock;
  }

  // One method for each function in template.yaml

  /** What {@code RequestFunction} calls. */
  public RequestHandler.Parts request() {
    var dynamo = dynamo();
    var directory = directory(dynamo);
    var identity = identity();
    return RequestHandler.parts(
        new RequestHandler.Uses(
            identity,
            new Frames(directory, clock, identity),
            new AntiForgery(publicUrl(), random),
            new Pages(new Assets(), clock),
            publicUrl(),
            requests(dynamo),
            new Inbox(dynamo, env("INBOX_TABLE")),
            catalog(dynamo),
            directory,
            clock,
            random));
  }

  /** What {@code ApprovalFunction} calls. */
  public ApprovalHandler.Parts approval() {
    var dynamo = dynamo();
    var directory = directory(dynamo);
    var identity = identity();
    var catalog = catalog(dynamo);
    var links = new Links(dynamo, env("LINKS_TABLE"));
    var inbox = new Inbox(dynamo, env("INBOX_TABLE"));
    var letters = letters(directory, catalog);
    return ApprovalHandler.parts(
        new ApprovalHandler.Uses(
            identity,
            new Frames(directory, clock, identity),
            new AntiForgery(publicUrl(), random),
            new Pages(new Assets(), clock),
            publicUrl(),
            requests(dynamo),
            links,
            new Waits(dynamo, env("WAITS_TABLE")),
            // Only a lost code needs mail, so its client waits until then.
            () -> new Invitations(links, inbox, letters, mailer(), clock, random),
            catalog,
            directory,
            clock));
  }

  /** What {@code AuditQueryFunction} calls. */
  public AuditQueryHandler.Parts auditQuery() {
    var dynamo = dynamo();
    return new AuditQueryHandler.Parts(
        new FrontDoor(publicUrl(), new Pages(new Assets(), clock)),
        new AuditQuery(
            new AuditRecords(dynamo, env("AUDIT_TABLE")),
            requests(dynamo),
            directory(dynamo),
            identity(),
            clock));
  }

  /** What {@code RoundFunction} calls. */
  public Rounds rounds() {
    return new Rounds(requests(dynamo()), clock);
  }

  /** What {@code NotifyFunction} calls. */
  public Asking asking() {
    var dynamo = dynamo();
    var waits = new Waits(dynamo, env("WAITS_TABLE"));
    var letters = letters(directory(dynamo), catalog(dynamo));
    var mailer = mailer();
    return new Asking(
        requests(dynamo),
        waits,
        new Invitations(
            new Links(dynamo, env("LINKS_TABLE")),
            new Inbox(dynamo, env("INBOX_TABLE")),
            letters,
            mailer,
            clock,
            random),
        new Notices(waits, letters, mailer, clock),
        new Tokens(states(), waits, clock),
        clock);
  }

  /** What {@code DispatchFunction} calls. */
  public Dispatch dispatch() {
    var dynamo = dynamo();
    var states = states();
    var waits = new Waits(dynamo, env("WAITS_TABLE"));
    return new Dispatch(
        requests(dynamo),
        new Inbox(dynamo, env("INBOX_TABLE")),
        new Workflow(states, env("STATE_MACHINE")),
        new Tokens(states, waits, clock),
        clock);
  }

  /** What {@code ProvisionFunction} and {@code DeprovisionFunction} call. */
  public Reconcile reconcile() {
    return reconcile(dynamo());
  }

  /** What {@code AuditFunction} calls. */
  public Recorder audit() {
    return new Recorder(new AuditRecords(dynamo(), env("AUDIT_TABLE")));
  }

  /** What {@code SweepFunction} calls. */
  public Sweep sweep() {
    var dynamo = dynamo();
    var states = states();
    var waits = new Waits(dynamo, env("WAITS_TABLE"));
    return new Sweep(
        requests(dynamo),
        reconcile(dynamo),
        new Notices(waits, letters(directory(dynamo), catalog(dynamo)), mailer(), clock),
        new Workflow(states, env("STATE_MACHINE")),
        new Tokens(states, waits, clock),
        clock);
  }

  // What they are made of

  private Requests requests(DynamoDbClient dynamo) {
    return new Requests(dynamo, env("REQUESTS_TABLE"), grants(dynamo));
  }

  private Grants grants(DynamoDbClient dynamo) {
    return new Grants(dynamo, env("GRANTS_TABLE"));
  }

  private Reconcile reconcile(DynamoDbClient dynamo) {
    var secrets = new SecretsManagerSecrets(aws(SecretsManagerClient.builder()).build(), clock);
    var scim =
        new ScimConnector(
            secrets, ScimConnector.httpClient(), Thread::sleep, InstantSource.system());
    return new Reconcile(requests(dynamo), grants(dynamo), Map.of("scim", scim), clock, random);
  }

  private Letters letters(Directory directory, Supplier<Catalog> catalog) {
    var from = env("MAIL_FROM");
    var mails = new Mails(publicUrl(), from.substring(from.indexOf('@') + 1));
    return new Letters(mails, directory, catalog, clock);
  }

  private Mailer mailer() {
    return new Mailer(aws(SesV2Client.builder()).build(), env("MAIL_FROM"), null);
  }

  private Supplier<Catalog> catalog(DynamoDbClient dynamo) {
    var policies = new Policies(dynamo, env("POLICIES_TABLE"));
    return new CachedCatalog(policies::catalog, clock);
  }

  private Directory directory(DynamoDbClient dynamo) {
    return new People(dynamo, env("PEOPLE_TABLE")).directory();
  }

  /**
   * Who visits. Until sign-in exists only a local run lets anybody in, and only a local run is
   * given an endpoint of its own; so a stack in AWS stays closed whatever issuer is set.
   */
  private Identity identity() {
    var issuer = env("TOKEN_ISSUER");
    return Identity.of(environment.apply("AWS_ENDPOINT_URL") == null ? "" : issuer, clock);
  }

  /**
   * Where people reach us. Unset until the first deployment has told the address; forms need it.
   */
  private URI publicUrl() {
    var url = env("PUBLIC_URL");
    return URI.create(url.isEmpty() ? "https://localhost" : url);
  }

  private DynamoDbClient dynamo() {
    return aws(DynamoDbClient.builder()).build();
  }

  private SfnClient states() {
    return aws(SfnClient.builder()).build();
  }

  /** One small HTTP client, no look-up of what the environment says already. */
  private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B aws(B builder) {
    builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .region(Region.of(env("AWS_REGION")))
        .credentialsProvider(credentials());
    var endpoint = environment.apply("AWS_ENDPOINT_URL");
    if (endpoint != null) {
      builder.endpointOverride(URI.create(endpoint));
    }
    return builder;
  }

  private AwsCredentialsProvider credentials() {
    var id = environment.apply("AWS_ACCESS_KEY_ID");
    var secret = environment.apply("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      // After a SnapStart restore the credentials come from the container's endpoint.
      return DefaultCredentialsProvider.builder().build();
    }
    var token = environment.apply("AWS_SESSION_TOKEN");
    return StaticCredentialsProvider.create(
        token == null
            ? AwsBasicCredentials.create(id, secret)
            : AwsSessionCredentials.create(id, secret, token));
  }

  private String env(String name) {
    @Nullable String value = environment.apply(name);
    if (value == null) {
      throw new IllegalStateException(
          "the environment lacks "
              + name
              + "; template.yaml sets it for each function that needs it");
    }
    return value;
  }
}
