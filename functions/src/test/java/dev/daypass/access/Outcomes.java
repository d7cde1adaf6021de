package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.words.InWords;
import java.util.List;

/** What tests say about outcomes. */
final class Outcomes {
  private Outcomes() {}

  /** The command is refused for exactly these reasons, in this order. */
  static void assertRefused(Request request, Command command, String... codes) {
    assertThat(refusals(request, command)).extracting(Refusal::code).containsExactly(codes);
  }

  /** The command is refused for one reason, said in these words. */
  static void assertRefusedSaying(Request request, Command command, String code, String message) {
    assertThat(refusals(request, command)).containsExactly(Refusal.of(code, message));
  }

  /** The command is accepted and changes nothing. */
  static void assertChangesNothing(Request request, Command command) {
    assertThat(Life.apply(request, command)).isEqualTo(new Unchanged(request));
  }

  /** Why the command is refused, as programs get it; the request stays as it was. */
  static List<Refusal> refusals(Request request, Command command) {
    var outcome = Life.apply(request, command);
    assertThat(outcome).isInstanceOf(Refused.class);
    assertThat(outcome.request()).isSameAs(request);
    return ((Refused) outcome).refusals().stream().map(InWords::saidInEveryLanguage).toList();
  }
}
