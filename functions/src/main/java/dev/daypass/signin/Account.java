package dev.daypass.signin;

import dev.daypass.access.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom a token is about.
 *
 * @param email lower case
 * @param signedInAt the claim {@code auth_time}, or null if the provider does not say
 * @param groups those of the token's groups that have a meaning here
 */
record Account(String email, @Nullable Instant signedInAt, List<String> groups) {
  private static final Duration FRESH = Duration.ofMinutes(5);

  Account {
    Objects.requireNonNull(email);
    groups = List.copyOf(groups);
  }

  /** What having signed in then proves now. */
  static Proof proof(@Nullable Instant signedInAt, Instant now) {
    boolean fresh =
        signedInAt != null
            && !signedInAt.isAfter(now.plus(TokenCheck.SKEW))
            && Duration.between(signedInAt, now).compareTo(FRESH) < 0;
    return fresh ? Proof.FRESH : Proof.SESSION;
  }
}
