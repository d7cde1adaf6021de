package dev.daypass.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.local.ses.LocalSes;
import dev.daypass.local.template.Place;
import dev.daypass.store.LocalTables;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.sesv2.SesV2Client;

/** What comes over the short way is what comes over HTTP. */
class ShortWayTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final LocalSes SES = new LocalSes(TABLES.timeline());
  private static DynamoDbClient direct;
  private static DynamoDbClient overHttp;

  @BeforeAll
  static void open() {
    TABLES.aws().path("/v2/email", SES.api());
    direct = client(way());
    overHttp = client(UrlConnectionHttpClient.builder());
  }

  private static DynamoDbClient client(SdkHttpClient.Builder<?> way) {
    return DynamoDbClient.builder()
        .endpointOverride(TABLES.awsUrl())
        .region(Region.of(Place.LOCAL.region()))
        .credentialsProvider(LocalTables.credentials())
        .httpClientBuilder(way)
        .build();
  }

  private static ShortWay.Builder way() {
    return new ShortWay.Builder(TABLES.aws(), UrlConnectionHttpClient.builder());
  }

  @AfterAll
  static void close() {
    direct.close();
    overHttp.close();
  }

  @Test
  void whatIsWrittenOnOneWayIsReadOnBoth() {
    var item = Map.of("id", AttributeValue.fromS("ü"), "note", AttributeValue.fromS("größer"));
    direct.putItem(put -> put.tableName(TABLES.name("requests")).item(item));

    var answers =
        Stream.of(direct, overHttp)
            .map(
                client ->
                    client.getItem(
                        get ->
                            get.tableName(TABLES.name("requests"))
                                .key(Map.of("id", AttributeValue.fromS("ü")))))
            .toList();

    assertThat(answers).allSatisfy(answer -> assertThat(answer.item()).isEqualTo(item));
    assertThat(answers)
        .extracting(answer -> answer.responseMetadata().requestId())
        .doesNotContain("UNKNOWN")
        .doesNotHaveDuplicates();
  }

  @Test
  void aRefusalIsTheSameOnBothWays() {
    assertThat(refusal(direct)).isEqualTo(refusal(overHttp));
  }

  private static String refusal(DynamoDbClient client) {
    var refused =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.deleteItem(
                    delete ->
                        delete
                            .tableName(TABLES.name("requests"))
                            .key(Map.of("id", AttributeValue.fromS("nothing")))
                            .conditionExpression("attribute_exists(id)")));
    return refused.statusCode() + " " + refused.awsErrorDetails().errorMessage();
  }

  @Test
  void whatHasNoTargetGoesOverHttp() {
    try (var mail =
        SesV2Client.builder()
            .endpointOverride(TABLES.awsUrl())
            .region(Region.of(Place.LOCAL.region()))
            .credentialsProvider(LocalTables.credentials())
            .httpClientBuilder(way())
            .build()) {
      mail.sendEmail(
          send ->
              send.fromEmailAddress("daypass@example.com")
                  .destination(to -> to.toAddresses("amara.okafor@example.com"))
                  .content(
                      content ->
                          content.simple(
                              simple ->
                                  simple
                                      .subject(text -> text.data("any subject"))
                                      .body(body -> body.text(text -> text.data("any text"))))));
    }
    assertThat(SES.mails()).hasSize(1);
  }
}
