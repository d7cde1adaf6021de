package dev.daypass.emulator;

import java.net.URI;
import java.time.Duration;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * LocalStack in a container, for the profile {@code localstack}. The image is {@code
 * -Dlocalstack.image=}, without it {@value #IMAGE}, the last tag that needs no token; a token in
 * the environment variable {@code LOCALSTACK_AUTH_TOKEN} is handed on.
 */
final class LocalStackEmulator implements TokenEmulator {
  static final String IMAGE = "localstack/localstack:4.14.0";

  /** There is nothing to run LocalStack in. Its one line says all, so it has no stack trace. */
  static final class NoDocker extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoDocker() {
      super(
          "No Docker here, and LocalStack runs in Docker: start Docker (docker info must answer)"
              + " and run ./mvnw verify -Plocalstack again; ./daypass test needs none.",
          null,
          false,
          false);
    }
  }

  private final LocalStackContainer container;
  private final EndpointEmulator inside;

  /**
   * Starts it.
   *
   * @throws NoDocker if no Docker answers
   */
  LocalStackEmulator() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new NoDocker();
    }
    var image = System.getProperty("localstack.image", "");
    container =
        new LocalStackContainer(
                DockerImageName.parse(image.isBlank() ? IMAGE : image)
                    .asCompatibleSubstituteFor("localstack/localstack"))
            .withServices("dynamodb", "dynamodbstreams", "stepfunctions", "sqs")
            .withStartupTimeout(Duration.ofMinutes(5));
    var token = System.getenv("LOCALSTACK_AUTH_TOKEN");
    if (token != null && !token.isBlank()) {
      container.withEnv("LOCALSTACK_AUTH_TOKEN", token);
    }
    container.start();
    inside = new EndpointEmulator(container.getEndpoint());
  }

  @Override
  public URI endpoint() {
    return inside.endpoint();
  }

  @Override
  public String region() {
    return inside.region();
  }

  @Override
  public String account() {
    return inside.account();
  }

  @Override
  public Duration patience() {
    return Duration.ofMinutes(2);
  }

  @Override
  public TaskQueue queue(String name) {
    return inside.queue(name);
  }

  @Override
  public void close() {
    inside.close();
    container.stop();
  }
}
