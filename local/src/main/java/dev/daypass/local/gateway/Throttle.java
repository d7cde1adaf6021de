package dev.daypass.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How many requests each route takes: a bucket of tokens a route, one for a request. {@code
 * RouteSettings} of a route replace {@code DefaultRouteSettings}. API Gateway counts all callers
 * together, by wall time, as well as it can; here the count is exact.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-throttling.html">Throttling
 *     requests to your HTTP API</a>
 */
public final class Throttle {
  /** Lets everything through. */
  public static final Throttle NONE = new Throttle(Map.of(), Limit.NONE, System::nanoTime);

  /**
   * @param burst the most tokens of a bucket
   * @param rate tokens that come back in a second
   */
  private record Limit(double burst, double rate) {
    static final Limit NONE = new Limit(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

    static Limit of(JsonNode settings) {
      return new Limit(
          settings.path("ThrottlingBurstLimit").asDouble(Double.POSITIVE_INFINITY),
          settings.path("ThrottlingRateLimit").asDouble(Double.POSITIVE_INFINITY));
    }
  }

  private static final class Bucket {
    private final Limit limit;
    private double tokens;
    private long filledAt;

    Bucket(Limit limit, long now) {
      this.limit = limit;
      this.tokens = limit.burst();
      this.filledAt = now;
    }

    boolean take(long now) {
      if (limit.equals(Limit.NONE)) {
        return true;
      }
      tokens = Math.min(limit.burst(), tokens + (now - filledAt) / 1e9 * limit.rate());
      filledAt = now;
      if (tokens < 1) {
        return false;
      }
      tokens--;
      return true;
    }
  }

  private final Map<String, Limit> limits;
  private final Limit usual;
  private final LongSupplier nanos;
  private final Map<String, Bucket> buckets = new HashMap<>();

  private Throttle(Map<String, Limit> limits, Limit usual, LongSupplier nanos) {
    this.limits = Map.copyOf(limits);
    this.usual = usual;
    this.nanos = nanos;
  }

  /**
   * The limits of an API.
   *
   * @param api its properties in the template, resolved
   */
  public static Throttle of(JsonNode api) {
    return of(api, System::nanoTime);
  }

  static Throttle of(JsonNode api, LongSupplier nanos) {
    var limits = new HashMap<String, Limit>();
    api.path("RouteSettings")
        .properties()
        .forEach(route -> limits.put(route.getKey(), Limit.of(route.getValue())));
    return new Throttle(limits, Limit.of(api.path("DefaultRouteSettings")), nanos);
  }

  /** Takes a token of this route, if there is one. */
  synchronized boolean admits(String routeKey) {
    long now = nanos.getAsLong();
    return buckets
        .computeIfAbsent(routeKey, key -> new Bucket(limits.getOrDefault(key, usual), now))
        .take(now);
  }
}
