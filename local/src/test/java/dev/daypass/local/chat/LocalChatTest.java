package dev.daypass.local.chat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It takes what Slack and Teams take, and sees what their readers would. */
class LocalChatTest {
  private final LocalChat chat = new LocalChat(() -> Instant.EPOCH);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{; 400; invalid_payload",
        "[]; 400; invalid_payload",
        "{}; 400; no_text",
        "{\"text\": 5}; 400; invalid_payload",
        "{\"text\": \" \"}; 400; no_text",
        "{\"text\": \"Hello\"}; 200; ok"
      })
  void slack(String body, int status, String answer) {
    assertThat(post("/slack/crm", body)).isEqualTo(new LocalChat.Answer(status, answer));
  }

  @Test
  void slackSeesLinksAndWhoIsCalled() {
    post(
        "/slack/crm",
        "{\"text\": \"<!channel> R&amp;D &lt;b&gt; https://a.example.com\\n<https://b.example.com|Go>\"}");

    var message = chat.messages().getFirst();
    assertThat(message.mentions()).containsExactly("!channel");
    assertThat(message.lines()).containsExactly("!channel R&D <b> https://a.example.com");
    assertThat(message.links())
        .containsExactly(
            new ChatMessage.Link("https://a.example.com", "https://a.example.com"),
            new ChatMessage.Link("Go", "https://b.example.com"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"type\": \"TextBlock\", \"text\": \"Hello\"}; 202",
        "{\"type\": \"RichTextBlock\", \"inlines\": [\"Hello\"]}; 202",
        "{\"type\": \"RichTextBlock\", \"inlines\": []}; 400",
        "{\"type\": \"RichTextBlock\", \"inlines\": [{\"type\": \"TextBlock\"}]}; 400",
        "{\"type\": \"TextBlock\"}; 400",
        "{\"type\": \"Text\", \"text\": \"Hello\"}; 400"
      })
  void teams(String element, int status) {
    assertThat(post("/teams/crm", card(element)).status()).isEqualTo(status);
    assertThat(post("/teams/crm", "{\"text\": \"Hello\"}").status()).isEqualTo(400);
  }

  @Test
  void teamsMakesLinksOfMarkdownInABlockAndNotInARun() {
    post("/teams/crm", card("{\"type\": \"TextBlock\", \"text\": \"[Go](mailto:a@example.com)\"}"));
    post(
        "/teams/crm",
        card("{\"type\": \"RichTextBlock\", \"inlines\": [\"[Go](mailto:a@example.com)\"]}"));

    assertThat(chat.messages().get(0).links()).hasSize(1);
    assertThat(chat.messages().get(1).links()).isEmpty();
  }

  @Test
  void whatIsNoWebhookOrIsNotJsonIsRefused() {
    assertThat(post("/discord/crm", "{\"text\": \"Hello\"}").status()).isEqualTo(404);
    assertThat(chat.post("/slack/crm", "text/plain", "{\"text\": \"Hello\"}".getBytes(UTF_8)))
        .isEqualTo(new LocalChat.Answer(400, "invalid_payload"));
    var mended = chat.fail(503);
    assertThat(post("/slack/crm", "{\"text\": \"Hello\"}").status()).isEqualTo(503);
    mended.run();
    assertThat(chat.messages()).isEmpty();
  }

  private static String card(String element) {
    return """
        {"type": "message", "attachments": [{"contentType": "application/vnd.microsoft.card.adaptive",
          "content": {"type": "AdaptiveCard", "version": "1.4", "body": [%s]}}]}
        """
        .formatted(element);
  }

  private LocalChat.Answer post(String path, String body) {
    return chat.post(path, "application/json; charset=utf-8", body.getBytes(UTF_8));
  }
}
