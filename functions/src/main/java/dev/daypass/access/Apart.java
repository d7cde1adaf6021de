package dev.daypass.access;

import java.util.Objects;

/**
 * A role that nobody may have together with the one that is asked for: frozen with the plan, as
 * that one is.
 *
 * @param system id of its system
 * @param systemTitle its system's name for people
 * @param role its id
 * @param roleTitle its name for people
 * @param target where its system shows who has it
 */
public record Apart(
    String system, String systemTitle, String role, String roleTitle, Target target) {
  public Apart {
    Objects.requireNonNull(system);
    Objects.requireNonNull(systemTitle);
    Objects.requireNonNull(role);
    Objects.requireNonNull(roleTitle);
    Objects.requireNonNull(target);
  }

  /** {@code system/role}, as runbook files write it. */
  public String name() {
    return system + "/" + role;
  }

  /** This role in the hands of that person. */
  public Entitlement entitlement(String person) {
    return new Entitlement(system, role, person);
  }
}
