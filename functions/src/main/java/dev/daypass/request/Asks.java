package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Life;
import dev.daypass.access.Plan;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.RequestId;
import dev.daypass.access.Submission;
import dev.daypass.runbook.Ask;
import dev.daypass.runbook.AutoApproval;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Planning;
import dev.daypass.store.Requests;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Takes what somebody asks for: checks it, freezes the plan, stores the request once. */
public final class Asks {
  /** What came of asking. */
  public sealed interface Result {
    /**
     * The request is stored.
     *
     * @param isNew false if it was stored before under the same key, by the same words
     */
    record Accepted(Request request, boolean isNew) implements Result {}

    /** It may not be asked for; all reasons. */
    record Refused(List<Refusal> refusals) implements Result {}

    /** The key was used before, for something else. */
    record KeyUsed(Request before) implements Result {}
  }

  private static final Refusal TOO_WEAK =
      Refusal.of(
              "proof-too-weak",
              "To take access in an emergency please sign in again; it must be less than five"
                  + " minutes ago.")
          .in("emergency");

  private final Requests requests;
  private final Supplier<Catalog> catalog;
  private final Directory directory;
  private final InstantSource clock;

  public Asks(
      Requests requests, Supplier<Catalog> catalog, Directory directory, InstantSource clock) {
    this.requests = requests;
    this.catalog = catalog;
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * Asks. The same ask under the same key is the same request, whatever the policies say by now.
   *
   * @param key the idempotency key
   * @param proof how it is known who asks
   * @param via {@code page} or {@code api}, with the source address
   */
  public Result ask(Ask ask, String key, Proof proof, String via) {
    var id = RequestId.of(ask.asker(), key);
    var before = requests.find(id);
    if (before.isPresent()) {
      return repeated(before.get(), ask);
    }
    var today = catalog.get();
    if (ask.breakGlass() && !proof.suffices(Proof.FRESH)) {
      var refusals = new ArrayList<>(refusals(ask));
      refusals.add(TOO_WEAK);
      return new Result.Refused(refusals);
    }
    return switch (Planner.plan(today, directory, past(), ask)) {
      case Planning.Refused refused -> new Result.Refused(refused.refusals());
      case Planning.Planned planned -> {
        var now = clock.instant();
        var plan = ask.breakGlass() ? planned.plan() : approved(today, planned, ask, now);
        var submission =
            new Submission(
                id,
                ask.requester(),
                ask.askedBy().orElse(null),
                plan,
                planned.duration(),
                planned.reason(),
                planned.ticket().orElse(null),
                ask.startsAt().orElse(null),
                now);
        var act = new Act("submit", now, ask.asker(), via);
        var stored = requests.submit(submitted(submission, act, proof));
        yield stored.asked().equals(submission)
            ? new Result.Accepted(stored, true)
            : repeated(stored, ask);
      }
    };
  }

  private static Request submitted(Submission submission, Act act, Proof proof) {
    var plan = submission.plan();
    if (plan.takenInEmergency()) {
      return Life.submitEmergency(submission, act, proof);
    }
    return plan.rule() == null
        ? Life.submit(submission, act)
        : Life.submitApproved(submission, act);
  }

  /** Every reason why this may not be asked for, as far as it could be read; empty if it may be. */
  List<Refusal> refusals(Ask ask) {
    return switch (Planner.plan(catalog.get(), directory, past(), ask)) {
      case Planning.Refused refused -> refused.refusals();
      case Planning.Planned _ -> List.of();
    };
  }

  /** The plan as a rule of its runbook approves it, if one does. */
  private Plan approved(Catalog today, Planning.Planned planned, Ask ask, Instant now) {
    var plan = planned.plan();
    return today
        .runbook(plan.runbook())
        .filter(runbook -> !runbook.policy().autoApproval().isEmpty())
        .flatMap(
            runbook ->
                directory
                    .active(ask.requester())
                    .map(
                        person ->
                            new AutoApproval.Wish(
                                person,
                                ask.asker(),
                                planned.duration(),
                                planned.ticket().orElse(""),
                                ask.startsAt().orElse(now)))
                    .flatMap(wish -> new AutoApproval(directory, past()).of(runbook, wish, plan)))
        .orElse(plan);
  }

  /** What was asked for up to now. */
  Past past() {
    return requests.past(clock);
  }

  private static Result repeated(Request before, Ask ask) {
    var asked = before.asked();
    boolean same =
        asked.plan().runbook().equals(ask.runbook())
            && asked.plan().takenInEmergency() == ask.breakGlass()
            && asked.requester().equals(ask.requester())
            && asked.reason().equals(ask.reason().strip())
            && Optional.ofNullable(asked.ticket()).orElse("").equals(ask.ticket().strip())
            && ask.startsAt().equals(Optional.ofNullable(asked.startsAt()))
            && ask.duration().map(asked.duration()::equals).orElse(true);
    return same ? new Result.Accepted(before, false) : new Result.KeyUsed(before);
  }
}
