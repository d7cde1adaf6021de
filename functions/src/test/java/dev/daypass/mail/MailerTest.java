package dev.daypass.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** Against a server that speaks the SES v2 wire protocol, as in AWS's API reference, SendEmail. */
class MailerTest {
  private record Answer(int status, String errorType, String body) {}

  private static final Mail MAIL =
      SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(SampleMails.asked("Größe ✓")));

  private final AtomicReference<Answer> answer = new AtomicReference<>();
  private final AtomicReference<String> received = new AtomicReference<>("");

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private HttpServer server;

  @SuppressWarnings("NullAway.Init") // Set before each test.
  private SesV2Client ses;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/email/outbound-emails",
        exchange -> {
          received.set(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          Answer now = answer.get();
          if (!now.errorType().isEmpty()) {
            exchange.getResponseHeaders().add("x-amzn-ErrorType", now.errorType());
          }
          byte[] body = now.body().getBytes(UTF_8);
          exchange.sendResponseHeaders(now.status(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    ses =
        SesV2Client.builder()
            .endpointOverride(URI.create("http://127.0.0.1:" + server.getAddress().getPort()))
            .region(Region.EU_CENTRAL_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
            .httpClient(UrlConnectionHttpClient.create())
            .overrideConfiguration(any -> any.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build();
  }

  @AfterEach
  void stop() {
    ses.close();
    server.stop(0);
  }

  private Delivery send() {
    return new Mailer(ses, "daypass@example.com", null).send(MAIL);
  }

  @Test
  void theWholeMailGoesOut() throws IOException {
    answer.set(new Answer(200, "", "{\"MessageId\":\"m-1\"}"));
    assertThat(send()).isEqualTo(new Delivery.Sent("m-1"));
    JsonNode sent = JsonMapper.builder().build().readTree(received.get());
    assertThat(sent.at("/FromEmailAddress").asText()).isEqualTo("daypass@example.com");
    assertThat(sent.at("/Destination/ToAddresses/0").asText()).isEqualTo("jonas.weber@example.com");
    assertThat(sent.at("/Content/Simple/Subject/Data").asText()).isEqualTo(MAIL.subject());
    assertThat(sent.at("/Content/Simple/Body/Text/Data").asText()).contains("Größe ✓");
    assertThat(sent.at("/Content/Simple/Body/Html/Data").asText()).isEqualTo(MAIL.html());
    assertThat(sent.at("/Content/Simple/Headers").toString())
        .contains("{\"Name\":\"References\",\"Value\":\"<r-7k2m9q@daypass.example.com>\"}");
    assertThat(sent.at("/EmailTags").toString())
        .contains("{\"Name\":\"request\",\"Value\":\"r-7k2m9q\"}")
        .contains("{\"Name\":\"stage\",\"Value\":\"1\"}");
    assertThat(sent.has("ConfigurationSetName")).isFalse();
  }

  @Test
  void aConfigurationSetIsNamedIfThereIsOne() {
    answer.set(new Answer(200, "", "{\"MessageId\":\"m-1\"}"));
    new Mailer(ses, "daypass@example.com", "daypass-mail").send(MAIL);
    assertThat(received.get()).contains("\"ConfigurationSetName\":\"daypass-mail\"");
  }

  @Test
  void whatIsRefusedForGoodIsAValueWithTheReason() {
    answer.set(
        new Answer(400, "MessageRejected", "{\"message\":\"Email address is not verified.\"}"));
    assertThat(send()).isEqualTo(new Delivery.Rejected("Email address is not verified."));
    answer.set(new Answer(400, "BadRequestException", "{\"message\":\"Missing final '@domain'\"}"));
    assertThat(send()).isEqualTo(new Delivery.Rejected("Missing final '@domain'"));
  }

  @Test
  void whatMayWorkLaterIsAFailure() {
    answer.set(new Answer(429, "TooManyRequestsException", "{\"message\":\"slow down\"}"));
    assertThatThrownBy(this::send).isInstanceOf(AwsServiceException.class);
    answer.set(new Answer(400, "SendingPausedException", "{\"message\":\"paused\"}"));
    assertThatThrownBy(this::send).isInstanceOf(AwsServiceException.class);
    answer.set(new Answer(500, "", "{}"));
    assertThatThrownBy(this::send).isInstanceOf(AwsServiceException.class);
    server.stop(0);
    assertThatThrownBy(this::send).isInstanceOf(SdkClientException.class);
  }
}
