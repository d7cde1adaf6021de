package dev.daypass.runbook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Hours;
import dev.daypass.access.Proof;
import dev.daypass.access.Texts;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of policies: what the files say and what is published. Written with every default
 * filled in and the keys in one order, so that the same policy is always the same text.
 */
public final class PolicyJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private PolicyJson() {}

  /**
   * Reads a published runbook.
   *
   * @throws IllegalArgumentException if the text is not the JSON form of a runbook
   */
  public static Runbook runbook(String json) {
    return runbook(parse(json));
  }

  /**
   * Reads a runbook; what may be left out gets its default.
   *
   * @throws IllegalArgumentException if the tree is not the form of a runbook
   */
  public static Runbook runbook(JsonNode tree) {
    var ticket = tree.get("ticket");
    var reason = tree.path("reason");
    var guidance = tree.path("guidance");
    return new Runbook(
        text(tree, "id"),
        text(tree, "title"),
        text(tree, "system"),
        text(tree, "role"),
        who(tree, "mayAsk"),
        who(tree, "mayAskForOthers"),
        new Runbook.Span(
            duration(tree.path("duration"), "default"), duration(tree.path("duration"), "longest")),
        tree.has("extend") ? new Runbook.Extension(duration(tree.path("extend"), "longest")) : null,
        tree.has("start") ? new Runbook.Start(duration(tree.path("start"), "within")) : null,
        limits(tree.get("limits")),
        new Runbook.ReasonRule(
            reason.path("atLeast").asInt(Runbook.ReasonRule.USUAL), reason.path("hint").asText("")),
        ticket == null
            ? null
            : Runbook.TicketRule.of(
                text(ticket, "pattern"), text(ticket, "example"), text(ticket, "hint")),
        tree.has("calendar") ? calendar(tree.path("calendar")) : null,
        each(tree.path("approval")).map(PolicyJson::stage).toList(),
        each(tree.path("autoApproval")).map(PolicyJson::autoRule).toList(),
        breakGlass(tree.get("breakGlass")),
        tree.path("sameApprover").asText("refused").equals("allowed"),
        Proof.valueOf(tree.path("proof").asText("session").toUpperCase(Locale.ROOT)),
        new Runbook.Guidance(
            guidance.path("requester").asText(""), guidance.path("approver").asText("")));
  }

  /**
   * Reads a published system.
   *
   * @throws IllegalArgumentException if the text is not the JSON form of a system
   */
  public static TargetSystem system(String json) {
    return system(parse(json));
  }

  /**
   * Reads a system.
   *
   * @throws IllegalArgumentException if the tree is not the form of a system
   */
  public static TargetSystem system(JsonNode tree) {
    var connector = tree.path("connector");
    return new TargetSystem(
        text(tree, "id"),
        text(tree, "title"),
        each(tree.path("owners")).map(JsonNode::asText).toList(),
        new TargetSystem.Connection(
            text(connector, "kind"), connector.path("connection").asText("")),
        each(tree.path("roles"))
            .map(
                role ->
                    new TargetSystem.Role(
                        text(role, "id"),
                        text(role, "title"),
                        text(role, "allows"),
                        text(role, "group"),
                        each(role.path("apart"))
                            .map(
                                other -> TargetSystem.RoleName.of(other.asText(), text(tree, "id")))
                            .toList()))
            .toList(),
        hands(tree.get("byHand")),
        chat(tree.get("chat")));
  }

  /** The JSON form of a runbook: the same text for the same runbook. */
  public static String json(Runbook runbook) {
    var tree = NODES.objectNode();
    tree.put("id", runbook.id());
    tree.put("title", runbook.title());
    tree.put("system", runbook.system());
    tree.put("role", runbook.role());
    tree.set("mayAsk", words(runbook.mayAsk()));
    // Left out where there is none, for the same reason as sameApprover.
    if (!runbook.mayAskForOthers().isEmpty()) {
      tree.set("mayAskForOthers", words(runbook.mayAskForOthers()));
    }
    tree.putObject("duration")
        .put("default", runbook.duration().usual().toString())
        .put("longest", runbook.duration().longest().toString());
    var extend = runbook.extend();
    if (extend != null) {
      tree.putObject("extend").put("longest", extend.longest().toString());
    }
    // Left out where there is none, for the same reason as sameApprover.
    var start = runbook.start();
    if (start != null) {
      tree.putObject("start").put("within", start.within().toString());
    }
    var limits = runbook.limits();
    if (limits != null) {
      var written = tree.putObject("limits");
      if (limits.open() != null) {
        written.put("open", limits.open());
      }
      if (limits.perDay() != null) {
        written.put("perDay", limits.perDay());
      }
    }
    tree.putObject("reason")
        .put("atLeast", runbook.reason().atLeast())
        .put("hint", runbook.reason().hint());
    var ticket = runbook.ticket();
    if (ticket != null) {
      tree.putObject("ticket")
          .put("pattern", ticket.pattern().pattern())
          .put("example", ticket.example())
          .put("hint", ticket.hint());
    }
    // Left out where there is none, for the same reason as sameApprover.
    if (runbook.calendar() != null) {
      tree.set("calendar", tree(runbook.calendar()));
    }
    var approval = tree.putArray("approval");
    runbook.approval().forEach(stage -> approval.add(tree(stage)));
    // Left out where there is none, for the same reason as sameApprover.
    if (!runbook.autoApproval().isEmpty()) {
      var rules = tree.putArray("autoApproval");
      runbook.autoApproval().forEach(rule -> rules.add(tree(rule)));
    }
    // Left out where there is none, for the same reason as sameApprover.
    var breakGlass = runbook.breakGlass();
    if (breakGlass != null) {
      var written = tree.putObject("breakGlass");
      written.set("who", words(breakGlass.who()));
      written.put("longest", breakGlass.longest().toString());
      written.set("review", words(breakGlass.review()));
    }
    // Left out where it is not allowed: what was published before there was such a rule stays the
    // same text, and no new version.
    if (runbook.sameApprover()) {
      tree.put("sameApprover", "allowed");
    }
    tree.put("proof", runbook.proof().name().toLowerCase(Locale.ROOT));
    tree.putObject("guidance")
        .put("requester", runbook.guidance().requester())
        .put("approver", runbook.guidance().approver());
    return tree.toString();
  }

  /** The JSON form of a system: the same text for the same system. */
  public static String json(TargetSystem system) {
    var tree = NODES.objectNode();
    tree.put("id", system.id());
    tree.put("title", system.title());
    var owners = tree.putArray("owners");
    system.owners().forEach(owners::add);
    var connector = tree.putObject("connector").put("kind", system.connector().kind());
    if (!system.connector().isByHand()) {
      connector.put("connection", system.connector().connection());
    }
    var roles = tree.putArray("roles");
    for (var role : system.roles()) {
      var written =
          roles
              .addObject()
              .put("id", role.id())
              .put("title", role.title())
              .put("allows", role.allows())
              .put("group", role.group());
      // Left out where there is none, for the same reason as sameApprover.
      if (!role.apart().isEmpty()) {
        var apart = written.putArray("apart");
        role.apart().forEach(other -> apart.add(other.text()));
      }
    }
    var hands = system.hands();
    if (hands != null) {
      var written = tree.putObject("byHand");
      hands.setUp().forEach(written.putArray("setUp")::add);
      hands.takeAway().forEach(written.putArray("takeAway")::add);
    }
    var chat = system.chat();
    if (chat != null) {
      tree.putObject("chat")
          .put("kind", chat.kind().name().toLowerCase(Locale.ROOT))
          .put("webhook", chat.webhook())
          .put("language", chat.language().toLanguageTag());
    }
    return tree.toString();
  }

  /**
   * Reads a calendar whose holidays are there, each date with its name.
   *
   * @throws IllegalArgumentException if the tree is not the form of a calendar
   */
  public static Calendar calendar(JsonNode tree) {
    try {
      var week = new EnumMap<DayOfWeek, List<Hours.Opening>>(DayOfWeek.class);
      for (var day : tree.path("hours").properties()) {
        week.put(
            DayOfWeek.valueOf(day.getKey().toUpperCase(Locale.ROOT)), openings(day.getValue()));
      }
      var holidays = new TreeMap<LocalDate, String>();
      for (var holiday : tree.path("holidays").properties()) {
        holidays.put(LocalDate.parse(holiday.getKey()), holiday.getValue().asText());
      }
      return new Calendar(
          text(tree, "id"), text(tree, "title"), ZoneId.of(text(tree, "zone")), week, holidays);
    } catch (DateTimeException garbled) {
      throw new IllegalArgumentException("no calendar: " + garbled.getMessage(), garbled);
    }
  }

  private static List<Hours.Opening> openings(JsonNode tree) {
    return (tree.isTextual() ? Stream.of(tree) : each(tree))
        .map(JsonNode::asText)
        .map(PolicyJson::opening)
        .toList();
  }

  /**
   * A time of day at which it is worked.
   *
   * @param text {@code 09:00-17:00}; {@code 24:00} is midnight
   * @throws IllegalArgumentException if it is none
   */
  public static Hours.Opening opening(String text) {
    var parts = text.split("-", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException("no hours: " + Texts.visibleLine(text));
    }
    return new Hours.Opening(minute(parts[0]), minute(parts[1]));
  }

  private static int minute(String text) {
    return text.equals("24:00") ? Hours.MINUTES_OF_DAY : LocalTime.parse(text).toSecondOfDay() / 60;
  }

  /** How such a time is written. */
  public static String written(Hours.Opening opening) {
    return "%02d:%02d-%02d:%02d"
        .formatted(opening.from() / 60, opening.from() % 60, opening.to() / 60, opening.to() % 60);
  }

  private static ObjectNode tree(Calendar calendar) {
    var tree = NODES.objectNode();
    tree.put("id", calendar.id());
    tree.put("title", calendar.title());
    tree.put("zone", calendar.zone().getId());
    var hours = tree.putObject("hours");
    calendar
        .week()
        .forEach(
            (day, openings) -> {
              var written = hours.putArray(day.name().toLowerCase(Locale.ROOT));
              openings.forEach(opening -> written.add(written(opening)));
            });
    var holidays = tree.putObject("holidays");
    calendar.holidays().forEach((day, name) -> holidays.put(day.toString(), name));
    return tree;
  }

  /** Systems published before anybody wrote this down have none. */
  private static TargetSystem.@Nullable Hands hands(@Nullable JsonNode tree) {
    return tree == null
        ? null
        : new TargetSystem.Hands(
            each(tree.path("setUp")).map(JsonNode::asText).toList(),
            each(tree.path("takeAway")).map(JsonNode::asText).toList());
  }

  /** Systems published before there were chats have none. */
  private static TargetSystem.@Nullable Chat chat(@Nullable JsonNode tree) {
    return tree == null
        ? null
        : new TargetSystem.Chat(
            TargetSystem.Chat.Kind.valueOf(text(tree, "kind").toUpperCase(Locale.ROOT)),
            text(tree, "webhook"),
            Locale.forLanguageTag(tree.path("language").asText("en")));
  }

  /** Policies published before there were limits have none. */
  private static Runbook.@Nullable Limits limits(@Nullable JsonNode tree) {
    return tree == null
        ? null
        : new Runbook.Limits(
            tree.has("open") ? tree.get("open").asInt() : null,
            tree.has("perDay") ? tree.get("perDay").asInt() : null);
  }

  private static Runbook.Stage stage(JsonNode tree) {
    var lapseAfter =
        tree.has("lapseAfter") ? duration(tree, "lapseAfter") : Runbook.Stage.USUAL_LAPSE;
    var escalation =
        tree.has("escalateTo")
            ? new Runbook.Escalation(
                duration(tree, "escalateAfter"),
                who(tree, "escalateTo"),
                tree.path("escalation").asText("adds").equals("replaces"))
            : null;
    return new Runbook.Stage(
        tree.has("title") ? text(tree, "title") : null,
        who(tree, "by"),
        needed(tree.get("needed")),
        tree.has("remindAfter")
            ? duration(tree, "remindAfter")
            : remindHalfWay(escalation == null ? lapseAfter : escalation.after()),
        escalation,
        lapseAfter);
  }

  /** Where a runbook does not say when to remind: half-way to what comes next. */
  private static Duration remindHalfWay(Duration end) {
    return end.dividedBy(2);
  }

  private static Runbook.Needed needed(@Nullable JsonNode needed) {
    if (needed == null || needed.asText().equals("any")) {
      return new Runbook.Needed.AtLeast(1);
    }
    return needed.asText().equals("all")
        ? new Runbook.Needed.All()
        : new Runbook.Needed.AtLeast(needed.asInt());
  }

  private static ObjectNode tree(Runbook.Stage stage) {
    var tree = NODES.objectNode();
    if (stage.title() != null) {
      tree.put("title", stage.title());
    }
    tree.set("by", words(stage.by()));
    switch (stage.needed()) {
      case Runbook.Needed.All _ -> tree.put("needed", "all");
      case Runbook.Needed.AtLeast some -> tree.put("needed", some.people());
    }
    tree.put("remindAfter", stage.remindAfter().toString());
    var escalation = stage.escalation();
    if (escalation != null) {
      tree.put("escalateAfter", escalation.after().toString());
      tree.set("escalateTo", words(escalation.to()));
      // Left out where it adds, for the same reason as sameApprover.
      if (escalation.replaces()) {
        tree.put("escalation", "replaces");
      }
    }
    tree.put("lapseAfter", stage.lapseAfter().toString());
    return tree;
  }

  private static Runbook.AutoRule autoRule(JsonNode tree) {
    return new Runbook.AutoRule(
        text(tree, "name"),
        tree.has("inGroup") ? text(tree, "inGroup") : null,
        tree.has("maxDuration") ? duration(tree, "maxDuration") : null,
        tree.path("withinHours").asBoolean(false),
        tree.path("hasTicket").asBoolean(false),
        tree.has("usedBefore") ? duration(tree, "usedBefore") : null);
  }

  private static ObjectNode tree(Runbook.AutoRule rule) {
    var tree = NODES.objectNode();
    tree.put("name", rule.name());
    if (rule.inGroup() != null) {
      tree.put("inGroup", rule.inGroup());
    }
    if (rule.maxDuration() != null) {
      tree.put("maxDuration", rule.maxDuration().toString());
    }
    if (rule.withinHours()) {
      tree.put("withinHours", true);
    }
    if (rule.hasTicket()) {
      tree.put("hasTicket", true);
    }
    if (rule.usedBefore() != null) {
      tree.put("usedBefore", rule.usedBefore().toString());
    }
    return tree;
  }

  /** Policies published before there were emergencies have none. */
  private static Runbook.@Nullable BreakGlass breakGlass(@Nullable JsonNode tree) {
    return tree == null
        ? null
        : new Runbook.BreakGlass(who(tree, "who"), duration(tree, "longest"), who(tree, "review"));
  }

  private static ArrayNode words(List<Who> people) {
    var words = NODES.arrayNode();
    people.forEach(who -> words.add(who.text()));
    return words;
  }

  /** One word, or a list of them. */
  private static List<Who> who(JsonNode tree, String key) {
    var node = tree.path(key);
    return node.isTextual()
        ? List.of(Who.of(node.asText()))
        : each(node).map(word -> Who.of(word.asText())).toList();
  }

  private static Duration duration(JsonNode tree, String key) {
    var text = text(tree, key);
    try {
      return Duration.parse(text);
    } catch (DateTimeException | ArithmeticException none) {
      throw new IllegalArgumentException(key + " is no duration: " + Texts.visibleLine(text), none);
    }
  }

  private static String text(JsonNode tree, String key) {
    var node = tree.get(key);
    if (node == null || !node.isTextual()) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return node.asText();
  }

  private static Stream<JsonNode> each(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("not JSON", broken);
    }
  }
}
