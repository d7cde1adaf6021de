package dev.daypass.access;

import java.util.stream.Collectors;

/** Says how a stage closed, for people who come too late. */
public final class Closed {
  private Closed() {}

  /** One or two plain sentences: what happened, who decided. */
  public static String sentence(Request request, int stage) {
    if (stage < 0 || stage >= request.stages().size()) {
      return "This step of the approval was never reached.";
    }
    var closed = request.stages().get(stage);
    return switch (closed.result()) {
      case OPEN -> "This is still open.";
      case APPROVED -> "Already approved by " + deciders(closed, Decision.Answer.APPROVE) + ".";
      case DENIED -> "Already denied by " + deciders(closed, Decision.Answer.DENY) + ".";
      case LAPSED ->
          closed.decisions().isEmpty()
              ? "Nobody answered in time; the request is over."
              : "Only "
                  + deciders(closed, Decision.Answer.APPROVE)
                  + " approved in time, which was not enough; the request is over.";
      case CANCELLED -> "The request was withdrawn before it was decided.";
    };
  }

  private static String deciders(Stage stage, Decision.Answer answer) {
    return stage.decisions().stream()
        .filter(decision -> decision.answer() == answer)
        .map(Decision::by)
        .collect(Collectors.joining(" and "));
  }
}
