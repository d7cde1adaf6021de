package dev.daypass.web;

import java.util.Objects;

/**
 * Said after signing out.
 *
 * @param everywhere whether all sessions have ended, not only this one
 */
public record SignedOutView(Frame frame, boolean everywhere) {
  public SignedOutView {
    Objects.requireNonNull(frame);
  }
}
