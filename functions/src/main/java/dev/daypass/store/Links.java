package dev.daypass.store;

import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;

/**
 * The table {@code links}: what a link in a mail stands for. Neither the link's secret nor the code
 * is stored, only their hashes.
 */
public final class Links {
  /** How often a wrong code may be typed before the link is closed. */
  public static final int MOST_TRIES = 5;

  /** How long a link still shows what happened. */
  public static final Duration KEPT_FOR = Duration.ofDays(90);

  /** So many unknown links may be opened from one place within {@link #MISSES_COUNT_FOR}. */
  public static final int MOST_MISSES = 30;

  /** How long unknown links are counted together: from one full ten minutes to the next. */
  public static final Duration MISSES_COUNT_FOR = Duration.ofMinutes(10);

  private final DynamoDbClient dynamo;
  private final String table;

  public Links(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /**
   * What a link stands for.
   *
   * @param hash SHA-256 of the link's secret, in hex
   * @param request id of the request
   * @param stage the stage it was sent for
   * @param round the round it was sent in
   * @param approver email address of the person it was sent to
   * @param codeHash SHA-256 of salt and code, in hex
   * @param salt salt of the code
   * @param tries wrong codes so far
   * @param expiresAt when it is forgotten
   */
  public record Link(
      String hash,
      String request,
      int stage,
      int round,
      String approver,
      String codeHash,
      String salt,
      int tries,
      Instant expiresAt) {
    /** Whether this is the code; takes the same time wherever they differ. */
    public boolean hasCode(String code) {
      return MessageDigest.isEqual(
          codeHash.getBytes(StandardCharsets.US_ASCII),
          hashOfCode(salt, code).getBytes(StandardCharsets.US_ASCII));
    }

    /** How many wrong codes may still be typed. */
    public int triesLeft() {
      return Math.max(0, MOST_TRIES - tries);
    }
  }

  /** SHA-256 in hex of a link's secret: the key under which it is stored. */
  public static String hashOfSecret(String secret) {
    return sha256(secret);
  }

  /** SHA-256 in hex of a salted code. */
  public static String hashOfCode(String salt, String code) {
    return sha256(salt + "/" + code);
  }

  private static String sha256(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Stores a link before its mail goes out; the same one again, because the answer got lost, does
   * no harm.
   */
  public void put(Link link) {
    dynamo.putItem(
        put ->
            put.tableName(table)
                .item(
                    Map.of(
                        "token",
                        text(link.hash()),
                        "request",
                        text(link.request()),
                        "stage",
                        number(link.stage()),
                        "round",
                        number(link.round()),
                        "approver",
                        text(link.approver()),
                        "codeHash",
                        text(link.codeHash()),
                        "salt",
                        text(link.salt()),
                        "tries",
                        number(link.tries()),
                        "ttl",
                        number(link.expiresAt().getEpochSecond())))
                .conditionExpression("attribute_not_exists(#token) OR codeHash = :codeHash")
                .expressionAttributeNames(Map.of("#token", "token"))
                .expressionAttributeValues(Map.of(":codeHash", text(link.codeHash()))));
  }

  /** The link with this secret, unless it is past its time. */
  public Optional<Link> find(String secret, Instant now) {
    var item =
        dynamo
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of("token", text(hashOfSecret(secret))))
                        .consistentRead(true))
            .item();
    return item.isEmpty()
        ? Optional.empty()
        : Optional.of(link(item)).filter(link -> link.expiresAt().isAfter(now));
  }

  /**
   * Whether so many unknown links were opened from there that none is looked up any more.
   *
   * @param source the address of whoever calls
   */
  public boolean isGuessing(String source, Instant now) {
    var item =
        dynamo
            .getItem(
                get ->
                    get.tableName(table)
                        .key(Map.of("token", text(missesOf(source, now))))
                        .consistentRead(true))
            .item();
    return !item.isEmpty() && Items.integer(item, "misses") >= MOST_MISSES;
  }

  /** Counts a link that was not known. */
  public void missed(String source, Instant now) {
    dynamo.updateItem(
        update ->
            update
                .tableName(table)
                .key(Map.of("token", text(missesOf(source, now))))
                .updateExpression("ADD misses :one SET #ttl = :ttl")
                .expressionAttributeNames(Map.of("#ttl", "ttl"))
                .expressionAttributeValues(
                    Map.of(
                        ":one",
                        number(1),
                        ":ttl",
                        number(now.plus(MISSES_COUNT_FOR.multipliedBy(2)).getEpochSecond()))));
  }

  /** Holds no address, and cannot be the hash of a link. */
  private static String missesOf(String source, Instant now) {
    long span = now.getEpochSecond() / MISSES_COUNT_FOR.toSeconds();
    return "misses#" + span + "#" + sha256(network(source)).substring(0, 32);
  }

  /** Of IPv6, the first 64 bits: the rest is the caller's own to choose (RFC 4291, 2.5.4). */
  private static String network(String source) {
    try {
      var bytes = InetAddress.ofLiteral(source).getAddress();
      return HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, 8));
    } catch (IllegalArgumentException noAddress) {
      return source;
    }
  }

  /**
   * Uses up one try, before the code is looked at, so that tries side by side do not share one.
   *
   * @return the link with that try counted; empty if none was left
   */
  public Optional<Link> useTry(Link link) {
    try {
      var item =
          dynamo
              .updateItem(
                  update ->
                      update
                          .tableName(table)
                          .key(Map.of("token", text(link.hash())))
                          .conditionExpression("attribute_exists(#token) AND tries < :most")
                          .updateExpression("SET tries = tries + :one")
                          .expressionAttributeNames(Map.of("#token", "token"))
                          .expressionAttributeValues(
                              Map.of(":most", number(MOST_TRIES), ":one", number(1)))
                          .returnValues(ReturnValue.ALL_NEW))
              .attributes();
      return Optional.of(link(item));
    } catch (ConditionalCheckFailedException noneLeft) {
      return Optional.empty();
    }
  }

  /** Gives tries back after a right code, so that a forgotten comment costs nothing. */
  public void rightCode(Link link) {
    try {
      dynamo.updateItem(
          update ->
              update
                  .tableName(table)
                  .key(Map.of("token", text(link.hash())))
                  .conditionExpression("attribute_exists(#token)")
                  .updateExpression("SET tries = :none")
                  .expressionAttributeNames(Map.of("#token", "token"))
                  .expressionAttributeValues(Map.of(":none", number(0))));
    } catch (ConditionalCheckFailedException forgotten) {
      // Its time was over in between; the code was right all the same.
      return;
    }
  }

  private static Link link(Map<String, AttributeValue> item) {
    return new Link(
        Items.string(item, "token"),
        Items.string(item, "request"),
        Items.integer(item, "stage"),
        Items.integer(item, "round"),
        Items.string(item, "approver"),
        Items.string(item, "codeHash"),
        Items.string(item, "salt"),
        Items.integer(item, "tries"),
        Instant.ofEpochSecond(Items.longer(item, "ttl")));
  }
}
