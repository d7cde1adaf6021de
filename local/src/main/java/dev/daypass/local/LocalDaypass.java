package dev.daypass.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.local.chat.LocalChat;
import dev.daypass.local.cli.PeopleImport;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.cli.Publisher;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.identity.SamplePerson;
import dev.daypass.local.scim.ScimServer;
import dev.daypass.local.secrets.LocalSecrets;
import dev.daypass.local.ses.LocalSes;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Daypass on this machine: the template, a mailbox, secrets, one SCIM target that stands for all
 * systems, a receiver for channels, the sample people, and the runbooks of {@code runbooks/}
 * published.
 */
public final class LocalDaypass implements AutoCloseable {
  /** The secret of the SCIM target; it guards nothing but sample data on the loopback address. */
  public static final String SCIM_TOKEN = "local-scim-token";

  /** Who published the runbooks of a local run. */
  public static final String PUBLISHER = "ruth.adeyemi@example.com";

  private static final String SCIM = "/scim/v2";
  private static final String SCIM_FAULTS = "/scim/faults";

  /** More are not offered to sign in as. */
  private static final int MOST_PEOPLE = 500;

  private static final String CHAT = "/chat";
  private static final JsonMapper JSON = new JsonMapper();

  private final LocalCloud cloud;
  private final LocalSes ses;
  private final ScimServer scim;
  private final LocalChat chat;
  private final DynamoDbClient dynamo;

  private LocalDaypass(
      LocalCloud cloud, LocalSes ses, ScimServer scim, LocalChat chat, DynamoDbClient dynamo) {
    this.cloud = cloud;
    this.ses = ses;
    this.scim = scim;
    this.chat = chat;
    this.dynamo = dynamo;
  }

  /**
   * Starts everything.
   *
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   * @param port 0 for any that is free
   * @throws dev.daypass.local.gateway.PortTakenException if something listens on the port
   * @throws IllegalArgumentException if the runbooks have errors
   */
  public static LocalDaypass start(Path project, int port) {
    return start(project, cloud -> cloud.port(port));
  }

  /**
   * Starts everything in a run that is changed first: its port, its clock.
   *
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   * @throws dev.daypass.local.gateway.PortTakenException if something listens on the port
   * @throws IllegalArgumentException if the runbooks have errors
   */
  public static LocalDaypass start(Path project, UnaryOperator<LocalCloud.Builder> change) {
    var files = PolicyFiles.load(project.resolve("runbooks"));
    if (!files.isPublishable()) {
      throw new IllegalArgumentException(
          "runbooks/ has errors; ./daypass lint lists them: " + files.findings());
    }
    var ses = new AtomicReference<LocalSes>();
    var scim = new AtomicReference<ScimServer>();
    var chat = new AtomicReference<LocalChat>();
    var directory = new AtomicReference<@Nullable People>();
    var people = files.people().stream().map(LocalDaypass::sample).toList();
    var cloud =
        change
            .apply(LocalCloud.of(project))
            .people(() -> now(people, directory.get()))
            .awsPath(
                "/v2/email",
                parts -> {
                  var mail =
                      LocalSes.of(
                          parts.template(), parts.timeline(), parts.place(), parts.events());
                  ses.set(mail);
                  return mail.api();
                })
            .path(
                "/mail",
                parts -> {
                  parts.pages().link("/_local/mail", "Mailbox: every mail that was sent");
                  return ses.get().mailbox();
                })
            .path(
                SCIM,
                parts -> {
                  var server = target(parts, files);
                  scim.set(server);
                  return server;
                })
            .path(SCIM_FAULTS, parts -> scim.get().faults().handler())
            .path(
                CHAT,
                parts -> {
                  var receiver = new LocalChat(parts.timeline());
                  chat.set(receiver);
                  parts.pages().link("/_local" + CHAT, "Chat: what channels were told");
                  return receiver;
                })
            .service("secretsmanager", parts -> secrets(parts, files)::handle)
            .start();
    var dynamo = dynamo(cloud);
    var stack = cloud.template();
    var stored = new People(dynamo, stack.table("PeopleTable").name());
    PeopleImport.load(files.people(), stored);
    new Publisher(new Policies(dynamo, stack.table("PoliciesTable").name()), cloud.timeline())
        .publish(files, PUBLISHER);
    directory.set(stored);
    return new LocalDaypass(cloud, ses.get(), scim.get(), chat.get(), dynamo);
  }

  /**
   * Whom one can be: the sample people, also those whom an import has made inactive since, as a
   * sign-in service that has not heard of it; then whoever an import has added, by name.
   */
  private static List<SamplePerson> now(List<SamplePerson> samples, @Nullable People stored) {
    if (stored == null) {
      return samples;
    }
    var all = new LinkedHashMap<String, SamplePerson>();
    samples.forEach(each -> all.put(each.email(), each));
    try {
      stored.list("", MOST_PEOPLE, null).people().stream()
          .filter(Person::active)
          .forEach(each -> all.put(each.email(), sample(each)));
    } catch (SdkException unreadable) {
      // A sign-in service does not stand or fall with the tables.
      return samples;
    }
    return List.copyOf(all.values());
  }

  /** Somebody of the people file, as a visitor can be. */
  public static SamplePerson sample(Person person) {
    return new SamplePerson(person.email(), person.name(), person.manager(), person.groups());
  }

  /** One SCIM server with the groups of all systems; everybody has an account there. */
  public static ScimServer target(LocalCloud.Parts parts, PolicyFiles files) {
    var server =
        new ScimServer(
            () -> URI.create(parts.url() + "/_local" + SCIM), SCIM_TOKEN, parts.timeline());
    for (var person : files.people()) {
      server.addUser(person.email(), person.name());
    }
    files.systems().stream()
        .flatMap(system -> system.roles().stream())
        .map(TargetSystem.Role::group)
        .distinct()
        .forEach(server::addGroup);
    return server;
  }

  /**
   * The connections of all systems, each leading to that server, the addresses of their channels,
   * and the secret of sign-in.
   */
  public static LocalSecrets secrets(LocalCloud.Parts parts, PolicyFiles files) {
    var secrets = new LocalSecrets(parts.timeline());
    var value =
        JSON.createObjectNode()
            .put("url", parts.url() + "/_local" + SCIM)
            .put("token", SCIM_TOKEN)
            .toString();
    files.systems().stream()
        .filter(system -> !system.connector().isByHand())
        .map(system -> system.connector().connection())
        .distinct()
        .forEach(name -> secrets.put(name, value));
    for (var system : files.systems()) {
      var webhook = system.chat();
      if (webhook != null) {
        secrets.put(
            webhook.webhook(),
            parts.url() + "/_local" + CHAT + LocalChat.path(webhook.kind(), system.id()));
      }
    }
    secrets.put(LocalCloud.CLIENT_SECRET_NAME, LocalProvider.CLIENT_SECRET);
    return secrets;
  }

  /** A client of the local database; close it after use. */
  public static DynamoDbClient dynamo(LocalCloud cloud) {
    return DynamoDbClient.builder()
        .endpointOverride(URI.create(cloud.awsUrl()))
        .region(Region.of("eu-central-1"))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(cloud.wayToAws())
        .build();
  }

  /** The address under which everything answers. */
  public String url() {
    return cloud.url();
  }

  /** The running template. */
  public LocalCloud cloud() {
    return cloud;
  }

  /** The mail that was sent, and a way to have addresses refused. */
  public LocalSes ses() {
    return ses;
  }

  /** The target system, and a way to break it. */
  public ScimServer scim() {
    return scim;
  }

  /** What channels were told, and a way to have a webhook fail. */
  public LocalChat chat() {
    return chat;
  }

  @Override
  public void close() {
    dynamo.close();
    cloud.close();
  }
}
