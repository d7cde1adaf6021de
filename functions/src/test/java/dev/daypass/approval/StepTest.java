package dev.daypass.approval;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StepTest {
  /** Found by fuzzing: the text {@code null} is JSON, too. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "{}", "{\"step\":\"look\"}", "[]", ""})
  void whatIsNoStepIsRefusedAsSuch(String payload) {
    assertThatThrownBy(() -> Step.read(new ByteArrayInputStream(payload.getBytes(UTF_8))))
        .isInstanceOf(IOException.class);
  }
}
