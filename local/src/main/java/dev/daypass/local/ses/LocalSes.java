package dev.daypass.local.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.clock.Agenda;
import dev.daypass.local.events.LocalEventBus;
import dev.daypass.local.ses.Mail.Header;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Amazon SES v2 as far as sending goes: {@code SendEmail} with simple or raw content, and {@code
 * GetAccount}. What is sent is kept in memory, oldest first; every sender counts as verified.
 *
 * <p>Limits and refusals are those of the <a
 * href="https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html">API
 * reference</a> and of the <a
 * href="https://docs.aws.amazon.com/ses/latest/dg/header-fields.html">header fields</a> page. As
 * SES does, it sets {@code Message-ID} and {@code Date} itself and has no idempotency.
 *
 * <p>Safe for many threads.
 */
public final class LocalSes {
  private static final int LARGEST = 40 << 20;
  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_HEADERS = 15;

  /** Headers that SES writes itself, so that a simple message cannot bring them. */
  private static final Set<String> SET_BY_SES =
      Set.of(
          "bcc",
          "cc",
          "content-disposition",
          "content-type",
          "date",
          "from",
          "message-id",
          "mime-version",
          "reply-to",
          "return-path",
          "subject",
          "to");

  private record Refusal(Predicate<String> recipient, AwsException error) {}

  private record Return(Predicate<String> recipient, Returned how, Duration after) {}

  /**
   * What becomes of a mail after it was taken.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html">Mailbox
   *     simulator</a>, whose addresses do the same here: {@code bounce@simulator.amazonses.com} and
   *     {@code complaint@simulator.amazonses.com}, also with a label after a plus
   */
  public enum Returned {
    /** It comes back for good. */
    BOUNCE("bounce"),
    /** It was delivered, and its reader reports it as spam. */
    COMPLAINT("complaint"),
    /** It comes back for the moment, or a note says that its reader is out of office. */
    TRANSIENT("bounce");

    /** What the configuration set calls it. */
    final String type;

    Returned(String type) {
      this.type = type;
    }
  }

  private final InstantSource clock;
  private final @Nullable MailEvents events;
  private final ObjectMapper json = new ObjectMapper();
  private final List<Mail> mails = new CopyOnWriteArrayList<>();
  private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
  private final List<Return> returns = new CopyOnWriteArrayList<>();

  /**
   * A mail system where every configuration set exists and none tells anybody what became of mails.
   *
   * @param clock what mails are dated by
   */
  public LocalSes(InstantSource clock) {
    this(clock, null);
  }

  private LocalSes(InstantSource clock, @Nullable MailEvents events) {
    this.clock = clock;
    this.events = events;
  }

  /** The mail system of a stack: with its configuration sets, and whom they tell. */
  public static LocalSes of(Template template, Agenda clock, Place place, LocalEventBus bus) {
    return new LocalSes(clock, new MailEvents(template, place, clock, bus));
  }

  /** All mails that were taken, oldest first. */
  public List<Mail> mails() {
    return List.copyOf(mails);
  }

  /**
   * From now on, a mail to such a recipient is refused as a whole, as SES would.
   *
   * @param recipient a bare address, as sent
   * @param error what is answered: {@code MessageRejected}, {@code TooManyRequestsException}, …
   * @return what ends it
   */
  public Runnable refuse(Predicate<String> recipient, AwsException error) {
    var refusal = new Refusal(recipient, error);
    refusals.add(refusal);
    return () -> refusals.remove(refusal);
  }

  /**
   * From now on, this becomes of each mail to such a recipient.
   *
   * @param recipient a bare address, as sent
   * @param after how long after it was taken
   * @return what ends it
   */
  public Runnable returns(Predicate<String> recipient, Returned how, Duration after) {
    var each = new Return(recipient, how, after);
    returns.add(each);
    return () -> returns.remove(each);
  }

  /** The service's wire protocol, to be mounted where paths hold {@code /v2/email}. */
  public HttpHandler api() {
    return this::answer;
  }

  /** The mailbox as a page and as JSON, to be mounted at {@code /_local/mail}. */
  public HttpHandler mailbox() {
    return new Mailbox(this::mails);
  }

  /**
   * Carries out one operation.
   *
   * @param path from {@code /v2/email} on
   * @throws AwsException as SES would answer
   */
  public JsonNode handle(String method, String path, JsonNode input) {
    return switch (method + " " + path) {
      case "POST /v2/email/outbound-emails" ->
          json.createObjectNode().put("MessageId", send(input).messageId());
      case "GET /v2/email/account" -> account();
      default ->
          throw new AwsException(
              "UnknownOperationException",
              404,
              "the local SES does not know %s %s".formatted(method, path));
    };
  }

  private ObjectNode account() {
    var account =
        json.createObjectNode()
            .put("ProductionAccessEnabled", true)
            .put("SendingEnabled", true)
            .put("EnforcementStatus", "HEALTHY");
    account
        .putObject("SendQuota")
        .put("Max24HourSend", 50_000.0)
        .put("MaxSendRate", 14.0)
        .put("SentLast24Hours", (double) mails.size());
    return account;
  }

  private Mail send(JsonNode input) {
    var content = input.path("Content");
    var simple = content.path("Simple");
    var raw = content.path("Raw");
    long kinds = Stream.of("Simple", "Raw", "Template").filter(content::hasNonNull).count();
    if (kinds != 1) {
      throw invalid("Content must have exactly one of Simple, Raw and Template");
    }
    if (content.hasNonNull("Template")) {
      throw invalid("the local SES has no templates");
    }
    var now = clock.instant();
    var id = messageId(now);
    var mail = simple.isObject() ? simple(input, simple, id, now) : raw(input, raw, id, now);
    for (var refusal : refusals) {
      if (mail.recipients().stream().anyMatch(refusal.recipient())) {
        throw refusal.error();
      }
    }
    var set = text(input, "ConfigurationSetName");
    if (set != null && events != null) {
      events.requireSet(set);
    }
    mails.add(mail);
    if (set != null && events != null) {
      for (var recipient : mail.recipients()) {
        becomes(recipient)
            .ifPresent(
                each -> events.tellAt(now.plus(each.after()), mail, recipient, set, each.how()));
      }
    }
    return mail;
  }

  private Optional<Return> becomes(String recipient) {
    var address = recipient.toLowerCase(Locale.ROOT);
    if (address.endsWith("@simulator.amazonses.com")) {
      return switch (address.split("[+@]", 2)[0]) {
        case "bounce" -> Optional.of(new Return(any -> true, Returned.BOUNCE, Duration.ZERO));
        case "complaint" -> Optional.of(new Return(any -> true, Returned.COMPLAINT, Duration.ZERO));
        default -> Optional.empty();
      };
    }
    return returns.stream().filter(each -> each.recipient().test(recipient)).findFirst();
  }

  private static Mail simple(JsonNode input, JsonNode simple, String id, Instant now) {
    var from = text(input, "FromEmailAddress");
    if (from == null) {
      throw invalid("FromEmailAddress is missing");
    }
    Address.check(from);
    var destination = input.path("Destination");
    var to = addresses(destination, "ToAddresses");
    var cc = addresses(destination, "CcAddresses");
    var bcc = addresses(destination, "BccAddresses");
    var replyTo = addresses(input, "ReplyToAddresses");
    checkRecipients(to.size() + cc.size() + bcc.size());

    var subject = content(simple.path("Subject"), "Subject");
    if (subject.chars().anyMatch(Character::isISOControl)) {
      throw invalid("Subject contains a control character");
    }
    var body = simple.path("Body");
    boolean hasText = body.hasNonNull("Text");
    boolean hasHtml = body.hasNonNull("Html");
    if (!hasText && !hasHtml) {
      throw invalid("Body must have Text, Html or both");
    }
    var headers = new ArrayList<Header>();
    headers.add(new Header("From", from));
    addList(headers, "Reply-To", replyTo);
    addList(headers, "To", to);
    addList(headers, "Cc", cc);
    headers.add(new Header("Subject", EncodedWords.encoded(subject)));
    headers.addAll(given(simple.path("Headers")));
    headers.addAll(setBySes(id, now));
    headers.add(new Header("MIME-Version", "1.0"));
    return new Mail(
        id,
        now,
        from,
        to,
        cc,
        bcc,
        EncodedWords.decoded(subject),
        hasText ? content(body.path("Text"), "Text") : "",
        hasHtml ? content(body.path("Html"), "Html") : "",
        headers,
        tags(input));
  }

  private static Mail raw(JsonNode input, JsonNode raw, String id, Instant now) {
    var data = text(raw, "Data");
    if (data == null) {
      throw invalid("Raw.Data is missing");
    }
    Mime message;
    try {
      message = Mime.parse(Base64.getDecoder().decode(data));
    } catch (IllegalArgumentException notBase64) {
      throw invalid("Raw.Data is not proper base64");
    }
    var given = text(input, "FromEmailAddress");
    var from = given == null ? message.header("From").orElse("") : given;
    Address.check(from);
    var destination = input.path("Destination");
    var to = addresses(destination, "ToAddresses");
    var cc = addresses(destination, "CcAddresses");
    var bcc = addresses(destination, "BccAddresses");
    if (to.isEmpty() && cc.isEmpty() && bcc.isEmpty()) {
      to = checked(message, "To");
      cc = checked(message, "Cc");
      bcc = checked(message, "Bcc");
    }
    checkRecipients(to.size() + cc.size() + bcc.size());
    var headers = new ArrayList<Header>();
    for (var header : message.headers()) {
      var name = header.name().toLowerCase(Locale.ROOT);
      if (!Set.of("message-id", "date", "bcc", "return-path").contains(name)) {
        headers.add(header);
      }
    }
    headers.addAll(setBySes(id, now));
    return new Mail(
        id,
        now,
        EncodedWords.decoded(from),
        to,
        cc,
        bcc,
        EncodedWords.decoded(message.header("Subject").orElse("")),
        message.text(),
        message.html(),
        headers,
        tags(input));
  }

  private static List<Header> setBySes(String id, Instant now) {
    return List.of(
        new Header("Message-ID", "<" + id + "@eu-central-1.amazonses.com>"),
        new Header(
            "Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC))));
  }

  private static List<Header> given(JsonNode list) {
    var headers = new ArrayList<Header>();
    for (var header : list) {
      var name = text(header, "Name");
      var value = text(header, "Value");
      if (name == null || !name.matches("[!-9;-~]{1,126}")) {
        throw invalid(
            "Header name <%s> must be 1 to 126 printable ASCII characters without colon"
                .formatted(name));
      }
      if (value == null || !value.matches("[ -~]{1,995}") || name.length() + value.length() > 996) {
        throw invalid(
            "Header value of <%s> must be 1 to 995 printable ASCII characters, 996 with the name"
                .formatted(name));
      }
      if (SET_BY_SES.contains(name.toLowerCase(Locale.ROOT))) {
        throw invalid("Header <%s> is set by SES and cannot be given".formatted(name));
      }
      if (headers.stream().anyMatch(other -> other.name().equalsIgnoreCase(name))) {
        throw invalid("Header <%s> is given twice".formatted(name));
      }
      headers.add(new Header(name, value));
    }
    if (headers.size() > MOST_HEADERS) {
      throw invalid("at most %d headers can be given".formatted(MOST_HEADERS));
    }
    return headers;
  }

  private static Map<String, String> tags(JsonNode input) {
    var tags = new LinkedHashMap<String, String>();
    for (var tag : input.path("EmailTags")) {
      var name = text(tag, "Name");
      var value = text(tag, "Value");
      var allowed = "[A-Za-z0-9_-]{1,256}";
      if (name == null || value == null || !name.matches(allowed) || !value.matches(allowed)) {
        throw invalid(
            "Email tag <%s=%s> may have ASCII letters, digits, _ and - only, 1 to 256 of them"
                .formatted(name, value));
      }
      if (tags.put(name, value) != null) {
        throw invalid("Email tag <%s> is given twice".formatted(name));
      }
    }
    return tags;
  }

  /** A subject or body: characters beyond ASCII need a character set to be named. */
  private static String content(JsonNode content, String field) {
    var data = text(content, "Data");
    if (data == null) {
      throw invalid(field + ".Data is missing");
    }
    if (text(content, "Charset") == null && !US_ASCII.newEncoder().canEncode(data)) {
      throw invalid(field + " has characters beyond ASCII and names no Charset");
    }
    return data;
  }

  private static List<String> addresses(JsonNode node, String field) {
    var addresses = new ArrayList<String>();
    node.path(field).forEach(address -> addresses.add(address.asText()));
    addresses.forEach(Address::check);
    return addresses;
  }

  private static List<String> checked(Mime message, String header) {
    var addresses = Address.split(message.header(header).orElse(""));
    addresses.forEach(Address::check);
    return addresses;
  }

  private static void checkRecipients(int count) {
    if (count == 0) {
      throw invalid("a mail needs at least one recipient");
    }
    if (count > MOST_RECIPIENTS) {
      throw invalid("Recipient count exceeds %d.".formatted(MOST_RECIPIENTS));
    }
  }

  private static void addList(List<Header> headers, String name, List<String> addresses) {
    if (!addresses.isEmpty()) {
      headers.add(new Header(name, String.join(", ", addresses)));
    }
  }

  /** In the shape of the real ones: region, time, something random, the number of the try. */
  private static String messageId(Instant now) {
    return "0107%012x-%s-000000".formatted(now.toEpochMilli(), UUID.randomUUID());
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = 200;
      JsonNode answer;
      try {
        var path = exchange.getRequestURI().getPath();
        int start = path.indexOf("/v2/email");
        answer =
            handle(
                exchange.getRequestMethod(),
                start < 0 ? path : path.substring(start),
                input(exchange));
      } catch (AwsException refused) {
        status = refused.status();
        answer = json.createObjectNode().put("message", refused.getMessage());
        exchange.getResponseHeaders().set("x-amzn-ErrorType", refused.type());
      }
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
      var bytes = answer.toString().getBytes(UTF_8);
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private JsonNode input(HttpExchange exchange) throws IOException {
    var body = exchange.getRequestBody().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      throw invalid("Message length is more than %d bytes long".formatted(LARGEST));
    }
    if (body.length == 0) {
      return json.createObjectNode();
    }
    try {
      return json.readTree(body);
    } catch (IOException notJson) {
      throw new AwsException("SerializationException", 400, "the request is not JSON");
    }
  }

  private static @Nullable String text(JsonNode node, String field) {
    return node.hasNonNull(field) ? node.get(field).asText() : null;
  }

  private static AwsException invalid(String message) {
    return new AwsException("BadRequestException", 400, message);
  }
}
