package dev.daypass.access;

import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Cancelled;
import dev.daypass.access.Request.Denied;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.access.Request.Failed;
import dev.daypass.access.Request.Lapsed;
import dev.daypass.access.Request.Pending;
import dev.daypass.access.Request.Provisioning;
import dev.daypass.access.Request.Scheduled;
import java.time.Instant;

/** What the workflow does next with a request, whatever it did before. */
public sealed interface Next {
  /** Ask the people of this round and wait. */
  record Decide(int stage, int round, Instant deadline) implements Next {}

  /** Set the access up. */
  record Provision() implements Next {}

  /**
   * Wait until the access begins or ends, or until somebody has done by hand what only hands can
   * do.
   */
  record AwaitEnd(Instant deadline) implements Next {}

  /** Take the access away. */
  record Deprovision() implements Next {}

  /** Tell whoever must be told, and stop. */
  record Done() implements Next {}

  /**
   * What is next for this request.
   *
   * @param now what is to begin later waits until then
   */
  static Next of(Request request, Instant now) {
    return switch (request) {
      case Pending pending ->
          new Decide(pending.stage(), pending.open().round(), pending.open().dueAt());
      case Scheduled scheduled ->
          scheduled.asked().waitsUntil(now).<Next>map(AwaitEnd::new).orElseGet(Provision::new);
      case Provisioning provisioning ->
          provisioning
              .awaited()
              .<Next>map(task -> new AwaitEnd(task.patienceEnds()))
              .orElseGet(Provision::new);
      case Active active -> new AwaitEnd(active.grant().expiresAt());
      case Ending ending ->
          ending
              .awaited()
              .<Next>map(task -> new AwaitEnd(task.remindAt()))
              .orElseGet(Deprovision::new);
      case Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> new Done();
    };
  }
}
