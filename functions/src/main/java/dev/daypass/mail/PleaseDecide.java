package dev.daypass.mail;

import dev.daypass.access.Proof;
import dev.daypass.access.Said;
import dev.daypass.words.Upcoming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an approver needs to decide.
 *
 * @param stage number of the stage, from 1
 * @param round number of the round, from 1; a tag of the mail, for when it comes back
 * @param token the secret of the link
 * @param proof what is demanded of whoever decides
 * @param code six digits where {@link Proof#MAILBOX} is demanded, else null
 * @param allows what the role lets one do, in a sentence; may be empty
 * @param guidance to the approver; may be empty
 * @param needed that more than one must approve, or null if one is enough
 * @param earlier what others have decided so far, from {@link dev.daypass.words.Telling}
 * @param notAnswered names of those who were asked before and did not answer; only an escalation
 *     has some
 * @param notReached names of those whom mails did not reach, if that is why this round opened
 * @param ifNothing what happens without an answer, soonest first
 * @param standsInFor name of the approver in whose place the reader is asked; null if in nobody's
 */
public record PleaseDecide(
    Recipient to,
    Asked asked,
    int stage,
    int round,
    String token,
    Proof proof,
    @Nullable String code,
    String allows,
    String guidance,
    @Nullable Said needed,
    List<Said> earlier,
    List<String> notAnswered,
    List<String> notReached,
    List<Upcoming> ifNothing,
    @Nullable String standsInFor) {
  public PleaseDecide {
    Objects.requireNonNull(to);
    Objects.requireNonNull(asked);
    Objects.requireNonNull(token);
    Objects.requireNonNull(proof);
    Objects.requireNonNull(allows);
    Objects.requireNonNull(guidance);
    earlier = List.copyOf(earlier);
    notAnswered = List.copyOf(notAnswered);
    notReached = List.copyOf(notReached);
    ifNothing = List.copyOf(ifNothing);
    if ((code != null) != (proof == Proof.MAILBOX)) {
      throw new IllegalArgumentException("a code proves the mailbox, and nothing else does");
    }
    if (code != null && !code.matches("[0-9]{6}")) {
      throw new IllegalArgumentException("a code has six digits");
    }
  }
}
