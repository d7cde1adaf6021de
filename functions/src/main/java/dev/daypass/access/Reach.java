package dev.daypass.access;

import dev.daypass.access.Request.Pending;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whom the mails of a round reached, and whether the round goes on without the others. Those who
 * were not reached stay asked: a mail that comes back says nothing of its reader, who may come by
 * and decide.
 */
public final class Reach {
  private static final String STAGE = "stage";
  private static final String ROUND = "round";
  private static final String OPENS = "opens";
  private static final String UNREACHED = "unreached";

  /** Who was refused when all were told; no other event has it. */
  private static final String REFUSED = "refused";

  /** Whose mail came back; no other event has it. */
  private static final String PERSON = "person";

  /** In whose place the other one was asked whose mail came back. */
  private static final String FOR = "for";

  private Reach() {}

  /**
   * That a round was left because its mails did not reach enough people.
   *
   * @param stage its stage, from 0
   * @param round the round that was left, from 0
   * @param unreached email addresses of those in it whose mail did not arrive
   * @param opens the round that opened in its place, or null if the request ended
   */
  public record Left(int stage, int round, List<String> unreached, @Nullable Integer opens) {
    public Left {
      unreached = List.copyOf(unreached);
    }
  }

  /** What an event says of a round that was left for this reason; empty if it was not. */
  public static Optional<Left> left(Event event) {
    var details = event.details();
    boolean over = event.status() == Status.LAPSED;
    var opens =
        switch (event.kind()) {
          case ASKED ->
              // Before mails could come back, only a round that reached nobody was left.
              event.people("reached").isEmpty() && !event.people(REFUSED).isEmpty()
                  ? details.getOrDefault(OPENS, "next")
                  : details.getOrDefault(OPENS, over ? "none" : "");
          case MAIL_RETURNED -> details.getOrDefault(OPENS, over ? "none" : "");
          case SUBMITTED,
              DECIDED,
              HANDED_OVER,
              STAND_INS,
              ROUND_OVER,
              CANCELLED,
              PROVISIONING_STARTED,
              SET_UP_TASK_OPENED,
              SET_UP_ANSWERED,
              ACTIVATED,
              ALREADY_HELD,
              GIVEN_UP,
              EXTENDED,
              ENDING_SOON,
              ENDING,
              REMOVAL_TASK_OPENED,
              REMOVAL_ATTESTED,
              TASK_REMINDED,
              ENDED,
              RUN_STARTED,
              REVIEW_REMINDED,
              REVIEWED,
              REVIEW_TOLD ->
              "";
        };
    if (opens.isEmpty()) {
      return Optional.empty();
    }
    int round = number(details, ROUND);
    var unreached = event.people(UNREACHED);
    return Optional.of(
        new Left(
            number(details, STAGE),
            round,
            unreached.isEmpty() ? event.people(REFUSED) : unreached,
            over ? null : opens.equals("next") ? round + 1 : Integer.valueOf(opens)));
  }

  /** That this round opened because the mails of one before it did not reach enough people. */
  public static Optional<Left> opening(Request request, int stage, int round) {
    return request.trail().events().stream()
        .flatMap(event -> left(event).stream())
        .filter(left -> left.stage() == stage && Objects.equals(left.opens(), round))
        .findFirst();
  }

  /** Those of the open round whose mail was refused or came back. */
  public static Set<String> unreached(Pending pending) {
    var unreached = new LinkedHashSet<String>();
    for (var event : ofOpenRound(pending)) {
      unreached.addAll(event.people(REFUSED));
      boolean inPlace =
          event.kind() == Event.Kind.MAIL_RETURNED && event.details().containsKey(FOR);
      unreached.addAll(event.people(inPlace ? FOR : PERSON));
      if (event.kind() == Event.Kind.ASKED) {
        unreached.addAll(passedOver(pending, event.people("reached")));
      }
    }
    return unreached;
  }

  /**
   * Those who are awaited and to whom the open round does not write, since a mail of an earlier
   * round of its stage came back from them and somebody else can be written to.
   */
  public static Set<String> passedOver(Pending pending) {
    var lost = lost(pending, pending.stage(), pending.open().round());
    var awaited = pending.open().awaited();
    // Where there is nobody else, a second mail is better than none.
    return lost.containsAll(awaited)
        ? Set.of()
        : awaited.stream().filter(lost::contains).collect(Collectors.toSet());
  }

  /** Those to whom the open round has not written for that reason, since it wrote to these. */
  static Set<String> passedOver(Pending pending, Collection<String> reached) {
    var lost = lost(pending, pending.stage(), pending.open().round());
    return pending.open().awaited().stream()
        .filter(each -> lost.contains(each) && !reached.contains(each))
        .collect(Collectors.toSet());
  }

  /** Those who were asked in this stage and of whom a mail of it came back. */
  public static Set<String> lost(Request request, int stage) {
    return lost(request, stage, Integer.MAX_VALUE);
  }

  private static Set<String> lost(Request request, int stage, int beforeRound) {
    return request.trail().events().stream()
        .filter(event -> event.kind() == Event.Kind.MAIL_RETURNED)
        .filter(event -> number(event.details(), STAGE) == stage)
        .filter(event -> number(event.details(), ROUND) < beforeRound)
        .map(event -> event.details().getOrDefault(PERSON, ""))
        .collect(Collectors.toSet());
  }

  /** Whether this person's mail of the open round has come back. */
  static boolean cameBack(Pending pending, String person) {
    return ofOpenRound(pending).stream()
        .anyMatch(event -> person.equals(event.details().get(PERSON)));
  }

  private static List<Event> ofOpenRound(Pending pending) {
    var stage = Integer.toString(pending.stage());
    var round = Integer.toString(pending.open().round());
    return pending.trail().events().stream()
        .filter(event -> stage.equals(event.details().get(STAGE)))
        .filter(event -> round.equals(event.details().get(ROUND)))
        .toList();
  }

  /**
   * Which round is open once it is known whom the mails of the open one did not reach. The open one
   * goes on if those who were reached can still approve the stage, or if nobody else can be asked
   * and somebody was reached. Otherwise it is the next one that asks somebody else, or, if nobody
   * at all was reached, at least the next one, which writes to the same people again.
   *
   * @return the open round's number, a later one's, or the number of rounds if nobody is left
   */
  static int roundAfter(Stage open, Collection<String> unreached) {
    var rounds = open.plan().rounds();
    long reached =
        open.approvers().stream()
            .filter(each -> !open.isDecidedBy(each) && !unreached.contains(each))
            .count();
    if (reached >= open.roundPlan().needed() - open.decisions().size()) {
      return open.round();
    }
    for (int next = open.round() + 1; next < rounds.size(); next++) {
      if (!open.approvers().containsAll(rounds.get(next).approvers())) {
        return next;
      }
    }
    return reached == 0 ? open.round() + 1 : open.round();
  }

  /** What the event that leaves the open round says of it. */
  static void tell(
      Stage open, Collection<String> unreached, int next, Map<String, String> details) {
    details.put(
        UNREACHED,
        open.approvers().stream().filter(unreached::contains).collect(Collectors.joining(" ")));
    if (next < open.plan().rounds().size()) {
      details.put(OPENS, Integer.toString(next));
    }
  }

  private static int number(Map<String, String> details, String name) {
    return Integer.parseInt(details.getOrDefault(name, "0"));
  }
}
