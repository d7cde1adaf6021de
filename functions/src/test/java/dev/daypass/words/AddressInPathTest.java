package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressInPathTest {
  /** All that an address may have beside letters, digits and what a path says as it is. */
  private static final String SIGNS = "!$%&'*+/=?^_`{|}~.-%2f%252F";

  @Test
  void anOrdinaryAddressStandsInThePathOfItsPerson() {
    assertThat(Paths.person("ann-marie.o_lee@mail.example.com"))
        .isEqualTo("/admin/people/ann-marie.o_lee%40mail.example.com");
  }

  @ParameterizedTest
  @ValueSource(strings = {SIGNS + "@example.com", "a/b@example.com", "a+b@example.com", "~@x"})
  void anAddressWithOtherSignsComesThroughWhateverIsDecodedOnTheWay(String email) {
    assertThat(Paths.person(email)).matches("/admin/people/[A-Za-z0-9_-]+");
    assertThat(AddressInPath.read(Paths.person(email).substring("/admin/people/".length())))
        .isEqualTo(email);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a/b@example.com", "ann@example.com", "not base64!", ""})
  void whatIsWrittenOtherwiseIsTakenAsItIs(String segment) {
    assertThat(AddressInPath.read(segment)).isEqualTo(segment);
  }
}
