package dev.daypass.runbook;

import java.util.Objects;

/**
 * Some people, as a runbook names them. Written as one word: {@code manager}, {@code
 * managers-manager}, {@code owners}, {@code everyone}, {@code group:finance}, {@code
 * ines@example.com}.
 */
public sealed interface Who {
  /** All people of the directory: only to say who may ask. */
  record Everyone() implements Who {}

  /** The direct manager of the person it is for: to say who decides, or who may ask for them. */
  record Manager() implements Who {}

  /** The manager of that manager: only to say who decides. */
  record ManagersManager() implements Who {}

  /** The owners of the system that the runbook is about: only to say who decides. */
  record Owners() implements Who {}

  /** The members of a group of the directory. */
  record Group(String name) implements Who {
    public Group {
      if (!Ids.isId(name)) {
        throw new IllegalArgumentException("a group's name is " + Ids.RULE + ", not: " + name);
      }
    }
  }

  /** One person, by email address. */
  record Named(String email) implements Who {
    public Named {
      email = Ids.email(email);
    }
  }

  /**
   * Reads the written form.
   *
   * @throws IllegalArgumentException if the text is none of the forms above
   */
  static Who of(String text) {
    var word = Objects.requireNonNull(text).strip();
    return switch (word) {
      case "everyone" -> new Everyone();
      case "manager" -> new Manager();
      case "managers-manager" -> new ManagersManager();
      case "owners" -> new Owners();
      default -> {
        if (word.startsWith("group:")) {
          yield new Group(word.substring("group:".length()));
        }
        if (word.contains("@")) {
          yield new Named(word);
        }
        throw new IllegalArgumentException(
            "people are written manager, managers-manager, owners, everyone, group:NAME or an email address, not: "
                + text);
      }
    };
  }

  /** Whether the word alone means this person, whoever asks for whatever. */
  default boolean means(Person person) {
    return switch (this) {
      case Everyone _ -> true;
      case Group group -> person.isIn(group.name());
      case Named named -> named.email().equals(person.email());
      case Manager _, ManagersManager _, Owners _ -> false;
    };
  }

  /** The written form: {@link #of} reads it back. */
  default String text() {
    return switch (this) {
      case Everyone _ -> "everyone";
      case Manager _ -> "manager";
      case ManagersManager _ -> "managers-manager";
      case Owners _ -> "owners";
      case Group group -> "group:" + group.name();
      case Named named -> named.email();
    };
  }
}
