package dev.daypass.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.chat.ChatMessage.Link;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The card of a message to Teams, read as far as a workflow posts it: one Adaptive Card (<a
 * href="https://learn.microsoft.com/en-us/adaptive-cards/schema-explorer/adaptive-card">schema</a>,
 * up to version 1.5) with text and links. A {@code TextBlock} knows Markdown, a {@code TextRun}
 * does not.
 */
final class TeamsCard {
  static final int LARGEST = 28 << 10;
  private static final Pattern MARKDOWN_LINK = Pattern.compile("\\[([^]]*)]\\(([^)]*)\\)");
  private static final Pattern ADDRESS = Pattern.compile("(https?://|www\\.)\\S+");
  private static final Pattern VERSION = Pattern.compile("1\\.[0-5]");

  final List<String> lines = new ArrayList<>();
  final List<Link> links = new ArrayList<>();
  final List<String> mentions = new ArrayList<>();

  private TeamsCard() {}

  /**
   * Reads a message.
   *
   * @throws WireException saying what is wrong with it
   */
  static TeamsCard read(JsonNode message) {
    var attachments = message.path("attachments");
    require(message.path("type").asText().equals("message"), "the type must be message");
    require(attachments.isArray() && attachments.size() == 1, "there must be one attachment");
    var attachment = attachments.get(0);
    require(
        attachment.path("contentType").asText().equals("application/vnd.microsoft.card.adaptive"),
        "the attachment must be an Adaptive Card");
    var card = attachment.path("content");
    require(card.path("type").asText().equals("AdaptiveCard"), "the content must be a card");
    require(VERSION.matcher(card.path("version").asText()).matches(), "the version must be 1.x");
    var read = new TeamsCard();
    card.path("body").forEach(read::element);
    card.path("actions").forEach(read::action);
    card.at("/msteams/entities")
        .forEach(entity -> read.mentions.add(entity.at("/mentioned/id").asText()));
    require(!read.lines.isEmpty(), "the card must say something");
    return read;
  }

  private void element(JsonNode element) {
    switch (element.path("type").asText()) {
      case "TextBlock" -> {
        var text = text(element.path("text"));
        MARKDOWN_LINK
            .matcher(text)
            .results()
            .forEach(found -> links.add(new Link(found.group(1), found.group(2))));
        line(text);
      }
      case "RichTextBlock" -> {
        require(!element.path("inlines").isEmpty(), "a RichTextBlock must have inlines");
        var line = new StringBuilder();
        for (var run : element.path("inlines")) {
          require(
              run.isTextual() || run.path("type").asText().equals("TextRun"),
              "an inline must be a TextRun");
          line.append(text(run.isTextual() ? run : run.path("text")));
        }
        line(line.toString());
      }
      default -> throw new WireException(400, "there is no element " + element.path("type"));
    }
  }

  private void line(String text) {
    ADDRESS
        .matcher(text)
        .results()
        .forEach(found -> links.add(new Link(found.group(), found.group())));
    lines.add(text);
  }

  private void action(JsonNode action) {
    require(action.path("type").asText().equals("Action.OpenUrl"), "the action must open a URL");
    links.add(new Link(text(action.path("title")), text(action.path("url"))));
  }

  private static String text(JsonNode text) {
    require(text.isTextual() && !text.asText().isBlank(), "a text is missing");
    return text.asText();
  }

  private static void require(boolean so, String what) {
    if (!so) {
      throw new WireException(400, what);
    }
  }
}
