package dev.daypass.access;

import java.util.List;
import java.util.stream.Collectors;

/** Says how a stage closed, for people who come too late. */
public final class Closed {
  private Closed() {}

  /** One or two plain sentences: what happened, who decided. */
  public static String sentence(Request request, int stage) {
    return refusal(request, stage).message();
  }

  /** The same, for whoever wanted to decide. */
  static Refusal refusal(Request request, int stage) {
    if (stage < 0 || stage >= request.stages().size()) {
      return closed("This step of the approval was never reached.").in("never-reached");
    }
    var closed = request.stages().get(stage);
    return switch (closed.result()) {
      case OPEN -> closed("This is still open.").in("open");
      case APPROVED -> {
        var deciders = deciders(closed, Decision.Answer.APPROVE);
        yield closed("Already approved by " + joined(deciders) + ".")
            .in("approved")
            .with(said(deciders));
      }
      case DENIED -> {
        var deciders = deciders(closed, Decision.Answer.DENY);
        yield closed("Already denied by " + joined(deciders) + ".")
            .in("denied")
            .with(said(deciders));
      }
      case LAPSED -> lapsed(deciders(closed, Decision.Answer.APPROVE));
      case CANCELLED -> closed("The request was withdrawn before it was decided.").in("withdrawn");
    };
  }

  private static Refusal lapsed(List<Decision> approvers) {
    return approvers.isEmpty()
        ? closed("Nobody answered in time; the request is over.").in("lapsed")
        : closed(
                "Only "
                    + joined(approvers)
                    + " approved in time, which was not enough; the request is over.")
            .in("not-enough")
            .with(said(approvers));
  }

  private static Refusal closed(String message) {
    return Refusal.of("stage-closed", message);
  }

  private static List<Decision> deciders(Stage stage, Decision.Answer answer) {
    return stage.decisions().stream().filter(decision -> decision.answer() == answer).toList();
  }

  /** For a reader of any language. */
  private static List<Object> said(List<Decision> deciders) {
    return deciders.stream()
        .<Object>map(
            each ->
                each.standsInFor() == null
                    ? each.by()
                    : Said.of("who.in-place", each.by(), each.standsInFor()))
        .toList();
  }

  private static String joined(List<Decision> deciders) {
    return deciders.stream()
        .map(each -> each.standsInFor() == null ? each.by() : each.by() + " for " + each.part())
        .collect(Collectors.joining(" and "));
  }
}
