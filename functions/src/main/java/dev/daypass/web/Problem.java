package dev.daypass.web;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Speech;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was not answered as asked, in the form of RFC 9457 ({@code application/problem+json}).
 * Programs get it in English, whatever their person speaks; pages say it in their reader's
 * language.
 *
 * @param type a stable name for programs: {@code urn:daypass:problem:bad-input}
 * @param title the kind of problem in a few words, the same each time
 * @param status the HTTP status
 * @param detail for the person: what happened, what to do, whom to ask
 * @param errors every reason, not the first; empty if the detail says it all
 * @param reference what an administrator finds the call by in the logs, or null if nobody needs to
 *     look
 * @param said the detail for a reader of any language
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "errors", "reference"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonIgnoreProperties("said")
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<Refusal> errors,
    @Nullable String reference,
    Said said) {
  /** The inputs in which people say or show what they did, or why. */
  private static final Set<String> WORDS = Set.of("note", "comment", "evidence", "answer");

  private static final String KIND = "urn:daypass:";
  private static final String FOR_PROGRAMS = "problem.for-programs";
  private static final Said NOT_YOURS = Said.of("problem.forbidden");
  private static final Said STALE_FORM = Said.of("problem.stale-form");
  private static final Said OTHER_PERSON = Said.of("problem.other-person");
  private static final Said MOVED_ON = Said.of("problem.conflict");

  public Problem {
    Objects.requireNonNull(type);
    Objects.requireNonNull(title);
    Objects.requireNonNull(detail);
    errors = List.copyOf(errors);
    Objects.requireNonNull(said);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem has a status of 400 to 599, not " + status);
    }
  }

  /**
   * What only programs are told: it stays in English. Whatever a page can show has a message of its
   * own instead.
   */
  public static Said inEnglish(String sentence) {
    return Said.of(FOR_PROGRAMS, sentence);
  }

  /** 400: it could not be read. */
  public static Problem badInput(Said detail, Refusal... errors) {
    return of(Said.of("problem.bad-input"), 400, detail, List.of(errors));
  }

  /** 401: it is not known who asks. */
  public static Problem notSignedIn(Said detail) {
    return of(Said.of("problem.not-signed-in"), 401, detail, List.of());
  }

  /** 403: it is known who asks (or does not matter), and the answer is no. */
  public static Problem forbidden(Said detail) {
    return of(NOT_YOURS, 403, detail, List.of());
  }

  /** 403, for these reasons. */
  public static Problem forbidden(List<Refusal> reasons) {
    return because(NOT_YOURS, 403, reasons);
  }

  /** 403: nobody can be let in, because no sign-in is set up. */
  public static Problem closed() {
    return of(
        Said.of("problem.sign-in-not-set-up"),
        403,
        Said.of("problem.sign-in-not-set-up.detail"),
        List.of());
  }

  /** 400: what the sign-in service sent back does not sign anybody in. */
  public static Problem signInFailed(Said detail) {
    return of(Said.of("problem.sign-in-failed"), 400, detail, List.of());
  }

  /** 400: there is no sign-in to finish, and whoever asks is signed in. */
  public static Problem signedInAlready() {
    return of(
        Said.of("problem.signed-in-already"),
        400,
        Said.of("problem.signed-in-already.detail"),
        List.of());
  }

  /** 403: somebody was to show anew who they are, and was not asked. */
  public static Problem notAskedAnew() {
    return of(
        Said.of("problem.not-asked-anew"),
        403,
        Said.of("problem.not-asked-anew.detail"),
        List.of());
  }

  /** 503: we and the sign-in service do not agree; an administrator finds why in the log. */
  public static Problem signInBroken(String reference) {
    return logged(
        Said.of("problem.sign-in-broken"),
        503,
        Said.of("problem.sign-in-broken.detail", reference),
        reference);
  }

  /** 403: a form came back without the secret it was given. */
  public static Problem staleForm() {
    return of(STALE_FORM, 403, Said.of("problem.stale-form.detail"), List.of());
  }

  /** 403: a form of a page that was opened as somebody else. */
  public static Problem openedAsAnother(String then, String now) {
    return of(OTHER_PERSON, 403, Said.of("problem.other-person.detail", then, now), List.of());
  }

  /** Whether it is {@link #staleForm}. */
  public boolean tellsOfStaleForm() {
    return kind().equals(STALE_FORM);
  }

  /** Whether it is {@link #openedAsAnother}. */
  boolean tellsOfAnother() {
    return kind().equals(OTHER_PERSON);
  }

  /** 404: nothing is there, or nothing that this visitor may know of. */
  public static Problem notFound(Said detail) {
    return of(Said.of("problem.not-found"), 404, detail, List.of());
  }

  /** 404: there is nothing at this address. */
  public static Problem notFound() {
    return notFound(Said.of("problem.no-such-address"));
  }

  /** 409: it was fine once, but things have moved on. The first reason says it all. */
  public static Problem conflict(List<Refusal> reasons) {
    return first(MOVED_ON, 409, reasons);
  }

  /**
   * What has not been done although it was understood: 403 if it is for somebody else to do, 422 if
   * only what was written must be written better, which no change of the request mends, 409 if
   * things have moved on.
   */
  public static Problem notDone(List<Refusal> reasons) {
    if (reasons.stream()
        .allMatch(reason -> reason.field() != null && WORDS.contains(reason.field()))) {
      return refused(reasons);
    }
    return reasons.getFirst().code().equals(Refusal.NOT_YOURS)
        ? first(NOT_YOURS, 403, reasons)
        : conflict(reasons);
  }

  /** 413: more than is read. */
  public static Problem tooLarge(int limit) {
    return tooLarge(Said.of("problem.too-large.detail", limit / 1024));
  }

  /** 413: more than can be sent, one way or the other. */
  public static Problem tooLarge(Said detail) {
    return of(Said.of("problem.too-large"), 413, detail, List.of());
  }

  /** 422: read and understood, and refused for these reasons. */
  public static Problem refused(List<Refusal> reasons) {
    return because(Said.of("problem.refused"), 422, reasons);
  }

  /**
   * What one call did wrong in several ways, as one problem with every reason: the first that could
   * not be read at all, if there is one, else a refusal.
   */
  static Problem together(List<Problem> several) {
    var worst = several.stream().min(Comparator.comparingInt(Problem::status)).orElseThrow();
    var reasons = several.stream().flatMap(each -> each.errors().stream()).toList();
    if (several.size() == 1) {
      return worst;
    }
    return worst.status() == 422
        ? refused(reasons)
        : new Problem(
            worst.type,
            worst.title,
            worst.status,
            worst.detail,
            reasons,
            worst.reference,
            worst.said);
  }

  /** 429: more often than is right. */
  public static Problem tooMany(Said detail) {
    return of(Said.of("problem.too-many"), 429, detail, List.of());
  }

  /** 500: our fault. */
  public static Problem broken(String reference) {
    return logged(
        Said.of("problem.broken"), 500, Said.of("problem.broken.detail", reference), reference);
  }

  /** 503: something we need did not answer. */
  public static Problem unavailable(Said detail) {
    return of(Said.of("problem.unavailable"), 503, detail, List.of());
  }

  /** The title for a reader of any language. */
  public Said kind() {
    return Said.of(type.substring(KIND.length()).replace(':', '.'));
  }

  private static Problem because(Said kind, int status, List<Refusal> reasons) {
    return reasons.size() == 1
        ? first(kind, status, reasons)
        : of(kind, status, Said.of("problem.several"), reasons);
  }

  private static Problem first(Said kind, int status, List<Refusal> reasons) {
    var first = reasons.getFirst();
    return new Problem(
        type(kind), english(kind), status, first.message(), reasons, null, first.said());
  }

  private static Problem of(Said kind, int status, Said detail, List<Refusal> errors) {
    return new Problem(type(kind), english(kind), status, english(detail), errors, null, detail);
  }

  private static Problem logged(Said kind, int status, Said detail, String reference) {
    return new Problem(
        type(kind), english(kind), status, english(detail), List.of(), reference, detail);
  }

  private static String type(Said kind) {
    return KIND + kind.key().replace('.', ':');
  }

  private static String english(Said said) {
    // For programs the sentence is as it is, without marks of direction around it.
    return said.key().equals(FOR_PROGRAMS)
        ? said.arguments().getFirst().toString()
        : Speech.english().say(said);
  }
}
