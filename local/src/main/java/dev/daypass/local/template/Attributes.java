package dev.daypass.local.template;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Ref} and {@code GetAtt} answer for each type of resource, from the "Return values"
 * part of its CloudFormation page.
 */
final class Attributes {
  /**
   * The label of every stream here. CloudFormation only knows it after the table is made; here the
   * ARN must be known before.
   */
  static final String STREAM_LABEL = "2026-01-01T00:00:00.000";

  /** Types that a local run gives behaviour. */
  static final Set<String> RUN =
      Set.of(
          "AWS::Serverless::Function",
          "AWS::Serverless::HttpApi",
          "AWS::Serverless::StateMachine",
          "AWS::DynamoDB::Table",
          "AWS::S3::Bucket",
          "AWS::SQS::Queue");

  /** Families of types that only exist: they watch, log, permit or keep, and are not run here. */
  private static final Set<String> INERT =
      Set.of(
          "AWS::CloudWatch::",
          "AWS::Cognito::",
          "AWS::Logs::",
          "AWS::SNS::",
          "AWS::IAM::",
          "AWS::KMS::",
          "AWS::SES::",
          "AWS::SSM::",
          "AWS::SQS::QueuePolicy",
          "AWS::SecretsManager::",
          "AWS::Lambda::Permission",
          "AWS::Lambda::Alias",
          "AWS::Lambda::EventSourceMapping",
          "AWS::ApiGatewayV2::Stage",
          "AWS::Events::Rule",
          "AWS::Scheduler::Schedule",
          "AWS::S3::BucketPolicy",
          "AWS::Budgets::",
          "AWS::XRay::",
          "AWS::ResourceGroups::",
          "AWS::ApplicationInsights::");

  private static final Map<String, String> NAME_PROPERTY =
      Map.ofEntries(
          Map.entry("AWS::Serverless::Function", "FunctionName"),
          Map.entry("AWS::Serverless::StateMachine", "Name"),
          Map.entry("AWS::DynamoDB::Table", "TableName"),
          Map.entry("AWS::S3::Bucket", "BucketName"),
          Map.entry("AWS::SQS::Queue", "QueueName"),
          Map.entry("AWS::SNS::Topic", "TopicName"),
          Map.entry("AWS::SES::ConfigurationSet", "Name"),
          Map.entry("AWS::Logs::LogGroup", "LogGroupName"),
          Map.entry("AWS::CloudWatch::Alarm", "AlarmName"),
          Map.entry("AWS::CloudWatch::CompositeAlarm", "AlarmName"),
          Map.entry("AWS::IAM::Role", "RoleName"),
          Map.entry("AWS::SecretsManager::Secret", "Name"));

  private Attributes() {}

  static boolean isKnown(String type) {
    return RUN.contains(type) || INERT.stream().anyMatch(type::startsWith);
  }

  /** The property that names a resource of this type, or null if it has none we know. */
  static @Nullable String nameProperty(String type) {
    return NAME_PROPERTY.get(type);
  }

  /** What {@code Ref} answers. */
  static String ref(String type, String name, Place place) {
    return switch (type) {
      case "AWS::Serverless::StateMachine", "AWS::SNS::Topic", "AWS::SecretsManager::Secret" ->
          arn(type, name, place);
      case "AWS::SQS::Queue" -> queueUrl(name, place);
      default -> name;
    };
  }

  /** What {@code GetAtt} answers, or null if the type has no such attribute. */
  static @Nullable String get(String type, String name, String attribute, Place place) {
    if (attribute.equals("Arn") && !type.equals("AWS::Serverless::HttpApi")) {
      return arn(type, name, place);
    }
    return switch (type + "." + attribute) {
      case "AWS::DynamoDB::Table.StreamArn" -> arn(type, name, place) + "/stream/" + STREAM_LABEL;
      case "AWS::Serverless::StateMachine.Name" -> name;
      case "AWS::Serverless::HttpApi.ApiId" -> name;
      case "AWS::Serverless::HttpApi.ApiEndpoint" ->
          "https://" + name + ".execute-api." + place.region() + ".amazonaws.com";
      case "AWS::SQS::Queue.QueueName" -> name;
      case "AWS::SQS::Queue.QueueUrl" -> queueUrl(name, place);
      case "AWS::SNS::Topic.TopicArn" -> arn(type, name, place);
      case "AWS::SNS::Topic.TopicName" -> name;
      case "AWS::Cognito::UserPool.ProviderURL" ->
          "https://cognito-idp." + place.region() + ".amazonaws.com/" + name;
      // Made with the client; no run here has one.
      case "AWS::Cognito::UserPoolClient.ClientSecret" -> "secret of " + name;
      case "AWS::SecretsManager::Secret.Id" -> arn(type, name, place);
      case "AWS::KMS::Key.KeyId" -> name;
      case "AWS::IAM::Role.RoleId" -> name;
      default -> null;
    };
  }

  private static String queueUrl(String name, Place place) {
    return "https://sqs." + place.region() + ".amazonaws.com/" + place.account() + "/" + name;
  }

  private static String arn(String type, String name, Place place) {
    return switch (type) {
      case "AWS::Serverless::Function" -> place.arn("lambda", "function:" + name);
      case "AWS::Lambda::Alias" -> place.arn("lambda", "function:" + name);
      case "AWS::Serverless::StateMachine" -> place.arn("states", "stateMachine:" + name);
      case "AWS::DynamoDB::Table" -> place.arn("dynamodb", "table/" + name);
      case "AWS::SQS::Queue" -> place.arn("sqs", name);
      case "AWS::SNS::Topic" -> place.arn("sns", name);
      case "AWS::Logs::LogGroup" -> place.arn("logs", "log-group:" + name + ":*");
      case "AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm" ->
          place.arn("cloudwatch", "alarm:" + name);
      case "AWS::IAM::Role" -> "arn:aws:iam::" + place.account() + ":role/" + name;
      case "AWS::SecretsManager::Secret" -> place.arn("secretsmanager", "secret:" + name);
      case "AWS::KMS::Key" -> place.arn("kms", "key/" + name);
      case "AWS::Events::Rule" -> place.arn("events", "rule/" + name);
      case "AWS::SES::ConfigurationSet" -> place.arn("ses", "configuration-set/" + name);
      case "AWS::Scheduler::Schedule" -> place.arn("scheduler", "schedule/default/" + name);
      case "AWS::S3::Bucket" -> "arn:aws:s3:::" + name;
      default ->
          "arn:aws:local:" + place.region() + ":" + place.account() + ":" + type + "/" + name;
    };
  }
}
