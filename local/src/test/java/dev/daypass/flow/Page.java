package dev.daypass.flow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page as a browser gets it.
 *
 * @param status of the answer, after any redirect
 * @param path where the browser is now
 * @param html the source
 */
public record Page(int status, String path, String html) {
  private static final Pattern FORM =
      Pattern.compile(
          "<form method=\"post\" action=\"([^\"]*)\"[^>]*>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern HIDDEN =
      Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

  /** A form with what it sends by itself. */
  public record PostForm(String action, Map<String, String> hidden) {}

  /** What a reader sees: words only, white space as one blank. */
  public String text() {
    var body = html.replaceFirst("(?s)^.*<body[^>]*>", "").replaceFirst("(?s)</body>.*$", "");
    // What stands in blocks of its own is read as words of its own.
    return unescaped(
            body.replaceAll("</?(bdi|wbr|span|strong|em|a|time|small)\\b[^>]*>", "")
                .replaceAll("<[^>]+>", " "))
        .replaceAll("\\s+", " ")
        .strip();
  }

  /** All forms of the page. */
  public List<PostForm> forms() {
    return FORM.matcher(html).results().map(form -> form(form.group(1), form.group(2))).toList();
  }

  /** The form that posts to this path. */
  public PostForm form(String action) {
    return forms().stream()
        .filter(form -> form.action().equals(action))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("no form for " + action + " on " + path + ":\n" + text()));
  }

  private static PostForm form(String action, String inside) {
    var hidden = new LinkedHashMap<String, String>();
    Matcher input = HIDDEN.matcher(inside);
    while (input.find()) {
      hidden.put(unescaped(input.group(1)), unescaped(input.group(2)));
    }
    return new PostForm(unescaped(action), hidden);
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}
