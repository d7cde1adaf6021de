package dev.daypass.web;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Texts;
import dev.daypass.fuzz.Check;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Forms with a file in them. */
public final class UploadFuzz {
  private static final int MOST_PARTS = 20;
  private static final int LARGEST_FIELD = 4_096;
  private static final int LONGEST_NAME = 100;
  private static final String BOUNDARY = "written-again-by-the-fuzzer";

  /** What stands in a quoted name as it is. */
  private static final Pattern PLAIN = Pattern.compile("[^\"\\\\\\p{Cntrl}]+");

  private UploadFuzz() {}

  /** The input is the value of {@code Content-Type}, a line end, and the body. */
  public static void fuzzerTestOneInput(byte[] data) {
    int line = 0;
    while (line < data.length && data[line] != '\n') {
      line++;
    }
    var type = new String(data, 0, line, ISO_8859_1);
    var body = Arrays.copyOfRange(data, Math.min(line + 1, data.length), data.length);
    Upload upload;
    try {
      upload = new Body(body, type).upload(HttpRequest.LARGEST_BODY);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      Check.that(refused.problem().status() == 400, "an upload that cannot be read is a 400");
      return;
    }
    var fields = upload.form().fields();
    Check.that(fields.size() <= MOST_PARTS, "too many parts");
    long all = upload.size();
    for (var value : fields.values()) {
      // A line end of one byte can become none that is longer.
      Check.that(value.length() <= LARGEST_FIELD, "a field that is too long");
      Check.that(value.indexOf('\r') < 0, "a line end that is not LF");
      Check.same(new String(value.getBytes(UTF_8), UTF_8), value, "half a character");
      all += value.codePointCount(0, value.length());
    }
    Check.that(all <= body.length, "more than was sent");
    Check.that(
        new String(body, ISO_8859_1).contains(new String(upload.file(), ISO_8859_1)),
        "bytes that were not sent so");
    var name = upload.fileName();
    Check.showsOnOneLine(name);
    Check.that(name.codePointCount(0, name.length()) <= LONGEST_NAME, "a name without end");
    Check.that(name.indexOf('/') < 0 && name.indexOf('\\') < 0, "a folder in a name", name);
    again(upload);
  }

  /** As a browser would send what was read. */
  private static void again(Upload upload) {
    var fields = upload.form().fields();
    var name = upload.fileName();
    boolean plain =
        fields.keySet().stream().allMatch(UploadFuzz::isPlain)
            && isPlain(name)
            && Texts.visibleLine(name).equals(name);
    if (!plain || fields.size() == MOST_PARTS) {
      return;
    }
    var body = new ByteArrayOutputStream();
    fields.forEach(
        (field, value) -> {
          text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field);
          text(body, "\"\r\n\r\n" + value + "\r\n");
        });
    text(body, "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
    text(body, name + "\"\r\nContent-Type: text/csv\r\n\r\n");
    body.writeBytes(upload.file());
    text(body, "\r\n--" + BOUNDARY + "--\r\n");
    var read = Upload.parse(body.toByteArray(), "multipart/form-data; boundary=" + BOUNDARY);
    Check.same(read.form(), upload.form(), "written and read again");
    Check.same(read.fileName(), name, "the file's name, written and read again");
    Check.that(Arrays.equals(read.file(), upload.file()), "the file, written and read again");
  }

  /** {@code ParameterParser} takes white space off around a name. */
  private static boolean isPlain(String name) {
    return PLAIN.matcher(name).matches() && name.strip().equals(name) && !name.contains("=?");
  }

  private static void text(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(UTF_8));
  }
}
