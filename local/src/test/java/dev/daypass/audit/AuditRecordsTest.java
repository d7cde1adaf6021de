package dev.daypass.audit;

import static dev.daypass.audit.Histories.MAX;
import static dev.daypass.audit.Histories.PAT;
import static dev.daypass.audit.Histories.SAM;
import static dev.daypass.audit.Histories.approves;
import static dev.daypass.audit.Histories.asks;
import static dev.daypass.audit.Histories.theWholeLife;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.store.AuditRecords.Entry;
import dev.daypass.store.AuditRecords.Page;
import dev.daypass.store.AuditRecords.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Searches through the indexes of the audit table, on a real engine. */
class AuditRecordsTest {
  private static final Span YEAR =
      new Span(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2027-01-01T00:00:00Z"));

  private final Ledger ledger = new Ledger();

  private static Instant at(String text) {
    return Instant.parse(text);
  }

  /** All pages, each beginning where the one before ended. */
  private static List<Entry> all(BiFunction<@Nullable String, Integer, Page> search, int most) {
    var entries = new ArrayList<Entry>();
    String next = null;
    do {
      var page = search.apply(next, most);
      assertThat(page.entries()).hasSizeLessThanOrEqualTo(most);
      entries.addAll(page.entries());
      next = page.next();
    } while (next != null);
    return entries;
  }

  private static List<String> moments(List<Entry> entries) {
    return entries.stream().map(Entry::moment).toList();
  }

  @Test
  void aPersonIsFoundAcrossMonthsOldestFirst() {
    var january = ledger.recorded(asks(SAM, at("2026-01-31T23:59:59.999Z")));
    var february = ledger.recorded(asks(SAM, at("2026-02-01T00:00:00Z")));
    var december = ledger.recorded(asks(SAM, at("2026-12-31T23:59:59.999Z")));
    ledger.recorded(asks(PAT, at("2026-02-01T00:00:00Z")));

    var found = ledger.records.ofPerson(SAM, YEAR, null, 50);

    assertThat(found.entries())
        .extracting(Entry::request)
        .containsExactly(january.id(), february.id(), december.id());
    assertThat(found.next()).isNull();
  }

  @Test
  void aPersonIsFoundByWhatTheyAskedForAndByWhatTheyDecidedEachOnce() {
    var october = at("2026-10-31T23:00:00Z");
    var sams = ledger.recorded(asks(SAM, october), approves(MAX, at("2026-11-01T01:00:00Z")));
    var pats = ledger.recorded(asks(PAT, october), approves(MAX, at("2026-10-31T23:30:00Z")));
    var own =
        ledger.recorded(
            asks(MAX, at("2026-10-31T23:45:00Z")), approves(PAT, at("2026-11-01T02:00:00Z")));

    var found = ledger.records.ofPerson(MAX, YEAR, null, 50).entries();

    assertThat(found)
        .extracting(entry -> entry.request() + " " + entry.version())
        .containsExactly(pats.id() + " 2", own.id() + " 1", sams.id() + " 2", own.id() + " 2");
    assertThat(ledger.records.ofPerson("MAX.Manager@Example.com", YEAR, null, 50).entries())
        .isEqualTo(found);
    assertThat(ledger.records.ofPerson("workflow", YEAR, null, 50).entries()).isEmpty();
  }

  @Test
  void pagesOfAnySizeComeToTheSameRecords() {
    for (var day : List.of("2026-03-30", "2026-03-31", "2026-04-01", "2026-06-15")) {
      ledger.recorded(asks(SAM, at(day + "T10:00:00Z")), theWholeLife(at(day + "T10:00:00Z")));
      // At the same moments as Sam's, so that only request and version tell them apart.
      ledger.recorded(asks(PAT, at(day + "T10:00:00Z")), theWholeLife(at(day + "T10:00:00Z")));
    }
    var span = new Span(at("2026-03-01T00:00:00Z"), at("2026-07-01T00:00:00Z"));
    var everything = ledger.records.ofTime(span, null, 200).entries();

    assertThat(everything).hasSize(56);
    assertThat(moments(everything)).isSorted().doesNotHaveDuplicates();
    for (int most : List.of(1, 2, 3, 7, 13, 55, 56, 57)) {
      assertThat(all((after, limit) -> ledger.records.ofTime(span, after, limit), most))
          .as("by time, " + most)
          .isEqualTo(everything);
      assertThat(all((after, limit) -> ledger.records.ofSystem("crm", span, after, limit), most))
          .as("by system, " + most)
          .isEqualTo(everything);
    }
    for (int most : List.of(1, 3, 4, 8)) {
      assertThat(all((after, limit) -> ledger.records.ofPerson(MAX, span, after, limit), most))
          .as("by person, " + most)
          .isEqualTo(ledger.records.ofPerson(MAX, span, null, 200).entries())
          .hasSize(8);
    }
  }

  @Test
  void aSystemIsFoundAndNoOtherThatBeginsLikeIt() {
    var crm = ledger.recorded(asks(SAM, "crm", "Why.", at("2026-05-01T00:00:00Z")));
    ledger.recorded(asks(SAM, "crm-archive", "Why.", at("2026-05-01T00:00:00Z")));

    assertThat(ledger.records.ofSystem("crm", YEAR, null, 50).entries())
        .extracting(Entry::request)
        .containsExactly(crm.id());
  }

  @Test
  void aSpanHoldsItsFirstMomentAndNotItsLast() {
    var first = ledger.recorded(asks(SAM, at("2026-05-01T10:00:00Z")));
    var second = ledger.recorded(asks(SAM, at("2026-05-01T10:00:00.001Z")));
    var span = new Span(at("2026-05-01T10:00:00Z"), at("2026-05-01T10:00:00.001Z"));
    var next = new Span(at("2026-05-01T10:00:00.001Z"), at("2026-05-02T00:00:00Z"));

    assertThat(ledger.records.ofPerson(SAM, span, null, 50).entries())
        .extracting(Entry::request)
        .containsExactly(first.id());
    assertThat(ledger.records.ofTime(next, null, 50).entries())
        .extracting(Entry::request)
        .containsExactly(second.id());
    assertThat(ledger.records.ofTime(new Span(span.from(), span.from()), null, 50).entries())
        .isEmpty();
  }

  @Test
  void moreThanAHundredRecordsAreReadAtOnce() {
    for (int i = 0; i < 30; i++) {
      var start = at("2026-08-01T00:00:00Z").plus(Duration.ofHours(i));
      ledger.recorded(asks(SAM, start), theWholeLife(start));
    }

    var page = ledger.records.ofPerson(SAM, YEAR, null, 200);

    assertThat(page.entries()).hasSize(200);
    assertThat(moments(page.entries())).isSorted().doesNotHaveDuplicates();
    assertThat(page.next()).isEqualTo(page.entries().getLast().moment());
    assertThat(ledger.records.ofPerson(SAM, YEAR, page.next(), 200).entries()).hasSize(10);
  }

  @Test
  void aPlaceOutsideTheSpanFindsNothingMore() {
    ledger.recorded(asks(SAM, at("2026-05-01T10:00:00Z")));
    var span = new Span(at("2026-05-01T00:00:00Z"), at("2026-05-02T00:00:00Z"));

    assertThat(ledger.records.ofTime(span, "2026-09-01T00:00:00.000Z#x#000001", 5))
        .isEqualTo(new Page(List.of(), null));
    assertThat(ledger.records.ofTime(span, "2020-09-01T00:00:00.000Z#x#000001", 5).entries())
        .hasSize(1);
  }

  @Test
  void aRecordDeletedUnderTheIndexIsLeftOut() {
    var request = ledger.recorded(asks(SAM, at("2026-05-01T10:00:00Z")));
    ledger.delete(ledger.records.of(request.id()).getFirst());

    assertThat(ledger.records.ofPerson(SAM, YEAR, null, 5).entries()).isEmpty();
    assertThat(ledger.records.last(request.id())).isEmpty();
    assertThat(ledger.records.find(request.id(), 1)).isEmpty();
  }

  @Test
  void aSpanIsNotBackwardsAndNotLongerThanAYear() {
    var start = at("2026-05-01T10:00:00Z");
    assertThatThrownBy(() -> new Span(start, start.minusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Span(start, start.plus(Duration.ofDays(366)).plusMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
