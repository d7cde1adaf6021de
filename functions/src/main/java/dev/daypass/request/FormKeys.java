package dev.daypass.request;

import dev.daypass.web.Form;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.Problem;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** The keys by which a form that is sent twice is one request. */
final class FormKeys {
  private static final int BYTES = 16;

  private final RandomGenerator random;

  FormKeys(RandomGenerator random) {
    this.random = random;
  }

  /** The key of a form that is shown anew. */
  String next() {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /**
   * The key a form came with.
   *
   * @throws HttpProblem 403 if it has none that this could have made
   */
  static String of(Form form) {
    var key = form.get("key");
    if (key.isBlank() || key.length() > IdempotencyKey.LONGEST) {
      throw new HttpProblem(Problem.staleForm());
    }
    return key;
  }
}
