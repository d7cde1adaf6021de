package dev.daypass.web;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Sentence;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One system, for those who answer for it: who has access now, who asks for it, what does not work.
 *
 * @param done what the visitor has just taken away, or null
 * @param unsaid the request that the visitor wanted to take away and did not say why, or null
 * @param owners those that the published system names
 * @param tasks what owners have to do, longest open first
 * @param moreTasks path of the part of that list after this one, or null
 * @param access who has access now, or may still have it, newest first
 * @param moreAccess path of the part of that list after this one, or null
 * @param waiting what is asked for and has not begun: first what is being set up, then what waits
 *     for a decision, oldest first
 * @param moreWaiting path of the part of that list after this one, or null
 * @param laterAccess whether this is not the first part of that list
 * @param laterWaiting whether this is not the first part of that list
 * @param laterTasks whether this is not the first part of that list
 * @param findings what is wrong with the system
 * @param hands what owners do by hand, or null if that is not written down
 * @param chat that a channel is told as well, or null if none is
 */
public record SystemView(
    Frame frame,
    String id,
    String title,
    @Nullable Said done,
    @Nullable String unsaid,
    List<Owner> owners,
    List<Role> roles,
    List<Task> tasks,
    @Nullable String moreTasks,
    List<Access> access,
    @Nullable String moreAccess,
    List<Waiting> waiting,
    @Nullable String moreWaiting,
    boolean laterAccess,
    boolean laterWaiting,
    boolean laterTasks,
    List<Lead> runbooks,
    List<FindingView> findings,
    @Nullable Hands hands,
    @Nullable Said chat) {
  /**
   * What owners do by hand.
   *
   * @param always whether no program reaches the system; else only what a program could not do
   * @param setUp steps, in order; empty if a program does that
   * @param takeAway steps, in order
   */
  public record Hands(boolean always, List<String> setUp, List<String> takeAway) {
    public Hands {
      setUp = List.copyOf(setUp);
      takeAway = List.copyOf(takeAway);
    }
  }

  /** Whether some of what owners have to do is there because something went wrong. */
  public boolean isStuck() {
    return tasks.stream().anyMatch(task -> task.todo() == ToDo.STUCK);
  }

  /** Why what the visitor wanted to take away was not. */
  public List<Refusal> errors() {
    return unsaid == null ? List.of() : List.of(Refusals.of("revoke-reason-missing", "reason"));
  }

  /** The same, if it is about this access. */
  public List<Refusal> errors(Access about) {
    return about.requestId().equals(unsaid) ? errors() : List.of();
  }

  /**
   * Somebody who answers for the system.
   *
   * @param active false for somebody who has left, or whom nobody knows
   */
  public record Owner(Person person, boolean active) {
    public Owner {
      Objects.requireNonNull(person);
    }
  }

  /**
   * What one can have in the system.
   *
   * @param notes what else owners should know of it, a sentence each
   */
  public record Role(String title, String allows, List<Said> notes) {
    public Role {
      Objects.requireNonNull(title);
      Objects.requireNonNull(allows);
      notes = List.copyOf(notes);
    }
  }

  /**
   * What owners have to do about one request.
   *
   * @param owners names of those who have the task
   * @param problem what the system answered last
   */
  public record Task(
      ToDo todo,
      String requestId,
      Person person,
      String roleTitle,
      Instant since,
      List<String> owners,
      String problem) {
    public Task {
      Objects.requireNonNull(todo);
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(person);
      Objects.requireNonNull(roleTitle);
      Objects.requireNonNull(since);
      owners = List.copyOf(owners);
      Objects.requireNonNull(problem);
    }
  }

  /**
   * Access that somebody has, or may still have.
   *
   * @param inactive whether the person has left, and the access is not over yet
   * @param title of the runbook
   * @param perhaps whether it is over and nobody has ever known it to be there
   * @param since when it was proven to work, or null while it is not
   * @param until when it ends, or null while it is being taken away
   * @param mine whether it is the visitor's own, to be given back
   * @param revocable whether the visitor may take it away
   */
  public record Access(
      String requestId,
      Person person,
      boolean inactive,
      String roleTitle,
      String title,
      Sentence status,
      boolean perhaps,
      @Nullable Instant since,
      @Nullable Instant until,
      boolean mine,
      boolean revocable) {
    public Access {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(person);
      Objects.requireNonNull(roleTitle);
      Objects.requireNonNull(title);
      Objects.requireNonNull(status);
    }
  }

  /**
   * What somebody asks for.
   *
   * @param title of the runbook
   */
  public record Waiting(
      String requestId, Person person, String title, Instant askedAt, Sentence status) {
    public Waiting {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(person);
      Objects.requireNonNull(title);
      Objects.requireNonNull(askedAt);
      Objects.requireNonNull(status);
    }
  }

  /** A runbook by which one gets into the system, with what is wrong with it. */
  public record Lead(String runbook, String title, String roleTitle, List<FindingView> findings) {
    public Lead {
      Objects.requireNonNull(runbook);
      Objects.requireNonNull(title);
      Objects.requireNonNull(roleTitle);
      findings = List.copyOf(findings);
    }
  }

  public SystemView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    owners = List.copyOf(owners);
    roles = List.copyOf(roles);
    tasks = List.copyOf(tasks);
    access = List.copyOf(access);
    waiting = List.copyOf(waiting);
    runbooks = List.copyOf(runbooks);
    findings = List.copyOf(findings);
  }
}
