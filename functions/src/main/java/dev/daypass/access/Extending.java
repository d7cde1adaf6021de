package dev.daypass.access;

import static dev.daypass.access.Refusal.when;

import dev.daypass.access.Command.Extend;
import dev.daypass.access.Request.Active;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of an extension, each a named function; all that object are heard. */
public final class Extending {
  /** The name of the runbook's rule that allows it. */
  public static final String RULE = "extend";

  private interface Rule {
    Optional<Refusal> objection(Active active, Extend extend);
  }

  private static final List<Rule> RULES =
      List.of(
          Extending::planAllows,
          Extending::approversAllow,
          Extending::later,
          Extending::within,
          Extending::inTime);

  private Extending() {}

  /**
   * The latest end to which the holder may move the end; empty if it cannot be moved any more, or
   * an approver has made it shorter.
   *
   * @param longest how long the access may last in all
   * @param now an end that is nearer than a minute stays
   */
  public static Optional<Instant> latest(Active active, Duration longest, Instant now) {
    return Optional.of(active.grant().startedAt().plus(longest))
        .filter(latest -> latest.isAfter(active.grant().expiresAt()))
        .filter(_ -> active.shortened().isEmpty() && !isTooLate(active, now));
  }

  static List<Refusal> refusals(Active active, Extend extend) {
    var refusals = new ArrayList<Refusal>();
    for (var rule : RULES) {
      rule.objection(active, extend).ifPresent(refusals::add);
    }
    refusals.addAll(extend.standing());
    return List.copyOf(refusals);
  }

  private static Optional<Refusal> planAllows(Active active, Extend extend) {
    return when(
        active.asked().plan().extendable() == null,
        Refusal.of(
            "not-extendable",
            "This access cannot be extended. You can ask again; the new access begins beside this"
                + " one."));
  }

  private static Optional<Refusal> approversAllow(Active active, Extend extend) {
    return active
        .shortened()
        .filter(_ -> active.asked().plan().extendable() != null)
        .map(
            decision ->
                Refusal.of(
                        "shortened",
                        decision.by()
                            + " approved this for "
                            + InEnglish.duration(active.lasts())
                            + ", so it cannot be extended. You can ask again; the new access begins"
                            + " beside this one.")
                    .with(decision.by(), active.lasts()));
  }

  private static Optional<Refusal> later(Active active, Extend extend) {
    return when(
        !extend.until().isAfter(active.grant().expiresAt()),
        new Refusal(
                "not-later",
                "until",
                "The access lasts until "
                    + active.grant().expiresAt()
                    + " already. To end it earlier, give it back.")
            .with(active.grant().expiresAt()));
  }

  private static Optional<Refusal> within(Active active, Extend extend) {
    return active
        .extendable()
        .map(active.grant().startedAt()::plus)
        .filter(latest -> extend.until().isAfter(latest))
        .map(
            latest ->
                new Refusal(
                        "extended-too-long",
                        "until",
                        "All in all this access may last until "
                            + latest
                            + ". For longer, ask again.")
                    .with(latest));
  }

  private static Optional<Refusal> inTime(Active active, Extend extend) {
    return when(
        isTooLate(active, extend.act().at()),
        Refusal.of(
                "too-late",
                "The access ends at "
                    + active.grant().expiresAt()
                    + ", and in its last minute that can no longer be changed. You can ask again.")
            .in("extension")
            .with(active.grant().expiresAt()));
  }

  private static boolean isTooLate(Active active, Instant now) {
    return active.grant().expiresAt().minus(Times.TOO_LATE_TO_EXTEND).isBefore(now);
  }
}
