package dev.daypass.races;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
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
  /** What the calling thread has yet to wait for. */
  private static final ThreadLocal<@Nullable Phaser> HELD = new ThreadLocal<>();

  private final DynamoDbClient tables;
  private final AtomicInteger tried = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private volatile @Nullable Phaser race;

  Turnstile(DynamoDbClient tables) {
    this.tables = tables;
  }

  /**
   * A race begins.
   *
   * @param racers how many are held before their first write; 0 if nobody is
   */
  void begin(int racers) {
    tried.set(0);
    lost.set(0);
    race = racers == 0 ? null : new Phaser(racers);
  }

  /** The calling thread is one of the racers. */
  void enter() {
    HELD.set(race);
  }

  /** The calling thread is done. */
  void leave() {
    var phaser = HELD.get();
    HELD.remove();
    if (phaser != null) {
      phaser.arriveAndDeregister();
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
    var phaser = HELD.get();
    if (phaser != null) {
      HELD.remove();
      phaser.awaitAdvance(phaser.arriveAndDeregister());
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
  public String serviceName() {
    return tables.serviceName();
  }

  @Override
  public void close() {
    tables.close();
  }
}
