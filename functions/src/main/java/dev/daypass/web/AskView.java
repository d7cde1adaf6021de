package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Chain;
import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The form to ask with one runbook. Its fields are {@code duration=PT4H} (ISO 8601), {@code
 * startsAt=2026-12-24T09:00} by the clock of the page, {@code requester} (an email address, empty
 * for the visitor), {@code reason}, {@code ticket}, {@code key} and {@link AntiForgery#FIELD}.
 *
 * @param others for whom the visitor may ask; null if only for themselves
 * @param line one line about what the runbook is for
 * @param guidance to the requester; lines are kept; may be empty
 * @param durations what can be chosen, ascending
 * @param extendable how long the access may last in all if it is extended later, or null
 * @param startWithin how far ahead a later start can be asked for, or null if it cannot
 * @param reasonHint what a good reason says; may be empty
 * @param reasonLeast the least number of characters of a reason; 0 if none is demanded
 * @param ticketExample what a ticket looks like, or null if none is asked for
 * @param atOnce rules that can approve what this person asks for now without anybody being asked,
 *     each with what it demands of what is typed; empty if none can
 * @param chain who will be asked, in which order, and when; empty while it is not known for whom,
 *     and then there is no form
 * @param access how the access comes and goes then, in sentences
 * @param open what the visitor has asked for or has by this runbook already, newest first
 * @param against what the visitor has or has asked for and nobody may have together with this
 * @param emergency whether the visitor may take it in an emergency, without asking
 * @param entered what is in the fields
 * @param errors why it was not accepted; each is shown next to the field it names
 * @param key the idempotency key: new with each fresh form, kept when it is shown again
 */
public record AskView(
    Frame frame,
    String runbook,
    String title,
    String line,
    @Nullable Others others,
    String systemTitle,
    String roleTitle,
    String guidance,
    List<Duration> durations,
    @Nullable Duration extendable,
    @Nullable Duration startWithin,
    String reasonHint,
    int reasonLeast,
    @Nullable String ticketExample,
    List<AtOnce> atOnce,
    List<Chain.Step> chain,
    List<Said> access,
    List<HomeView.Asked> open,
    List<HomeView.Asked> against,
    boolean emergency,
    Entered entered,
    List<Refusal> errors,
    String key) {
  /** The field for a later start, as the API calls it. */
  public static final String STARTS_AT = "startsAt";

  /** The field for whom it is, as the API calls it. */
  public static final String REQUESTER = "requester";

  /**
   * For whom the visitor may ask.
   *
   * @param meToo whether for themselves as well
   * @param reports whom they need not look up, by name
   * @param chosen for whom this is asked; null for themselves, or while nobody is chosen
   */
  public record Others(boolean meToo, List<Person> reports, @Nullable Person chosen) {
    public Others {
      reports = List.copyOf(reports);
    }
  }

  /**
   * What is in the fields, as typed.
   *
   * @param duration as sent; {@code Duration.toString} of the default on a fresh form
   * @param startsAt as {@code datetime-local} has it; empty to begin with the last approval
   * @param requester an email address; empty for the visitor
   */
  public record Entered(
      String duration, String startsAt, String reason, String ticket, String requester) {
    /** What somebody asks for themselves. */
    public Entered(String duration, String startsAt, String reason, String ticket) {
      this(duration, startsAt, reason, ticket, "");
    }

    /** The same for somebody else. */
    public Entered withRequester(String other) {
      return new Entered(duration, startsAt, reason, ticket, other);
    }

    public Entered {
      Objects.requireNonNull(requester);
      Objects.requireNonNull(duration);
      Objects.requireNonNull(startsAt);
      Objects.requireNonNull(reason);
      Objects.requireNonNull(ticket);
    }
  }

  /**
   * A rule that can approve at once.
   *
   * @param demands what must be so as well; empty if nothing must
   */
  public record AtOnce(String rule, List<Said> demands) {
    public AtOnce {
      Objects.requireNonNull(rule);
      demands = List.copyOf(demands);
    }
  }

  public AskView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(runbook);
    Objects.requireNonNull(title);
    Objects.requireNonNull(line);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(guidance);
    durations = List.copyOf(durations);
    Objects.requireNonNull(reasonHint);
    atOnce = List.copyOf(atOnce);
    chain = List.copyOf(chain);
    access = List.copyOf(access);
    open = List.copyOf(open);
    against = List.copyOf(against);
    Objects.requireNonNull(entered);
    errors = List.copyOf(errors);
    Objects.requireNonNull(key);
  }

  /** The bounds of a later start, as {@code datetime-local} has them; none without one. */
  public List<String> starts() {
    var within = startWithin;
    if (within == null) {
      return List.of();
    }
    var now = frame.speech().now().atZone(frame.speech().zone()).truncatedTo(ChronoUnit.MINUTES);
    return Stream.of(now.plusMinutes(1), now.plus(within))
        .map(each -> each.toLocalDateTime().toString())
        .toList();
  }

  /** When access for so long would end if it began now: it begins with the last approval. */
  public Instant endIfNow(Duration duration) {
    return frame.speech().now().plus(duration);
  }

  /** Where the form is, for the same person. */
  public String again() {
    var chosen = chosen();
    return chosen == null
        ? Paths.ask(runbook)
        : Paths.ask(runbook) + "?" + REQUESTER + "=" + URLEncoder.encode(chosen.email(), UTF_8);
  }

  /** For whom this is asked; null for the visitor, or while nobody is chosen. */
  public @Nullable Person chosen() {
    return others == null ? null : others.chosen();
  }

  /** Whether it is known for whom this is asked, and so who would decide. */
  public boolean isForSomebody() {
    return !chain.isEmpty();
  }

  /** Whether the limits of the runbook keep the reader from asking again now. */
  public boolean asksTooOften() {
    return errors.stream().anyMatch(error -> error.code().startsWith("limit-"));
  }

  /** Whether nothing that could be typed helps now; what has been typed is not taken away. */
  public boolean isShut() {
    return !errors.isEmpty()
        && errors.stream().allMatch(AskView::isAboutTheRest)
        && entered.reason().isEmpty()
        && entered.ticket().isEmpty();
  }

  private static boolean isAboutTheRest(Refusal error) {
    return error.code().startsWith("limit-") || error.code().equals("not-both");
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
