package dev.daypass.simulation;

import dev.daypass.local.scim.ScimServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who was in which group of the target from when to when, as the target itself says. */
final class Memberships {
  /** A time in which somebody was in a group; {@code to} is null if it has not ended. */
  record Span(String group, String person, Instant from, @Nullable Instant to) {
    boolean covers(Instant moment) {
      return !moment.isBefore(from) && (to == null || moment.isBefore(to));
    }
  }

  private record Key(String group, String person) {}

  private final ScimServer server;
  private final Set<String> groups;
  private final Map<Key, Instant> open = new LinkedHashMap<>();
  private final List<Span> closed = new ArrayList<>();

  Memberships(ScimServer server, Set<String> groups) {
    this.server = server;
    this.groups = new LinkedHashSet<>(groups);
  }

  /** Looks at the target, which may have changed at this moment. */
  void look(Instant now) {
    for (var group : groups) {
      var members = server.members(group);
      for (var person : members) {
        open.putIfAbsent(new Key(group, person), now);
      }
      var gone =
          open.keySet().stream()
              .filter(key -> key.group().equals(group) && !members.contains(key.person()))
              .toList();
      for (var key : gone) {
        var from = open.remove(key);
        if (from != null) {
          closed.add(new Span(group, key.person(), from, now));
        }
      }
    }
  }

  /** All spans. */
  List<Span> spans() {
    var all = new ArrayList<>(closed);
    open.forEach((key, from) -> all.add(new Span(key.group(), key.person(), from, null)));
    return all;
  }
}
