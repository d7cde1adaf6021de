package dev.daypass.local.aws;

/** An error answer of an emulated AWS service, named as AWS names it. */
public final class AwsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;
  private final int status;

  /**
   * @param type the error's name on the wire: {@code ExecutionAlreadyExists}
   * @param status the HTTP status it is answered with: 400 for nearly all
   */
  public AwsException(String type, int status, String message) {
    super(message);
    this.type = type;
    this.status = status;
  }

  /** The error's name on the wire. */
  public String type() {
    return type;
  }

  /** The HTTP status it is answered with. */
  public int status() {
    return status;
  }
}
