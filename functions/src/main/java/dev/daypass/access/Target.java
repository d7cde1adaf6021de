package dev.daypass.access;

import java.util.Map;
import java.util.Objects;

/**
 * Where and how an entitlement is set up, frozen with the plan so that taking it away needs no
 * policy.
 *
 * @param connector the kind of connector: {@code scim}
 * @param connection name of the secret that holds the address and the credentials
 * @param settings what this kind of connector needs to know of the role; for {@code scim}: {@code
 *     group}
 */
public record Target(String connector, String connection, Map<String, String> settings) {
  public Target {
    Objects.requireNonNull(connector);
    Objects.requireNonNull(connection);
    settings = Map.copyOf(settings);
  }
}
