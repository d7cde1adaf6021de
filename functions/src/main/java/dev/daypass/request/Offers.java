package dev.daypass.request;

import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.runbook.Past;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.Planner;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.Who;
import dev.daypass.web.FindView;
import dev.daypass.words.Speech;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The runbooks as one person finds them. */
final class Offers {
  private Offers() {}

  /**
   * All runbooks by title, open to this person or with all reasons why not. Reads one person,
   * however many runbooks there are.
   */
  static List<FindView.Offer> to(
      String email, Catalog catalog, Directory directory, Past past, Speech speech) {
    return shown(Planner.offers(catalog, directory, past, email), email, directory, speech);
  }

  /** The same where the reasons are shown: they name the owners, who are read as well. */
  static List<FindView.Offer> withReasonsTo(
      String email, Catalog catalog, Directory directory, Past past, Speech speech) {
    return shown(
        Planner.offersWithNames(catalog, directory, past, email), email, directory, speech);
  }

  private static List<FindView.Offer> shown(
      List<Planner.Offer> offers, String email, Directory directory, Speech speech) {
    var groups = directory.person(email).map(Person::groups).orElse(List.of());
    return offers.stream().map(offer -> offer(offer, groups, speech)).toList();
  }

  private static FindView.Offer offer(Planner.Offer offer, List<String> groups, Speech speech) {
    var runbook = offer.runbook().policy();
    var meant = groups(runbook);
    var mine = meant.stream().filter(groups::contains).findFirst();
    return new FindView.Offer(
        runbook.id(),
        runbook.title(),
        mine.or(() -> meant.stream().findFirst())
            .map(Offers::words)
            .orElseGet(() -> others(runbook, speech)),
        mine.isPresent(),
        offer.system().title(),
        offer.system().role(runbook.role()).map(role -> role.allows()).orElse(""),
        offer.checks().stream().flatMap(check -> check.refusal().stream()).toList(),
        offer.forOthers());
  }

  private static List<String> groups(Runbook runbook) {
    return runbook.mayAsk().stream()
        .flatMap(who -> who instanceof Who.Group group ? Stream.of(group.name()) : Stream.empty())
        .toList();
  }

  private static String others(Runbook runbook, Speech speech) {
    return speech.say(
        runbook.mayAsk().stream().anyMatch(Who.Everyone.class::isInstance)
            ? "team.everyone"
            : "team.named");
  }

  /** A group's name as a heading: {@code support-leads} is “Support leads”, {@code hr} is “HR”. */
  static String words(String group) {
    var words =
        Arrays.stream(group.split("-", -1))
            .map(word -> word.length() <= 2 ? word.toUpperCase(Locale.ROOT) : word)
            .collect(Collectors.joining(" "));
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
