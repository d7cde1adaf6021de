package dev.daypass;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.daypass.local.template.FunctionResource;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Route;
import dev.daypass.local.template.StreamMapping;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.words.Paths;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code template.yaml} and the code say the same: handlers, routes, environment, permissions,
 * streams, and what the state machine calls; in both directions where that can be.
 */
class TemplateContractTest {
  private static final Path FILE = Path.of("..", "template.yaml");
  private static final Template TEMPLATE = TemplateFile.read(FILE).resolve(Map.of(), Place.LOCAL);
  private static final JsonMapper JSON = new JsonMapper();

  /** Set by Lambda itself in every function. */
  private static final Map<String, String> OF_LAMBDA =
      Map.of(
          "AWS_REGION", Place.LOCAL.region(),
          "AWS_ACCESS_KEY_ID", "any",
          "AWS_SECRET_ACCESS_KEY", "any",
          "AWS_SESSION_TOKEN", "any");

  /** Set by whoever runs functions somewhere else; the SDK's own name. */
  private static final String ENDPOINT = "AWS_ENDPOINT_URL";

  /** Read by the virtual machine before any of our code runs. */
  private static final String OF_THE_JVM = "JAVA_TOOL_OPTIONS";

  /** What a handler answers to a route that it does not know. */
  private static final String NOT_KNOWN = "There is nothing at this address.";

  private static final Pattern ROUTE_KEY =
      Pattern.compile("(GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS|ANY) /.*|[$]default");

  private static final Map<String, Set<String>> TEXTS = textsOfTheFunctions();

  private static Stream<FunctionResource> functions() {
    return TEMPLATE.functions().values().stream();
  }

  private static Stream<Named<FunctionResource>> eachFunction() {
    return functions().map(function -> Named.of(function.logicalId(), function));
  }

  private static Stream<Named<FunctionResource>> eachFunctionWithRoutes() {
    return eachFunction().filter(function -> !routes(function.getPayload()).isEmpty());
  }

  private static Set<String> routes(FunctionResource function) {
    return TEMPLATE.routes().stream()
        .filter(route -> bare(route.function()).equals(function.name()))
        .map(Route::key)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The function's name without its alias. */
  private static String bare(String function) {
    return function.replaceFirst(":.*", "");
  }

  // References

  private static final Map<String, String> WITH_USER_POOL =
      Map.of("PublicUrl", "https://daypass.example.com", "CreateUserPool", "yes");

  @Test
  void theUserPoolIsMadeOnlyIfAskedForAndSignsPeopleIn() {
    assertThat(TEMPLATE.resources()).doesNotContainKey("UserPool");
    var made = TemplateFile.read(FILE).resolve(WITH_USER_POOL, Place.LOCAL);
    assertThat(made.resources()).containsKeys("UserPool", "UserPoolClient", "UserPoolDomain");
    assertThat(made.properties("UserPoolClient").at("/CallbackURLs/0").asText())
        .isEqualTo("https://daypass.example.com/sign-in/callback");
    for (var function : List.of("RequestFunction", "ApprovalFunction", "SignInFunction")) {
      assertThat(made.function(function).environment().get("ISSUER"))
          .startsWith("https://cognito-idp." + Place.LOCAL.region() + ".amazonaws.com/");
    }
    var other =
        TemplateFile.read(FILE)
            .resolve(
                Map.of(
                    "PublicUrl",
                    "https://daypass.example.com",
                    "CreateUserPool",
                    "yes",
                    "Issuer",
                    "https://login.example.com"),
                Place.LOCAL);
    assertThat(other.resources()).doesNotContainKey("UserPool");
  }

  @Test
  void everyReferenceResolvesWhateverTheParametersSay() {
    var file = TemplateFile.read(FILE);

    assertThat(file.check(Map.of(), Place.LOCAL)).isEmpty();
    assertThat(
            file.check(
                Map.of(
                    "PublicUrl", "https://daypass.example.com",
                    "Issuer", "https://login.example.com",
                    "ClientId", "daypass",
                    "AlarmEmail", "alarms@example.com"),
                new Place("us-east-1", "111111111111", "another")))
        .isEmpty();
    assertThat(file.check(WITH_USER_POOL, Place.LOCAL)).isEmpty();
  }

  // Handlers

  @ParameterizedTest
  @MethodSource("eachFunction")
  void everyHandlerIsAClassThatLambdaAndALocalRunCanMake(FunctionResource function)
      throws ReflectiveOperationException {
    var handler = Class.forName(function.handler());

    assertThat(handler).isPublic().isAssignableTo(RequestStreamHandler.class);
    assertThat(Modifier.isPublic(handler.getConstructor().getModifiers())).isTrue();
    assertThat(Modifier.isPublic(handler.getConstructor(App.class).getModifiers())).isTrue();
  }

  @Test
  void everyHandlerInTheCodeBelongsToOneFunction() {
    var handlers =
        TEXTS.keySet().stream()
            .filter(name -> isHandler(name))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(functions().map(FunctionResource::handler))
        .containsExactlyInAnyOrderElementsOf(handlers);
  }

  private static boolean isHandler(String className) {
    try {
      return RequestStreamHandler.class.isAssignableFrom(
          Class.forName(className, false, TemplateContractTest.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  // Routes

  @ParameterizedTest
  @MethodSource("eachFunctionWithRoutes")
  void everyRouteIsAnsweredByItsHandler(FunctionResource function) throws Exception {
    var handler = make(function, app(function, new TreeSet<>()));

    for (var route : routes(function)) {
      assertThat(answer(handler, route)).as(route).doesNotContain(NOT_KNOWN);
    }
    if (!routesInCode(function).isEmpty()) {
      assertThat(answer(handler, "GET /any/other")).contains(NOT_KNOWN);
    }
  }

  @ParameterizedTest
  @MethodSource("eachFunctionWithRoutes")
  void noHandlerKnowsARouteThatTheTemplateLacks(FunctionResource function) {
    var inCode = routesInCode(function);

    if (inCode.isEmpty()) {
      // It answers whatever reaches it.
      assertThat(routes(function)).hasSize(1);
    } else {
      assertThat(inCode).isEqualTo(routes(function));
    }
  }

  /** The route keys that the handler's class compares with. */
  private static Set<String> routesInCode(FunctionResource function) {
    return texts(function).stream()
        .filter(text -> ROUTE_KEY.matcher(text).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The whole answer to an event for this route, from nobody in particular. */
  private static String answer(RequestStreamHandler handler, String route) throws Exception {
    var words = route.equals("$default") ? "GET /any" : route;
    var method = words.substring(0, words.indexOf(' '));
    var path = words.substring(words.indexOf(' ') + 1).replaceAll("[{}]", "");
    var event = JsonNodeFactory.instance.objectNode();
    event.put("version", "2.0").put("routeKey", route).put("rawPath", path);
    event.putObject("headers").put("content-type", "application/json");
    var parameters = event.putObject("pathParameters");
    Pattern.compile("\\{([^}+]+)\\+?}")
        .matcher(route)
        .results()
        .forEach(parameter -> parameters.put(parameter.group(1), "any"));
    event
        .putObject("requestContext")
        .put("requestId", "any")
        .put("timeEpoch", 0)
        .putObject("http")
        .put("method", method)
        .put("path", path)
        .put("sourceIp", "192.0.2.1");
    event.put("isBase64Encoded", false);
    var output = new ByteArrayOutputStream();
    // Those that answer people do not look at the context.
    handler.handleRequest(new ByteArrayInputStream(event.toString().getBytes(UTF_8)), output, null);
    var payload = JSON.readTree(output.toByteArray());
    assertThat(payload.path("statusCode").asInt()).as(route).isBetween(200, 499);
    return payload.path("body").asText();
  }

  @Test
  void everyPathThatPagesAndMailsLinkToIsARoute() throws ReflectiveOperationException {
    var linked = new TreeSet<String>();
    linked.add(Paths.HOME);
    for (var method : Paths.class.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers()) && method.getReturnType() == String.class) {
        linked.add(path(method));
      }
    }
    var routed =
        TEMPLATE.routes().stream()
            .map(Route::path)
            .filter(path -> path.startsWith("/") && !path.startsWith("/api/"))
            .map(path -> path.replaceAll("\\{[^}]*}", "{}"))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(linked).isEqualTo(routed);
  }

  private static String path(Method method) throws ReflectiveOperationException {
    // Of signs that every path takes as they are.
    var placeholders = Collections.nCopies(method.getParameterCount(), "part.of.it@x").toArray();
    return URLDecoder.decode(String.valueOf(method.invoke(null, placeholders)), UTF_8)
        .replace("part.of.it@x", "{}");
  }

  // Environment

  @ParameterizedTest
  @MethodSource("eachFunction")
  void everyFunctionIsGivenExactlyWhatItsCompositionReads(FunctionResource function)
      throws Exception {
    var asked = new TreeSet<String>();
    var given = new TreeSet<>(function.environment().keySet());
    given.remove(OF_THE_JVM);

    make(function, app(function, asked));
    asked.removeAll(OF_LAMBDA.keySet());
    asked.remove(ENDPOINT);

    assertThat(asked).isEqualTo(given);
  }

  private static App app(FunctionResource function, Set<String> asked) {
    var environment = new HashMap<>(OF_LAMBDA);
    environment.putAll(function.environment());
    return new App(
        name -> {
          asked.add(name);
          return environment.get(name);
        },
        InstantSource.fixed(Instant.EPOCH),
        new Random(1));
  }

  private static RequestStreamHandler make(FunctionResource function, App app) throws Exception {
    return Class.forName(function.handler())
        .asSubclass(RequestStreamHandler.class)
        .getConstructor(App.class)
        .newInstance(app);
  }

  // Permissions

  /**
   * A request and its grant are written together, so whoever changes requests knows both tables;
   * the changes that these functions make never touch a grant.
   */
  private static final Map<String, Set<String>> KNOWN_BUT_NOT_TOUCHED =
      Map.of(
          "GrantsTable",
          Set.of(
              "ApprovalFunction",
              "AuditQueryFunction",
              "NotifyFunction",
              "PeopleFunction",
              "ReturnedMailFunction",
              "RoundFunction"));

  @ParameterizedTest
  @MethodSource("eachFunction")
  void everyFunctionMayUseExactlyTheTablesItsEnvironmentNames(FunctionResource function) {
    var named = new TreeSet<String>();
    var allowed = new TreeSet<String>();
    TEMPLATE
        .tables()
        .forEach(
            (id, table) -> {
              if (function.environment().containsValue(table.name())) {
                named.add(id);
              }
              if (statements(function.logicalId())
                  .flatMap(statement -> values(statement, "Resource"))
                  .anyMatch(resource -> isTable(resource, table.name()))) {
                allowed.add(id);
              }
            });
    KNOWN_BUT_NOT_TOUCHED.forEach(
        (table, functions) -> {
          if (functions.contains(function.logicalId())) {
            assertThat(named).contains(table);
            assertThat(allowed).doesNotContain(table);
            named.remove(table);
          }
        });

    assertThat(allowed).isEqualTo(named);
  }

  private static boolean isTable(String resource, String name) {
    var arn = Place.LOCAL.arn("dynamodb", "table/" + name);
    return resource.equals(arn) || resource.startsWith(arn + "/index/");
  }

  @ParameterizedTest
  @MethodSource("eachFunction")
  void everyStatementAllowsNamedActionsOnNamedResources(FunctionResource function) {
    assertThat(statements(function.logicalId()))
        .allSatisfy(
            statement -> {
              assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
              assertThat(values(statement, "Action"))
                  .allMatch(action -> action.matches("[a-z0-9]+:[A-Za-z]+"));
              if (values(statement, "Resource").anyMatch(resource -> resource.equals("*"))) {
                // A task token names no resource; mail names its sender by condition.
                assertThat(values(statement, "Action"))
                    .first()
                    .isIn("states:SendTaskSuccess", "ses:SendEmail");
              }
            });
  }

  @Test
  void whoMailsMaySendFromTheSenderOnly() {
    assertThat(functionsAllowed("ses:SendEmail"))
        .isEqualTo(functionsGiven("MAIL_FROM"))
        .isNotEmpty();
    functions()
        .flatMap(function -> statements(function.logicalId()))
        .filter(statement -> values(statement, "Action").anyMatch("ses:SendEmail"::equals))
        .forEach(
            statement ->
                assertThat(statement.at("/Condition/StringEquals/ses:FromAddress").asText())
                    .isEqualTo("daypass@example.com"));
  }

  @Test
  void onlyWhoAnswersPeoplePutsEvidenceAndTheBucketIsNobodysElse() {
    assertThat(functionsGiven("EVIDENCE_BUCKET")).containsExactly("RequestFunction");
    assertThat(functionsAllowed("s3:PutObject")).containsExactly("RequestFunction");
    assertThat(functionsAllowed("s3:GetObject")).containsExactly("RequestFunction");
    assertThat(functionsAllowed("s3:DeleteObject")).isEmpty();
    var bucket = TEMPLATE.properties("EvidenceBucket");
    assertThat(bucket.path("PublicAccessBlockConfiguration").valueStream())
        .hasSize(4)
        .allMatch(JsonNode::asBoolean);
    assertThat(bucket.at("/OwnershipControls/Rules/0/ObjectOwnership").asText())
        .isEqualTo("BucketOwnerEnforced");
    assertThat(bucket.at("/VersioningConfiguration/Status").asText()).isEqualTo("Enabled");
    assertThat(bucket.path("LifecycleConfiguration").findValues("ExpirationInDays")).isEmpty();
    assertThat(TEMPLATE.properties("EvidenceBucketPolicy").path("PolicyDocument").toString())
        .contains("\"Effect\":\"Deny\"", "\"aws:SecureTransport\":\"false\"", "\"s3:PutObject\"");
  }

  @Test
  void onlyDispatchAndSweepKnowTheStateMachine() {
    assertThat(functionsGiven("STATE_MACHINE"))
        .containsExactly("DispatchFunction", "SweepFunction");
    assertThat(functionsAllowed("states:StartExecution")).containsExactly("DispatchFunction");
    assertThat(functionsAllowed("states:DescribeExecution"))
        .containsExactly("DispatchFunction", "SweepFunction");
  }

  private static Set<String> functionsGiven(String variable) {
    return names(function -> function.environment().containsKey(variable));
  }

  private static Set<String> functionsAllowed(String action) {
    return names(
        function ->
            statements(function.logicalId())
                .flatMap(statement -> values(statement, "Action"))
                .anyMatch(action::equals));
  }

  private static Set<String> names(Predicate<FunctionResource> wanted) {
    return functions()
        .filter(wanted)
        .map(FunctionResource::logicalId)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The statements of the policies written in the template, resolved. */
  private static Stream<JsonNode> statements(String logicalId) {
    return elements(TEMPLATE.properties(logicalId).path("Policies"))
        .flatMap(policy -> elements(policy.path("Statement")));
  }

  /** The texts of a field that has one or a list of them. */
  private static Stream<String> values(JsonNode statement, String field) {
    var value = statement.path(field);
    return value.isArray() ? elements(value).map(JsonNode::asText) : Stream.of(value.asText());
  }

  private static Stream<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }

  // Streams, tables, alarms

  @Test
  void onlyDispatchAndAuditReadTheRequestsAndNobodyLosesARecord() {
    var requests = TEMPLATE.table("RequestsTable").name();

    assertThat(TEMPLATE.streams().stream().filter(each -> each.table().equals(requests)))
        .extracting(each -> handlerOf(each.function()))
        .containsExactlyInAnyOrder(
            "dev.daypass.approval.DispatchHandler", "dev.daypass.audit.AuditHandler");
    assertThat(TEMPLATE.streams())
        .allSatisfy(
            mapping -> {
              assertThat(mapping.fromTheStart()).isTrue();
              assertThat(mapping.reportsFailures()).isTrue();
              assertThat(mapping.bisects()).isTrue();
              assertThat(mapping.mostRetries()).isPositive();
              assertThat(TEMPLATE.queues()).contains(onFailure(mapping));
            });
  }

  private static String onFailure(StreamMapping mapping) {
    return String.valueOf(mapping.onFailure());
  }

  private static String handlerOf(String function) {
    return functions()
        .filter(each -> each.name().equals(bare(function)))
        .map(FunctionResource::handler)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyTableIsEncryptedProtectedAndCanBeRestored() {
    assertThat(TEMPLATE.tables().keySet())
        .allSatisfy(
            id -> {
              var table = TEMPLATE.properties(id);
              assertThat(table.at("/SSESpecification/SSEEnabled").asBoolean()).isTrue();
              assertThat(table.path("DeletionProtectionEnabled").asBoolean()).isTrue();
              assertThat(
                      table
                          .at("/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled")
                          .asBoolean())
                  .isTrue();
            });
  }

  @Test
  void everyIndexThatTheCodeReadsExists() {
    var indexes = new TreeMap<String, Set<String>>();
    TEMPLATE
        .tables()
        .forEach(
            (id, table) ->
                indexes.put(
                    id,
                    elements(table.definition().path("GlobalSecondaryIndexes"))
                        .map(index -> index.path("IndexName").asText())
                        .collect(Collectors.toCollection(TreeSet::new))));
    Map.of(
            "dev.daypass.store.Requests", "RequestsTable",
            "dev.daypass.store.Grants", "GrantsTable",
            "dev.daypass.store.Sessions", "SessionsTable",
            "dev.daypass.store.People", "PeopleTable",
            "dev.daypass.store.Imports", "ImportsTable",
            "dev.daypass.store.StandIns", "StandInsTable",
            "dev.daypass.store.AuditRecords", "AuditTable")
        .forEach(
            (store, table) ->
                assertThat(indexes.get(table))
                    .as(table)
                    .containsAll(
                        TEXTS.getOrDefault(store, Set.of()).stream()
                            .filter(text -> text.matches("by-[a-z-]+"))
                            .toList()));
  }

  @Test
  void everyWordThatAnAlarmListensForIsSaid() {
    var listenedFor =
        TEMPLATE.inert().entrySet().stream()
            .filter(resource -> resource.getValue().equals("AWS::Logs::MetricFilter"))
            .map(resource -> TEMPLATE.properties(resource.getKey()).path("FilterPattern").asText())
            .map(pattern -> pattern.replace("\"", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    var said =
        TEXTS.values().stream()
            .flatMap(Set::stream)
            .filter(text -> text.startsWith("ALARM "))
            .map(text -> text.split(" ", -1)[1])
            .map(word -> "ALARM " + word)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(listenedFor).isEqualTo(said).isNotEmpty();
  }

  // The state machine

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^}]+)}");

  private static JsonNode definition() throws IOException {
    return JSON.readTree(Path.of("..", definitionUri()).toFile());
  }

  private static String definitionUri() {
    return TEMPLATE.properties("AccessMachine").path("DefinitionUri").asText();
  }

  @Test
  void theWorkflowIsGivenExactlyTheFunctionsItNames() throws IOException {
    var named =
        PLACEHOLDER
            .matcher(Files.readString(Path.of("..", definitionUri())))
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    var given = new TreeSet<String>();
    var machine = TEMPLATE.properties("AccessMachine");
    machine
        .path("DefinitionSubstitutions")
        .properties()
        .forEach(
            substitution -> {
              given.add(substitution.getKey());
              assertThat(substitution.getValue().asText())
                  .isEqualTo(
                      Place.LOCAL.arn(
                          "lambda", "function:" + TEMPLATE.function(substitution.getKey()).name()));
            });
    var mayInvoke =
        elements(machine.path("Policies"))
            .map(policy -> policy.at("/LambdaInvokePolicy/FunctionName").asText())
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(given).isEqualTo(named);
    assertThat(mayInvoke)
        .isEqualTo(
            named.stream()
                .map(id -> TEMPLATE.function(id).name())
                .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyStepOfTheWorkflowIsKnownToItsHandler() throws IOException {
    for (var state : definition().path("States").properties()) {
      var arguments = state.getValue().path("Arguments");
      if (state.getValue().path("Type").asText().equals("Task")) {
        var function = arguments.path("FunctionName").asText().replaceAll("[${}]", "");
        assertThat(texts(TEMPLATE.function(function)))
            .as(state.getKey())
            .contains(arguments.at("/Payload/step").asText());
      }
    }
  }

  @Test
  void everyErrorThatTheWorkflowNamesIsThrown() throws IOException {
    var named =
        definition().findValues("ErrorEquals").stream()
            .flatMap(TemplateContractTest::elements)
            .map(JsonNode::asText)
            .filter(error -> error.startsWith("dev.daypass."))
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(named)
        .isNotEmpty()
        .allSatisfy(name -> assertThat(Class.forName(name)).isAssignableTo(Throwable.class));
  }

  // What the compiled code says

  private static Set<String> texts(FunctionResource function) {
    return Objects.requireNonNull(TEXTS.get(function.handler()), function.handler());
  }

  /** The text constants of each class of the functions. */
  private static Map<String, Set<String>> textsOfTheFunctions() {
    try {
      var code = Path.of(App.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(code)) {
        return texts(code);
      }
      try (var jar = FileSystems.newFileSystem(code)) {
        return texts(jar.getPath("/"));
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, Set<String>> texts(Path root) throws IOException {
    var texts = new TreeMap<String, Set<String>>();
    try (var files = Files.walk(root.resolve("dev/daypass"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
        var name =
            root.relativize(file)
                .toString()
                .replaceFirst("\\.class$", "")
                .replaceAll("[/\\\\]", ".");
        var constants = new TreeSet<String>();
        for (var entry : ClassFile.of().parse(Files.readAllBytes(file)).constantPool()) {
          if (entry instanceof StringEntry text) {
            constants.add(text.stringValue());
          }
        }
        texts.put(name, constants);
      }
    }
    return texts;
  }
}
