package dev.daypass.connector.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;

/**
 * What the target answered, when asking again would not change it.
 *
 * @param status the HTTP status
 * @param body the JSON document; missing if there was none or it was too large
 * @param tooLarge whether the body was longer than we read
 * @param detail what the target says about an error (RFC 7644 section 3.12), shortened, or empty
 */
record Answer(int status, JsonNode body, boolean tooLarge, String detail) {
  static Answer tooLarge(int status) {
    return new Answer(status, MissingNode.getInstance(), true, "");
  }

  boolean succeeded() {
    return status / 100 == 2;
  }

  /** For messages: {@code answered 400 (no such group)}. */
  String said() {
    if (tooLarge) {
      return "answered " + status + " with more than we read";
    }
    return "answered " + status + (detail.isEmpty() ? "" : " (" + detail + ")");
  }
}
