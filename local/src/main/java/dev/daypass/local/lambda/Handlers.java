package dev.daypass.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.util.Map;

/** Makes the handler of an execution environment. */
@FunctionalInterface
public interface Handlers {
  /**
   * A new handler, used for one invocation at a time.
   *
   * @param className as the template names it
   * @throws RuntimeException if it cannot be made; the invocation fails with it, as in Lambda
   */
  RequestStreamHandler make(String className, Map<String, String> environment);
}
