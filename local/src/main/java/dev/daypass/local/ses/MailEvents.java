package dev.daypass.local.ses;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Agenda;
import dev.daypass.local.events.LocalEventBus;
import dev.daypass.local.ses.LocalSes.Returned;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The configuration sets of a template, and what they tell EventBridge's default bus.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html">
 *     Contents of event data that Amazon SES publishes</a> and <a
 *     href="https://docs.aws.amazon.com/ses/latest/dg/monitoring-eventbridge.html">Monitoring SES
 *     events using Amazon EventBridge</a>
 */
final class MailEvents {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, Set<String>> told = new HashMap<>();
  private final Place place;
  private final Agenda clock;
  private final LocalEventBus bus;

  MailEvents(Template template, Place place, Agenda clock, LocalEventBus bus) {
    this.place = place;
    this.clock = clock;
    this.bus = bus;
    template
        .inert()
        .forEach(
            (id, type) -> {
              if (type.equals("AWS::SES::ConfigurationSet")) {
                told.put(
                    template.properties(id).path("Name").asText(place.stack() + "-" + id),
                    new HashSet<>());
              }
            });
    template
        .inert()
        .forEach(
            (id, type) -> {
              if (type.equals("AWS::SES::ConfigurationSetEventDestination")) {
                destination(id, template.properties(id));
              }
            });
  }

  private void destination(String id, ObjectNode written) {
    var destination = written.path("EventDestination");
    var bus = place.arn("events", "event-bus/default");
    if (!destination.path("EventBridgeDestination").path("EventBusArn").asText().equals(bus)) {
      throw new IllegalArgumentException(
          "'" + id + "' tells somebody else than the default event bus: not carried out here");
    }
    var types = told.get(written.path("ConfigurationSetName").asText());
    if (types == null) {
      throw new IllegalArgumentException("'" + id + "' belongs to no configuration set");
    }
    if (destination.path("Enabled").asBoolean()) {
      destination.path("MatchingEventTypes").forEach(type -> types.add(type.asText()));
    }
  }

  /** Refuses a mail whose configuration set there is not. */
  void requireSet(String name) {
    if (!told.containsKey(name)) {
      throw new AwsException(
          "NotFoundException", 404, "Configuration set <" + name + "> does not exist.");
    }
  }

  /** Tells what became of a mail when this moment has come, if its configuration set does. */
  void tellAt(Instant at, Mail mail, String recipient, String set, Returned how) {
    if (told.getOrDefault(set, Set.of()).contains(how.type)) {
      clock.at(at, () -> tell(mail, recipient, set, how));
    }
  }

  private void tell(Mail mail, String recipient, String set, Returned how) {
    boolean complaint = how == Returned.COMPLAINT;
    var detail = JSON.createObjectNode().put("eventType", complaint ? "Complaint" : "Bounce");
    detail.set("mail", mail(mail, set));
    if (complaint) {
      complaint(detail.putObject("complaint"), recipient);
    } else {
      bounce(detail.putObject("bounce"), recipient, how);
    }
    bus.put(
        "aws.ses",
        complaint ? "Email Complaint Received" : "Email Bounced",
        place.arn("ses", "configuration-set/" + set),
        detail);
  }

  private ObjectNode mail(Mail mail, String set) {
    var from = Address.bare(mail.from());
    var node =
        JSON.createObjectNode()
            .put("timestamp", mail.at().toString())
            .put("source", mail.from())
            .put("sourceArn", place.arn("ses", "identity/" + from))
            .put("sendingAccountId", place.account())
            .put("messageId", mail.messageId());
    mail.recipients().forEach(node.putArray("destination")::add);
    node.put("headersTruncated", false);
    var headers = node.putArray("headers");
    mail.headers()
        .forEach(
            header -> headers.addObject().put("name", header.name()).put("value", header.value()));
    var common = node.putObject("commonHeaders");
    common.putArray("from").add(mail.from());
    mail.to().forEach(common.putArray("to")::add);
    common.put("messageId", mail.messageId()).put("subject", mail.subject());
    var tags = node.putObject("tags");
    var all = new TreeMap<>(mail.tags());
    all.put("ses:configuration-set", set);
    all.put("ses:from-domain", from.substring(from.indexOf('@') + 1));
    all.forEach((name, value) -> tags.putArray(name).add(value));
    return node;
  }

  private void bounce(ObjectNode bounce, String recipient, Returned how) {
    boolean permanent = how == Returned.BOUNCE;
    bounce
        .put("feedbackId", feedbackId())
        .put("bounceType", permanent ? "Permanent" : "Transient")
        .put("bounceSubType", "General");
    bounce
        .putArray("bouncedRecipients")
        .addObject()
        .put("emailAddress", recipient)
        .put("action", "failed")
        .put("status", permanent ? "5.1.1" : "4.0.0")
        .put(
            "diagnosticCode",
            permanent ? "smtp; 550 5.1.1 user unknown" : "smtp; 450 4.0.0 out of office");
    bounce
        .put("timestamp", clock.instant().toString())
        .put("reportingMTA", "dsn; a1-2.smtp-out." + place.region() + ".amazonses.com");
  }

  private void complaint(ObjectNode complaint, String recipient) {
    complaint.put("feedbackId", feedbackId()).putNull("complaintSubType");
    complaint.putArray("complainedRecipients").addObject().put("emailAddress", recipient);
    complaint
        .put("timestamp", clock.instant().toString())
        .put("userAgent", "Amazon SES Mailbox Simulator")
        .put("complaintFeedbackType", "abuse")
        .put("arrivalDate", clock.instant().toString());
  }

  private static String feedbackId() {
    return "0107" + UUID.randomUUID();
  }
}
