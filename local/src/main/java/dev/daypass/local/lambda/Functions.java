package dev.daypass.local.lambda;

import org.jspecify.annotations.Nullable;

/** Invokes functions as Lambda's synchronous {@code Invoke} does: JSON in, JSON out. */
public interface Functions {
  /**
   * What an invocation answered.
   *
   * @param payload the function's output, or, if {@code functionError} is set, the error document
   *     {@code {"errorMessage", "errorType", "stackTrace"}}
   * @param functionError {@code Unhandled} if the function threw, else null (the header {@code
   *     X-Amz-Function-Error})
   */
  record Result(String payload, @Nullable String functionError) {}

  /**
   * Runs a function and waits for its answer.
   *
   * @param function name or ARN, with or without alias
   * @throws dev.daypass.local.aws.AwsException {@code ResourceNotFoundException} if there is no
   *     such function
   */
  Result invoke(String function, String payload);
}
