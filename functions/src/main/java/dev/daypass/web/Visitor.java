package dev.daypass.web;

import dev.daypass.access.Proof;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who calls, as far as that is known. */
public sealed interface Visitor {
  /** Members of this group may see and end every access. */
  String ADMINS = "admins";

  /** Members of this group may see everything and change nothing. */
  String AUDITORS = "auditors";

  /**
   * Signed in, and in the directory.
   *
   * @param email lower case
   * @param proof how we know
   * @param groups those of the directory, and those that the sign-in named
   */
  record Known(String email, Proof proof, Set<String> groups) implements Visitor {
    public Known {
      Objects.requireNonNull(email);
      Objects.requireNonNull(proof);
      groups = Set.copyOf(groups);
    }

    /** Whether the visitor is a member of the group. */
    public boolean isIn(String group) {
      return groups.contains(group);
    }
  }

  /**
   * Not let in.
   *
   * @param why what to answer
   * @param signIn path of the sign-in for people, or null if that would not help
   */
  record Unknown(Problem why, @Nullable String signIn) implements Visitor {
    public Unknown {
      Objects.requireNonNull(why);
    }
  }
}
