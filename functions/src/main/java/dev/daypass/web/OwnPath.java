package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor was on the way to: a path of ours and nothing else, so that a sign-in never leads
 * to another site.
 */
public final class OwnPath {
  private static final int LONGEST = 512;

  private OwnPath() {}

  /** The path if it is one of ours; the start page otherwise. */
  public static String orHome(@Nullable String wanted) {
    return wanted != null && isOne(wanted) ? wanted : Paths.HOME;
  }

  private static boolean isOne(String path) {
    return path.length() <= LONGEST
        && path.startsWith("/")
        && !path.startsWith("//")
        // Browsers take a backslash for a slash (URL Standard, section 4.4) and drop line ends.
        && path.chars().allMatch(c -> c > 0x20 && c < 0x7f && c != '\\')
        && !path.startsWith(Paths.signIn());
  }

  /** The page that this call is for, or whose form it sends: where to go on after signing in. */
  static String of(HttpRequest call) {
    var path = call.path();
    if (!call.method().equals("GET")) {
      var parts = path.split("/", -1);
      // What is administered has one word more before its id.
      int id = path.startsWith("/admin/") ? 3 : 2;
      boolean showsItself = parts.length < id + 2 || parts[id + 1].equals("decide");
      path = showsItself ? path : String.join("/", List.of(parts).subList(0, id + 1));
      if (path.startsWith(Paths.sessions()) || path.startsWith(Paths.signOut())) {
        path = Paths.sessions();
      }
      if (path.startsWith(Paths.inbox() + "/")) {
        // What the address of its form says besides is about one of them.
        return Paths.inbox();
      }
      if (path.equals(Paths.language())) {
        path = Paths.HOME;
      }
    }
    var encoded = call.query().isEmpty() ? path : path + "?" + query(call);
    return orHome(encoded);
  }

  private static String query(HttpRequest call) {
    return call.query().entrySet().stream()
        .map(
            each ->
                URLEncoder.encode(each.getKey(), UTF_8)
                    + "="
                    + URLEncoder.encode(each.getValue(), UTF_8))
        .sorted()
        .collect(Collectors.joining("&"));
  }

  /** The address that signs somebody in and leads back there. */
  public static String signInFor(String path) {
    return Paths.signIn() + "?next=" + URLEncoder.encode(path, UTF_8);
  }

  /** As {@link #signInFor}, where the person must show again who they are. */
  public static String signInAgainFor(String path) {
    return Paths.signIn() + "?how=again&next=" + URLEncoder.encode(path, UTF_8);
  }
}
