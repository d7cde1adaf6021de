package dev.daypass.web;

import dev.daypass.access.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A posted JSON object that could be read, with all that is wrong about it: fields that are not
 * known, and what its reader finds. One answer tells every reason.
 */
public final class Sent<T> {
  private final T body;
  private final List<Problem> problems = new ArrayList<>();

  Sent(T body, @Nullable Problem unknown) {
    this.body = body;
    if (unknown != null) {
      problems.add(unknown);
    }
  }

  public T body() {
    return body;
  }

  /** What is read from it; empty if it cannot be, and then the problem is kept. */
  public <R> Optional<R> read(Supplier<R> reading) {
    try {
      return Optional.of(reading.get());
    } catch (HttpProblem e) {
      problems.add(e.problem());
      return Optional.empty();
    }
  }

  /**
   * Keeps these reasons as well. Reasons that the core finds by itself are looked for only where
   * there is something wrong already, since then nobody else asks the core.
   */
  public void refuse(List<Refusal> reasons) {
    if (!reasons.isEmpty()) {
      problems.add(Problem.refused(reasons));
    }
  }

  public boolean isFine() {
    return problems.isEmpty();
  }

  /**
   * Ends the call if anything is wrong.
   *
   * @throws HttpProblem 400 if there are unknown fields or something could not be read, else 422
   */
  public void check() {
    if (!problems.isEmpty()) {
      throw new HttpProblem(Problem.together(problems));
    }
  }
}
