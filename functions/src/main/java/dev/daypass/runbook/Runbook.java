package dev.daypass.runbook;

import dev.daypass.access.Proof;
import dev.daypass.access.Times;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * The policy for one task.
 *
 * @param id lower case letters, digits and dashes
 * @param title the task in the team's words
 * @param system id of the target system
 * @param role id of the role inside it
 * @param mayAsk who may ask: everyone, groups, people
 * @param mayAskForOthers who may ask for one of those: their manager, groups, people; may be empty
 * @param duration how long the access may last
 * @param extend how far the holder may move the end without asking again; null for not at all
 * @param start how far ahead a later start may be asked for; null for not at all
 * @param limits how often one person may ask; null for as often as they like
 * @param reason what a reason must look like
 * @param ticket what a ticket number must look like, or null if none is asked for
 * @param calendar the working hours by which the stages' times count; null for plain time
 * @param approval the stages in order, at least one
 * @param autoApproval rules of which each approves a request at once, in place of the stages
 * @param breakGlass who may take the access without asking in an emergency; null for nobody
 * @param sameApprover whether whoever approved one stage counts in a later one, too
 * @param proof what a decision from a mail link must prove
 * @param guidance what to tell the people involved
 */
public record Runbook(
    String id,
    String title,
    String system,
    String role,
    List<Who> mayAsk,
    List<Who> mayAskForOthers,
    Span duration,
    @Nullable Extension extend,
    @Nullable Start start,
    @Nullable Limits limits,
    ReasonRule reason,
    @Nullable TicketRule ticket,
    @Nullable Calendar calendar,
    List<Stage> approval,
    List<AutoRule> autoApproval,
    @Nullable BreakGlass breakGlass,
    boolean sameApprover,
    Proof proof,
    Guidance guidance) {
  /** The shortest access that can be asked for. */
  public static final Duration SHORTEST = Times.SHORTEST_ACCESS;

  /** The longest access that any runbook can give: what lasts longer is not just in time. */
  public static final Duration LONGEST = Duration.ofDays(90);

  /** The longest that a stage can stay open. */
  public static final Duration LATEST_LAPSE = Duration.ofDays(30);

  /** The longest that a stage can stay open by working hours: as much as four weeks have. */
  public static Duration longestLapse(Calendar calendar) {
    return calendar.hours().ofAWeek().multipliedBy(4);
  }

  /** The most characters of a reason or a comment. */
  public static final int MOST_CHARACTERS = 2_000;

  /** The most characters of a ticket number. */
  public static final int MOST_TICKET_CHARACTERS = 100;

  /**
   * How long the access may last.
   *
   * @param usual what is proposed, and taken if nothing is said
   * @param longest the most that can be asked for
   */
  public record Span(Duration usual, Duration longest) {
    public Span {
      if (usual.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException("shorter than " + SHORTEST + ": " + usual);
      }
      if (longest.compareTo(usual) < 0) {
        throw new IllegalArgumentException(longest + " is shorter than the default " + usual);
      }
      if (longest.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("longer than " + LONGEST + ": " + longest);
      }
    }
  }

  /**
   * Access that is to begin at a time of its own.
   *
   * @param within how far ahead it may be asked for
   */
  public record Start(Duration within) {
    /** Less is not worth asking for. */
    public static final Duration LEAST = Duration.ofHours(1);

    /** What is further ahead is asked for when it comes nearer. */
    public static final Duration MOST = Duration.ofDays(90);

    public Start {
      if (within.compareTo(LEAST) < 0 || within.compareTo(MOST) > 0) {
        throw new IllegalArgumentException(LEAST + " to " + MOST + " ahead, not " + within);
      }
    }
  }

  /**
   * How far the holder may move the end without asking anybody: the named rule {@code extend}.
   *
   * @param longest how long the access may last in all, from its beginning
   */
  public record Extension(Duration longest) {
    public Extension {
      if (longest.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException("longer than " + LONGEST + ": " + longest);
      }
    }
  }

  /**
   * How often one person may ask with this runbook: at least one of the two.
   *
   * @param open the most at once that have not come to an end, waiting or running; null for any
   * @param perDay the most within 24 hours, whatever becomes of them; null for any
   */
  public record Limits(@Nullable Integer open, @Nullable Integer perDay) {
    /** More than that is no limit for a person. */
    public static final int MOST = 100;

    public Limits {
      if (open == null && perDay == null) {
        throw new IllegalArgumentException("limits that limit nothing");
      }
      check(open);
      check(perDay);
    }

    private static void check(@Nullable Integer limit) {
      if (limit != null && (limit < 1 || limit > MOST)) {
        throw new IllegalArgumentException("a limit is 1 to " + MOST + ", not " + limit);
      }
    }
  }

  /**
   * What a reason must look like.
   *
   * @param atLeast the fewest characters, 1 to 500
   * @param hint what to write, shown with the field; may be empty
   */
  public record ReasonRule(int atLeast, String hint) {
    /** The fewest characters of a reason where a runbook says nothing. */
    public static final int USUAL = 10;

    public ReasonRule {
      hint = Ids.lines(hint, "the hint about the reason");
      if (atLeast < 1 || atLeast > 500) {
        throw new IllegalArgumentException("a reason has at least 1 to 500 characters: " + atLeast);
      }
    }
  }

  /**
   * What a ticket number must look like.
   *
   * @param pattern a regular expression that the whole number matches
   * @param example a number that matches
   * @param hint where to find it, for people
   */
  public record TicketRule(Pattern pattern, String example, String hint) {
    public TicketRule {
      example = Ids.filled(example, "the example of a ticket");
      hint = Ids.filled(hint, "the hint about the ticket");
      if (!pattern.matcher(example).matches()) {
        throw new IllegalArgumentException(
            "the example " + example + " does not match the pattern " + pattern);
      }
    }

    /**
     * A rule from its written form.
     *
     * @throws PatternSyntaxException if the pattern is no regular expression
     */
    public static TicketRule of(String pattern, String example, String hint) {
      return new TicketRule(Pattern.compile(pattern), example, hint);
    }

    /** Whether this is such a ticket number. */
    public boolean accepts(String ticket) {
      return pattern.matcher(ticket).matches();
    }

    // Pattern has no equals of its own, and two readings of one file are the same rule.
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof TicketRule(var otherPattern, var otherExample, var otherHint)
          && pattern.pattern().equals(otherPattern.pattern())
          && example.equals(otherExample)
          && hint.equals(otherHint);
    }

    @Override
    public int hashCode() {
      return Objects.hash(pattern.pattern(), example, hint);
    }
  }

  /** How many of those asked must approve. */
  public sealed interface Needed {
    /** Every one of them. */
    record All() implements Needed {}

    /** So many of them; with one, the first answer counts. */
    record AtLeast(int people) implements Needed {
      public AtLeast {
        if (people < 1) {
          throw new IllegalArgumentException("at least one person approves, not " + people);
        }
      }
    }

    /** The number itself, out of so many people asked. */
    default int of(int asked) {
      return switch (this) {
        case All _ -> asked;
        case AtLeast some -> some.people();
      };
    }
  }

  /**
   * One step of the approval chain. All times count from the opening of the stage.
   *
   * @param title who decides here, in words; null to derive it from {@code by}
   * @param by who is asked
   * @param needed how many of them must approve
   * @param remindAfter when they are asked again
   * @param escalation who else is asked, and when; null for nobody
   * @param lapseAfter when the request ends because nobody answered
   */
  public record Stage(
      @Nullable String title,
      List<Who> by,
      Needed needed,
      Duration remindAfter,
      @Nullable Escalation escalation,
      Duration lapseAfter) {
    /** When a stage ends unanswered where a runbook says nothing. */
    public static final Duration USUAL_LAPSE = Duration.ofDays(1);

    public Stage {
      title = title == null ? null : Ids.filled(title, "the title of a stage");
      Objects.requireNonNull(needed);
      by = List.copyOf(by);
      if (by.isEmpty() || by.contains(new Who.Everyone())) {
        throw new IllegalArgumentException("a stage names who decides: " + by);
      }
      var end = escalation == null ? lapseAfter : escalation.after();
      if (!remindAfter.isPositive()
          || remindAfter.compareTo(end) >= 0
          || end.compareTo(lapseAfter) > 0
          || (escalation != null && end.compareTo(lapseAfter) == 0)
          || lapseAfter.compareTo(LATEST_LAPSE) > 0) {
        throw new IllegalArgumentException(
            "first the reminder, then the escalation, then the end within "
                + LATEST_LAPSE
                + ": "
                + remindAfter
                + ", "
                + end
                + ", "
                + lapseAfter);
      }
    }
  }

  /**
   * Who else is asked when those asked first do not answer.
   *
   * @param after from the opening of the stage
   * @param replaces whether from then on only these may decide; else all of them may, with those
   *     who were asked before
   */
  public record Escalation(Duration after, List<Who> to, boolean replaces) {
    public Escalation {
      to = List.copyOf(to);
      if (to.isEmpty() || to.contains(new Who.Everyone())) {
        throw new IllegalArgumentException("an escalation names who is asked: " + to);
      }
    }
  }

  /**
   * A rule that approves a request at once. All that it names must hold; at least one thing is.
   *
   * @param name what the trail calls it: lower case letters, digits and dashes
   * @param inGroup the group that the requester is in; null for anybody who may ask
   * @param maxDuration the longest that may be asked for; null for the runbook's longest
   * @param withinHours whether it must be working time by the runbook's calendar
   * @param hasTicket whether a ticket must be named
   * @param usedBefore within which time before the requester must have asked for this and been
   *     given it; what an owner or administrator took away last does not count; null for never
   */
  public record AutoRule(
      String name,
      @Nullable String inGroup,
      @Nullable Duration maxDuration,
      boolean withinHours,
      boolean hasTicket,
      @Nullable Duration usedBefore) {
    /** The longest time before that can count. */
    public static final Duration LONGEST_MEMORY = Duration.ofDays(365);

    public AutoRule {
      Ids.id(name, "rule");
      if (inGroup == null
          && maxDuration == null
          && !withinHours
          && !hasTicket
          && usedBefore == null) {
        throw new IllegalArgumentException("the rule " + name + " demands nothing");
      }
      inGroup = inGroup == null ? null : Ids.filled(inGroup, "the group of the rule " + name);
      if (maxDuration != null && maxDuration.compareTo(SHORTEST) < 0) {
        throw new IllegalArgumentException("shorter than " + SHORTEST + ": " + maxDuration);
      }
      if (usedBefore != null
          && (!usedBefore.isPositive() || usedBefore.compareTo(LONGEST_MEMORY) > 0)) {
        throw new IllegalArgumentException(
            "within " + LONGEST_MEMORY + " before, not " + usedBefore);
      }
    }
  }

  /**
   * Access without asking, in an emergency.
   *
   * @param who groups and people; never everyone
   * @param longest the longest access that can be taken so
   * @param review who must say afterwards whether it was justified; told at once, as the system's
   *     owners and the manager of whoever takes it are
   */
  public record BreakGlass(List<Who> who, Duration longest, List<Who> review) {
    /** What lasts longer is no emergency any more, and can be asked for. */
    public static final Duration MOST = Duration.ofHours(8);

    public BreakGlass {
      who = List.copyOf(who);
      review = List.copyOf(review);
      if (who.isEmpty() || !who.stream().allMatch(BreakGlass::isNamed)) {
        throw new IllegalArgumentException("who takes access in an emergency is named: " + who);
      }
      if (review.isEmpty() || review.contains(new Who.Everyone())) {
        throw new IllegalArgumentException("who reviews an emergency is named: " + review);
      }
      if (longest.compareTo(SHORTEST) < 0 || longest.compareTo(MOST) > 0) {
        throw new IllegalArgumentException(SHORTEST + " to " + MOST + ", not " + longest);
      }
    }

    private static boolean isNamed(Who who) {
      return switch (who) {
        case Who.Group _, Who.Named _ -> true;
        case Who.Everyone _, Who.Manager _, Who.ManagersManager _, Who.Owners _ -> false;
      };
    }

    /** Whether this person may take the access. */
    public boolean isFor(Person person) {
      return who.stream().anyMatch(each -> each.means(person));
    }
  }

  /**
   * What to tell people, in plain words.
   *
   * @param requester shown before asking; may be empty
   * @param approver shown with the decision and in the mail; may be empty
   */
  public record Guidance(String requester, String approver) {
    public Guidance {
      requester = Ids.lines(requester, "the guidance for requesters");
      approver = Ids.lines(approver, "the guidance for approvers");
    }
  }

  /** A runbook in which people decide about everything. */
  public Runbook(
      String id,
      String title,
      String system,
      String role,
      List<Who> mayAsk,
      Span duration,
      @Nullable Extension extend,
      @Nullable Limits limits,
      ReasonRule reason,
      @Nullable TicketRule ticket,
      @Nullable Calendar calendar,
      List<Stage> approval,
      boolean sameApprover,
      Proof proof,
      Guidance guidance) {
    this(
        id,
        title,
        system,
        role,
        mayAsk,
        List.of(),
        duration,
        extend,
        null,
        limits,
        reason,
        ticket,
        calendar,
        approval,
        List.of(),
        null,
        sameApprover,
        proof,
        guidance);
  }

  public Runbook {
    Ids.id(id, "runbook");
    Ids.id(system, "system");
    Ids.id(role, "role");
    title = Ids.filled(title, "the title of the runbook " + id);
    mayAsk = List.copyOf(mayAsk);
    mayAskForOthers = List.copyOf(mayAskForOthers);
    approval = List.copyOf(approval);
    autoApproval = List.copyOf(autoApproval);
    if (autoApproval.stream().map(AutoRule::name).distinct().count() != autoApproval.size()) {
      throw new IllegalArgumentException("two rules have one name: " + autoApproval);
    }
    for (var rule : autoApproval) {
      if (rule.withinHours() && calendar == null) {
        throw new IllegalArgumentException(
            "the rule " + rule.name() + " counts on hours, and there is no calendar");
      }
      if (rule.hasTicket() && ticket == null) {
        throw new IllegalArgumentException(
            "the rule " + rule.name() + " demands a ticket, and the runbook asks for none");
      }
    }
    Objects.requireNonNull(duration);
    if (extend != null && extend.longest().compareTo(duration.longest()) < 0) {
      throw new IllegalArgumentException(
          "extended to " + extend.longest() + ", shorter than the longest " + duration.longest());
    }
    if (breakGlass != null && breakGlass.longest().compareTo(duration.longest()) > 0) {
      throw new IllegalArgumentException(
          "taken for " + breakGlass.longest() + ", asked for at most " + duration.longest());
    }
    Objects.requireNonNull(reason);
    Objects.requireNonNull(proof);
    Objects.requireNonNull(guidance);
    if (mayAsk.isEmpty()
        || mayAsk.contains(new Who.Manager())
        || mayAsk.contains(new Who.ManagersManager())
        || mayAsk.contains(new Who.Owners())) {
      throw new IllegalArgumentException("who may ask are people, groups or everyone: " + mayAsk);
    }
    for (var who : mayAskForOthers) {
      switch (who) {
        case Who.Manager _, Who.Group _, Who.Named _ -> {}
        case Who.Everyone _, Who.ManagersManager _, Who.Owners _ ->
            throw new IllegalArgumentException(
                "who may ask for others are managers, groups or people: " + mayAskForOthers);
      }
    }
    if (calendar != null) {
      var longest = longestLapse(calendar);
      for (var stage : approval) {
        if (stage.lapseAfter().compareTo(longest) > 0) {
          throw new IllegalArgumentException(
              stage.lapseAfter() + " of working time is more than four weeks have: " + longest);
        }
      }
    }
    if (approval.isEmpty()) {
      throw new IllegalArgumentException("the runbook " + id + " has no approval stage");
    }
  }
}
