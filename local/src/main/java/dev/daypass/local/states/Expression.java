package dev.daypass.local.states;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One JSONata expression of a definition, without its <code>{% %}</code>.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html">Transforming
 *     data with JSONata in Step Functions</a>
 */
record Expression(String text) {
  private static final String OPEN = "{%";
  private static final String CLOSE = "%}";

  /** Where no code is: quoted strings and names, and comments. */
  private static final Pattern NOT_CODE =
      Pattern.compile(
          "\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])*'|`[^`]*`|/\\*.*?\\*/", Pattern.DOTALL);

  private static final Pattern EVAL = Pattern.compile("\\$eval\\b");
  private static final Pattern RESULT = Pattern.compile("\\$states\\s*\\.\\s*result\\b");
  private static final Pattern ERROR_OUTPUT = Pattern.compile("\\$states\\s*\\.\\s*errorOutput\\b");
  private static final Pattern CONTEXT = Pattern.compile("\\$states\\s*\\.\\s*context\\b");
  private static final Pattern NEWER_OPERATOR = Pattern.compile("\\?\\?|(?<!\\()\\?:");

  /** Whether a string is an expression, and not text. */
  static boolean isExpression(String string) {
    return string.startsWith(OPEN) && string.endsWith(CLOSE) && string.length() >= 4;
  }

  /**
   * Whether a string looks like an expression that was not opened or closed properly, which AWS
   * refuses (section "Writing JSONata expressions in JSON strings").
   */
  static boolean isMalformed(String string) {
    var trimmed = string.strip();
    return !isExpression(string) && (trimmed.startsWith(OPEN) || trimmed.endsWith(CLOSE));
  }

  /** The expression in a string for which {@link #isExpression} holds. */
  static Expression in(String string) {
    return new Expression(
        string.substring(OPEN.length(), string.length() - CLOSE.length()).strip());
  }

  /**
   * What is wrong with the expression whatever the data: syntax, {@code $eval}, operators newer
   * than JSONata 2.0.6, and parts of {@code $states} that do not exist where it stands.
   *
   * @param resultExists whether {@code $states.result} does (section "Reserved variable: $states")
   * @param errorOutputExists whether {@code $states.errorOutput} does
   */
  List<String> problems(boolean resultExists, boolean errorOutputExists) {
    var problems = new ArrayList<String>();
    var syntax = syntaxError();
    if (syntax != null) {
      problems.add("The JSONata expression '" + text + "' cannot be parsed: " + syntax);
    }
    var code = code();
    if (EVAL.matcher(code).find()) {
      problems.add("The JSONata function $eval is not supported; use $parse");
    }
    if (NEWER_OPERATOR.matcher(code).find()) {
      problems.add("The operators ?? and ?: are newer than JSONata 2.0.6, which is supported");
    }
    if (!resultExists && RESULT.matcher(code).find()) {
      problems.add("$states.result is only available in Assign and Output of a Task");
    }
    if (!errorOutputExists && ERROR_OUTPUT.matcher(code).find()) {
      problems.add("$states.errorOutput is only available in Assign and Output of a Catch");
    }
    return problems;
  }

  /** Whether the expression reads the context object, where the task token is. */
  boolean readsContext() {
    return CONTEXT.matcher(code()).find();
  }

  private String code() {
    return NOT_CODE.matcher(text).replaceAll("''");
  }

  private @Nullable String syntaxError() {
    try {
      Jsonata.jsonata(text);
      return null;
    } catch (JException e) {
      return e.getMessage();
    } catch (RuntimeException e) {
      // The parser meets some broken texts with an exception that is not its own.
      return "it is not JSONata";
    }
  }
}
