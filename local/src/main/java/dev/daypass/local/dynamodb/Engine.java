package dev.daypass.local.dynamodb;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
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
 * three things. Two cost much time and no caller can see them: its SQLite is called in the thread
 * that asks, rather than each time in a thread of its own that has to be woken; and what a table
 * looks like is read from SQLite when it has changed, rather than several times in each call. And
 * nobody gives up waiting for a table after ten seconds.
 *
 * <p>What it needs for that and cannot be reached is reached by reflection; the version of DynamoDB
 * Local is fixed in the parent POM. The start-up that sends usage data is left out.
 */
public final class Engine implements AutoCloseable {
  /** As many threads for its jobs as the server that it brings along. */
  private static final int JOBS = 10;

  /** Of SQLite's backup. */
  private static final int ALL_PAGES = -1;

  private static final MethodHandle HANDLER;
  private static final MethodHandle EXECUTE;
  private static final VarHandle CONFINEMENT;
  private static final VarHandle SEQUENCE;

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
      CONFINEMENT =
          in(SQLiteConnection.class)
              .findVarHandle(SQLiteConnection.class, "myConfinement", Thread.class);
      SEQUENCE =
          in(SQLiteDBAccess.class)
              .findVarHandle(SQLiteDBAccess.class, "sequenceNumberCounter", AtomicLong.class);
    } catch (Throwable other) {
      throw new ExceptionInInitializerError(other);
    }
  }

  private static MethodHandles.Lookup in(Class<?> type) throws IllegalAccessException {
    return MethodHandles.privateLookupIn(type, MethodHandles.lookup());
  }

  private final Tables access;
  private final LocalDBClient local;
  private final DynamoDbClient tables;
  private final DynamoDbStreamsClient streams;

  private Engine(Tables access, ExecutorService jobs) {
    this.access = access;
    local = new LocalDBClient(access, new JobsRegister(jobs, false));
    InvocationHandler handler;
    try {
      handler = (InvocationHandler) HANDLER.invoke(local);
    } catch (Throwable impossible) {
      throw new IllegalStateException(impossible);
    }
    tables = proxy(DynamoDbClient.class, handler);
    streams = proxy(DynamoDbStreamsClient.class, handler);
  }

  /** An engine that does all that DynamoDB Local does. */
  public static Engine start() {
    return new Engine(new Tables(), Executors.newFixedThreadPool(JOBS));
  }

  /**
   * An engine whose tables stay as they were made, like those of every other such engine of the
   * process: it has no jobs that would fill indexes or delete what has expired, and descriptions of
   * tables that read the same are parsed once for all.
   */
  public static Engine withFixedTables() {
    Description.readOnce();
    return new Engine(new Tables(), new NoJobs());
  }

  /**
   * Another engine {@link #withFixedTables}, with the tables, items and streams that this one has
   * now. SQLite copies them page by page, in a tenth of the time that it takes to make the tables.
   */
  public Engine copy() {
    return new Engine(new Tables(access), new NoJobs());
  }

  private static <C> C proxy(Class<C> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** Its operations on tables and items, without HTTP. */
  public DynamoDbClient tables() {
    return tables;
  }

  /** Its operations on streams, without HTTP. */
  public DynamoDbStreamsClient streams() {
    return streams;
  }

  /** What a server of requests calls. */
  LocalDBClient local() {
    return local;
  }

  @Override
  public void close() {
    local.shutdownNow();
  }

  /**
   * How tables are described inside SQLite. Each call parses it some times over; here the same text
   * is parsed once. Only a change of a table changes what was parsed.
   */
  private static final class Description extends JsonDeserializer<TableSchemaInfo> {
    private static final ObjectMapper PLAIN = new DynamoDbObjectMapper();
    private static final Map<ByteBuffer, TableSchemaInfo> READ = new ConcurrentHashMap<>();

    static {
      try {
        for (var type : List.of(SQLiteDBAccess.class, SQLiteDBAccessJob.class)) {
          var mapper =
              (ObjectMapper)
                  in(type).findStaticGetter(type, "MAPPER", DynamoDbObjectMapper.class).invoke();
          mapper.getFactory().enable(JsonParser.Feature.INCLUDE_SOURCE_IN_LOCATION);
          mapper.registerModule(
              new SimpleModule().addDeserializer(TableSchemaInfo.class, new Description()));
        }
      } catch (Throwable other) {
        throw new ExceptionInInitializerError(other);
      }
    }

    /** From the first call on, in the whole process. */
    static void readOnce() {
      // Done by loading this class.
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

  /** For the jobs that would look again and again for indexes to fill and items that expire. */
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
    private final boolean isCopy;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean isStopped;

    /**
     * @param before the queue that DynamoDB Local has made for itself
     * @param connection the one that it has opened and closes in the end, or a copy
     */
    private Direct(SQLiteQueue before, SQLiteConnection connection, boolean isCopy) {
      this.before = before;
      this.connection = connection;
      this.isCopy = isCopy;
      this.owner = (Thread) CONFINEMENT.getVolatile(connection);
    }

    /** Takes the queue's place. */
    static Direct of(SQLiteQueue before) {
      try {
        return new Direct(
            before,
            before
                .execute(
                    new SQLiteJob<SQLiteConnection>() {
                      @Override
                      protected SQLiteConnection job(SQLiteConnection opened) {
                        return opened;
                      }
                    })
                .get(),
            false);
      } catch (InterruptedException | ExecutionException broken) {
        throw new IllegalStateException(broken);
      }
    }

    /** Takes the queue's place, with a copy in memory of all that is here. */
    Direct copy(SQLiteQueue before) {
      turn.lock();
      try {
        CONFINEMENT.setVolatile(connection, Thread.currentThread());
        var backup = connection.initializeBackup(null);
        try {
          backup.backupStep(ALL_PAGES);
          return new Direct(before, backup.getDestinationConnection(), true);
        } finally {
          backup.dispose(false);
        }
      } catch (SQLiteException broken) {
        throw new IllegalStateException(broken);
      } finally {
        turn.unlock();
      }
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
      } catch (SQLiteException kept) {
        // The job tells whoever asks it for its result.
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
        if (isCopy) {
          CONFINEMENT.setVolatile(connection, Thread.currentThread());
          connection.dispose();
        } else {
          CONFINEMENT.setVolatile(connection, owner);
        }
        before.stop(gracefully);
      } finally {
        turn.unlock();
      }
      return this;
    }
  }

  /**
   * The lock of a table, for which nobody gives up after ten seconds: on a busy machine a hundred
   * threads can well need longer to have their turns.
   */
  private static final class PatientLock extends ReentrantReadWriteLock {
    private static final long serialVersionUID = 1L;
    private static final long MINUTES = 5;

    private final transient ReadLock reading =
        new ReadLock(this) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
            return super.tryLock(MINUTES, TimeUnit.MINUTES);
          }
        };

    private final transient WriteLock writing =
        new WriteLock(this) {
          private static final long serialVersionUID = 1L;

          @Override
          public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
            return super.tryLock(MINUTES, TimeUnit.MINUTES);
          }
        };

    @Override
    public ReadLock readLock() {
      return reading;
    }

    @Override
    public WriteLock writeLock() {
      return writing;
    }
  }

  private static final class Tables extends SQLiteDBAccess {
    private final Map<String, TableInfo> known = new ConcurrentHashMap<>();
    private final Map<String, ReentrantReadWriteLock> locks = new ConcurrentHashMap<>();
    private final AtomicInteger changes = new AtomicInteger();

    Tables() {
      queue = Direct.of(queue);
    }

    Tables(Tables model) {
      queue = ((Direct) model.queue).copy(queue);
      known.putAll(model.known);
      ((AtomicLong) SEQUENCE.get(this)).set(((AtomicLong) SEQUENCE.get(model)).get());
    }

    @Override
    public ReentrantReadWriteLock getLockForTable(String table) {
      return locks.computeIfAbsent(table, _ -> new PatientLock());
    }

    @Override
    public @Nullable TableInfo getTableInfo(String table) {
      var info = known.get(table);
      if (info == null) {
        int before = changes.get();
        info = super.getTableInfo(table);
        if (info != null) {
          known.put(table, info);
          if (changes.get() != before) {
            // It may have been read before the change and kept after it.
            known.remove(table);
          }
        }
      }
      return info;
    }

    /** What is known of tables may not be true any more. */
    private void changed() {
      changes.incrementAndGet();
      known.clear();
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
      changed();
    }

    @Override
    public void updateTable(
        String table,
        ProvisionedThroughput throughput,
        OnDemandThroughput onDemand,
        BillingMode billing,
        long atMillis,
        List<AttributeDefinition> attributes,
        List<GlobalSecondaryIndexDescription> indexes,
        Boolean isProtected,
        StreamSpecification stream) {
      super.updateTable(
          table, throughput, onDemand, billing, atMillis, attributes, indexes, isProtected, stream);
      changed();
    }

    @Override
    public void updateTable(String table, String attribute) {
      super.updateTable(table, attribute);
      changed();
    }

    @Override
    public void deleteTable(String table) {
      super.deleteTable(table);
      changed();
    }

    @Override
    public void createGSIColumns(String table, String index) {
      super.createGSIColumns(table, index);
      changed();
    }

    @Override
    public void backfillGSI(String table, String index) {
      super.backfillGSI(table, index);
      changed();
    }

    @Override
    public void deleteGSI(String table, String index) {
      super.deleteGSI(table, index);
      changed();
    }
  }
}
