package dev.daypass.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.connector.Sleeper;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Makes handlers through their public constructor that takes an {@link App}; each has an App of its
 * own, over this clock and this randomness.
 */
public final class AppHandlers implements Handlers {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Sleeper sleeper;

  /** Handlers that read this clock, draw from this source and wait in real time. */
  public AppHandlers(InstantSource clock, RandomGenerator random) {
    this(clock, random, Thread::sleep);
  }

  /** Handlers that wait so before they try something again. */
  public AppHandlers(InstantSource clock, RandomGenerator random, Sleeper sleeper) {
    this.sleeper = sleeper;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public RequestStreamHandler make(String className, Map<String, String> environment) {
    var app = new App(environment, clock, random, sleeper);
    try {
      return Class.forName(className)
          .asSubclass(RequestStreamHandler.class)
          .getConstructor(App.class)
          .newInstance(app);
    } catch (InvocationTargetException threw) {
      throw threw.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(className + " cannot be made", threw);
    } catch (ReflectiveOperationException missing) {
      throw new IllegalStateException(
          className + " has no public constructor that takes an App", missing);
    }
  }
}
