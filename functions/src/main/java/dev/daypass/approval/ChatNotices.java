package dev.daypass.approval;

import dev.daypass.access.OwnersTask;
import dev.daypass.access.Request;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Pending;
import dev.daypass.chat.Post;
import dev.daypass.chat.Posts;
import dev.daypass.chat.Topic;
import dev.daypass.chat.Unsent;
import dev.daypass.chat.Webhook;
import dev.daypass.connector.TargetRefused;
import dev.daypass.connector.TargetUnavailable;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.TargetSystem.Chat;
import dev.daypass.store.Waits;
import dev.daypass.web.Story;
import dev.daypass.words.Shortened;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the channel of a system what waits, if the system as published today has one. It is an
 * extra to the mails: whatever goes wrong is one line in the log, and the step goes on. So it comes
 * last in a step. A message is marked after it went out, and what was not marked is sent by the
 * next step that comes by; no step comes for it alone.
 */
public final class ChatNotices {
  private final Waits waits;
  private final Directory directory;
  private final Supplier<Catalog> catalog;
  private final Posts posts;
  private final Supplier<Webhook> maker;
  private final InstantSource clock;
  private volatile @Nullable Webhook made;

  /**
   * @param webhook makes what posts; called once, when a system has a channel
   */
  public ChatNotices(
      Waits waits,
      Directory directory,
      Supplier<Catalog> catalog,
      Posts posts,
      Supplier<Webhook> webhook,
      InstantSource clock) {
    this.waits = waits;
    this.directory = directory;
    this.catalog = catalog;
    this.posts = posts;
    this.maker = webhook;
    this.clock = clock;
  }

  /**
   * Tells that the open round of the open stage waits for decisions.
   *
   * @param sent what was marked as sent when the step began
   * @param log hears what went wrong
   */
  void round(Pending request, Set<String> sent, Consumer<String> log) {
    var stage = request.open();
    var key = "CHAT#" + request.stage() + "#" + stage.round();
    if (sent.contains(key)) {
      return;
    }
    tell(
        request,
        key,
        chat ->
            posts.decide(
                chat.language(),
                topic(request),
                stage.roundPlan().kind(),
                stage.awaited().stream().map(this::name).toList(),
                new Story(directory).ifNothing(request).getFirst()),
        log);
  }

  /**
   * Tells of the task that the owners have: to set access up by hand, or to take it away where no
   * connector does or could.
   *
   * @param log hears what went wrong
   */
  void task(Request request, Consumer<String> log) {
    request.ownersTask().ifPresent(task -> task(request, task, log));
  }

  /**
   * Tells of an emergency.
   *
   * @param log hears what went wrong
   */
  void emergency(Request request, Consumer<String> log) {
    var key = "CHAT#emergency";
    request
        .review()
        .ifPresent(
            review ->
                tell(
                    request,
                    key,
                    chat ->
                        waits.sent(request.id()).contains(key)
                            ? null
                            : posts.emergency(
                                chat.language(),
                                topic(request),
                                review.reviewers().stream().map(this::name).toList()),
                    log));
  }

  private void task(Request request, OwnersTask task, Consumer<String> log) {
    var key = "CHAT#" + (task.work() == OwnersTask.Work.SET_UP ? "set-up" : "removal");
    tell(
        request,
        key,
        chat ->
            waits.sent(request.id()).contains(key) ? null : post(request, task, chat.language()),
        log);
  }

  private Post post(Request request, OwnersTask task, Locale language) {
    var topic = topic(request);
    var owners = task.owners().stream().map(this::name).toList();
    return switch (task.work()) {
      case SET_UP -> posts.setUp(language, topic, owners);
      case TAKE_AWAY ->
          Story.neverThere(request)
              ? posts.makeSure(language, topic, owners)
              : posts.takeAwayByHand(language, topic, owners, since(request, task));
      case STUCK -> posts.takeAway(language, topic, owners, since(request, task));
    };
  }

  private static Instant since(Request request, OwnersTask task) {
    return request instanceof Ending ending ? ending.since() : task.openedAt();
  }

  /**
   * @param post what to tell, or null if that has been told
   */
  private void tell(
      Request request, String key, Function<Chat, @Nullable Post> post, Consumer<String> log) {
    var system = request.asked().plan().system();
    try {
      var chat =
          catalog.get().system(system).map(published -> published.policy().chat()).orElse(null);
      if (chat == null) {
        return;
      }
      var message = post.apply(chat);
      if (message == null) {
        return;
      }
      webhook().send(chat, message);
      waits.markSent(request.id(), key, clock.instant());
    } catch (RuntimeException failed) {
      log.accept(
          "ALARM chat-unsent request=%s system=%s message=%s %s"
              .formatted(request.id(), system, key, why(failed)));
    }
  }

  /** What others say of a call may hold the address that was called. */
  private static String why(RuntimeException failed) {
    return switch (failed) {
      case Unsent unsent -> String.valueOf(unsent.getMessage());
      case TargetRefused refused -> String.valueOf(refused.getMessage());
      case TargetUnavailable unavailable -> String.valueOf(unavailable.getMessage());
      default -> failed.getClass().getName();
    };
  }

  private Webhook webhook() {
    var known = made;
    if (known == null) {
      known = maker.get();
      made = known;
    }
    return known;
  }

  private Topic topic(Request request) {
    var asked = request.asked();
    var plan = asked.plan();
    return new Topic(
        request.id(),
        name(asked.requester()),
        asked.askedBy() == null ? null : name(asked.askedBy()),
        plan.title(),
        plan.systemTitle(),
        plan.roleTitle(),
        asked.duration(),
        Shortened.of(request, this::name),
        request.extendable().orElse(null));
  }

  private String name(String email) {
    return Story.nameOf(directory, email);
  }
}
