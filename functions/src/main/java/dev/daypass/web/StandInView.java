package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who stands in for somebody. Its fields are {@code standIn} (an address), {@code from=2026-12-01},
 * {@code through}, {@code reason} (of an administrator), {@code do} (to name somebody or to end it)
 * and {@link AntiForgery#FIELD}.
 *
 * @param person for whom
 * @param own whether that is the visitor
 * @param mayChange whether the visitor may name somebody
 * @param path where the form is posted
 * @param zone where the days are days
 * @param named who is named and not over; null if nobody is
 * @param entered what is in the fields
 * @param today the first day that can be chosen
 * @param history what was said, newest first
 * @param errors why it was not accepted
 * @param done what has just been done, or null
 */
public record StandInView(
    Frame frame,
    Person person,
    boolean own,
    boolean mayChange,
    String path,
    String zone,
    @Nullable Named named,
    Entered entered,
    LocalDate today,
    List<Change> history,
    List<Refusal> errors,
    @Nullable Said done) {
  /** The field for whoever is to stand in. */
  public static final String STAND_IN = "standIn";

  /** The fields of the form. */
  public static final Set<String> FIELDS = Set.of(STAND_IN, "from", "through", "reason");

  /**
   * Who is named.
   *
   * @param begun whether the first day has come
   */
  public record Named(Person standIn, LocalDate from, LocalDate through, boolean begun) {
    public Named {
      Objects.requireNonNull(standIn);
      Objects.requireNonNull(from);
      Objects.requireNonNull(through);
    }
  }

  /** What is in the fields, as typed. */
  public record Entered(String standIn, String from, String through, String reason) {
    public Entered {
      Objects.requireNonNull(standIn);
      Objects.requireNonNull(from);
      Objects.requireNonNull(through);
      Objects.requireNonNull(reason);
    }
  }

  /**
   * What was said once.
   *
   * @param what in a sentence
   * @param reason in the words of whoever said it; may be empty
   */
  public record Change(Instant at, Said what, String reason) {
    public Change {
      Objects.requireNonNull(at);
      Objects.requireNonNull(what);
      Objects.requireNonNull(reason);
    }
  }

  public StandInView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(person);
    Objects.requireNonNull(path);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(entered);
    Objects.requireNonNull(today);
    history = List.copyOf(history);
    errors = List.copyOf(errors);
  }

  /** Where it is said of somebody else, for whoever may see that. */
  public static String ofPerson(String email) {
    return Paths.standIn() + "?person=" + URLEncoder.encode(email, UTF_8);
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }
}
