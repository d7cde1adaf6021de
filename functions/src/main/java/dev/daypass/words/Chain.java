package dev.daypass.words;

import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Who will be asked, in which order, and what happens when nobody answers: in sentences. */
public final class Chain {
  private Chain() {}

  /**
   * One stage in words.
   *
   * @param title who decides here: {@code Your manager}
   * @param sentences what happens, in order; each with its moment in the stage that opens at once,
   *     without in the later ones, which open when somebody has said yes
   */
  public record Step(String title, List<Next> sentences) {
    public Step {
      Objects.requireNonNull(title);
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * The chain of a plan in words.
   *
   * @param start when the first stage opens
   * @param names an email address as the name people know
   */
  public static List<Step> steps(
      List<StagePlan> stages, Instant start, UnaryOperator<String> names) {
    List<Step> steps = new ArrayList<>();
    for (StagePlan stage : stages) {
      @Nullable Instant opens = steps.isEmpty() ? start : null;
      steps.add(new Step(stage.title(), sentences(stage.rounds(), opens, names)));
    }
    return List.copyOf(steps);
  }

  private static List<Next> sentences(
      List<RoundPlan> rounds, @Nullable Instant opens, UnaryOperator<String> names) {
    List<Next> sentences = new ArrayList<>();
    Duration waited = Duration.ZERO;
    List<String> asked = List.of();
    for (RoundPlan round : rounds) {
      sentences.add(new Next(after(opens, waited), sentence(round, waited, asked, names)));
      asked = round.approvers();
      waited = waited.plus(round.lasts());
    }
    sentences.add(
        new Next(
            after(opens, waited),
            "After "
                + Words.duration(waited)
                + " without an answer the request ends; nothing is set up."));
    return sentences;
  }

  private static String sentence(
      RoundPlan round, Duration waited, List<String> before, UnaryOperator<String> names) {
    List<String> approvers = round.approvers();
    String after = "If there is no answer after " + Words.duration(waited) + ", ";
    return switch (round.kind()) {
      case NOTICE -> first(named(approvers, names), round.needed());
      case REMINDER -> after + are(named(approvers, names)) + " reminded.";
      case ESCALATION -> {
        List<String> others = approvers.stream().filter(one -> !before.contains(one)).toList();
        yield others.isEmpty()
            ? after + are(named(approvers, names)) + " asked again."
            : after
                + are(named(others, names))
                + (approvers.containsAll(before) ? " asked as well." : " asked instead.");
      }
    };
  }

  private static @Nullable Instant after(@Nullable Instant opens, Duration waited) {
    return opens == null ? null : opens.plus(waited);
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
