package dev.daypass.web;

import dev.daypass.access.Proof;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who calls, as far as that is known. */
public sealed interface Visitor {
  /**
   * Signed in.
   *
   * @param email lower case
   * @param proof how we know
   */
  record Known(String email, Proof proof) implements Visitor {
    public Known {
      Objects.requireNonNull(email);
      Objects.requireNonNull(proof);
    }
  }

  /**
   * Not signed in.
   *
   * @param why what to answer
   * @param signIn path of the sign-in for people, or null if there is none
   */
  record Unknown(Problem why, @Nullable String signIn) implements Visitor {
    public Unknown {
      Objects.requireNonNull(why);
    }
  }
}
