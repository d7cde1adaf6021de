package dev.daypass.audit;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** An invocation of which only the log is looked at. */
public record LoggingContext(Consumer<String> lines) implements Context {
  @Override
  public LambdaLogger getLogger() {
    return new LambdaLogger() {
      @Override
      public void log(String message) {
        lines.accept(message);
      }

      @Override
      public void log(byte[] message) {
        lines.accept(new String(message, StandardCharsets.UTF_8));
      }
    };
  }

  @Override
  public String getAwsRequestId() {
    return "any";
  }

  @Override
  public String getLogGroupName() {
    return "any";
  }

  @Override
  public String getLogStreamName() {
    return "any";
  }

  @Override
  public String getFunctionName() {
    return "any";
  }

  @Override
  public String getFunctionVersion() {
    return "any";
  }

  @Override
  public String getInvokedFunctionArn() {
    return "any";
  }

  @Override
  public CognitoIdentity getIdentity() {
    throw new UnsupportedOperationException("no function looks at it");
  }

  @Override
  public ClientContext getClientContext() {
    throw new UnsupportedOperationException("no function looks at it");
  }

  @Override
  public int getRemainingTimeInMillis() {
    return 60_000;
  }

  @Override
  public int getMemoryLimitInMB() {
    return 1024;
  }
}
