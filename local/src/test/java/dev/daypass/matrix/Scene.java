package dev.daypass.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.flow.Company;
import dev.daypass.flow.Desk;
import dev.daypass.flow.Page;
import dev.daypass.hostile.Project;
import dev.daypass.runbook.Person;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.State;
import dev.daypass.store.Imports.Written;
import dev.daypass.store.People;
import dev.daypass.store.Sessions;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The company with requests in it that Sofia made for Amara: one that waits, one that runs, one
 * that is over. Time stands still but for {@link #forgetUnknownLinks}.
 */
final class Scene implements AutoCloseable {
  static final String RUNBOOK = "crm-in-two-steps";
  static final String MISSING = "0".repeat(25);
  static final String MALFORMED = "..%2FNOT-AN-ID%00";
  private static final Duration HOURS = Duration.ofHours(8);
  private static final JsonMapper JSON = new JsonMapper();

  private final Company company;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<Who, Desk> desks = new EnumMap<>(Who.class);
  private final Map<Who, String> formTokens = new EnumMap<>(Who.class);
  private int newcomers;

  Scene(Path folder) {
    var project =
        Project.in(folder)
            .with(
                "runbooks/crm-customer-record.yaml",
                "runbooks/" + RUNBOOK + ".yaml",
                text ->
                    text.replace("id: crm-customer-record", "id: " + RUNBOOK)
                        .replace("duration:", "mayAskForOthers: " + Company.SOFIA + "\nduration:")
                        .replaceFirst(
                            "(?s)approval:.*?proof:",
                            """
                            approval:
                              - by: manager
                                remindAfter: PT12H
                                lapseAfter: P1D
                              - by: [group:finance-leads, group:hr-leads]
                                remindAfter: PT12H
                                lapseAfter: P1D
                            proof:"""));
    company =
        Company.open(
            project.folder(),
            cloud ->
                cloud
                    .withoutThrottling()
                    .clock(InstantSource.fixed(Instant.parse("2026-11-23T09:00:00Z"))));
    for (var who : Who.values()) {
      desks.put(who, company.desk(who.email()));
      if (who != Who.NOBODY) {
        signIn(who);
      }
    }
    desks.forEach((who, desk) -> formTokens.put(who, formToken(desk)));
  }

  /**
   * Any page gives a browser the secret of its forms, signed in or not: here, a link that is over.
   */
  private String formToken(Desk desk) {
    var answer = desk.call("GET", "/decide/" + link("over"), "", "", Map.of());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Page(200, "", answer.body()).form("/language").hidden().getOrDefault("form", "");
  }

  /** Signs in on the pages; whoever has left did so before. */
  void signIn(Who who) {
    signIn(who, desk(who));
  }

  private void signIn(Who who, Desk desk) {
    boolean left = who == Who.LEFT;
    if (left) {
      company.comesBack(who.email());
    }
    var page = desk.signIn("");
    assertThat(page.path()).as("%s: %s", who.title(), page.text()).isEqualTo("/");
    if (left) {
      company.leaves(who.email());
    }
  }

  /** The session that is used, as the page of sessions names it. */
  String session(Who who) {
    return session(desk(who));
  }

  private static String session(Desk desk) {
    return Sessions.hashOfId(desk.cookie("daypass-session"));
  }

  /** Another session of the same person, begun now in another browser. */
  String otherSession(Who who) {
    var desk = company.desk(who.email());
    signIn(who, desk);
    return session(desk);
  }

  Company company() {
    return company;
  }

  Desk desk(Who who) {
    return Objects.requireNonNull(desks.get(who));
  }

  /** The secret as it stands on the pages of this browser for whoever is signed in there. */
  String formToken(Who who) {
    return formTokenFor(who, who);
  }

  /** The secret of this browser on a page that was opened there as somebody else. */
  String formTokenFor(Who who, Who openedAs) {
    var secret = Objects.requireNonNull(formTokens.get(who));
    return openedAs == Who.NOBODY ? secret : secret + "." + openedAs.email();
  }

  /** The id of the request of this kind; the same one as long as nothing has changed it. */
  String request(String kind) {
    return switch (kind) {
      case "missing" -> MISSING;
      case "malformed" -> MALFORMED;
      default -> ids.computeIfAbsent(kind, this::made);
    };
  }

  /** The next one who asks for a request of this kind gets another one. */
  void used(String kind) {
    ids.remove(kind);
    company.settle();
  }

  /**
   * A list of people as they are, and of somebody more each time: so that an import of it has
   * something to do, and nobody of the scene is changed.
   */
  String list() {
    var active =
        new People(company.dynamo(), company.table("PeopleTable"))
            .everybody().stream().filter(Person::active).toList();
    var addresses = active.stream().map(Person::email).toList();
    var everybody =
        active.stream()
            .map(
                person ->
                    String.join(
                        ",",
                        person.name(),
                        person.email(),
                        // Whose manager has left has none in the list.
                        addresses.contains(person.manager())
                            ? Objects.requireNonNull(person.manager())
                            : "",
                        String.join(";", person.groups()),
                        person.zone().getId(),
                        person.language().toLanguageTag()))
            .collect(Collectors.joining("\n"));
    return "name,email,manager,groups,zone,language\n%s\nNewcomer,newcomer%d@example.com,,,,\n"
        .formatted(everybody, newcomers++);
  }

  /** The address of a person of this kind, as it stands in a path. */
  String person(String kind) {
    return switch (kind) {
      case "missing" -> "nobody.at-all@example.com";
      case "malformed" -> MALFORMED;
      case "left" -> Who.LEFT.email();
      default -> Who.REQUESTER.email();
    };
  }

  /** The id of an import of this kind; the same one as long as nothing has changed it. */
  String importOf(String kind) {
    return switch (kind) {
      case "missing" -> "0".repeat(32);
      case "malformed" -> MALFORMED;
      default -> ids.computeIfAbsent(kind, this::imported);
    };
  }

  private String imported(String kind) {
    var file = list().getBytes(StandardCharsets.UTF_8);
    var id = Imports.id(Who.ADMIN.email(), kind + newcomers, file);
    var now = Instant.parse("2026-11-23T09:00:00Z");
    imports().begin(Import.of(id, Who.ADMIN.email(), now, "people.csv", file), file);
    company.settle();
    if (kind.equals("done")) {
      var ready = imports().find(id).orElseThrow();
      assertThat(imports().replace(ready, ready.applying(Who.ADMIN.email(), now)))
          .isEqualTo(Written.DONE);
      company.settle();
    }
    assertThat(imports().find(id).orElseThrow().state())
        .isEqualTo(kind.equals("done") ? State.DONE : State.READY);
    return id;
  }

  /** What a page with this import on it would say is to be done. */
  String planOf(String kind) {
    var id = importOf(kind);
    return Imports.isId(id)
        ? imports().find(id).map(found -> found.planned().hash()).orElse("")
        : "";
  }

  private Imports imports() {
    return new Imports(company.dynamo(), company.table("ImportsTable"));
  }

  private String made(String kind) {
    // Whoever has left is not asked; she leaves when she has been.
    company.comesBack(Who.LEFT.email());
    var id =
        company.askFor(Who.REQUESTER.email(), Who.ASKER.email(), RUNBOOK, HOURS, "Ticket 4711");
    approve(Who.ASKED_BEFORE, id);
    var stages = company.json(id).path("stages");
    assertThat(stages.at("/1/asks"))
        .map(each -> each.asText())
        .containsExactlyInAnyOrder(Who.ASKED.email(), Who.LEFT.email());
    company.leaves(Who.LEFT.email());
    if (!kind.equals("waiting")) {
      approve(Who.ASKED, id);
      assertThat(company.status(id)).isEqualTo("ACTIVE");
    }
    if (kind.equals("over")) {
      assertThat(
              company.desk(Who.REQUESTER.email()).post("/api/requests/" + id + "/return").status())
          .isEqualTo(200);
      company.settle();
      assertThat(company.status(id)).isEqualTo("ENDED");
    }
    return id;
  }

  private void approve(Who who, String id) {
    var answer =
        company
            .desk(who.email())
            .post(
                "/api/requests/" + id + "/decisions",
                JSON.createObjectNode().put("decision", "approve"));
    assertThat(answer.status()).as(answer.body().toPrettyString()).isEqualTo(200);
    company.settle();
  }

  /** A day so far ahead that nothing follows from it here. */
  String farDay() {
    return LocalDate.ofInstant(later(), ZoneOffset.UTC).plusDays(300).toString();
  }

  /** An hour after the end of what runs; later than now in any case. */
  Instant later() {
    return Instant.parse(company.json(request("running")).at("/grant/expiresAt").asText())
        .plus(Duration.ofHours(1));
  }

  /** The secret of the link that was sent to the one who is asked now. */
  String link() {
    return link("waiting");
  }

  String link(String kind) {
    var mail = company.invitation(request(kind), Who.ASKED.email());
    return URI.create(Company.link(mail)).getPath().replaceFirst("^/decide/", "");
  }

  String code() {
    return Company.code(company.invitation(request("waiting"), Who.ASKED.email()));
  }

  /** So many unknown links were opened from here that none would be looked up any more. */
  void forgetUnknownLinks() {
    company.passMinutes(11);
  }

  /** Everything in these tables. */
  Map<String, Set<Map<String, AttributeValue>>> stored(List<String> tables) {
    var all = new TreeMap<String, Set<Map<String, AttributeValue>>>();
    for (var table : tables) {
      all.put(
          table,
          company
              .dynamo()
              .scanPaginator(scan -> scan.tableName(company.table(table)).consistentRead(true))
              .items()
              .stream()
              .map(item -> table.equals("SessionsTable") ? withoutUse(item) : item)
              .collect(Collectors.toSet()));
    }
    return all;
  }

  /** That a session is used, is noted in it; that is no change that anybody asked for. */
  private static Map<String, AttributeValue> withoutUse(Map<String, AttributeValue> session) {
    var rest = new TreeMap<>(session);
    rest.keySet().removeAll(Set.of("usedAt", "ttl"));
    return rest;
  }

  @Override
  public void close() {
    company.close();
  }
}
