package dev.daypass.simulation;

import dev.daypass.local.aws.AwsException;
import dev.daypass.local.lambda.Functions;
import java.time.Duration;

/** The event bus's calls of functions, with what goes wrong there. */
final class Events implements Functions {
  private final Functions functions;
  private final Calls calls;
  private final Clockwork clockwork;

  Events(Functions functions, Calls calls, Clockwork clockwork) {
    this.functions = functions;
    this.calls = calls;
    this.clockwork = clockwork;
  }

  @Override
  public Result invoke(String function, String payload) {
    var name = function.substring(function.lastIndexOf('-') + 1).split(":", 2)[0];
    var fault = calls.next("events", Callee.EVENT, name);
    if (calls.isDown(name)) {
      throw new AwsException("ServiceException", 500, "Internal error");
    }
    return switch (fault) {
      case FAILS_BEFORE -> throw new AwsException("ServiceException", 500, "Internal error");
      case FAILS_AFTER -> {
        functions.invoke(function, payload);
        throw new AwsException("ServiceException", 500, "Internal error");
      }
      case SLOW -> {
        clockwork.pause(Calls.SLOW);
        yield functions.invoke(function, payload);
      }
      case TWICE -> {
        functions.invoke(function, payload);
        clockwork.pause(Duration.ofSeconds(1));
        yield functions.invoke(function, payload);
      }
      case null, default -> functions.invoke(function, payload);
    };
  }
}
