package dev.daypass.mail;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a mail says, before it becomes text and HTML: so the two parts cannot differ.
 *
 * @param heading the first line
 * @param parts what follows, in order
 * @param foot why the reader gets this mail
 */
public record Letter(String heading, List<Part> parts, String foot) {
  /** A piece of a letter. */
  public sealed interface Part {
    /** A paragraph of ours. */
    record Say(String text) implements Part {}

    /** Several sentences of ours, one a line. */
    record Points(List<String> lines) implements Part {
      public Points {
        lines = List.copyOf(lines);
      }

      /** For the text part. */
      public String listed() {
        return lines.stream().map(line -> "  - " + line).collect(Collectors.joining("\n"));
      }
    }

    /** What to do, one thing after the other. */
    record Steps(List<String> lines) implements Part {
      public Steps {
        lines = List.copyOf(lines);
      }

      /** For the text part: numbered from 1. */
      public String numbered() {
        return IntStream.range(0, lines.size())
            .mapToObj(i -> "  " + (i + 1) + ". " + lines.get(i))
            .collect(Collectors.joining("\n"));
      }
    }

    /** Names and values; values may have several lines. */
    record Facts(List<Fact> facts) implements Part {
      public Facts {
        facts = List.copyOf(facts);
      }

      /** For the text part: names and values in columns; further lines stand under the first. */
      public String aligned() {
        int widest = facts.stream().mapToInt(fact -> fact.name().length()).max().orElse(0);
        return facts.stream().map(fact -> fact.aligned(widest)).collect(Collectors.joining("\n"));
      }
    }

    /** What a person wrote, or guidance from the runbook, under a title of ours. */
    record Quote(String title, String words) implements Part {
      /** Each line marked, so that nobody's words can pass for ours. */
      public String marked() {
        return words.lines().map(line -> "  > " + line).collect(Collectors.joining("\n"));
      }
    }

    /** Six digits to type, and what they are called. */
    record Code(String name, String digits) implements Part {}

    /** The one thing to press. */
    record Link(String label, String url) implements Part {}
  }

  /**
   * One name and value.
   *
   * @param address of the person that the value names, which is too long for some lines; or null
   */
  public record Fact(String name, String value, @Nullable String address) {
    public Fact {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }

    Fact(String name, String value) {
      this(name, value, null);
    }

    private String text() {
      return address == null ? value : value + ", " + address;
    }

    /** Further lines are marked, so that none can pass for a line of ours. */
    private String aligned(int widest) {
      return ("  " + name + ":" + " ".repeat(widest + 2 - name.length()) + text())
          .replace("\n", "\n" + " ".repeat(widest + 3) + "> ");
    }
  }

  public Letter {
    Objects.requireNonNull(heading);
    parts = List.copyOf(parts);
    Objects.requireNonNull(foot);
  }
}
