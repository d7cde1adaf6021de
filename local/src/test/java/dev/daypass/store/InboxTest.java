package dev.daypass.store;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.MONDAY;
import static dev.daypass.store.SamAsks.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Life;
import dev.daypass.store.Inbox.Entry;
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
