package dev.daypass.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** Instants as definitions and answers write them. */
final class Timestamps {
  private Timestamps() {}

  /** Reads an ISO-8601 time with offset; null if it is anything else. */
  static @Nullable Instant parse(JsonNode node) {
    if (!node.isTextual()) {
      return null;
    }
    try {
      return OffsetDateTime.parse(node.asText()).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Seconds since 1970 with milliseconds as decimals: the wire form of AWS JSON 1.0. */
  static JsonNode wire(Instant instant) {
    return DecimalNode.valueOf(BigDecimal.valueOf(instant.toEpochMilli(), 3));
  }
}
