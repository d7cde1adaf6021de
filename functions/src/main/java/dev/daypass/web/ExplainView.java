package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Chain;
import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why somebody may or may not ask with a runbook, and who would be asked. The fields of its form
 * are {@code person}, {@code by}, {@code runbook} and {@code on}.
 *
 * @param others whether the visitor may look at anybody but themselves
 * @param entered what is in the fields
 * @param choices what can be chosen, by title
 * @param errors why there is no answer; each is shown next to the field it names
 * @param answer what was found, or null if nothing is asked yet or something is wrong
 */
public record ExplainView(
    Frame frame,
    boolean others,
    Entered entered,
    List<Choice> choices,
    List<Refusal> errors,
    @Nullable Answer answer) {
  /**
   * What is in the fields, as typed.
   *
   * @param by who would ask for that person; empty for themselves
   * @param on as {@code datetime-local} has it; empty for now
   */
  public record Entered(String person, String by, String runbook, String on) {
    /** Where people ask for themselves. */
    public Entered(String person, String runbook, String on) {
      this(person, "", runbook, on);
    }

    public Entered {
      Objects.requireNonNull(by);
      Objects.requireNonNull(person);
      Objects.requireNonNull(runbook);
      Objects.requireNonNull(on);
    }
  }

  /** A runbook to choose. */
  public record Choice(String id, String title) {
    public Choice {
      Objects.requireNonNull(id);
      Objects.requireNonNull(title);
    }
  }

  /** How one rule came out. */
  public record Rule(boolean satisfied, Said said) {
    public Rule {
      Objects.requireNonNull(said);
    }
  }

  /**
   * A rule that approves at once.
   *
   * @param demands all that it demands but of what is typed, as it came out
   * @param typed what it demands of what is typed
   */
  public record AtOnce(String rule, List<Rule> demands, List<Said> typed) {
    public AtOnce {
      Objects.requireNonNull(rule);
      demands = List.copyOf(demands);
      typed = List.copyOf(typed);
    }
  }

  /**
   * What was found.
   *
   * @param by who would ask for that person; null for themselves
   * @param own whether it is about the visitor
   * @param rules all that were looked at
   * @param atOnce the rules that approve at once where all holds; empty if there are none
   * @param emergency how the rules about taking it without asking came out; empty where the runbook
   *     lets nobody
   * @param chain who would be asked, in which order, also where the person may not ask; empty if
   *     nobody could decide
   * @param access how the access comes and goes then, in sentences
   * @param on as if it were asked then
   */
  public record Answer(
      Person person,
      @Nullable Person by,
      boolean own,
      String runbook,
      String title,
      List<Rule> rules,
      List<AtOnce> atOnce,
      List<Rule> emergency,
      List<Chain.Step> chain,
      List<Said> access,
      Instant on) {
    public Answer {
      Objects.requireNonNull(person);
      Objects.requireNonNull(runbook);
      Objects.requireNonNull(title);
      rules = List.copyOf(rules);
      atOnce = List.copyOf(atOnce);
      emergency = List.copyOf(emergency);
      chain = List.copyOf(chain);
      access = List.copyOf(access);
      Objects.requireNonNull(on);
    }

    /** Whether the person may ask. */
    public boolean open() {
      return rules.stream().allMatch(Rule::satisfied);
    }
  }

  public ExplainView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(entered);
    choices = List.copyOf(choices);
    errors = List.copyOf(errors);
  }

  /** Where the answer for the visitor and a runbook is, today. */
  public static String ofRunbook(String runbook) {
    return Paths.explain() + "?runbook=" + URLEncoder.encode(runbook, UTF_8);
  }

  /** Where the form for that person is, with the runbook still to be chosen. */
  public static String ofPerson(String email) {
    return Paths.explain() + "?person=" + URLEncoder.encode(email, UTF_8);
  }

  /** Where the form for that runbook is, with the person still to be named. */
  public static String ofSomebody(String runbook) {
    return ofRunbook(runbook) + "&person=";
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
