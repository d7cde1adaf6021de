package dev.daypass.local.chat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.runbook.TargetSystem.Chat;
import java.time.Instant;
import java.util.List;

/**
 * A message as the readers of a channel see it.
 *
 * @param channel the last part of the webhook's path
 * @param lines its text, without links that stand alone
 * @param links everything that can be followed, also what was made a link of by itself
 * @param mentions whoever would be called by it: {@code !channel}, {@code @U012}
 * @param sent what was posted
 */
public record ChatMessage(
    Instant at,
    Chat.Kind kind,
    String channel,
    List<String> lines,
    List<Link> links,
    List<String> mentions,
    JsonNode sent) {
  /** Something that can be followed. */
  public record Link(String label, String url) {}

  public ChatMessage {
    lines = List.copyOf(lines);
    links = List.copyOf(links);
    mentions = List.copyOf(mentions);
  }

  /** The text as one. */
  public String text() {
    return String.join("\n", lines);
  }
}
