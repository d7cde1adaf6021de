package dev.daypass.simulation.defect;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A mistake that a good engineer might make, as one replacement of text in one file.
 *
 * @param name lower case words joined by hyphens
 * @param promise number of the promise in the design that it breaks, 1 to 8
 * @param why what the mistake is, and in which life and with which fault it shows
 * @param file path from the project's folder, with {@code /}
 * @param find what stands there; must occur exactly once in the file
 * @param replace what stands there instead; empty to take it out
 */
public record Defect(
    String name, int promise, String why, String file, String find, String replace) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final String SOURCES = "functions/src/main/java/";

  public Defect {
    Objects.requireNonNull(replace);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("a defect is called like-this, not \"" + name + "\"");
    }
    if (promise < 1 || promise > 8) {
      throw new IllegalArgumentException(name + ": there is no promise " + promise);
    }
    if (why.isBlank()) {
      throw new IllegalArgumentException(name + ": does not say why");
    }
    if (file.startsWith("/") || file.contains("..") || file.contains("\\")) {
      throw new IllegalArgumentException(name + ": is not in the project: " + file);
    }
    boolean code = file.startsWith(SOURCES) && file.endsWith(".java");
    if (!code && ProjectCopy.PARTS.stream().noneMatch(part -> isIn(file, part))) {
      throw new IllegalArgumentException(
          name + ": a defect is in " + SOURCES + ", " + ProjectCopy.PARTS + ", not in " + file);
    }
    if (find.isBlank()) {
      throw new IllegalArgumentException(name + ": does not say what to find");
    }
    if (find.equals(replace)) {
      throw new IllegalArgumentException(name + ": changes nothing");
    }
  }

  private static boolean isIn(String file, String part) {
    return file.equals(part) || file.startsWith(part + "/");
  }

  /** Whether it is in the code of the functions; if not, it is in what they are deployed with. */
  public boolean isInCode() {
    return file.startsWith(SOURCES);
  }

  /**
   * The file below the source folder: {@code dev/daypass/App.java}.
   *
   * @throws IllegalStateException if the defect is not in code
   */
  String source() {
    if (!isInCode()) {
      throw new IllegalStateException(name + " is not in code: " + file);
    }
    return file.substring(SOURCES.length());
  }

  /**
   * The text of the file with the defect in it.
   *
   * @throws IllegalArgumentException if what is to be replaced does not occur exactly once; says
   *     which defect, which file and how often
   */
  public String appliedTo(String text) {
    int at = text.indexOf(find);
    if (at < 0) {
      throw new IllegalArgumentException(
          "%s: %s has changed: what the defect replaces is not there:%n%s"
              .formatted(name, file, find));
    }
    if (text.indexOf(find, at + 1) >= 0) {
      throw new IllegalArgumentException(
          "%s: %s has changed: what the defect replaces is there more than once:%n%s"
              .formatted(name, file, find));
    }
    return text.substring(0, at) + replace + text.substring(at + find.length());
  }
}
