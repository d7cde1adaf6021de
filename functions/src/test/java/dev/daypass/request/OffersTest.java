package dev.daypass.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OffersTest {
  @ParameterizedTest
  @CsvSource({
    "support, Support",
    "support-leads, Support leads",
    "hr, HR",
    "hr-leads, HR leads",
    "business-apps, Business apps"
  })
  void aGroupIsAHeading(String group, String words) {
    assertThat(Offers.words(group)).isEqualTo(words);
  }
}
