package dev.daypass.request;

import dev.daypass.access.InEnglish;
import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.web.HowLong;
import dev.daypass.web.HttpProblem;
import java.time.Duration;
import java.util.Optional;

/** How long access is asked for. */
public final class DurationFuzz {
  private DurationFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var text = Input.text(data);
    Optional<Duration> duration;
    try {
      duration = HowLong.read(text);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      Check.that(refused.problem().status() == 422, "a duration that is none is a 422");
      return;
    }
    Check.that(duration.isPresent() != text.isBlank(), "only nothing means the usual one");
    duration.ifPresent(
        each -> {
          Check.same(HowLong.read(each.toString()), duration, "written and read again");
          Check.showsOnOneLine(InEnglish.duration(each));
        });
  }
}
