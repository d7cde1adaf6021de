package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SaidTest {
  @Test
  void whatEveryLanguageCanSayIsTaken() {
    var said =
        Said.of(
            "any.message",
            4,
            5L,
            Duration.ofHours(1),
            Instant.EPOCH,
            "Max",
            Said.of("who.everyone"),
            List.of("Max", Said.of("who.group", "support")));

    assertThat(said.arguments()).hasSize(7).startsWith(4, 5L);
    assertThat(said.key()).isEqualTo("any.message");
  }

  @Test
  void whatNoLanguageKnowsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Said.of("any.message", 1.5))
        .withMessage("it is not known how to say a java.lang.Double");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Said.of("any.message", List.of("Max", List.of(Status.ACTIVE))));
  }

  @Test
  void aRefusalIsNamedByItsCodeAndItsVariant() {
    var refusal = Refusal.of("too-late", "The time is over.").with(3).in("decision");

    assertThat(refusal.said()).isEqualTo(Said.of("refusal.too-late.decision", 3));
    assertThat(refusal.code()).isEqualTo("too-late");
    assertThat(refusal.message()).isEqualTo("The time is over.");
  }
}
