package dev.daypass.flow;

import java.util.Map;

/** A form with a file in it, as a browser sends it (RFC 7578). */
public final class UploadForm {
  private static final String BOUNDARY = "----WebKitFormBoundaryAnyLettersWillDo";

  /** The type that the browser says it has. */
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private UploadForm() {}

  /**
   * The body of a form.
   *
   * @param fields all but the file
   * @param fileName empty if none was chosen
   */
  public static String of(Map<String, String> fields, String fileName, String content) {
    var body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--%s\r\n".formatted(BOUNDARY))
                .append("Content-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(name))
                .append(value)
                .append("\r\n"));
    return body.append("--%s\r\n".formatted(BOUNDARY))
        .append("Content-Disposition: form-data; name=\"file\"; filename=\"")
        .append(fileName)
        .append("\"\r\nContent-Type: text/csv\r\n\r\n")
        .append(content)
        .append("\r\n--%s--\r\n".formatted(BOUNDARY))
        .toString();
  }
}
