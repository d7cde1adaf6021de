package dev.daypass.web;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came over HTTP cannot be answered as asked. {@link FrontDoor} turns it into an answer. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final @Nullable String signIn;

  /** Ends the call with this problem. */
  public HttpProblem(Problem problem) {
    this(problem, null);
  }

  /**
   * Ends the call with this problem, which signing in would solve.
   *
   * @param signIn path of the sign-in, where the visitor of a page is sent; null if there is none
   */
  public HttpProblem(Problem problem, @Nullable String signIn) {
    super(problem.detail());
    this.problem = Objects.requireNonNull(problem);
    this.signIn = signIn;
  }

  public Problem problem() {
    return problem;
  }

  /** Where the visitor of a page signs in, or null if that would not help. */
  public @Nullable String signIn() {
    return signIn;
  }

  /** 404, the same for what is not there and for what the caller may not know of. */
  public static HttpProblem noSuchRequest() {
    return new HttpProblem(
        Problem.notFound(
            "There is no such request, or it is not yours to see. Please check the address."));
  }
}
