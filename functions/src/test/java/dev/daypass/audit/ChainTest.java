package dev.daypass.audit;

import static dev.daypass.access.Acts.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.ARequest;
import dev.daypass.access.Act;
import dev.daypass.access.Acts;
import dev.daypass.access.Command;
import dev.daypass.access.People;
import dev.daypass.access.Request;
import dev.daypass.access.Status;
import dev.daypass.audit.Verdict.Broken;
import dev.daypass.audit.Verdict.Kind;
import dev.daypass.audit.Verdict.Verified;
import dev.daypass.store.AuditRecords.Entry;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChainTest {
  /** Asked, told, approved, claimed, set up, expired, gone. */
  private final Request request =
      ARequest.after(
          ARequest.beingSetUp(),
          new Command.Provisioned(Acts.byTheWorkflow(MONDAY)),
          new Command.Expire(Acts.byTheWorkflow(ARequest.expiry())),
          new Command.Gone(Acts.byTheWorkflow(ARequest.expiry()), null));

  private final List<Entry> stored = new ArrayList<>(entries(request));

  private static List<Entry> entries(Request request) {
    return Chain.of(request.asked(), request.trail().events()).stream()
        .map(AuditRecord::entry)
        .toList();
  }

  private Verdict verdict() {
    return Chain.verify(stored, request.asked(), request.trail().events());
  }

  private static Entry with(Entry entry, String record, String hash) {
    return new Entry(
        entry.request(),
        entry.version(),
        entry.personMonth(),
        entry.actorMonth(),
        entry.systemMonth(),
        entry.day(),
        entry.moment(),
        record,
        hash);
  }

  private void assertBroken(Kind kind, int version, String problem) {
    assertThat(verdict())
        .isInstanceOfSatisfying(
            Broken.class,
            broken -> {
              assertThat(broken.kind()).isEqualTo(kind);
              assertThat(broken.version()).isEqualTo(version);
              assertThat(broken.problem()).startsWith(problem);
            });
  }

  @ParameterizedTest
  @EnumSource
  void theRecordsOfARequestInAnyStateVerify(Status status) {
    var any = ARequest.in(status);

    assertThat(Chain.verify(entries(any), any.asked(), any.trail().events()))
        .isEqualTo(new Verified(any.version()));
  }

  @Test
  void theFirstRecordBeginsAndEachOtherNamesTheOneBefore() {
    var records = Chain.of(request.asked(), request.trail().events());

    assertThat(records.getFirst().previous()).isEqualTo("0".repeat(64));
    for (int i = 1; i < records.size(); i++) {
      assertThat(records.get(i).previous()).isEqualTo(records.get(i - 1).hash());
    }
  }

  @Test
  void recordsAreTheSameWhetherMadeOneByOneOrLaterAtOnce() {
    var all = Chain.of(request.asked(), request.trail().events());
    for (int version = 1; version <= request.version(); version++) {
      var untilThen = Chain.of(request.asked(), request.trail().events().subList(0, version));
      assertThat(untilThen).isEqualTo(all.subList(0, version));
    }
    assertThat(Chain.after(request.asked(), request.trail().events(), 3, all.get(2).hash()))
        .isEqualTo(all.subList(3, all.size()));
  }

  @Test
  void theRunIsTheOneAtThatMoment() {
    var again = ARequest.afterRuns(ARequest.ending(), 2);
    var records = Chain.of(again.asked(), again.trail().events());

    assertThat(records.getLast().run()).isEqualTo(3);
    assertThat(records.get(records.size() - 2).run()).isEqualTo(2);
    assertThat(records.get(records.size() - 3).run()).isEqualTo(1);
    assertThat(Chain.verify(entries(again), again.asked(), again.trail().events()))
        .isEqualTo(new Verified(again.version()));
  }

  @Test
  void aMissingRecordIsFound() {
    stored.remove(3);

    assertBroken(Kind.GAP, 4, "The record of version 4 is missing");
  }

  @Test
  void aMissingFirstRecordIsFound() {
    stored.removeFirst();

    assertBroken(Kind.GAP, 1, "The record of version 1 is missing");
  }

  @Test
  void recordsInTheWrongOrderAreFound() {
    stored.add(2, stored.remove(1));

    assertBroken(Kind.GAP, 2, "The record of version 2 is missing");
  }

  @Test
  void aChangedWordIsFound() {
    var entry = stored.get(2);
    stored.set(2, with(entry, entry.record().replace("APPROVE", "DENY"), entry.hash()));

    assertBroken(Kind.CHANGED, 3, "The record of version 3 was changed: its hash");
  }

  @Test
  void aChangedHashIsFound() {
    var entry = stored.get(2);
    stored.set(2, with(entry, entry.record(), "00".repeat(32)));

    assertBroken(Kind.CHANGED, 3, "The record of version 3 was changed: its hash");
  }

  @Test
  void aChangedRecordWithItsHashMadeAnewBreaksTheNextLink() {
    var entry = stored.get(2);
    var other = entry.record().replace("APPROVE", "DENY");
    stored.set(2, with(entry, other, AuditRecord.hash(other)));

    assertBroken(Kind.WRONG_LINK, 4, "The record of version 4 does not follow that of version 3");
  }

  @Test
  void aRecordOfAnotherVersionUnderThisOneIsFound() {
    var entry = stored.get(2);
    var other = entry.record().replace("\"version\":3", "\"version\":30");
    stored.set(2, with(entry, other, AuditRecord.hash(other)));

    assertBroken(
        Kind.CHANGED, 3, "The record of version 3 was changed: it says that it is version 30");
  }

  @Test
  void aTextThatIsNoRecordIsFound() {
    var entry = stored.get(2);
    stored.set(2, with(entry, "{}", AuditRecord.hash("{}")));

    assertBroken(Kind.CHANGED, 3, "The record of version 3 was changed: it is not of form 1.");
  }

  @Test
  void aFirstRecordThatNamesOneBeforeIsFound() {
    var entry = stored.getFirst();
    var other = entry.record().replace(Chain.START, "ab".repeat(32));
    stored.set(0, with(entry, other, AuditRecord.hash(other)));

    assertBroken(Kind.WRONG_LINK, 1, "The record of version 1 does not begin a chain");
  }

  @Test
  void aRecordHiddenFromSearchesIsFound() {
    var entry = stored.get(2);
    stored.set(
        2,
        new Entry(
            entry.request(),
            entry.version(),
            entry.personMonth(),
            null,
            entry.systemMonth(),
            entry.day(),
            entry.moment(),
            entry.record(),
            entry.hash()));

    assertBroken(Kind.MISFILED, 3, "The record of version 3 is whole, but it is filed");
  }

  @Test
  void anOverwrittenLastRecordIsFoundAgainstTheRequest() {
    var entry = stored.getLast();
    var other = entry.record().replace("\"by\":\"workflow\"", "\"by\":\"sweep\"");
    stored.set(stored.size() - 1, with(entry, other, AuditRecord.hash(other)));

    assertThat(Chain.verify(stored)).isEqualTo(new Verified(request.version()));
    assertBroken(Kind.OVERWRITTEN, request.version(), "The record of version 7 was overwritten");
  }

  @Test
  void aChainMadeAnewFromTheMiddleIsFoundAgainstTheRequest() {
    var other = ARequest.after(ARequest.waitingForTheManager(), ARequest.denial(People.MAX, 0));
    stored.clear();
    stored.addAll(entries(other));

    assertThat(Chain.verify(stored)).isEqualTo(new Verified(3));
    assertThat(verdict())
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.kind()).isEqualTo(Kind.OVERWRITTEN));
  }

  @Test
  void missingLastRecordsAreFoundAgainstTheRequest() {
    stored.removeLast();
    stored.removeLast();

    assertThat(Chain.verify(stored)).isEqualTo(new Verified(5));
    assertBroken(
        Kind.SHORT, 6, "The records end at version 5, but the request is at version 7. What is");
  }

  @Test
  void noRecordsAtAllAreFoundAgainstTheRequest() {
    stored.clear();

    assertBroken(Kind.SHORT, 1, "The records end at version 0");
  }

  @Test
  void aRequestThatLostChangesIsFound() {
    assertThat(Chain.verify(stored, request.asked(), request.trail().events().subList(0, 4)))
        .isEqualTo(
            new Broken(
                Kind.LONG,
                5,
                "There are records up to version 7, but the request is only at version 4: it has"
                    + " lost changes."));
  }

  @Test
  void twoCommandsAtOneMomentHaveTwoRecords() {
    var act = new Act("one", MONDAY, "sweep", "sweep");
    var twice = ARequest.after(ARequest.ending(), new Command.StartRun(act, 2));

    assertThat(entries(twice)).extracting(Entry::moment).doesNotHaveDuplicates();
  }

  @Property(tries = 300)
  void noSingleChangedCharacterGoesUnseen(
      @ForAll @IntRange(max = 6) int which,
      @ForAll @IntRange(max = 10_000) int where,
      @ForAll char what) {
    var records = new ArrayList<>(entries(request));
    var entry = records.get(which);
    var text = new StringBuilder(entry.record());
    int place = where % text.length();
    if (text.charAt(place) == what || Character.isSurrogate(what)) {
      return;
    }
    text.setCharAt(place, what);
    var events = request.trail().events();

    records.set(which, with(entry, text.toString(), entry.hash()));

    assertThat(Chain.verify(records, request.asked(), events))
        .isInstanceOfSatisfying(
            Broken.class, broken -> assertThat(broken.version()).isEqualTo(which + 1));

    records.set(which, with(entry, text.toString(), AuditRecord.hash(text.toString())));

    assertThat(Chain.verify(records, request.asked(), events)).isInstanceOf(Broken.class);
  }
}
