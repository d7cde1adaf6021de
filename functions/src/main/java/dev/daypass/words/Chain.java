package dev.daypass.words;

import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
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
   * @param title who decides here: {@code your manager}; from {@link Telling#stage}
   * @param sentences what happens, in order, with their full stops; each with its moment in the
   *     stage that opens at once, without in the later ones, which open when somebody has said yes
   */
  public record Step(Said title, List<Upcoming> sentences) {
    public Step {
      Objects.requireNonNull(title);
      sentences = List.copyOf(sentences);
    }
  }

  /**
   * The chain of a plan in words.
   *
   * @param system the title of the plan's system
   * @param start when the first stage opens
   * @param names an email address as the name people know
   */
  public static List<Step> steps(
      List<StagePlan> stages, String system, Instant start, UnaryOperator<String> names) {
    List<Step> steps = new ArrayList<>();
    for (StagePlan stage : stages) {
      @Nullable Instant opens = steps.isEmpty() ? start : null;
      steps.add(
          new Step(Telling.stage(stage.title(), system), sentences(stage.rounds(), opens, names)));
    }
    return List.copyOf(steps);
  }

  private static List<Upcoming> sentences(
      List<RoundPlan> rounds, @Nullable Instant opens, UnaryOperator<String> names) {
    List<Upcoming> sentences = new ArrayList<>();
    Duration waited = Duration.ZERO;
    List<String> asked = List.of();
    for (RoundPlan round : rounds) {
      sentences.add(new Upcoming(after(opens, waited), sentence(round, waited, asked, names)));
      asked = round.approvers();
      waited = waited.plus(round.lasts());
    }
    sentences.add(new Upcoming(after(opens, waited), Said.of("chain.ends", waited)));
    return sentences;
  }

  private static Said sentence(
      RoundPlan round, Duration waited, List<String> before, UnaryOperator<String> names) {
    List<String> approvers = round.approvers();
    return switch (round.kind()) {
      case NOTICE -> first(named(approvers, names), round.needed());
      case REMINDER -> Said.of("chain.reminded", named(approvers, names), waited);
      case ESCALATION -> {
        List<String> others = approvers.stream().filter(one -> !before.contains(one)).toList();
        yield others.isEmpty()
            ? Said.of("chain.asked-again", named(approvers, names), waited)
            : Said.of(
                approvers.containsAll(before) ? "chain.asked-as-well" : "chain.asked-instead",
                named(others, names),
                waited);
      }
    };
  }

  private static @Nullable Instant after(@Nullable Instant opens, Duration waited) {
    return opens == null ? null : opens.plus(waited);
  }

  private static Said first(List<String> names, int needed) {
    if (names.size() == 1) {
      return Said.of("chain.asked", names.getFirst());
    }
    return needed == names.size()
        ? Said.of("chain.asked-all", names)
        : Said.of("chain.asked-some", needed, names);
  }

  private static List<String> named(List<String> emails, UnaryOperator<String> names) {
    return emails.stream().map(names).toList();
  }
}
