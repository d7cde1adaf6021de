package dev.daypass.access;

import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;

import dev.daypass.access.Decision.Answer;
import dev.daypass.access.Outcome.Changed;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Sam's requests, each brought where it is by the commands that bring real ones there. All begin on
 * {@link Acts#MONDAY}; whatever happens happens at that moment unless the method says otherwise.
 */
public final class ARequest {
  /** How long Sam wants the access. */
  public static final Duration FOUR_HOURS = Duration.ofHours(4);

  private ARequest() {}

  /** Why Sam asks, when it does not matter. */
  public static String anyReason() {
    return "Customer 4711 cannot see their invoices.";
  }

  /** What Sam asks, with this plan. */
  public static Submission asking(Plan plan) {
    return asking(plan, FOUR_HOURS);
  }

  /** What Sam asks, with this plan, for so long. */
  public static Submission asking(Plan plan, Duration duration) {
    return new Submission(
        RequestId.of(SAM, "first"), SAM, plan, duration, anyReason(), "SUP-1234", MONDAY);
  }

  /** The same, to begin then. */
  public static Submission askingFor(Instant startsAt) {
    return new Submission(
        RequestId.of(SAM, "first"),
        SAM,
        null,
        APlan.forTheManager(),
        FOUR_HOURS,
        anyReason(),
        "SUP-1234",
        startsAt,
        MONDAY);
  }

  /** What somebody else asks for Sam, to begin then. */
  public static Submission askingFor(Instant startsAt, String askedBy) {
    return new Submission(
        RequestId.of(askedBy, "first"),
        SAM,
        askedBy,
        APlan.forTheManager(),
        FOUR_HOURS,
        anyReason(),
        "SUP-1234",
        startsAt,
        MONDAY);
  }

  /** Just sent; nobody has been told yet. */
  public static Pending sent(AStage... stages) {
    return sent(APlan.of(stages));
  }

  /** Just sent; nobody has been told yet. */
  public static Pending sent(Plan plan) {
    return Life.submit(asking(plan), Acts.by(SAM, MONDAY));
  }

  /** Just sent to the manager; the manager has not been told yet. */
  public static Pending sentToTheManager() {
    return sent(APlan.forTheManager());
  }

  /** The manager has the mail. */
  public static Pending waitingForTheManager() {
    return told(sentToTheManager());
  }

  /** The manager said yes. */
  public static Scheduled approvedByTheManager() {
    return (Scheduled) after(waitingForTheManager(), approval(MAX, 0));
  }

  /** The first call to the target is about to be made. */
  public static Provisioning beingSetUp() {
    return (Provisioning)
        after(approvedByTheManager(), new Command.Claim(Acts.byTheWorkflow(MONDAY)));
  }

  /** Sam has the access, until {@link #expiry}. */
  public static Active active() {
    return active(FOUR_HOURS);
  }

  /** Sam has the access for so long. */
  public static Active active(Duration duration) {
    return active(APlan.forTheManager(), duration);
  }

  /** Sam has the access by this plan for so long. */
  public static Active active(Plan plan, Duration duration) {
    Request request = Life.submit(asking(plan, duration), Acts.by(SAM, MONDAY));
    return (Active)
        after(
            request,
            approval(MAX, 0),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)),
            new Command.Provisioned(Acts.byTheWorkflow(MONDAY)));
  }

  /** Sam moves the end. */
  public static Command.Extend extension(Instant until, Instant at) {
    return new Command.Extend(Acts.by(SAM, at), until, 3, List.of());
  }

  /** Sam is told that the access of {@link #active()} ends soon. */
  public static Command.Warned warned(Instant at) {
    return new Command.Warned(Acts.byTheWorkflow(at), expiry());
  }

  /** When the access of {@link #active()} is over. */
  public static Instant expiry() {
    return MONDAY.plus(FOUR_HOURS);
  }

  /** The time is up; the access is being taken away. */
  public static Ending ending() {
    return (Ending) after(active(), new Command.Expire(Acts.byTheWorkflow(expiry())));
  }

  /** Sam no longer wanted it while it was being set up. */
  public static Ending returnedWhileBeingSetUp() {
    return (Ending) after(beingSetUp(), new Command.Return(Acts.by(SAM, MONDAY)));
  }

  /** It could not be set up; what was done is being undone. */
  public static Ending givenUp() {
    return (Ending)
        after(beingSetUp(), new Command.GiveUp(Acts.byTheWorkflow(MONDAY), "No such group."));
  }

  /** The manager said no. */
  public static Denied deniedByTheManager() {
    return (Denied) after(waitingForTheManager(), denial(MAX, 0));
  }

  /** Nobody answered. */
  public static Lapsed lapsed() {
    Request request = waitingForTheManager();
    while (request instanceof Pending pending) {
      request =
          after(
              pending,
              new Command.RoundOver(
                  Acts.byTheWorkflow(pending.open().roundEndsAt()), 0, pending.open().round()));
    }
    return (Lapsed) request;
  }

  /** Sam changed his mind before anybody decided. */
  public static Cancelled cancelled() {
    return (Cancelled) after(waitingForTheManager(), new Command.Cancel(Acts.by(SAM, MONDAY)));
  }

  /** The time was up, and the access was read to be gone. */
  public static Ended ended() {
    return (Ended) after(ending(), new Command.Gone(Acts.byTheWorkflow(expiry()), null));
  }

  /** It could not be set up, and nothing is left behind. */
  public static Failed failed() {
    return (Failed) after(givenUp(), new Command.Gone(Acts.byTheWorkflow(MONDAY), null));
  }

  /** One that is there. */
  public static Request in(Status status) {
    return switch (status) {
      case PENDING -> waitingForTheManager();
      case SCHEDULED -> approvedByTheManager();
      case PROVISIONING -> beingSetUp();
      case ACTIVE -> active();
      case ENDING -> ending();
      case DENIED -> deniedByTheManager();
      case LAPSED -> lapsed();
      case CANCELLED -> cancelled();
      case ENDED -> ended();
      case FAILED -> failed();
    };
  }

  /** All people of its round have been told. */
  public static Pending told(Pending request) {
    return (Pending)
        after(
            request,
            new Command.Asked(
                Acts.byTheWorkflow(request.trail().last().act().at()),
                request.stage(),
                request.open().round(),
                request.open().turns(),
                request.open().approvers(),
                List.of()));
  }

  /** What becomes of it by these commands, each of which must change it. */
  public static Request after(Request request, Command... commands) {
    for (var command : commands) {
      request =
          switch (Life.apply(request, command)) {
            case Changed changed -> changed.request();
            case Outcome.Unchanged _ ->
                throw new AssertionError(
                    "changed nothing: " + command + " while " + request.status());
            case Outcome.Refused refused -> throw new AssertionError(refused.refusals().toString());
          };
    }
    return request;
  }

  /** A valid yes. */
  public static Command.Decide approval(String person, int stage) {
    return approval(person, stage, MONDAY);
  }

  /** A valid yes at this moment. */
  public static Command.Decide approval(String person, int stage, Instant at) {
    return new Command.Decide(
        Acts.by(person, at), stage, Answer.APPROVE, null, "", Proof.FRESH, List.of());
  }

  /** A yes for less time than was asked for. */
  public static Command.Decide approvalFor(Duration duration, String person, int stage) {
    return new Command.Decide(
        Acts.by(person, MONDAY), stage, Answer.APPROVE, duration, "", Proof.FRESH, List.of());
  }

  /** The manager allowed an hour, and Sam has the access. */
  public static Active activeForAnHour() {
    return (Active)
        after(
            waitingForTheManager(),
            approvalFor(Duration.ofHours(1), MAX, 0),
            new Command.Claim(Acts.byTheWorkflow(MONDAY)),
            new Command.Provisioned(Acts.byTheWorkflow(MONDAY)));
  }

  /** A valid handover. */
  public static Command.HandOver handover(String from, int stage, String to) {
    return new Command.HandOver(
        Acts.by(from, MONDAY), stage, to, "You know them.", Proof.FRESH, List.of());
  }

  /** A valid question. */
  public static Command.AskQuestion question(String person, int stage) {
    return question(person, stage, MONDAY);
  }

  /** A valid question at this moment; another one at another. */
  public static Command.AskQuestion question(String person, int stage, Instant at) {
    return new Command.AskQuestion(
        Acts.by(person, at), stage, "Which customer, at " + at + "?", Proof.FRESH, List.of());
  }

  /** Sam answers. */
  public static Command.AnswerQuestion answer(int question, Instant at) {
    return new Command.AnswerQuestion(Acts.by(SAM, at), question, "Customer 4711.");
  }

  /** Its time has come. */
  static Command.QuestionDue questionDue(Pending request, Instant at) {
    return new Command.QuestionDue(Acts.byTheWorkflow(at), request.stage(), request.open().turns());
  }

  /** A valid no. */
  public static Command.Decide denial(String person, int stage) {
    return new Command.Decide(
        Acts.by(person, MONDAY),
        stage,
        Answer.DENY,
        null,
        "Please ask Olga.",
        Proof.FRESH,
        List.of());
  }

  /** A revocation by an owner. */
  public static Command.Revoke revocation(Instant at) {
    return new Command.Revoke(Acts.by(OLGA, at), "The case is closed.");
  }

  /** This many runs of the workflow in vain, an hour apart. */
  public static Request afterRuns(Request request, int runs) {
    var at = request.trail().last().act().at();
    for (int i = 0; i < runs; i++) {
      at = at.plus(Duration.ofHours(1));
      request =
          after(request, new Command.StartRun(Acts.by("sweep", at), request.trail().run() + 1));
    }
    return request;
  }

  /** The mail that asked this person came back for good. */
  static Command.MailReturned mailReturned(int stage, int round, String person) {
    return new Command.MailReturned(
        new Act("mail-returned#" + stage + "#" + round + "#" + person, MONDAY, "ses", "event"),
        stage,
        round,
        person,
        Command.MailReturned.Why.BOUNCE,
        "smtp; 550 5.1.1 user unknown");
  }
}
