package dev.daypass.web;

import dev.daypass.access.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The form to import a list of people, and the last imports.
 *
 * @param mayImport whether the reader may; if not, there is no form
 * @param key what makes a file that is sent twice with this page one import
 * @param largestFile the most bytes that a file may have
 * @param errors why the file was not taken
 * @param last latest first
 */
public record ImportsView(
    Frame frame,
    boolean mayImport,
    String key,
    int largestFile,
    List<Refusal> errors,
    List<Line> last) {
  /** One import. */
  public record Line(String id, String file, String by, Instant at, ImportView.State state) {
    public Line {
      Objects.requireNonNull(id);
      Objects.requireNonNull(file);
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
      Objects.requireNonNull(state);
    }
  }

  public ImportsView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(key);
    errors = List.copyOf(errors);
    last = List.copyOf(last);
  }

  /** {@link #largestFile} in MB, as people are told it. */
  public int megabytes() {
    return largestFile / 1024 / 1024;
  }
}
