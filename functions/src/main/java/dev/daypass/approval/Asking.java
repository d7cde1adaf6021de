package dev.daypass.approval;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Life;
import dev.daypass.access.Next;
import dev.daypass.access.Reach;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Scheduled;
import dev.daypass.access.Wait;
import dev.daypass.store.Requests;
import dev.daypass.store.Waits;
import dev.daypass.web.Story;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Objects;
import java.util.function.Consumer;

/** The workflow's waits, and whom it tells. */
public final class Asking {
  private final Requests requests;
  private final Waits waits;
  private final Invitations invitations;
  private final InPlace inPlace;
  private final Notices notices;
  private final ChatNotices chats;
  private final Tokens tokens;
  private final InstantSource clock;

  public Asking(
      Requests requests,
      Waits waits,
      Invitations invitations,
      InPlace inPlace,
      Notices notices,
      ChatNotices chats,
      Tokens tokens,
      InstantSource clock) {
    this.requests = requests;
    this.waits = waits;
    this.invitations = invitations;
    this.inPlace = inPlace;
    this.notices = notices;
    this.chats = chats;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * Keeps the token, then looks at the request: if the answer is there already, gives it; else asks
   * the people of the round and leaves the workflow waiting.
   *
   * @param log hears of a channel that could not be told
   */
  public void awaitDecision(Step step, Consumer<String> log) {
    var wait = waitOf(step, load(step.requestId()));
    if (!(await(step, wait, log) instanceof Pending read)
        || wait.isAnsweredBy(read)
        || !(inPlace.settled(read, "workflow") instanceof Pending pending)
        || wait.isAnsweredBy(pending)) {
      return;
    }
    var reached = new ArrayList<String>();
    var refused = new ArrayList<String>();
    var sent = waits.sent(pending.id());
    var passedOver = Reach.passedOver(pending);
    for (var approver : pending.open().approvers()) {
      if (pending.open().isDecidedBy(approver)) {
        // Whoever has answered in an earlier round is not reminded.
        continue;
      }
      if (passedOver.contains(approver) && pending.open().standInOf(approver).isEmpty()) {
        // Their mail came back, or was called spam: they stay asked, and get no more of it.
        continue;
      }
      (inPlace.ask(pending, approver, sent) ? reached : refused).add(approver);
    }
    int handovers = pending.open().handovers().size();
    var asked = "asked#" + step.stage() + "#" + step.round();
    var told =
        new Command.Asked(
            // The round is asked anew where somebody has handed their part of it over.
            act(handovers == 0 ? asked : asked + "#" + handovers),
            step.stage(),
            step.round(),
            handovers,
            reached,
            refused);
    var now = change(pending.id(), told);
    if (wait.isAnsweredBy(now)) {
      // Whoever was asked after the answer had come would keep an entry that nobody deletes.
      invitations.takeBack(now);
      // The workflow goes on at this moment, and its next step tells people: not both of us.
      return;
    }
    notices.send(now);
    if (now instanceof Pending open) {
      chats.round(open, sent, log);
    }
  }

  /**
   * The wait for the people of the round as they were before the token is kept: what is handed over
   * since answers it, so that whoever is asked now is told.
   */
  private static Wait waitOf(Step step, Request before) {
    return step.stage() < 0
        // The request is past its decisions: any look at it answers this wait.
        ? new Wait.ForDecision(-1, -1)
        : new Wait.ForDecision(step.stage(), step.round(), handovers(before, step.stage()));
  }

  private static int handovers(Request request, int stage) {
    return stage < request.stages().size() ? request.stages().get(stage).handovers().size() : 0;
  }

  /**
   * Keeps the token, tells the holder and whoever has a task by hand, and leaves the workflow
   * waiting for the end.
   *
   * @param log hears what goes wrong beside it
   */
  public void awaitEnd(Step step, Consumer<String> log) {
    var wait = new Wait.ForEnd();
    var request = await(step, wait, log);
    if (!wait.isAnsweredBy(request)) {
      chats.task(request, log);
    }
  }

  /** Keeps the token before it reads the request, so that no answer falls between the two. */
  private Request await(Step step, Wait wait, Consumer<String> log) {
    var token = Objects.requireNonNull(step.token(), "a wait has a token");
    var entered = Instant.parse(Objects.requireNonNull(step.entered(), "a wait says when"));
    var order = new Waits.Order(step.run(), entered, step.retry());
    boolean newest = waits.keep(step.requestId(), wait, order, token);
    var request = load(step.requestId());
    if (wait.isAnsweredBy(request)) {
      shout(request, log);
      // The workflow goes on at this moment, and its next step sends what there is to send.
      tokens.answer(token, request);
      waits.forget(step.requestId(), new Waits.Waiting(wait, token));
    } else if (newest) {
      tell(request);
    }
    return request;
  }

  /**
   * Tells of an emergency before anything is set up. It does not wait for the mail system: what
   * could not be sent now is sent by the steps that follow, and they insist.
   */
  private void shout(Request request, Consumer<String> log) {
    if (!(request instanceof Scheduled) || !Story.isEmergency(request)) {
      return;
    }
    // The alarm's metric filter in template.yaml looks for these words.
    log.accept("ALARM break-glass request=" + request.id() + " somebody takes access unasked");
    try {
      tell(request);
      chats.emergency(request, log);
    } catch (RuntimeException unsent) {
      log.accept(
          "ALARM break-glass request=" + request.id() + " nobody could be told yet: " + unsent);
    }
  }

  private void tell(Request request) {
    invitations.askToReview(request);
    notices.send(request);
  }

  /**
   * Taking away has failed for long: gives the owners a task, and says the words the alarm listens
   * for.
   */
  public Next handOver(String id, String error, Consumer<String> log) {
    var request = change(id, new Command.OpenTask(act("removal-task"), Step.problem(error)));
    // First, since a mail that cannot be sent must not keep the alarm off.
    log.accept("ALARM removal-task request=" + id + " " + error);
    notices.send(request);
    chats.task(request, log);
    return Next.of(request, clock.instant());
  }

  /** Sends what must still be sent. */
  public Next done(String id) {
    var request = load(id);
    tell(request);
    return Next.of(request, clock.instant());
  }

  private Request load(String id) {
    return requests.find(id).orElseThrow(() -> new NoSuchRequest(id));
  }

  private Request change(String id, Command command) {
    return requests
        .change(id, request -> Life.apply(request, command))
        .orElseThrow(() -> new NoSuchRequest(id))
        .request();
  }

  private Act act(String command) {
    return new Act(command, clock.instant(), "workflow", "workflow");
  }
}
