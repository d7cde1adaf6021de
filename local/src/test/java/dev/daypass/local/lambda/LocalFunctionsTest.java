package dev.daypass.local.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.template.FunctionResource;
import dev.daypass.local.template.Place;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LocalFunctionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Timeline timeline = new Timeline();

  @AfterEach
  void stop() {
    timeline.close();
  }

  @Test
  void anExceptionBecomesTheErrorDocumentOfTheJavaRuntime() throws Exception {
    var functions =
        running(
            (input, output, context) -> {
              throw new IllegalArgumentException("no such note");
            });

    var result = functions.invoke("Fun", "{}");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    var document = JSON.readTree(result.payload());
    assertThat(document.path("errorMessage").asText()).isEqualTo("no such note");
    assertThat(document.path("errorType").asText()).isEqualTo("java.lang.IllegalArgumentException");
    assertThat(document.at("/stackTrace/0").asText())
        .startsWith("dev.daypass.local.lambda.LocalFunctionsTest")
        .contains("(LocalFunctionsTest.java:");
    assertThat(functions.log().of("Fun")).anyMatch(entry -> entry.contains("no such note"));
  }

  @Test
  void anAnswerThatTheCallerExpectsIsOneLineOfTheLogAndAFailureAllTheSame() throws Exception {
    var functions =
        running(
            (input, output, context) -> {
              throw new IllegalArgumentException("not due yet");
            });
    functions.expect(Set.of("java.lang.IllegalArgumentException"));

    var result = functions.invoke("Fun", "{}");

    assertThat(functions.log().of("Fun"))
        .containsExactly("not due yet: java.lang.IllegalArgumentException");
    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(JSON.readTree(result.payload()).path("stackTrace")).isNotEmpty();

    functions.expect(Set.of());
    functions.invoke("Fun", "{}");
    assertThat(functions.log().of("Fun")).last().asString().contains("\n\tat ");
  }

  @Test
  void anExceptionWithoutAMessageIsDescribedByItsClass() throws Exception {
    var functions =
        running(
            (input, output, context) -> {
              throw new IllegalStateException();
            });

    assertThat(JSON.readTree(functions.invoke("Fun", "{}").payload()).path("errorMessage").asText())
        .isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aFunctionThatTakesTooLongIsCutOffAndItsEnvironmentThrownAway() throws Exception {
    var made = new AtomicInteger();
    var never = new CountDownLatch(1);
    var functions =
        new LocalFunctions(
            List.of(function(Duration.ofMillis(200))),
            Map.of(),
            timeline,
            Place.LOCAL,
            (className, environment) -> {
              made.incrementAndGet();
              return (input, output, context) -> {
                if (new String(input.readAllBytes(), StandardCharsets.UTF_8).equals("\"slow\"")) {
                  await(never);
                }
              };
            });

    var result = functions.invoke("Fun", "\"slow\"");
    functions.invoke("Fun", "\"quick\"");
    functions.invoke("Fun", "\"quick\"");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    var document = JSON.readTree(result.payload());
    assertThat(document.path("errorType").asText()).isEqualTo("Sandbox.Timedout");
    assertThat(document.path("errorMessage").asText())
        .matches("RequestId: [0-9a-f-]{36} Error: Task timed out after 0.20 seconds");
    assertThat(made).hasValue(2);
  }

  @Test
  void invocationsAtTheSameTimeGetHandlersOfTheirOwn() throws Exception {
    var made = new AtomicInteger();
    var both = new CountDownLatch(2);
    var functions =
        new LocalFunctions(
            List.of(function(Duration.ofSeconds(5))),
            Map.of(),
            timeline,
            Place.LOCAL,
            (className, environment) -> {
              made.incrementAndGet();
              return (input, output, context) -> {
                both.countDown();
                await(both);
              };
            });

    var threads = new ArrayList<Thread>();
    for (int i = 0; i < 2; i++) {
      threads.add(Thread.ofVirtual().start(() -> functions.invoke("Fun", "{}")));
    }
    for (var thread : threads) {
      thread.join();
    }

    assertThat(made).hasValue(2);
  }

  @Test
  void theContextSaysWhoIsCalledAndHowLongIsLeft() {
    var seen = new AtomicReference<Context>();
    var functions =
        running(
            (input, output, context) -> {
              seen.set(context);
              context.getLogger().log("a line\n");
            });

    functions.invoke("arn:aws:lambda:eu-central-1:000000000000:function:daypass-Fun:live", "{}");

    var context = seen.get();
    assertThat(context.getFunctionName()).isEqualTo("daypass-Fun");
    assertThat(context.getInvokedFunctionArn())
        .isEqualTo("arn:aws:lambda:eu-central-1:000000000000:function:daypass-Fun:live");
    assertThat(context.getFunctionVersion()).isEqualTo("1");
    assertThat(context.getMemoryLimitInMB()).isEqualTo(512);
    assertThat(context.getRemainingTimeInMillis()).isBetween(1, 5000);
    assertThat(context.getAwsRequestId()).hasSize(36);
    assertThat(functions.log().of("Fun")).containsExactly("a line");
  }

  @Test
  void theEnvironmentIsTheTemplatesAndLambdas() {
    var functions = running((input, output, context) -> {});

    assertThat(functions.environment("daypass-Fun"))
        .containsEntry("TABLE", "notes")
        .containsEntry("AWS_ENDPOINT_URL", "http://127.0.0.1:1/aws")
        .containsEntry("AWS_ACCESS_KEY_ID", "Fun")
        .containsEntry("AWS_REGION", "eu-central-1")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "daypass-Fun");
  }

  @Test
  void aHandlerThatCannotBeMadeFailsTheInvocation() throws Exception {
    var functions =
        new LocalFunctions(
            List.of(function(Duration.ofSeconds(5))),
            Map.of(),
            timeline,
            Place.LOCAL,
            new AppHandlers(timeline, new SecureRandom()));

    var result = functions.invoke("Fun", "{}");

    assertThat(result.functionError()).isEqualTo("Unhandled");
    assertThat(JSON.readTree(result.payload()).path("errorMessage").asText())
        .contains("any.Handler has no public constructor");
  }

  @Test
  void whatIsTooLargeIsRefused() throws Exception {
    var functions =
        running((input, output, context) -> output.write(new byte[LocalFunctions.MOST_BYTES + 1]));

    assertThat(JSON.readTree(functions.invoke("Fun", "{}").payload()).path("errorType").asText())
        .isEqualTo("Function.ResponseSizeTooLarge");
    assertThatThrownBy(() -> functions.invoke("Fun", " ".repeat(LocalFunctions.MOST_BYTES + 1)))
        .isInstanceOfSatisfying(
            AwsException.class, error -> assertThat(error.status()).isEqualTo(413));
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() {
    var functions = running((input, output, context) -> {});

    assertThatThrownBy(() -> functions.invoke("Gone", "{}"))
        .isInstanceOf(AwsException.class)
        .hasMessage("Function not found: arn:aws:lambda:eu-central-1:000000000000:function:Gone");
  }

  @Test
  void timeDoesNotMoveOnUnderARunningFunction() throws Exception {
    var started = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    var saw = new AtomicReference<Instant>();
    var functions =
        running(
            (input, output, context) -> {
              started.countDown();
              await(release);
              saw.set(timeline.instant());
            });
    var before = timeline.instant();
    var invoking = Thread.ofVirtual().start(() -> functions.invoke("Fun", "{}"));
    started.await();
    var moving = Thread.ofVirtual().start(() -> advanceAnHour());
    Thread.sleep(50);
    release.countDown();
    invoking.join();
    moving.join();

    assertThat(Duration.between(before, saw.get())).isLessThan(Duration.ofMinutes(1));
    assertThat(Duration.between(before, timeline.instant())).isGreaterThan(Duration.ofMinutes(59));
  }

  private void advanceAnHour() {
    try {
      timeline.advance(Duration.ofHours(1));
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private LocalFunctions running(RequestStreamHandler handler) {
    return new LocalFunctions(
        List.of(function(Duration.ofSeconds(5))),
        Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:1/aws"),
        timeline,
        Place.LOCAL,
        (className, environment) -> handler);
  }

  private static FunctionResource function(Duration timeout) {
    return new FunctionResource(
        "Fun", "daypass-Fun", "any.Handler", timeout, 512, Map.of("TABLE", "notes"), "live", 1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException cutOff) {
      Thread.currentThread().interrupt();
    }
  }
}
