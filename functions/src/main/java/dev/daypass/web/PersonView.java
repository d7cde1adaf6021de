package dev.daypass.web;

import dev.daypass.words.Sentence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in the directory, for administrators and auditors: who they are, what they have.
 *
 * @param manager with the address as name if nobody has it, or null if there is no manager
 * @param active false for whoever has left
 * @param reports who is active and has this person as manager, by name
 * @param access what the person has now, newest first
 * @param requests what the person has asked for, newest first
 */
public record PersonView(
    Frame frame,
    String name,
    String email,
    @Nullable Person manager,
    List<String> groups,
    ZoneId zone,
    Locale language,
    boolean active,
    Part<Person> reports,
    Part<Access> access,
    Part<HomeView.Asked> requests) {
  /**
   * A part of a list.
   *
   * @param next path of the part after this one, or null
   * @param later whether this is not the first part
   */
  public record Part<T>(List<T> lines, @Nullable String next, boolean later) {
    public Part {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Access that the person has, begins to have or still has.
   *
   * @param title of the runbook
   * @param since when it was proven to work, or null while it is not
   * @param until when it ends, or null before it begins and while it is being taken away
   */
  public record Access(
      String requestId,
      String systemTitle,
      String roleTitle,
      String title,
      Sentence status,
      @Nullable Instant since,
      @Nullable Instant until) {
    public Access {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(roleTitle);
      Objects.requireNonNull(title);
      Objects.requireNonNull(status);
    }
  }

  public PersonView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(name);
    Objects.requireNonNull(email);
    groups = List.copyOf(groups);
    Objects.requireNonNull(zone);
    Objects.requireNonNull(language);
    Objects.requireNonNull(reports);
    Objects.requireNonNull(access);
    Objects.requireNonNull(requests);
  }
}
