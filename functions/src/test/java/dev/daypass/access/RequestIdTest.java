package dev.daypass.access;

import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
  @Test
  void theSamePersonAndKeyAlwaysNameTheSameRequest() {
    assertThat(RequestId.of(SAM, "key")).isEqualTo(RequestId.of(SAM, "key"));
  }

  /** Ids are stored: a release that derives others would file a repetition as a new request. */
  @Test
  void idsStayAsTheyAreFromReleaseToRelease() {
    assertThat(RequestId.of("a@example.com", "k")).isEqualTo("hx77insx54yge736qgl318e8m");
  }

  @Test
  void anotherPersonOrKeyNamesAnotherRequest() {
    var id = RequestId.of(SAM, "key");

    assertThat(RequestId.of(OLGA, "key")).isNotEqualTo(id);
    assertThat(RequestId.of(SAM, "other")).isNotEqualTo(id);
  }

  @Test
  void whereTheKeyBeginsMakesADifference() {
    assertThat(RequestId.of("ab", "c")).isNotEqualTo(RequestId.of("a", "bc"));
  }

  @Test
  void manyIdsAreAllWellFormedAndDifferent() {
    var ids = new HashSet<String>();
    for (int i = 0; i < 10_000; i++) {
      var id = RequestId.of(SAM, "key-" + i);
      assertThat(RequestId.isOne(id)).as(id).isTrue();
      ids.add(id);
    }
    assertThat(ids).hasSize(10_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "short",
        "UPPERCASELETTERSARENOTFOR",
        "with-a-dash-with-a-dash-x",
        "twentysixcharactersaretoo0",
        "0000000000000000000000000\n",
      })
  void otherTextsAreNoIds(String text) {
    assertThat(RequestId.isOne(text)).isFalse();
  }

  @Test
  void zerosAreAnId() {
    assertThat(RequestId.isOne("0".repeat(25))).isTrue();
  }
}
