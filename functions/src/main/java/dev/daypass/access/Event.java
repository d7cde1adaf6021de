package dev.daypass.access;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One thing that happened to a request: exactly one for each version, never changed.
 *
 * @param version counts from 1 without gaps
 * @param act who, when, from where
 * @param kind what happened
 * @param status where the request was afterwards
 * @param details what else the trail keeps; keys in alphabetical order
 */
public record Event(int version, Act act, Kind kind, Status status, Map<String, String> details) {
  private static final Pattern BLANK = Pattern.compile(" ");

  /** What can happen to a request. */
  public enum Kind {
    SUBMITTED,
    ASKED,
    DECIDED,
    HANDED_OVER,
    STAND_INS,
    MAIL_RETURNED,
    ROUND_OVER,
    CANCELLED,
    PROVISIONING_STARTED,
    SET_UP_TASK_OPENED,
    SET_UP_ANSWERED,
    ACTIVATED,
    ALREADY_HELD,
    GIVEN_UP,
    EXTENDED,
    ENDING_SOON,
    ENDING,
    REMOVAL_TASK_OPENED,
    REMOVAL_ATTESTED,
    TASK_REMINDED,
    ENDED,
    RUN_STARTED,
    REVIEW_REMINDED,
    REVIEWED,
    REVIEW_TOLD;

    /** Whether it is about the review of an emergency, which moves no access. */
    boolean isAboutReview() {
      return this == REVIEW_REMINDED || this == REVIEWED || this == REVIEW_TOLD;
    }
  }

  public Event {
    Objects.requireNonNull(act);
    Objects.requireNonNull(kind);
    Objects.requireNonNull(status);
    if (version < 1) {
      throw new IllegalArgumentException("versions count from 1, not " + version);
    }
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  /** The people whom a detail names, joined by blanks; none if it is not there. */
  List<String> people(String detail) {
    return BLANK
        .splitAsStream(details.getOrDefault(detail, ""))
        .filter(each -> !each.isEmpty())
        .toList();
  }
}
