package dev.daypass.local.ses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.daypass.local.aws.AwsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.MailFromDomainNotVerifiedException;
import software.amazon.awssdk.services.sesv2.model.Message;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;
import software.amazon.awssdk.services.sesv2.model.MessageTag;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SesV2Exception;
import software.amazon.awssdk.services.sesv2.model.TooManyRequestsException;

class LocalSesTest {
  private static final String ANNA = "anna@example.com";
  private static final String BEN = "ben@example.com";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T09:00:00.250Z"));
  private final LocalSes ses = new LocalSes(now::get);
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private HttpServer server;
  private SesV2Client client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/_local/aws/v2/email", ses.api());
    server.createContext("/_local/mail", ses.mailbox());
    server.start();
    client =
        SesV2Client.builder()
            .endpointOverride(URI.create(address("/_local/aws")))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(config -> config.retryStrategy(retry -> retry.maxAttempts(1)))
            .build();
  }

  @AfterEach
  void stop() {
    client.close();
    http.close();
    server.stop(0);
  }

  // Sending

  @Test
  void keepsASimpleMailAsItsRecipientsGetIt() {
    var id =
        client
            .sendEmail(
                simple(
                    request ->
                        request
                            .replyToAddresses("help@example.com")
                            .emailTags(tag("request", "r_1-2")),
                    message -> message.headers(header("References", "<root@daypass>"))))
            .messageId();

    assertThat(ses.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.messageId()).isEqualTo(id).matches("[0-9a-f]{16}-[0-9a-f-]{36}-0{6}");
              assertThat(mail.at()).isEqualTo(now.get());
              assertThat(mail.from()).isEqualTo("Daypass <daypass@example.com>");
              assertThat(mail.to()).containsExactly(ANNA);
              assertThat(mail.subject()).isEqualTo("Ben möchte Zugriff");
              assertThat(mail.text()).isEqualTo("Grüße");
              assertThat(mail.html()).isEqualTo("<p>Grüße</p>");
              assertThat(mail.tags()).containsEntry("request", "r_1-2");
              assertThat(mail.headers())
                  .contains(
                      new Mail.Header("From", "Daypass <daypass@example.com>"),
                      new Mail.Header("To", ANNA),
                      new Mail.Header("Reply-To", "help@example.com"),
                      new Mail.Header("References", "<root@daypass>"),
                      new Mail.Header("Message-ID", "<" + id + "@eu-central-1.amazonses.com>"),
                      new Mail.Header("Date", "Sun, 22 Nov 2026 09:00:00 GMT"));
              assertThat(mail.headers())
                  .filteredOn(header -> header.name().equals("Subject"))
                  .singleElement()
                  .satisfies(
                      subject -> {
                        assertThat(subject.value()).matches("\\p{ASCII}+");
                        assertThat(EncodedWords.decoded(subject.value()))
                            .isEqualTo("Ben möchte Zugriff");
                      });
            });
  }

  @Test
  void everyMailHasItsOwnIdEvenIfItIsTheSameMail() {
    var first = client.sendEmail(simple()).messageId();
    assertThat(client.sendEmail(simple()).messageId()).isNotEqualTo(first);
    assertThat(ses.mails()).hasSize(2);
  }

  @Test
  void readsARawMailPartByPart() {
    var raw =
        """
        From: =?UTF-8?Q?J=C3=BCrgen?= <juergen@example.com>
        To: Anna <anna@example.com>,
         "Ben, B." <ben@example.com>
        Cc: cc@example.com
        Bcc: bcc@example.com
        Subject: =?UTF-8?B?R3LDvMOf?= =?UTF-8?B?ZQ==?= =?iso-8859-1?q?_=FCber?=
        Message-ID: <mine@example.com>
        Date: Sat, 1 Jan 2000 00:00:00 +0000
        X-Mine: kept
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="outer \\"1\\""

        This is a preamble.
        --outer "1"
        Content-Type: multipart/alternative; boundary=inner

        --inner
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe, ein=
         langer Satz =3D lang
        --inner
        Content-Type: text/html; charset="utf-8"
        Content-Transfer-Encoding: base64

        PHA+R3LDvMOf
        ZTwvcD4=
        --inner--
        --outer "1"
        Content-Type: text/plain
        Content-Disposition: attachment; filename=a.txt

        not this
        --outer "1"--
        """;
    client.sendEmail(
        request -> request.content(content -> content.raw(message -> message.data(bytes(raw)))));

    assertThat(ses.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.from()).isEqualTo("Jürgen <juergen@example.com>");
              assertThat(mail.to())
                  .containsExactly("Anna <anna@example.com>", "\"Ben, B.\" <ben@example.com>");
              assertThat(mail.recipients())
                  .containsExactly(ANNA, BEN, "cc@example.com", "bcc@example.com");
              assertThat(mail.subject()).isEqualTo("Grüße über");
              assertThat(mail.text()).isEqualTo("Grüße, ein langer Satz = lang");
              assertThat(mail.html()).isEqualTo("<p>Grüße</p>");
              assertThat(mail.headers())
                  .contains(
                      new Mail.Header("X-Mine", "kept"),
                      new Mail.Header("Date", "Sun, 22 Nov 2026 09:00:00 GMT"))
                  .noneMatch(header -> header.value().contains("mine@example.com"))
                  .noneMatch(header -> header.name().equals("Bcc"));
            });
  }

  @Test
  void takesTheRecipientsOfARawMailFromTheCallIfItNamesThem() {
    client.sendEmail(
        request ->
            request
                .fromEmailAddress("daypass@example.com")
                .destination(to -> to.toAddresses(BEN))
                .content(
                    content ->
                        content.raw(
                            message ->
                                message.data(bytes("To: anna@example.com\r\n\r\nHello\r\n")))));
    assertThat(ses.mails())
        .singleElement()
        .satisfies(
            mail -> {
              assertThat(mail.recipients()).containsExactly(BEN);
              assertThat(mail.text()).isEqualTo("Hello\n");
            });
  }

  @Test
  void tellsTheStateOfTheAccount() {
    var account = client.getAccount(request -> {});
    assertThat(account.sendingEnabled()).isTrue();
    assertThat(account.sendQuota().sentLast24Hours()).isEqualTo(0.0);
  }

  @Test
  void namesAnOperationItDoesNotKnow() {
    assertThatThrownBy(() -> client.listEmailIdentities(request -> {}))
        .isInstanceOf(SesV2Exception.class)
        .hasMessageContaining("GET /v2/email/identities");
  }

  // Refusing

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nobody",
        "@example.com",
        "a@",
        "a b@example.com",
        "a@exa mple.com",
        "a@-example.com",
        "jürgen@example.com",
        "Jürgen <j@example.com>",
        "a@example.com\r\nBcc: x@example.com",
        "",
        "<>"
      })
  void refusesWhatIsNoAddress(String address) {
    for (var request :
        List.of(
            simple(any -> any.destination(to -> to.toAddresses(address)), any -> {}),
            simple(any -> any.destination(to -> to.ccAddresses(address)), any -> {}),
            simple(any -> any.fromEmailAddress(address), any -> {}),
            simple(any -> any.replyToAddresses(address), any -> {}))) {
      assertThatThrownBy(() -> client.sendEmail(request)).isInstanceOf(BadRequestException.class);
    }
    assertThat(ses.mails()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a@example.com",
        "Anna A. <a+b@mail.example.co.uk>",
        "=?UTF-8?Q?J=C3=BCrgen?= <o'neil@example.com>",
        "\"A, B\" <a@localhost>"
      })
  void takesWhatIsAnAddress(String address) {
    client.sendEmail(simple(any -> any.destination(to -> to.toAddresses(address)), any -> {}));
    assertThat(ses.mails()).hasSize(1);
  }

  @Test
  void refusesAMailForNobodyAndForTooMany() {
    refuses(simple(any -> any.destination(to -> {}), any -> {}), "at least one recipient");
    var many = new ArrayList<String>();
    for (int i = 0; i < 51; i++) {
      many.add("a%d@example.com".formatted(i));
    }
    refuses(
        simple(any -> any.destination(to -> to.toAddresses(many)), any -> {}),
        "Recipient count exceeds 50");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "X-A|ümlaut|printable ASCII",
        "X-A|'a\nBcc: x@example.com'|printable ASCII",
        "X-A|''|printable ASCII",
        "X A|a|without colon",
        "X:A|a|without colon",
        "Message-ID|<a@b>|set by SES",
        "date|x|set by SES",
        "Bcc|a@b.example|set by SES",
        "Content-Type|text/plain|set by SES"
      })
  void refusesAHeaderThatCannotTravel(String name, String value, String why) {
    refuses(simple(any -> {}, message -> message.headers(header(name, value))), why);
  }

  @Test
  void refusesTooManyTooLongAndDoubledHeaders() {
    var headers = new ArrayList<MessageHeader>();
    for (int i = 0; i < 16; i++) {
      headers.add(header("X-" + i, "a"));
    }
    refuses(simple(any -> {}, message -> message.headers(headers)), "at most 15 headers");
    refuses(
        simple(any -> {}, message -> message.headers(header("X-A", "a".repeat(994)))),
        "996 with the name");
    refuses(
        simple(any -> {}, message -> message.headers(header("X-A", "a"), header("x-a", "b"))),
        "given twice");
  }

  @Test
  void refusesASubjectThatBreaksOutAndTextWithoutCharset() {
    refuses(
        simple(
            any -> {}, message -> message.subject(subject -> subject.data("a\nBcc: b@c.example"))),
        "control character");
    refuses(
        simple(any -> {}, message -> message.subject(subject -> subject.data("Grüße"))), "Charset");
    refuses(
        simple(any -> {}, message -> message.body(body -> body.text(text -> text.data("Grüße")))),
        "Charset");
    refuses(simple(any -> {}, message -> message.body(body -> {})), "Text, Html or both");
  }

  @ParameterizedTest
  @CsvSource({"'a b',c", "a,'c:d'", "ä,c", "'',c", "a,''"})
  void refusesATagThatIsNoTag(String name, String value) {
    refuses(simple(any -> any.emailTags(tag(name, value)), any -> {}), "Email tag");
  }

  @Test
  void refusesARawMailThatIsNone() {
    for (var raw : new String[] {"", "\n\nbody only", "no colon here\n\nbody"}) {
      assertThatThrownBy(
              () ->
                  client.sendEmail(
                      request ->
                          request
                              .fromEmailAddress(ANNA)
                              .destination(to -> to.toAddresses(BEN))
                              .content(
                                  content -> content.raw(message -> message.data(bytes(raw))))))
          .isInstanceOf(BadRequestException.class);
    }
  }

  @Test
  void refusesWhomItIsToldToRefuseUntilToldOtherwise() {
    var errors =
        List.of(
            MessageRejectedException.class,
            TooManyRequestsException.class,
            MailFromDomainNotVerifiedException.class);
    var wire =
        List.of(
            new AwsException("MessageRejected", 400, "Address is on the suppression list"),
            new AwsException("TooManyRequestsException", 429, "Maximum sending rate exceeded."),
            new AwsException("MailFromDomainNotVerifiedException", 400, "example.com"));
    for (int i = 0; i < errors.size(); i++) {
      var end = ses.refuse(ANNA::equals, wire.get(i));
      assertThatThrownBy(() -> client.sendEmail(simple()))
          .isInstanceOf(errors.get(i))
          .hasMessageContaining(wire.get(i).getMessage());
      client.sendEmail(simple(any -> any.destination(to -> to.toAddresses(BEN)), any -> {}));
      end.run();
    }
    assertThat(ses.mails()).hasSize(3).allSatisfy(mail -> assertThat(mail.isFor(BEN)).isTrue());
    client.sendEmail(simple());
    assertThat(ses.mails()).hasSize(4);
  }

  @Test
  void answersGarbageWithAnError() throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address("/_local/aws/v2/email/outbound-emails")))
                .POST(HttpRequest.BodyPublishers.ofString("{not json"))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("x-amzn-ErrorType")).hasValue("SerializationException");
  }

  // The mailbox

  @Test
  void listsMailsOldestFirstWithTheirLinks() throws Exception {
    var text =
        "First: https://x.example/a?b=c&d=e#f. Then (http://y.example/z), <https://z.example>!"
            + " https://w.example/(a)";
    client.sendEmail(
        simple(any -> {}, message -> message.body(body -> body.text(data -> data.data(text)))));
    now.updateAndGet(instant -> instant.plus(Duration.ofHours(1)));
    client.sendEmail(simple(any -> any.destination(to -> to.toAddresses(ANNA, BEN)), any -> {}));

    var list = mailbox("");
    assertThat(list).hasSize(2);
    assertThat(list.get(0).path("to").asText()).isEqualTo(ANNA);
    assertThat(list.get(0).path("text").asText()).isEqualTo(text);
    assertThat(list.get(0).path("html").asText()).isEmpty();
    assertThat(list.get(0).path("at").asText()).isEqualTo("2026-11-22T09:00:00.250Z");
    assertThat(list.get(0).path("links"))
        .map(JsonNode::asText)
        .containsExactly(
            "https://x.example/a?b=c&d=e#f",
            "http://y.example/z",
            "https://z.example",
            "https://w.example/(a)");
    assertThat(list.get(1).path("to").asText()).isEqualTo(ANNA + ", " + BEN);
    assertThat(list.get(1).path("subject").asText()).isEqualTo("Ben möchte Zugriff");
    assertThat(list.get(1).path("messageId").asText())
        .isEqualTo(list.get(1).path("headers").path("Message-ID").asText())
        .endsWith("@eu-central-1.amazonses.com>");
  }

  @Test
  void showsOnlyTheMailsForOneAddress() throws Exception {
    client.sendEmail(simple());
    client.sendEmail(
        simple(any -> any.destination(to -> to.toAddresses("Ben <Ben+x@example.com>")), any -> {}));
    assertThat(mailbox("?to=ben%2Bx@example.com")).hasSize(1);
    assertThat(mailbox("?to=ben+x@example.com")).hasSize(1);
    assertThat(mailbox("?to=anna@example.com")).hasSize(1);
    assertThat(mailbox("?to=nna@example.com")).isEmpty();
    assertThat(mailbox("?to=")).hasSize(2);
    assertThat(mailbox("?to=%25zz")).isEmpty();
  }

  @Test
  void thePageShowsNewestFirstAndRunsNothingAMailBrings() throws Exception {
    client.sendEmail(
        simple(
            any -> {},
            message ->
                message
                    .subject(subject -> subject.data("<script>alert('s')</script>"))
                    .body(
                        body ->
                            body.text(text -> text.data("\"><script>alert('t')</script>"))
                                .html(html -> html.data("\"><script>alert('h')</script>")))));
    client.sendEmail(simple());

    var answer = page("?to=%22%3E%3Cscript%3E");
    assertThat(answer.body()).doesNotContain("<script").contains("No mail for this address");
    answer = page("");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    assertThat(answer.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(answer.body())
        .doesNotContain("<script")
        .contains("sandbox=\"allow-popups allow-popups-to-escape-sandbox\"")
        .containsSubsequence("Ben möchte Zugriff", "&lt;script&gt;alert(&#39;s&#39;)");
  }

  @Test
  void theEmptyPageSaysWhatItIsFor() throws Exception {
    assertThat(page("").body()).contains("No mail yet");
  }

  private String address(String path) {
    return "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
  }

  private JsonNode mailbox(String query) throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(address("/_local/mail") + query))
                .header("Accept", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return json.readTree(answer.body());
  }

  private HttpResponse<String> page(String query) throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address("/_local/mail") + query))
            .header("Accept", "text/html,*/*")
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private void refuses(SendEmailRequest request, String why) {
    assertThatThrownBy(() -> client.sendEmail(request))
        .isInstanceOf(BadRequestException.class)
        .hasMessageContaining(why);
    assertThat(ses.mails()).isEmpty();
  }

  private static SendEmailRequest simple() {
    return simple(any -> {}, any -> {});
  }

  private static SendEmailRequest simple(
      Consumer<SendEmailRequest.Builder> request, Consumer<Message.Builder> message) {
    var mail =
        Message.builder()
            .subject(subject -> subject.data("Ben möchte Zugriff").charset("UTF-8"))
            .body(
                body ->
                    body.text(text -> text.data("Grüße").charset("UTF-8"))
                        .html(html -> html.data("<p>Grüße</p>").charset("UTF-8")));
    message.accept(mail);
    var call =
        SendEmailRequest.builder()
            .fromEmailAddress("Daypass <daypass@example.com>")
            .destination(to -> to.toAddresses(ANNA))
            .content(content -> content.simple(mail.build()));
    request.accept(call);
    return call.build();
  }

  private static MessageHeader header(String name, String value) {
    return MessageHeader.builder().name(name).value(value).build();
  }

  private static MessageTag tag(String name, String value) {
    return MessageTag.builder().name(name).value(value).build();
  }

  private static SdkBytes bytes(String raw) {
    return SdkBytes.fromUtf8String(raw);
  }
}
