package dev.daypass.local.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.local.clock.Timeline;
import dev.daypass.local.lambda.Functions;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.ScheduleResource;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Invokes functions when their schedules say so. A function that fails is invoked again at the next
 * instant, as if the retries of AWS had failed too.
 */
public final class LocalSchedules {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Functions functions;
  private final Timeline timeline;
  private final Place place;

  private LocalSchedules(Functions functions, Timeline timeline, Place place) {
    this.functions = functions;
    this.timeline = timeline;
    this.place = place;
  }

  /**
   * Enters all schedules into the timeline; rates count from now.
   *
   * @throws IllegalArgumentException naming the schedule whose expression is not run here
   */
  public static void start(
      List<ScheduleResource> schedules, Functions functions, Timeline timeline, Place place) {
    var running = new LocalSchedules(functions, timeline, place);
    for (var schedule : schedules) {
      Recurrence recurrence;
      try {
        recurrence = Recurrence.of(schedule.expression(), ZoneId.of(schedule.zone()));
      } catch (IllegalArgumentException | DateTimeException notRun) {
        throw new IllegalArgumentException(
            "template.yaml:"
                + schedule.line()
                + ": the schedule "
                + schedule.name()
                + ": "
                + notRun.getMessage(),
            notRun);
      }
      running.enter(schedule, recurrence, timeline.instant());
    }
  }

  private void enter(ScheduleResource schedule, Recurrence recurrence, Instant last) {
    recurrence
        .after(last)
        .ifPresent(
            due ->
                timeline.at(
                    due,
                    () -> {
                      // A machine that slept missed some; they are not made up for.
                      var now = timeline.instant();
                      var next = recurrence.after(due).orElse(now);
                      enter(schedule, recurrence, next.isAfter(now) ? due : now);
                      functions.invoke(schedule.function(), event(schedule, due));
                    }));
  }

  /**
   * The event of a rule or of EventBridge Scheduler.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html">Schedule
   *     Lambda functions with EventBridge</a>
   */
  private String event(ScheduleResource schedule, Instant due) {
    var input = schedule.input();
    if (input != null) {
      return input;
    }
    var event =
        JSON.createObjectNode()
            .put("version", "0")
            .put("id", UUID.randomUUID().toString())
            .put("detail-type", "Scheduled Event")
            .put("source", schedule.scheduler() ? "aws.scheduler" : "aws.events")
            .put("account", place.account())
            .put("time", due.truncatedTo(ChronoUnit.SECONDS).toString())
            .put("region", place.region());
    event
        .putArray("resources")
        .add(
            schedule.scheduler()
                ? place.arn("scheduler", "schedule/default/" + schedule.name())
                : place.arn("events", "rule/" + schedule.name()));
    if (schedule.scheduler()) {
      // EventBridge Scheduler sends the detail as a text.
      event.put("detail", "{}");
    } else {
      event.putObject("detail");
    }
    return event.toString();
  }
}
