package dev.daypass.web;

import java.util.Objects;

/** Why there is no page. */
public record ErrorView(Frame frame, Problem problem) {
  public ErrorView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(problem);
  }
}
