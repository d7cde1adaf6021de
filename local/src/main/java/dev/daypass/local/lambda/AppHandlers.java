package dev.daypass.local.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.daypass.App;
import dev.daypass.connector.Sleeper;
import java.lang.reflect.InvocationTargetException;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Makes handlers through their public constructor that takes an {@link App}; each has an App of its
 * own, over this clock and this randomness.
 */
public final class AppHandlers implements Handlers {
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Sleeper sleeper;
  private final SdkHttpClient.Builder<?> http;

  /** Handlers that read this clock, draw from this source and wait in real time. */
  public AppHandlers(InstantSource clock, RandomGenerator random) {
    this(clock, random, Thread::sleep, UrlConnectionHttpClient.builder());
  }

  /**
   * Handlers that wait so before they try something again.
   *
   * @param http what makes their way to AWS
   */
  public AppHandlers(
      InstantSource clock, RandomGenerator random, Sleeper sleeper, SdkHttpClient.Builder<?> http) {
    this.clock = clock;
    this.random = random;
    this.sleeper = sleeper;
    this.http = http;
  }

  @Override
  public RequestStreamHandler make(String className, Map<String, String> environment) {
    var app = new App(environment, clock, random, sleeper, http);
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
