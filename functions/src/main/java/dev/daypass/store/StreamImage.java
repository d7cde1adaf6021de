package dev.daypass.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Event;
import dev.daypass.access.Submission;
import dev.daypass.access.Trail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A request as the stream of {@code requests} shows it: only what never changes and what happened,
 * so that a state which this release does not know yet is audited all the same.
 *
 * @param asked what was asked
 * @param events all that had happened when the item was written, oldest first; not empty
 */
public record StreamImage(Submission asked, List<Event> events) {
  public StreamImage {
    Objects.requireNonNull(asked);
    events = List.copyOf(events);
  }

  /**
   * Reads a new image.
   *
   * @param image attributes in DynamoDB's JSON: {@code {"id": {"S": "…"}, …}}; missing when the
   *     item was deleted
   * @return empty if there is no image, or no events in it
   * @throws IllegalArgumentException if the events are not one for each version
   * @throws IllegalStateException if something else is missing
   * @throws java.io.UncheckedIOException if the JSON inside cannot be read
   */
  public static Optional<StreamImage> read(JsonNode image) {
    var texts = image.path("events").path("L");
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    var events = new ArrayList<Event>();
    texts.forEach(each -> events.add(Json.read(each.path("S").asText(), Event.class)));
    var asked = image.path("asked").path("S");
    if (!asked.isTextual()) {
      throw new IllegalStateException("a stored request lacks what was asked");
    }
    return Optional.of(
        new StreamImage(
            Json.read(asked.asText(), Submission.class), new Trail(1, events).events()));
  }
}
