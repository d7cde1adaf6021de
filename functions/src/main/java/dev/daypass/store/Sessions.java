package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table {@code sessions}: partition {@code id}. A session is kept under the SHA-256 of its id,
 * so whoever reads the table can be nobody.
 *
 * <p>Beside the sessions, {@code person#TAG} counts how often a person has signed out everywhere,
 * and keeps the language that they chose last. Each session holds the count it began with and
 * counts only while that has not changed; both are read consistently and at once, since a session's
 * id begins with the tag of its person. So signing out everywhere is one write, and holds for every
 * read that begins after it, also of sessions that no index shows yet.
 */
public final class Sessions {
  /** How old the time of last use may be: each use that is told is a write. */
  public static final Duration USE_IS_TOLD_AFTER = Duration.ofMinutes(5);

  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final int TAG_BYTES = 16;
  private static final int TAG_LENGTH = 22;
  private static final int SECRET_BYTES = 32;
  private static final int MOST_SHOWN = 50;

  private final DynamoDbClient dynamo;
  private final String table;

  public Sessions(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * Somebody signed in with one browser.
   *
   * @param hash SHA-256 of the id, in hex
   * @param person email address, lower case
   * @param createdAt when it began
   * @param usedAt when it was last used, up to {@link #USE_IS_TOLD_AFTER} too early
   * @param endsAt when it ends however much it is used
   * @param idle how long it lasts without being used
   * @param signedInAt when the person showed the provider who they are; null if that is not known
   * @param groups those that the provider named and that mean something here
   * @param device browser and system, for people
   * @param source the network address it began from
   */
  public record Session(
      String hash,
      String person,
      Instant createdAt,
      Instant usedAt,
      Instant endsAt,
      Duration idle,
      @Nullable Instant signedInAt,
      List<String> groups,
      String device,
      String source) {
    public Session {
      Objects.requireNonNull(hash);
      Objects.requireNonNull(person);
      Objects.requireNonNull(createdAt);
      Objects.requireNonNull(usedAt);
      Objects.requireNonNull(endsAt);
      Objects.requireNonNull(idle);
      groups = List.copyOf(groups);
      Objects.requireNonNull(device);
      Objects.requireNonNull(source);
    }

    /** Whether it has been used recently enough and has not come to its end. */
    public boolean isAlive(Instant now) {
      return now.isBefore(over());
    }

    /** When it is over if it is not used again. */
    private Instant over() {
      var unused = usedAt.plus(idle);
      return unused.isBefore(endsAt) ? unused : endsAt;
    }
  }

  /** An id that nobody can guess: 256 random bits after the person's tag. */
  public static String newId(String person, RandomGenerator random) {
    var secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return tag(person) + BASE64.encodeToString(secret);
  }

  /** The key under which a session is kept. */
  public static String hashOfId(String id) {
    return HexFormat.of().formatHex(sha256(id));
  }

  /**
   * Begins a session under this hash. It is over at once if its person signs out everywhere.
   *
   * @return the language that its person chose last, as {@link #remember} was told; empty for none
   */
  public Optional<String> open(Session session) {
    // First the count: whoever signs out everywhere from here on means this session too.
    var person = person(session.person());
    var item = new HashMap<String, AttributeValue>();
    item.put("signOuts", number(person.isEmpty() ? 0 : Items.longer(person, "signOuts")));
    item.put("id", text(session.hash()));
    item.put("person", text(session.person()));
    item.put("createdAt", moment(session.createdAt()));
    item.put("usedAt", moment(session.usedAt()));
    item.put("endsAt", moment(session.endsAt()));
    item.put("idle", number(session.idle().toSeconds()));
    var signedInAt = session.signedInAt();
    if (signedInAt != null) {
      item.put("signedInAt", moment(signedInAt));
    }
    item.put("groups", AttributeValue.fromL(session.groups().stream().map(Items::text).toList()));
    item.put("device", text(session.device()));
    item.put("source", text(session.source()));
    item.put("ttl", ttl(session));
    dynamo.putItem(put -> put.tableName(table).item(item));
    return Items.find(person, "language");
  }

  /**
   * Keeps the language that a person has chosen: for mails, and browsers they sign in with later.
   */
  public void remember(String person, Locale language) {
    dynamo.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(personId(tag(person))))
                .updateExpression("SET #language = :language ADD signOuts :none")
                .expressionAttributeNames(Map.of("#language", "language"))
                .expressionAttributeValues(
                    Map.of(":language", text(language.getLanguage()), ":none", number(0))));
  }

  /** The language that this person chose last, as {@link #remember} was told; empty for none. */
  public Optional<String> language(String person) {
    return Items.find(person(person), "language");
  }

  /** The session with this id, if it is alive and its person has not signed out everywhere. */
  public Optional<Session> find(String id, Instant now) {
    if (id.length() <= TAG_LENGTH) {
      return Optional.empty();
    }
    var hash = hashOfId(id);
    var tag = id.substring(0, TAG_LENGTH);
    return living(List.of(hash), tag, now)
        .filter(each -> tag.equals(tag(each.person())))
        .findFirst();
  }

  /** A person's sessions, latest first. One that has just begun may not be among them yet. */
  public List<Session> of(String person, Instant now) {
    var hashes =
        dynamo
            .query(
                query ->
                    query
                        .tableName(table)
                        .indexName("by-person")
                        .keyConditionExpression("person = :person")
                        .expressionAttributeValues(Map.of(":person", text(person)))
                        .scanIndexForward(false)
                        .limit(MOST_SHOWN))
            .items()
            .stream()
            .map(item -> Items.string(item, "id"))
            .toList();
    if (hashes.isEmpty()) {
      return List.of();
    }
    return living(hashes, tag(person), now)
        .sorted(Comparator.comparing(Session::createdAt).reversed())
        .toList();
  }

  private Stream<Session> living(List<String> hashes, String tag, Instant now) {
    var keys = Stream.concat(Stream.of(personId(tag)), hashes.stream()).map(Sessions::key).toList();
    var items = new BatchRead(dynamo, table).items(keys);
    long signOuts =
        items.stream()
            .filter(item -> Items.string(item, "id").equals(personId(tag)))
            .mapToLong(item -> Items.longer(item, "signOuts"))
            .findFirst()
            .orElse(0);
    return items.stream()
        .filter(item -> !Items.string(item, "id").equals(personId(tag)))
        .filter(item -> Items.longer(item, "signOuts") == signOuts)
        .map(Sessions::session)
        .filter(session -> session.isAlive(now));
  }

  /** What is kept of a person beside their sessions; empty if nothing is. */
  private Map<String, AttributeValue> person(String person) {
    return dynamo
        .getItem(get -> get.tableName(table).key(key(personId(tag(person)))).consistentRead(true))
        .item();
  }

  /** Notes that a session is used, unless that was noted a moment ago. */
  public void use(Session session, Instant now) {
    if (now.isBefore(session.usedAt().plus(USE_IS_TOLD_AFTER))) {
      return;
    }
    var used =
        new Session(
            session.hash(),
            session.person(),
            session.createdAt(),
            now,
            session.endsAt(),
            session.idle(),
            session.signedInAt(),
            session.groups(),
            session.device(),
            session.source());
    try {
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(key(session.hash()))
                  .conditionExpression("attribute_exists(#id)")
                  .updateExpression("SET usedAt = :now, #ttl = :ttl")
                  .expressionAttributeNames(Map.of("#id", "id", "#ttl", "ttl"))
                  .expressionAttributeValues(Map.of(":now", moment(now), ":ttl", ttl(used))));
    } catch (ConditionalCheckFailedException endedMeanwhile) {
      // This call began before; the next one finds it gone.
      return;
    }
  }

  /**
   * Ends one session of this person; one that is over or another's stays as it is.
   *
   * @param hash as in {@link Session#hash}
   */
  public void end(String hash, String person) {
    // What cannot be a hash is not looked for: it may be longer than any key.
    if (!HASH.matcher(hash).matches()) {
      return;
    }
    try {
      dynamo.deleteItem(
          delete ->
              delete
                  .tableName(table)
                  .key(key(hash))
                  .conditionExpression("person = :person")
                  .expressionAttributeValues(Map.of(":person", text(person))));
    } catch (ConditionalCheckFailedException goneOrAnothers) {
      // Either way there is nothing of this person's to end.
      return;
    }
  }

  /** Ends all sessions of this person at once. */
  public void endAll(String person) {
    dynamo.updateItem(
        update ->
            update
                .tableName(table)
                .key(key(personId(tag(person))))
                .updateExpression("ADD signOuts :one")
                .expressionAttributeValues(Map.of(":one", number(1))));
  }

  private static Session session(Map<String, AttributeValue> item) {
    var groups = item.get("groups");
    return new Session(
        Items.string(item, "id"),
        Items.string(item, "person"),
        Instant.parse(Items.string(item, "createdAt")),
        Instant.parse(Items.string(item, "usedAt")),
        Instant.parse(Items.string(item, "endsAt")),
        Duration.ofSeconds(Items.longer(item, "idle")),
        Items.find(item, "signedInAt").map(Instant::parse).orElse(null),
        groups == null ? List.of() : groups.l().stream().map(AttributeValue::s).toList(),
        Items.string(item, "device"),
        Items.string(item, "source"));
  }

  private static AttributeValue ttl(Session session) {
    return number(session.over().getEpochSecond() + 1);
  }

  private static Map<String, AttributeValue> key(String id) {
    return Map.of("id", text(id));
  }

  /** No hash in hex looks like it. */
  private static String personId(String tag) {
    return "person#" + tag;
  }

  /** Stands for a person where a name must not be: in a cookie. */
  private static String tag(String person) {
    return BASE64.encodeToString(Arrays.copyOf(sha256("person " + person), TAG_BYTES));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
