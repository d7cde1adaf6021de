package dev.daypass.audit;

import static dev.daypass.audit.CanonicalJson.wellFormed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.access.Event;
import dev.daypass.access.Submission;
import dev.daypass.store.AuditRecords;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What is kept for ever of one change of a request: one record for each (request, version), made
 * from the request's events alone, so that making it again gives the same record.
 *
 * @param request id of the request
 * @param version counts the changes from 1 without gaps
 * @param at when
 * @param kind what happened: the name of an {@link Event.Kind}
 * @param by who did it: email address of a person, or {@code workflow}, {@code sweep}, {@code ttl}
 * @param via how it reached us
 * @param command id of the command
 * @param status where the request was afterwards: the name of a {@link dev.daypass.access.Status}
 * @param details what else the event holds
 * @param requester email address of the person the access is for
 * @param system id of the target system
 * @param role id of the role
 * @param runbook id of the runbook
 * @param title the task in the team's words
 * @param run the run of the workflow that this belongs to, from 1
 * @param previous hash of the record before; {@link Chain#START} for the first
 */
public record AuditRecord(
    String request,
    int version,
    Instant at,
    String kind,
    String by,
    String via,
    String command,
    String status,
    Map<String, String> details,
    String requester,
    String system,
    String role,
    String runbook,
    String title,
    int run,
    String previous) {
  /** Which fields a record has; another set of fields gets another number. */
  static final int FORM = 1;

  /** The years of four digits: only among them is the order of texts that of time. */
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** A stored text that is no record of ours. */
  static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
      super(message);
    }
  }

  public AuditRecord {
    request = wellFormed(request);
    Objects.requireNonNull(at);
    kind = wellFormed(kind);
    by = wellFormed(by);
    via = wellFormed(via);
    command = wellFormed(command);
    status = wellFormed(status);
    requester = wellFormed(requester);
    system = wellFormed(system);
    role = wellFormed(role);
    runbook = wellFormed(runbook);
    title = wellFormed(title);
    var copy = new TreeMap<String, String>();
    details.forEach((name, value) -> copy.put(wellFormed(name), wellFormed(value)));
    details = Collections.unmodifiableMap(copy);
    if (version < 1 || run < 1) {
      throw new IllegalArgumentException("versions and runs count from 1");
    }
    if (at.isBefore(EARLIEST) || at.isAfter(LATEST)) {
      throw new IllegalArgumentException("no record is filed under " + at);
    }
    if (!HASH.matcher(previous).matches()) {
      throw new IllegalArgumentException("a hash is 64 hexadecimal digits, not " + previous);
    }
  }

  /** The record of an event. */
  static AuditRecord of(Submission asked, Event event, int run, String previous) {
    return new AuditRecord(
        asked.id(),
        event.version(),
        event.act().at(),
        event.kind().name(),
        event.act().by(),
        event.act().via(),
        event.act().command(),
        event.status().name(),
        event.details(),
        asked.requester(),
        asked.plan().system(),
        asked.plan().role(),
        asked.plan().runbook(),
        asked.plan().title(),
        run,
        previous);
  }

  /** The text that is stored and hashed: see {@link CanonicalJson}. */
  public String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("form", FORM);
    fields.put("request", request);
    fields.put("version", version);
    fields.put("at", at.toString());
    fields.put("kind", kind);
    fields.put("by", by);
    fields.put("via", via);
    fields.put("command", command);
    fields.put("status", status);
    fields.put("details", details);
    fields.put("requester", requester);
    fields.put("system", system);
    fields.put("role", role);
    fields.put("runbook", runbook);
    fields.put("title", title);
    fields.put("run", run);
    fields.put("previous", previous);
    return CanonicalJson.write(fields);
  }

  /** SHA-256 over the UTF-8 bytes of {@link #json}, in hexadecimal. */
  public String hash() {
    return hash(json());
  }

  static String hash(String json) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** As it is stored. */
  AuditRecords.Entry entry() {
    var json = json();
    return AuditRecords.Entry.of(request, version, at, requester, by, system, json, hash(json));
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws Unreadable if it is anything else, were it only a space more
   */
  static AuditRecord read(String json) throws Unreadable {
    try {
      var tree = MAPPER.readTree(json);
      if (tree.path("form").asInt() != FORM) {
        throw new Unreadable("it is not of form " + FORM);
      }
      var details = new TreeMap<String, String>();
      tree.path("details")
          .properties()
          .forEach(each -> details.put(each.getKey(), each.getValue().asText()));
      var record =
          new AuditRecord(
              text(tree, "request"),
              tree.path("version").asInt(),
              Instant.parse(text(tree, "at")),
              text(tree, "kind"),
              text(tree, "by"),
              text(tree, "via"),
              text(tree, "command"),
              text(tree, "status"),
              details,
              text(tree, "requester"),
              text(tree, "system"),
              text(tree, "role"),
              text(tree, "runbook"),
              text(tree, "title"),
              tree.path("run").asInt(),
              text(tree, "previous"));
      if (!record.json().equals(json)) {
        throw new Unreadable("it is not written as Daypass writes records");
      }
      return record;
    } catch (JsonProcessingException | DateTimeException | IllegalArgumentException damaged) {
      var unreadable = new Unreadable("it cannot be read as a record");
      unreadable.initCause(damaged);
      throw unreadable;
    }
  }

  private static String text(JsonNode tree, String name) throws Unreadable {
    var value = tree.path(name);
    if (!value.isTextual()) {
      throw new Unreadable("it has no " + name);
    }
    return value.asText();
  }
}
