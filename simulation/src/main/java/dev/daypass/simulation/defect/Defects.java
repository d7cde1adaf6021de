package dev.daypass.simulation.defect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The list of deliberate defects, made before the simulation that has to find them.
 *
 * @param all in the order of the list; no two have one name
 */
public record Defects(List<Defect> all) {
  private static final String LIST = "/dev/daypass/simulation/defects.yaml";
  private static final Set<String> KEYS =
      Set.of("name", "promise", "why", "file", "find", "replace");

  public Defects {
    all = List.copyOf(all);
    var names = new HashMap<String, Defect>();
    for (var defect : all) {
      if (names.put(defect.name(), defect) != null) {
        throw new IllegalArgumentException("two defects are called " + defect.name());
      }
    }
  }

  /**
   * The list, held against the sources of a project.
   *
   * @param project the folder with {@code template.yaml} and {@code functions/}
   * @throws IllegalStateException if the list is wrong, or if some of them cannot be applied any
   *     more because their files have changed; names all of those
   */
  public static Defects of(Path project) {
    try (var list = Objects.requireNonNull(Defects.class.getResourceAsStream(LIST), LIST)) {
      var defects = parse(new String(list.readAllBytes(), StandardCharsets.UTF_8));
      defects.requireApplicable(project);
      return defects;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalStateException(LIST + ": " + wrong.getMessage(), wrong);
    }
  }

  /** The defect of that name. */
  public Optional<Defect> find(String name) {
    return all.stream().filter(defect -> defect.name().equals(name)).findFirst();
  }

  /**
   * Reads a list.
   *
   * @throws IllegalArgumentException if it is not a list of defects
   */
  static Defects parse(String yaml) {
    Object tree;
    try {
      tree = new Load(LoadSettings.builder().setLabel("the list").build()).loadFromString(yaml);
    } catch (YamlEngineException broken) {
      throw new IllegalArgumentException("not YAML: " + broken.getMessage(), broken);
    }
    if (!(tree instanceof List<?> items)) {
      throw new IllegalArgumentException("not a list");
    }
    var defects = new ArrayList<Defect>();
    for (var item : items) {
      if (!(item instanceof Map<?, ?> fields)) {
        throw new IllegalArgumentException("not a defect: " + item);
      }
      defects.add(defect(fields));
    }
    return new Defects(defects);
  }

  private static Defect defect(Map<?, ?> fields) {
    if (!fields.keySet().equals(KEYS)) {
      throw new IllegalArgumentException(
          "a defect has exactly " + KEYS + ", not " + fields.keySet());
    }
    if (!(fields.get("promise") instanceof Integer promise)) {
      throw new IllegalArgumentException(
          text(fields, "name") + ": promise is a number, not " + fields.get("promise"));
    }
    return new Defect(
        text(fields, "name"),
        promise,
        text(fields, "why"),
        text(fields, "file"),
        text(fields, "find"),
        text(fields, "replace"));
  }

  private static String text(Map<?, ?> fields, String key) {
    if (!(fields.get(key) instanceof String text)) {
      throw new IllegalArgumentException(key + " is a text, not " + fields.get(key));
    }
    return text;
  }

  private void requireApplicable(Path project) {
    var problems = new ArrayList<String>();
    for (var defect : all) {
      try {
        defect.appliedTo(Files.readString(project.resolve(defect.file())));
      } catch (IllegalArgumentException changed) {
        problems.add(changed.getMessage());
      } catch (IOException unreadable) {
        problems.add(defect.name() + ": " + defect.file() + " cannot be read: " + unreadable);
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalStateException(
          "defects that cannot be applied any more; please mend the list:\n\n"
              + String.join("\n\n", problems));
    }
  }
}
