package dev.daypass.access;

/** Where a request is in its life, as the API and the trail name it. */
public enum Status {
  /** Approvers are being asked. */
  PENDING,
  /** Approved, not started. */
  SCHEDULED,
  /** The access is being set up; cancelling is refused from here on, giving back is not. */
  PROVISIONING,
  /** The person has the access. */
  ACTIVE,
  /** The access is being taken away. */
  ENDING,
  /** Somebody said no. */
  DENIED,
  /** Nobody answered. */
  LAPSED,
  /** Withdrawn before access was set up. */
  CANCELLED,
  /** Over, and proven to be gone. */
  ENDED,
  /** Could not be set up; nothing is left behind. */
  FAILED;

  /** Whether nothing can happen any more. */
  public boolean isFinal() {
    return switch (this) {
      case PENDING, SCHEDULED, PROVISIONING, ACTIVE, ENDING -> false;
      case DENIED, LAPSED, CANCELLED, ENDED, FAILED -> true;
    };
  }
}
