package dev.daypass.runbook;

import dev.daypass.access.Apart;
import dev.daypass.access.BreakGlass;
import dev.daypass.access.InEnglish;
import dev.daypass.access.Plan;
import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says whether somebody may ask for something, and who would decide. Every rule is asked and every
 * refusal is reported.
 */
public final class Planner {
  /** What the rules look at. */
  private record Situation(
      Runbook runbook,
      TargetSystem system,
      Person requester,
      Directory directory,
      Past past,
      List<Apart> apart,
      Ask ask) {
    /** Whether this is about somebody else than the reader. */
    boolean isForOther() {
      return ask.isForOther();
    }

    Duration duration() {
      return ask.duration()
          .orElseGet(() -> Collections.min(List.of(runbook.duration().usual(), longest())));
    }

    /** The most that can be asked for, or taken in an emergency. */
    Duration longest() {
      var glass = glass();
      return glass == null ? runbook.duration().longest() : glass.longest();
    }

    /**
     * What the runbook says of emergencies, if this is one; null else, and where it says nothing.
     */
    Runbook.@Nullable BreakGlass glass() {
      return ask.breakGlass() ? runbook.breakGlass() : null;
    }

    String reason() {
      return ask.reason().strip();
    }

    String ticket() {
      return ask.ticket().strip();
    }

    Chain chain() {
      return new Chain(runbook, system, requester, ask.asker(), directory);
    }
  }

  /** One thing that must hold; several checks where it must hold for several things. */
  private interface Rule extends Function<Situation, List<Check>> {}

  /** The rules about who asks: they hold whatever is asked for. */
  private static final List<Rule> ABOUT_THE_PERSON =
      List.of(Planner::askerMayAskForThem, Planner::requesterIsActive, Planner::requesterMayAsk);

  /** The rules that look further than at the one person: they read the directory, and the past. */
  private static final List<Rule> ABOUT_OTHERS_AND_BEFORE =
      List.of(Planner::someoneCanApprove, Planner::limitsAreKept, Planner::goesWithTheRest);

  /** The rules about what was typed. */
  private static final List<Rule> ABOUT_THE_INPUT =
      List.of(Planner::durationFits, Planner::startFits, Planner::reasonFits, Planner::ticketFits);

  /**
   * The rules where nobody is asked. How often somebody asks is none of them: whoever has asked,
   * and gets no answer, may have an emergency.
   */
  private static final List<Rule> BEFORE_AN_EMERGENCY =
      List.of(
          Planner::requesterIsActive,
          Planner::requesterMayBreakTheGlass,
          Planner::someoneReviews,
          Planner::goesWithTheRest);

  private static final List<Rule> TYPED_IN_AN_EMERGENCY =
      List.of(
          Planner::durationFits,
          Planner::startFitsAnEmergency,
          Planner::reasonFits,
          Planner::ticketFits);

  /** The field that says whom it is for. */
  private static final String FOR = "requester";

  private static final Duration DAY = Duration.ofDays(1);

  /** Whoever needs it says so, is known to be there, and answers for it. */
  private static final Refusal EMERGENCY_OF_OTHER =
      new Refusal(
          "emergency-for-other",
          FOR,
          "In an emergency people take access for themselves only. Please tell your colleague, or"
              + " ask for them without “breakGlass”.");

  private static final Refusal NO_REASON =
      new Refusal("reason-missing", "reason", "Please say why you need this access.").with("");

  private Planner() {}

  /** What comes of this ask, checked against all rules. */
  public static Planning plan(Catalog catalog, Directory directory, Past past, Ask ask) {
    if (ask.breakGlass() && ask.isForOther()) {
      // The same whatever is asked, and for whom: nobody learns by it who there is.
      return new Planning.Refused(List.of(EMERGENCY_OF_OTHER));
    }
    var planning =
        weigh(
                catalog,
                directory,
                past,
                ask,
                ask.breakGlass()
                    ? Stream.of(BEFORE_AN_EMERGENCY, TYPED_IN_AN_EMERGENCY)
                    : Stream.of(ABOUT_THE_PERSON, ABOUT_OTHERS_AND_BEFORE, ABOUT_THE_INPUT),
                false)
            .planning();
    // The rules of a runbook that is not known are not known either; but all of them want a reason.
    return planning instanceof Planning.Refused refused
            && catalog.runbook(ask.runbook()).isEmpty()
            && Texts.seen(ask.reason().strip()) == 0
        ? new Planning.Refused(
            Stream.concat(refused.refusals().stream(), Stream.of(NO_REASON)).toList())
        : planning;
  }

  /**
   * What would come of asking, before anything is typed: who would be asked, or why this person
   * cannot ask. The plan's duration is the default; its reason is empty.
   */
  public static Planning preview(
      Catalog catalog, Directory directory, Past past, String runbook, String requester) {
    return preview(catalog, directory, past, runbook, requester, requester);
  }

  /**
   * As {@link #preview(Catalog, Directory, Past, String, String)}, where somebody asks for somebody
   * else. Whether there is a person with an address, and what they may ask for, is told only to
   * whoever may ask for them.
   *
   * @param requester email address of the person it is for
   * @param asker email address of the person who asks
   */
  public static Planning preview(
      Catalog catalog,
      Directory directory,
      Past past,
      String runbook,
      String requester,
      String asker) {
    return explain(catalog, directory, past, runbook, requester, asker, Optional.empty())
        .planning();
  }

  /**
   * How each rule comes out that is looked at before somebody takes the access in an emergency, and
   * the plan that would come of it; as {@link #explain}.
   */
  public static Explanation emergency(
      Catalog catalog, Directory directory, Past past, String runbook, String requester) {
    return weigh(
        catalog,
        directory,
        past,
        new Ask(runbook, requester, requester, Optional.empty(), Optional.empty(), "", "", true),
        Stream.of(BEFORE_AN_EMERGENCY),
        false);
  }

  /**
   * How each rule that is looked at before anything is typed comes out, and the plan that would
   * come of it: those rules of {@link #preview}, and the one about the duration if there is one.
   *
   * @param duration how long is asked for; empty for the runbook's default, which always fits
   */
  public static Explanation explain(
      Catalog catalog,
      Directory directory,
      Past past,
      String runbook,
      String requester,
      Optional<Duration> duration) {
    return explain(catalog, directory, past, runbook, requester, requester, duration);
  }

  /**
   * As {@link #explain(Catalog, Directory, Past, String, String, Optional)}, where somebody asks
   * for somebody else. If they may not, that is all that is said.
   *
   * @param requester email address of the person it is for
   * @param asker email address of the person who asks
   */
  public static Explanation explain(
      Catalog catalog,
      Directory directory,
      Past past,
      String runbook,
      String requester,
      String asker,
      Optional<Duration> duration) {
    return weigh(
        catalog,
        directory,
        past,
        new Ask(runbook, requester, asker, duration, Optional.empty(), "", ""),
        Stream.of(
            ABOUT_THE_PERSON,
            ABOUT_OTHERS_AND_BEFORE,
            duration.isPresent() ? List.<Rule>of(Planner::durationFits) : List.<Rule>of()),
        true);
  }

  /**
   * A runbook as one person sees it in the list.
   *
   * @param checks how the rules about the person came out, satisfied or not
   * @param forOthers whether the person may ask for somebody else
   */
  public record Offer(
      Published<Runbook> runbook, TargetSystem system, List<Check> checks, boolean forOthers) {
    public Offer {
      checks = List.copyOf(checks);
    }

    /** Whether the person may ask. */
    public boolean open() {
      return checks.stream().allMatch(Check::satisfied);
    }
  }

  /**
   * All runbooks by title, each with whether this person may ask and why not. Reads one person and
   * no group, however many runbooks there are, what is open once, where roles do not go with each
   * other, and whom they manage once, where a manager may ask; whether somebody can approve is for
   * {@link #preview}. Owners are told by address.
   */
  public static List<Offer> offers(
      Catalog catalog, Directory directory, Past past, String requester) {
    return offers(catalog, directory, past, requester, List.of());
  }

  /** As {@link #offers}, with owners by name, whom it takes one read more to know. */
  public static List<Offer> offersWithNames(
      Catalog catalog, Directory directory, Past past, String requester) {
    var owners =
        catalog.systems().values().stream()
            .flatMap(system -> system.policy().owners().stream())
            .distinct()
            .toList();
    return offers(catalog, directory, past, requester, directory.people(owners));
  }

  private static List<Offer> offers(
      Catalog catalog, Directory directory, Past past, String requester, List<Person> owners) {
    var person = directory.person(requester);
    var open = person.map(each -> openBeside(catalog, past, each)).orElse(Past.UNKNOWN);
    var reports = person.map(each -> reports(catalog, directory, each)).orElse(List.of());
    return catalog.byTitle().stream()
        .flatMap(
            published ->
                catalog.system(published.policy().system()).stream()
                    .map(
                        system ->
                            new Offer(
                                published,
                                system.policy(),
                                person
                                    .map(
                                        p ->
                                            aboutThePerson(
                                                published.policy(),
                                                system.policy(),
                                                p,
                                                owners,
                                                open,
                                                catalog.apart(
                                                    system.policy().id(),
                                                    published.policy().role())))
                                    .orElseGet(() -> List.of(unknown(requester))),
                                person
                                    .filter(p -> mayAskForSomebody(published.policy(), p, reports))
                                    .isPresent())))
        .toList();
  }

  /** Whom the person manages, read only where that would let them ask. */
  private static List<Person> reports(Catalog catalog, Directory directory, Person person) {
    return catalog.byTitle().stream()
            .anyMatch(each -> each.policy().mayAskForOthers().contains(new Who.Manager()))
        ? directory.reports(person.email())
        : List.of();
  }

  /**
   * For whom this person may ask by the runbook: those whom they manage, where that lets them ask,
   * by name. Whom else they may ask for, they must say themselves.
   *
   * @return empty if for nobody; an empty list if for others, and none of them is known
   */
  public static Optional<List<Person>> colleagues(
      Runbook runbook, Directory directory, String asker) {
    return directory
        .active(asker)
        .flatMap(
            person -> {
              var reports =
                  runbook.mayAskForOthers().contains(new Who.Manager())
                      ? directory.reports(asker).stream()
                          .filter(each -> mayAsk(runbook, each))
                          .toList()
                      : List.<Person>of();
              return Optional.of(reports)
                  .filter(_ -> !reports.isEmpty() || isNamedToAskForOthers(runbook, person));
            });
  }

  /**
   * What is open, read once, where this person may ask for a role that does not go with others;
   * else not read at all.
   */
  private static Past openBeside(Catalog catalog, Past past, Person person) {
    boolean needed =
        catalog.byTitle().stream()
            .map(Published::policy)
            .filter(runbook -> mayAsk(runbook, person))
            .anyMatch(runbook -> !catalog.apart(runbook.system(), runbook.role()).isEmpty());
    return needed
        ? past.open(person.email()).map(Past::knowing).orElse(Past.UNKNOWN)
        : Past.UNKNOWN;
  }

  private static List<Check> aboutThePerson(
      Runbook runbook,
      TargetSystem system,
      Person person,
      List<Person> owners,
      Past past,
      List<Apart> apart) {
    var nothing = new Ask(runbook.id(), person.email(), Optional.empty(), "", "");
    var situation =
        new Situation(runbook, system, person, Directory.of(owners), past, apart, nothing);
    return Stream.concat(ABOUT_THE_PERSON.stream(), Stream.of((Rule) Planner::goesWithTheRest))
        .flatMap(rule -> rule.apply(situation).stream())
        .toList();
  }

  /**
   * @param always whether the plan is wanted, too, where this person may not ask
   */
  private static Explanation weigh(
      Catalog catalog,
      Directory directory,
      Past past,
      Ask ask,
      Stream<List<Rule>> rules,
      boolean always) {
    var runbook = catalog.runbook(ask.runbook());
    // What is no address is not looked up: it may be longer than any key.
    var requester = Optional.of(ask.requester()).filter(Person::isEmail).flatMap(directory::person);
    var asker = ask.isForOther() ? directory.person(ask.asker()) : requester;
    var system = runbook.flatMap(published -> catalog.system(published.policy().system()));
    var role = system.flatMap(published -> published.policy().role(runbook.get().policy().role()));
    var unasked =
        ask.isForOther() && runbook.isPresent() && role.isPresent() && asker.isPresent()
            ? notForThem(runbook.get().policy(), asker.get(), requester)
            : Optional.<Refusal>empty();
    if (runbook.isEmpty()
        || role.isEmpty()
        || asker.isEmpty()
        || requester.isEmpty()
        || unasked.isPresent()) {
      var checks = new ArrayList<Check>();
      if (runbook.isEmpty() || role.isEmpty()) {
        checks.add(unknownRunbook(ask.runbook()));
      }
      if (asker.isEmpty()) {
        checks.add(unknown(ask.asker()));
      } else if (unasked.isPresent()) {
        checks.add(Check.refused(unasked.get()));
      } else if (requester.isEmpty() && checks.isEmpty()) {
        checks.add(unknownColleague(ask.requester()));
      } // Of what cannot be looked up in a runbook nobody is told who there is.
      return new Explanation(
          checks, new Planning.Refused(Check.refusals(checks)), Optional.empty());
    }
    var situation =
        new Situation(
            runbook.get().policy(),
            system.get().policy(),
            requester.get(),
            directory,
            past,
            catalog.apart(system.get().policy().id(), role.get().id()),
            ask);
    var checks =
        rules.flatMap(List::stream).flatMap(rule -> rule.apply(situation).stream()).toList();
    var refusals = Check.refusals(checks);
    // Where it is not asked for, the directory is not read again for what nobody looks at.
    var plan =
        refusals.isEmpty()
                || (always && situation.chain().checks().stream().allMatch(Check::satisfied))
            ? Optional.of(frozen(runbook.get(), situation, role.get()))
            : Optional.<Plan>empty();
    return new Explanation(
        checks,
        refusals.isEmpty()
            ? new Planning.Planned(
                plan.orElseThrow(),
                situation.duration(),
                situation.reason(),
                Optional.of(situation.ticket()).filter(ticket -> !ticket.isEmpty()))
            : new Planning.Refused(refusals),
        plan);
  }

  private static Plan frozen(
      Published<Runbook> runbook, Situation situation, TargetSystem.Role role) {
    var system = situation.system();
    var glass = situation.glass();
    return new Plan(
        runbook.policy().id(),
        runbook.version(),
        runbook.policy().title(),
        system.id(),
        system.title(),
        role.id(),
        role.title(),
        system.target(role),
        system.owners(),
        glass == null ? situation.chain().stages() : List.of(),
        Optional.ofNullable(runbook.policy().extend())
            .filter(_ -> glass == null)
            .map(Runbook.Extension::longest)
            .orElse(null),
        Optional.ofNullable(runbook.policy().calendar()).map(Calendar::hours).orElse(null),
        situation.apart(),
        null,
        glass == null
            ? null
            : new BreakGlass(
                situation.chain().reviewers(glass.review()),
                Chain.managerOf(situation.requester(), situation.directory())
                    .map(Person::email)
                    .orElse(null)));
  }

  /** The rule about who asks for somebody else; what speaks against it is found before. */
  private static List<Check> askerMayAskForThem(Situation situation) {
    if (!situation.isForOther()) {
      return List.of();
    }
    var words = situation.runbook().mayAskForOthers();
    return List.of(
        Check.satisfied(
            "for-others",
            "For somebody else this can be asked for by "
                + InEnglish.list(words.stream().map(Planner::wordsOfAsker).toList(), "or")
                + ".",
            Said.of("check.for-others", words.stream().map(Planner::saidOfAsker).toList())));
  }

  /**
   * Why the one may not ask for the other; empty if they may. The same whether or not there is such
   * a person: whoever may not ask for them is not told.
   */
  private static Optional<Refusal> notForThem(
      Runbook runbook, Person asker, Optional<Person> requester) {
    if (runbook.mayAskForOthers().isEmpty()) {
      return Optional.of(
          new Refusal(
              "not-for-others",
              FOR,
              "Everybody asks for this themselves. Please tell your colleague to ask."));
    }
    if (!asker.active()) {
      return Optional.of(inactive(asker));
    }
    if (isNamedToAskForOthers(runbook, asker)
        || requester.filter(each -> mayAskFor(runbook, asker, each)).isPresent()) {
      return Optional.empty();
    }
    var words = runbook.mayAskForOthers();
    return Optional.of(
        new Refusal(
                "not-yours-to-ask-for",
                FOR,
                "For somebody else this can be asked for by "
                    + InEnglish.list(words.stream().map(Planner::wordsOfAsker).toList(), "or")
                    + ". For this address that is not you.")
            .with(words.stream().map(Planner::saidOfAsker).toList()));
  }

  /** Whether the runbook says that the one may ask for the other. */
  static boolean mayAskFor(Runbook runbook, Person asker, Person requester) {
    return isNamedToAskForOthers(runbook, asker)
        || (runbook.mayAskForOthers().contains(new Who.Manager())
            && asker.email().equals(requester.manager()));
  }

  /** Whether the runbook says that this person may ask for anybody who may ask. */
  private static boolean isNamedToAskForOthers(Runbook runbook, Person asker) {
    return runbook.mayAskForOthers().stream()
        .anyMatch(
            who ->
                switch (who) {
                  case Who.Group group -> asker.isIn(group.name());
                  case Who.Named named -> named.email().equals(asker.email());
                  // This depends on whom it is for.
                  case Who.Manager _ -> false;
                  // Runbook refuses these here.
                  case Who.Everyone _, Who.ManagersManager _, Who.Owners _ -> false;
                });
  }

  private static boolean mayAskForSomebody(Runbook runbook, Person asker, List<Person> reports) {
    return asker.active()
        && (isNamedToAskForOthers(runbook, asker)
            || (runbook.mayAskForOthers().contains(new Who.Manager())
                && reports.stream().anyMatch(each -> mayAsk(runbook, each))));
  }

  private static String wordsOfAsker(Who who) {
    return who instanceof Who.Manager ? "their manager" : words(who);
  }

  private static Object saidOfAsker(Who who) {
    return who instanceof Who.Manager ? Said.of("who.their-manager") : said(who);
  }

  private static Refusal inactive(Person person) {
    return Refusal.of(
            "requester-inactive",
            person.email()
                + " is inactive in the list of people. If that is wrong, please tell"
                + " whoever keeps it.")
        .in("left")
        .with(person.email());
  }

  private static List<Check> requesterIsActive(Situation situation) {
    var person = situation.requester();
    return List.of(
        person.active()
            ? Check.satisfied(
                "active",
                person.name() + " is in the directory.",
                Said.of("check.active", person.name()))
            : Check.refused(inactive(person)));
  }

  private static List<Check> requesterMayAsk(Situation situation) {
    var runbook = situation.runbook();
    var who = InEnglish.list(runbook.mayAsk().stream().map(Planner::words).toList(), "or");
    return List.of(
        mayAsk(runbook, situation.requester())
            ? Check.satisfied(
                "eligible",
                "This is for " + who + ".",
                Said.of("check.eligible", runbook.mayAsk().stream().map(Planner::said).toList()))
            : Check.refused(notAmongThem(situation, who)));
  }

  private static Refusal notAmongThem(Situation situation, String who) {
    var system = situation.system();
    var owners = ownersToAsk(situation);
    if (situation.isForOther()) {
      var name = situation.requester().name();
      return new Refusal(
              "not-eligible",
              FOR,
              "This is for "
                  + who
                  + ", and "
                  + name
                  + " is not among them. If their work needs it, please ask the owners of "
                  + system.title()
                  + " ("
                  + InEnglish.list(owners, "or")
                  + ").")
          .in("of-other")
          .with(
              situation.runbook().mayAsk().stream().map(Planner::said).toList(),
              name,
              system.title(),
              owners);
    }
    return Refusal.of(
            "not-eligible",
            "This is for "
                + who
                + ", and you are not among them. If your work needs it, please ask the owners of "
                + system.title()
                + " ("
                + InEnglish.list(owners, "or")
                + ").")
        .in("ask")
        .with(
            situation.runbook().mayAsk().stream().map(Planner::said).toList(),
            system.title(),
            owners);
  }

  private static List<Check> requesterMayBreakTheGlass(Situation situation) {
    var glass = situation.glass();
    if (glass == null) {
      return List.of(
          Check.refused(
              Refusal.of(
                  "no-break-glass",
                  "This cannot be taken without asking, not even in an emergency. Please ask for"
                      + " it; everybody who can approve hears of it at once.")));
    }
    return List.of(
        glass.isFor(situation.requester())
            ? Check.satisfied(
                "break-glass",
                "In an emergency this may be taken at once.",
                Said.of("check.break-glass"))
            : Check.refused(
                Refusal.of(
                    "not-for-emergency",
                    "You are not among those who may take this without asking. Please ask for it;"
                        + " everybody who can approve hears of it at once.")));
  }

  /** An emergency that nobody would look at again is none to be had. */
  private static List<Check> someoneReviews(Situation situation) {
    var glass = situation.glass();
    return glass == null || !situation.chain().reviewers(glass.review()).isEmpty()
        ? List.of()
        : List.of(
            Check.refused(
                Refusal.of(
                        "no-reviewer",
                        "Nobody but you is left who could review this afterwards: "
                            + InEnglish.list(
                                glass.review().stream().map(Planner::reviewer).toList(), "or")
                            + ". Please ask for it instead.")
                    .with(glass.review().stream().map(Planner::reviewerSaid).toList())));
  }

  private static String reviewer(Who who) {
    return switch (who) {
      case Who.Group _, Who.Named _, Who.Everyone _ -> words(who);
      case Who.Manager _ -> "your manager";
      case Who.ManagersManager _ -> "your manager's manager";
      case Who.Owners _ -> "the owners of the system";
    };
  }

  private static Object reviewerSaid(Who who) {
    return switch (who) {
      case Who.Group _, Who.Named _, Who.Everyone _ -> said(who);
      case Who.Manager _ -> Said.of("who.manager");
      case Who.ManagersManager _ -> Said.of("who.managers-manager");
      case Who.Owners _ -> Said.of("who.owners");
    };
  }

  /** By name those who are still here; by address if the directory has none of them at hand. */
  private static List<String> ownersToAsk(Situation situation) {
    var owners = situation.system().owners();
    var names =
        situation.directory().people(owners).stream()
            .filter(Person::active)
            .collect(Collectors.toMap(Person::email, Person::name));
    var here = owners.stream().flatMap(owner -> Stream.ofNullable(names.get(owner))).toList();
    return here.isEmpty() ? owners : here;
  }

  private static Object said(Who who) {
    return switch (who) {
      case Who.Everyone _ -> Said.of("who.everyone");
      case Who.Group group -> Said.of("who.group", group.name());
      case Who.Named named -> named.email();
      case Who.Manager _, Who.ManagersManager _, Who.Owners _ -> who.text();
    };
  }

  /** The rule about who decides: it reads the directory for every stage. */
  private static List<Check> someoneCanApprove(Situation situation) {
    return situation.chain().checks();
  }

  /** The rule about how often one may ask: it reads what was asked for, where there are limits. */
  private static List<Check> limitsAreKept(Situation situation) {
    var limits = situation.runbook().limits();
    if (limits == null) {
      return List.of();
    }
    return situation
        .past()
        .of(situation.requester().email(), situation.runbook().id())
        .map(usage -> limitsAreKept(situation, limits, usage))
        .orElse(List.of());
  }

  /** They are those of the person it is for, whoever asks: nobody gets more through others. */
  private static List<Check> limitsAreKept(
      Situation situation, Runbook.Limits limits, Past.Usage usage) {
    var checks = new ArrayList<Check>();
    if (limits.open() != null) {
      checks.add(open(situation, usage.open(), limits.open()));
    }
    if (limits.perDay() != null) {
      checks.add(perDay(situation, usage.lastDay(), limits.perDay()));
    }
    return checks;
  }

  private static Check open(Situation situation, int open, int most) {
    if (open < most) {
      return Check.satisfied(
          "limit-open",
          "Open at the moment: " + open + ". At most " + most + " at once.",
          Said.of("check.limit-open", open, most));
    }
    var name = situation.requester().name();
    return situation.isForOther()
        ? Check.refused(
            Refusal.of(
                    "limit-open",
                    open == 1
                        ? name
                            + " has this already, waiting or running, and it is possible only once"
                            + " at a time."
                        : name
                            + " has "
                            + open
                            + " of this waiting or running, and there can be at most "
                            + most
                            + " at once.")
                .in("of-other")
                .with(open, most, name))
        : Check.refused(
            Refusal.of(
                    "limit-open",
                    open == 1
                        ? "You have this already, waiting or running, and it is possible only once"
                            + " at a time. Withdraw it, give it back, or wait for its end."
                        : "You have "
                            + open
                            + " of this waiting or running, and there can be at most "
                            + most
                            + " at once. Withdraw one, give it back, or wait for its end.")
                .with(open, most));
  }

  private static Check perDay(Situation situation, List<Instant> lastDay, int most) {
    int asked = lastDay.size();
    if (asked < most) {
      return Check.satisfied(
          "limit-per-day",
          "Asked within 24 hours: " + asked + ". At most " + most + ".",
          Said.of("check.limit-per-day", asked, most));
    }
    var next = lastDay.get(most - 1).plus(DAY);
    if (situation.isForOther()) {
      var name = situation.requester().name();
      return Check.refused(
          Refusal.of(
                  "limit-per-day",
                  "This was asked for "
                      + asked
                      + " times within 24 hours for "
                      + name
                      + ", and at most "
                      + most
                      + " are allowed. The next is possible "
                      + next
                      + ".")
              .in("of-other")
              .with(asked, most, next, name));
    }
    return Check.refused(
        Refusal.of(
                "limit-per-day",
                "You have asked for this "
                    + asked
                    + " times within 24 hours, and at most "
                    + most
                    + " are allowed. The next is possible "
                    + next
                    + ".")
            .with(asked, most, next));
  }

  /** The rule about roles that nobody may have together; it reads what is open, where there are. */
  private static List<Check> goesWithTheRest(Situation situation) {
    if (situation.apart().isEmpty()) {
      return List.of();
    }
    return situation
        .past()
        .open(situation.requester().email())
        .map(
            open ->
                situation.apart().stream()
                    .map(
                        other ->
                            open.stream()
                                .filter(each -> each.isFor(other))
                                .findFirst()
                                .map(each -> notBoth(situation, other, each))
                                .orElseGet(() -> without(other)))
                    .toList())
        .orElse(List.of());
  }

  private static Check without(Apart other) {
    return Check.satisfied(
        "not-both",
        "Not together with “%s” in %s, which is neither asked for nor there."
            .formatted(other.roleTitle(), other.systemTitle()),
        Said.of("check.not-both", other.roleTitle(), other.systemTitle()));
  }

  private static Check notBoth(Situation situation, Apart other, Past.Open open) {
    if (situation.isForOther()) {
      // By which other request is for that person to see.
      var name = situation.requester().name();
      return Check.refused(
          Refusal.of(
                  "not-both",
                  "Nobody may have this together with “%s” in %s, which %s has or is getting."
                      .formatted(other.roleTitle(), other.systemTitle(), name))
              .in("decide")
              .with(other.roleTitle(), other.systemTitle(), name));
    }
    return Check.refused(
        switch (open.state()) {
          case ASKED ->
              notBoth(
                      other,
                      open,
                      "which you have asked for (“%s”). You can withdraw that request, or wait for"
                          + " its end.")
                  .in("asked");
          case THERE ->
              notBoth(
                      other,
                      open,
                      "which you have (“%s”). You can give that back, or wait for its end.")
                  .in("there");
          case ENDING ->
              notBoth(
                      other,
                      open,
                      "which you had (“%s”) and which is being taken away. Please ask again when"
                          + " that is done.")
                  .in("ending");
        });
  }

  private static Refusal notBoth(Apart other, Past.Open open, String further) {
    return Refusal.of(
            "not-both",
            ("Nobody may have this together with “%s” in %s, " + further)
                .formatted(other.roleTitle(), other.systemTitle(), open.title()))
        .with(other.roleTitle(), other.systemTitle(), open.title());
  }

  /** Whether the runbook says that this person may ask. */
  static boolean mayAsk(Runbook runbook, Person person) {
    return runbook.mayAsk().stream().anyMatch(who -> who.means(person));
  }

  private static String words(Who who) {
    return switch (who) {
      case Who.Everyone _ -> "everyone";
      case Who.Group group -> "people in the group " + group.name();
      case Who.Named named -> named.email();
      case Who.Manager _, Who.ManagersManager _, Who.Owners _ -> who.text();
    };
  }

  private static List<Check> durationFits(Situation situation) {
    var asked = situation.duration();
    var longest = situation.longest();
    if (!asked.isPositive()) {
      return List.of(
          duration(
              "duration-not-positive",
              "The access must last some time: please choose "
                  + InEnglish.duration(Runbook.SHORTEST)
                  + " to "
                  + InEnglish.duration(longest)
                  + ".",
              Runbook.SHORTEST,
              longest));
    }
    if (asked.compareTo(Runbook.SHORTEST) < 0) {
      return List.of(
          duration(
              "duration-too-short",
              "The shortest access is "
                  + InEnglish.duration(Runbook.SHORTEST)
                  + ". You can always give it back earlier.",
              Runbook.SHORTEST));
    }
    if (asked.compareTo(longest) > 0) {
      return List.of(
          duration(
              "duration-too-long",
              "The longest access here is "
                  + InEnglish.duration(longest)
                  + ", and you asked for "
                  + InEnglish.duration(asked)
                  + ".",
              longest,
              asked));
    }
    return List.of(
        Check.satisfied(
            "duration",
            "Access for " + InEnglish.duration(asked) + ".",
            Said.of("check.duration", asked, longest)));
  }

  private static List<Check> startFits(Situation situation) {
    return situation
        .ask()
        .start()
        .map(start -> List.of(startFits(start, situation.runbook().start())))
        .orElse(List.of());
  }

  private static List<Check> startFitsAnEmergency(Situation situation) {
    return situation.ask().start().isEmpty()
        ? List.of()
        : List.of(
            start("start-not-in-emergency", "An emergency is now: please leave the start out."));
  }

  private static Check startFits(Ask.Start start, Runbook.@Nullable Start rule) {
    if (rule == null) {
      return start(
          "start-not-offered",
          "This begins with the last approval; a later time cannot be chosen here.");
    }
    if (!start.at().isAfter(start.now())) {
      return start(
          "start-past",
          "That time has passed. Please choose a later one, or leave it out to begin with the last"
              + " approval.");
    }
    var latest = start.now().plus(rule.within());
    return start.at().isAfter(latest)
        ? start(
            "start-too-late",
            "This can begin within "
                + InEnglish.duration(rule.within())
                + ", by "
                + latest
                + ". Please choose an earlier time, or ask again later.",
            rule.within(),
            latest)
        : Check.satisfied(
            "start", "It begins at " + start.at() + ".", Said.of("check.start", start.at()));
  }

  private static Check start(String code, String message, Object... arguments) {
    return Check.refused(new Refusal(code, "startsAt", message).with(arguments));
  }

  private static Check duration(String code, String message, Object... arguments) {
    return Check.refused(new Refusal(code, "duration", message).with(arguments));
  }

  private static Check reason(String code, String message, Object... arguments) {
    return Check.refused(new Refusal(code, "reason", message).with(arguments));
  }

  private static Check ticket(String code, String message, Object... arguments) {
    return Check.refused(new Refusal(code, "ticket", message).with(arguments));
  }

  private static List<Check> reasonFits(Situation situation) {
    var reason = situation.reason();
    var rule = situation.runbook().reason();
    var hint = rule.hint().isEmpty() ? "" : " " + rule.hint();
    var flaw = Texts.refusal("reason-character", "reason", reason);
    if (flaw.isPresent()) {
      return List.of(Check.refused(flaw.get()));
    }
    // People count what they see, not UTF-16 units.
    int characters = Texts.seen(reason);
    if (characters == 0) {
      return List.of(
          reason("reason-missing", "Please say why you need this access." + hint, rule.hint()));
    }
    if (characters < rule.atLeast()) {
      return List.of(
          reason(
              "reason-too-short",
              "Please say a little more about why you need this access (at least "
                  + InEnglish.counted(rule.atLeast(), "character")
                  + ")."
                  + hint,
              rule.atLeast(),
              rule.hint()));
    }
    int length = reason.codePointCount(0, reason.length());
    if (length > Runbook.MOST_CHARACTERS) {
      return List.of(
          reason(
              "reason-too-long",
              "Please keep the reason under 2,000 characters; yours has "
                  + String.format(Locale.ENGLISH, "%,d", length)
                  + ".",
              Runbook.MOST_CHARACTERS,
              length));
    }
    return List.of(Check.satisfied("reason", "A reason is given.", Said.of("check.reason")));
  }

  private static List<Check> ticketFits(Situation situation) {
    var ticket = situation.ticket();
    var rule = situation.runbook().ticket();
    if (ticket.length() > Runbook.MOST_TICKET_CHARACTERS) {
      return List.of(
          ticket(
              "ticket-too-long",
              "A ticket number has at most " + Runbook.MOST_TICKET_CHARACTERS + " characters.",
              Runbook.MOST_TICKET_CHARACTERS));
    }
    var flaw = Texts.refusalOfLine("ticket-character", "ticket", ticket);
    if (flaw.isPresent()) {
      return List.of(Check.refused(flaw.get()));
    }
    if (rule == null) {
      return List.of(Check.satisfied("ticket", "No ticket is needed.", Said.of("check.no-ticket")));
    }
    if (ticket.isEmpty() && situation.ask().breakGlass()) {
      // Nobody should have to write one first.
      return List.of(Check.satisfied("ticket", "No ticket.", Said.of("check.no-ticket")));
    }
    if (ticket.isEmpty()) {
      return List.of(
          ticket(
              "ticket-missing",
              "Please give the ticket number, for example " + rule.example() + ". " + rule.hint(),
              rule.example(),
              rule.hint()));
    }
    if (!rule.accepts(ticket)) {
      return List.of(
          ticket(
              "ticket-wrong",
              shown(ticket)
                  + " is not a ticket number we know: it should look like "
                  + rule.example()
                  + ". "
                  + rule.hint(),
              shown(ticket),
              rule.example(),
              rule.hint()));
    }
    return List.of(
        Check.satisfied(
            "ticket", "The ticket is " + ticket + ".", Said.of("check.ticket", ticket)));
  }

  private static Check unknownRunbook(String id) {
    if (id.isBlank()) {
      return Check.refused(
          new Refusal("runbook-missing", "runbook", "Please name the runbook you want to use."));
    }
    return Check.refused(
        new Refusal(
                "runbook-unknown",
                "runbook",
                "There is no runbook called " + shown(id) + ". Please choose one from the list.")
            .with(shown(id)));
  }

  private static Check unknownColleague(String email) {
    return Check.refused(
        new Refusal(
                "requester-unknown",
                FOR,
                "We do not know " + shown(email) + ". Please look at the address again.")
            .in("of-other")
            .with(shown(email)));
  }

  private static Check unknown(String email) {
    return Check.refused(
        Refusal.of(
                "requester-unknown",
                "We do not know "
                    + shown(email)
                    + ". Please ask whoever keeps the list of people to add you.")
            .in("yours")
            .with(shown(email)));
  }

  /** Something typed, bounded so that a message stays a message. */
  private static String shown(String typed) {
    var some = typed.length() <= 60 ? typed : typed.substring(0, 60) + "…";
    return Texts.visibleLine(some);
  }
}
