package dev.daypass.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.access.Proof;
import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.store.Grants;
import dev.daypass.store.Imports;
import dev.daypass.store.Inbox;
import dev.daypass.store.People;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.web.AntiForgery;
import dev.daypass.web.Assets;
import dev.daypass.web.Body;
import dev.daypass.web.ChosenLanguage;
import dev.daypass.web.Frames;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.Identity;
import dev.daypass.web.Pages;
import dev.daypass.web.Problem;
import dev.daypass.web.Visitor;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The list of people as a file. */
class PeoplePagesTest {
  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final Instant NOW = Instant.parse("2026-11-29T23:30:00Z");

  private static PeoplePages pages(int people, String name) {
    var dynamo = new ManyPeople(people, name);
    var directory = Directory.of(List.of());
    return new PeoplePages(
        new PeopleHandler.Uses(
            new Administrator(),
            new Frames(directory, new ChosenLanguage(PUBLIC), () -> NOW),
            new AntiForgery(PUBLIC, new Random(1)),
            new Pages(new Assets()),
            PUBLIC,
            new People(dynamo, "people"),
            new Imports(dynamo, "imports"),
            new StandIns(dynamo, "stand-ins"),
            new Requests(dynamo, "requests", new Grants(dynamo, "grants")),
            new Inbox(dynamo, "inbox"),
            () -> new Catalog(Map.of(), Map.of()),
            () -> NOW,
            new Random(1)));
  }

  private static HttpRequest call() {
    return call(Map.of());
  }

  private static HttpRequest call(Map<String, String> query) {
    return new HttpRequest(
        "GET",
        "GET /admin/people.csv",
        "/admin/people.csv",
        Map.of(),
        query,
        Map.of(),
        Map.of(),
        Body.EMPTY,
        "192.0.2.7",
        "JKJaXmPLvHcESHA=",
        NOW);
  }

  @Test
  void theFileIsToBeKeptUnderItsDay() {
    var file = pages(2_500, "Any").file(call());
    assertThat(file.status()).isEqualTo(200);
    assertThat(file.headers())
        .containsEntry("content-type", "text/csv; charset=utf-8")
        .containsEntry("content-disposition", "attachment; filename=\"people-2026-11-29.csv\"");
    assertThat(file.body().lines()).hasSize(2_501).doesNotHaveDuplicates();
  }

  @Test
  void theColumnsAreSeparatedAsAsked() {
    var pages = pages(1, "Any");
    assertThat(pages.file(call(Map.of("separator", "semicolon"))).body())
        .isEqualTo(
            "\uFEFFname;email;manager;groups;zone;language\r\nAny;member0@example.com;;;UTC;en\r\n");
    assertThat(pages.file(call(Map.of("separator", "comma"))).body())
        .isEqualTo(pages.file(call()).body())
        .contains("name,email");
    var told =
        catchThrowableOfType(
            HttpProblem.class, () -> pages.file(call(Map.of("separator", "tabulator"))));
    assertThat(told.problem().status()).isEqualTo(400);
  }

  @Test
  void whoeverHasMorePeopleThanCanBeSentIsToldSo() {
    var pages = pages(21_000, "Somebody with a rather long name, ".repeat(5).strip());
    var told = catchThrowableOfType(HttpProblem.class, () -> pages.file(call()));
    assertThat(told.problem().status()).isEqualTo(413);
    assertThat(told.problem().detail()).contains("more than 4 MB").contains("people import");
  }

  private static final class Administrator implements Identity {
    @Override
    public Visitor visitor(HttpRequest request) {
      return new Visitor.Known("ruth@example.com", Proof.SESSION, Set.of(Visitor.ADMINS));
    }

    @Override
    public Optional<Problem> closed() {
      return Optional.empty();
    }
  }

  /** A list of people by name, as the index has it. */
  private record ManyPeople(int many, String name) implements DynamoDbClient {
    @Override
    public QueryResponse query(QueryRequest query) {
      var after = query.exclusiveStartKey().get("id");
      int from = after == null ? 0 : Integer.parseInt(after.s().replaceAll("\\D", "")) + 1;
      int to = Math.min(many, from + query.limit());
      var items = IntStream.range(from, to).mapToObj(this::item).toList();
      var answer = QueryResponse.builder().items(items);
      return to < many ? answer.lastEvaluatedKey(items.getLast()).build() : answer.build();
    }

    private Map<String, AttributeValue> item(int number) {
      return Map.of(
          "id",
          AttributeValue.fromS("person#member" + number + "@example.com"),
          "list",
          AttributeValue.fromS("people"),
          "sorted",
          AttributeValue.fromS("name#any"),
          "name",
          AttributeValue.fromS(name),
          "groups",
          AttributeValue.fromL(List.of()),
          "zone",
          AttributeValue.fromS("UTC"),
          "language",
          AttributeValue.fromS("en"),
          "active",
          AttributeValue.fromBool(true));
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
