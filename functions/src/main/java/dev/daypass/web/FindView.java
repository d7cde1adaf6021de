package dev.daypass.web;

import dev.daypass.access.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Everything that can be asked for, by team; searched, if the reader said for what.
 *
 * @param query as typed, without white space around it; empty for everything
 * @param shelves those with something on them, the reader's own first
 * @param published whether anything can be asked for by anybody
 */
public record FindView(Frame frame, String query, List<Shelf> shelves, boolean published) {
  /** The most characters of a search that are looked at. */
  public static final int LONGEST_QUERY = 100;

  /**
   * A runbook as the reader sees it.
   *
   * @param team heading under which it is shown: whom it is for
   * @param mine whether the team is the reader's
   * @param line one line about what it allows
   * @param whyNot why the reader may not ask for it; empty if they may
   * @param forOthers whether the reader may ask for somebody else
   */
  public record Offer(
      String runbook,
      String title,
      String team,
      boolean mine,
      String systemTitle,
      String line,
      List<Refusal> whyNot,
      boolean forOthers) {
    public Offer {
      Objects.requireNonNull(runbook);
      Objects.requireNonNull(title);
      Objects.requireNonNull(team);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(line);
      whyNot = List.copyOf(whyNot);
    }

    /** Whether the reader may ask for it. */
    public boolean open() {
      return whyNot.isEmpty();
    }
  }

  /** What is for one team: first what the reader may ask for. */
  public record Shelf(String team, List<Offer> offers) {
    public Shelf {
      Objects.requireNonNull(team);
      offers = List.copyOf(offers);
    }
  }

  public FindView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(query);
    shelves = List.copyOf(shelves);
  }

  /**
   * The offers that the search means, on their shelves.
   *
   * @param typed what is searched for; what is beyond {@link #LONGEST_QUERY} is cut off
   * @param offers all there is, in the order in which it is shown
   */
  public static FindView of(Frame frame, String typed, List<Offer> offers) {
    var query = shortened(typed.strip());
    var search = new Search(query);
    Map<String, List<Offer>> byTeam = new LinkedHashMap<>();
    var found =
        offers.stream()
            .filter(
                offer ->
                    search.finds(
                        List.of(offer.title(), offer.line(), offer.systemTitle(), offer.team())))
            .toList();
    var open = found.stream().filter(Offer::open).map(Offer::team).collect(Collectors.toSet());
    found.stream()
        .sorted(
            Comparator.comparing((Offer offer) -> !offer.mine())
                // What one may ask for comes before all that is only there to be understood.
                .thenComparing(offer -> !open.contains(offer.team()))
                .thenComparing(Offer::team, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(offer -> !offer.open()))
        .forEach(
            offer -> byTeam.computeIfAbsent(offer.team(), any -> new ArrayList<>()).add(offer));
    var shelves =
        byTeam.entrySet().stream().map(one -> new Shelf(one.getKey(), one.getValue())).toList();
    return new FindView(frame, query, shelves, !offers.isEmpty());
  }

  /** How many runbooks are shown. */
  public int found() {
    return shelves.stream().mapToInt(shelf -> shelf.offers().size()).sum();
  }

  private static String shortened(String query) {
    return query.codePointCount(0, query.length()) <= LONGEST_QUERY
        ? query
        : query.substring(0, query.offsetByCodePoints(0, LONGEST_QUERY));
  }
}
