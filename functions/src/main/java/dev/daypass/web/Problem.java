package dev.daypass.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.daypass.access.Refusal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Why a call was not answered as asked, in the form of RFC 9457 ({@code application/problem+json}).
 *
 * @param type a stable name for programs: {@code urn:daypass:problem:bad-input}
 * @param title the kind of problem in a few words, the same each time
 * @param status the HTTP status
 * @param detail for the person: what happened, what to do, whom to ask
 * @param errors every reason, not the first; empty if the detail says it all
 * @param reference what an administrator finds the call by in the logs, or null if nobody needs to
 *     look
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "errors", "reference"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(
    String type,
    String title,
    int status,
    String detail,
    List<Refusal> errors,
    @Nullable String reference) {
  private static final String KIND = "urn:daypass:problem:";
  private static final String NOT_YOURS = "This is not yours to see or do";

  public Problem {
    Objects.requireNonNull(type);
    Objects.requireNonNull(title);
    Objects.requireNonNull(detail);
    errors = List.copyOf(errors);
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("a problem has a status of 400 to 599, not " + status);
    }
  }

  /** 400: it could not be read. */
  public static Problem badInput(String detail, Refusal... errors) {
    return of("bad-input", "That could not be read", 400, detail, List.of(errors));
  }

  /** 401: it is not known who asks. */
  public static Problem notSignedIn(String detail) {
    return of("not-signed-in", "Please sign in", 401, detail, List.of());
  }

  /** 403: it is known who asks (or does not matter), and the answer is no. */
  public static Problem forbidden(String detail) {
    return of("forbidden", NOT_YOURS, 403, detail, List.of());
  }

  /** 403: nobody can be let in, because no sign-in is set up. */
  public static Problem closed() {
    return of(
        "sign-in-not-set-up",
        "Daypass is closed",
        403,
        "Daypass has no sign-in set up yet, so nobody can be let in. Please ask your administrator.",
        List.of());
  }

  /** 400: what the sign-in service sent back does not sign anybody in. */
  public static Problem signInFailed(String detail) {
    return of("sign-in-failed", "You are not signed in", 400, detail, List.of());
  }

  /** 403: somebody was to show anew who they are, and was not asked. */
  public static Problem notAskedAnew() {
    return of(
        "not-asked-anew",
        "The sign-in service did not ask you again",
        403,
        "You are signed in, but it does not say that you have shown just now who you are. Some"
            + " decisions need that. Please sign out of the sign-in service itself and try again; if"
            + " that does not help, tell your administrator.",
        List.of());
  }

  /** 503: we and the sign-in service do not agree; an administrator finds why in the log. */
  public static Problem signInBroken(String reference) {
    return new Problem(
        KIND + "sign-in-broken",
        "The sign-in does not work",
        503,
        "Daypass and the sign-in service do not understand each other, so nobody can be signed in."
            + " Please tell your administrator the reference "
            + reference
            + ".",
        List.of(),
        reference);
  }

  /** 403: a form came back without the secret it was given. */
  public static Problem staleForm() {
    return of(
        "stale-form",
        "This page has become too old",
        403,
        "Nothing was changed. Go back, reload the page and send the form again. Your browser must"
            + " accept cookies from Daypass.",
        List.of());
  }

  /** 404: nothing is there, or nothing that this visitor may know of. */
  public static Problem notFound(String detail) {
    return of("not-found", "Nothing here", 404, detail, List.of());
  }

  /** 409: it was fine once, but things have moved on. */
  public static Problem conflict(String detail, List<Refusal> errors) {
    return of("conflict", "Things have moved on", 409, detail, errors);
  }

  /**
   * What has not been done although it was understood: 403 if it is for somebody else to do, 409 if
   * things have moved on.
   */
  public static Problem notDone(List<Refusal> reasons) {
    var first = reasons.getFirst();
    return first.code().equals(Refusal.NOT_YOURS)
        ? of("forbidden", NOT_YOURS, 403, first.message(), reasons)
        : conflict(first.message(), reasons);
  }

  /** 413: more than is read. */
  public static Problem tooLarge(int limit) {
    return of(
        "too-large",
        "That is too much",
        413,
        "At most " + limit / 1024 + " KiB can be sent at once. Please send less.",
        List.of());
  }

  /** 422: read and understood, and refused for these reasons. */
  public static Problem refused(List<Refusal> reasons) {
    String detail =
        reasons.size() == 1 ? reasons.getFirst().message() : "There is more than one reason.";
    return of("refused", "This cannot be done", 422, detail, reasons);
  }

  /** 429: more often than is right. */
  public static Problem tooMany(String detail) {
    return of("too-many", "Please wait a little", 429, detail, List.of());
  }

  /** 500: our fault. */
  public static Problem broken(String reference) {
    return new Problem(
        KIND + "broken",
        "Something went wrong on our side",
        500,
        "Please try again in a minute. If it happens again, tell your administrator the reference "
            + reference
            + ".",
        List.of(),
        reference);
  }

  /** 503: something we need did not answer. */
  public static Problem unavailable(String detail) {
    return of("unavailable", "Not available right now", 503, detail, List.of());
  }

  private static Problem of(
      String kind, String title, int status, String detail, List<Refusal> errors) {
    return new Problem(KIND + kind, title, status, detail, errors, null);
  }
}
