package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.access.Evidence;
import dev.daypass.access.Life;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.words.Paths;
import dev.daypass.words.Speech;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The audit trail: the form to search it, and what was found.
 *
 * @param asked what is in the form
 * @param systems those that are published, by title
 * @param errors why nothing was looked for
 * @param found null before anything was looked for
 */
public record AuditView(
    Frame frame, Asked asked, List<Choice> systems, List<Refusal> errors, @Nullable Found found) {
  /** What is looked for. */
  public enum By {
    PERSON("audit.by.person"),
    SYSTEM("audit.by.system"),
    REQUEST("audit.by.request"),
    MONTHS("audit.by.months");

    private final String label;

    By(String label) {
      this.label = label;
    }

    /** The message with what the form calls it. */
    public String label() {
      return label;
    }

    /** What the address calls it. */
    public String parameter() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What the address calls so. */
    public static Optional<By> named(String parameter) {
      return Arrays.stream(values()).filter(by -> by.parameter().equals(parameter)).findFirst();
    }
  }

  /**
   * What is in the form, as typed.
   *
   * @param what a person's address, or the id of a system or request
   * @param from the first month: {@code 2026-11}
   * @param to the last month
   */
  public record Asked(By by, String what, String from, String to) {
    public Asked {
      Objects.requireNonNull(by);
      Objects.requireNonNull(what);
      Objects.requireNonNull(from);
      Objects.requireNonNull(to);
    }

    private String query() {
      return "?by="
          + by.parameter()
          + "&what="
          + URLEncoder.encode(what, UTF_8)
          + "&from="
          + URLEncoder.encode(from, UTF_8)
          + "&to="
          + URLEncoder.encode(to, UTF_8);
    }
  }

  /** A published system to choose. */
  public record Choice(String id, String title) {
    public Choice {
      Objects.requireNonNull(id);
      Objects.requireNonNull(title);
    }
  }

  /**
   * What was found.
   *
   * @param lines oldest first
   * @param next what asks for those that follow, or null
   * @param later whether others come before
   * @param assumed whether a month was not given, so that one was assumed
   * @param chain of the request that was looked for, or null
   */
  public record Found(
      List<Line> lines,
      @Nullable String next,
      boolean later,
      boolean assumed,
      @Nullable Chain chain) {
    public Found {
      lines = List.copyOf(lines);
    }
  }

  /**
   * Whether the records of a request are all there and as they were.
   *
   * @param version of the last record, or of the first that is wrong
   * @param problem what is wrong, in English; null if nothing is
   */
  public record Chain(int version, @Nullable String problem) {}

  /**
   * One record.
   *
   * @param at null, as {@code what}, if the record cannot be read
   * @param by who did it: an address, or a part of Daypass; empty if that cannot be read
   * @param fields all that the record holds, by the names of its fields
   * @param evidence where what was attached is; null if nothing was
   * @param damaged what is wrong with it, in English; empty if nothing is
   */
  public record Line(
      String request,
      int version,
      @Nullable Instant at,
      String by,
      @Nullable Said what,
      String requester,
      String title,
      String system,
      Map<String, String> fields,
      @Nullable String evidence,
      String damaged) {
    public Line {
      Objects.requireNonNull(request);
      Objects.requireNonNull(by);
      Objects.requireNonNull(requester);
      Objects.requireNonNull(title);
      Objects.requireNonNull(system);
      fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
      Objects.requireNonNull(damaged);
    }

    /** Whether a person did it. */
    public boolean isByPerson() {
      return by.contains("@");
    }
  }

  public AuditView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(asked);
    systems = List.copyOf(systems);
    errors = List.copyOf(errors);
  }

  /** What people call the system; its id if it is not published any more. */
  public String systemTitle(String id) {
    return systems.stream()
        .filter(system -> system.id().equals(id))
        .map(Choice::title)
        .findFirst()
        .orElse(id);
  }

  /** What is wrong with this field; empty if nothing is. */
  public List<Refusal> wrong(String field) {
    return errors.stream().filter(error -> field.equals(error.field())).toList();
  }

  /** Where the same search goes on. */
  public String next(String place) {
    return Paths.audit() + asked.query() + "&next=" + place;
  }

  /** Where the same search begins. */
  public String first() {
    return Paths.audit() + asked.query();
  }

  /** Where all that the search finds is a file. */
  public String file() {
    return Paths.auditFile() + asked.query();
  }

  /** Where the trail of one request is. */
  public static String ofRequest(String id) {
    return Paths.audit() + new Asked(By.REQUEST, id, "", "").query();
  }

  /** Where what was attached to a request is. */
  public static String ofEvidence(String request, Evidence evidence) {
    return Paths.evidence(request, evidence.sha256());
  }

  /** Where the last months of one system are. */
  public static String ofSystem(String id) {
    return Paths.audit() + new Asked(By.SYSTEM, id, "", "").query();
  }

  /** As {@link #said}, for a file that programs read as well. */
  public static String inEnglish(String kind, Map<String, String> details) {
    return Speech.english().say(said(kind, details));
  }

  /**
   * What happened.
   *
   * @param kind as the record names it
   * @param details what else the record holds
   */
  public static Said said(String kind, Map<String, String> details) {
    return switch (kind) {
      case "SUBMITTED" ->
          Said.of(
              details.containsKey(Life.BREAK_GLASS)
                  ? "audit.kind.submitted.emergency"
                  : "audit.kind.submitted");
      case "ASKED" -> Said.of("audit.kind.asked");
      case "DECIDED" -> {
        boolean approved = details.getOrDefault("answer", "").equals("APPROVE");
        var of = details.get("for");
        yield of == null
            ? Said.of(approved ? "audit.kind.approved" : "audit.kind.denied")
            : Said.of(approved ? "audit.kind.approved.in-place" : "audit.kind.denied.in-place", of);
      }
      case "HANDED_OVER" -> Said.of("audit.kind.handed-over");
      case "STAND_INS" -> Said.of("audit.kind.stand-ins");
      case "MAIL_RETURNED" -> Said.of("audit.kind.mail-returned");
      case "ROUND_OVER" -> Said.of("audit.kind.round-over");
      case "CANCELLED" ->
          Said.of(
              details.getOrDefault("withdrawn", "").isEmpty()
                  ? "audit.kind.cancelled"
                  : "audit.kind.approval-withdrawn");
      case "PROVISIONING_STARTED" -> Said.of("audit.kind.provisioning-started");
      case "SET_UP_TASK_OPENED" -> Said.of("audit.kind.set-up-task-opened");
      case "SET_UP_ANSWERED" ->
          switch (details.getOrDefault("result", "")) {
            case "DONE" -> Said.of("audit.kind.set-up-done");
            case "HELD" -> Said.of("audit.kind.set-up-held");
            case "IMPOSSIBLE" -> Said.of("audit.kind.set-up-impossible");
            default -> Said.of("audit.kind.set-up-answered");
          };
      case "ACTIVATED" -> Said.of("audit.kind.activated");
      case "ALREADY_HELD" -> Said.of("audit.kind.already-held");
      case "GIVEN_UP" -> Said.of("audit.kind.given-up");
      case "EXTENDED" -> Said.of("audit.kind.extended");
      case "ENDING_SOON" -> Said.of("audit.kind.ending-soon");
      case "ENDING" ->
          switch (details.getOrDefault("reason", "")) {
            case "EXPIRED" -> Said.of("audit.kind.ending.expired");
            case "RETURNED" -> Said.of("audit.kind.ending.returned");
            case "REVOKED" -> Said.of("audit.kind.ending.revoked");
            default -> Said.of("audit.kind.ending");
          };
      case "REMOVAL_TASK_OPENED" -> Said.of("audit.kind.removal-task-opened");
      case "REMOVAL_ATTESTED" -> Said.of("audit.kind.removal-attested");
      case "TASK_REMINDED" -> Said.of("audit.kind.task-reminded");
      case "ENDED" ->
          Said.of(
              details.getOrDefault("heldBy", "").isEmpty()
                  ? "audit.kind.ended"
                  : details.containsKey("unsaid")
                      ? "audit.kind.ended.unsaid"
                      : "audit.kind.ended.held");
      case "RUN_STARTED" -> Said.of("audit.kind.run-started");
      case "REVIEW_REMINDED" -> Said.of("audit.kind.review-reminded");
      case "REVIEW_TOLD" -> Said.of("audit.kind.review-told");
      case "REVIEWED" ->
          switch (details.getOrDefault("verdict", "")) {
            case "JUSTIFIED" -> Said.of("audit.kind.reviewed.justified");
            case "NOT_JUSTIFIED" -> Said.of("audit.kind.reviewed.not-justified");
            default -> Said.of("audit.kind.reviewed");
          };
      default -> Said.of("audit.kind.unknown", kind);
    };
  }
}
