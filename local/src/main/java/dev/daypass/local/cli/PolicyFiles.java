package dev.daypass.local.cli;

import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.PolicyJson;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A directory of policies as it was read: {@code *.yaml} are runbooks, {@code systems/*.yaml} are
 * systems, {@code calendars/*.yaml} are working hours, {@code people.csv} are people.
 *
 * @param runbooks those that could be read
 * @param systems those that could be read
 * @param people those that could be read
 * @param findings all that is wrong or doubtful, by file and line
 * @param all whether that is all: what several files say together is known only of those that could
 *     be read
 */
public record PolicyFiles(
    List<Runbook> runbooks,
    List<TargetSystem> systems,
    List<Person> people,
    List<Finding> findings,
    boolean all) {
  /** A policy together with the file it stands in. */
  record Source<T>(T policy, YamlFile file) {}

  public PolicyFiles {
    runbooks = List.copyOf(runbooks);
    systems = List.copyOf(systems);
    people = List.copyOf(people);
    findings = List.copyOf(findings);
  }

  /** The directory that commands take if none is named: here, or the project's own. */
  static Path usual() {
    var here = Path.of("runbooks");
    return Files.isDirectory(here)
        ? here
        : Path.of(System.getProperty("daypass.home", "."), "runbooks").normalize();
  }

  /**
   * Reads and checks a directory; {@code people.csv} in it says who there is.
   *
   * @throws UncheckedIOException if the disk fails; a missing or broken file is a finding
   */
  public static PolicyFiles load(Path dir) {
    return load(dir, dir.resolve("people.csv"));
  }

  /**
   * Reads and checks a directory, with people from elsewhere.
   *
   * @throws UncheckedIOException if the disk fails; a missing or broken file is a finding
   */
  public static PolicyFiles load(Path dir, Path people) {
    return new Loading(dir, null).load(people);
  }

  /**
   * The same, and tells of calendars whose holidays have ended by this day, or soon will have.
   *
   * @throws UncheckedIOException if the disk fails; a missing or broken file is a finding
   */
  static PolicyFiles load(Path dir, Path people, LocalDate today) {
    return new Loading(dir, today).load(people);
  }

  /** Whether all of it can be published: warnings do not count. */
  public boolean isPublishable() {
    return findings.stream().noneMatch(found -> found.severity() == Finding.Severity.ERROR);
  }

  private static final class Loading {
    private final Path dir;
    private final @Nullable LocalDate today;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * @param today null if it does not matter
     */
    Loading(Path dir, @Nullable LocalDate today) {
      this.dir = dir;
      this.today = today;
    }

    PolicyFiles load(Path peopleFile) {
      if (!Files.isDirectory(dir)) {
        findings.add(
            Finding.error(
                dir.toString(), 1, "there is no such directory", "name the one with the runbooks"));
        return new PolicyFiles(List.of(), List.of(), List.of(), findings, false);
      }
      var systemFiles = yaml(dir.resolve("systems"));
      var runbookFiles = yaml(dir);
      var people = people(peopleFile);
      var systems =
          policies(
              systemFiles,
              SchemaCheck.named("system.schema.json"),
              SystemSense::check,
              file -> PolicyJson.system(file.tree()));
      var calendars = CalendarFiles.load(dir.resolve("calendars"), findings);
      var runbooks =
          policies(
              runbookFiles,
              SchemaCheck.named("runbook.schema.json"),
              (file, id) -> RunbookSense.check(file, id, calendars),
              file -> PolicyJson.runbook(calendars.resolved(file.tree())));
      if (runbooks.size() == runbookFiles.size()) {
        findings.addAll(calendars.unused());
      }
      if (today != null) {
        findings.addAll(calendars.runningOut(today));
      }
      findings.addAll(
          new CrossSense(
                  systems,
                  runbooks,
                  people,
                  systems.size() == systemFiles.size(),
                  runbooks.size() == runbookFiles.size())
              .check());
      findings.sort(null);
      return new PolicyFiles(
          runbooks.stream().map(Source::policy).toList(),
          systems.stream().map(Source::policy).toList(),
          people.people(),
          findings.stream().distinct().toList(),
          systems.size() == systemFiles.size()
              && runbooks.size() == runbookFiles.size()
              && people.findings().isEmpty()
              && !people.people().isEmpty());
    }

    private <T> List<Source<T>> policies(
        List<Path> files,
        SchemaCheck schema,
        BiFunction<YamlFile, String, List<Finding>> sense,
        Function<YamlFile, T> policy) {
      var policies = new ArrayList<Source<T>>();
      for (var path : files) {
        var file = text(path).flatMap(text -> YamlFile.read(path.toString(), text, findings));
        if (file.isEmpty()) {
          continue;
        }
        var fileName = path.getFileName().toString();
        var id = fileName.substring(0, fileName.length() - ".yaml".length());
        var wrong = new ArrayList<>(schema.check(file.get()));
        if (wrong.isEmpty()) {
          wrong.addAll(sense.apply(file.get(), id));
        }
        findings.addAll(wrong);
        if (wrong.isEmpty()) {
          policies.add(new Source<>(policy.apply(file.get()), file.get()));
        }
      }
      return policies;
    }

    private PeopleFile people(Path file) {
      var text = text(file);
      var people = text.map(PeopleFile::read).orElseGet(PeopleFile::empty);
      findings.addAll(Finding.all(file.toString(), people));
      return people;
    }

    private Optional<String> text(Path file) {
      try {
        return Optional.of(Files.readString(file));
      } catch (NoSuchFileException missing) {
        findings.add(
            Finding.error(
                file.toString(), 1, "there is no such file", "add it, or name another one"));
      } catch (CharacterCodingException notText) {
        findings.add(
            Finding.error(file.toString(), 1, "the file is not text in UTF-8", "save it as UTF-8"));
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
      return Optional.empty();
    }

    /** The YAML files of a directory, by name. */
    private List<Path> yaml(Path in) {
      try (var files = Files.list(in)) {
        var sorted = files.filter(Files::isRegularFile).sorted().toList();
        for (var file : sorted) {
          if (file.toString().endsWith(".yml")) {
            findings.add(
                Finding.error(
                    file.toString(), 1, "the name ends with .yml", "rename it to end with .yaml"));
          }
        }
        return sorted.stream().filter(file -> file.toString().endsWith(".yaml")).toList();
      } catch (NoSuchFileException | NotDirectoryException missing) {
        findings.add(
            Finding.error(
                in.toString(), 1, "there is no such directory", "describe the systems in it"));
        return List.of();
      } catch (IOException broken) {
        throw new UncheckedIOException(broken);
      }
    }
  }
}
