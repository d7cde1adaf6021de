package dev.daypass.runbook;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import java.time.Duration;

/** Published runbooks and systems: what comes out of the table is read each minute. */
public final class PolicyFuzz {
  private PolicyFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var json = Input.text(data);
    runbook(json);
    system(json);
  }

  private static void runbook(String json) {
    Runbook runbook;
    try {
      runbook = PolicyJson.runbook(json);
    } catch (IllegalArgumentException refused) {
      return;
    }
    var written = PolicyJson.json(runbook);
    Check.same(PolicyJson.runbook(written), runbook, "written and read again");
    Check.same(PolicyJson.json(PolicyJson.runbook(written)), written, "one text for one runbook");
    Check.showsOnOneLine(runbook.title());
    Check.shows(runbook.guidance().requester());
    Check.shows(runbook.guidance().approver());
    Check.that(runbook.duration().longest().compareTo(Runbook.LONGEST) <= 0, "too long an access");
    Check.that(runbook.duration().usual().compareTo(Runbook.SHORTEST) >= 0, "too short an access");
    for (var stage : runbook.approval()) {
      Check.that(stage.lapseAfter().compareTo(Runbook.LATEST_LAPSE) <= 0, "too long a wait");
      Check.that(stage.remindAfter().compareTo(Duration.ZERO) > 0, "a reminder before the notice");
      Check.that(!stage.by().isEmpty(), "nobody decides");
    }
  }

  private static void system(String json) {
    TargetSystem system;
    try {
      system = PolicyJson.system(json);
    } catch (IllegalArgumentException refused) {
      return;
    }
    var written = PolicyJson.json(system);
    Check.same(PolicyJson.system(written), system, "written and read again");
    Check.same(PolicyJson.json(PolicyJson.system(written)), written, "one text for one system");
    Check.showsOnOneLine(system.title());
  }
}
