package dev.daypass.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import dev.daypass.local.template.FunctionResource;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a handler is told about its invocation.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-context.html">Using the Lambda
 *     context object in Java</a>
 */
public final class LambdaContext implements Context {
  private final FunctionResource function;
  private final String requestId;
  private final String arn;
  private final String version;
  private final IntSupplier remaining;
  private final Consumer<String> log;

  /**
   * @param version {@code $LATEST}, or the published version behind an alias
   * @param remaining milliseconds until the invocation is cut off
   */
  public LambdaContext(
      FunctionResource function,
      String requestId,
      String arn,
      String version,
      IntSupplier remaining,
      Consumer<String> log) {
    this.function = function;
    this.requestId = requestId;
    this.arn = arn;
    this.version = version;
    this.remaining = remaining;
    this.log = log;
  }

  @Override
  public String getAwsRequestId() {
    return requestId;
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + function.name();
  }

  @Override
  public String getLogStreamName() {
    return "local";
  }

  @Override
  public String getFunctionName() {
    return function.name();
  }

  @Override
  public String getFunctionVersion() {
    return version;
  }

  @Override
  public String getInvokedFunctionArn() {
    return arn;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getRemainingTimeInMillis() {
    return Math.max(0, remaining.getAsInt());
  }

  @Override
  public int getMemoryLimitInMB() {
    return function.memory();
  }

  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        log.accept(message);
      }

      @Override
      public void log(byte[] message) {
        log.accept(new String(message, StandardCharsets.UTF_8));
      }
    };
  }
}
