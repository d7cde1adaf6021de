package dev.daypass.access;

/** How we know who decided. */
public enum Proof {
  /** The person was signed in. */
  SESSION,
  /** The person had signed in within the last five minutes. */
  FRESH,
  /** The person typed the code from the mail: proves a mailbox, not a person. */
  MAILBOX;

  /** Whether this proof is as strong as the demanded one, or stronger. */
  public boolean suffices(Proof demanded) {
    return switch (demanded) {
      case MAILBOX -> true;
      case SESSION -> this != MAILBOX;
      case FRESH -> this == FRESH;
    };
  }
}
