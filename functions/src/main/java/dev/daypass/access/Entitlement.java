package dev.daypass.access;

import java.util.Objects;

/**
 * What a connector adds or removes. Several grants can hold the same one.
 *
 * @param system id of the target system
 * @param role id of the role inside the system
 * @param person email address of the holder, lower case
 */
public record Entitlement(String system, String role, String person) {
  public Entitlement {
    Objects.requireNonNull(person);
    if (system.contains("#") || role.contains("#")) {
      throw new IllegalArgumentException(
          "ids of systems and roles contain no '#': " + system + ", " + role);
    }
  }

  /** The partition of the {@code grants} table: {@code system#role#person}. */
  public String key() {
    return system + "#" + role + "#" + person;
  }
}
