package dev.daypass.access;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Where and how an entitlement is set up, frozen with the plan so that taking it away needs no
 * policy.
 *
 * @param connector the kind of connector: {@code scim}, or {@code manual} if people do it by hand
 * @param connection name of the secret that holds the address and the credentials; empty by hand
 * @param settings what is needed to know of the role: {@code group}; by hand also {@code setUp} and
 *     {@code takeAway}, the steps, each on a line of its own
 */
public record Target(String connector, String connection, Map<String, String> settings) {
  /** The kind of target that no program reaches. */
  public static final String BY_HAND = "manual";

  /** Names the setting with what to do by hand to set access up. */
  public static final String SET_UP = "setUp";

  /** Names the setting with what to do by hand to take access away. */
  public static final String TAKE_AWAY = "takeAway";

  /** Names the setting with what the role is called in the target. */
  public static final String GROUP = "group";

  public Target {
    Objects.requireNonNull(connector);
    Objects.requireNonNull(connection);
    settings = Map.copyOf(settings);
  }

  /** Whether people set access up and take it away there, and say so. */
  public boolean isByHand() {
    return connector.equals(BY_HAND);
  }

  /** What to do by hand, in order; empty if nothing is written down. */
  public List<String> steps(String which) {
    return settings.getOrDefault(which, "").lines().toList();
  }
}
