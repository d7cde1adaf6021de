package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.words.Paths;
import java.net.URLEncoder;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Everybody in the directory by name, or those who were looked for; a page of them.
 *
 * @param query as typed, without white space around it; empty for everybody
 * @param next path of the following page, or null if this is the last
 * @param first whether this is the first page
 * @param mayImport whether the reader may change the list
 */
public record PeopleView(
    Frame frame,
    String query,
    List<Line> people,
    @Nullable String next,
    boolean first,
    boolean mayImport) {
  /** The most characters of a search that are looked at. */
  public static final int LONGEST_QUERY = 100;

  /**
   * Somebody.
   *
   * @param manager the address of the manager, or null if there is none
   * @param managerName the name, or the address again for whoever is not in the directory
   * @param active false for whoever has left
   */
  public record Line(
      String name,
      String email,
      @Nullable String manager,
      @Nullable String managerName,
      List<String> groups,
      ZoneId zone,
      Locale language,
      boolean active) {
    public Line {
      Objects.requireNonNull(name);
      Objects.requireNonNull(email);
      groups = List.copyOf(groups);
      Objects.requireNonNull(zone);
      Objects.requireNonNull(language);
    }

    /** As the directory has them, and their manager by this name. */
    public static Line of(dev.daypass.runbook.Person person, UnaryOperator<String> name) {
      var manager = person.manager();
      return new Line(
          person.name(),
          person.email(),
          manager,
          manager == null ? null : name.apply(manager),
          person.groups(),
          person.zone(),
          person.language(),
          person.active());
    }
  }

  public PeopleView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(query);
    people = List.copyOf(people);
  }

  /**
   * Where those are whose address, or a word of whose name, begins so; where everybody is, if it is
   * empty.
   */
  public static String path(String query) {
    return query.isEmpty()
        ? Paths.people()
        : Paths.people() + "?q=" + URLEncoder.encode(query, UTF_8);
  }
}
