package dev.daypass.mail;

/** How a request came to its end before it was decided. */
public enum Cancelling {
  /** By whoever had asked. */
  REQUEST_WITHDRAWN,
  /** By an approver who took their approval back. */
  APPROVAL_WITHDRAWN,
  /** By an owner of the system, or an administrator. */
  STOPPED
}
