package dev.daypass;

import dev.daypass.access.Refusal;
import dev.daypass.approval.Absences;
import dev.daypass.approval.ApprovalHandler;
import dev.daypass.approval.Asking;
import dev.daypass.approval.ChatNotices;
import dev.daypass.approval.Dispatch;
import dev.daypass.approval.InPlace;
import dev.daypass.approval.Invitations;
import dev.daypass.approval.Letters;
import dev.daypass.approval.Notices;
import dev.daypass.approval.ReturnedMails;
import dev.daypass.approval.Rounds;
import dev.daypass.approval.Tokens;
import dev.daypass.approval.Workflow;
import dev.daypass.audit.AuditPages;
import dev.daypass.audit.AuditQuery;
import dev.daypass.audit.AuditQueryHandler;
import dev.daypass.audit.Recorder;
import dev.daypass.chat.Posts;
import dev.daypass.chat.Webhook;
import dev.daypass.connector.SecretsManagerSecrets;
import dev.daypass.connector.Sleeper;
import dev.daypass.connector.scim.ScimConnector;
import dev.daypass.grant.Beginning;
import dev.daypass.grant.Reconcile;
import dev.daypass.grant.Sweep;
import dev.daypass.mail.Mailer;
import dev.daypass.mail.Mails;
import dev.daypass.oversee.OverseeHandler;
import dev.daypass.people.ImportSteps;
import dev.daypass.people.PeopleHandler;
import dev.daypass.request.RequestHandler;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Eligibility;
import dev.daypass.signin.BearerIdentity;
import dev.daypass.signin.BrowserIdentity;
import dev.daypass.signin.Provider;
import dev.daypass.signin.SessionCookie;
import dev.daypass.signin.SignInHandler;
import dev.daypass.signin.TokenCheck;
import dev.daypass.signin.Trust;
import dev.daypass.store.AuditRecords;
import dev.daypass.store.CachedCatalog;
import dev.daypass.store.EvidenceFiles;
import dev.daypass.store.Grants;
import dev.daypass.store.Imports;
import dev.daypass.store.Inbox;
import dev.daypass.store.Links;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import dev.daypass.store.Requests;
import dev.daypass.store.Sessions;
import dev.daypass.store.StandIns;
import dev.daypass.store.Waits;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Assets;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.Frames;
import dev.daypass.web.FrontDoor;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The composition root: one method for each function, each building only what that function uses.
 * Everything a function knows of the world comes through this class: the environment that {@code
 * template.yaml} gives it, a clock, randomness.
 */
public final class App {
  private final Function<String, @Nullable String> environment;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Outside outside;

  /** The app of a function in Lambda. */
  public App() {
    this(System.getenv(), InstantSource.system(), new SecureRandom());
  }

  /** An app with an environment, a clock and randomness of its own. */
  public App(Map<String, String> environment, InstantSource clock, RandomGenerator random) {
    this(Map.copyOf(environment)::get, clock, random);
  }

  /**
   * An app that waits in a way of its own where it must before it tries again.
   *
   * @param http what makes the way to AWS for each client
   */
  public App(
      Map<String, String> environment,
      InstantSource clock,
      RandomGenerator random,
      Sleeper sleeper,
      SdkHttpClient.Builder<?> http) {
    this(
        Map.copyOf(environment)::get,
        clock,
        random,
        new AwsOutside(Map.copyOf(environment)::get, sleeper, http));
  }

  /** An app that asks for each variable when it needs it, so that a test sees which it reads. */
  App(Function<String, @Nullable String> environment, InstantSource clock, RandomGenerator random) {
    this(environment, clock, random, new AwsOutside(environment, Thread::sleep));
  }

  /** An app that reaches others in a way of its own. */
  public App(
      Map<String, String> environment,
      InstantSource clock,
      RandomGenerator random,
      Outside outside) {
    this(Map.copyOf(environment)::get, clock, random, outside);
  }

  private App(
      Function<String, @Nullable String> environment,
      InstantSource clock,
      RandomGenerator random,
      Outside outside) {
    this.environment = environment;
    // To the millisecond, as stored and as the workflow's timestamps are.
    this.clock = () -> clock.instant().truncatedTo(ChronoUnit.MILLIS);
    this.random = random;
    this.outside = outside;
  }

  /** The clock, to the millisecond. */
  public InstantSource clock() {
    return clock;
  }

  // One method for each function in template.yaml

  /** What {@code RequestFunction} calls. */
  public RequestHandler.Parts request() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    var identity = identity(dynamo, directory);
    var catalog = catalog(dynamo);
    return RequestHandler.parts(
        new RequestHandler.Uses(
            identity,
            frames(directory, catalog),
            antiForgery(),
            new Pages(new Assets()),
            publicUrl(),
            new Sessions(dynamo, env("SESSIONS_TABLE")),
            requests(dynamo),
            new Inbox(dynamo, env("INBOX_TABLE")),
            new EvidenceFiles(outside::files, env("EVIDENCE_BUCKET")),
            catalog,
            directory,
            clock,
            random));
  }

  /** What {@code ApprovalFunction} calls. */
  public ApprovalHandler.Parts approval() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    var identity = identity(dynamo, directory);
    var catalog = catalog(dynamo);
    var links = new Links(dynamo, env("LINKS_TABLE"));
    var inbox = new Inbox(dynamo, env("INBOX_TABLE"));
    var letters = letters(dynamo, directory, catalog);
    var configuration = env("MAIL_CONFIGURATION");
    return ApprovalHandler.parts(
        new ApprovalHandler.Uses(
            identity,
            frames(directory, catalog),
            antiForgery(),
            new Pages(new Assets()),
            publicUrl(),
            requests(dynamo),
            links,
            new Waits(dynamo, env("WAITS_TABLE")),
            inbox,
            // Only a lost code needs mail, so its client waits until then.
            () -> new Invitations(links, inbox, letters, mailer(configuration), clock, random),
            catalog,
            directory,
            standIns(dynamo),
            clock));
  }

  /** What {@code AuditQueryFunction} calls. */
  public AuditQueryHandler.Parts auditQuery() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    var identity = identity(dynamo, directory);
    var query =
        new AuditQuery(
            new AuditRecords(dynamo, env("AUDIT_TABLE")), requests(dynamo), identity, clock);
    var catalog = catalog(dynamo);
    var frames = frames(directory, catalog);
    var pages = new Pages(new Assets());
    return new AuditQueryHandler.Parts(
        new FrontDoor(publicUrl(), identity, frames, antiForgery(), pages),
        query,
        new AuditPages(identity, frames, antiForgery(), pages, query, catalog, clock));
  }

  /** What {@code AdminFunction} calls. */
  public OverseeHandler.Parts oversee() {
    var dynamo = outside.dynamo();
    var people = new People(dynamo, env("PEOPLE_TABLE"));
    var directory = people.directory();
    var catalog = catalog(dynamo);
    return OverseeHandler.parts(
        new OverseeHandler.Uses(
            identity(dynamo, directory),
            frames(directory, catalog),
            antiForgery(),
            new Pages(new Assets()),
            publicUrl(),
            requests(dynamo),
            grants(dynamo),
            new Policies(dynamo, env("POLICIES_TABLE")),
            catalog,
            people,
            directory));
  }

  /** What {@code SignInFunction} calls. */
  public SignInHandler.Parts signIn() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    return SignInHandler.parts(
        new SignInHandler.Uses(
            trust(),
            outside.provider(),
            new SecretsManagerSecrets(outside.secrets(), clock),
            env("CLIENT_SECRET"),
            new Sessions(dynamo, env("SESSIONS_TABLE")),
            directory,
            frames(directory, catalog(dynamo)),
            antiForgery(),
            new Pages(new Assets()),
            publicUrl(),
            Duration.ofHours(Long.parseLong(env("SESSION_IDLE_HOURS"))),
            Duration.ofHours(Long.parseLong(env("SESSION_HOURS"))),
            clock,
            random));
  }

  /** What {@code PeopleFunction} calls. */
  public PeopleHandler.Parts people() {
    var dynamo = outside.dynamo();
    var people = new People(dynamo, env("PEOPLE_TABLE"));
    var directory = people.directory();
    return PeopleHandler.parts(
        new PeopleHandler.Uses(
            identity(dynamo, directory),
            frames(directory),
            antiForgery(),
            new Pages(new Assets()),
            publicUrl(),
            people,
            new Imports(dynamo, env("IMPORTS_TABLE")),
            standIns(dynamo),
            requests(dynamo),
            new Inbox(dynamo, env("INBOX_TABLE")),
            catalog(dynamo),
            clock,
            random));
  }

  /** What {@code RoundFunction} calls. */
  public Rounds rounds() {
    return new Rounds(requests(outside.dynamo()), clock);
  }

  /** What {@code ReturnedMailFunction} calls. */
  public ReturnedMails returnedMails() {
    return new ReturnedMails(requests(outside.dynamo()), clock);
  }

  /** What {@code NotifyFunction} calls. */
  public Asking asking() {
    var dynamo = outside.dynamo();
    var waits = new Waits(dynamo, env("WAITS_TABLE"));
    var directory = directory(dynamo);
    var catalog = catalog(dynamo);
    var letters = letters(dynamo, directory, catalog);
    var mailer = mailer();
    var invitations =
        new Invitations(
            new Links(dynamo, env("LINKS_TABLE")),
            new Inbox(dynamo, env("INBOX_TABLE")),
            letters,
            mailer,
            clock,
            random);
    return new Asking(
        requests(dynamo),
        waits,
        invitations,
        new InPlace(requests(dynamo), standIns(dynamo), directory, invitations, waits, clock),
        new Notices(waits, letters, mailer, clock),
        new ChatNotices(
            waits,
            directory,
            catalog,
            new Posts(publicUrl()),
            // Few systems have a channel, so its clients wait until one of them is asked for.
            () ->
                new Webhook(
                    new SecretsManagerSecrets(outside.secrets(), clock, Webhook.REQUEST_TIMEOUT),
                    outside.chat(),
                    outside.sleeper(),
                    outside.stopwatch()),
            clock),
        new Tokens(outside.states(), waits, clock),
        clock);
  }

  /** What {@code DispatchFunction} calls. */
  public Dispatch dispatch() {
    var dynamo = outside.dynamo();
    var states = outside.states();
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
    return reconcile(outside.dynamo());
  }

  /** What {@code ProvisionFunction} asks about an access that begins later. */
  public Beginning beginning() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    var catalog = catalog(dynamo);
    return asked ->
        new Eligibility(catalog.get(), directory)
            .mayBegin(asked.plan(), asked.requester())
            .map(Refusal::code);
  }

  /** What {@code AuditFunction} calls. */
  public Recorder audit() {
    return new Recorder(new AuditRecords(outside.dynamo(), env("AUDIT_TABLE")));
  }

  /** What {@code ImportFunction} calls. */
  public ImportSteps imports() {
    var dynamo = outside.dynamo();
    return new ImportSteps(
        new Imports(dynamo, env("IMPORTS_TABLE")), new People(dynamo, env("PEOPLE_TABLE")), clock);
  }

  /** What {@code SweepFunction} calls. */
  public Sweep sweep() {
    var dynamo = outside.dynamo();
    var states = outside.states();
    var waits = new Waits(dynamo, env("WAITS_TABLE"));
    return new Sweep(
        requests(dynamo),
        reconcile(dynamo),
        new Notices(waits, letters(dynamo, directory(dynamo), catalog(dynamo)), mailer(), clock),
        new Workflow(states, env("STATE_MACHINE")),
        new Tokens(states, waits, clock),
        clock,
        outside::sideBySide);
  }

  /** What {@code SweepFunction} does about stand-ins. */
  public Absences absences() {
    var dynamo = outside.dynamo();
    var directory = directory(dynamo);
    var letters = letters(dynamo, directory, catalog(dynamo));
    var mailer = mailer();
    var inbox = new Inbox(dynamo, env("INBOX_TABLE"));
    var invitations =
        new Invitations(
            new Links(dynamo, env("LINKS_TABLE")), inbox, letters, mailer, clock, random);
    var inPlace =
        new InPlace(
            requests(dynamo),
            standIns(dynamo),
            directory,
            invitations,
            new Waits(dynamo, env("WAITS_TABLE")),
            clock);
    return new Absences(standIns(dynamo), requests(dynamo), inbox, inPlace, letters, mailer, clock);
  }

  // What they are made of

  private StandIns standIns(DynamoDbClient dynamo) {
    return new StandIns(dynamo, env("STAND_INS_TABLE"));
  }

  private Requests requests(DynamoDbClient dynamo) {
    return new Requests(dynamo, env("REQUESTS_TABLE"), grants(dynamo));
  }

  private Grants grants(DynamoDbClient dynamo) {
    return new Grants(dynamo, env("GRANTS_TABLE"));
  }

  private Reconcile reconcile(DynamoDbClient dynamo) {
    var secrets = new SecretsManagerSecrets(outside.secrets(), clock);
    var scim =
        new ScimConnector(secrets, outside.targets(), outside.sleeper(), outside.stopwatch());
    return new Reconcile(requests(dynamo), grants(dynamo), Map.of("scim", scim), clock, random);
  }

  private Letters letters(DynamoDbClient dynamo, Directory directory, Supplier<Catalog> catalog) {
    var sessions = new Sessions(dynamo, env("SESSIONS_TABLE"));
    var from = env("MAIL_FROM");
    var mails = new Mails(publicUrl(), from.substring(from.indexOf('@') + 1));
    return new Letters(
        mails, directory, catalog, email -> sessions.language(email).map(Locale::of), clock);
  }

  private Mailer mailer() {
    return mailer(env("MAIL_CONFIGURATION"));
  }

  /**
   * @param configuration the name of the set that tells what becomes of mails; read by the caller,
   *     so that a function without it fails at once and not with its first mail
   */
  private Mailer mailer(String configuration) {
    return new Mailer(outside.mail(), env("MAIL_FROM"), configuration);
  }

  private Supplier<Catalog> catalog(DynamoDbClient dynamo) {
    var policies = new Policies(dynamo, env("POLICIES_TABLE"));
    return new CachedCatalog(policies::catalog, clock);
  }

  private Directory directory(DynamoDbClient dynamo) {
    return new People(dynamo, env("PEOPLE_TABLE")).directory();
  }

  private Frames frames(Directory directory) {
    return new Frames(directory, new ChosenLanguage(publicUrl()), clock);
  }

  private Frames frames(Directory directory, Supplier<Catalog> catalog) {
    return new Frames(directory, new ChosenLanguage(publicUrl()), clock, catalog);
  }

  private AntiForgery antiForgery() {
    return new AntiForgery(publicUrl(), random);
  }

  /** Who visits pages, or calls as a program. */
  private Identity identity(DynamoDbClient dynamo, Directory directory) {
    var sessions = new Sessions(dynamo, env("SESSIONS_TABLE"));
    var cookie = new SessionCookie(publicUrl());
    return programs(directory)
        .<Identity>map(known -> new BrowserIdentity(known, sessions, cookie, clock))
        .orElseGet(Identity::ofNobody);
  }

  /** Who calls as a program; empty if no sign-in is set up. */
  private Optional<BearerIdentity> programs(Directory directory) {
    return trust()
        .map(
            trust ->
                new BearerIdentity(
                    new TokenCheck(trust, new Provider(trust, outside.provider(), clock), clock),
                    directory,
                    clock));
  }

  /**
   * Whose word is taken for who somebody is. Only a local run is given an endpoint of its own, and
   * only there an issuer without https. Before people have an address to come back to, none.
   */
  private Optional<Trust> trust() {
    var trust =
        Trust.of(
            env("ISSUER"),
            env("CLIENT_ID"),
            env("GROUP_CLAIM"),
            environment.apply("AWS_ENDPOINT_URL") != null);
    return trust.filter(any -> !env("PUBLIC_URL").isEmpty());
  }

  /**
   * Where people reach us. Unset until the first deployment has told the address; forms need it.
   */
  private URI publicUrl() {
    var url = env("PUBLIC_URL");
    return URI.create(url.isEmpty() ? "https://localhost" : url);
  }

  private String env(String name) {
    return required(environment, name);
  }

  /**
   * A variable that must be set.
   *
   * @throws IllegalStateException if it is not
   */
  static String required(Function<String, @Nullable String> environment, String name) {
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
