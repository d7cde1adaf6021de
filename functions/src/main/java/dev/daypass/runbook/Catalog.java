package dev.daypass.runbook;

import dev.daypass.access.Apart;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The policies that hold now.
 *
 * @param runbooks by id
 * @param systems by id
 */
public record Catalog(
    Map<String, Published<Runbook>> runbooks, Map<String, Published<TargetSystem>> systems) {
  /** Nothing has been published yet. */
  public static final Catalog EMPTY = new Catalog(Map.of(), Map.of());

  public Catalog {
    runbooks = Map.copyOf(runbooks);
    systems = Map.copyOf(systems);
  }

  /** The current version of the runbook; empty if there is none, or none any more. */
  public Optional<Published<Runbook>> runbook(String id) {
    return Optional.ofNullable(runbooks.get(id));
  }

  /** The current version of the system; empty if there is none, or none any more. */
  public Optional<Published<TargetSystem>> system(String id) {
    return Optional.ofNullable(systems.get(id));
  }

  /**
   * The roles that nobody may have together with this one, whichever of the two says so; those that
   * there are no more are left out.
   */
  public List<Apart> apart(String system, String role) {
    var name = new TargetSystem.RoleName(system, role);
    var all = new LinkedHashSet<TargetSystem.RoleName>();
    system(system)
        .flatMap(published -> published.policy().role(role))
        .ifPresent(each -> all.addAll(each.apart()));
    systems.values().stream()
        .map(Published::policy)
        .sorted(Comparator.comparing(TargetSystem::id))
        .forEach(
            other ->
                other.roles().stream()
                    .filter(each -> each.apart().contains(name))
                    .map(each -> new TargetSystem.RoleName(other.id(), each.id()))
                    .forEach(all::add));
    all.remove(name);
    return all.stream().flatMap(each -> apart(each).stream()).toList();
  }

  private Optional<Apart> apart(TargetSystem.RoleName name) {
    return system(name.system())
        .map(Published::policy)
        .flatMap(
            system ->
                system
                    .role(name.role())
                    .map(
                        role ->
                            new Apart(
                                system.id(),
                                system.title(),
                                role.id(),
                                role.title(),
                                system.target(role))));
  }

  /**
   * What a role lets one do, as its system says today; empty if there is none, or none any more.
   */
  public String allows(String system, String role) {
    return system(system)
        .flatMap(published -> published.policy().role(role))
        .map(TargetSystem.Role::allows)
        .orElse("");
  }

  /** Only this system, those whose roles its own are kept apart from, and the runbooks to it. */
  public Catalog of(String system) {
    return new Catalog(
        runbooks.entrySet().stream()
            .filter(runbook -> runbook.getValue().policy().system().equals(system))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        systems.entrySet().stream()
            .filter(each -> each.getKey().equals(system) || isNamedBy(system, each.getKey()))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private boolean isNamedBy(String system, String other) {
    return system(system).stream()
        .flatMap(published -> published.policy().roles().stream())
        .flatMap(role -> role.apart().stream())
        .anyMatch(name -> name.system().equals(other));
  }

  /** All current runbooks by title, as people read lists. */
  public List<Published<Runbook>> byTitle() {
    return runbooks.values().stream()
        .sorted(
            Comparator.comparing(
                (Published<Runbook> published) -> published.policy().title(),
                String.CASE_INSENSITIVE_ORDER))
        .toList();
  }
}
