package dev.daypass.local.cli;

import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.words.Speech;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Something in a file that is wrong, or may be.
 *
 * @param file the file as it is shown to people: relative to where they called
 * @param line counts from 1
 * @param wrong what is wrong, a clause without a full stop
 * @param right what would be right, a clause without a full stop
 */
public record Finding(String file, int line, Severity severity, String wrong, String right)
    implements Comparable<Finding> {
  /** Whether a file with the finding can be published. */
  public enum Severity {
    /** It cannot. */
    ERROR,
    /** It can, but somebody should look. */
    WARNING
  }

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::severity)
          .thenComparing(Finding::wrong)
          .thenComparing(Finding::right);

  private static final Speech ENGLISH = Speech.inMail(Locale.ENGLISH, ZoneOffset.UTC);

  public Finding {
    Objects.requireNonNull(file);
    Objects.requireNonNull(severity);
    Objects.requireNonNull(wrong);
    Objects.requireNonNull(right);
    if (line < 1) {
      throw new IllegalArgumentException("lines count from 1, not " + line);
    }
  }

  static Finding error(String file, int line, String wrong, String right) {
    return new Finding(file, line, Severity.ERROR, wrong, right);
  }

  static Finding warning(String file, int line, String wrong, String right) {
    return new Finding(file, line, Severity.WARNING, wrong, right);
  }

  /**
   * What is wrong with a list of people, or may be, by line: in the words of the pages, in English.
   *
   * @param file as it is shown to people
   */
  static List<Finding> all(String file, PeopleFile people) {
    return Stream.concat(
            people.findings().stream().map(each -> of(file, Severity.ERROR, each)),
            people.notices().stream().map(each -> of(file, Severity.WARNING, each)))
        .sorted()
        .toList();
  }

  private static Finding of(String file, Severity severity, PeopleFile.Finding found) {
    return new Finding(
        file, found.line(), severity, said(found.wrong()), clause(said(found.right())));
  }

  /** Without what keeps a name that is read from the right apart: a terminal does not need it. */
  private static String said(Said said) {
    return ENGLISH.say(said).replaceAll("[\u2068\u2069]", "");
  }

  /** A sentence that asks for something, as a clause. */
  private static String clause(String sentence) {
    return sentence.replaceFirst("^Please ", "").replaceFirst("\\.$", "");
  }

  /** By file and line. */
  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  /**
   * The line that is printed: {@code file:line: what is wrong; what would be right}. What the file
   * holds can neither begin another line nor command the terminal.
   */
  @Override
  public String toString() {
    return Texts.visibleLine(
        file
            + ":"
            + line
            + ": "
            + (severity == Severity.WARNING ? "warning: " : "")
            + wrong
            + "; "
            + right);
  }
}
