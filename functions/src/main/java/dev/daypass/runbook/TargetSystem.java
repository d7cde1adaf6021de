package dev.daypass.runbook;

import dev.daypass.access.Target;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A target application and what one can be given there.
 *
 * @param id lower case letters, digits and dashes
 * @param title its name for people
 * @param owners email addresses of those who answer for it, at least one
 * @param connector how access is set up there
 * @param roles at least one, each id once
 * @param hands what its owners do where no connector does it, or null if that is not written down
 * @param chat the channel that is told as well, or null if none is
 */
public record TargetSystem(
    String id,
    String title,
    List<String> owners,
    Connection connector,
    List<Role> roles,
    @Nullable Hands hands,
    @Nullable Chat chat) {
  /**
   * How access is set up and taken away in the system.
   *
   * @param kind the kind of connector: {@code scim}, or {@code manual} if people do it
   * @param connection name of the secret that holds address and credentials, so that the file is
   *     the same in every environment; empty where people do it
   */
  public record Connection(String kind, String connection) {
    /** Access that people set up and take away. */
    public static final Connection BY_HAND = new Connection(Target.BY_HAND, "");

    public Connection {
      Objects.requireNonNull(kind);
      switch (kind) {
        case "scim" -> connection = Ids.filled(connection, "the connection's name");
        case Target.BY_HAND -> {
          if (!connection.isEmpty()) {
            throw new IllegalArgumentException("what people do needs no connection");
          }
        }
        default -> throw new IllegalArgumentException("there is no connector of the kind " + kind);
      }
    }

    /** Whether people set access up and take it away. */
    public boolean isByHand() {
      return kind.equals(Target.BY_HAND);
    }
  }

  /**
   * What the owners do by hand, step by step: always where no connector reaches the system, and
   * otherwise when access could not be taken away.
   *
   * @param setUp at least one step
   * @param takeAway at least one step
   */
  public record Hands(List<String> setUp, List<String> takeAway) {
    public Hands {
      setUp = steps(setUp, "set access up");
      takeAway = steps(takeAway, "take access away");
    }

    private static List<String> steps(List<String> steps, String what) {
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("how to " + what + " by hand is not written down");
      }
      return steps.stream().map(step -> Ids.filled(step, "a step to " + what)).toList();
    }
  }

  /**
   * One set of permissions, as small as the task allows.
   *
   * @param title its name for people
   * @param allows what it lets one do, in a sentence for people
   * @param group display name of the group in the target whose members have the role
   * @param apart the roles that nobody may have together with it, as written here; it holds the
   *     other way round as well
   */
  public record Role(String id, String title, String allows, String group, List<RoleName> apart) {
    /** A role that goes with every other. */
    public Role(String id, String title, String allows, String group) {
      this(id, title, allows, group, List.of());
    }

    public Role {
      apart = List.copyOf(apart);
      Ids.id(id, "role");
      title = Ids.filled(title, "the title of the role " + id);
      allows = Ids.filled(allows, "what the role " + id + " allows");
      group = Ids.filled(group, "the group of the role " + id);
    }
  }

  /**
   * Names a role.
   *
   * @param system id of its system
   * @param role its id
   */
  public record RoleName(String system, String role) {
    public RoleName {
      Ids.id(system, "system");
      Ids.id(role, "role");
    }

    /**
     * Reads a name as it is written in a file.
     *
     * @param text {@code role} for one of the same system, or {@code system/role}
     * @param here id of the system in whose file it stands
     * @throws IllegalArgumentException if it is no name
     */
    public static RoleName of(String text, String here) {
      var parts = text.split("/", 2);
      return parts.length == 1 ? new RoleName(here, text) : new RoleName(parts[0], parts[1]);
    }

    /** {@code system/role}. */
    public String text() {
      return system + "/" + role;
    }
  }

  /**
   * A channel that is told what waits, and where to decide it.
   *
   * @param webhook name of the secret that holds the address: whoever knows that can write there
   * @param language in which it is told
   */
  public record Chat(Kind kind, String webhook, Locale language) {
    /** Whose incoming webhook it is. */
    public enum Kind {
      SLACK,
      TEAMS
    }

    public Chat {
      Objects.requireNonNull(kind);
      Objects.requireNonNull(language);
      webhook = Ids.filled(webhook, "the name of the webhook's secret");
      if (webhook.contains("://")) {
        // Not repeated: messages are logged.
        throw new IllegalArgumentException(
            "the webhook is an address; it must be the name of the secret that holds it");
      }
    }
  }

  /** A system of which nothing is written down for hands, and that tells no channel. */
  public TargetSystem(
      String id, String title, List<String> owners, Connection connector, List<Role> roles) {
    this(id, title, owners, connector, roles, null, null);
  }

  public TargetSystem {
    Ids.id(id, "system");
    title = Ids.filled(title, "the title of the system " + id);
    owners = owners.stream().map(Ids::email).distinct().toList();
    roles = List.copyOf(roles);
    Objects.requireNonNull(connector);
    if (owners.isEmpty()) {
      throw new IllegalArgumentException("the system " + id + " has no owner");
    }
    if (roles.isEmpty()) {
      throw new IllegalArgumentException("the system " + id + " has no role");
    }
    if (connector.isByHand() && hands == null) {
      throw new IllegalArgumentException(
          "what its owners do by hand is not written down for the system " + id);
    }
    if (roles.stream().map(Role::id).distinct().count() != roles.size()) {
      throw new IllegalArgumentException("the system " + id + " has two roles of one id");
    }
  }

  /** The role with that id, if the system has it. */
  public Optional<Role> role(String id) {
    return roles.stream().filter(role -> role.id().equals(id)).findFirst();
  }

  /** Where the role is set up: frozen into plans. */
  public Target target(Role role) {
    var settings = new HashMap<String, String>();
    settings.put(Target.GROUP, role.group());
    if (hands != null) {
      settings.put(Target.TAKE_AWAY, String.join("\n", hands.takeAway()));
      if (connector.isByHand()) {
        settings.put(Target.SET_UP, String.join("\n", hands.setUp()));
      }
    }
    return new Target(connector.kind(), connector.connection(), settings);
  }
}
