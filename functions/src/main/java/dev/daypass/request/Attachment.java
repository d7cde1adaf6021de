package dev.daypass.request;

import dev.daypass.access.Evidence;
import dev.daypass.access.Refusal;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import dev.daypass.web.Refusals;
import dev.daypass.web.Upload;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file that somebody sends to show what they have done by hand, as it came. */
final class Attachment {
  /** Whatever arrives at all is read, so that a file that is too large is told so by its name. */
  static final int LARGEST_BODY = 6 * 1024 * 1024;

  /** The most that a file may have, in megabytes as people are told. */
  static final int MEGABYTES = Evidence.LARGEST / 1024 / 1024;

  /** The input that holds it, in forms and in the API. */
  static final String FIELD = "evidence";

  private final String name;
  private final byte[] file;

  private Attachment(String name, byte[] file) {
    this.name = name;
    this.file = file;
  }

  /** The file of a posted form; empty if none was chosen. */
  static Optional<Attachment> of(Upload upload) {
    return upload.fileName().isEmpty() && upload.size() == 0
        ? Optional.empty()
        : Optional.of(new Attachment(upload.fileName(), upload.file()));
  }

  /**
   * A file inside of JSON.
   *
   * @param name what its sender calls it, or null
   * @param content its bytes in base64 (RFC 4648, section 4), without line ends
   * @throws HttpProblem 422 if it is no base64
   */
  static Attachment of(@Nullable String name, String content) {
    try {
      return new Attachment(Upload.shownName(name), Base64.getDecoder().decode(content));
    } catch (IllegalArgumentException noBase64) {
      throw new HttpProblem(
          Problem.refused(List.of(Refusals.of("evidence-unreadable", FIELD + ".content"))));
    }
  }

  /** Why it is no evidence; at most one reason, and none if it is. */
  List<Refusal> refusals() {
    if (file.length == 0) {
      return List.of(refusal("evidence-empty"));
    }
    if (file.length > Evidence.LARGEST) {
      return List.of(refusal("evidence-too-large", MEGABYTES));
    }
    return Evidence.Type.of(file).isEmpty() ? List.of(refusal("evidence-type")) : List.of();
  }

  private static Refusal refusal(String code, Object... arguments) {
    return Refusals.of(code, FIELD, arguments);
  }

  /**
   * What the request keeps of it.
   *
   * @throws IllegalArgumentException if there are {@link #refusals}
   */
  Evidence evidence() {
    return Evidence.of(file, name);
  }

  /** Its bytes. */
  byte[] file() {
    return file.clone();
  }
}
