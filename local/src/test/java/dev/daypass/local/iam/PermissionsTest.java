package dev.daypass.local.iam;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sfn.SfnClient;

/** What functions may call, by the policies of a small template. */
class PermissionsTest {
  private static final String POLICIES =
      """
      - Statement:
          - {Effect: Allow, Action: [dynamodb:GetItem, dynamodb:Batch*], Resource: !GetAtt Notes.Arn}
          - {Effect: Allow, Action: dynamodb:Query, Resource: !Sub "${Notes.Arn}/index/by-day"}
          - {Effect: Allow, Action: dynamodb:PutItem, Resource: [!GetAtt Notes.Arn, !GetAtt Tags.Arn]}
          - Effect: Allow
            Action: dynamodb:GetItem
            Resource: !GetAtt Tags.Arn
            Condition: {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["red#*", blue]}}
          - {Effect: Allow, Action: states:SendTaskSuccess, Resource: "*"}
          - {Effect: Allow, Action: s3:PutObject, Resource: !Sub "${Files.Arn}/*"}
          - Effect: Allow
            Action: secretsmanager:GetSecretValue
            Resource: !Sub arn:aws:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:notes/*
          - Effect: Allow
            Action: ses:SendEmail
            Resource: "*"
            Condition: {StringEquals: {"ses:FromAddress": notes@example.com}}
      """;

  @TempDir Path folder;

  private Permissions permissions(String policies) {
    return new Permissions(template(policies), Place.LOCAL);
  }

  private Template template(String policies) {
    var yaml =
        """
        Resources:
          Notes:
            Type: AWS::DynamoDB::Table
            Properties: {TableName: notes}
          Files:
            Type: AWS::S3::Bucket
          Tags:
            Type: AWS::DynamoDB::Table
            Properties:
              TableName: tags
              KeySchema: [{AttributeName: tag, KeyType: HASH}, {AttributeName: day, KeyType: RANGE}]
          Keep:
            Type: AWS::Serverless::Function
            Properties:
              Runtime: java25
              Handler: any.Handler
              Policies:
        """
            + policies.indent(8);
    try {
      var file = Files.writeString(folder.resolve("template.yaml"), yaml);
      return TemplateFile.read(file).resolve(Map.of(), Place.LOCAL);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static AwsEndpoint.Call call(String key, String operation, String input) {
    try {
      return new AwsEndpoint.Call(
          key, operation, new JsonMapper().readTree(input.replace('\'', '"')));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void assertAllowed(String operation, String input) {
    assertThatCode(() -> permissions(POLICIES).check(call("Keep", operation, input)))
        .doesNotThrowAnyException();
  }

  private void assertDenied(String operation, String input, String action, String resource) {
    assertThatThrownBy(() -> permissions(POLICIES).check(call("Keep", operation, input)))
        .isInstanceOfSatisfying(
            AwsException.class,
            denied -> assertThat(denied.type()).isEqualTo("AccessDeniedException"))
        .hasMessageContaining("not authorized to perform: " + action + " on resource: " + resource);
  }

  @Test
  void allowsWhatAStatementNames() {
    assertAllowed("DynamoDB_20120810.GetItem", "{'TableName': 'notes'}");
    assertAllowed("AWSStepFunctions.SendTaskSuccess", "{'taskToken': 'any'}");
  }

  @Test
  void deniesAnotherActionAndAnotherTable() {
    assertDenied(
        "DynamoDB_20120810.DeleteItem",
        "{'TableName': 'notes'}",
        "dynamodb:DeleteItem",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/notes");
    assertDenied(
        "DynamoDB_20120810.GetItem",
        "{'TableName': 'tags'}",
        "dynamodb:GetItem",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/tags");
    assertDenied(
        "AWSStepFunctions.StartExecution",
        "{'stateMachineArn': 'arn:any'}",
        "states:StartExecution",
        "arn:any");
  }

  @Test
  void tellsWhatIsDoneToAFileByTheMethod() {
    assertAllowed("PUT /daypass-files/r-1/hash", "{}");
    for (var call :
        Map.of("GET", "s3:GetObject", "DELETE", "s3:DeleteObject", "POST", "s3:*").entrySet()) {
      assertThatThrownBy(
              () ->
                  permissions(POLICIES)
                      .check(call("Keep", call.getKey() + " /daypass-files/r-1/hash", "{}")))
          .isInstanceOfSatisfying(
              AwsException.class,
              denied -> {
                assertThat(denied.type()).isEqualTo("AccessDenied");
                assertThat(denied.status()).isEqualTo(403);
              })
          .hasMessageContaining(
              "perform: " + call.getValue() + " on resource: arn:aws:s3:::daypass-files/r-1/hash");
    }
    assertDenied("PUT /another/r-1/hash", "{}", "PUT /another/r-1/hash", "*");
  }

  @Test
  void tellsAnIndexFromItsTable() {
    assertAllowed("DynamoDB_20120810.Query", "{'TableName': 'notes', 'IndexName': 'by-day'}");
    assertDenied(
        "DynamoDB_20120810.Query",
        "{'TableName': 'notes'}",
        "dynamodb:Query",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/notes because");
  }

  @Test
  void letsItemsBeReadWhoseKeysAStatementNames() {
    for (var tag : new String[] {"red#", "red#4", "blue"}) {
      assertAllowed(
          "DynamoDB_20120810.GetItem",
          "{'TableName': 'tags', 'Key': {'day': {'S': 'any'}, 'tag': {'S': '" + tag + "'}}}");
    }
    for (var key :
        new String[] {
          "{'tag': {'S': 'green'}}", "{'tag': {'S': 'blue#4'}}", "{'day': {'S': 'blue'}}", "{}"
        }) {
      assertDenied(
          "DynamoDB_20120810.GetItem",
          "{'TableName': 'tags', 'Key': " + key + "}",
          "dynamodb:GetItem",
          "arn:aws:dynamodb:eu-central-1:000000000000:table/tags");
    }
  }

  @Test
  void asksForEachTableOfABatchAndEachItemOfATransaction() {
    assertAllowed("DynamoDB_20120810.BatchGetItem", "{'RequestItems': {'notes': {}}}");
    assertDenied(
        "DynamoDB_20120810.BatchGetItem",
        "{'RequestItems': {'notes': {}, 'tags': {}}}",
        "dynamodb:BatchGetItem",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/tags");
    assertAllowed(
        "DynamoDB_20120810.TransactWriteItems",
        "{'TransactItems': [{'Put': {'TableName': 'notes'}}, {'Put': {'TableName': 'tags'}}]}");
    assertDenied(
        "DynamoDB_20120810.TransactWriteItems",
        "{'TransactItems': [{'Put': {'TableName': 'notes'}}, {'Update': {'TableName': 'notes'}}]}",
        "dynamodb:UpdateItem",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/notes");
    assertDenied(
        "DynamoDB_20120810.TransactWriteItems",
        "{'TransactItems': [{'ConditionCheck': {'TableName': 'notes'}}]}",
        "dynamodb:ConditionCheckItem",
        "arn:aws:dynamodb:eu-central-1:000000000000:table/notes");
  }

  @Test
  void knowsSecretsByTheBeginningOfTheirNames() {
    assertAllowed("secretsmanager.GetSecretValue", "{'SecretId': 'notes/crm'}");
    assertDenied(
        "secretsmanager.GetSecretValue",
        "{'SecretId': 'payroll/crm'}",
        "secretsmanager:GetSecretValue",
        "arn:aws:secretsmanager:eu-central-1:000000000000:secret:payroll/crm");
  }

  @Test
  void letsMailGoOutFromOneSenderOnly() {
    assertAllowed(
        "POST /v2/email/outbound-emails", "{'FromEmailAddress': 'Notes <notes@example.com>'}");
    assertDenied(
        "POST /v2/email/outbound-emails",
        "{'FromEmailAddress': 'boss@example.com'}",
        "ses:SendEmail",
        "arn:aws:ses:eu-central-1:000000000000:identity/boss@example.com");
  }

  @Test
  void letsEverybodyElseDoEverything() {
    assertThatCode(
            () ->
                permissions(POLICIES)
                    .check(
                        call("local", "DynamoDB_20120810.DeleteTable", "{'TableName': 'notes'}")))
        .doesNotThrowAnyException();
  }

  @Test
  void knowsWhoCallsByTheSignature() {
    var sent = new ArrayList<String>();
    try (var server = LocalServer.bind(0)) {
      server.mount(
          "/",
          new AwsEndpoint("")
              .guard(permissions(POLICIES))
              .json("AWSStepFunctions", (operation, input) -> input.deepCopy())
              .path(
                  "/v2/email",
                  exchange -> {
                    sent.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
                    AwsAnswer.json(JsonNodeFactory.instance.objectNode()).send(exchange);
                  }));
      server.start();
      try (var workflow = client(SfnClient.builder(), server);
          var mail = client(SesV2Client.builder(), server)) {
        workflow.sendTaskSuccess(success -> success.taskToken("any").output("{}"));
        assertThatThrownBy(() -> workflow.startExecution(start -> start.stateMachineArn("arn:any")))
            .hasMessageContaining("states:StartExecution");
        mail.sendEmail(email -> email.fromEmailAddress("notes@example.com"));
        assertThatThrownBy(
                () -> mail.sendEmail(email -> email.fromEmailAddress("boss@example.com")))
            .hasMessageContaining("ses:SendEmail");
      }
    }

    assertThat(sent).singleElement().asString().contains("notes@example.com");
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, LocalServer server) {
    return builder
        .endpointOverride(URI.create(server.url()))
        .region(Region.of(Place.LOCAL.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("Keep", "any")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  @Test
  void refusesPoliciesThatItDoesNotUnderstand() {
    for (var policy :
        new String[] {
          "- DynamoDBCrudPolicy: {TableName: !Ref Notes}",
          "- arn:aws:iam::aws:policy/ReadOnlyAccess",
          "- Statement: [{Effect: Deny, Action: any, Resource: any}]",
          "- Statement: [{Effect: Allow, NotAction: any, Resource: any}]",
          "- Statement: [{Effect: Allow, Action: any, Resource: any, Condition: {Bool: {any: 'true'}}}]",
          "- Statement: [{Effect: Allow, Action: any, Resource: any, Condition: {'ForAllValues:StringLike': {any: one}}}]"
        }) {
      assertThatThrownBy(() -> permissions(policy))
          .as(policy)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Keep");
    }
  }
}
