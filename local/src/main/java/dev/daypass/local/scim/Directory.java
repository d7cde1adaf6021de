package dev.daypass.local.scim;

import de.captaingoldfish.scim.sdk.common.constants.ScimType;
import de.captaingoldfish.scim.sdk.common.exceptions.BadRequestException;
import de.captaingoldfish.scim.sdk.common.exceptions.ConflictException;
import de.captaingoldfish.scim.sdk.common.exceptions.ResourceNotFoundException;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.base.ScimObjectNode;
import de.captaingoldfish.scim.sdk.common.resources.complex.Meta;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.GroupNode;
import de.captaingoldfish.scim.sdk.common.resources.multicomplex.Member;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The users and groups, in the order of their creation. What goes in and out is copied, since the
 * library changes the resources it is handed. Not thread-safe: {@link ScimServer} lets one request
 * in at a time.
 */
final class Directory {
  private final InstantSource clock;
  private final Map<String, User> users = new LinkedHashMap<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();

  Directory(InstantSource clock) {
    this.clock = clock;
  }

  /** Stores a new user whose {@code userName} nobody else has (RFC 7643 section 4.1.1). */
  User create(User user) {
    requireFreeUserName(user, "");
    return add(user);
  }

  /** Stores a new user without looking whether the {@code userName} is taken. */
  User add(User user) {
    stamp(user, UUID.randomUUID().toString(), clock.instant());
    users.put(id(user), copy(user, User.class));
    return withGroups(user);
  }

  Group create(Group group) {
    checkMembers(group);
    stamp(group, UUID.randomUUID().toString(), clock.instant());
    groups.put(id(group), copy(group, Group.class));
    return copy(group, Group.class);
  }

  User replace(User user) {
    var before = users.get(id(user));
    if (before == null) {
      throw unknown("user", id(user));
    }
    requireFreeUserName(user, id(user));
    stamp(user, id(user), created(before));
    user.remove("groups");
    users.put(id(user), copy(user, User.class));
    return withGroups(user);
  }

  Group replace(Group group) {
    var before = groups.get(id(group));
    if (before == null) {
      throw unknown("group", id(group));
    }
    checkMembers(group);
    stamp(group, id(group), created(before));
    groups.put(id(group), copy(group, Group.class));
    return copy(group, Group.class);
  }

  User user(String id) {
    var user = users.get(id);
    if (user == null) {
      throw unknown("user", id);
    }
    return withGroups(user);
  }

  Group group(String id) {
    var group = groups.get(id);
    if (group == null) {
      throw unknown("group", id);
    }
    return copy(group, Group.class);
  }

  List<User> users() {
    var memberships = memberships();
    return users.values().stream().map(user -> withGroups(user, memberships)).toList();
  }

  List<Group> groups() {
    return groups.values().stream().map(group -> copy(group, Group.class)).toList();
  }

  /** Deletes the user, also from all groups. */
  void deleteUser(String id) {
    if (users.remove(id) == null) {
      throw unknown("user", id);
    }
    dropMember(id);
  }

  /** Deletes the group, also from all groups it was in. */
  void deleteGroup(String id) {
    if (groups.remove(id) == null) {
      throw unknown("group", id);
    }
    dropMember(id);
  }

  private void dropMember(String id) {
    for (var group : groups.values()) {
      var left =
          group.getMembers().stream()
              .filter(member -> !member.getValue().orElse("").equals(id))
              .toList();
      group.setMembers(left);
    }
  }

  /** Members exist, each is there once, and carries its name (RFC 7643 section 4.2). */
  private void checkMembers(Group group) {
    var members = new LinkedHashMap<String, Member>();
    for (var member : group.getMembers()) {
      var id =
          member
              .getValue()
              .orElseThrow(
                  () ->
                      new BadRequestException(
                          "a member needs a value", ScimType.RFC7644.INVALID_VALUE));
      var user = users.get(id);
      var inner = groups.get(id);
      if (user == null && inner == null) {
        throw new BadRequestException(
            "there is no user or group with id '%s'".formatted(id), ScimType.RFC7644.INVALID_VALUE);
      }
      members.put(
          id,
          Member.builder()
              .value(id)
              .type(user != null ? "User" : "Group")
              .display(
                  user != null
                      ? user.getUserName().orElse("")
                      : inner == null ? "" : inner.getDisplayName().orElse(""))
              .build());
    }
    group.setMembers(new ArrayList<>(members.values()));
  }

  private void requireFreeUserName(User user, String ownId) {
    var name = user.getUserName().orElse("");
    for (var other : users.values()) {
      if (!id(other).equals(ownId) && other.getUserName().orElse("").equalsIgnoreCase(name)) {
        throw new ConflictException(
            "the userName '%s' is taken".formatted(name), ScimType.RFC7644.UNIQUENESS);
      }
    }
  }

  private User withGroups(User user) {
    return withGroups(user, memberships());
  }

  /** A copy that says which groups the user is in (RFC 7643 section 4.1.2, read only). */
  private static User withGroups(User user, Map<String, List<GroupNode>> memberships) {
    var copy = copy(user, User.class);
    copy.setGroups(memberships.getOrDefault(id(user), List.of()));
    return copy;
  }

  private Map<String, List<GroupNode>> memberships() {
    var memberships = new LinkedHashMap<String, List<GroupNode>>();
    for (var group : groups.values()) {
      for (var member : group.getMembers()) {
        memberships
            .computeIfAbsent(member.getValue().orElse(""), any -> new ArrayList<>())
            .add(
                GroupNode.builder()
                    .value(id(group))
                    .display(group.getDisplayName().orElse(""))
                    .type("direct")
                    .build());
      }
    }
    return memberships;
  }

  private void stamp(ResourceNode resource, String id, Instant created) {
    resource.setId(id);
    resource.remove("meta");
    resource.setMeta(Meta.builder().created(created).lastModified(clock.instant()).build());
  }

  private Instant created(ResourceNode resource) {
    return resource.getMeta().flatMap(Meta::getCreated).orElse(clock.instant());
  }

  private static String id(ResourceNode resource) {
    return resource.getId().orElse("");
  }

  private static <T extends ScimObjectNode> T copy(T resource, Class<T> type) {
    return JsonHelper.copyResourceToObject(resource.deepCopy(), type);
  }

  private static ResourceNotFoundException unknown(String kind, String id) {
    return new ResourceNotFoundException("there is no %s with id '%s'".formatted(kind, id));
  }
}
