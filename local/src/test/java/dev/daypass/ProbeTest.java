package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void runs() {
    assertThat(System.getProperty("java.version")).isNotBlank();
  }
}
