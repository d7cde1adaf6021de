package dev.daypass.local.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.InEnglish;
import dev.daypass.access.Texts;
import dev.daypass.runbook.Calendar;
import dev.daypass.runbook.Nearest;
import dev.daypass.runbook.Runbook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What a schema cannot say about one runbook's file. After it, the file makes a Runbook. */
final class RunbookSense {
  private final YamlFile file;
  private final List<Finding> findings = new ArrayList<>();

  private RunbookSense(YamlFile file) {
    this.file = file;
  }

  /**
   * @param file passes the schema
   * @param fileId the file's name without its ending
   */
  static List<Finding> check(YamlFile file, String fileId, CalendarFiles calendars) {
    var sense = new RunbookSense(file);
    idIsFileName(file, fileId).ifPresent(sense.findings::add);
    for (var place : List.of("/title", "/ticket/example", "/ticket/hint")) {
      isLine(file, place).ifPresent(sense.findings::add);
    }
    sense.durations();
    sense.ticket();
    sense.calendar(calendars);
    for (int i = 0; i < file.tree().path("approval").size(); i++) {
      sense.stage("/approval/" + i);
    }
    for (int i = 0; i < file.tree().path("autoApproval").size(); i++) {
      sense.autoRule(i);
    }
    sense.rulesBesideFreshProof();
    sense.breakGlass();
    return sense.findings;
  }

  static Optional<Finding> idIsFileName(YamlFile file, String fileId) {
    var id = file.tree().path("id").asText();
    return id.equals(fileId)
        ? Optional.empty()
        : Optional.of(
            Finding.error(
                file.name(),
                file.line("/id"),
                "the id “" + id + "” is not the file's name",
                "call the file " + id + ".yaml, or the id “" + fileId + "”"));
  }

  /** Whether a text that people see as one line can be seen, where there is one. */
  static Optional<Finding> isLine(YamlFile file, String pointer) {
    var text = file.tree().at(pointer).asText();
    if (file.tree().at(pointer).isMissingNode()) {
      return Optional.empty();
    }
    var name = "“" + pointer.substring(pointer.lastIndexOf('/') + 1) + "”";
    if (Texts.saysNothing(text)) {
      return Optional.of(
          Finding.error(
              file.name(), file.line(pointer), name + " shows nothing", "write it in words"));
    }
    return Texts.flawOfLine(text.strip())
        .map(
            flaw ->
                Finding.error(
                    file.name(),
                    file.line(pointer),
                    name + " cannot be shown",
                    flaw.replaceFirst("^Please ", "").replaceFirst("\\.$", "")));
  }

  private void durations() {
    var usual = duration("/duration/default");
    var longest = duration("/duration/longest");
    if (usual.compareTo(Runbook.SHORTEST) < 0) {
      error(
          "/duration/default",
          "the default of " + said(usual) + " is too short",
          "the shortest access is " + InEnglish.duration(Runbook.SHORTEST));
    }
    if (longest.compareTo(usual) < 0) {
      error(
          "/duration/longest",
          "the longest, " + said(longest) + ", is below the default, " + said(usual),
          "let longest be " + at("/duration/default").asText() + " or more");
    }
    if (longest.compareTo(Runbook.LONGEST) > 0) {
      error(
          "/duration/longest",
          "the longest of " + said(longest) + " is too long",
          "at most " + InEnglish.duration(Runbook.LONGEST) + "; for more, people ask again");
    }
    if (!at("/extend/longest").isMissingNode()) {
      extension(longest);
    }
    if (!at("/start/within").isMissingNode()) {
      start();
    }
  }

  private void start() {
    var within = duration("/start/within");
    if (within.compareTo(Runbook.Start.LEAST) < 0 || within.compareTo(Runbook.Start.MOST) > 0) {
      error(
          "/start/within",
          "to begin within "
              + said(within)
              + " is too "
              + (within.compareTo(Runbook.Start.LEAST) < 0 ? "soon" : "late"),
          "let it be "
              + InEnglish.duration(Runbook.Start.LEAST)
              + " to "
              + InEnglish.duration(Runbook.Start.MOST));
    }
  }

  private void extension(Duration longest) {
    var extended = duration("/extend/longest");
    if (extended.compareTo(longest) < 0) {
      error(
          "/extend/longest",
          "extended to " + said(extended) + ", less than the longest of " + said(longest),
          "let it be " + at("/duration/longest").asText() + " or more");
    }
    if (extended.compareTo(Runbook.LONGEST) > 0) {
      error(
          "/extend/longest",
          "extended to " + said(extended) + " is too long",
          "at most " + InEnglish.duration(Runbook.LONGEST) + "; for more, people ask again");
    }
  }

  private void ticket() {
    if (at("/ticket").isMissingNode()) {
      return;
    }
    var written = at("/ticket/pattern").asText();
    var example = at("/ticket/example").asText();
    try {
      if (!Pattern.compile(written).matcher(example).matches()) {
        error(
            "/ticket/example",
            "the example “" + example + "” does not match the pattern " + written,
            "correct one of them");
      }
    } catch (PatternSyntaxException broken) {
      error(
          "/ticket/pattern",
          "the pattern " + written + " is no regular expression (" + broken.getDescription() + ")",
          "write it like SUP-[0-9]{3,7}");
    }
  }

  /** A calendar that is broken is not the runbook's fault, but without it the times say nothing. */
  private void calendar(CalendarFiles calendars) {
    var id = at("/calendar").asText();
    if (at("/calendar").isMissingNode()) {
      return;
    }
    if (!calendars.has(id)) {
      error(
          "/calendar",
          "there is no calendar “" + id + "”",
          Nearest.to(id, calendars.ids())
              .map(near -> "did you mean “" + near + "”?")
              .orElse("add calendars/" + id + ".yaml, or leave it out for plain time"));
      return;
    }
    var calendar = calendars.used(id);
    if (calendar.isEmpty()) {
      error("/calendar", "the calendar “" + id + "” has errors", "correct them first");
      return;
    }
    for (int i = 0; i < file.tree().path("approval").size(); i++) {
      inWorkingTime("/approval/" + i, calendar.get());
    }
  }

  private void inWorkingTime(String stage, Calendar calendar) {
    for (var key : List.of("remindAfter", "escalateAfter", "lapseAfter")) {
      if (at(stage + "/" + key).asText().contains("D")) {
        error(
            stage + "/" + key,
            "“" + key + "” counts working time, and a day of it would be 24 hours",
            "write hours: PT8H may be a working day");
        return;
      }
    }
    var lapse =
        at(stage + "/lapseAfter").isMissingNode()
            ? Runbook.Stage.USUAL_LAPSE
            : duration(stage + "/lapseAfter");
    var longest = Runbook.longestLapse(calendar);
    if (lapse.compareTo(longest) > 0) {
      error(
          stage + "/lapseAfter",
          "waiting for " + lapse.toHours() + " working hours for an answer is too long",
          "at most as many as four weeks have by this calendar: " + longest.toHours());
    }
  }

  private void stage(String place) {
    isLine(file, place + "/title").ifPresent(findings::add);
    var lapse =
        at(place + "/lapseAfter").isMissingNode()
            ? Runbook.Stage.USUAL_LAPSE
            : duration(place + "/lapseAfter");
    var lapseSaid =
        "the lapse after "
            + said(lapse)
            + (at(place + "/lapseAfter").isMissingNode() ? " (the default)" : "");
    var escalates = !at(place + "/escalateAfter").isMissingNode();
    var end = escalates ? duration(place + "/escalateAfter") : lapse;
    var endSaid = escalates ? "the escalation after " + said(end) : lapseSaid;
    for (var key : List.of("remindAfter", "escalateAfter", "lapseAfter")) {
      if (!at(place + "/" + key).isMissingNode() && !duration(place + "/" + key).isPositive()) {
        error(place + "/" + key, "“" + key + "” is no time at all", "write PT30M, PT4H or P1D");
        return;
      }
    }
    if (escalates && end.compareTo(lapse) >= 0) {
      error(
          place + "/escalateAfter",
          endSaid + " does not come before " + lapseSaid,
          "escalate earlier, or let it lapse later");
    }
    if (!at(place + "/remindAfter").isMissingNode()
        && duration(place + "/remindAfter").compareTo(end) >= 0) {
      error(
          place + "/remindAfter",
          "the reminder after "
              + said(duration(place + "/remindAfter"))
              + " does not come before "
              + endSaid,
          "remind earlier, or leave remindAfter out");
    }
    if (lapse.compareTo(Runbook.LATEST_LAPSE) > 0) {
      error(
          place + "/lapseAfter",
          "waiting " + said(lapse) + " for an answer is too long",
          "at most " + InEnglish.duration(Runbook.LATEST_LAPSE));
    }
  }

  private void autoRule(int index) {
    var place = "/autoApproval/" + index;
    var name = at(place + "/name").asText();
    for (int i = 0; i < index; i++) {
      if (at("/autoApproval/" + i + "/name").asText().equals(name)) {
        error(place + "/name", "two rules are called “" + name + "”", "give each its own name");
      }
    }
    if (!at(place + "/withinHours").isMissingNode() && at("/calendar").isMissingNode()) {
      error(
          place + "/withinHours",
          "the rule “" + name + "” counts on working hours, and the runbook names no calendar",
          "add calendar, or leave withinHours out");
    }
    if (!at(place + "/hasTicket").isMissingNode() && at("/ticket").isMissingNode()) {
      error(
          place + "/hasTicket",
          "the rule “" + name + "” demands a ticket, and the runbook asks for none",
          "add ticket, or leave hasTicket out");
    }
    if (!at(place + "/maxDuration").isMissingNode()) {
      longestOfRule(place + "/maxDuration");
    }
    if (!at(place + "/usedBefore").isMissingNode()) {
      memoryOfRule(place + "/usedBefore");
    }
  }

  /** Possible, and seldom meant: people must show anew who they are, and a rule asks nobody. */
  private void rulesBesideFreshProof() {
    if (at("/proof").asText().equals("fresh") && !file.tree().path("autoApproval").isEmpty()) {
      findings.add(
          Finding.warning(
              file.name(),
              file.line("/autoApproval"),
              "people must have signed in anew to decide here (proof: fresh), and a rule approves"
                  + " without anybody",
              "leave autoApproval out, or choose another proof if this is not that grave"));
    }
  }

  private void breakGlass() {
    var place = "/breakGlass/longest";
    if (at(place).isMissingNode()) {
      return;
    }
    var most = duration(place);
    if (most.compareTo(Runbook.SHORTEST) < 0) {
      error(
          place,
          "at most " + said(most) + " is shorter than any access",
          "the shortest access is " + InEnglish.duration(Runbook.SHORTEST));
    } else if (most.compareTo(Runbook.BreakGlass.MOST) > 0) {
      error(
          place,
          "at most " + said(most) + " is long for an emergency",
          "at most "
              + InEnglish.duration(Runbook.BreakGlass.MOST)
              + "; for more, people ask while they have it");
    } else if (most.compareTo(duration("/duration/longest")) > 0) {
      error(
          place,
          "at most " + said(most) + " is more than anybody can ask for",
          "at most " + at("/duration/longest").asText());
    }
  }

  private void longestOfRule(String place) {
    var most = duration(place);
    if (most.compareTo(Runbook.SHORTEST) < 0) {
      error(
          place,
          "at most " + said(most) + " is shorter than any access",
          "the shortest access is " + InEnglish.duration(Runbook.SHORTEST));
    } else if (most.compareTo(duration("/duration/longest")) > 0) {
      error(
          place,
          "at most " + said(most) + " is more than anybody can ask for",
          "at most " + at("/duration/longest").asText() + ", or leave maxDuration out");
    }
  }

  private void memoryOfRule(String place) {
    var within = duration(place);
    if (!within.isPositive()) {
      error(place, "“usedBefore” is no time at all", "write P30D or P90D");
    } else if (within.compareTo(Runbook.AutoRule.LONGEST_MEMORY) > 0) {
      error(
          place,
          "within " + said(within) + " before is too long ago",
          "at most " + InEnglish.duration(Runbook.AutoRule.LONGEST_MEMORY));
    }
  }

  private static String said(Duration duration) {
    return InEnglish.duration(duration);
  }

  private Duration duration(String pointer) {
    return Duration.parse(at(pointer).asText());
  }

  private JsonNode at(String pointer) {
    return file.tree().at(pointer);
  }

  private void error(String pointer, String wrong, String right) {
    findings.add(Finding.error(file.name(), file.line(pointer), wrong, right));
  }
}
