package dev.daypass.runbook;

import dev.daypass.access.NamedRule;
import dev.daypass.access.Plan;
import dev.daypass.access.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** Which rules of a published runbook approve a request at once, and which do not and why. */
public final class AutoApproval {
  /**
   * What somebody asks for.
   *
   * @param requester whom it is for
   * @param asker email address of the person who asks
   * @param duration how long
   * @param ticket may be blank
   * @param now when, or when it is to begin
   */
  public record Wish(
      Person requester, String asker, Duration duration, String ticket, Instant now) {
    /** What somebody asks for themselves. */
    public Wish(Person requester, Duration duration, String ticket, Instant now) {
      this(requester, requester.email(), duration, ticket, now);
    }

    /** Nobody's own rule approves what they ask for, or what is asked for them. */
    private boolean isBy(String publisher) {
      return publisher.equals(requester.email()) || publisher.equals(asker);
    }
  }

  /** What a condition is about. */
  public enum About {
    THE_PUBLISHER,
    THE_PERSON,
    THE_TIME,
    THE_PAST,
    THE_DURATION,
    THE_TICKET
  }

  /** One thing that a rule demands, in words, and whether it is so. */
  public record Condition(About about, Said said, boolean holds) {
    /** Whether it is about what is typed, and not about who asks and when. */
    public boolean isTyped() {
      return switch (about) {
        case THE_DURATION, THE_TICKET -> true;
        case THE_PUBLISHER, THE_PERSON, THE_TIME, THE_PAST -> false;
      };
    }
  }

  /**
   * How a rule came out.
   *
   * @param rule its name
   * @param conditions all that it demands
   */
  public record Weighed(String rule, List<Condition> conditions) {
    public Weighed {
      conditions = List.copyOf(conditions);
    }

    /** Whether it can approve what this person types now: all else that it demands is so. */
    public boolean mayApprove() {
      return conditions.stream().allMatch(each -> each.isTyped() || each.holds());
    }

    /** What it demands of what is typed. */
    public List<Said> typed() {
      return conditions.stream().filter(Condition::isTyped).map(Condition::said).toList();
    }
  }

  private final Directory directory;
  private final Past past;

  public AutoApproval(Directory directory, Past past) {
    this.directory = directory;
    this.past = past;
  }

  /** The plan as the first rule that approves it leaves it; empty if people decide. */
  public Optional<Plan> of(Published<Runbook> runbook, Wish wish, Plan plan) {
    return runbook.policy().autoApproval().stream()
        .filter(rule -> conditions(runbook, rule, wish).stream().allMatch(Condition::holds))
        .findFirst()
        .map(
            rule ->
                plan.approvedBy(
                    new NamedRule(rule.name(), publisher(runbook)), rule.maxDuration()));
  }

  /** All rules of the runbook. Reads nothing where it has none. */
  public List<Weighed> weigh(Published<Runbook> runbook, Wish wish) {
    return runbook.policy().autoApproval().stream()
        .map(rule -> new Weighed(rule.name(), conditions(runbook, rule, wish)))
        .toList();
  }

  private List<Condition> conditions(Published<Runbook> runbook, Runbook.AutoRule rule, Wish wish) {
    var conditions = new ArrayList<Condition>();
    conditions.add(publishedByAnother(runbook, wish));
    var group = rule.inGroup();
    if (group != null) {
      conditions.add(
          new Condition(
              About.THE_PERSON, Said.of("rule.in-group", group), wish.requester().isIn(group)));
    }
    var longest = rule.maxDuration();
    if (longest != null) {
      conditions.add(
          new Condition(
              About.THE_DURATION,
              Said.of("rule.max-duration", longest),
              wish.duration().compareTo(longest) <= 0));
    }
    if (rule.withinHours()) {
      var calendar = Objects.requireNonNull(runbook.policy().calendar(), "a runbook checks this");
      conditions.add(
          new Condition(
              About.THE_TIME,
              Said.of("rule.within-hours", calendar.title()),
              calendar.hours().isOpen(wish.now())));
    }
    if (rule.hasTicket()) {
      conditions.add(
          new Condition(About.THE_TICKET, Said.of("rule.has-ticket"), !wish.ticket().isBlank()));
    }
    var within = rule.usedBefore();
    if (within != null) {
      conditions.add(
          new Condition(
              About.THE_PAST,
              Said.of("rule.used-before", within),
              past.lastGiven(
                      wish.requester().email(), runbook.policy().id(), wish.now().minus(within))
                  .isPresent()));
    }
    return conditions;
  }

  /** Whose rule it is must be known, or the requester could be the one who made it. */
  private Condition publishedByAnother(Published<Runbook> runbook, Wish wish) {
    var publisher = publisher(runbook);
    return new Condition(
        About.THE_PUBLISHER,
        Said.of("rule.publisher", runbook.publisher()),
        !wish.isBy(publisher) && directory.person(publisher).isPresent());
  }

  private static String publisher(Published<Runbook> runbook) {
    return runbook.publisher().strip().toLowerCase(Locale.ROOT);
  }
}
