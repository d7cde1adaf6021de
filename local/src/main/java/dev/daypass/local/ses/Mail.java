package dev.daypass.local.ses;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail as its recipients get it.
 *
 * @param messageId what SES answered, and with {@code @eu-central-1.amazonses.com} the header
 * @param at when SES took it
 * @param from the sender, with the name if there is one
 * @param to addresses with names, as sent
 * @param cc addresses with names, as sent
 * @param bcc addresses that the other recipients do not see
 * @param subject decoded
 * @param text the plain part, or empty
 * @param html the HTML part, or empty
 * @param headers all of them in order, as they travel, {@code Message-ID} and {@code Date} by SES
 * @param tags what the sender tagged it with, for events
 */
public record Mail(
    String messageId,
    Instant at,
    String from,
    List<String> to,
    List<String> cc,
    List<String> bcc,
    String subject,
    String text,
    String html,
    List<Header> headers,
    Map<String, String> tags) {
  private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"'`]+");

  /** One header line, unfolded. */
  public record Header(String name, String value) {
    public Header {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }

  public Mail {
    Objects.requireNonNull(messageId);
    Objects.requireNonNull(at);
    Objects.requireNonNull(from);
    Objects.requireNonNull(subject);
    Objects.requireNonNull(text);
    Objects.requireNonNull(html);
    to = List.copyOf(to);
    cc = List.copyOf(cc);
    bcc = List.copyOf(bcc);
    headers = List.copyOf(headers);
    tags = Map.copyOf(tags);
  }

  /** Everybody who gets it, as bare addresses. */
  public List<String> recipients() {
    return Stream.of(to, cc, bcc).flatMap(List::stream).map(Address::bare).toList();
  }

  /** The web addresses in the text part, in order, without the punctuation that follows them. */
  public List<String> links() {
    return LINK.matcher(text).results().map(result -> trimmed(result.group())).toList();
  }

  /** Whether one of the recipients has this address, whatever its case. */
  public boolean isFor(String address) {
    return recipients().stream().anyMatch(address.strip()::equalsIgnoreCase);
  }

  static Pattern linkPattern() {
    return LINK;
  }

  static String trimmed(String link) {
    var end = link.length();
    while (end > 0 && isTrailing(link, end)) {
      end--;
    }
    return link.substring(0, end);
  }

  private static boolean isTrailing(String link, int end) {
    char last = link.charAt(end - 1);
    return ".,;:!?]}*_".indexOf(last) >= 0
        || (last == ')' && !link.substring(0, end).contains("("));
  }
}
