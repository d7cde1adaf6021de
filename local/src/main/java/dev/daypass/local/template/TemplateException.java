package dev.daypass.local.template;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** A template that is refused; the message has one line for each finding: {@code file:line: …}. */
public final class TemplateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /** Refuses the file for these reasons, at least one. */
  public TemplateException(Path file, Collection<Finding> findings) {
    super(
        findings.stream()
            .map(finding -> file.getFileName() + ":" + finding.line() + ": " + finding.message())
            .collect(Collectors.joining("\n")));
    this.findings = List.copyOf(findings);
  }

  /** Why, in the order of lines. */
  public List<Finding> findings() {
    return findings;
  }
}
