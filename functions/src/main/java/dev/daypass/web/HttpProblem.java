package dev.daypass.web;

import dev.daypass.access.Said;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What came over HTTP cannot be answered as asked. {@link FrontDoor} turns it into an answer. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;
  private final @Nullable String signIn;
  private final @Nullable String log;

  /** Ends the call with this problem. */
  public HttpProblem(Problem problem) {
    this(problem, null, null);
  }

  /**
   * Ends the call with this problem, which signing in would solve.
   *
   * @param signIn path of the sign-in, where the visitor of a page is sent; null if there is none
   */
  public HttpProblem(Problem problem, @Nullable String signIn) {
    this(problem, signIn, null);
  }

  private HttpProblem(Problem problem, @Nullable String signIn, @Nullable String log) {
    super(problem.detail());
    this.problem = Objects.requireNonNull(problem);
    this.signIn = signIn;
    this.log = log;
  }

  /**
   * Ends the call with this problem, of which an administrator has to know more than its visitor.
   *
   * @param log for the log; holds no secret
   */
  public static HttpProblem logged(Problem problem, String log) {
    return new HttpProblem(problem, null, log);
  }

  public Problem problem() {
    return problem;
  }

  /** Where the visitor of a page signs in, or null if that would not help. */
  public @Nullable String signIn() {
    return signIn;
  }

  /** What to write into the log, or null for nothing. */
  public @Nullable String log() {
    return log;
  }

  /** 404, the same for what is not there and for what the caller may not know of. */
  public static HttpProblem noSuchRequest() {
    return new HttpProblem(Problem.notFound(Said.of("problem.no-such-request")));
  }
}
