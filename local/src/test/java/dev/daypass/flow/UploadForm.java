package dev.daypass.flow;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/** A form with a file in it, as a browser sends it (RFC 7578). */
public final class UploadForm {
  private static final String BOUNDARY = "----WebKitFormBoundaryAnyLettersWillDo";

  /** The type that the browser says it has. */
  public static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;

  private static final String END = "\r\n--%s--\r\n".formatted(BOUNDARY);

  private UploadForm() {}

  /**
   * The body of a form.
   *
   * @param fields all but the file
   * @param fileName empty if none was chosen
   */
  public static String of(Map<String, String> fields, String fileName, String content) {
    return before(fields, "file", fileName) + content + END;
  }

  /**
   * The same with any bytes.
   *
   * @param field what the form calls the file
   */
  public static byte[] of(
      Map<String, String> fields, String field, String fileName, byte[] content) {
    var body = new ByteArrayOutputStream();
    body.writeBytes(before(fields, field, fileName).getBytes(UTF_8));
    body.writeBytes(content);
    body.writeBytes(END.getBytes(UTF_8));
    return body.toByteArray();
  }

  private static String before(Map<String, String> fields, String field, String fileName) {
    var body = new StringBuilder();
    fields.forEach(
        (name, value) ->
            body.append("--%s\r\n".formatted(BOUNDARY))
                .append("Content-Disposition: form-data; name=\"%s\"\r\n\r\n".formatted(name))
                .append(value)
                .append("\r\n"));
    return body.append("--%s\r\n".formatted(BOUNDARY))
        .append("Content-Disposition: form-data; name=\"%s\"; filename=\"".formatted(field))
        .append(fileName)
        .append("\"\r\nContent-Type: text/csv\r\n\r\n")
        .toString();
  }
}
