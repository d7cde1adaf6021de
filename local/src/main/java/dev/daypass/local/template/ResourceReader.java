package dev.daypass.local.template;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads what the resources say. A property that would change what happens and is not carried out
 * here is refused by name; those that only concern AWS are listed as such.
 */
final class ResourceReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9_]+)}");

  private static final Set<String> FUNCTION =
      Set.of(
          "FunctionName",
          "Handler",
          "Runtime",
          "Timeout",
          "MemorySize",
          "Environment",
          "Events",
          "AutoPublishAlias");
  private static final Set<String> FUNCTION_IN_AWS =
      Set.of(
          "CodeUri",
          "Architectures",
          "Description",
          "Policies",
          "Role",
          "RolePath",
          "PermissionsBoundary",
          "AssumeRolePolicyDocument",
          "SnapStart",
          "Tracing",
          "LoggingConfig",
          "ReservedConcurrentExecutions",
          "ProvisionedConcurrencyConfig",
          "DeploymentPreference",
          "AutoPublishAliasAllProperties",
          "AutoPublishCodeSha256",
          "EventInvokeConfig",
          "EphemeralStorage",
          "PackageType",
          "KmsKeyArn",
          "RecursiveLoop",
          "RuntimeManagementConfig",
          "PropagateTags",
          "Tags",
          "DeadLetterQueue");
  private static final Set<String> STREAM =
      Set.of(
          "Stream",
          "Enabled",
          "StartingPosition",
          "BatchSize",
          "FunctionResponseTypes",
          "BisectBatchOnFunctionError",
          "MaximumRetryAttempts",
          "MaximumRecordAgeInSeconds",
          "FilterCriteria",
          "DestinationConfig");
  // A window or parallel batches change when records come, not which come or in which order.
  private static final Set<String> STREAM_IN_AWS =
      Set.of(
          "MaximumBatchingWindowInSeconds",
          "ParallelizationFactor",
          "Enabled",
          "MetricsConfig",
          "KmsKeyArn");
  private static final Set<String> HTTP_EVENT =
      Set.of("ApiId", "Path", "Method", "PayloadFormatVersion");
  // Throttling that is written with an event is not carried out here: write it with the API.
  private static final Set<String> HTTP_EVENT_IN_AWS = Set.of("TimeoutInMillis");
  private static final Set<String> SCHEDULE =
      Set.of(
          "Name",
          "Schedule",
          "ScheduleExpression",
          "ScheduleExpressionTimezone",
          "Input",
          "State",
          "Enabled");
  private static final Set<String> SCHEDULE_IN_AWS =
      Set.of(
          "Description",
          "RetryPolicy",
          "DeadLetterConfig",
          "FlexibleTimeWindow",
          "GroupName",
          "KmsKeyArn",
          "PermissionsBoundary",
          "RoleArn",
          "OmitName");
  private static final Set<String> RULE = Set.of("Pattern", "EventBusName", "State");
  private static final Set<String> RULE_IN_AWS =
      Set.of("RuleName", "RetryPolicy", "DeadLetterConfig");
  private static final Set<String> API =
      Set.of("StageName", "Name", "DefaultRouteSettings", "RouteSettings");
  private static final Set<String> API_IN_AWS =
      Set.of(
          "AccessLogSettings",
          "Description",
          "DisableExecuteApiEndpoint",
          "Domain",
          "FailOnWarnings",
          "PropagateTags",
          "Tags");
  private static final Set<String> MACHINE =
      Set.of("Name", "Type", "Definition", "DefinitionUri", "DefinitionSubstitutions");
  private static final Set<String> MACHINE_IN_AWS =
      Set.of(
          "Logging",
          "Policies",
          "Role",
          "RolePath",
          "PermissionsBoundary",
          "Tracing",
          "PropagateTags",
          "Tags");
  private static final Set<String> TABLE =
      Set.of(
          "TableName",
          "AttributeDefinitions",
          "KeySchema",
          "BillingMode",
          "ProvisionedThroughput",
          "GlobalSecondaryIndexes",
          "LocalSecondaryIndexes",
          "StreamSpecification",
          "DeletionProtectionEnabled",
          "TimeToLiveSpecification");
  private static final Set<String> TABLE_IN_AWS =
      Set.of(
          "SSESpecification",
          "PointInTimeRecoverySpecification",
          "ResourcePolicy",
          "ContributorInsightsSpecification",
          "OnDemandThroughput",
          "WarmThroughput",
          "TableClass",
          "Tags");
  private static final Set<String> BUCKET = Set.of("BucketName", "VersioningConfiguration");
  // Who may come in and by which way, and what becomes of files that were replaced.
  private static final Set<String> BUCKET_IN_AWS =
      Set.of(
          "BucketEncryption",
          "LifecycleConfiguration",
          "OwnershipControls",
          "PublicAccessBlockConfiguration",
          "Tags");
  private static final Set<String> INDEX =
      Set.of("IndexName", "KeySchema", "Projection", "ProvisionedThroughput");

  private final Path file;
  private final Map<String, Value.Fields> resources;
  private final Resolver resolver;
  private final Place place;
  private final Collection<Finding> findings;

  private final Map<String, FunctionResource> functions = new LinkedHashMap<>();
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, TableResource> tables = new LinkedHashMap<>();
  private final List<StreamMapping> streams = new ArrayList<>();
  private final List<ScheduleResource> schedules = new ArrayList<>();
  private final List<RuleResource> rules = new ArrayList<>();
  private final Map<String, StateMachineResource> stateMachines = new LinkedHashMap<>();
  private final List<String> queues = new ArrayList<>();
  private final Map<String, String> buckets = new LinkedHashMap<>();
  private final Map<String, ObjectNode> whole = new LinkedHashMap<>();
  private final Map<String, String> inert = new TreeMap<>();
  private String apiId = "none";

  ResourceReader(
      Path file,
      Map<String, Value.Fields> resources,
      Resolver resolver,
      Place place,
      Collection<Finding> findings) {
    this.file = file;
    this.resources = resources;
    this.resolver = resolver;
    this.place = place;
    this.findings = findings;
  }

  Template read(Value.Fields document) {
    resources.forEach(
        (id, resource) -> {
          if (resolver.exists(resource.text("Condition"), resource.line())) {
            read(id, resource);
          }
        });
    var outputs = new LinkedHashMap<String, JsonNode>();
    var written = document.fields("Outputs");
    for (var name : written.values().keySet()) {
      var output = written.fields(name);
      var value = output.get("Value");
      if (value == null) {
        findings.add(new Finding(written.lineOf(name), "the output '" + name + "' has no Value"));
      } else if (resolver.exists(output.text("Condition"), output.line())) {
        outputs.put(name, resolver.resolve(value));
      }
    }
    return new Template(
        functions,
        apiId,
        routes,
        tables,
        streams,
        schedules,
        rules,
        stateMachines,
        queues,
        buckets,
        whole,
        inert,
        outputs);
  }

  private void read(String id, Value.Fields resource) {
    var properties = resource.fields("Properties");
    var type = String.valueOf(resource.text("Type"));
    var resolved = (ObjectNode) resolver.resolve(properties);
    whole.put(id, resolved);
    var name = resolver.physicalName(id, resource.line());
    switch (type) {
      case "AWS::Serverless::Function" -> function(id, name, resource.line(), properties, resolved);
      case "AWS::Serverless::HttpApi" -> api(id, name, properties, resolved);
      case "AWS::Serverless::StateMachine" -> stateMachine(id, name, properties, resolved);
      case "AWS::DynamoDB::Table" -> table(id, name, properties, resolved);
      case "AWS::SQS::Queue" -> queues.add(place.arn("sqs", name));
      case "AWS::S3::Bucket" -> {
        only(id, properties, BUCKET, BUCKET_IN_AWS);
        buckets.put(id, name);
      }
      case "AWS::Lambda::EventSourceMapping", "AWS::Events::Rule", "AWS::Scheduler::Schedule" ->
          wrong(
              resource.line(),
              "'" + id + "' stands alone: here it is run only as an event of a function");
      default -> inert.put(id, type);
    }
  }

  private void function(
      String id, String name, int line, Value.Fields properties, ObjectNode resolved) {
    only(id, properties, FUNCTION, FUNCTION_IN_AWS);
    var runtime = resolved.path("Runtime").asText();
    if (!runtime.startsWith("java")) {
      wrong(
          properties.lineOf("Runtime"),
          "'" + id + "' has the runtime '" + runtime + "': here only Java runs");
    }
    var handler = resolved.path("Handler").asText();
    if (handler.isEmpty()) {
      wrong(line, "'" + id + "' names no Handler");
    }
    if (handler.contains("::")) {
      if (!handler.endsWith("::handleRequest")) {
        wrong(properties.lineOf("Handler"), "'" + handler + "' is not the method handleRequest");
      }
      handler = handler.substring(0, handler.indexOf("::"));
    }
    var environment = new TreeMap<String, String>();
    resolved
        .path("Environment")
        .path("Variables")
        .properties()
        .forEach(variable -> environment.put(variable.getKey(), variable.getValue().asText()));
    var alias = resolved.path("AutoPublishAlias").asText("");
    functions.put(
        id,
        new FunctionResource(
            id,
            name,
            handler,
            Duration.ofSeconds(resolved.path("Timeout").asInt(3)),
            resolved.path("MemorySize").asInt(128),
            environment,
            alias.isEmpty() ? null : alias,
            line));
    var events = properties.fields("Events");
    var invoked = alias.isEmpty() ? name : name + ":" + alias;
    var asynchronous = resolved.path("EventInvokeConfig");
    for (var event : events.values().keySet()) {
      event(id, invoked, event, events.fields(event), asynchronous);
    }
  }

  private void event(
      String id, String function, String event, Value.Fields written, JsonNode asynchronous) {
    var properties = written.fields("Properties");
    var resolved = (ObjectNode) resolver.resolve(properties);
    var label = id + "." + event;
    switch (String.valueOf(written.text("Type"))) {
      case "HttpApi" -> {
        only(label, properties, HTTP_EVENT, HTTP_EVENT_IN_AWS);
        if (!resolved.path("PayloadFormatVersion").asText("2.0").equals("2.0")) {
          wrong(
              properties.lineOf("PayloadFormatVersion"),
              "'" + label + "' wants another payload format than 2.0");
        }
        if (apiId.equals("none")) {
          apiId = resolved.path("ApiId").asText("ServerlessHttpApi");
        }
        var path = resolved.path("Path").asText("$default");
        var method = resolved.path("Method").asText("ANY").toUpperCase(Locale.ROOT);
        routes.add(
            new Route(
                method.equals("*") || method.equals("X-AMAZON-APIGATEWAY-ANY-METHOD")
                    ? "ANY"
                    : method,
                path,
                function));
      }
      case "DynamoDB" -> stream(label, function, properties, resolved);
      case "Schedule", "ScheduleV2" -> {
        only(label, properties, SCHEDULE, SCHEDULE_IN_AWS);
        boolean scheduler = "ScheduleV2".equals(written.text("Type"));
        if (resolved.path("State").asText().equals("DISABLED")
            || resolved.path("Enabled").asText().equals("false")) {
          return;
        }
        var input = resolved.path("Input").asText("");
        schedules.add(
            new ScheduleResource(
                resolved.path("Name").asText(place.stack() + "-" + id + event),
                scheduler,
                resolved.path(scheduler ? "ScheduleExpression" : "Schedule").asText(),
                resolved.path("ScheduleExpressionTimezone").asText("UTC"),
                input.isEmpty() ? null : input,
                function,
                written.line()));
      }
      case "EventBridgeRule", "CloudWatchEvent" ->
          rule(
              label,
              place.stack() + "-" + id + event,
              function,
              properties,
              resolved,
              asynchronous);
      case "null" -> wrong(written.line(), "'" + label + "' has no Type");
      default ->
          wrong(
              written.lineOf("Type"),
              "'" + label + "' is an event of type " + written.text("Type") + ", not run here");
    }
  }

  private void rule(
      String label,
      String name,
      String function,
      Value.Fields properties,
      ObjectNode resolved,
      JsonNode asynchronous) {
    only(label, properties, RULE, RULE_IN_AWS);
    if (!resolved.path("EventBusName").asText("default").equals("default")) {
      wrong(
          properties.lineOf("EventBusName"), "'" + label + "' is on another bus than the default");
    }
    if (!resolved.path("Pattern").isObject()) {
      wrong(properties.line(), "'" + label + "' has no Pattern");
      return;
    }
    var failure = asynchronous.path("DestinationConfig").path("OnFailure").path("Destination");
    if (!failure.isMissingNode() && !failure.asText().startsWith("arn:aws:sqs:")) {
      wrong(
          properties.line(),
          "'"
              + label
              + "' sends failures to '"
              + failure.asText()
              + "': here only to an SQS queue");
    }
    if (resolved.path("State").asText("ENABLED").equals("DISABLED")) {
      return;
    }
    try {
      rules.add(
          new RuleResource(
              name,
              resolved.path("Pattern"),
              function,
              asynchronous.path("MaximumRetryAttempts").asInt(2),
              failure.isMissingNode() ? null : failure.asText(),
              properties.line()));
    } catch (IllegalArgumentException outOfRange) {
      wrong(properties.line(), "'" + label + "': " + outOfRange.getMessage());
    }
  }

  private void stream(String label, String function, Value.Fields properties, ObjectNode resolved) {
    only(label, properties, STREAM, STREAM_IN_AWS);
    if (resolved.path("Enabled").asText().equals("false")) {
      return;
    }
    var arn = resolved.path("Stream").asText();
    var parts = arn.split("[:/]", -1);
    if (!arn.startsWith("arn:aws:dynamodb:") || parts.length < 8) {
      wrong(properties.lineOf("Stream"), "'" + label + "' reads '" + arn + "', which is no stream");
      return;
    }
    var start = resolved.path("StartingPosition").asText();
    if (!Set.of("TRIM_HORIZON", "LATEST").contains(start)) {
      wrong(
          properties.lineOf("StartingPosition"),
          "'" + label + "' starts at TRIM_HORIZON or LATEST, not '" + start + "'");
    }
    boolean reports = false;
    for (var type : resolved.path("FunctionResponseTypes")) {
      reports |= type.asText().equals("ReportBatchItemFailures");
    }
    var filters = new ArrayList<JsonNode>();
    for (var filter : resolved.path("FilterCriteria").path("Filters")) {
      try {
        filters.add(JSON.readTree(filter.path("Pattern").asText()));
      } catch (JsonProcessingException malformed) {
        wrong(properties.lineOf("FilterCriteria"), "'" + label + "' has a filter that is no JSON");
      }
    }
    var failure = resolved.path("DestinationConfig").path("OnFailure");
    var destination = failure.path("Destination").asText("");
    if (!failure.isMissingNode() && !destination.startsWith("arn:aws:sqs:")) {
      wrong(
          properties.lineOf("DestinationConfig"),
          "'" + label + "' sends failures to '" + destination + "': here only to an SQS queue");
    }
    try {
      streams.add(
          new StreamMapping(
              label,
              function,
              parts[6],
              arn,
              start.equals("TRIM_HORIZON"),
              resolved.path("BatchSize").asInt(100),
              reports,
              resolved.path("BisectBatchOnFunctionError").asBoolean(),
              resolved.path("MaximumRetryAttempts").asInt(-1),
              resolved.path("MaximumRecordAgeInSeconds").asInt(-1),
              filters,
              destination.isEmpty() ? null : destination));
    } catch (IllegalArgumentException outOfRange) {
      wrong(properties.line(), "'" + label + "': " + outOfRange.getMessage());
    }
  }

  private void api(String id, String name, Value.Fields properties, ObjectNode resolved) {
    only(id, properties, API, API_IN_AWS);
    if (!resolved.path("StageName").asText("$default").equals("$default")) {
      wrong(
          properties.lineOf("StageName"),
          "'" + id + "' has a stage other than $default, which would change every path");
    }
    if (!apiId.equals("none") && !apiId.equals(name)) {
      wrong(properties.line(), "'" + id + "' is a second HTTP API: there is one address here");
    }
    apiId = name;
  }

  private void stateMachine(String id, String name, Value.Fields properties, ObjectNode resolved) {
    only(id, properties, MACHINE, MACHINE_IN_AWS);
    var definition = definition(id, properties, resolved);
    for (var substitution : resolved.path("DefinitionSubstitutions").properties()) {
      definition =
          definition.replace("${" + substitution.getKey() + "}", substitution.getValue().asText());
    }
    var left = PLACEHOLDER.matcher(definition);
    while (left.find()) {
      wrong(
          properties.lineOf("DefinitionSubstitutions"),
          "'" + id + "' has no substitution for ${" + left.group(1) + "}");
    }
    stateMachines.put(
        id,
        new StateMachineResource(
            id,
            name,
            place.arn("states", "stateMachine:" + name),
            definition,
            resolved.path("Type").asText("STANDARD")));
  }

  private String definition(String id, Value.Fields properties, ObjectNode resolved) {
    if (resolved.path("Definition").isObject()) {
      return resolved.path("Definition").toString();
    }
    var uri = resolved.path("DefinitionUri").asText("");
    if (!uri.endsWith(".json")) {
      wrong(
          properties.lineOf("DefinitionUri"),
          "'" + id + "' has no Definition and no DefinitionUri that names a JSON file");
      return "{}";
    }
    var named = file.resolveSibling(uri);
    try {
      return Files.readString(named);
    } catch (IOException unreadable) {
      wrong(properties.lineOf("DefinitionUri"), "'" + id + "' names " + uri + ", not readable");
      return "{}";
    }
  }

  private void table(String id, String name, Value.Fields properties, ObjectNode resolved) {
    only(id, properties, TABLE, TABLE_IN_AWS);
    var definition = JsonNodeFactory.instance.objectNode();
    definition.put("TableName", name);
    for (var property :
        List.of(
            "AttributeDefinitions",
            "KeySchema",
            "BillingMode",
            "ProvisionedThroughput",
            "DeletionProtectionEnabled")) {
      if (resolved.has(property)) {
        definition.set(property, resolved.get(property));
      }
    }
    for (var indexes : List.of("GlobalSecondaryIndexes", "LocalSecondaryIndexes")) {
      for (var index : resolved.path(indexes)) {
        definition.withArray(indexes).add(((ObjectNode) index.deepCopy()).retain(INDEX));
      }
    }
    var stream = resolved.path("StreamSpecification").path("StreamViewType");
    if (!stream.isMissingNode()) {
      definition
          .putObject("StreamSpecification")
          .put("StreamEnabled", true)
          .put("StreamViewType", stream.asText());
    }
    var ttl = resolved.path("TimeToLiveSpecification");
    boolean expires =
        ttl.path("Enabled").asText().equals("true") && ttl.hasNonNull("AttributeName");
    tables.put(
        id,
        new TableResource(
            id, name, definition, expires ? ttl.path("AttributeName").asText() : null));
  }

  private void only(String id, Value.Fields properties, Set<String> run, Set<String> inAws) {
    properties
        .values()
        .forEach(
            (name, value) -> {
              if (!run.contains(name) && !inAws.contains(name)) {
                wrong(
                    value.line(),
                    "'" + id + "' has the property '" + name + "', which is not carried out here");
              }
            });
  }

  private void wrong(int line, String message) {
    findings.add(new Finding(line, message));
  }
}
