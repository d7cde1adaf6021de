package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The fields of a posted form ({@code application/x-www-form-urlencoded}, UTF-8; URL Standard,
 * section 5).
 *
 * @param fields each name once; line ends are {@code \n}; no half surrogate pairs
 */
public record Form(Map<String, String> fields) {
  private static final int MOST_FIELDS = 100;

  public Form {
    fields = Map.copyOf(fields);
  }

  /** What was typed, without white space around it; empty if the field is not there. */
  public String get(String name) {
    return fields.getOrDefault(name, "").strip();
  }

  /**
   * @throws HttpProblem 400 if an escape is malformed, the bytes are no UTF-8, a field comes twice
   *     or there are too many
   */
  static Form parse(byte[] body) {
    Map<String, String> fields = new LinkedHashMap<>();
    int start = 0;
    for (int i = 0; i <= body.length; i++) {
      if (i < body.length && body[i] != '&') {
        continue;
      }
      if (i > start) {
        int equals = start;
        while (equals < i && body[equals] != '=') {
          equals++;
        }
        String name = decode(body, start, equals);
        String value = equals < i ? decode(body, equals + 1, i) : "";
        var shown = Texts.visibleLine(name);
        if (fields.put(name, Plain.text(shown, value)) != null) {
          throw new HttpProblem(
              Problem.badInput(
                  Said.of("problem.form.field-twice"),
                  Refusals.of("duplicate-field", shown, shown)));
        }
        if (fields.size() > MOST_FIELDS) {
          throw new HttpProblem(
              Problem.badInput(Said.of("problem.form.too-many-fields", MOST_FIELDS)));
        }
      }
      start = i + 1;
    }
    return new Form(fields);
  }

  private static String decode(byte[] bytes, int from, int to) {
    var decoded = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      byte one = bytes[i];
      if (one == '+') {
        decoded.write(' ');
      } else if (one == '%') {
        int high = i + 2 < to ? Character.digit(bytes[i + 1], 16) : -1;
        int low = i + 2 < to ? Character.digit(bytes[i + 2], 16) : -1;
        if (high < 0 || low < 0) {
          throw new HttpProblem(Problem.badInput(Said.of("problem.form.bad-escape")));
        }
        decoded.write(high * 16 + low);
        i += 2;
      } else {
        decoded.write(one);
      }
    }
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(decoded.toByteArray())).toString();
    } catch (CharacterCodingException e) {
      throw new HttpProblem(Problem.badInput(Said.of("problem.form.not-utf8")));
    }
  }
}
