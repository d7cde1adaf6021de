package dev.daypass.web;

import dev.daypass.access.Said;
import dev.daypass.words.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One runbook as published, in plain words.
 *
 * @param role what it gives, or null if the system has no such role any more
 * @param mayAsk who may ask, as the runbook names them, with how many they are today
 * @param forOthers who may ask for one of those; empty if nobody
 * @param extendable how long the access may last in all without anybody being asked, or null
 * @param startWithin how far ahead it may be asked to begin, or null
 * @param byHand whether the owners of the system set it up and take it away by hand
 * @param limits how often one person may ask; empty for as often as they like
 * @param atOnce the rules that approve at once, each with all that it demands
 * @param emergency who may take it without asking, or null if nobody may
 * @param shortestReason the fewest characters of a reason
 * @param ticket what a ticket number looks like, or null if none is asked for
 * @param proof how whoever decides must show who they are
 * @param twice whether whoever approves one step counts in a later one; null if there is only one
 * @param hours the working hours by which the steps' times count; empty for plain time
 * @param all whether the visitor may see all runbooks
 */
public record RunbookView(
    Frame frame,
    String id,
    String title,
    Home system,
    @Nullable Role role,
    List<Said> mayAsk,
    List<Said> forOthers,
    Duration usual,
    Duration longest,
    @Nullable Duration extendable,
    @Nullable Duration startWithin,
    boolean byHand,
    List<Said> limits,
    List<AskView.AtOnce> atOnce,
    @Nullable Emergency emergency,
    int shortestReason,
    String reasonHint,
    @Nullable Ticket ticket,
    Said proof,
    @Nullable Said twice,
    List<Said> hours,
    List<Stage> stages,
    String toRequester,
    String toApprover,
    List<Version> versions,
    List<FindingView> findings,
    boolean all) {
  /** Where it leads. */
  public record Home(String id, String title) {
    public Home {
      Objects.requireNonNull(id);
      Objects.requireNonNull(title);
    }
  }

  /** What it gives. */
  public record Role(String title, String allows) {
    public Role {
      Objects.requireNonNull(title);
      Objects.requireNonNull(allows);
    }
  }

  /**
   * Access without asking.
   *
   * @param who who may take it
   * @param longest for how long at most
   * @param review who must say afterwards whether it was justified
   */
  public record Emergency(List<Said> who, Duration longest, List<Said> review) {
    public Emergency {
      who = List.copyOf(who);
      Objects.requireNonNull(longest);
      review = List.copyOf(review);
    }
  }

  /** What a ticket number looks like, and where to find it. */
  public record Ticket(String example, String hint) {
    public Ticket {
      Objects.requireNonNull(example);
      Objects.requireNonNull(hint);
    }
  }

  /**
   * One step of the chain.
   *
   * @param title in the words of the runbook, or null if it has none
   * @param asked who is asked, with their names of today
   * @param needed how many of them must approve
   * @param remindAfter when they are asked again, from the beginning of the step
   * @param escalateAfter when others are asked too, or null if nobody is
   * @param instead whether only those others decide then
   * @param others who is asked then, with their names of today
   * @param lapseAfter when the request ends because nobody answered
   */
  public record Stage(
      @Nullable String title,
      List<Said> asked,
      Said needed,
      Duration remindAfter,
      @Nullable Duration escalateAfter,
      boolean instead,
      List<Said> others,
      Duration lapseAfter) {
    public Stage {
      asked = List.copyOf(asked);
      Objects.requireNonNull(needed);
      Objects.requireNonNull(remindAfter);
      others = List.copyOf(others);
      Objects.requireNonNull(lapseAfter);
    }
  }

  /**
   * A version that was published.
   *
   * @param current whether it is the one that holds
   */
  public record Version(int version, String publisher, Instant at, boolean current) {
    public Version {
      Objects.requireNonNull(publisher);
      Objects.requireNonNull(at);
    }
  }

  /** So long a time of a step, in the words of the page. */
  public Object span(Duration time) {
    return Telling.span(time, !hours.isEmpty());
  }

  public RunbookView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    Objects.requireNonNull(system);
    mayAsk = List.copyOf(mayAsk);
    forOthers = List.copyOf(forOthers);
    Objects.requireNonNull(usual);
    Objects.requireNonNull(longest);
    limits = List.copyOf(limits);
    atOnce = List.copyOf(atOnce);
    Objects.requireNonNull(reasonHint);
    Objects.requireNonNull(proof);
    hours = List.copyOf(hours);
    stages = List.copyOf(stages);
    Objects.requireNonNull(toRequester);
    Objects.requireNonNull(toApprover);
    versions = List.copyOf(versions);
    findings = List.copyOf(findings);
  }
}
