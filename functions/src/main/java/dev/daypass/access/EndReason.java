package dev.daypass.access;

/** Why access ends. */
public enum EndReason {
  /** Its time is up. */
  EXPIRED,
  /** Its holder gave it back. */
  RETURNED,
  /** An owner or administrator took it away. */
  REVOKED,
  /** It could not be set up wholly; what was done is undone. */
  GIVEN_UP
}
