package dev.daypass.connector.scim;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.daypass.access.Entitlement;
import dev.daypass.access.Target;
import dev.daypass.connector.Connector;
import dev.daypass.connector.Secrets;
import dev.daypass.connector.Sleeper;
import dev.daypass.connector.TargetRefused;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Membership in a group of a SCIM 2.0 target. The role's setting {@code group} is the group's
 * {@code displayName}; the person is the user whose {@code userName} is their email address.
 *
 * <p>Targets implement parts of RFC 7644. So every request has the shape in which the large
 * identity providers send it, since that is what targets are tested with, and every answer is
 * checked: a user or group counts only if it is the one that was asked for, and a target that
 * ignores filters is refused.
 *
 * <ul>
 *   <li><b>Adding</b> is a {@code PATCH} with {@code add} to {@code members}; <b>removing</b> one
 *       with {@code remove} of {@code members[value eq "id"]} (RFC 7644 section 3.5.2). The older
 *       form of removal, {@code members} with a value beside it, is never sent: a target that goes
 *       by the RFC empties the group on it.
 *   <li>If the target turns a change down, the group is read: if it is as wanted, all is well.
 *   <li><b>Reading back</b> takes the group's own list of members, which is strongly consistent
 *       where a search index is not. A list that is empty may be one that the target never shows
 *       (AWS IAM Identity Center), and one longer than {@value Conversation#LIMIT} bytes is not
 *       read to its end; then the target is asked for the group by a filter on its id and the
 *       member. Such an answer is believed only after a counter-question, since some targets ignore
 *       what they do not understand in a filter. A target that cuts long lists short is found out
 *       by the read-back of the first grant, which fails.
 *   <li>Membership through a group inside the group does not count: it is not ours to take away.
 *   <li>An unknown group is refused in all three calls, as it may have been renamed and still have
 *       its members.
 * </ul>
 *
 * <p>429 and 503 are waited for as {@code Retry-After} says, other failures of the target and of
 * the connection are tried three times, all within one budget for the whole call.
 */
public final class ScimConnector implements Connector {
  /** How long one call waits in all for a target that asks for patience. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  /** How long the target has for one answer. */
  public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** Id of a member that no target has, to see whether it looks at the member at all. */
  private static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  private final ObjectMapper json = new ObjectMapper();
  private final Secrets secrets;
  private final HttpClient http;
  private final Sleeper sleeper;
  private final InstantSource clock;
  private final Duration patience;
  private final Duration requestTimeout;

  private record Group(String id, String name) {}

  private enum Seen {
    HELD,
    NOT_SEEN,
    UNANSWERED
  }

  /** A connector that waits {@link #PATIENCE} in all and {@link #REQUEST_TIMEOUT} for an answer. */
  public ScimConnector(Secrets secrets, HttpClient http, Sleeper sleeper, InstantSource clock) {
    this(secrets, http, sleeper, clock, PATIENCE, REQUEST_TIMEOUT);
  }

  /**
   * @param http a client that follows no redirects, see {@link #httpClient()}
   * @param clock what a {@code Retry-After} date is compared with and the budget is measured by
   * @param patience how long one call waits in all; no request starts later than that
   * @param requestTimeout how long the target has for one answer
   */
  public ScimConnector(
      Secrets secrets,
      HttpClient http,
      Sleeper sleeper,
      InstantSource clock,
      Duration patience,
      Duration requestTimeout) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("a redirect would carry the token to another host");
    }
    this.secrets = secrets;
    this.http = http;
    this.sleeper = sleeper;
    this.clock = clock;
    this.patience = patience;
    this.requestTimeout = requestTimeout;
  }

  /** The client this connector wants: three seconds to connect, no redirects. */
  public static HttpClient httpClient() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(3))
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  @Override
  public boolean holds(Entitlement entitlement, Target target) {
    var name = groupName(entitlement, target);
    var conversation = conversation(entitlement, target);
    var user = user(conversation, entitlement.person());
    if (user.isEmpty()) {
      return false;
    }
    return isMember(conversation, group(conversation, name), user.get(), entitlement.person());
  }

  @Override
  public void add(Entitlement entitlement, Target target) {
    var name = groupName(entitlement, target);
    var conversation = conversation(entitlement, target);
    var person = entitlement.person();
    var user =
        user(conversation, person)
            .orElseThrow(
                () ->
                    conversation.refused(
                        "add %s".formatted(person),
                        "it has no user with that userName; create the user there first, or"
                            + " correct its userName to the person's email address"));
    var group = group(conversation, name);
    var what = "add %s to the group \"%s\"".formatted(person, name);
    var operation = json.createObjectNode().put("op", "add").put("path", "members");
    operation.putArray("value").addObject().put("value", user);
    var answer = conversation.patch(what, "/Groups/" + encoded(group.id()), patchOf(operation));
    if (!answer.succeeded() && !isMember(conversation, group, user, person)) {
      throw conversation.refused(what, answer.said());
    }
  }

  @Override
  public void remove(Entitlement entitlement, Target target) {
    var name = groupName(entitlement, target);
    var conversation = conversation(entitlement, target);
    var person = entitlement.person();
    var user = user(conversation, person);
    if (user.isEmpty()) {
      return;
    }
    var group = group(conversation, name);
    var what = "remove %s from the group \"%s\"".formatted(person, name);
    var operation =
        json.createObjectNode()
            .put("op", "remove")
            .put("path", "members[value eq %s]".formatted(quoted(user.get())));
    var answer = conversation.patch(what, "/Groups/" + encoded(group.id()), patchOf(operation));
    if (!answer.succeeded() && isMember(conversation, group, user.get(), person)) {
      throw conversation.refused(what, answer.said());
    }
  }

  private Conversation conversation(Entitlement entitlement, Target target) {
    return new Conversation(
        entitlement.system(),
        target.connection(),
        secrets,
        http,
        sleeper,
        clock,
        patience,
        requestTimeout,
        json);
  }

  private static String groupName(Entitlement entitlement, Target target) {
    var name = target.settings().get("group");
    if (name == null || name.isBlank()) {
      throw new TargetRefused(
          "%s: the role \"%s\" names no group; give it the setting \"group\""
              .formatted(entitlement.system(), entitlement.role()));
    }
    return name;
  }

  /** The id of the one user with that userName, which RFC 7643 section 4.1.1 compares caseless. */
  private static Optional<String> user(Conversation conversation, String person) {
    var what = "look up the user \"%s\"".formatted(person);
    var found =
        resources(
            conversation,
            what,
            conversation.get(what, "/Users?filter=" + encoded("userName eq " + quoted(person))));
    var ids = new ArrayList<String>();
    for (var resource : found) {
      if (!resource.path("userName").asText().equalsIgnoreCase(person)) {
        throw conversation.refused(
            what,
            "it answered with other users, so it does not filter by userName; such a target"
                + " cannot be used");
      }
      ids.add(id(conversation, what, resource));
    }
    if (ids.size() > 1) {
      throw conversation.refused(
          what,
          "it has %d users with that userName (ids %s); leave one"
              .formatted(ids.size(), String.join(", ", ids)));
    }
    return ids.stream().findFirst();
  }

  private static Group group(Conversation conversation, String name) {
    var what = "look up the group \"%s\"".formatted(name);
    var found =
        resources(
            conversation,
            what,
            conversation.get(
                what,
                "/Groups?excludedAttributes=members&filter="
                    + encoded("displayName eq " + quoted(name))));
    var groups = new ArrayList<Group>();
    for (var resource : found) {
      if (!resource.path("displayName").asText().equalsIgnoreCase(name)) {
        throw conversation.refused(
            what,
            "it answered with other groups, so it does not filter by displayName; such a target"
                + " cannot be used");
      }
      groups.add(
          new Group(id(conversation, what, resource), resource.path("displayName").asText()));
    }
    // Names of groups are compared caseless by the RFC and exactly by some targets.
    var exact = groups.stream().filter(group -> group.name().equals(name)).toList();
    var candidates = exact.isEmpty() ? groups : exact;
    if (candidates.isEmpty()) {
      throw conversation.refused(
          what, "it has no such group; create it there, or correct the role's group");
    }
    if (candidates.size() > 1) {
      throw conversation.refused(
          what,
          "it has %d groups of that name (ids %s); rename all but one"
              .formatted(
                  candidates.size(),
                  String.join(", ", candidates.stream().map(Group::id).toList())));
    }
    return candidates.getFirst();
  }

  private static boolean isMember(
      Conversation conversation, Group group, String user, String person) {
    var what = "read whether %s is in the group \"%s\"".formatted(person, group.name());
    var answer = conversation.get(what, "/Groups/" + encoded(group.id()));
    if (!answer.succeeded()) {
      throw conversation.refused(what, answer.said());
    }
    if (answer.tooLarge()) {
      return switch (seenByFilter(conversation, what, group, user)) {
        case HELD -> true;
        case NOT_SEEN -> {
          var others =
              "id eq %s and not (members.value eq %s)".formatted(quoted(group.id()), quoted(user));
          if (!answersWith(conversation, what, others, group)) {
            throw tooManyMembers(conversation, what);
          }
          yield false;
        }
        case UNANSWERED -> throw tooManyMembers(conversation, what);
      };
    }
    if (!group.id().equals(answer.body().path("id").asText())) {
      throw conversation.refused(
          what, "answered %d, but not with that group".formatted(answer.status()));
    }
    var members = answer.body().path("members");
    for (var member : members) {
      if (user.equals(member.path("value").asText())) {
        return true;
      }
    }
    return members.isEmpty() && seenByFilter(conversation, what, group, user) == Seen.HELD;
  }

  private static TargetRefused tooManyMembers(Conversation conversation, String what) {
    return conversation.refused(
        what,
        "the group's list of members is longer than %d bytes, and the target does not filter by"
                .formatted(Conversation.LIMIT)
            + " member; use a smaller group for the role");
  }

  private static Seen seenByFilter(
      Conversation conversation, String what, Group group, String user) {
    var seen = Seen.UNANSWERED;
    // "members" is what Entra ID sends and IAM Identity Center documents, "members.value" what the
    // RFC's grammar has.
    for (var attribute : List.of("members", "members.value")) {
      var question = "id eq " + quoted(group.id()) + " and " + attribute + " eq ";
      var answer = conversation.get(what, byFilter(question + quoted(user)));
      if (!answer.succeeded()) {
        continue;
      }
      if (!isOnly(group, resources(conversation, what, answer))) {
        seen = Seen.NOT_SEEN;
      } else if (!answersWith(conversation, what, question + quoted(NOBODY), group)) {
        return Seen.HELD;
      }
    }
    return seen;
  }

  private static boolean answersWith(
      Conversation conversation, String what, String filter, Group group) {
    var answer = conversation.get(what, byFilter(filter));
    return answer.succeeded() && isOnly(group, resources(conversation, what, answer));
  }

  private static String byFilter(String filter) {
    return "/Groups?excludedAttributes=members&filter=" + encoded(filter);
  }

  private static boolean isOnly(Group group, List<JsonNode> found) {
    return found.size() == 1 && group.id().equals(found.getFirst().path("id").asText());
  }

  /** The resources of a list answer (RFC 7644 section 3.4.2); an empty one may leave them out. */
  private static List<JsonNode> resources(Conversation conversation, String what, Answer answer) {
    if (!answer.succeeded()) {
      throw conversation.refused(what, answer.said());
    }
    var body = answer.body();
    if (answer.tooLarge()) {
      throw conversation.refused(what, answer.said() + "; does it filter at all?");
    }
    var resources = body.path("Resources");
    boolean empty = resources.isMissingNode() || resources.isNull();
    boolean list = empty ? body.has("totalResults") : resources.isArray();
    if (!list) {
      throw conversation.refused(
          what,
          "answered %d, but not with a SCIM list; is the url in the secret right?"
              .formatted(answer.status()));
    }
    var found = new ArrayList<JsonNode>();
    resources.forEach(found::add);
    return found;
  }

  private static String id(Conversation conversation, String what, JsonNode resource) {
    var id = resource.path("id");
    if (!id.isTextual() || id.asText().isEmpty()) {
      throw conversation.refused(what, "it answered with a resource that has no id");
    }
    return id.asText();
  }

  private JsonNode patchOf(JsonNode operation) {
    var document = json.createObjectNode();
    document.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
    document.putArray("Operations").add(operation);
    return document;
  }

  /**
   * A filter's text value is a JSON string (RFC 7644 section 3.4.2.2). Quotes and backslashes are
   * escaped by their number: a target whose parser knows no escapes then finds nobody, instead of
   * the end of the text and the beginning of another question.
   */
  private static String quoted(String value) {
    var text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\' || Character.isISOControl(c)) {
        text.append("\\u%04x".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('"').toString();
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
