package dev.daypass.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.ARequest;
import dev.daypass.audit.AuditRecord.Unreadable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AuditRecordTest {
  private static final Instant AT = Instant.parse("2026-11-22T05:00:00Z");

  private static AuditRecord denial(String comment) {
    return new AuditRecord(
        "0123456789abcdefghijklmno",
        2,
        AT,
        "DECIDED",
        "max@example.com",
        "page",
        "c-2",
        "DENIED",
        Map.of("answer", "DENY", "comment", comment),
        "sam@example.com",
        "crm",
        "viewer",
        "crm-customer-record",
        "View a customer record",
        1,
        "ab".repeat(32));
  }

  /** If this changes, records stored before do not verify any more: then it needs a new form. */
  @Test
  void theHashedTextIsExactlyThis() {
    var record = denial("No \u201c4711\u201d.\n");

    assertThat(record.json())
        .isEqualTo(
            "{\"at\":\"2026-11-22T05:00:00Z\",\"by\":\"max@example.com\",\"command\":\"c-2\","
                + "\"details\":{\"answer\":\"DENY\",\"comment\":\"No \u201c4711\u201d.\\n\"},"
                + "\"form\":1,\"kind\":\"DECIDED\",\"previous\":\""
                + "ab".repeat(32)
                + "\",\"request\":\"0123456789abcdefghijklmno\",\"requester\":\"sam@example.com\","
                + "\"role\":\"viewer\",\"run\":1,\"runbook\":\"crm-customer-record\","
                + "\"status\":\"DENIED\",\"system\":\"crm\",\"title\":\"View a customer record\","
                + "\"version\":2,\"via\":\"page\"}");
    assertThat(record.hash())
        .isEqualTo("9bb1b852aa5bbcd7b131b8c8b172fbe204ea342e92c03fd48221222983a486d8");
  }

  @Test
  void everyFieldCounts() {
    var events = ARequest.ended().trail().events();
    var asked = ARequest.ended().asked();

    assertThat(Chain.of(asked, events)).extracting(AuditRecord::hash).doesNotHaveDuplicates();
  }

  @Test
  void whatPeopleWroteCannotLookLikeAnotherField() throws Unreadable {
    var hostile = denial("\",\"status\":\"ACTIVE\",\"x\":\"\u0000\u2028\ud83d\ude00</script>");

    assertThat(AuditRecord.read(hostile.json())).isEqualTo(hostile);
    assertThat(AuditRecord.read(hostile.json()).status()).isEqualTo("DENIED");
  }

  @Test
  void halfACharacterDoesNotStopTheTrail() throws Unreadable {
    var record = denial("half \ud800 a pair");

    assertThat(AuditRecord.read(record.json())).isEqualTo(record);
    assertThat(record.details()).containsEntry("comment", "half \ufffd a pair");
  }

  @Test
  void aTextThatIsNotOursToTheLastByteIsNotRead() {
    var json = denial("").json();

    for (var other :
        List.of(
            json + " ",
            json.replace(":1,", ": 1,"),
            json.replace("\"form\":1,", ""),
            json.replace("\"form\":1", "\"form\":2"),
            json.replace("\"form\":1", "\"form\":1,\"extra\":\"\""),
            json.replace("\"via\":\"page\"", "\"via\":\"page\",\"via\":\"page\""),
            json.replace("\"via\":\"page\"", "\"via\":7"),
            json.replace("\"version\":2", "\"version\":2.5"),
            json.replace("\"version\":2", "\"version\":-2"),
            json.replace("2026-11-22T05:00:00Z", "2026-11-22T05:00:00.000Z"),
            json.replace("2026-11-22T05:00:00Z", "yesterday"),
            json.replace("ab".repeat(32), "ab"),
            json.substring(1),
            "null",
            "[]",
            "")) {
      assertThatThrownBy(() -> AuditRecord.read(other))
          .as(other)
          .isInstanceOf(Unreadable.class)
          .hasMessageStartingWith("it ");
    }
  }

  @Test
  void aRecordIsFiledUnderItsRequesterItsActorItsSystemAndItsTime() {
    var entry = denial("").entry();

    assertThat(entry.personMonth()).isEqualTo("sam@example.com#2026-11");
    assertThat(entry.actorMonth()).isEqualTo("max@example.com#2026-11");
    assertThat(entry.systemMonth()).isEqualTo("crm#2026-11");
    assertThat(entry.day()).isEqualTo("2026-11-22");
    assertThat(entry.moment())
        .isEqualTo("2026-11-22T05:00:00.000Z#0123456789abcdefghijklmno#000002");
  }

  @Test
  void whatRequesterWorkflowAndSweepDoIsNotFiledUnderAnActor() {
    for (var by : List.of("SAM@example.com", "sam@example.com", "workflow", "sweep", "ttl")) {
      var record =
          new AuditRecord(
              "0123456789abcdefghijklmno",
              1,
              AT,
              "SUBMITTED",
              by,
              "page",
              "c",
              "PENDING",
              Map.of(),
              "sam@example.com",
              "crm",
              "viewer",
              "crm-customer-record",
              "title",
              1,
              Chain.START);

      assertThat(record.entry().actorMonth()).as(by).isNull();
    }
  }

  /** Found by fuzzing: the question about such a record was answered with a failure of ours. */
  @Test
  void aRecordOfATimeThatNoCalendarHasIsDamaged() {
    var far = denial("x").json().replace(AT.toString(), Instant.MAX.toString());

    assertThatThrownBy(() -> AuditRecord.read(far)).isInstanceOf(Unreadable.class);
  }
}
