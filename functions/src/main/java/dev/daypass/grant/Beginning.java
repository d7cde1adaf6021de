package dev.daypass.grant;

import dev.daypass.access.Submission;
import java.util.Optional;

/**
 * Whether an access that begins days after it was approved still may: people leave meanwhile, and
 * runbooks change.
 */
@FunctionalInterface
public interface Beginning {
  /** Where nothing begins later. */
  Beginning AT_ONCE =
      asked -> {
        throw new IllegalStateException(
            "whether request " + asked.id() + " still may begin is not known here");
      };

  /** The code of what is against it; empty if nothing is. */
  Optional<String> against(Submission asked);
}
