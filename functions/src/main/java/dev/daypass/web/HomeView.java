package dev.daypass.web;

import dev.daypass.access.Said;
import dev.daypass.words.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The first page: what I have, what waits for me, what I asked for, what I may ask for.
 *
 * @param access what I hold now, soonest end first
 * @param waiting what waits for my decision, oldest first
 * @param tasks what I have to do by hand, oldest first
 * @param requests what is for me: first what is not over, both newest first
 * @param forOthers what I asked for others: first what is not over, both newest first
 * @param open how many of them are not over
 * @param offers the runbooks I may ask for, those I have used last first
 * @param published whether there are runbooks at all
 */
public record HomeView(
    Frame frame,
    List<Access> access,
    List<Waiting> waiting,
    List<Task> tasks,
    List<Asked> requests,
    List<Asked> forOthers,
    int open,
    List<FindView.Offer> offers,
    boolean published) {
  private static final int RECENT = 4;
  private static final int OFFERS = 6;

  /** Access that I hold until then. */
  public record Access(String requestId, String title, String systemTitle, Instant until) {
    public Access {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(title);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(until);
    }
  }

  /**
   * A request that waits for me.
   *
   * @param who who asks, and for whom if that is somebody else; for the middle of a sentence
   * @param standsInFor name of the approver in whose place I decide; null if in nobody's
   * @param decidePath where I decide, or null if only the link in the mail does it
   * @param startsAt when the access is to begin; null if at once
   * @param deadline when somebody else is asked, or the request ends
   */
  public record Waiting(
      String requestId,
      Said who,
      String title,
      Duration duration,
      @Nullable Instant startsAt,
      Instant deadline,
      @Nullable String standsInFor,
      @Nullable String decidePath) {
    public Waiting {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(who);
      Objects.requireNonNull(title);
      Objects.requireNonNull(duration);
      Objects.requireNonNull(deadline);
    }
  }

  /**
   * Access that I, or another owner, must set up or take away by hand.
   *
   * @param todo what is to be done by hand
   */
  public record Task(
      String requestId,
      ToDo todo,
      String person,
      String roleTitle,
      String systemTitle,
      Instant since) {
    public Task {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(todo);
      Objects.requireNonNull(person);
      Objects.requireNonNull(roleTitle);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(since);
    }
  }

  /**
   * A request and how it stands.
   *
   * @param person name of the person it is for, where that is not the reader; else null
   */
  public record Asked(
      String requestId, String title, @Nullable String person, Instant at, Sentence status) {
    /** One of my own. */
    public Asked(String requestId, String title, Instant at, Sentence status) {
      this(requestId, title, null, at, status);
    }

    public Asked {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(title);
      Objects.requireNonNull(at);
      Objects.requireNonNull(status);
    }
  }

  public HomeView {
    Objects.requireNonNull(frame);
    access = List.copyOf(access);
    waiting = List.copyOf(waiting);
    tasks = List.copyOf(tasks);
    requests = List.copyOf(requests);
    forOthers = List.copyOf(forOthers);
    offers = List.copyOf(offers);
  }

  /**
   * All of my requests that are not over, filled up with the newest of the others; without those
   * whose access is shown already.
   */
  public List<Asked> recent() {
    return notShown(requests).stream().limit(recents()).toList();
  }

  private int recents() {
    return Math.max(RECENT, notShown(requests.subList(0, open)).size());
  }

  /** What I am likely to need: short enough to be looked over. */
  public List<FindView.Offer> likely() {
    return offers.stream().limit(OFFERS).toList();
  }

  /** The rest of them. */
  public List<Asked> older() {
    return notShown(requests).stream().skip(recents()).toList();
  }

  private List<Asked> notShown(List<Asked> requests) {
    Set<String> shown = access.stream().map(Access::requestId).collect(Collectors.toSet());
    return requests.stream().filter(one -> !shown.contains(one.requestId())).toList();
  }
}
