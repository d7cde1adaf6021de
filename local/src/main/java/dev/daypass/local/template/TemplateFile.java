package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** A template as it stands in its file, before parameters and place are known. */
public final class TemplateFile {
  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Transform",
          "Description",
          "Metadata",
          "Parameters",
          "Mappings",
          "Conditions",
          "Globals",
          "Resources",
          "Outputs");

  private static final Set<String> RESOURCE_PARTS =
      Set.of(
          "Type",
          "Properties",
          "Condition",
          "DependsOn",
          "DeletionPolicy",
          "UpdateReplacePolicy",
          "UpdatePolicy",
          "CreationPolicy",
          "Metadata");

  private final Path file;
  private final Value.Fields document;
  private final List<Finding> malformed;

  private TemplateFile(Path file, Value.Fields document, List<Finding> malformed) {
    this.file = file;
    this.document = document;
    this.malformed = malformed;
  }

  /**
   * Reads the file's form; what it says is looked at by {@link #resolve}.
   *
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  public static TemplateFile read(Path file) {
    var findings = new ArrayList<Finding>();
    var document = TemplateReader.read(file, findings);
    return new TemplateFile(file, document, List.copyOf(findings));
  }

  /** The parameters it declares. */
  public Set<String> parameters() {
    return document.fields("Parameters").values().keySet();
  }

  /**
   * Resolves everything for one stack.
   *
   * @param overrides values of parameters; the others take their default
   * @throws TemplateException naming everything that cannot be run, with lines
   */
  public Template resolve(Map<String, String> overrides, Place place) {
    var findings = new TreeSet<>(malformed);
    var template = read(overrides, place, findings);
    if (!findings.isEmpty()) {
      throw new TemplateException(file, findings);
    }
    return template;
  }

  /**
   * Everything in the template that does not resolve or cannot be run, in the order of lines: what
   * {@link #resolve} would refuse it for. Empty if it is fine.
   */
  public List<Finding> check(Map<String, String> overrides, Place place) {
    var findings = new TreeSet<>(malformed);
    read(overrides, place, findings);
    return List.copyOf(findings);
  }

  private Template read(Map<String, String> overrides, Place place, Collection<Finding> findings) {
    document
        .values()
        .forEach(
            (name, value) -> {
              if (!SECTIONS.contains(name)) {
                findings.add(new Finding(value.line(), "the section '" + name + "' is not known"));
              }
            });
    var parameters = parameters(overrides, findings);
    var resources = document.fields("Resources");
    if (resources.values().isEmpty()) {
      findings.add(new Finding(1, "the section Resources is missing or empty"));
    }
    var made = new LinkedHashMap<String, Resolver.Made>();
    resources
        .values()
        .forEach(
            (id, value) -> {
              if (value instanceof Value.Fields resource) {
                checkParts(id, resource, findings);
                made.put(
                    id,
                    new Resolver.Made(
                        String.valueOf(resource.text("Type")), resource.text("Condition"), null));
              } else {
                findings.add(new Finding(value.line(), "'" + id + "' is no resource"));
              }
            });
    var merged = Globals.merge(document, findings);
    addWhatSamGenerates(merged, made, place);
    var resolver = new Resolver(document, parameters, made, place, findings);
    for (var section : List.of("Conditions", "Globals", "Resources", "Outputs")) {
      resolver.checkNames(document.fields(section));
    }
    checkDependencies(made, findings);
    return new ResourceReader(file, merged, resolver, place, findings).read(document);
  }

  private Map<String, JsonNode> parameters(
      Map<String, String> overrides, Collection<Finding> findings) {
    var declared = document.fields("Parameters");
    for (var name : new TreeSet<>(overrides.keySet())) {
      if (!declared.values().containsKey(name)) {
        findings.add(
            new Finding(declared.line(), "the template declares no parameter '" + name + "'"));
      }
    }
    var values = new HashMap<String, JsonNode>();
    for (var name : declared.values().keySet()) {
      var parameter = declared.fields(name);
      var given = overrides.getOrDefault(name, parameter.text("Default"));
      if (given == null) {
        findings.add(
            new Finding(
                declared.lineOf(name), "the parameter '" + name + "' has no default and no value"));
        given = "";
      }
      checkParameter(name, parameter, given, findings);
      values.put(name, parameterValue(String.valueOf(parameter.text("Type")), given));
    }
    return values;
  }

  private static void checkParameter(
      String name, Value.Fields parameter, String given, Collection<Finding> findings) {
    int line = parameter.line();
    if (parameter.get("AllowedValues") instanceof Value.Items allowed
        && allowed.values().stream()
            .noneMatch(
                value ->
                    value instanceof Value.Scalar scalar
                        && scalar.value().asText().equals(given))) {
      findings.add(new Finding(line, "'" + given + "' is not an allowed value of '" + name + "'"));
    }
    var pattern = parameter.text("AllowedPattern");
    if (pattern != null) {
      try {
        if (!Pattern.compile(pattern).matcher(given).matches()) {
          findings.add(
              new Finding(
                  line, "'" + given + "' does not match the AllowedPattern of '" + name + "'"));
        }
      } catch (PatternSyntaxException malformedPattern) {
        findings.add(new Finding(line, "the AllowedPattern of '" + name + "' is no pattern"));
      }
    }
    if ("Number".equals(parameter.text("Type")) && !given.matches("-?[0-9]+(\\.[0-9]+)?")) {
      findings.add(new Finding(line, "'" + name + "' is a number, not '" + given + "'"));
    }
  }

  private static JsonNode parameterValue(String type, String given) {
    if (!type.equals("CommaDelimitedList") && !type.startsWith("List<")) {
      return TextNode.valueOf(given);
    }
    var list = JsonNodeFactory.instance.arrayNode();
    if (!given.isEmpty()) {
      for (var item : given.split(",", -1)) {
        list.add(item.strip());
      }
    }
    return list;
  }

  private static void checkParts(String id, Value.Fields resource, Collection<Finding> findings) {
    resource
        .values()
        .forEach(
            (part, value) -> {
              if (!RESOURCE_PARTS.contains(part)) {
                findings.add(
                    new Finding(
                        value.line(),
                        "'" + id + "' has a part that resources do not have: " + part));
              }
            });
    var type = resource.text("Type");
    if (type == null) {
      findings.add(new Finding(resource.line(), "'" + id + "' has no Type"));
    } else if (!Attributes.isKnown(type)) {
      findings.add(
          new Finding(
              resource.lineOf("Type"),
              "'" + id + "' is of type " + type + ", which a local run does not know"));
    }
  }

  private void checkDependencies(Map<String, Resolver.Made> made, Collection<Finding> findings) {
    document
        .fields("Resources")
        .values()
        .forEach(
            (id, value) -> {
              if (!(value instanceof Value.Fields resource)) {
                return;
              }
              var names = new ArrayList<Value>();
              switch (resource.get("DependsOn")) {
                case null -> {}
                case Value.Items items -> names.addAll(items.values());
                case Value one -> names.add(one);
              }
              for (var name : names) {
                if (!(name instanceof Value.Scalar scalar)
                    || !made.containsKey(scalar.value().asText())) {
                  findings.add(
                      new Finding(
                          name.line(), "'" + id + "' depends on something that is not there"));
                }
              }
            });
  }

  /**
   * The resources that the SAM transform adds and that references may name.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html">Generated
   *     CloudFormation resources</a>
   */
  private static void addWhatSamGenerates(
      Map<String, Value.Fields> merged, Map<String, Resolver.Made> made, Place place) {
    merged.forEach(
        (id, resource) -> {
          var condition = resource.text("Condition");
          var properties = resource.fields("Properties");
          switch (String.valueOf(resource.text("Type"))) {
            case "AWS::Serverless::Function" -> {
              if (properties.get("Role") == null) {
                made.putIfAbsent(id + "Role", new Resolver.Made("AWS::IAM::Role", condition, null));
              }
              var alias = properties.text("AutoPublishAlias");
              if (alias != null) {
                var named =
                    new Resolver.Made(
                        "AWS::Lambda::Alias",
                        condition,
                        (resolver, line) -> qualified(resolver, id, alias, line, place));
                made.putIfAbsent(id + "Alias" + alias, named);
                made.putIfAbsent(id + ".Alias", named);
                made.putIfAbsent(
                    id + ".Version",
                    new Resolver.Made(
                        "AWS::Lambda::Alias",
                        condition,
                        (resolver, line) -> qualified(resolver, id, "1", line, place)));
              }
              properties
                  .fields("Events")
                  .values()
                  .forEach(
                      (event, value) -> {
                        var type = eventType(value);
                        if (type != null) {
                          made.putIfAbsent(id + event, new Resolver.Made(type, condition, null));
                        }
                      });
            }
            case "AWS::Serverless::StateMachine" ->
                made.putIfAbsent(id + "Role", new Resolver.Made("AWS::IAM::Role", condition, null));
            case "AWS::Serverless::HttpApi" -> {
              made.putIfAbsent(
                  id + ".Stage",
                  new Resolver.Made(
                      "AWS::ApiGatewayV2::Stage", condition, (resolver, line) -> "$default"));
              made.putIfAbsent(
                  id + "ApiGatewayDefaultStage",
                  new Resolver.Made(
                      "AWS::ApiGatewayV2::Stage", condition, (resolver, line) -> "$default"));
            }
            default -> {}
          }
        });
    var implicit =
        merged.values().stream()
            .flatMap(
                resource ->
                    resource.fields("Properties").fields("Events").values().values().stream())
            .anyMatch(
                event ->
                    event instanceof Value.Fields fields
                        && "HttpApi".equals(fields.text("Type"))
                        && fields.fields("Properties").get("ApiId") == null);
    if (implicit) {
      made.putIfAbsent(
          "ServerlessHttpApi", new Resolver.Made("AWS::Serverless::HttpApi", null, null));
    }
  }

  private static String qualified(
      Resolver resolver, String function, String qualifier, int line, Place place) {
    return place.arn(
        "lambda", "function:" + resolver.physicalName(function, line) + ":" + qualifier);
  }

  private static @Nullable String eventType(Value event) {
    return switch (event instanceof Value.Fields fields ? fields.text("Type") : null) {
      case "DynamoDB" -> "AWS::Lambda::EventSourceMapping";
      case "Schedule", "EventBridgeRule", "CloudWatchEvent" -> "AWS::Events::Rule";
      case "ScheduleV2" -> "AWS::Scheduler::Schedule";
      case null, default -> null;
    };
  }
}
