package dev.daypass.local.ses;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Header values in other characters than ASCII (RFC 2047). */
final class EncodedWords {
  private static final Pattern WORD =
      Pattern.compile("=\\?([^?*]+)(?:\\*[^?]*)?\\?([BbQq])\\?([^?]*)\\?=");
  private static final Pattern BETWEEN = Pattern.compile("(\\?=)\\s+(=\\?)");
  private static final int LONGEST = 45;

  private EncodedWords() {}

  /** For people; what is not a proper encoded word stays as it is. */
  static String decoded(String value) {
    return WORD.matcher(BETWEEN.matcher(value).replaceAll("$1$2"))
        .replaceAll(
            word -> {
              try {
                var charset = Charset.forName(word.group(1));
                var bytes =
                    word.group(2).equalsIgnoreCase("B")
                        ? Base64.getDecoder().decode(word.group(3))
                        : quoted(word.group(3));
                return Matcher.quoteReplacement(new String(bytes, charset));
              } catch (IllegalArgumentException malformed) {
                return Matcher.quoteReplacement(word.group());
              }
            });
  }

  /** For the wire, as SES does with a subject that names its character set. */
  static String encoded(String value) {
    if (US_ASCII.newEncoder().canEncode(value)) {
      return value;
    }
    var words = new StringBuilder();
    var chunk = new ByteArrayOutputStream();
    value
        .codePoints()
        .forEach(
            point -> {
              var bytes = Character.toString(point).getBytes(UTF_8);
              if (chunk.size() + bytes.length > LONGEST) {
                append(words, chunk);
              }
              chunk.writeBytes(bytes);
            });
    append(words, chunk);
    return words.toString();
  }

  private static void append(StringBuilder words, ByteArrayOutputStream chunk) {
    words
        .append(words.isEmpty() ? "" : " ")
        .append("=?UTF-8?B?")
        .append(Base64.getEncoder().encodeToString(chunk.toByteArray()))
        .append("?=");
    chunk.reset();
  }

  private static byte[] quoted(String text) {
    return QuotedPrintable.decoded(text.replace('_', ' ').getBytes(US_ASCII));
  }
}
