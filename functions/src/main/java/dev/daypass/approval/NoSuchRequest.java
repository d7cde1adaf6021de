package dev.daypass.approval;

/** The workflow or the stream names a request that is not stored. */
public final class NoSuchRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NoSuchRequest(String id) {
    super("no request " + id);
  }
}
