package dev.daypass.people;

import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleDifference.Change;
import dev.daypass.runbook.PeopleDifference.Kind;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Counts;
import dev.daypass.store.Imports.Members;
import dev.daypass.store.Imports.Piece;
import dev.daypass.store.Imports.Plan;
import dev.daypass.store.People.Everything;
import dev.daypass.web.Visitor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What is to be done so that what is stored says what a file says, in pieces that can be done one
 * by one. The same two make the same pieces.
 *
 * @param plan what to tell people
 * @param pieces in the order in which they are to be done; none if there is nothing to do
 */
record Planning(Plan plan, List<Piece> pieces) {
  /** Read and written by one step, and shown on one page. */
  private static final int MOST_PEOPLE = 200;

  /** Each is an item of its own, and can be large. */
  private static final int MOST_GROUPS = 20;

  private static final int MOST_MEMBERS = 1_000;
  private static final int MOST_ADMINS_NAMED = 100;

  Planning {
    pieces = List.copyOf(pieces);
  }

  static Planning of(Everything stored, PeopleFile file) {
    var difference = PeopleDifference.between(stored.people(), file.people());
    var now = PeopleDifference.members(file.people());
    var joining = new ArrayList<Members>();
    var leaving = new ArrayList<Members>();
    // What groups list is compared itself: a half-done import may have left more in them.
    var names = new TreeSet<>(stored.groups().keySet());
    names.addAll(now.keySet());
    for (var name : names) {
      var listed = stored.groups().getOrDefault(name, List.of());
      var members = now.getOrDefault(name, List.of());
      split(joining, name, without(members, listed));
      split(leaving, name, without(listed, members));
    }
    var pieces = new ArrayList<Piece>();
    packed(pieces, joining, MOST_GROUPS, each -> new Piece(each, List.of(), List.of()));
    int before = pieces.size();
    packed(
        pieces, difference.changes(), MOST_PEOPLE, each -> new Piece(List.of(), each, List.of()));
    int shown = pieces.size() - before;
    packed(pieces, leaving, MOST_GROUPS, each -> new Piece(List.of(), List.of(), each));
    var admins = admins(stored.people());
    var remain = admins(file.people());
    var plan =
        new Plan(
            counts(difference.changes()),
            difference.unchanged(),
            before + 1,
            shown,
            pieces.size(),
            Imports.hash(pieces),
            difference.manyLeave(stored.people()),
            without(admins, remain).stream().limit(MOST_ADMINS_NAMED).toList(),
            !admins.isEmpty() && remain.isEmpty());
    return new Planning(plan, pieces);
  }

  /** How many of each kind. */
  static Counts counts(Collection<Change> changes) {
    return new Counts(
        count(changes, Kind.ADDED), count(changes, Kind.CHANGED), count(changes, Kind.LEAVING));
  }

  private static int count(Collection<Change> changes, Kind kind) {
    return (int) changes.stream().filter(change -> change.kind() == kind).count();
  }

  private static List<String> admins(Collection<Person> people) {
    return people.stream()
        .filter(person -> person.active() && person.isIn(Visitor.ADMINS))
        .map(Person::email)
        .sorted()
        .toList();
  }

  private static List<String> without(Collection<String> these, Collection<String> those) {
    var not = new HashSet<>(those);
    return these.stream().filter(each -> !not.contains(each)).toList();
  }

  private static void split(List<Members> into, String group, List<String> members) {
    for (int from = 0; from < members.size(); from += MOST_MEMBERS) {
      into.add(
          new Members(group, members.subList(from, Math.min(members.size(), from + MOST_MEMBERS))));
    }
  }

  private static <T> void packed(
      List<Piece> into, List<T> all, int most, Function<List<T>, Piece> piece) {
    var open = new ArrayList<T>();
    int size = 0;
    for (var each : all) {
      int own = Imports.size(piece.apply(List.of(each)));
      if (!open.isEmpty() && (open.size() == most || size + own > Imports.LARGEST_PIECE)) {
        into.add(piece.apply(open));
        open.clear();
        size = 0;
      }
      open.add(each);
      size += own;
    }
    if (!open.isEmpty()) {
      into.add(piece.apply(open));
    }
  }
}
