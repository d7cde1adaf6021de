package dev.daypass.simulation;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;
import software.amazon.dynamodb.services.local.embedded.DDBExceptionMappingInvocationHandler;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * DynamoDB Local, embedded and in memory, put together as {@link DynamoDBEmbedded} does, but for
 * three things that cost much of a run's time and that no caller can see: its SQLite is called in
 * the thread that asks, rather than each time in a thread of its own that has to be woken; what a
 * table looks like is read from SQLite once, rather than several times in each call; and it has no
 * jobs of its own.
 *
 * <p>What it needs for that and cannot be reached is reached by reflection; the version of DynamoDB
 * Local is fixed in the parent POM. The start-up that sends usage data is left out.
 */
final class Engine implements AutoCloseable {
  private static final MethodHandle HANDLER;
  private static final MethodHandle EXECUTE;
  private static final VarHandle CONFINEMENT;

  static {
    try {
      // Finds and loads SQLite's native library.
      MethodHandles.lookup().ensureInitialized(DynamoDBEmbedded.class);
      HANDLER =
          in(DDBExceptionMappingInvocationHandler.class)
              .findConstructor(
                  DDBExceptionMappingInvocationHandler.class,
                  MethodType.methodType(void.class, LocalDBClient.class));
      EXECUTE =
          in(SQLiteJob.class)
              .findVirtual(
                  SQLiteJob.class,
                  "execute",
                  MethodType.methodType(void.class, SQLiteConnection.class, SQLiteQueue.class));
      for (var type : List.of(SQLiteDBAccess.class, SQLiteDBAccessJob.class)) {
        Description.readOnceBy(
            (ObjectMapper)
                in(type).findStaticGetter(type, "MAPPER", DynamoDbObjectMapper.class).invoke());
      }
      CONFINEMENT =
          in(SQLiteConnection.class)
              .findVarHandle(SQLiteConnection.class, "myConfinement", Thread.class);
    } catch (Throwable other) {
      throw new ExceptionInInitializerError(other);
    }
  }

  private static MethodHandles.Lookup in(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private final LocalDBClient local =
      new LocalDBClient(new Tables(), new JobsRegister(new NoJobs(), false));
  private final DynamoDbClient tables;
  private final DynamoDbStreamsClient streams;

  Engine() {
    InvocationHandler handler;
    try {
      handler = (InvocationHandler) HANDLER.invoke(local);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    tables = proxy(DynamoDbClient.class, handler);
    streams = proxy(DynamoDbStreamsClient.class, handler);
  }

  private static <C> C proxy(Class<C> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  DynamoDbClient tables() {
    return tables;
  }

  DynamoDbStreamsClient streams() {
    return streams;
  }

  @Override
  public void close() {
    local.shutdownNow();
  }

  /**
   * How tables are described inside SQLite. Each call parses it some times over; here the same text
   * is parsed once. Only a change of a table changes what was parsed, and there is none in a run.
   */
  private static final class Description extends JsonDeserializer<TableSchemaInfo> {
    private static final ObjectMapper PLAIN = new DynamoDbObjectMapper();
    private static final Map<ByteBuffer, TableSchemaInfo> READ = new ConcurrentHashMap<>();

    static void readOnceBy(ObjectMapper mapper) {
      mapper.getFactory().enable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
      mapper.registerModule(
          new SimpleModule().addDeserializer(TableSchemaInfo.class, new Description()));
    }

    @Override
    public TableSchemaInfo deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      if (!(parser.currentLocation().contentReference().getRawContent() instanceof byte[] text)) {
        throw new IOException("DynamoDB Local describes tables in another way");
      }
      var before = READ.get(ByteBuffer.wrap(text));
      if (before == null) {
        before = PLAIN.readValue(text, TableSchemaInfo.class);
        READ.put(ByteBuffer.wrap(text), before);
      }
      return before;
    }
  }

  /**
   * For the jobs that would look again and again for indexes to be filled and for items to be
   * expired: a run makes its indexes with its tables, and has a clock of its own for expiry.
   */
  private static final class NoJobs extends AbstractExecutorService {
    private volatile boolean isShut;

    @Override
    public void execute(Runnable job) {
      // Nobody waits for it.
    }

    @Override
    public void shutdown() {
      isShut = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      isShut = true;
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return isShut;
    }

    @Override
    public boolean isTerminated() {
      return isShut;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return isShut;
    }
  }

  /** SQLite, which one thread at a time calls itself. */
  private static final class Direct extends SQLiteQueue {
    private final SQLiteQueue before;
    private final SQLiteConnection connection;
    private final Thread owner;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean isStopped;

    /**
     * @param before the queue that has opened the connection, and closes it in the end
     */
    Direct(SQLiteQueue before) {
      this.before = before;
      try {
        this.connection =
            before
                .execute(
                    new SQLiteJob<SQLiteConnection>() {
                      @Override
                      protected SQLiteConnection job(SQLiteConnection opened) {
                        return opened;
                      }
                    })
                .get();
      } catch (InterruptedException | ExecutionException broken) {
        throw new IllegalStateException(broken);
      }
      this.owner = (Thread) CONFINEMENT.getVolatile(connection);
    }

    @Override
    public <T, J extends SQLiteJob<T>> J execute(J job) {
      turn.lock();
      try {
        if (isStopped) {
          job.cancel(true);
          return job;
        }
        CONFINEMENT.setVolatile(connection, Thread.currentThread());
        EXECUTE.invoke((SQLiteJob<?>) job, connection, (SQLiteQueue) this);
      } catch (RuntimeException | Error broken) {
        throw broken;
      } catch (Throwable checked) {
        throw new IllegalStateException(checked);
      } finally {
        turn.unlock();
      }
      return job;
    }

    @Override
    public SQLiteQueue stop(boolean gracefully) {
      turn.lock();
      try {
        isStopped = true;
        CONFINEMENT.setVolatile(connection, owner);
        before.stop(gracefully);
      } finally {
        turn.unlock();
      }
      return this;
    }
  }

  private static final class Tables extends SQLiteDBAccess {
    private final Map<String, TableInfo> known = new ConcurrentHashMap<>();

    Tables() {
      queue = new Direct(queue);
    }

    @Override
    public @Nullable TableInfo getTableInfo(String table) {
      var info = known.get(table);
      if (info == null) {
        info = super.getTableInfo(table);
        if (info != null) {
          known.put(table, info);
        }
      }
      return info;
    }

    @Override
    public void createTable(
        String table,
        AttributeDefinition hash,
        AttributeDefinition range,
        List<AttributeDefinition> attributes,
        List<LocalSecondaryIndex> localIndexes,
        List<GlobalSecondaryIndex> indexes,
        ProvisionedThroughput throughput,
        OnDemandThroughput onDemand,
        BillingMode billing,
        Boolean isProtected,
        StreamSpecification stream) {
      known.clear();
      super.createTable(
          table,
          hash,
          range,
          attributes,
          localIndexes,
          indexes,
          throughput,
          onDemand,
          billing,
          isProtected,
          stream);
      known.clear();
    }
  }
}
