package dev.daypass.chat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What an incoming webhook of Slack takes: {@code {"text": "…"}} in Slack's own markup. There only
 * {@code <…>} mentions somebody or links, and so nothing of a name can: the three signs of it are
 * escaped as Slack's page on formatting text for app surfaces demands, and no others.
 */
final class Slack {
  private Slack() {}

  static String json(Post post) {
    var text = new StringBuilder(escaped(post.heading()));
    for (var fact : post.facts()) {
      text.append('\n').append(escaped(fact.label() + ": " + fact.value()));
    }
    text.append('\n').append(escaped(post.advice()));
    text.append("\n<").append(post.link()).append('|').append(escaped(post.label())).append('>');
    return JsonNodeFactory.instance.objectNode().put("text", text.toString()).toString();
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
