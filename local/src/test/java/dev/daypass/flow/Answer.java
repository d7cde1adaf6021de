package dev.daypass.flow;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the JSON API answered. */
public record Answer(int status, HttpHeaders headers, JsonNode body) {
  /** A field of the answer as text, by its JSON pointer. */
  public String at(String pointer) {
    return body.at(pointer).asText();
  }

  public String contentType() {
    return headers.firstValue("content-type").orElse("");
  }

  /** The codes of all reasons of a problem document. */
  public List<String> reasons() {
    return each("code");
  }

  /** The messages of all reasons of a problem document. */
  public List<String> messages() {
    return each("message");
  }

  private List<String> each(String field) {
    return StreamSupport.stream(body.path("errors").spliterator(), false)
        .map(reason -> reason.path(field).asText())
        .toList();
  }
}
