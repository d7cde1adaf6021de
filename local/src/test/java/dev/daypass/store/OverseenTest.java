package dev.daypass.store;

import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.SAM;
import static dev.daypass.store.SamAsks.changed;
import static dev.daypass.store.SamAsks.gone;
import static dev.daypass.store.SamAsks.stored;
import static dev.daypass.store.SamAsks.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Request;
import dev.daypass.access.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The lists that the owners of a system see. */
class OverseenTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final int MOST = 3;

  private final Requests requests = TABLES.requests();
  private final Grants grants = TABLES.grants();

  private List<String> waiting() {
    return requests.watched(Watch.WAITING, "crm", MOST, null).ids();
  }

  private List<String> tasks() {
    return requests.watched(Watch.TASK, "crm", MOST, null).ids();
  }

  private List<String> access() {
    return grants.ofSystem("crm", MOST, null).ids();
  }

  private List<String> accessOfSam() {
    return grants.ofPerson(SAM, MOST, null).ids();
  }

  @ParameterizedTest
  @EnumSource
  void aRequestIsInTheListsThatItsStateBelongsTo(Status status) {
    var request = stored(requests, status, MONDAY, "key");
    var only = List.of(request.id());
    switch (status) {
      case PENDING, SCHEDULED -> {
        assertThat(waiting()).isEqualTo(only);
        assertThat(Requests.isWatched(Watch.WAITING, request)).isTrue();
        assertThat(access()).isEmpty();
      }
      case PROVISIONING, ACTIVE, ENDING -> {
        assertThat(waiting()).isEmpty();
        assertThat(Requests.isWatched(Watch.WAITING, request)).isFalse();
        assertThat(access()).isEqualTo(only);
        assertThat(accessOfSam()).isEqualTo(only);
      }
      case DENIED, LAPSED, CANCELLED, ENDED, FAILED -> {
        assertThat(waiting()).isEmpty();
        assertThat(access()).isEmpty();
        assertThat(accessOfSam()).isEmpty();
      }
    }
    assertThat(tasks()).isEmpty();
    assertThat(Requests.isWatched(Watch.TASK, request)).isFalse();
  }

  @Test
  void aRemovalTaskIsListedUntilTheAccessIsGone() {
    var ending = stored(requests, Status.ENDING, MONDAY, "key");
    var at = MONDAY.plus(SamAsks.FOUR_HOURS);
    var open = changed(requests, ending.id(), task(at));
    assertThat(tasks()).containsExactly(ending.id());
    assertThat(Requests.isWatched(Watch.TASK, open)).isTrue();
    assertThat(access()).containsExactly(ending.id());

    changed(requests, ending.id(), gone(at));
    assertThat(tasks()).isEmpty();
    assertThat(access()).isEmpty();
  }

  @Test
  void anotherSystemIsAnotherList() {
    stored(requests, Status.PENDING, MONDAY, "key");
    stored(requests, Status.ACTIVE, MONDAY, "other");
    assertThat(requests.watched(Watch.WAITING, "cr", MOST, null).ids()).isEmpty();
    assertThat(grants.ofSystem("payroll", MOST, null).ids()).isEmpty();
    assertThat(grants.ofPerson("support@example.com", MOST, null).ids()).isEmpty();
  }

  @Test
  void eachListGoesOnWhereItEndedUntilAllHaveComeOnce() {
    var asked = many(Status.PENDING, "asked");
    var given = many(Status.ACTIVE, "given");
    assertThat(all(from -> requests.watched(Watch.WAITING, "crm", MOST, from))).isEqualTo(asked);
    assertThat(all(from -> grants.ofSystem("crm", MOST, from))).isEqualTo(given.reversed());
    assertThat(all(from -> grants.ofPerson(SAM, MOST, from))).isEqualTo(given.reversed());
  }

  @Test
  void aListThatIsJustAsLongAsItsPartDoesNotGoOn() {
    var asked = many(Status.PENDING, "asked");
    var given = many(Status.ACTIVE, "given");
    assertThat(requests.watched(Watch.WAITING, "crm", asked.size(), null).next()).isNull();
    assertThat(grants.ofSystem("crm", given.size(), null).next()).isNull();
    assertThat(grants.ofPerson(SAM, given.size(), null).next()).isNull();
    assertThat(grants.ofPerson(SAM, given.size() - 1, null).next()).isNotNull();
  }

  /** One a minute, in that order. */
  private List<String> many(Status status, String key) {
    return IntStream.range(0, 7)
        .mapToObj(i -> stored(requests, status, MONDAY.plusSeconds(60L * i), key + i).id())
        .toList();
  }

  private static List<String> all(Function<@Nullable String, Ids> list) {
    var all = new ArrayList<String>();
    @Nullable String from = null;
    do {
      var part = list.apply(from);
      assertThat(part.ids()).hasSizeLessThanOrEqualTo(MOST);
      all.addAll(part.ids());
      from = part.next();
    } while (from != null);
    return all;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "__",
        "2026-03-02T08:00:00.000Z",
        "2026-03-02T08:00:00.000Z_0123456789abcdefghijklmno",
        "2026-03-02T08:00:00.000Z_0123456789abcdefghijklmno_payroll#viewer#sam@example.com",
        "yesterday_0123456789abcdefghijklmno_crm#viewer#sam@example.com",
        "2026-03-02T08:00:00.000Z_lock_crm#viewer#sam@example.com"
      })
  void aPlaceThatIsNoneOfTheListIsRefused(String place) {
    assertThatThrownBy(() -> grants.ofSystem("crm", MOST, place))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> grants.ofPerson(SAM, MOST, place))
        .isInstanceOf(IllegalArgumentException.class);
    if (!place.matches("2026.*_0123456789abcdefghijklmno")) {
      assertThatThrownBy(() -> requests.watched(Watch.WAITING, "crm", MOST, place))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyAreReadAtOnceInTheOrderAskedFor() {
    var ids = new ArrayList<>(many(Status.PENDING, "asked").reversed());
    ids.add(2, "nobody-sent-this");
    ids.add(ids.getFirst());
    var found = requests.all(ids);
    assertThat(found)
        .extracting(Request::id)
        .isEqualTo(ids.stream().distinct().filter(id -> !id.equals("nobody-sent-this")).toList());
    assertThat(requests.all(List.of())).isEmpty();
  }
}
