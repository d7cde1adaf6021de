package dev.daypass.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.store.AuditRecords.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditFileTest {
  private static Entry entry(String title) {
    return entry("SUBMITTED", "PENDING", Map.of("reason", "a \"reason\""), title);
  }

  private static Entry entry(
      String kind, String status, Map<String, String> details, String title) {
    return new AuditRecord(
            "0123456789abcdefghijklmno",
            1,
            Instant.parse("2026-11-26T13:05:00Z"),
            kind,
            "sam@example.com",
            "page",
            "c",
            status,
            details,
            "sam@example.com",
            "crm",
            "viewer",
            "crm-customer-record",
            title,
            1,
            Chain.START)
        .entry();
  }

  @Test
  void aRecordIsALineWithAllItsFields() {
    var entry = entry("View, look");
    var lines = AuditFile.write(List.of(entry)).split("\r\n");
    assertThat(lines[0])
        .startsWith("\ufeffat,request,version,kind,what,by,via,status,requester,system")
        .endsWith("previous,hash,damaged,text");
    assertThat(lines[1])
        .startsWith("2026-11-26T13:05:00Z,0123456789abcdefghijklmno,1,SUBMITTED,")
        .contains(",Asked for access,sam@example.com,")
        .contains(
            "\"View, look\"", "\"{\"\"reason\"\":\"\"a \\\"\"reason\\\"\"\"\"}\"", entry.hash());
    assertThat(lines).hasSize(2);
  }

  @Test
  void aWithdrawnApprovalIsToldApartFromACancellation() {
    var cancelled = entry("CANCELLED", "CANCELLED", Map.of(), "Any");
    var withdrawn =
        entry("CANCELLED", "CANCELLED", Map.of("withdrawn", "approval", "why", "No."), "Any");
    assertThat(AuditFile.write(List.of(cancelled))).contains(",CANCELLED,Withdrawn,sam@");
    assertThat(AuditFile.write(List.of(withdrawn)))
        .contains(",CANCELLED,\"An approval was withdrawn, which ended the request\",sam@");
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "'=1", " =1", "\uff1d1", "\t=1", "\r=1"})
  void whatASpreadsheetWouldReckonIsText(String title) {
    assertThat(AuditFile.write(List.of(entry(title)))).contains("'" + title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a;=1+1|a;'=1+1",
        "a; @SUM(A1)|a; '@SUM(A1)",
        "a,-1|a,'-1",
        "a;'+1|a;''+1",
        "=1;=2|'=1;'=2",
        "8-10, a=b|8-10, a=b"
      })
  void itIsTextAlsoWhereALineIsSplitAtAnotherSign(String title, String shown) {
    assertThat(AuditFile.write(List.of(entry(title)))).contains(shown);
  }

  @Test
  void whatIsDamagedIsThereAndSaidToBe() {
    var whole = entry("Any");
    var changed =
        new Entry(
            whole.request(),
            1,
            whole.personMonth(),
            null,
            whole.systemMonth(),
            whole.day(),
            whole.moment(),
            "no record",
            whole.hash());
    assertThat(AuditFile.write(List.of(changed))).contains("was changed", "no record");
  }
}
