package dev.daypass.local.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.aws.AwsEndpoint;
import dev.daypass.local.aws.AwsException;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Lets each function do what the policies written in the template allow it, and nothing else, so
 * that a missing permission shows before it is deployed. A function calls with its logical id as
 * its access key; whoever calls with another key is an administrator and may do everything.
 *
 * <p>Of IAM, as much as the template uses: statements that allow, wildcards, {@code StringEquals},
 * and {@code ForAllValues:StringLike}, which here never holds where a call has no such value.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public final class Permissions implements AwsEndpoint.Guard {
  private static final Set<String> PARTS =
      Set.of("Sid", "Effect", "Action", "Resource", "Condition");

  private static final String EQUAL = "StringEquals";
  private static final String ALIKE = "ForAllValues:StringLike";

  /** What each method does to a file. */
  private static final Map<String, String> FILE_ACTIONS =
      Map.of("PUT", "s3:PutObject", "GET", "s3:GetObject", "DELETE", "s3:DeleteObject");

  /** What a call wants: one action on one resource. */
  private record Wanted(String action, String resource, Map<String, String> context) {
    Wanted(String action, String resource) {
      this(action, resource, Map.of());
    }
  }

  private record Statement(
      List<Pattern> actions, List<Pattern> resources, Map<String, List<Pattern>> context) {
    boolean allows(Wanted wanted) {
      return matches(actions, wanted.action())
          && matches(resources, wanted.resource())
          && context.entrySet().stream()
              .allMatch(
                  each ->
                      matches(each.getValue(), wanted.context().getOrDefault(each.getKey(), "")));
    }

    private static boolean matches(List<Pattern> patterns, String text) {
      return patterns.stream().anyMatch(each -> each.matcher(text).matches());
    }
  }

  private final Map<String, List<Statement>> byFunction = new TreeMap<>();
  private final List<String> buckets;

  /** The attribute that is the partition key, by the name of the table. */
  private final Map<String, String> partitionKeys = new TreeMap<>();

  private final Place place;

  /**
   * The permissions of the template's functions.
   *
   * @throws IllegalArgumentException naming a policy that is not understood here
   */
  public Permissions(Template template, Place place) {
    this.place = place;
    this.buckets = List.copyOf(template.buckets().values());
    for (var table : template.tables().values()) {
      elements(table.definition().path("KeySchema"))
          .filter(key -> key.path("KeyType").asText().equals("HASH"))
          .forEach(key -> partitionKeys.put(table.name(), key.path("AttributeName").asText()));
    }
    for (var id : template.functions().keySet()) {
      byFunction.put(
          id,
          elements(template.properties(id).path("Policies"))
              .flatMap(policy -> statements(id, policy))
              .toList());
    }
  }

  private static Stream<Statement> statements(String id, JsonNode policy) {
    if (!policy.path("Statement").isArray()) {
      throw new IllegalArgumentException(
          "a policy of " + id + " is no list of statements: " + policy);
    }
    return elements(policy.path("Statement")).map(statement -> statement(id, statement));
  }

  private static Statement statement(String id, JsonNode written) {
    var condition = written.path("Condition");
    boolean understood =
        written.path("Effect").asText().equals("Allow")
            && written.has("Action")
            && written.has("Resource")
            && written.properties().stream().allMatch(part -> PARTS.contains(part.getKey()))
            && condition.properties().stream()
                .allMatch(each -> Set.of(EQUAL, ALIKE).contains(each.getKey()))
            && elements(condition.path(EQUAL)).allMatch(JsonNode::isTextual)
            && elements(condition.path(ALIKE)).allMatch(JsonNode::isArray);
    if (!understood) {
      throw new IllegalArgumentException(
          "a statement of " + id + " is not understood here: " + written);
    }
    var context = new TreeMap<String, List<Pattern>>();
    for (var each : condition.path(EQUAL).properties()) {
      context.put(
          each.getKey(), List.of(Pattern.compile(each.getValue().asText(), Pattern.LITERAL)));
    }
    for (var each : condition.path(ALIKE).properties()) {
      context.put(each.getKey(), patterns(each.getValue()));
    }
    return new Statement(
        patterns(written.path("Action")), patterns(written.path("Resource")), context);
  }

  /** IAM's wildcards: {@code *} for any text, {@code ?} for one character. */
  private static List<Pattern> patterns(JsonNode oneOrMore) {
    var texts = oneOrMore.isArray() ? elements(oneOrMore) : Stream.of(oneOrMore);
    return texts
        .map(JsonNode::asText)
        .map(text -> Pattern.quote(text).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"))
        .map(Pattern::compile)
        .toList();
  }

  @Override
  public void check(AwsEndpoint.Call call) {
    var statements = byFunction.get(call.key());
    if (statements == null) {
      return;
    }
    for (var wanted : wanted(call)) {
      if (statements.stream().noneMatch(each -> each.allows(wanted))) {
        boolean inFiles = wanted.action().startsWith("s3:");
        throw new AwsException(
            inFiles ? "AccessDenied" : "AccessDeniedException",
            inFiles ? 403 : 400,
            "User: %s is not authorized to perform: %s on resource: %s because no identity-based policy allows the %s action"
                .formatted(
                    "arn:aws:sts::%s:assumed-role/%s-%sRole/%s"
                        .formatted(place.account(), place.stack(), call.key(), call.key()),
                    wanted.action(),
                    wanted.resource(),
                    wanted.action()));
      }
    }
  }

  private List<Wanted> wanted(AwsEndpoint.Call call) {
    var operation = call.operation().substring(call.operation().indexOf('.') + 1);
    var input = call.input();
    return switch (call.operation().replaceFirst("\\..*", "")) {
      case "DynamoDB_20120810" -> inTables(operation, input);
      case "AWSStepFunctions" -> List.of(new Wanted("states:" + operation, ofWorkflow(input)));
      case "secretsmanager" ->
          List.of(
              new Wanted(
                  "secretsmanager:" + operation,
                  // Secrets Manager adds a hyphen and six characters to each name.
                  place.arn(
                      "secretsmanager", "secret:" + input.path("SecretId").asText() + "-AbCdEf")));
      case "POST /v2/email/outbound-emails" ->
          List.of(
              new Wanted(
                  "ses:SendEmail",
                  place.arn("ses", "identity/" + address(input)),
                  Map.of("ses:FromAddress", address(input))));
      default -> List.of(inBucket(call.operation()));
    };
  }

  /**
   * A call about a file, by method and path; any other call is what nobody is allowed.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
   *     permissions for S3 operations</a>
   */
  private Wanted inBucket(String operation) {
    var parts = operation.split(" /", 2);
    boolean isFile =
        parts.length == 2 && buckets.stream().anyMatch(name -> parts[1].startsWith(name + "/"));
    return isFile
        ? new Wanted(FILE_ACTIONS.getOrDefault(parts[0], "s3:*"), "arn:aws:s3:::" + parts[1])
        : new Wanted(operation, "*");
  }

  private static String address(JsonNode email) {
    return email.path("FromEmailAddress").asText().replaceFirst("(?s).*<(.*)>.*", "$1");
  }

  /** Sending an answer names no resource, only a task token. */
  private static String ofWorkflow(JsonNode input) {
    return input.path("stateMachineArn").asText(input.path("executionArn").asText("*"));
  }

  /**
   * The actions behind an operation: those on several items need the permission for each.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">IAM
   *     and DynamoDB transactions</a>
   */
  private List<Wanted> inTables(String operation, JsonNode input) {
    return switch (operation) {
      case "BatchGetItem", "BatchWriteItem" ->
          input.path("RequestItems").properties().stream()
              .map(each -> new Wanted("dynamodb:" + operation, table(each.getKey())))
              .toList();
      case "TransactGetItems", "TransactWriteItems" ->
          elements(input.path("TransactItems"))
              .flatMap(item -> item.properties().stream())
              .map(
                  item ->
                      new Wanted(
                          "dynamodb:"
                              + (item.getKey().equals("ConditionCheck")
                                  ? "ConditionCheckItem"
                                  : item.getKey() + "Item"),
                          table(item.getValue().path("TableName").asText())))
              .toList();
      default -> {
        var table = table(input.path("TableName").asText("*"));
        var index = input.path("IndexName");
        yield List.of(
            new Wanted(
                "dynamodb:" + operation,
                index.isTextual() ? table + "/index/" + index.asText() : table,
                leadingKey(input)));
      }
    };
  }

  /**
   * The partition that a call on one item is about.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html">IAM
   *     policy conditions for fine-grained access control</a>
   */
  private Map<String, String> leadingKey(JsonNode input) {
    var key = partitionKeys.getOrDefault(input.path("TableName").asText(), "");
    var value = input.path("Key").path(key).path("S");
    return value.isTextual() ? Map.of("dynamodb:LeadingKeys", value.asText()) : Map.of();
  }

  private String table(String nameOrArn) {
    return nameOrArn.startsWith("arn:") ? nameOrArn : place.arn("dynamodb", "table/" + nameOrArn);
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
