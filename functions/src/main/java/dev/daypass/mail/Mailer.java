package dev.daypass.mail;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.Body;
import software.amazon.awssdk.services.sesv2.model.Content;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;

/**
 * Sends mail by SES v2. A mail is sent at least once: SES knows no idempotency, so whoever calls
 * marks what is sent.
 */
public final class Mailer {
  private static final String UTF_8 = "UTF-8";

  private final SesV2Client ses;
  private final String from;
  private final @Nullable String configurationSet;

  /**
   * A sender.
   *
   * @param from the sender's address, verified with SES
   * @param configurationSet its name, or null if none is used
   */
  public Mailer(SesV2Client ses, String from, @Nullable String configurationSet) {
    this.ses = Objects.requireNonNull(ses);
    this.from = Objects.requireNonNull(from);
    this.configurationSet = configurationSet;
  }

  /**
   * Sends one mail.
   *
   * @return whether SES took it or refused it for good
   * @throws AwsServiceException if SES refused it for now: throttled, paused, broken
   * @throws software.amazon.awssdk.core.exception.SdkClientException if SES could not be reached
   */
  public Delivery send(Mail mail) {
    try {
      return new Delivery.Sent(ses.sendEmail(request(mail)).messageId());
    } catch (MessageRejectedException | BadRequestException e) {
      // The same request stays malformed, so an address that SES cannot read is refused for good.
      return new Delivery.Rejected(reason(e));
    }
  }

  private SendEmailRequest request(Mail mail) {
    return SendEmailRequest.builder()
        .fromEmailAddress(from)
        .configurationSetName(configurationSet)
        .destination(to -> to.toAddresses(mail.to()))
        .content(EmailContent.builder().simple(message(mail)).build())
        .emailTags(
            sorted(mail.tags()).entrySet().stream()
                .map(tag -> MessageTag.builder().name(tag.getKey()).value(tag.getValue()).build())
                .toList())
        .build();
  }

  private static Message message(Mail mail) {
    return Message.builder()
        .subject(content(mail.subject()))
        .body(Body.builder().text(content(mail.text())).html(content(mail.html())).build())
        .headers(
            sorted(mail.headers()).entrySet().stream()
                .map(
                    one -> MessageHeader.builder().name(one.getKey()).value(one.getValue()).build())
                .toList())
        .build();
  }

  private static Content content(String data) {
    return Content.builder().charset(UTF_8).data(data).build();
  }

  private static Map<String, String> sorted(Map<String, String> map) {
    return new TreeMap<>(map);
  }

  private static String reason(AwsServiceException e) {
    String said = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorMessage();
    return said == null || said.isBlank() ? "SES refused it without a reason" : said;
  }
}
