package dev.daypass.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is stored stays readable, whatever the code makes of it. */
class StoredImportTest {
  private static final String BEGUN =
      "{\"id\":\"00ff\",\"by\":\"ruth@example.com\",\"at\":\"2026-11-26T13:05:00Z\",\"file\":\"people.csv\","
          + "\"sha256\":\"abc\",\"bytes\":3,\"pieces\":1,";
  private static final String CHECKING =
      BEGUN
          + "\"state\":\"CHECKING\",\"version\":1,\"movedAt\":\"2026-11-26T13:05:00Z\",\"again\":false,"
          + "\"plan\":null,\"position\":0,\"applied\":{\"added\":0,\"changed\":0,\"leaving\":0},"
          + "\"findings\":[],\"allFindings\":0,\"decidedBy\":null,\"decidedAt\":null}";
  private static final String STOPPED =
      BEGUN
          + "\"state\":\"STOPPED\",\"version\":4,\"movedAt\":\"2026-11-26T13:07:00Z\",\"again\":true,"
          + "\"plan\":{\"counts\":{\"added\":2,\"changed\":0,\"leaving\":0},\"unchanged\":1,\"firstShown\":1,"
          + "\"shown\":1,\"pieces\":2,\"hash\":\"def\",\"manyLeave\":false,\"adminsLost\":[],"
          + "\"noAdminsLeft\":false},\"position\":2,"
          + "\"applied\":{\"added\":2,\"changed\":0,\"leaving\":0},\"findings\":[],\"allFindings\":0,"
          + "\"decidedBy\":\"elena@example.com\",\"decidedAt\":\"2026-11-26T13:06:00Z\"}";

  @Test
  void whatIsReadIsWrittenAgainAsItWas() {
    for (var stored : new String[] {CHECKING, STOPPED}) {
      var one = read(stored).toImport();
      var written = Json.write(StoredImport.of(one));
      assertThat(read(written)).isEqualTo(read(stored));
      assertThat(written.length()).isGreaterThanOrEqualTo(stored.length());
    }
  }

  @Test
  void whoBeganAndWhoDecidedAreApart() {
    assertThat(read(CHECKING).toImport().decided()).isNull();
    var stopped = read(STOPPED).toImport();
    assertThat(stopped.begun().by()).isEqualTo("ruth@example.com");
    assertThat(stopped.decided()).extracting(Imports.Decided::by).isEqualTo("elena@example.com");
  }

  private static StoredImport read(String json) {
    return Json.read(json, StoredImport.class);
  }
}
