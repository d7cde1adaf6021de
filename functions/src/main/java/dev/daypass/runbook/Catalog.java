package dev.daypass.runbook;

import java.util.Comparator;
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
   * What a role lets one do, as its system says today; empty if there is none, or none any more.
   */
  public String allows(String system, String role) {
    return system(system)
        .flatMap(published -> published.policy().role(role))
        .map(TargetSystem.Role::allows)
        .orElse("");
  }

  /** Only this system and the runbooks that lead to it. */
  public Catalog of(String system) {
    return new Catalog(
        runbooks.entrySet().stream()
            .filter(runbook -> runbook.getValue().policy().system().equals(system))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
        system(system).map(published -> Map.of(system, published)).orElse(Map.of()));
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
