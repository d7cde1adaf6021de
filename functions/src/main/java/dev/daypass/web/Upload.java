package dev.daypass.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;
import org.jspecify.annotations.Nullable;

/** A posted form with a file in it ({@code multipart/form-data}; RFC 7578). */
public final class Upload {
  private static final int MOST_PARTS = 20;
  private static final int LARGEST_HEADER = 2_048;
  private static final int LONGEST_BOUNDARY = 70;

  /** As much as all fields of a form without a file may have. */
  private static final int LARGEST_FIELD = HttpRequest.LARGEST_BODY;

  private static final int LONGEST_NAME = 100;

  private final Form form;
  private final String fileName;
  private final byte[] file;

  private Upload(Form form, String fileName, byte[] file) {
    this.form = form;
    this.fileName = fileName;
    this.file = file;
  }

  /** A form that was sent without a file. */
  static Upload without(Form form) {
    return new Upload(form, "", new byte[0]);
  }

  /** Its other fields, each once. */
  public Form form() {
    return form;
  }

  /** What the sender calls the file, without folders, fit to be shown; empty if none was chosen. */
  public String fileName() {
    return fileName;
  }

  /** The bytes of the file; none if none was chosen. */
  public byte[] file() {
    return file.clone();
  }

  /** How many bytes it has. */
  public int size() {
    return file.length;
  }

  /**
   * @param contentType with the boundary between the parts
   * @throws HttpProblem 400 if the parts cannot be told apart, have no name or come twice, a field
   *     is no UTF-8, or there are too many
   */
  static Upload parse(byte[] body, String contentType) {
    var fields = new LinkedHashMap<String, String>();
    String fileName = "";
    byte[] file = null;
    try {
      var parts =
          MultipartInput.builder()
              .setInputStream(new ByteArrayInputStream(body))
              .setBoundary(boundary(contentType))
              .setMaxPartHeaderSize(LARGEST_HEADER)
              .get();
      parts.setHeaderCharset(UTF_8);
      int count = 0;
      for (boolean more = parts.skipPreamble(); more; more = parts.readBoundary()) {
        if (++count > MOST_PARTS) {
          throw damaged("problem.upload.too-many-parts", MOST_PARTS);
        }
        var says = disposition(parts.readHeaders());
        var content = new ByteArrayOutputStream();
        parts.readBodyData(content);
        var name = says.get("name");
        if (name == null) {
          throw damaged("problem.upload.no-name");
        }
        if (says.containsKey("filename")) {
          if (file != null) {
            throw twice("file");
          }
          file = content.toByteArray();
          fileName = shownName(says.get("filename"));
        } else if (fields.put(name, text(name, content.toByteArray())) != null) {
          throw twice(Texts.visibleLine(name));
        }
      }
      if (count == 0) {
        throw damaged("problem.upload.no-parts");
      }
    } catch (IOException | IllegalArgumentException broken) {
      throw damaged("problem.upload.unreadable");
    }
    return new Upload(new Form(fields), fileName, file == null ? new byte[0] : file);
  }

  private static byte[] boundary(String contentType) {
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    var boundary = parser.parse(contentType, ';').get("boundary");
    if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
      throw damaged("problem.upload.no-boundary");
    }
    return boundary.getBytes(ISO_8859_1);
  }

  /** The parameters of the part's {@code Content-Disposition}; none if that is something else. */
  private static Map<String, String> disposition(String headers) {
    for (var line : headers.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).strip().equalsIgnoreCase("content-disposition")) {
        var parser = new ParameterParser();
        parser.setLowerCaseNames(true);
        var value = line.substring(colon + 1).strip();
        if (value.toLowerCase(Locale.ROOT).startsWith("form-data")) {
          return parser.parse(value, ';');
        }
        break;
      }
    }
    return Map.of();
  }

  /**
   * The name of a file as it may be shown. Some browsers send folders with it, in the manner of
   * their system.
   *
   * @param name as sent, or null
   */
  public static String shownName(@Nullable String name) {
    var path = name == null ? "" : name;
    var last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    var visible = Texts.visibleLine(last).strip();
    return visible.codePointCount(0, visible.length()) <= LONGEST_NAME
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, LONGEST_NAME - 1)) + "…";
  }

  private static String text(String name, byte[] bytes) {
    if (bytes.length > LARGEST_FIELD) {
      throw damaged("problem.upload.long-field");
    }
    try {
      return Plain.text(
          Texts.visibleLine(name), UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException notText) {
      throw damaged("problem.form.not-utf8");
    }
  }

  private static HttpProblem twice(String name) {
    return new HttpProblem(
        Problem.badInput(
            Said.of("problem.form.field-twice"), Refusals.of("duplicate-field", name, name)));
  }

  private static HttpProblem damaged(String key, Object... arguments) {
    return new HttpProblem(Problem.badInput(Said.of(key, arguments)));
  }
}
