package dev.daypass.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people, the workflow, the sweep and the stream can want of a request. */
public sealed interface Command {
  /** Who wants it, when, from where. */
  Act act();

  /**
   * The people of a round have been told; those refused by the mail system are named.
   *
   * @param handovers how much had been handed over in the stage when they were looked up: whoever
   *     is asked since has not been told
   */
  record Asked(
      Act act, int stage, int round, int handovers, List<String> reached, List<String> refused)
      implements Command {
    /** Nothing had been handed over. */
    public Asked(Act act, int stage, int round, List<String> reached, List<String> refused) {
      this(act, stage, round, 0, reached, refused);
    }

    public Asked {
      reached = List.copyOf(reached);
      refused = List.copyOf(refused);
    }
  }

  /**
   * A mail that asked somebody to decide has come back for good, or was reported as spam.
   *
   * @param person email address of whoever it was to
   * @param said what the other side's mail system says; too long a text is shortened and strange
   *     characters are made visible, since it comes from a stranger
   */
  record MailReturned(Act act, int stage, int round, String person, Why why, String said)
      implements Command {
    /** The most characters of {@link #said} that are kept. */
    public static final int LONGEST = 100;

    /** What became of the mail. */
    public enum Why {
      /** It will never be delivered. */
      BOUNCE,
      /** Its reader, or their mail system, takes it for spam. */
      COMPLAINT
    }

    public MailReturned {
      Objects.requireNonNull(person);
      Objects.requireNonNull(why);
      said = Texts.shortened(Texts.visibleLine(said.strip()), LONGEST);
    }
  }

  /**
   * An approver says yes or no.
   *
   * @param duration how long the access may last, if that is to be shorter than what holds now;
   *     null for as long as holds now, and with a no
   * @param standing what today's runbook and directory have against this approver or this requester
   */
  record Decide(
      Act act,
      int stage,
      Decision.Answer answer,
      @Nullable Duration duration,
      String comment,
      Proof proof,
      List<Refusal> standing)
      implements Command {
    public Decide {
      Objects.requireNonNull(answer);
      comment = comment.strip();
      standing = List.copyOf(standing);
    }
  }

  /**
   * Whoever is asked hands their part over to somebody else.
   *
   * @param to email address of whoever is to decide in their place; empty if nobody was chosen
   * @param comment why; may be empty
   * @param standing what today's runbook and directory have against it
   */
  record HandOver(
      Act act, int stage, String to, String comment, Proof proof, List<Refusal> standing)
      implements Command {
    public HandOver {
      to = to.strip().toLowerCase(Locale.ROOT);
      comment = comment.strip();
      standing = List.copyOf(standing);
    }
  }

  /**
   * Who is asked in place of those whom the open stage asks, from now on: these and nobody else.
   * Whoever cannot stand in in this request is passed over.
   *
   * @param standIns by the email address of whoever is asked, that of whoever stands in for them
   */
  record AskStandIns(Act act, int stage, Map<String, String> standIns) implements Command {
    public AskStandIns {
      standIns = Map.copyOf(standIns);
    }
  }

  /** A round's time is up. */
  record RoundOver(Act act, int stage, int round) implements Command {}

  /** The requester no longer wants it. */
  record Cancel(Act act) implements Command {}

  /** The holder gives the access back. */
  record Return(Act act) implements Command {}

  /**
   * An owner or administrator takes the access away.
   *
   * @param reason too long a one is shortened and strange characters are made visible: taking away
   *     is never refused
   */
  record Revoke(Act act, String reason) implements Command {
    public Revoke {
      reason = Texts.shortened(Texts.visible(reason.strip()));
    }
  }

  /**
   * Whoever has approved thinks again, before setting up begins.
   *
   * @param comment why; the requester reads it
   */
  record WithdrawApproval(Act act, String comment) implements Command {
    public WithdrawApproval {
      comment = comment.strip();
    }
  }

  /** Provisioning is about to make its first call to the target. */
  record Claim(Act act) implements Command {}

  /** The access was read to be there. */
  record Provisioned(Act act) implements Command {}

  /** The person had the access before, and not from us. */
  record AlreadyHeld(Act act) implements Command {}

  /** The access cannot be set up: undo what was done. */
  record GiveUp(Act act, String problem) implements Command {
    public GiveUp {
      problem = Texts.shortened(Texts.visible(problem));
    }
  }

  /**
   * The access must not be set up: the person has, or is getting, a role that nobody may have
   * together with it.
   */
  record NotBoth(Act act, Apart other) implements Command {
    public NotBoth {
      Objects.requireNonNull(other);
    }
  }

  /**
   * The holder wants the access for longer, by the rule {@code extend} of the runbook.
   *
   * @param until the new end, later than the present one
   * @param runbookVersion the published version whose rule this goes by; 0 if there is none
   * @param standing what today's runbook and directory have against it
   */
  record Extend(Act act, Instant until, int runbookVersion, List<Refusal> standing)
      implements Command {
    public Extend {
      Objects.requireNonNull(until);
      standing = List.copyOf(standing);
    }
  }

  /**
   * The holder has been told that the access ends soon.
   *
   * @param expiresAt which end that was about
   */
  record Warned(Act act, Instant expiresAt) implements Command {}

  /** The access's time is up. */
  record Expire(Act act) implements Command {}

  /** Taking away has failed for long, or only hands can do it: the owners get a task. */
  record OpenTask(Act act, String problem) implements Command {
    public OpenTask {
      problem = Texts.shortened(Texts.visible(problem));
    }
  }

  /**
   * Nobody but the owners can set this up: they get a task.
   *
   * @param leftover whether an earlier access that was ours may still be there
   */
  record OpenSetUpTask(Act act, boolean leftover) implements Command {}

  /** An owner or administrator says what became of setting it up by hand. */
  record AnswerSetUp(Act act, SetUpTask.Result result, String note) implements Command {
    public AnswerSetUp {
      Objects.requireNonNull(result);
      note = note.strip();
    }
  }

  /**
   * An owner or administrator says that they have taken the access away by hand.
   *
   * @param note what they did or saw; empty only if there is evidence
   * @param evidence a picture or document that shows it, kept before this is said; or null
   */
  record Attest(Act act, String note, @Nullable Evidence evidence) implements Command {
    public Attest {
      note = note.strip();
    }

    /** In words alone. */
    public Attest(Act act, String note) {
      this(act, note, null);
    }
  }

  /**
   * Whoever has a task has been reminded of it.
   *
   * @param reminder how often they had been reminded before
   * @param told email addresses of all who were told
   */
  record Remind(Act act, int reminder, List<String> told) implements Command {
    public Remind {
      told = List.copyOf(told);
    }
  }

  /**
   * A reviewer says whether access that was taken in an emergency was justified.
   *
   * @param note why; whoever reads the trail reads it
   */
  record AnswerReview(Act act, Review.Verdict verdict, String note) implements Command {
    public AnswerReview {
      Objects.requireNonNull(verdict);
      note = note.strip();
    }
  }

  /**
   * Whoever must review an emergency has been reminded of it.
   *
   * @param reminder how often they had been reminded before
   * @param told email addresses of all who were told
   */
  record RemindReview(Act act, int reminder, List<String> told) implements Command {
    public RemindReview {
      told = List.copyOf(told);
    }
  }

  /** All who heard of an emergency have been told what its review came to. */
  record ReviewTold(Act act) implements Command {}

  /**
   * The access was read to be gone, or another grant holds it.
   *
   * @param heldBy id of the request whose grant still holds the entitlement, or null
   * @param onlyWanted whether that request is only about to have it, and no other holds it
   */
  record Gone(Act act, @Nullable String heldBy, boolean onlyWanted) implements Command {
    /** Read to be gone, or held by a request that has it. */
    public Gone(Act act, @Nullable String heldBy) {
      this(act, heldBy, false);
    }
  }

  /** Setting up was given up before anything was added, so nothing of ours can be left. */
  record NeverAdded(Act act) implements Command {}

  /** The workflow is not running any more: begin the next run. */
  record StartRun(Act act, int run) implements Command {}
}
