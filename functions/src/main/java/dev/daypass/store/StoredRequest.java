package dev.daypass.store;

import static dev.daypass.store.Items.moment;
import static dev.daypass.store.Items.number;
import static dev.daypass.store.Items.text;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.daypass.access.EndReason;
import dev.daypass.access.Event;
import dev.daypass.access.Grant;
import dev.daypass.access.RemovalTask;
import dev.daypass.access.Request;
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
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Stage;
import dev.daypass.access.Status;
import dev.daypass.access.Submission;
import dev.daypass.access.Trail;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The stored form of a request: plain attributes for what conditions, indexes and lists need, JSON
 * text for the rest.
 *
 * <pre>
 * id, version, run, status, requester, createdAt, runbook, system, title, systemTitle, duration
 * expiresAt        once the access is there
 * askedBy          where somebody else asked for the requester
 * watch            while its system's owners should know of it: {@link Watch} and the system
 * due, nextDue     while something must still happen: bucket and moment
 * asked, stages    JSON
 * state            JSON of {@link State}
 * events           list of JSON texts, one for each version
 * </pre>
 */
final class StoredRequest {
  /** How many partitions the index of due work has. */
  static final int DUE_BUCKETS = 8;

  private static final TypeReference<List<Stage>> STAGES = new TypeReference<>() {};

  /** What only some states have. */
  record State(
      @Nullable Grant grant,
      boolean warned,
      @Nullable EndReason reason,
      @Nullable String why,
      @Nullable Instant since,
      @Nullable RemovalTask task,
      @Nullable SetUpTask setUp,
      @Nullable String heldBy,
      Failed.@Nullable Reason failed) {
    static final State NONE = new State(null, false, null, null, null, null, null, null, null);
  }

  private StoredRequest() {}

  /** The partition of the index of due work that a request belongs to. */
  static String bucket(String id) {
    return "due#" + Math.floorMod(id.hashCode(), DUE_BUCKETS);
  }

  static Map<String, AttributeValue> of(Request request) {
    var asked = request.asked();
    var item = new HashMap<String, AttributeValue>();
    item.put("id", text(request.id()));
    item.put("version", number(request.version()));
    item.put("run", number(request.trail().run()));
    item.put("status", text(request.status().name()));
    item.put("requester", text(asked.requester()));
    Optional.ofNullable(asked.askedBy()).ifPresent(by -> item.put("askedBy", text(by)));
    item.put("createdAt", moment(asked.at()));
    item.put("runbook", text(asked.plan().runbook()));
    item.put("system", text(asked.plan().system()));
    item.put("title", text(asked.plan().title()));
    item.put("systemTitle", text(asked.plan().systemTitle()));
    item.put("duration", text(asked.duration().toString()));
    request.given().ifPresent(grant -> item.put("expiresAt", moment(grant.expiresAt())));
    watch(request).ifPresent(watch -> item.put("watch", text(watch.key(asked.plan().system()))));
    request
        .nextDue()
        .ifPresent(
            at -> {
              item.put("due", text(bucket(request.id())));
              item.put("nextDue", moment(at));
            });
    item.put("asked", text(Json.write(asked)));
    item.put("stages", text(Json.write(request.stages())));
    item.put("state", text(Json.write(state(request))));
    item.put(
        "events",
        AttributeValue.fromL(
            request.trail().events().stream().map(event -> text(Json.write(event))).toList()));
    return item;
  }

  /**
   * Whether, and how, a system's owners should know of a request that is no access yet or still.
   */
  static Optional<Watch> watch(Request request) {
    return switch (request) {
      case Pending _, Scheduled _ -> Optional.of(Watch.WAITING);
      case Provisioning provisioning -> provisioning.awaited().map(_ -> Watch.TASK);
      case Ending ending ->
          Optional.ofNullable(ending.task())
              .filter(task -> task.attested() == null)
              .map(_ -> Watch.TASK);
      case Active _, Denied _, Lapsed _, Cancelled _, Ended _, Failed _ -> Optional.empty();
    };
  }

  private static State state(Request request) {
    return switch (request) {
      case Pending _, Scheduled _, Denied _, Lapsed _, Cancelled _ -> State.NONE;
      case Provisioning each ->
          new State(null, false, null, null, null, null, each.task(), null, null);
      case Active each ->
          new State(each.grant(), each.warned(), null, null, null, null, null, null, null);
      case Ending each ->
          new State(
              each.grant(),
              false,
              each.reason(),
              each.why(),
              each.since(),
              each.task(),
              null,
              null,
              null);
      case Ended each ->
          new State(
              each.grant(), false, each.reason(), null, null, null, null, each.heldBy(), null);
      case Failed each ->
          new State(null, false, null, each.why(), null, null, null, null, each.reason());
    };
  }

  static Request read(Map<String, AttributeValue> item) {
    var asked = Json.read(Items.string(item, "asked"), Submission.class);
    var stages = Json.read(Items.string(item, "stages"), STAGES);
    var state = Json.read(Items.string(item, "state"), State.class);
    var events =
        item.getOrDefault("events", AttributeValue.fromL(List.of())).l().stream()
            .map(event -> Json.read(event.s(), Event.class))
            .toList();
    if (events.isEmpty()) {
      throw new IllegalStateException("a stored request lacks its trail");
    }
    var trail = new Trail(Items.integer(item, "run"), events);
    return switch (Status.valueOf(Items.string(item, "status"))) {
      case PENDING -> new Pending(asked, stages, trail);
      case SCHEDULED -> new Scheduled(asked, stages, trail);
      case PROVISIONING -> new Provisioning(asked, stages, state.setUp(), trail);
      case ACTIVE -> new Active(asked, stages, there(state.grant()), state.warned(), trail);
      case ENDING ->
          new Ending(
              asked,
              stages,
              state.grant(),
              there(state.reason()),
              there(state.why()),
              there(state.since()),
              state.task(),
              trail);
      case DENIED -> new Denied(asked, stages, trail);
      case LAPSED -> new Lapsed(asked, stages, trail);
      case CANCELLED -> new Cancelled(asked, stages, trail);
      case ENDED ->
          new Ended(asked, stages, state.grant(), there(state.reason()), state.heldBy(), trail);
      case FAILED -> new Failed(asked, stages, there(state.failed()), there(state.why()), trail);
    };
  }

  private static <T> T there(@Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("a stored request lacks part of its state");
    }
    return value;
  }
}
