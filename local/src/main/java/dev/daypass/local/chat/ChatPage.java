package dev.daypass.local.chat;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The page with what channels were told, newest first: no script, no style from elsewhere. */
final class ChatPage {
  private static final int MOST = 200;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private ChatPage() {}

  static String of(List<ChatMessage> messages) {
    var list = new StringBuilder();
    int first = Math.max(0, messages.size() - MOST);
    messages.subList(first, messages.size()).reversed().forEach(each -> list.append(article(each)));
    if (messages.isEmpty()) {
      list.append(
          "<p class=\"none\">No message yet. What Daypass posts to the channels of systems in this"
              + " local run arrives here.</p>");
    }
    if (first > 0) {
      list.append("<p class=\"none\">%d older messages are not shown.</p>".formatted(first));
    }
    return """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Local chat</title>
    <style>
    :root { color-scheme: light dark; --line: #8884; --quiet: #6b7280; --accent: #0f6cbd; }
    @media (prefers-color-scheme: dark) { :root { --quiet: #9ca3af; --accent: #6cb6ff; } }
    * { box-sizing: border-box; }
    body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem; }
    h1 { font-size: 1.4rem; margin: 0; }
    header { margin-bottom: 1rem; }
    header p { margin: 0; color: var(--quiet); }
    article { border: 1px solid var(--line); border-radius: .6rem; margin: 0 0 .75rem; padding: .75rem 1rem; overflow-wrap: anywhere; }
    h2 { font-size: .9rem; font-weight: 400; margin: 0 0 .25rem; color: var(--quiet); display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
    article p { margin: 0; }
    article p:first-of-type { font-weight: 600; }
    a { color: var(--accent); }
    a.go { display: inline-block; border: 1px solid var(--accent); border-radius: .4rem; padding: .4rem .9rem; margin: .5rem .5rem .25rem 0; text-decoration: none; }
    details { color: var(--quiet); font-size: .9rem; margin-top: .25rem; }
    pre { white-space: pre-wrap; font: .9rem/1.5 ui-monospace, monospace; margin: 0; }
    .called { color: #b42318; }
    .none { color: var(--quiet); text-align: center; padding: 2rem 1rem; }
    </style>
    </head>
    <body>
    <header>
    <h1>Local chat</h1>
    <p>This stands for Slack and Teams. %s</p>
    </header>
    <main>
    %s
    </main>
    </body>
    </html>
    """
        .formatted(count(messages.size()), list);
  }

  private static String count(int messages) {
    return switch (messages) {
      case 0 -> "Nothing leaves this machine.";
      case 1 -> "1 message. Nothing leaves this machine.";
      default -> messages + " messages, newest first. Nothing leaves this machine.";
    };
  }

  private static String article(ChatMessage message) {
    var parts = new StringBuilder();
    for (var line : message.lines()) {
      parts.append("<p dir=\"auto\">").append(escaped(line)).append("</p>\n");
    }
    if (!message.mentions().isEmpty()) {
      parts
          .append("<p class=\"called\">Calls ")
          .append(escaped(String.join(", ", message.mentions())))
          .append("</p>\n");
    }
    for (var link : message.links()) {
      parts
          .append("<a class=\"go\" rel=\"noreferrer\" target=\"_blank\" href=\"")
          .append(escaped(link.url()))
          .append("\">")
          .append(escaped(link.label()))
          .append("</a>\n");
    }
    return """
    <article><h2><span>%s, #%s</span><time datetime="%s">%s</time></h2>
    %s<details><summary>As it was posted</summary><pre>%s</pre></details>
    </article>
    """
        .formatted(
            switch (message.kind()) {
              case SLACK -> "Slack";
              case TEAMS -> "Teams";
            },
            escaped(message.channel()),
            message.at(),
            TIME.format(message.at()),
            parts,
            escaped(message.sent().toPrettyString()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
