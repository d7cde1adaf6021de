package dev.daypass.mail;

/** Whether an access that is over for one request is there because of another one. */
public enum HeldOn {
  /** It is gone. */
  NO,
  /** Another request of the same person holds it. */
  YES,
  /**
   * Another request of the same person is to have it, and nobody has looked whether it is there.
   */
  PERHAPS
}
