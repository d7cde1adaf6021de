package dev.daypass.request;

import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Evidence;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Refusal;
import dev.daypass.access.Request;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.store.EvidenceFiles;
import dev.daypass.store.Requests;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Visitor;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What owners say about work they have done by hand: the same for pages and for the API. */
public final class Hands {
  private final Changes changes;
  private final Standing standing;
  private final EvidenceFiles files;
  private final InstantSource clock;

  Hands(Requests requests, Standing standing, EvidenceFiles files, InstantSource clock) {
    this.changes = new Changes(requests, standing);
    this.standing = standing;
    this.files = files;
    this.clock = clock;
  }

  /**
   * Says what became of setting an access up.
   *
   * @throws HttpProblem 404 if the person may not know of the request, 403 if they may but are
   *     neither an owner nor an administrator
   */
  public Outcome setUp(
      String id, Visitor.Known by, SetUpTask.Result result, String note, String via) {
    // Whoever says something else afterwards must hear that it has been answered.
    var act = act("set-up-" + result.name().toLowerCase(Locale.ROOT), by, via);
    return answer(id, by, new Command.AnswerSetUp(act, result, note));
  }

  /**
   * Says that an access is taken away.
   *
   * @throws HttpProblem as {@link #setUp}
   */
  public Outcome takenAway(String id, Visitor.Known by, String note, String via) {
    return answer(id, by, new Command.Attest(act("taken-away", by, via), note));
  }

  /**
   * Says that an access is taken away, and shows it. The file is kept before this is said, so that
   * what a request names is always there; it is kept only if it would be said now, so that no more
   * files lie there unnamed than races leave.
   *
   * @throws HttpProblem as {@link #setUp}
   */
  public Outcome takenAway(
      String id, Visitor.Known by, String note, Attachment attachment, String via) {
    var request = mayAnswer(id, by);
    var wrong = attachment.refusals();
    if (!wrong.isEmpty()) {
      return new Outcome.Refused(request, beside(request, by, note, via, wrong));
    }
    var evidence = attachment.evidence();
    // Whoever sends another picture afterwards must hear that it has been answered.
    var act = act("taken-away-" + evidence.sha256(), by, via);
    var command = new Command.Attest(act, note, evidence);
    var foreseen = Life.apply(request, command);
    if (!(foreseen instanceof Outcome.Changed)) {
      return foreseen;
    }
    files.put(id, evidence, attachment.file());
    return changes.change(id, by, each -> Life.apply(each, command));
  }

  /** What else is wrong than the file: one answer tells every reason. */
  private List<Refusal> beside(
      Request request, Visitor.Known by, String note, String via, List<Refusal> wrong) {
    var said = new Command.Attest(act("taken-away", by, via), note);
    var all = new ArrayList<Refusal>();
    if (Life.apply(request, said) instanceof Outcome.Refused refused) {
      // Whoever attaches something has not said nothing; the file is what they must look at.
      refused.refusals().stream()
          .filter(each -> !each.code().equals(Evidence.missing().code()))
          .forEach(all::add);
    }
    all.addAll(wrong);
    return List.copyOf(all);
  }

  /**
   * A file that was attached.
   *
   * @param sha256 its hash; may be any text
   * @throws HttpProblem 404 if the person may not know of the request, or nothing of that hash was
   *     attached to it, or what is kept is not what was sent; 403 if they may know of it and not
   *     open what is attached
   */
  HttpResponse evidence(String id, Visitor.Known by, String sha256) {
    var request = changes.find(id, by);
    if (!standing.mayOpenEvidence(by, request)) {
      throw new HttpProblem(
          Problem.forbidden(
              Said.of("problem.not-yours-to-open", request.asked().plan().systemTitle())));
    }
    var evidence =
        request
            .evidence(sha256)
            .orElseThrow(() -> new HttpProblem(Problem.notFound(Said.of("problem.no-such-file"))));
    return files
        .get(id, evidence)
        .map(file -> HttpResponse.foreignFile(evidence.type().media(), evidence.fileName(), file))
        .orElseThrow(() -> altered(id, evidence));
  }

  /** The trail names what is not there: as grave as a record of it that differs. */
  private static HttpProblem altered(String id, Evidence evidence) {
    return HttpProblem.logged(
        Problem.notFound(Said.of("problem.evidence-altered")),
        "ALARM audit-mismatch request=%s evidence=%s: what is kept is not what was sent"
            .formatted(id, evidence.sha256()));
  }

  private Outcome answer(String id, Visitor.Known by, Command command) {
    mayAnswer(id, by);
    return changes.change(id, by, each -> Life.apply(each, command));
  }

  private Request mayAnswer(String id, Visitor.Known by) {
    var request = changes.find(id, by);
    if (!standing.mayRevoke(by, request)) {
      throw new HttpProblem(
          Problem.forbidden(
              Said.of("problem.only-owners-answer", request.asked().plan().systemTitle())));
    }
    return request;
  }

  private Act act(String command, Visitor.Known by, String via) {
    return new Act(command, clock.instant(), by.email(), via);
  }
}
