package dev.daypass.fuzz;

import dev.daypass.App;
import dev.daypass.Outside;
import dev.daypass.connector.Sleeper;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.cli.Publisher;
import dev.daypass.local.lambda.LambdaContext;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.signin.Wire;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sesv2.model.SendEmailResponse;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessRequest;
import software.amazon.awssdk.services.sfn.model.SendTaskSuccessResponse;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/**
 * The functions as {@code template.yaml} has them, on {@link Shelves}, with the sample people, the
 * shipped runbooks and a clock that stands still.
 */
public final class Company implements Outside {
  private final Template template;
  private final Shelves shelves;
  private final List<String> log = new ArrayList<>();

  /** The company of this project, published and imported. */
  public Company() {
    var project = Path.of(System.getProperty("daypass.home", ".."));
    template =
        TemplateFile.read(project.resolve("template.yaml"))
            .resolve(
                Map.of(
                    "PublicUrl",
                    "http://127.0.0.1",
                    "Issuer",
                    Issuer.one().address(),
                    "ClientId",
                    "daypass"),
                Place.LOCAL);
    shelves = new Shelves(template.tables().values());
    var files = PolicyFiles.load(project.resolve("runbooks"));
    var people = new People(shelves, table("PeopleTable"));
    files.people().forEach(people::put);
    var groups = new HashMap<String, List<String>>();
    for (var person : files.people()) {
      person
          .groups()
          .forEach(
              group -> groups.computeIfAbsent(group, any -> new ArrayList<>()).add(person.email()));
    }
    groups.forEach(people::putGroup);
    new Publisher(new Policies(shelves, table("PoliciesTable")), () -> Issuer.NOW)
        .publish(files, "ruth.adeyemi@example.com");
    shelves.keep();
  }

  public Template template() {
    return template;
  }

  public Shelves shelves() {
    return shelves;
  }

  /** What functions logged since this was last asked. */
  public List<String> logged() {
    var logged = List.copyOf(log);
    log.clear();
    return logged;
  }

  /** The name of the table with this logical id. */
  public String table(String logicalId) {
    return template.table(logicalId).name();
  }

  /** The app of the function with this logical id. */
  public App app(String function) {
    var environment = new HashMap<>(template.function(function).environment());
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1");
    environment.put("AWS_REGION", Place.LOCAL.region());
    return new App(environment, () -> Issuer.NOW, new Random(7), this);
  }

  /** What the function is told about its invocation. */
  public LambdaContext context(String function) {
    return new LambdaContext(
        template.function(function),
        "00000001-0000-4000-8000-000000000000",
        Place.LOCAL.arn("lambda", "function:" + function),
        "$LATEST",
        () -> 10_000,
        log::add);
  }

  @Override
  public DynamoDbClient dynamo() {
    return shelves;
  }

  @Override
  public SfnClient states() {
    return new SfnClient() {
      @Override
      public StartExecutionResponse startExecution(StartExecutionRequest start) {
        return StartExecutionResponse.builder().executionArn("arn").build();
      }

      @Override
      public SendTaskSuccessResponse sendTaskSuccess(SendTaskSuccessRequest send) {
        return SendTaskSuccessResponse.builder().build();
      }

      @Override
      public DescribeExecutionResponse describeExecution(DescribeExecutionRequest describe) {
        return DescribeExecutionResponse.builder().status(ExecutionStatus.RUNNING).build();
      }

      @Override
      public String serviceName() {
        return "states";
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public SesV2Client mail() {
    return new SesV2Client() {
      @Override
      public SendEmailResponse sendEmail(SendEmailRequest send) {
        return SendEmailResponse.builder().messageId("m").build();
      }

      @Override
      public String serviceName() {
        return "ses";
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public S3Client files() {
    return new S3Client() {
      @Override
      public PutObjectResponse putObject(PutObjectRequest put, RequestBody body) {
        return PutObjectResponse.builder().build();
      }

      @Override
      public String serviceName() {
        return "s3";
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public SecretsManagerClient secrets() {
    return new SecretsManagerClient() {
      @Override
      public String serviceName() {
        return "secretsmanager";
      }

      @Override
      public void close() {
        // Nothing is open.
      }
    };
  }

  @Override
  public HttpClient targets() {
    throw new AssertionError("no function here calls a target");
  }

  @Override
  public HttpClient chat() {
    throw new AssertionError("no function here tells a channel");
  }

  @Override
  public Wire provider() {
    return Issuer.one().wire();
  }

  @Override
  public Sleeper sleeper() {
    throw new AssertionError("no function here waits");
  }

  @Override
  public InstantSource stopwatch() {
    return () -> Issuer.NOW;
  }

  @Override
  public ExecutorService sideBySide() {
    throw new AssertionError("no function here works side by side");
  }
}
