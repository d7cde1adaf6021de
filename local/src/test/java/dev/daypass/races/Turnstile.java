package dev.daypass.races;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * The way to the tables: counts the writes tried and lost, and holds the first write of each racer
 * until every racer has come to its own or is done. It changes nothing on the way.
 */
final class Turnstile implements DynamoDbClient {
  /** What the calling thread, and each that it starts, has to pass before it writes. */
  private static final ThreadLocal<@Nullable Ticket> TICKET = new InheritableThreadLocal<>();

  private final DynamoDbClient tables;
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile @Nullable Held race;

  Turnstile(DynamoDbClient tables) {
    this.tables = tables;
  }

  /**
   * A race begins.
   *
   * @param prompt how many are held before their first write until all have come to theirs; 0 if
   *     nobody is
   * @param slow how many are held there until all prompt ones are done
   */
  void begin(int prompt, int slow) {
    tried.set(0);
    lost.set(0);
    race = prompt == 0 ? null : new Held(new Phaser(prompt + slow), new Phaser(prompt));
  }

  /** Those who have yet to come to their first write, and those who have yet to be done. */
  private record Held(Phaser reading, Phaser working) {}

  /** One racer's part in a race that is held. */
  private static final class Ticket {
    private final Held race;
    private final boolean slow;
    private final AtomicBoolean shown = new AtomicBoolean();

    Ticket(Held race, boolean slow) {
      this.race = race;
      this.slow = slow;
    }

    /** The racer has come to its first write, or is done without one. */
    void show() {
      if (!shown.getAndSet(true)) {
        race.reading().arriveAndDeregister();
      }
    }

    /** Returns when it is the racer's turn to write. */
    void pass() {
      show();
      race.reading().awaitAdvance(0);
      if (slow) {
        race.working().awaitAdvance(0);
      }
    }

    /** The racer is done. */
    void giveUp() {
      show();
      if (!slow) {
        race.working().arriveAndDeregister();
      }
    }
  }

  /** The calling thread is one of the racers. */
  void enter(boolean slow) {
    var held = race;
    if (held != null) {
      TICKET.set(new Ticket(held, slow));
    }
  }

  /** The calling thread is done. */
  void leave() {
    var ticket = TICKET.get();
    TICKET.remove();
    if (ticket != null) {
      ticket.giveUp();
    }
  }

  /** How many writes have been tried since the race began. */
  int tried() {
    return tried.get();
  }

  /** How many of them came too late. */
  int lost() {
    return lost.get();
  }

  private <T> T write(Supplier<T> call) {
    var ticket = TICKET.get();
    if (ticket != null) {
      ticket.pass();
    }
    tried.incrementAndGet();
    try {
      return call.get();
    } catch (ConditionalCheckFailedException
        | TransactionCanceledException
        | TransactionConflictException tooLate) {
      lost.incrementAndGet();
      throw tooLate;
    }
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    return write(() -> tables.putItem(request));
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    return write(() -> tables.updateItem(request));
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    return write(() -> tables.deleteItem(request));
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    return write(() -> tables.transactWriteItems(request));
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    return tables.getItem(request);
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    return tables.query(request);
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    return tables.batchGetItem(request);
  }

  @Override
  public String serviceName() {
    return tables.serviceName();
  }

  @Override
  public void close() {
    tables.close();
  }
}
