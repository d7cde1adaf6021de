package dev.daypass.approval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Command.MailReturned.Why;
import dev.daypass.access.RequestId;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What SES tells of a mail that asked somebody to decide: that it came back for good, or was
 * reported as spam.
 *
 * @param request id of the request
 * @param stage its stage, from 0
 * @param round the round of the mail, from 0
 * @param person email address of the one it was to, in lower case
 * @param said what the other side says, as it came
 */
record ReturnedMail(String request, int stage, int round, String person, Why why, String said) {
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]?");

  ReturnedMail {
    Objects.requireNonNull(person);
    Objects.requireNonNull(why);
    Objects.requireNonNull(said);
    if (!RequestId.isOne(request)) {
      throw new IllegalArgumentException("no request has this id");
    }
  }

  /** What an event of SES comes to. */
  sealed interface Heard {
    /** It is about a mail that asked somebody to decide, and is an end. */
    record Returned(ReturnedMail mail) implements Heard {}

    /**
     * It is not.
     *
     * @param why for the log; nothing in it came with the event
     */
    record PassedOver(String why) implements Heard {}
  }

  /**
   * Reads the {@code detail} of an event.
   *
   * <p>To whom the mail went is what SES says it was sent to: each of our mails has one recipient.
   * The recipients of a bounce can be others, where mail was forwarded, and those of a complaint
   * are guessed by SES.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">Contents
   *     of event data that Amazon SES publishes</a>; the events for EventBridge have it as their
   *     detail (<a
   *     href="https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html">Monitoring SES
   *     events using Amazon EventBridge</a>)
   */
  static Heard read(JsonNode detail) {
    return switch (detail.path("eventType").asText()) {
      // Others than these can be a note that somebody is out of office: the mail is there.
      case "Bounce" ->
          detail.path("bounce").path("bounceType").asText().equals("Permanent")
              ? read(detail, Why.BOUNCE)
              : new Heard.PassedOver("its bounce is not for good");
      // RFC 6430: the reader says that it is no spam.
      case "Complaint" ->
          detail.path("complaint").path("complaintFeedbackType").asText().equals("not-spam")
              ? new Heard.PassedOver("it was reported to be no spam")
              : read(detail, Why.COMPLAINT);
      default -> new Heard.PassedOver("it neither bounced nor was complained about");
    };
  }

  private static Heard read(JsonNode detail, Why why) {
    var mail = detail.path("mail");
    var tags = mail.path("tags");
    var request = tag(tags, "request");
    var stage = tag(tags, "stage");
    var round = tag(tags, "round");
    var to = mail.path("destination");
    return RequestId.isOne(request)
            && NUMBER.matcher(stage).matches()
            && NUMBER.matcher(round).matches()
            && to.size() == 1
        ? new Heard.Returned(
            new ReturnedMail(
                request,
                Integer.parseInt(stage) - 1,
                Integer.parseInt(round) - 1,
                to.path(0).asText().toLowerCase(Locale.ROOT),
                why,
                said(detail)))
        : new Heard.PassedOver("it asked nobody to decide");
  }

  private static String said(JsonNode detail) {
    var bounce = detail.path("bounce");
    var complaint = detail.path("complaint");
    return firstOf(
        bounce.path("bouncedRecipients").path(0).path("diagnosticCode").asText(),
        bounce.path("bouncedRecipients").path(0).path("status").asText(),
        bounce.path("bounceSubType").asText(),
        complaint.path("complaintFeedbackType").asText(),
        complaint.path("complaintSubType").asText());
  }

  private static String firstOf(String... texts) {
    for (var text : texts) {
      if (!text.isBlank() && !text.equals("null")) {
        return text;
      }
    }
    return "";
  }

  private static String tag(JsonNode tags, String name) {
    return tags.path(name).path(0).asText();
  }
}
