package dev.daypass.words;

import dev.daypass.access.Hours;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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
   * @param hours the working hours by which it counts; null for plain time
   * @param start when the first stage opens
   * @param names an email address as the name people know
   */
  public static List<Step> steps(
      List<StagePlan> stages,
      String system,
      @Nullable Hours hours,
      Instant start,
      UnaryOperator<String> names) {
    List<Step> steps = new ArrayList<>();
    Set<String> before = new LinkedHashSet<>();
    Set<String> certain = new HashSet<>();
    int approvals = 0;
    for (StagePlan planned : stages) {
      @Nullable Instant opens = steps.isEmpty() ? start : null;
      // Whoever must approve an earlier stage is not asked in this one, that is sure.
      StagePlan stage = planned.after(certain);
      List<Upcoming> sentences = sentences(hours, stage.rounds(), opens, names);
      sentences.addAll(
          1, notAgain(planned, stage, certain, before, approvals - certain.size(), names));
      if (hours != null && steps.isEmpty()) {
        sentences.add(new Upcoming(null, Said.of("chain.hours", hours.title())));
      }
      steps.add(new Step(Telling.stage(stage.title(), system), sentences));
      before.addAll(stage.asked());
      approvals += stage.mostNeeded();
      if (stage.asked().size() == stage.mostNeeded()) {
        certain.addAll(stage.asked());
      }
    }
    return List.copyOf(steps);
  }

  /**
   * What becomes of those who have approved before, if they do not count again.
   *
   * @param certain who has, that is sure
   * @param before who may have
   * @param most how many of these can have approved
   */
  private static List<Upcoming> notAgain(
      StagePlan planned,
      StagePlan stage,
      Set<String> certain,
      Set<String> before,
      int most,
      UnaryOperator<String> names) {
    StagePlan.Others others = planned.others();
    List<String> maybe = stage.asked().stream().filter(before::contains).toList();
    List<String> notAsked = new ArrayList<>(planned.leftOut(certain));
    notAsked.addAll(maybe);
    if (others == null || notAsked.isEmpty()) {
      return List.of();
    }
    List<Upcoming> sentences = new ArrayList<>();
    sentences.add(new Upcoming(null, Said.of("chain.not-again", named(notAsked, names))));
    List<String> standIns =
        others.standIns().stream().filter(each -> !stage.asked().contains(each)).toList();
    List<String> last = stage.rounds().getLast().approvers();
    int needed = others.all() && last.containsAll(stage.asked()) ? 1 : stage.mostNeeded();
    long gone = Math.min(last.stream().filter(maybe::contains).count(), most);
    if (last.size() - gone < needed && !standIns.isEmpty()) {
      sentences.add(new Upcoming(null, Said.of("chain.stand-in", named(standIns, names))));
    }
    return sentences;
  }

  private static List<Upcoming> sentences(
      @Nullable Hours hours,
      List<RoundPlan> rounds,
      @Nullable Instant opens,
      UnaryOperator<String> names) {
    List<Upcoming> sentences = new ArrayList<>();
    Duration waited = Duration.ZERO;
    Instant at = opens;
    List<String> asked = List.of();
    for (RoundPlan round : rounds) {
      Object span = Telling.span(waited, hours != null);
      sentences.add(new Upcoming(at, sentence(round, span, asked, names)));
      asked = round.approvers();
      waited = waited.plus(round.lasts());
      at = at == null ? null : Hours.deadline(hours, at, round.lasts());
    }
    Object span = Telling.span(waited, hours != null);
    sentences.add(new Upcoming(at, Said.of("chain.ends", span)));
    return sentences;
  }

  private static Said sentence(
      RoundPlan round, Object waited, List<String> before, UnaryOperator<String> names) {
    List<String> approvers = round.approvers();
    return switch (round.kind()) {
      case NOTICE -> first(named(approvers, names), round.needed());
      case REMINDER -> Said.of("chain.reminded", named(approvers, names), waited);
      case ESCALATION -> {
        List<String> others = approvers.stream().filter(one -> !before.contains(one)).toList();
        if (!approvers.containsAll(before)) {
          yield Said.of("chain.asked-instead", named(approvers, names), waited);
        }
        yield others.isEmpty()
            ? Said.of("chain.asked-again", named(approvers, names), waited)
            : Said.of("chain.asked-as-well", named(others, names), waited);
      }
    };
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
