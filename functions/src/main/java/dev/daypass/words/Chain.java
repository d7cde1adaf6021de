package dev.daypass.words;

import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Who will be asked, in which order, and what happens when nobody answers: in sentences. */
public final class Chain {
  private Chain() {}

  /**
   * One stage in words.
   *
   * @param title who decides here: {@code Your manager}
   * @param sentences what happens, in order
   */
  public record Step(String title, List<String> sentences) {
    public Step {
      Objects.requireNonNull(title);
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * The chain of a plan in words.
   *
   * @param names an email address as the name people know
   */
  public static List<Step> steps(List<StagePlan> stages, UnaryOperator<String> names) {
    return stages.stream()
        .map(stage -> new Step(stage.title(), sentences(stage.rounds(), names)))
        .toList();
  }

  private static List<String> sentences(List<RoundPlan> rounds, UnaryOperator<String> names) {
    List<String> sentences = new ArrayList<>();
    Duration waited = Duration.ZERO;
    List<String> asked = List.of();
    for (RoundPlan round : rounds) {
      List<String> approvers = round.approvers();
      String after = "If there is no answer after " + Words.duration(waited) + ", ";
      switch (round.kind()) {
        case NOTICE -> sentences.add(first(named(approvers, names), round.needed()));
        case REMINDER -> sentences.add(after + are(named(approvers, names)) + " reminded.");
        case ESCALATION -> {
          List<String> before = asked;
          boolean aswell = approvers.containsAll(before);
          List<String> others = approvers.stream().filter(one -> !before.contains(one)).toList();
          sentences.add(
              others.isEmpty()
                  ? after + are(named(approvers, names)) + " asked again."
                  : after
                      + are(named(others, names))
                      + (aswell ? " asked as well." : " asked instead."));
        }
      }
      asked = approvers;
      waited = waited.plus(round.lasts());
    }
    sentences.add(
        "After "
            + Words.duration(waited)
            + " without an answer the request ends; nothing is set up.");
    return sentences;
  }

  private static String first(List<String> names, int needed) {
    if (names.size() == 1) {
      return names.getFirst() + " is asked.";
    }
    if (needed == names.size()) {
      return Words.and(names) + " are asked; all of them must approve.";
    }
    return Words.and(names)
        + " are asked; "
        + (needed == 1 ? "one" : needed)
        + " of them must approve.";
  }

  private static String are(List<String> names) {
    return Words.and(names) + (names.size() == 1 ? " is" : " are");
  }

  private static List<String> named(List<String> emails, UnaryOperator<String> names) {
    return emails.stream().map(names).map(Words::apart).toList();
  }
}
