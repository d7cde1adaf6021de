package dev.daypass.store;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.OLGA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Life;
import dev.daypass.access.RequestId;
import dev.daypass.store.Inbox.Entry;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private final Inbox inbox = TABLES.inbox();

  @Test
  void aPersonSeesTheOwnEntriesOldestFirst() {
    var second = new Entry(MAX, MONDAY.plusSeconds(1), "a-request", 0);
    var first = new Entry(MAX, MONDAY, "b-request", 2);
    inbox.put(second);
    inbox.put(first);
    inbox.put(new Entry(OLGA, MONDAY, "a-request", 0));
    assertThat(inbox.of(MAX, 10)).containsExactly(first, second);
    assertThat(inbox.of(MAX, 1)).containsExactly(first);
    assertThat(inbox.of("nobody@example.com", 10)).isEmpty();
  }

  @Test
  void aLongInboxComesInParts() {
    var entries =
        IntStream.range(0, 5)
            .mapToObj(
                each ->
                    new Entry(
                        MAX, MONDAY.plusSeconds(each), RequestId.of(MAX, "key " + each), each % 2))
            .toList();
    entries.reversed().forEach(inbox::put);
    inbox.put(new Entry(OLGA, MONDAY.plusSeconds(2), RequestId.of(OLGA, "key"), 0));

    var read = new ArrayList<Entry>();
    var part = inbox.of(MAX, 2, null);
    read.addAll(part.entries());
    while (part.next() != null) {
      part = inbox.of(MAX, 2, part.next());
      read.addAll(part.entries());
    }
    assertThat(read).isEqualTo(entries);
    assertThat(inbox.of(MAX, 200, null).next()).isNull();
    assertThatThrownBy(() -> inbox.of(MAX, 2, "from the beginning"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not a continuation");
  }

  @Test
  void theSameEntryAgainChangesNothing() {
    var entry = new Entry(MAX, MONDAY, "request", 0);
    inbox.put(entry);
    inbox.put(entry);
    assertThat(inbox.of(MAX, 10)).containsExactly(entry);
  }

  @Test
  void stagesOfOneRequestAreTwoEntries() {
    inbox.put(new Entry(MAX, MONDAY, "request", 0));
    inbox.put(new Entry(MAX, MONDAY, "request", 1));
    assertThat(inbox.of(MAX, 10)).extracting(Entry::stage).containsExactly(0, 1);
  }

  @Test
  void theEntriesOfAClosedStageAreForgottenAndThoseOfAnOpenOneStay() {
    var request = SamAsks.once("key");
    var entry = new Entry(MAX, request.open().openedAt(), request.id(), 0);
    inbox.put(entry);
    inbox.put(new Entry(MAX, MONDAY, "another", 0));

    inbox.forgetClosed(request);
    assertThat(inbox.of(MAX, 10)).contains(entry).hasSize(2);

    var denied = Life.apply(request, SamAsks.denial(MAX, MONDAY)).request();
    inbox.forgetClosed(denied);
    assertThat(inbox.of(MAX, 10)).extracting(Entry::request).containsExactly("another");
  }

  @Test
  void aDeletedEntryIsGoneAndDeletingItAgainDoesNoHarm() {
    var entry = new Entry(MAX, MONDAY, "request", 0);
    var other = new Entry(MAX, MONDAY, "other", 0);
    inbox.put(entry);
    inbox.put(other);
    inbox.delete(entry);
    inbox.delete(entry);
    assertThat(inbox.of(MAX, 10)).containsExactly(other);
  }
}
