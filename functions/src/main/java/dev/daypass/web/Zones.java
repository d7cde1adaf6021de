package dev.daypass.web;

import java.time.ZoneId;
import java.util.Optional;

/**
 * The zone of the reader's browser. The pages' own script keeps its name in a cookie; a name that
 * this machine does not know counts as none.
 */
final class Zones {
  /** The cookie that {@code daypass.js} writes; readable by it, and worth nothing to anybody. */
  static final String COOKIE = "daypass-zone";

  private Zones() {}

  static Optional<ZoneId> of(HttpRequest call) {
    // By name only: an offset, or whatever else ZoneId.of reads, is no browser's.
    return Optional.ofNullable(call.cookies().get(COOKIE))
        .filter(ZoneId.getAvailableZoneIds()::contains)
        .map(ZoneId::of);
  }
}
