package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import dev.daypass.runbook.PeopleDifference.Change;
import dev.daypass.runbook.PeopleFile.Finding;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The table {@code imports}: partition {@code id}, sort key {@code part}. Of each import there is
 * {@code import}, how it stands; {@code file#…}, the file in pieces; {@code plan#HASH#…}, what is
 * to be changed in pieces. The item {@code lock} names the import that is being applied: there is
 * one at most.
 *
 * <p>File and plan are gone a week after they were written; how an import stood stays for {@link
 * #KEPT}.
 */
public final class Imports {
  /** How long it is on record who imported what. */
  public static final Duration KEPT = Duration.ofDays(400);

  /** How long the file itself and what it changes are kept. */
  public static final Duration FILE_KEPT = Duration.ofDays(7);

  /** The sort key of the item that says how an import stands; only its writes move anything. */
  public static final String IMPORT = "import";

  private static final String LOCK = "lock";

  /** The most bytes in one item, which holds 400 KB with its keys. */
  public static final int LARGEST_PIECE = 300_000;

  private static final int MOST_LISTED = 20;
  private static final int MONTHS_LISTED = 3;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  private final DynamoDbClient dynamo;
  private final String table;

  public Imports(DynamoDbClient dynamo, String table) {
    this.dynamo = dynamo;
    this.table = table;
  }

  /** Where an import can be. */
  public enum State {
    /** The file is compared with what is stored. */
    CHECKING,
    /** Somebody can look at the difference, and have it applied or not. */
    READY,
    /** The file has lines that are wrong: nothing can come of it. */
    REFUSED,
    /** What was shown is being done. */
    APPLYING,
    /** All is as the file says. */
    DONE,
    /** Nothing was done. */
    DISCARDED,
    /** Somebody stopped it on the way, or its file was gone: a part may have been done. */
    STOPPED;

    /** Whether a step is to follow that nobody has to ask for. */
    public boolean moves() {
      return this == CHECKING || this == APPLYING;
    }

    /** Whether nothing can follow any more. */
    public boolean isOver() {
      return switch (this) {
        case CHECKING, READY, APPLYING -> false;
        case REFUSED, DONE, DISCARDED, STOPPED -> true;
      };
    }
  }

  /** How many people are added, changed, leave. */
  public record Counts(int added, int changed, int leaving) {
    public static final Counts NONE = new Counts(0, 0, 0);

    public Counts plus(Counts other) {
      return new Counts(
          added + other.added(), changed + other.changed(), leaving + other.leaving());
    }

    public int all() {
      return added + changed + leaving;
    }
  }

  /**
   * What a check found, if the file is in order.
   *
   * @param counts what is to be changed
   * @param unchanged how many people stay as they are
   * @param firstShown the first piece of the plan that holds people
   * @param shown how many pieces hold people; they follow each other
   * @param pieces how many pieces the plan has in all
   * @param hash of the whole difference: two that are the same have the same
   * @param manyLeave whether so many leave that the file is more likely cut off
   * @param adminsLost administrators who would be none any more, by address; some if they are many
   * @param noAdminsLeft whether nobody in the directory would be one
   */
  public record Plan(
      Counts counts,
      int unchanged,
      int firstShown,
      int shown,
      int pieces,
      String hash,
      boolean manyLeave,
      List<String> adminsLost,
      boolean noAdminsLeft) {
    public Plan {
      Objects.requireNonNull(counts);
      Objects.requireNonNull(hash);
      adminsLost = List.copyOf(adminsLost);
    }
  }

  /**
   * Who began an import, and with what.
   *
   * @param by who uploaded the file
   * @param file what its owner calls it
   * @param sha256 of the file, in hex
   * @param bytes the size of the file
   * @param pieces how many pieces the file has
   */
  public record Begun(String by, Instant at, String file, String sha256, int bytes, int pieces) {
    public Begun {
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
      Objects.requireNonNull(file);
      Objects.requireNonNull(sha256);
    }
  }

  /** Who had an import applied, discarded or stopped, and when. */
  public record Decided(String by, Instant at) {
    public Decided {
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
    }
  }

  /**
   * What is told of a file: what is wrong with it if it is refused, otherwise what somebody should
   * look at.
   *
   * @param first the first findings, if there are any
   * @param all how many there are
   */
  public record Told(List<Finding> first, int all) {
    /** Of a file that is in order, or not looked at yet. */
    public static final Told NOTHING = new Told(List.of(), 0);

    public Told {
      first = List.copyOf(first);
    }
  }

  /**
   * An import as it stands.
   *
   * @param version one more with each write
   * @param again whether people had changed since the difference was shown, so that it was made
   *     anew
   * @param plan while and after the file is in order
   * @param position while it is applied, the next piece of the plan from 1; 0 to compare once more
   * @param applied what has been done so far
   * @param decided the last decision, if there was one
   */
  public record Import(
      String id,
      Begun begun,
      State state,
      int version,
      Instant movedAt,
      boolean again,
      @Nullable Plan plan,
      int position,
      Counts applied,
      Told told,
      @Nullable Decided decided) {
    public Import {
      Objects.requireNonNull(id);
      Objects.requireNonNull(begun);
      Objects.requireNonNull(state);
      Objects.requireNonNull(movedAt);
      Objects.requireNonNull(applied);
      Objects.requireNonNull(told);
    }

    /** A file that has just arrived. */
    public static Import of(String id, String by, Instant at, String name, byte[] file) {
      int pieces = Math.ceilDiv(file.length, LARGEST_PIECE);
      var begun = new Begun(by, at, name, hashOf(file), file.length, pieces);
      return new Import(
          id, begun, State.CHECKING, 1, at, false, null, 0, Counts.NONE, Told.NOTHING, null);
    }

    /**
     * What was found to be planned.
     *
     * @throws IllegalStateException if it was not
     */
    public Plan planned() {
      if (plan == null) {
        throw new IllegalStateException("import " + id + " has no plan while " + state);
      }
      return plan;
    }

    /** The file cannot be taken. */
    public Import refused(Told wrong, Instant now) {
      return moved(State.REFUSED, again, null, 0, applied, wrong, decided, now);
    }

    /**
     * The file was compared.
     *
     * @param look what somebody should look at
     * @param anew whether another difference was shown before
     */
    public Import compared(Plan found, Told look, boolean anew, Instant now) {
      var next = found.pieces() == 0 ? State.DONE : State.READY;
      return moved(next, again || anew, found, 0, applied, look, decided, now);
    }

    /** Somebody wants what was shown. */
    public Import applying(String who, Instant now) {
      return decided(State.APPLYING, 0, who, now);
    }

    /** Somebody does not want it, or not any further. */
    public Import ended(String who, Instant now) {
      return decided(state == State.APPLYING ? State.STOPPED : State.DISCARDED, position, who, now);
    }

    private Import decided(State to, int next, String who, Instant now) {
      return moved(to, again, plan, next, applied, told, new Decided(who, now), now);
    }

    /** What was shown is still what is to be done: on to the first piece. */
    public Import confirmed(Instant now) {
      return at(state, 1, Counts.NONE, now);
    }

    /** A piece is done; after the last one, all is. */
    public Import pieceDone(Counts done, Instant now) {
      boolean last = position >= planned().pieces();
      return at(last ? State.DONE : state, last ? position : position + 1, done, now);
    }

    /** A piece was done all the same, while somebody stopped the import before it. */
    public Import doneAfterAll(Counts done, Instant now) {
      return at(state, position + 1, done, now);
    }

    /** Somebody else changed people: compare again before anything more is done. */
    public Import overtaken(Instant now) {
      return moved(State.CHECKING, true, null, 0, applied, Told.NOTHING, decided, now);
    }

    /** What it was made from is not kept any more. */
    public Import lost(Instant now) {
      return at(State.STOPPED, position, Counts.NONE, now);
    }

    /** As it is; the write alone makes the next step follow, if that was lost. */
    public Import nudged(Instant now) {
      return at(state, position, Counts.NONE, now);
    }

    private Import at(State to, int next, Counts done, Instant now) {
      return moved(to, again, plan, next, applied.plus(done), told, decided, now);
    }

    /** The next version, of the same file. */
    private Import moved(
        State to,
        boolean anew,
        @Nullable Plan found,
        int next,
        Counts done,
        Told about,
        @Nullable Decided by,
        Instant now) {
      return new Import(id, begun, to, version + 1, now, anew, found, next, done, about, by);
    }
  }

  /**
   * Members who are listed, or not any more.
   *
   * @param group its name
   */
  public record Members(String group, List<String> members) {
    public Members {
      Objects.requireNonNull(group);
      members = List.copyOf(members);
    }
  }

  /**
   * A piece of a plan: what one step does. The pieces that list more members come first, then those
   * that change people, then those that list fewer: so whatever it stops at, a group lists all of
   * its members, and somebody's own item decides whether they are one.
   */
  public record Piece(List<Members> join, List<Change> people, List<Members> leave) {
    public Piece {
      join = List.copyOf(join);
      people = List.copyOf(people);
      leave = List.copyOf(leave);
    }
  }

  /** A line of the list of imports. */
  public record Line(String id, String by, Instant at, String file, State state) {}

  /** What came of a write. */
  public enum Written {
    DONE,
    /** Somebody else wrote first. */
    OVERTAKEN,
    /** Another import is being applied. */
    BUSY
  }

  /**
   * The id of an import: the same file, uploaded by the same person with the same page, is the same
   * import.
   */
  public static String id(String by, String key, byte[] file) {
    return hashOf((by + "\0" + key + "\0" + hashOf(file)).getBytes(StandardCharsets.UTF_8))
        .substring(0, 32);
  }

  /** Whether a text has the form of an id. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  private static String hashOf(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /**
   * Keeps the file and begins the import; nothing more if it has begun already. The import itself
   * is written last: what fails before leaves pieces that nobody asks for, and that are gone in a
   * week.
   */
  public void begin(Import begun, byte[] file) {
    for (int i = 0; i < begun.begun().pieces(); i++) {
      var item = new HashMap<>(key(begun.id(), filePart(i)));
      var piece =
          Arrays.copyOfRange(
              file, i * LARGEST_PIECE, Math.min(file.length, (i + 1) * LARGEST_PIECE));
      item.put("piece", AttributeValue.fromB(SdkBytes.fromByteArray(piece)));
      item.put("ttl", ttl(begun.begun().at().plus(FILE_KEPT)));
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
    try {
      dynamo.putItem(
          put ->
              put.tableName(table)
                  .item(item(begun))
                  .conditionExpression("attribute_not_exists(id)"));
    } catch (ConditionalCheckFailedException begunAlready) {
      // Sent twice: the first is the one.
      return;
    }
  }

  /** The import, as it stands now. */
  public Optional<Import> find(String id) {
    return read(id, IMPORT)
        .map(item -> Json.read(Items.string(item, "import"), StoredImport.class).toImport());
  }

  /** The file; empty if it is not kept any more. */
  public Optional<byte[]> file(Import of) {
    var file = new ByteArrayOutputStream(of.begun().bytes());
    for (int i = 0; i < of.begun().pieces(); i++) {
      var item = read(of.id(), filePart(i));
      if (item.isEmpty()) {
        return Optional.empty();
      }
      file.writeBytes(Objects.requireNonNull(item.get().get("piece"), "piece").b().asByteArray());
    }
    return Optional.of(file.toByteArray()).filter(each -> hashOf(each).equals(of.begun().sha256()));
  }

  /**
   * Keeps the pieces of a plan, in order, under their {@link #hash}: so two that are made at the
   * same time, of different people, do not mix.
   */
  public void keepPlan(String id, List<Piece> pieces, Instant now) {
    var hash = hash(pieces);
    for (int i = 0; i < pieces.size(); i++) {
      var item = new HashMap<>(key(id, planPart(hash, i + 1)));
      item.put("piece", text(Json.write(pieces.get(i))));
      item.put("ttl", ttl(now.plus(FILE_KEPT)));
      dynamo.putItem(put -> put.tableName(table).item(item));
    }
  }

  /**
   * A piece of a plan; empty if there is none, or it is not kept any more.
   *
   * @param hash of the plan
   * @param number from 1
   */
  public Optional<Piece> piece(String id, String hash, int number) {
    return read(id, planPart(hash, number))
        .map(item -> Json.read(Items.string(item, "piece"), Piece.class));
  }

  /** How many bytes a piece takes up; of more than {@link #LARGEST_PIECE} it is not kept. */
  public static int size(Piece piece) {
    return Json.write(piece).getBytes(StandardCharsets.UTF_8).length;
  }

  /** The same for the same pieces in the same order, and for no others. */
  public static String hash(List<Piece> pieces) {
    return hashOf(Json.write(pieces).getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes how an import stands, if nobody else has since it was read. Whoever begins to apply must
   * be the only one, and whoever ends it lets the next one.
   */
  public Written replace(Import before, Import after) {
    var put =
        Put.builder()
            .tableName(table)
            .item(item(after))
            .conditionExpression("version = :before")
            .expressionAttributeValues(Map.of(":before", number(before.version())))
            .build();
    boolean applied = before.state() == State.APPLYING;
    boolean applies = after.state() == State.APPLYING;
    try {
      if (applied == applies) {
        dynamo.putItem(
            one ->
                one.tableName(put.tableName())
                    .item(put.item())
                    .conditionExpression(put.conditionExpression())
                    .expressionAttributeValues(put.expressionAttributeValues()));
      } else {
        dynamo.transactWriteItems(
            write ->
                write.transactItems(
                    TransactWriteItem.builder().put(put).build(),
                    applies ? lock(after.id()) : unlock()));
      }
      return Written.DONE;
    } catch (ConditionalCheckFailedException | TransactionConflictException overtaken) {
      return Written.OVERTAKEN;
    } catch (TransactionCanceledException cancelled) {
      var reasons = cancelled.cancellationReasons().stream().map(each -> each.code()).toList();
      if (reasons.contains("TransactionConflict")
          || reasons.getFirst().equals("ConditionalCheckFailed")) {
        return Written.OVERTAKEN;
      }
      if (reasons.getLast().equals("ConditionalCheckFailed")) {
        return Written.BUSY;
      }
      throw cancelled;
    }
  }

  private TransactWriteItem lock(String id) {
    var item = new HashMap<>(key(LOCK, LOCK));
    item.put("holder", text(id));
    return TransactWriteItem.builder()
        .put(
            Put.builder()
                .tableName(table)
                .item(item)
                .conditionExpression("attribute_not_exists(id)")
                .build())
        .build();
  }

  private TransactWriteItem unlock() {
    return TransactWriteItem.builder()
        .delete(Delete.builder().tableName(table).key(key(LOCK, LOCK)).build())
        .build();
  }

  /** The id of the import that is being applied. */
  public Optional<String> applying() {
    return read(LOCK, LOCK).map(item -> Items.string(item, "holder"));
  }

  /** The imports of the last months, latest first. One that has just begun may be missing. */
  public List<Line> latest(Instant now) {
    var month = YearMonth.from(now.atZone(ZoneOffset.UTC));
    var lines = new ArrayList<Line>();
    for (int i = 0; i < MONTHS_LISTED && lines.size() < MOST_LISTED; i++) {
      var of = month.minusMonths(i).toString();
      int most = MOST_LISTED - lines.size();
      dynamo
          .query(
              query ->
                  query
                      .tableName(table)
                      .indexName("by-month")
                      .keyConditionExpression("#month = :month")
                      .expressionAttributeNames(Map.of("#month", "month"))
                      .expressionAttributeValues(Map.of(":month", text(of)))
                      .scanIndexForward(false)
                      .limit(most))
          .items()
          .forEach(item -> lines.add(line(item)));
    }
    return lines;
  }

  private static Line line(Map<String, AttributeValue> item) {
    return new Line(
        Items.string(item, "id"),
        Items.string(item, "person"),
        Instant.parse(Items.string(item, "createdAt")),
        Items.string(item, "file"),
        State.valueOf(Items.string(item, "state")));
  }

  private static Map<String, AttributeValue> item(Import one) {
    var item = new HashMap<>(key(one.id(), IMPORT));
    item.put("version", number(one.version()));
    item.put("month", text(YearMonth.from(one.begun().at().atZone(ZoneOffset.UTC)).toString()));
    item.put("createdAt", moment(one.begun().at()));
    item.put("person", text(one.begun().by()));
    item.put("file", text(one.begun().file()));
    item.put("state", text(one.state().name()));
    item.put("import", text(Json.write(StoredImport.of(one))));
    item.put("ttl", ttl(one.begun().at().plus(KEPT)));
    return item;
  }

  private Optional<Map<String, AttributeValue>> read(String id, String part) {
    var item =
        dynamo.getItem(get -> get.tableName(table).key(key(id, part)).consistentRead(true)).item();
    return item.isEmpty() ? Optional.empty() : Optional.of(item);
  }

  private static Map<String, AttributeValue> key(String id, String part) {
    return Map.of("id", text(id), "part", text(part));
  }

  private static String filePart(int number) {
    return "file#%05d".formatted(number);
  }

  private static String planPart(String hash, int number) {
    return "plan#%s#%05d".formatted(hash, number);
  }

  private static AttributeValue ttl(Instant at) {
    return number(at.getEpochSecond());
  }
}
