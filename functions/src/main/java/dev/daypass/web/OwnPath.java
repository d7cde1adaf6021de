package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Where a visitor was on the way to: a path of ours and nothing else, so that a sign-in never leads
 * to another site.
 */
public final class OwnPath {
  private static final int LONGEST = 512;

  /**
   * Where forms are posted and nothing can be seen, each with the page that shows the form. A route
   * of this kind that is missing here fails {@code NowhereTest}.
   */
  private static final Map<Pattern, String> ONLY_POSTED =
      Map.of(
          Pattern.compile(
              "(/requests/[^/]+)/(?:cancel|return|extend|revoke|withdraw-approval|set-up|taken-away|review|answer)"),
          "$1",
          Pattern.compile("(/decide/[^/]+)/mail"),
          "$1",
          Pattern.compile("/inbox/[^/]+"),
          Paths.inbox(),
          Pattern.compile("/sessions/[^/]+/end|/sign-out-everywhere"),
          Paths.sessions(),
          Pattern.compile("(/admin/imports/[^/]+)/(?:apply|discard)"),
          "$1",
          // These are at the foot and the head of every page.
          Pattern.compile("/language|/sign-out"),
          Paths.HOME);

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
    if (!call.method().equals("GET")) {
      var shown = pageOfForm(call.path());
      if (shown.isPresent()) {
        return shown.get();
      }
    }
    var path = call.path();
    return orHome(call.query().isEmpty() ? path : path + "?" + query(call));
  }

  /**
   * The page with the form that is posted to this address, where there is nothing to be seen at the
   * address itself; empty for any other. It follows from the address alone, so it tells nothing of
   * what there is.
   */
  public static Optional<String> pageOfForm(String path) {
    return ONLY_POSTED.entrySet().stream()
        .map(each -> Map.entry(each.getKey().matcher(path), each.getValue()))
        .filter(each -> each.getKey().matches())
        .map(each -> orHome(each.getKey().replaceFirst(each.getValue())))
        .findFirst();
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
