package dev.daypass.simulation;

import dev.daypass.local.s3.LocalS3;
import dev.daypass.simulation.Calls.Failures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.SfnException;

/** The SDK's clients with every call passing {@link Calls}. */
final class Clients {
  private static final List<String> READS =
      List.of("Get", "Query", "Scan", "BatchGet", "Describe", "List");

  private final Calls calls;

  Clients(Calls calls) {
    this.calls = calls;
  }

  /**
   * A client of the tables.
   *
   * @param tamper changes what is asked
   * @param written hears of each table that has been written
   */
  DynamoDbClient dynamo(
      DynamoDbClient real, UnaryOperator<SdkRequest> tamper, Consumer<String> written) {
    return passing(
        DynamoDbClient.class,
        real,
        Callee.DYNAMODB,
        failures(
            details -> DynamoDbException.builder().statusCode(400).awsErrorDetails(details).build(),
            "ProvisionedThroughputExceededException"),
        tamper,
        written);
  }

  SfnClient states(SfnClient real) {
    return passing(
        SfnClient.class,
        real,
        Callee.STATES,
        failures(
            details -> SfnException.builder().statusCode(400).awsErrorDetails(details).build(),
            "ThrottlingException"),
        UnaryOperator.identity(),
        nothing -> {});
  }

  SesV2Client mail(SesV2Client real) {
    return passing(
        SesV2Client.class,
        real,
        Callee.MAIL,
        failures(
            details -> SesV2Exception.builder().statusCode(429).awsErrorDetails(details).build(),
            "TooManyRequestsException"),
        UnaryOperator.identity(),
        nothing -> {});
  }

  SecretsManagerClient secrets(SecretsManagerClient real) {
    return passing(
        SecretsManagerClient.class,
        real,
        Callee.SECRETS,
        failures(
            details ->
                SecretsManagerException.builder().statusCode(400).awsErrorDetails(details).build(),
            "ThrottlingException"),
        UnaryOperator.identity(),
        nothing -> {});
  }

  /**
   * A client of these files. Its calls bring a body or take one, so none passes as the others do.
   */
  S3Client files(LocalS3 files) {
    var failures =
        failures(
            details -> S3Exception.builder().statusCode(503).awsErrorDetails(details).build(),
            "SlowDown");
    return new S3Client() {
      @Override
      public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
        return calls.call(
            Callee.FILES,
            "PutObject " + put.bucket(),
            true,
            failures,
            () -> {
              files.put(put.bucket(), put.key(), new LocalS3.Kept(put.contentType(), bytes(body)));
              return PutObjectResponse.builder().build();
            });
      }

      @Override
      public <T> T getObject(
          GetObjectRequest get, ResponseTransformer<GetObjectResponse, T> taker) {
        return calls.call(
            Callee.FILES,
            "GetObject " + get.bucket(),
            false,
            failures,
            () -> transformed(taker, files.get(get.bucket(), get.key()).bytes()));
      }

      @Override
      public String serviceName() {
        return "s3";
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  private static byte[] bytes(RequestBody body) {
    try (var stream = body.contentStreamProvider().newStream()) {
      return stream.readAllBytes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  // The SDK's interface lets a transformer throw anything.
  @SuppressWarnings("CatchingUnchecked")
  private static <T> T transformed(ResponseTransformer<GetObjectResponse, T> taker, byte[] bytes) {
    try {
      return taker.transform(
          GetObjectResponse.builder().build(),
          AbortableInputStream.create(new ByteArrayInputStream(bytes)));
    } catch (Exception impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Failures failures(
      Function<AwsErrorDetails, AwsServiceException> service, String throttling) {
    return new Failures() {
      @Override
      public RuntimeException broken() {
        return SdkClientException.create("Unable to execute HTTP request: Connection reset");
      }

      @Override
      public RuntimeException throttled() {
        return service.apply(
            AwsErrorDetails.builder()
                .errorCode(throttling)
                .errorMessage("Rate exceeded")
                .serviceName("simulated")
                .build());
      }

      @Override
      public RuntimeException timedOut() {
        return ApiCallTimeoutException.create(Calls.PATIENCE.toMillis());
      }
    };
  }

  private <C> C passing(
      Class<C> type,
      C real,
      Callee callee,
      Failures failures,
      UnaryOperator<SdkRequest> tamper,
      Consumer<String> written) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (arguments != null
              && arguments.length == 1
              && arguments[0] instanceof SdkRequest request
              && SdkResponse.class.isAssignableFrom(method.getReturnType())) {
            var name = request.getClass().getSimpleName().replaceFirst("Request$", "");
            var sent = tamper.apply(request);
            boolean writes = READS.stream().noneMatch(name::startsWith);
            var about = about(request);
            return calls.call(
                callee,
                name + " " + about,
                writes,
                failures,
                () -> {
                  try {
                    var answer = method.invoke(real, sent);
                    if (writes) {
                      for (var table : about.split("\\+", -1)) {
                        written.accept(table);
                      }
                    }
                    return answer;
                  } catch (InvocationTargetException threw) {
                    if (threw.getCause() instanceof RuntimeException cause) {
                      throw cause;
                    }
                    throw new IllegalStateException(threw.getCause());
                  } catch (IllegalAccessException impossible) {
                    throw new IllegalStateException(impossible);
                  }
                });
          }
          return method.isDefault()
              // The forms with a builder, and the paginators, call the plain form.
              ? InvocationHandler.invokeDefault(proxy, method, arguments)
              : method.invoke(real, arguments);
        };
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  /** What a reader wants to know of a request: tables, mostly. */
  private static String about(SdkRequest request) {
    if (request instanceof TransactWriteItemsRequest write) {
      var tables = new TreeSet<String>();
      for (var item : write.transactItems()) {
        if (item.put() != null) {
          tables.add(item.put().tableName());
        }
        if (item.update() != null) {
          tables.add(item.update().tableName());
        }
        if (item.delete() != null) {
          tables.add(item.delete().tableName());
        }
      }
      return String.join("+", tables);
    }
    return request
        .getValueForField("TableName", String.class)
        .or(() -> request.getValueForField("name", String.class))
        .or(() -> request.getValueForField("SecretId", String.class))
        .map(Object::toString)
        .orElse("");
  }
}
