package dev.daypass.local.gateway;

import dev.daypass.local.template.Route;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses the most specific route: segment by segment a literal before a variable before a greedy
 * one, then the method before {@code ANY}, and {@code $default} last.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html">Create
 *     routes for HTTP APIs in API Gateway</a>
 */
final class Router {
  /**
   * A route that takes the request.
   *
   * @param parameters of the path, decoded, in the order of the route
   */
  record Match(Route route, Map<String, String> parameters) {}

  private record Pattern(Route route, List<String> segments) {
    /** One letter a segment: the smaller, the more specific. */
    String rank() {
      var rank = new StringBuilder();
      for (var segment : segments) {
        rank.append(isGreedy(segment) ? 'c' : isVariable(segment) ? 'b' : 'a');
      }
      return rank.toString();
    }
  }

  private final List<Pattern> patterns;
  private final Optional<Route> fallback;

  Router(List<Route> routes) {
    patterns =
        routes.stream()
            .filter(route -> !route.path().equals("$default"))
            .map(route -> new Pattern(route, segments(route.path())))
            .sorted(
                Comparator.comparing(Pattern::rank)
                    .thenComparing(pattern -> pattern.route().method().equals("ANY")))
            .toList();
    fallback = routes.stream().filter(route -> route.path().equals("$default")).findFirst();
  }

  /**
   * The route for a request, if any takes it.
   *
   * @param rawPath as sent, still encoded
   */
  Optional<Match> match(String method, String rawPath) {
    var path = segments(rawPath);
    for (var pattern : patterns) {
      var accepts = pattern.route().method();
      if (accepts.equals(method) || accepts.equals("ANY")) {
        var parameters = parameters(pattern.segments(), path);
        if (parameters.isPresent()) {
          return Optional.of(new Match(pattern.route(), parameters.get()));
        }
      }
    }
    return fallback.map(route -> new Match(route, Map.of()));
  }

  private static Optional<Map<String, String>> parameters(List<String> pattern, List<String> path) {
    var parameters = new LinkedHashMap<String, String>();
    for (int at = 0; at < pattern.size(); at++) {
      var segment = pattern.get(at);
      if (at >= path.size()) {
        return Optional.empty();
      }
      if (isGreedy(segment)) {
        var rest = String.join("/", path.subList(at, path.size()));
        if (rest.isEmpty()) {
          return Optional.empty();
        }
        parameters.put(segment.substring(1, segment.length() - 2), Urls.decodePath(rest));
        return Optional.of(parameters);
      }
      if (isVariable(segment)) {
        if (path.get(at).isEmpty()) {
          return Optional.empty();
        }
        parameters.put(segment.substring(1, segment.length() - 1), Urls.decodePath(path.get(at)));
      } else if (!segment.equals(Urls.decodePath(path.get(at)))) {
        return Optional.empty();
      }
    }
    return pattern.size() == path.size() ? Optional.of(parameters) : Optional.empty();
  }

  private static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  private static boolean isGreedy(String segment) {
    return segment.startsWith("{") && segment.endsWith("+}");
  }

  private static List<String> segments(String path) {
    return Arrays.asList(path.split("/", -1));
  }
}
