package dev.daypass.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.chat.ChatMessage.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a message to Slack, read as Slack does: <a
 * href="https://docs.slack.dev/messaging/formatting-message-text">formatting message text</a>. What
 * stands between {@code <} and {@code >} is a link or mentions somebody; web addresses become links
 * by themselves.
 */
final class SlackText {
  private static final int LONGEST = 40_000;
  private static final Pattern SPECIAL = Pattern.compile("<([^<>\n]*)>");
  private static final Pattern ADDRESS = Pattern.compile("(https?://|www\\.)[^\\s<>|]+");

  final List<String> lines = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final List<String> mentions = new ArrayList<>();

  private SlackText() {}

  /**
   * Reads a message.
   *
   * @throws WireException with Slack's word for what is wrong with it
   */
  static SlackText read(JsonNode message) {
    var text = message.path("text");
    if (!message.isObject() || !(text.isTextual() || text.isMissingNode())) {
      throw new WireException(400, "invalid_payload");
    }
    if (text.asText().isBlank()) {
      throw new WireException(400, "no_text");
    }
    if (text.asText().length() > LONGEST) {
      throw new WireException(400, "msg_too_long");
    }
    var read = new SlackText();
    text.asText().lines().forEach(read::line);
    return read;
  }

  private void line(String line) {
    var shown = new StringBuilder();
    var special = SPECIAL.matcher(line);
    int done = 0;
    while (special.find()) {
      plain(line.substring(done, special.start()), shown);
      var parts = special.group(1).split("\\|", 2);
      var label = unescaped(parts[parts.length - 1]);
      if (parts[0].startsWith("!") || parts[0].startsWith("@") || parts[0].startsWith("#")) {
        mentions.add(parts[0]);
        shown.append(label);
      } else {
        links.add(new Link(label, unescaped(parts[0])));
        boolean alone = special.start() == 0 && special.end() == line.length();
        shown.append(alone ? "" : label);
      }
      done = special.end();
    }
    plain(line.substring(done), shown);
    if (!shown.isEmpty()) {
      lines.add(shown.toString());
    }
  }

  private void plain(String text, StringBuilder shown) {
    var plain = unescaped(text);
    ADDRESS
        .matcher(plain)
        .results()
        .forEach(found -> links.add(new Link(found.group(), found.group())));
    shown.append(plain);
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }
}
