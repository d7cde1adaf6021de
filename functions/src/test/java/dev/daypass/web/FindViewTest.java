package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindViewTest {
  private static final Refusal SHUT = Refusal.of("not-started", "Any.");

  private static FindView.Offer offer(String title, String team, boolean mine, Refusal... whyNot) {
    return new FindView.Offer(
        title, title, team, mine, "Café-System", "Reads récords.", List.of(whyNot), false);
  }

  private static final List<FindView.Offer> ALL =
      List.of(
          offer("Alpha", "Sales", false, SHUT),
          offer("Beta", "Everyone", false),
          offer("Gamma", "Support", true, SHUT),
          offer("Delta", "Support", true));

  private static List<String> titles(String query) {
    return FindView.of(SampleViews.FRAME, query, ALL).shelves().stream()
        .flatMap(shelf -> shelf.offers().stream())
        .map(FindView.Offer::title)
        .toList();
  }

  @Test
  void myTeamComesFirstAndOnAShelfWhatIsOpen() {
    assertThat(titles("")).containsExactly("Delta", "Gamma", "Beta", "Alpha");
    assertThat(FindView.of(SampleViews.FRAME, "", ALL).shelves())
        .extracting(FindView.Shelf::team)
        .containsExactly("Support", "Everyone", "Sales");
  }

  @Test
  void everyWordMustOccurWhateverItsCaseOrAccents() {
    assertThat(titles("ALPHA")).containsExactly("Alpha");
    assertThat(titles("cafe recOrds eta")).containsExactly("Beta");
    assertThat(titles("Récords")).hasSize(4);
    assertThat(titles("support delta")).containsExactly("Delta");
    assertThat(titles("alpha beta")).isEmpty();
  }

  @Test
  void whatHoldsNoWordFindsEverythingAndNothingIsAPattern() {
    assertThat(titles("  .* ( ")).hasSize(4);
    assertThat(titles("alp.*")).containsExactly("Alpha");
  }

  @Test
  void aSearchIsCutOffBetweenCharacters() {
    var query = FindView.of(SampleViews.FRAME, "\uD83E\uDD84".repeat(150), ALL).query();
    assertThat(query).isEqualTo("\uD83E\uDD84".repeat(FindView.LONGEST_QUERY));
  }
}
