package dev.daypass.access;

/**
 * The rule of a published runbook that approved a request in place of people. Which version it
 * stands in, the plan says.
 *
 * @param name as the runbook calls it
 * @param publisher email address of whoever published that version; never the requester
 */
public record NamedRule(String name, String publisher) {
  public NamedRule {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a rule has a name");
    }
    Texts.requireLowerCase(publisher);
  }
}
