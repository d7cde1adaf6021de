package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.fuzz.Check;
import java.net.URLEncoder;
import java.util.stream.Collectors;

/** Posted forms. */
public final class FormFuzz {
  private static final int MOST_FIELDS = 100;

  private FormFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    Form form;
    try {
      form = Form.parse(data);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      Check.that(refused.problem().status() == 400, "a form that cannot be read is a 400");
      return;
    }
    Check.that(form.fields().size() <= MOST_FIELDS, "too many fields");
    for (var value : form.fields().values()) {
      Check.that(value.indexOf('\r') < 0, "a line end that is not LF");
      Check.that(value.chars().noneMatch(c -> c == 0x2028 || c == 0x85), "a foreign line end");
      Check.same(new String(value.getBytes(UTF_8), UTF_8), value, "half a character");
    }
    var written =
        form.fields().entrySet().stream()
            .map(each -> encoded(each.getKey()) + "=" + encoded(each.getValue()))
            .collect(Collectors.joining("&"));
    Check.same(Form.parse(written.getBytes(UTF_8)), form, "written and read again");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
