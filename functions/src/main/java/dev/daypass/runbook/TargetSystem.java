package dev.daypass.runbook;

import dev.daypass.access.Target;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
 * @param chat the channel that is told as well, or null if none is
 */
public record TargetSystem(
    String id,
    String title,
    List<String> owners,
    Connection connector,
    List<Role> roles,
    @Nullable Chat chat) {
  /**
   * How access is set up and taken away in the system.
   *
   * @param kind the kind of connector: {@code scim}
   * @param connection name of the secret that holds address and credentials, so that the file is
   *     the same in every environment
   */
  public record Connection(String kind, String connection) {
    public Connection {
      Objects.requireNonNull(kind);
      connection = Ids.filled(connection, "the connection's name");
      if (!kind.equals("scim")) {
        throw new IllegalArgumentException("there is no connector of the kind " + kind);
      }
    }
  }

  /**
   * One set of permissions, as small as the task allows.
   *
   * @param title its name for people
   * @param allows what it lets one do, in a sentence for people
   * @param group display name of the group in the target whose members have the role
   */
  public record Role(String id, String title, String allows, String group) {
    public Role {
      Ids.id(id, "role");
      title = Ids.filled(title, "the title of the role " + id);
      allows = Ids.filled(allows, "what the role " + id + " allows");
      group = Ids.filled(group, "the group of the role " + id);
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

  /** A system that tells no channel. */
  public TargetSystem(
      String id, String title, List<String> owners, Connection connector, List<Role> roles) {
    this(id, title, owners, connector, roles, null);
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
    return new Target(connector.kind(), connector.connection(), Map.of("group", role.group()));
  }
}
