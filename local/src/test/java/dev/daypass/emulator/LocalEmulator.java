package dev.daypass.emulator;

import dev.daypass.local.LocalCloud;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.template.Place;
import java.net.URI;
import java.nio.file.Path;

/** The endpoint of a local run, which runs the functions too: {@code ./daypass up}, in short. */
final class LocalEmulator implements Emulator {
  private final LocalDaypass daypass;

  /**
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   */
  LocalEmulator(Path project) {
    this.daypass = LocalDaypass.start(project, 0);
  }

  @Override
  public URI endpoint() {
    return URI.create(daypass.url() + LocalCloud.AWS);
  }

  @Override
  public String region() {
    return Place.LOCAL.region();
  }

  @Override
  public String account() {
    return Place.LOCAL.account();
  }

  @Override
  public String runnable(String definition) {
    return definition;
  }

  /** The one that runs already. */
  @Override
  public Application application(Path project) {
    var machine = daypass.cloud().template().stateMachine("AccessMachine").arn();
    return new Application() {
      @Override
      public String url() {
        return daypass.url();
      }

      @Override
      public String stateMachine() {
        return machine;
      }

      @Override
      public void requireHealthy() {
        daypass
            .cloud()
            .database()
            .messages()
            .forEach(
                (queue, messages) -> {
                  if (!messages.isEmpty()) {
                    throw new IllegalStateException(queue + " holds lost records: " + messages);
                  }
                });
      }

      @Override
      public void close() {
        // It ends with the emulator that it is part of.
      }
    };
  }

  @Override
  public void close() {
    daypass.close();
  }
}
