package dev.daypass.chat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What a workflow of Microsoft Teams posts that begins when its webhook is called: a message with
 * an Adaptive Card, version 1.4. Text stands in runs ({@code RichTextBlock} with {@code TextRun}),
 * which know no Markdown, where that of a {@code TextBlock} would be read as such and a name could
 * become a link. Somebody is mentioned only by an {@code entities} list, and there is none.
 */
final class Teams {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Teams() {}

  static String json(Post post) {
    var card =
        NODES
            .objectNode()
            .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
            .put("type", "AdaptiveCard")
            .put("version", "1.4");
    var body = card.putArray("body");
    block(body)
        .addObject()
        .put("type", "TextRun")
        .put("text", text(post.heading()))
        .put("weight", "Bolder");
    for (var fact : post.facts()) {
      var runs = block(body);
      runs.addObject()
          .put("type", "TextRun")
          .put("text", text(fact.label()) + ": ")
          .put("weight", "Bolder");
      runs.addObject().put("type", "TextRun").put("text", text(fact.value()));
    }
    block(body).addObject().put("type", "TextRun").put("text", text(post.advice()));
    card.putArray("actions")
        .addObject()
        .put("type", "Action.OpenUrl")
        .put("title", text(post.label()))
        .put("url", post.link().toString());
    var message = NODES.objectNode().put("type", "message");
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", "application/vnd.microsoft.card.adaptive")
        .set("content", card);
    return message.toString();
  }

  /** The runs of one line. */
  private static ArrayNode block(ArrayNode body) {
    return body.addObject().put("type", "RichTextBlock").putArray("inlines");
  }

  /** {@code {{DATE(…)}}} would be read as a date. */
  private static String text(String text) {
    return text.replace("{{", "{ {");
  }
}
