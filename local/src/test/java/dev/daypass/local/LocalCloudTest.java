package dev.daypass.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.local.gateway.LocalServer;
import dev.daypass.local.gateway.PortTakenException;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.TemplateException;
import dev.daypass.local.template.TemplateFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalCloudTest {
  @Test
  void everyReferenceOfTheTemplateResolves() {
    var template = TemplateFile.read(Path.of("../template.yaml"));

    assertThat(template.check(Map.of(), Place.LOCAL)).isEmpty();
  }

  @Test
  void aTakenPortIsSaidInOneLine() {
    try (var other = LocalServer.bind(0)) {
      var starting = LocalCloud.of(Path.of("src/test/resources/notes")).port(other.port());

      assertThatThrownBy(starting::start)
          .isInstanceOf(PortTakenException.class)
          .hasMessage(
              "Port "
                  + other.port()
                  + " is taken: something else listens there. Stop it, or choose another port.");
    }
  }

  @Test
  void aTemplateThatIsRefusedLeavesNothingRunning(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("template.yaml"), "Resources: {A: {Type: Nothing}}\n");
    int port;
    try (var free = LocalServer.bind(0)) {
      port = free.port();
    }

    assertThatThrownBy(() -> LocalCloud.of(folder).port(port).start())
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("template.yaml:1: 'A' is of type Nothing");
    LocalServer.bind(port).close();
  }
}
