package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Who stands in for one person, with all that was ever said of it: each change once, so that what
 * holds and how it came about are one. Nothing is ever taken out.
 *
 * @param person email address, lower case, of the one for whom somebody stands in
 * @param namings what was said, oldest first
 */
public record Absence(String person, List<Naming> namings) {
  /** The most days for which somebody can be named at once. */
  public static final int MOST_DAYS = 90;

  /** So many days ahead the first one may be. */
  public static final int MOST_DAYS_AHEAD = 365;

  /** So often somebody can be named: what is kept is one item. */
  static final int MOST_NAMINGS = 400;

  /** Whoever was just then being asked is looked at again so much later. */
  private static final Duration AFTERWARDS = Duration.ofMinutes(5);

  /** People leave the directory meanwhile, and rounds are lost. */
  private static final Duration EACH = Duration.ofHours(1);

  private static final String STAND_IN = "standIn";

  public Absence {
    Texts.requireLowerCase(person);
    namings = List.copyOf(namings);
    for (var naming : namings) {
      if (naming.standIn().equals(person)) {
        throw new IllegalArgumentException("nobody stands in for themselves: " + person);
      }
    }
  }

  /** Of somebody who has never named anybody. */
  public static Absence none(String person) {
    return new Absence(person, List.of());
  }

  /** How often something was said. */
  public int version() {
    return namings.size();
  }

  /** Who was named last, unless that was ended; it may begin later, or be over. */
  public Optional<Naming> named() {
    return namings.isEmpty() || namings.getLast().kind() == Naming.Kind.ENDED
        ? Optional.empty()
        : Optional.of(namings.getLast());
  }

  /** Who was named last and is not over yet; it may begin later. */
  public Optional<Naming> named(Instant now) {
    return named().filter(each -> now.isBefore(each.ends()));
  }

  /** Who stands in at that moment; empty if nobody does. */
  public Optional<String> standInAt(Instant now) {
    return named(now).filter(each -> !now.isBefore(each.begins())).map(Naming::standIn);
  }

  /**
   * When what is asked of this person is to be looked at again; empty if nobody stands in for them
   * and all is as before.
   */
  public Optional<Instant> nextDue(Instant now) {
    if (namings.isEmpty()) {
      return Optional.empty();
    }
    var last = namings.getLast();
    var ends = last.kind() == Naming.Kind.ENDED ? last.act().at() : last.ends();
    if (!now.isBefore(ends)) {
      return Optional.of(ends.plus(AFTERWARDS)).filter(now::isBefore);
    }
    if (now.isBefore(last.begins())) {
      return Optional.of(last.begins());
    }
    var begun = Times.later(last.begins(), last.act().at()).plus(AFTERWARDS);
    return Optional.of(Times.earlier(now.isBefore(begun) ? begun : now.plus(EACH), ends));
  }

  /** What saying something came to. */
  public sealed interface Outcome {
    /** It holds now; perhaps it did before. */
    record Holds(Absence absence) implements Outcome {
      public Holds {
        Objects.requireNonNull(absence);
      }
    }

    /** It is not done, for these reasons. */
    record Refused(List<Refusal> refusals) implements Outcome {
      public Refused {
        refusals = List.copyOf(refusals);
      }
    }
  }

  /**
   * Names somebody, in place of whoever was named before. The same again changes nothing.
   *
   * @param standIn email address of whoever is to stand in; empty if none was given
   * @param reason why; needed of whoever says so for somebody else
   * @param standing what the directory has against it
   */
  public Outcome name(
      Act act,
      String standIn,
      LocalDate from,
      LocalDate through,
      ZoneId zone,
      String reason,
      List<Refusal> standing) {
    var before = named(act.at());
    var refusals = new ArrayList<>(ofReason(act, reason));
    var today = LocalDate.ofInstant(act.at(), zone);
    if (standIn.isEmpty()) {
      refusals.add(refusal("stand-in-nobody", STAND_IN, "Please say who stands in."));
    } else if (standIn.equals(person)) {
      refusals.add(
          refusal("stand-in-oneself", STAND_IN, "Somebody else must stand in. Please choose."));
    }
    if (through.isBefore(from)) {
      refusals.add(
          refusal("stand-in-backwards", "through", "The last day is before the first one."));
    } else if (through.isBefore(today)) {
      refusals.add(refusal("stand-in-past", "through", "The last day is over already."));
    } else if (from.plusDays(MOST_DAYS).isBefore(through.plusDays(1))) {
      refusals.add(
          refusal(
                  "stand-in-too-long",
                  "through",
                  "Somebody stands in for at most " + MOST_DAYS + " days at once.")
              .with(MOST_DAYS));
    }
    if (from.isBefore(today) && before.filter(each -> each.from().equals(from)).isEmpty()) {
      refusals.add(refusal("stand-in-begun", "from", "The first day is over already."));
    } else if (from.isAfter(today.plusDays(MOST_DAYS_AHEAD))) {
      refusals.add(
          refusal(
                  "stand-in-too-early",
                  "from",
                  "The first day is at most " + MOST_DAYS_AHEAD + " days ahead.")
              .with(MOST_DAYS_AHEAD));
    }
    if (namings.size() >= MOST_NAMINGS) {
      refusals.add(
          Refusal.of(
              "stand-in-too-often", "This has been changed too often to be changed once more."));
    }
    refusals.addAll(standing);
    if (!refusals.isEmpty()) {
      return new Outcome.Refused(refusals);
    }
    var naming = new Naming(Naming.Kind.NAMED, act, standIn, from, through, zone, reason.strip());
    return before.filter(naming::saysAs).isPresent()
        ? new Outcome.Holds(this)
        : new Outcome.Holds(with(naming));
  }

  /** Ends what was named, before its time; where nobody is named, nothing changes. */
  public Outcome end(Act act, String reason) {
    var named = named(act.at());
    var refusals = ofReason(act, reason);
    if (named.isEmpty() || !refusals.isEmpty()) {
      return named.isEmpty() ? new Outcome.Holds(this) : new Outcome.Refused(refusals);
    }
    var one = named.get();
    return new Outcome.Holds(
        with(
            new Naming(
                Naming.Kind.ENDED,
                act,
                one.standIn(),
                one.from(),
                one.through(),
                one.zone(),
                reason.strip())));
  }

  private List<Refusal> ofReason(Act act, String reason) {
    var refusals = new ArrayList<Refusal>();
    if (!act.by().equals(person) && Texts.saysNothing(reason)) {
      refusals.add(refusal("stand-in-reason", "reason", "Please say in a few words why."));
    }
    if (Texts.isTooLong(reason)) {
      refusals.add(
          refusal(
                  "stand-in-reason-long",
                  "reason",
                  "Please keep the reason to %,d characters.".formatted(Texts.LONGEST))
              .with(Texts.LONGEST));
    }
    Texts.refusal("stand-in-reason-character", "reason", reason).ifPresent(refusals::add);
    return refusals;
  }

  private Absence with(Naming naming) {
    var more = new ArrayList<>(namings);
    more.add(naming);
    return new Absence(person, more);
  }

  private static Refusal refusal(String code, String field, String message) {
    return new Refusal(code, field, message);
  }
}
