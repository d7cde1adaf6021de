package dev.daypass.web;

import dev.daypass.access.Hours;
import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.Said;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.StagePlan;
import dev.daypass.web.RequestView.Action;
import dev.daypass.web.RequestView.Happened;
import dev.daypass.web.RequestView.What;
import dev.daypass.words.Chain;
import dev.daypass.words.Paths;
import dev.daypass.words.Sentence.Tone;
import dev.daypass.words.Speech;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Pages as people see them on an ordinary and on a bad day. */
final class SampleViews {
  static final Instant NOW = Instant.parse("2026-11-26T13:05:00Z");
  static final Person MIA = new Person("Mia Torres", "mia.torres@example.com");
  static final Person JONAS = new Person("Jonas Weber", "jonas.weber@example.com");
  static final Frame FRAME = frame(MIA);
  static final Frame NOBODY = frame(null);
  static final String REASON =
      "Customer 4711 says their invoice address is wrong.\nI need to see what we have on file.";

  /** What somebody might type who means harm, or pastes from anywhere. */
  static final String HOSTILE =
      "<script>alert('x')</script> \"quoted\" & 'single'\n"
          + "</textarea><b>bold</b> \u202Eesrever\u202C \uD83E\uDD84\uD83D\uDE80 "
          + "long".repeat(450);

  /** As long as it may be. */
  static final String LONG = "They call again, and again. ".repeat(71);

  private SampleViews() {}

  private static Frame frame(@Nullable Person who) {
    return new Frame(
        who,
        Speech.onPage(Locale.ENGLISH, ZoneId.of("Europe/Berlin"), NOW),
        "token-of-the-form",
        "/any-page?q=x");
  }

  static What what(String reason) {
    return new What(
        "r-7k2m9q",
        "crm-view-customer",
        "View a customer record",
        "CRM",
        "Read customer records",
        MIA,
        new Person("Lea Fontaine", "lea.fontaine@example.com"),
        false,
        Duration.ofHours(4),
        null,
        Duration.ofHours(12),
        null,
        reason,
        "SUP-1234",
        NOW.plus(Duration.ofDays(2)),
        NOW.minus(Duration.ofMinutes(20)));
  }

  static final Hours OFFICE =
      new Hours(
          "Office hours in Berlin",
          ZoneId.of("Europe/Berlin"),
          Map.of(
              DayOfWeek.MONDAY,
              List.of(new Hours.Opening(540, 1020)),
              DayOfWeek.THURSDAY,
              List.of(new Hours.Opening(540, 1020))),
          List.of());

  static List<StagePlan> stages() {
    return List.of(
        new StagePlan(
            "Your manager",
            Proof.MAILBOX,
            List.of(
                round(RoundPlan.Kind.NOTICE, 4, 1, "jonas.weber@example.com"),
                round(RoundPlan.Kind.REMINDER, 4, 1, "jonas.weber@example.com"),
                round(RoundPlan.Kind.ESCALATION, 16, 1, "petra.lang@example.com")),
            null),
        new StagePlan(
            "An owner of the CRM",
            Proof.SESSION,
            List.of(
                round(
                    RoundPlan.Kind.NOTICE,
                    8,
                    1,
                    "aisha.khan@example.com",
                    "tom.becker@example.com")),
            null));
  }

  private static RoundPlan round(RoundPlan.Kind kind, int hours, int needed, String... who) {
    return new RoundPlan(kind, Duration.ofHours(hours), List.of(who), needed);
  }

  static String name(String email) {
    String local = email.substring(0, email.indexOf('@'));
    StringBuilder name = new StringBuilder();
    for (String part : local.split("\\.", -1)) {
      name.append(name.isEmpty() ? "" : " ")
          .append(Character.toUpperCase(part.charAt(0)))
          .append(part.substring(1));
    }
    return name.toString();
  }

  static HomeView home() {
    return new HomeView(
        FRAME,
        List.of(
            new HomeView.Access(
                "r-1", "View a customer record", "CRM", NOW.plus(Duration.ofMinutes(200)))),
        List.of(
            new HomeView.Waiting(
                "r-2",
                Telling.asks("Ben Okafor"),
                "Refund a payment",
                Duration.ofHours(1),
                NOW.plus(Duration.ofDays(2)),
                NOW.plus(Duration.ofHours(3)),
                "Jonas Weber",
                Paths.decideSignedIn("r-2")),
            new HomeView.Waiting(
                "r-3",
                Telling.asksFor("Lea Fontaine", "Ben Okafor"),
                "See the marketing dashboard",
                Duration.ofDays(7),
                null,
                NOW.plus(Duration.ofHours(20)),
                null,
                null)),
        List.of(
            new HomeView.Task(
                "r-7",
                ToDo.SET_UP,
                "Priya Nair",
                "Onboarding editor",
                "HR tool",
                NOW.minus(Duration.ofMinutes(40))),
            new HomeView.Task(
                "r-8",
                ToDo.TAKE_AWAY,
                "Ben Okafor",
                "Editor",
                "HR tool",
                NOW.minus(Duration.ofHours(2))),
            new HomeView.Task(
                "r-9",
                ToDo.MAKE_SURE,
                "Lea Fontaine",
                "Editor",
                "HR tool",
                NOW.minus(Duration.ofHours(3)))),
        List.of(
            new HomeView.Asked(
                "r-4",
                "Refund a payment",
                NOW.minus(Duration.ofMinutes(12)),
                Telling.waitingFor(List.of("Jonas Weber"))),
            new HomeView.Asked(
                "r-1",
                "View a customer record",
                NOW.minus(Duration.ofMinutes(50)),
                Telling.access(NOW.plus(Duration.ofMinutes(200)))),
            new HomeView.Asked(
                "r-5",
                "Emergency: retrieve critical information",
                NOW.minus(Duration.ofDays(2)),
                Telling.nobodyAnswered()),
            new HomeView.Asked(
                "r-6", "View a customer record", NOW.minus(Duration.ofDays(9)), Telling.ended())),
        List.of(
            new HomeView.Asked(
                "r-10",
                "Onboard a new colleague",
                "Ben Okafor",
                NOW.minus(Duration.ofMinutes(5)),
                Telling.waitingFor(List.of("Jonas Weber")))),
        2,
        offers().stream().filter(FindView.Offer::open).toList(),
        true);
  }

  static List<FindView.Offer> offers() {
    return List.of(
        offer(
            "crm-view-customer",
            "View a customer record",
            "Support",
            "CRM",
            "Look something up for a customer who has asked."),
        offer(
            "billing-refund",
            "Refund a payment",
            "Support",
            "Billing portal",
            "Give money back after a mistake or a return."),
        offer(
            "emergency",
            "Emergency: retrieve critical information",
            "Everyone",
            "CRM",
            "Only when waiting would do harm. It is reviewed afterwards."),
        offer(
            "audit-read",
            "Read records for an audit",
            "Everyone",
            "Compliance archive",
            "Read-only, for the time of an audit."),
        shut("payroll-view", "View payroll", "HR", "Payroll"),
        shut("hr-onboarding", "Onboard a new colleague", "HR", "HR tool"));
  }

  private static FindView.Offer offer(
      String id, String title, String team, String system, String line) {
    return new FindView.Offer(
        id, title, team, team.equals("Support"), system, line, List.of(), id.startsWith("crm"));
  }

  private static FindView.Offer shut(String id, String title, String team, String system) {
    var why =
        Refusal.of("not-eligible", "Any.")
            .with(List.of(Said.of("who.group", "hr")), system, List.of("Priya Nair"))
            .in("ask");
    return new FindView.Offer(
        id, title, team, false, system, "Any line.", List.of(why), id.startsWith("hr"));
  }

  static HomeView emptyHome() {
    return new HomeView(
        FRAME, List.of(), List.of(), List.of(), List.of(), List.of(), 0, List.of(), false);
  }

  static HomeView nothingForMeHome() {
    return new HomeView(
        FRAME, List.of(), List.of(), List.of(), List.of(), List.of(), 0, List.of(), true);
  }

  static FindView find(String query) {
    return FindView.of(FRAME, query, offers());
  }

  static InboxView inbox(InboxView.@Nullable Done done, DecideView... items) {
    return new InboxView(FRAME, List.of(items), items.length, items.length, done);
  }

  static DecideView item(String id, String comment, List<Refusal> errors) {
    var any = decide(REASON, comment, errors, 5);
    var what = any.what();
    return new DecideView(
        FRAME,
        Paths.decideInInbox(id) + "?stage=0",
        null,
        new What(
            id,
            what.runbook(),
            what.title(),
            what.systemTitle(),
            what.roleTitle(),
            MIA,
            what.askedBy(),
            what.gone(),
            what.duration(),
            what.shortened(),
            what.extendable(),
            what.extended(),
            what.reason(),
            what.ticket(),
            what.startsAt(),
            what.askedAt()),
        any.allows(),
        any.guidance(),
        List.of(),
        any.history(),
        any.ifNothing(),
        any.answerBy(),
        any.time(),
        new DecideView.HandOver(List.of(), "", Paths.decideSignedIn(id) + "?stage=0#field-to"),
        null,
        null,
        null,
        comment,
        errors);
  }

  static Earlier history() {
    return new Earlier(
        List.of(
            new Earlier.Asked(
                "View a customer record", NOW.minus(Duration.ofDays(3)), Telling.ended()),
            new Earlier.Asked(
                "Export a list", NOW.minus(Duration.ofDays(8)), Telling.nobodyAnswered())),
        true);
  }

  static AskView ask(AskView.Entered entered, Duration longest, List<Refusal> errors) {
    return new AskView(
        FRAME,
        "crm-view-customer",
        "View a customer record",
        "Look something up for a customer who has asked.",
        errors.isEmpty()
            ? new AskView.Others(true, List.of(MIA), null)
            : new AskView.Others(true, List.of(), MIA),
        "CRM",
        "Read customer records",
        "You will see one customer's record: contact, orders and tickets.\n"
            + "Payment data stays hidden.",
        HowLong.choices(Duration.ofHours(4), longest),
        Duration.ofHours(12),
        Duration.ofDays(14),
        "Say which customer and what for.",
        10,
        "SUP-1234",
        errors.isEmpty()
            ? List.of(
                new AskView.AtOnce("leads", List.of()),
                new AskView.AtOnce(
                    "used-before",
                    List.of(
                        Said.of("rule.max-duration", Duration.ofHours(1)),
                        Said.of("rule.has-ticket"))))
            : List.of(),
        Chain.steps(stages(), "CRM", null, NOW, SampleViews::name),
        Telling.comesAndGoes(!errors.isEmpty(), "CRM"),
        errors.isEmpty()
            ? List.of()
            : List.of(
                new HomeView.Asked(
                    "r-4", "View a customer record", NOW, Telling.waitingFor(List.of("Jonas")))),
        List.of(),
        errors.isEmpty(),
        entered,
        errors,
        "key-1");
  }

  /** The form of an emergency. */
  static EmergencyView emergency(String reason, List<Refusal> errors) {
    return new EmergencyView(
        FRAME,
        "crm-view-customer",
        "View a customer record",
        "See one customer, and nothing of payments.",
        "CRM",
        "Read customer records",
        HowLong.choices(Duration.ofHours(1), Duration.ofHours(4)),
        "Say which customer and what for.",
        10,
        List.of("Jonas Weber", "Petra Lang"),
        List.of("Petra Lang"),
        Telling.comesAtOnce(!errors.isEmpty(), "CRM"),
        errors.isEmpty() ? null : "/sign-in?how=again",
        new EmergencyView.Entered("PT1H", reason),
        errors,
        "key-2");
  }

  /** Access that was taken in an emergency, shown to whoever reviews it. */
  static RequestView review(boolean isOwn, String typed, List<Refusal> errors) {
    return new RequestView(
        frame(JONAS),
        what(REASON),
        "See one customer, and nothing of payments.",
        null,
        isOwn,
        Telling.access(NOW.plus(Duration.ofHours(1))),
        "",
        null,
        NOW.plus(Duration.ofHours(1)),
        null,
        20,
        null,
        List.of(
            happened(20, Telling.tookInEmergency("Mia Torres"), "", Tone.BAD),
            happened(20, Telling.toReview(List.of("Jonas Weber")), "", Tone.WAITING),
            happened(10, Telling.reviewReminded(List.of("Jonas Weber")), "", Tone.WAITING),
            happened(5, Telling.reviewedBy("Petra Lang", false), typed, Tone.BAD)),
        List.of(
            new Upcoming(
                NOW.plus(Duration.ofHours(4)), Telling.nextReviewReminder(List.of("Jonas Weber")))),
        Set.of(),
        List.of(),
        null,
        Telling.toBeReviewed(List.of("Jonas Weber", "Petra Lang")),
        new RequestView.Review(isOwn, errors.isEmpty() ? "" : "justified", typed),
        "",
        "",
        errors);
  }

  static AskView freshAsk() {
    return ask(new AskView.Entered("PT4H", "", "", ""), Duration.ofHours(8), List.of());
  }

  /** Nothing that could be typed helps: the other role is there. */
  static AskView shutAsk() {
    var any = freshAsk();
    return new AskView(
        any.frame(),
        any.runbook(),
        any.title(),
        any.line(),
        any.others(),
        any.systemTitle(),
        any.roleTitle(),
        any.guidance(),
        any.durations(),
        any.extendable(),
        any.startWithin(),
        any.reasonHint(),
        any.reasonLeast(),
        any.ticketExample(),
        any.atOnce(),
        any.chain(),
        any.access(),
        List.of(),
        List.of(new HomeView.Asked("r-5", "Refund a payment", NOW, Telling.access(NOW))),
        any.emergency(),
        any.entered(),
        List.of(
            Refusal.of("not-both", "Any.")
                .in("there")
                .with("Refund agent", "Billing", "Refund a payment")),
        any.key());
  }

  static AskView refusedAsk(String reason) {
    return ask(
        new AskView.Entered("PT8H", "2026-01-01T09:00", reason, "1234", MIA.email()),
        Duration.ofDays(3),
        List.of(
            new Refusal("reason-too-short", "reason", "Any.")
                .with(10, "Say which customer and what for."),
            new Refusal("ticket-wrong", "ticket", "Any.").with("1234", "SUP-1234", ""),
            Refusals.of("sent-before", null, "View a customer record")));
  }

  static RequestView waiting() {
    return request(
        Set.of(Action.CANCEL),
        true,
        List.of(
            happened(20, Telling.asked("Mia Torres"), "", Tone.OVER),
            happened(
                20,
                Telling.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.WAITING)),
        List.of(
            new Upcoming(
                NOW.plus(Duration.ofMinutes(220)), Telling.nextReminder(List.of("Jonas Weber"))),
            new Upcoming(
                NOW.plus(Duration.ofMinutes(460)), Telling.nextEscalation(List.of("Petra Lang"))),
            new Upcoming(NOW.plus(Duration.ofMinutes(1420)), Telling.nextLapse()),
            new Upcoming(null, Telling.nextAccess(Duration.ofHours(4)))),
        REASON);
  }

  static RequestView request(
      Set<Action> actions, boolean mine, List<Happened> past, List<Upcoming> next, String reason) {
    return new RequestView(
        FRAME,
        what(reason),
        "See one customer, and nothing of payments.",
        null,
        mine,
        Telling.waitingFor(List.of("Jonas Weber")),
        "",
        new RequestView.AskedNow(
            List.of("Jonas Weber"),
            NOW.plus(Duration.ofMinutes(220)),
            Telling.thenAsWell(NOW.plus(Duration.ofHours(24))),
            null),
        null,
        Said.of("done.sent"),
        4,
        null,
        past,
        next,
        actions,
        List.of(),
        null,
        null,
        null,
        "",
        "",
        List.of());
  }

  static RequestView active(String comment) {
    return new RequestView(
        FRAME,
        what(REASON),
        "See one customer, and nothing of payments.",
        null,
        true,
        Telling.access(NOW.plus(Duration.ofHours(3))),
        "",
        null,
        NOW.plus(Duration.ofHours(3)),
        null,
        20,
        "Sign in to the CRM as usual. The customer's record is under Customers.",
        List.of(
            happened(80, Telling.asked("Mia Torres"), "", Tone.OVER),
            happened(
                80,
                Telling.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.OVER),
            happened(61, Telling.approved("Jonas Weber", Proof.MAILBOX, null), comment, Tone.GOOD),
            happened(60, Telling.setUp(NOW.plus(Duration.ofHours(3))), "", Tone.GOOD)),
        List.of(new Upcoming(NOW.plus(Duration.ofHours(3)), Telling.nextEnd())),
        Set.of(Action.GIVE_BACK, Action.ASK_LONGER),
        Stream.of(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(8))
            .map(more -> new RequestView.End(NOW.plus(Duration.ofHours(3)).plus(more), more))
            .toList(),
        null,
        null,
        null,
        "",
        "",
        List.of());
  }

  static RequestView forOwner() {
    return new RequestView(
        frame(JONAS),
        what(REASON),
        "See one customer, and nothing of payments.",
        "/systems/crm",
        false,
        Telling.access(NOW.plus(Duration.ofHours(3))),
        "",
        null,
        NOW.plus(Duration.ofHours(3)),
        null,
        20,
        null,
        active("").past(),
        active("").next(),
        Set.of(Action.WITHDRAW_APPROVAL, Action.REVOKE),
        List.of(),
        null,
        null,
        null,
        "",
        "",
        List.of(Refusals.of("revoke-reason-missing", "reason")));
  }

  /** What an owner has to do by hand, and what is wrong with the answer. */
  static RequestView byHand(ToDo todo, boolean isOwn, String typed, List<Refusal> errors) {
    boolean isSetUp = todo == ToDo.SET_UP;
    return new RequestView(
        frame(JONAS),
        what(typed),
        "See one customer, and nothing of payments.",
        "/systems/payroll",
        false,
        isSetUp
            ? Telling.settingUpByHand(List.of("Jonas Weber", "Petra Lang"))
            : Telling.takingAwayByHand(List.of("Jonas Weber", "Petra Lang")),
        "",
        null,
        null,
        null,
        4,
        null,
        List.of(
            happened(
                60,
                Telling.handsAskedToSetUp(List.of("Jonas Weber", "Petra Lang")),
                "",
                Tone.WAITING),
            happened(
                50,
                Telling.setUpAnswered("Petra Lang", SetUpTask.Result.DONE),
                typed,
                Tone.WAITING),
            happened(40, Telling.handsAskedToTakeAway(List.of("Jonas Weber")), "", Tone.WAITING),
            happened(30, Telling.reminded(1, List.of("Jonas Weber")), "", Tone.WAITING),
            happened(20, Telling.reminded(2, List.of("Petra Lang")), "", Tone.WAITING),
            happened(10, Telling.reminded(3, List.of()), "", Tone.WAITING)),
        List.of(
            new Upcoming(
                NOW.plus(Duration.ofHours(4)), Telling.nextHandReminder(List.of("Jonas Weber")))),
        isSetUp ? Set.of(Action.REVOKE) : Set.of(),
        List.of(),
        new RequestView.Task(
            todo,
            isOwn,
            isOwn,
            NOW.minus(Duration.ofMinutes(5)),
            "payroll-viewers",
            List.of("Open Users and find the person.", typed.isEmpty() ? "Save." : typed),
            errors.isEmpty() ? "" : "impossible",
            typed,
            !errors.isEmpty()),
        null,
        null,
        "",
        "",
        errors);
  }

  static RequestView lapsed() {
    return new RequestView(
        FRAME,
        what(REASON),
        "See one customer, and nothing of payments.",
        null,
        true,
        Telling.nobodyAnswered(),
        "",
        null,
        null,
        null,
        0,
        "Nothing was set up. Ask again, or talk to Petra Lang first.",
        List.of(
            happened(2000, Telling.asked("Mia Torres"), "", Tone.OVER),
            happened(
                2000,
                Telling.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.OVER),
            happened(
                1700,
                Telling.wereAsked(RoundPlan.Kind.ESCALATION, List.of("Petra Lang")),
                "",
                Tone.OVER),
            happened(560, Telling.lapsed(), "", Tone.BAD)),
        List.of(),
        Set.of(Action.ASK_AGAIN),
        List.of(),
        null,
        null,
        null,
        "",
        "",
        List.of());
  }

  static Happened happened(int minutesAgo, Said what, String typed, Tone tone) {
    return new Happened(NOW.minus(Duration.ofMinutes(minutesAgo)), what, typed, tone);
  }

  static DecideView decide(String reason, String comment, List<Refusal> errors, int triesLeft) {
    return new DecideView(
        NOBODY,
        Paths.decide("abc"),
        JONAS.name(),
        what(reason),
        "See one customer, and nothing of payments.",
        "Is there a ticket from this customer? Then it is fine.\n"
            + "The person sees one record, no payment data.",
        List.of(
            happened(
                10, Telling.approved("Aisha Khan", Proof.SESSION, null), "Fine by me.", Tone.GOOD)),
        history(),
        List.of(
            new Upcoming(
                NOW.plus(Duration.ofHours(4)), Telling.nextReminder(List.of("Jonas Weber"))),
            new Upcoming(
                NOW.plus(Duration.ofHours(8)), Telling.nextEscalation(List.of("Petra Lang"))),
            new Upcoming(NOW.plus(Duration.ofHours(24)), Telling.nextLapse())),
        Telling.answerByAndAsWell(NOW.plus(Duration.ofHours(8)), NOW.plus(Duration.ofHours(24))),
        new DecideView.Time(Duration.ofHours(4), HowLong.shorterThan(Duration.ofHours(4)), ""),
        new DecideView.HandOver(
            List.of(new Person("Petra Lang", "petra.lang@example.com"), JONAS), "", null),
        null,
        new DecideView.Code(triesLeft, 5, ""),
        null,
        comment,
        errors);
  }

  static ErrorView problem(Problem problem) {
    return new ErrorView(NOBODY, problem, WayOn.from(Calls.get("/"), problem));
  }

  static LinkView link(LinkView.State state) {
    return new LinkView(
        NOBODY,
        state instanceof LinkView.State.NotKnown ? null : JONAS.name(),
        state instanceof LinkView.State.NotKnown ? null : what(REASON),
        state);
  }

  static SessionsView sessions() {
    return new SessionsView(
        FRAME,
        List.of(
            session("aa11", "Firefox", "Linux", true), session("bb22", "Chrome", "Android", false)),
        Said.of("page.sessions.ended"));
  }

  /** Somebody's own, or another's for whoever administers. */
  static StandInView standIn(boolean own, List<Refusal> errors) {
    var day = LocalDate.of(2026, 12, 1);
    return new StandInView(
        FRAME,
        JONAS,
        own,
        true,
        own ? Paths.standIn() : StandInView.ofPerson(JONAS.email()),
        "Europe/Berlin",
        own ? new StandInView.Named(MIA, day, day.plusDays(13), true) : null,
        new StandInView.Entered("", day.toString(), "", REASON),
        day,
        List.of(
            new StandInView.Change(
                NOW,
                Said.of(
                    "page.stand-in.was-named.by", MIA.name(), day, day.plusDays(13), JONAS.name()),
                REASON)),
        errors,
        errors.isEmpty() ? Said.of("page.stand-in.done.named") : null);
  }

  private static SessionsView.Line session(
      String hash, String browser, String system, boolean current) {
    return new SessionsView.Line(
        hash,
        Said.of("device.on", Said.of("device.browser", browser), system),
        "192.0.2.7",
        NOW.minus(Duration.ofHours(5)),
        NOW,
        NOW.plus(Duration.ofHours(19)),
        current);
  }

  /** One of {@link #all}, in HTML. */
  static String html(Pages pages, String name) {
    return Objects.requireNonNull(all(pages).get(name), name).html();
  }

  /** All pages by the name of their file. */
  static Map<String, Page> all(Pages pages) {
    Map<String, Page> all = new LinkedHashMap<>();
    all.put("home", pages.home(home()));
    all.put("home-empty", pages.home(emptyHome()));
    all.put("home-nothing-for-me", pages.home(nothingForMeHome()));
    all.put("find", pages.find(find("")));
    all.put("find-searched", pages.find(find("crm record")));
    all.put("find-nothing", pages.find(find("<b>unicorn</b>")));
    all.put("find-empty", pages.find(FindView.of(FRAME, "", List.of())));
    all.put("inbox-empty", pages.inbox(inbox(null)));
    all.put(
        "inbox",
        pages.inbox(
            inbox(
                new InboxView.Done(
                    what(REASON),
                    new LinkView.State.Decided(
                        true,
                        null,
                        "Jonas Weber",
                        true,
                        NOW,
                        "",
                        Telling.stop(Telling.waiting().said()),
                        false),
                    Paths.request("r-1")),
                item("r-2", "", List.of()),
                item("r-3", "", List.of()))));
    all.put(
        "inbox-wrong",
        pages.inbox(
            inbox(
                null,
                item("r-2", "", List.of()),
                item("r-3", "No", List.of(new Refusal("comment-missing", "comment", "Any."))))));
    all.put("ask", pages.ask(freshAsk()));
    all.put("ask-refused", pages.ask(refusedAsk("Need it")));
    all.put("ask-shut", pages.ask(shutAsk()));
    all.put("emergency", pages.emergency(emergency("", List.of())));
    all.put(
        "emergency-wrong",
        pages.emergency(
            emergency(
                REASON,
                List.of(
                    Refusal.of("proof-too-weak", "Any.").in("emergency"),
                    Refusals.of("reason-missing", "reason", "")))));
    all.put("emergency-hostile", pages.emergency(emergency(HOSTILE, List.of())));
    all.put("request-review", pages.request(review(false, "", List.of())));
    all.put(
        "request-review-wrong",
        pages.request(
            review(
                false,
                "",
                List.of(
                    Refusals.of("verdict-unchosen", "verdict"),
                    Refusals.of("review-note-missing", "note")))));
    all.put("request-review-own", pages.request(review(true, REASON, List.of())));
    all.put("request-review-hostile", pages.request(review(false, HOSTILE, List.of())));
    all.put("ask-hostile", pages.ask(refusedAsk(HOSTILE)));
    all.put("request-waiting", pages.request(waiting()));
    all.put("request-active", pages.request(active("Go ahead.")));
    all.put("request-owner", pages.request(forOwner()));
    all.put("request-set-up", pages.request(byHand(ToDo.SET_UP, false, REASON, List.of())));
    all.put(
        "request-set-up-wrong",
        pages.request(
            byHand(
                ToDo.SET_UP,
                false,
                "",
                List.of(
                    Refusals.of("result-unchosen", "result"),
                    Refusals.of("note-missing", "note")))));
    all.put("request-set-up-own", pages.request(byHand(ToDo.SET_UP, true, REASON, List.of())));
    all.put("request-take-away", pages.request(byHand(ToDo.TAKE_AWAY, false, REASON, List.of())));
    all.put(
        "request-take-away-wrong",
        pages.request(
            byHand(ToDo.MAKE_SURE, false, "", List.of(Refusals.of("note-missing", "note")))));
    all.put("request-lapsed", pages.request(lapsed()));
    all.put(
        "request-hostile",
        pages.request(
            request(
                Set.of(),
                false,
                List.of(happened(5, Telling.denied(HOSTILE, Proof.MAILBOX), HOSTILE, Tone.BAD)),
                List.of(),
                HOSTILE)));
    all.put("decide", pages.decide(decide(REASON, "", List.of(), 5)));
    all.put(
        "decide-wrong",
        pages.decide(
            decide(
                REASON,
                "",
                List.of(
                    Refusals.of("code-wrong", "code"),
                    new Refusal("comment-missing", "comment", "Any.")),
                2)));
    all.put(
        "decide-hopeless",
        pages.decide(
            decide(
                REASON,
                "",
                List.of(Refusal.of("requester-inactive", "Any.").in("gone").with("Mia Torres")),
                5)));
    all.put("decide-long", pages.decide(decide(LONG, "", List.of(), 5)));
    all.put("decide-hostile", pages.decide(decide(HOSTILE, HOSTILE, List.of(), 5)));
    all.put(
        "link-thanks",
        pages.link(
            link(
                new LinkView.State.Decided(
                    true,
                    Duration.ofHours(1),
                    "Jonas Weber",
                    true,
                    NOW,
                    "Go ahead.",
                    Telling.stop(Telling.approvedSettingUp().said()),
                    false))));
    all.put(
        "link-stays",
        pages.link(
            link(
                new LinkView.State.Decided(
                    true,
                    null,
                    "Jonas Weber",
                    true,
                    NOW,
                    "Go ahead.",
                    Telling.stop(Telling.approvedSettingUp().said()),
                    true))));
    all.put(
        "link-decided",
        pages.link(
            link(
                new LinkView.State.Decided(
                    false,
                    null,
                    "Petra Lang",
                    false,
                    NOW.minus(Duration.ofHours(2)),
                    "Please ask support lead first.",
                    Telling.stop(Telling.deniedBy("Petra Lang").said()),
                    false))));
    all.put(
        "link-over",
        pages.link(
            link(
                new LinkView.State.Over(
                    Telling.nobodyAnswered(), Telling.stop(Telling.lapsed())))));
    all.put(
        "link-hidden",
        pages.link(link(new LinkView.State.Hidden("/sign-in?next=%2Fdecide%2Fabc"))));
    all.put("link-tries", pages.link(link(new LinkView.State.TriesUsedUp(Paths.newMail("abc")))));
    all.put(
        "link-of-another",
        pages.link(
            link(
                new LinkView.State.OfAnother(
                    new Person("Omar Farouk", "omar.farouk@example.com"), null, null))));
    all.put(
        "link-of-another-asked",
        pages.link(
            link(
                new LinkView.State.OfAnother(
                    new Person("Omar Farouk", "omar.farouk@example.com"),
                    null,
                    Paths.decideSignedIn("abc") + "?stage=0"))));
    all.put("link-new-mail", pages.link(link(new LinkView.State.NewMailSent(null))));
    all.put(
        "link-newer-mail",
        pages.link(link(new LinkView.State.NewMailSent(Paths.decideSignedIn("abc")))));
    all.put("link-unknown", pages.link(link(new LinkView.State.NotKnown())));
    all.put("problem-closed", pages.problem(problem(Problem.closed())));
    all.put("problem-broken", pages.problem(problem(Problem.broken("JKJaXmPLvHcESHA="))));
    all.put(
        "problem-missing",
        pages.problem(
            new ErrorView(
                FRAME, Problem.notFound(Said.of("problem.no-such-request")), ErrorView.START)));
    all.put(
        "problem-sign-in",
        pages.problem(
            new ErrorView(
                NOBODY,
                Problem.notSignedIn(Said.of("problem.not-signed-in.any-more")),
                new ErrorView.Way("page.problem.sign-in", "/sign-in?next=%2F"))));
    all.put(
        "problem-sign-in-failed",
        pages.problem(
            new ErrorView(
                NOBODY,
                Problem.signInFailed(Said.of("problem.sign-in-failed.used")),
                new ErrorView.Way("page.problem.sign-in", "/sign-in"))));
    all.put("problem-not-asked-anew", pages.problem(problem(Problem.notAskedAnew())));
    all.put("problem-sign-in-broken", pages.problem(problem(Problem.signInBroken("JKJaXmPL="))));
    all.put("sessions", pages.sessions(sessions()));
    all.put("stand-in", pages.standIn(standIn(true, List.of())));
    all.put(
        "stand-in-other",
        pages.standIn(
            standIn(false, List.of(Refusals.of("stand-in-unknown", "standIn", "a@b.example")))));
    all.put("signed-out", pages.signedOut(new SignedOutView(NOBODY.seenOnce(), false)));
    all.put("signed-out-everywhere", pages.signedOut(new SignedOutView(NOBODY.seenOnce(), true)));
    all.put("problem-stale", pages.problem(problem(Problem.staleForm())));
    all.put("problem-large", pages.problem(problem(Problem.tooLarge(HttpRequest.LARGEST_BODY))));
    all.put(
        "problem-refused",
        pages.problem(
            new ErrorView(
                FRAME,
                Problem.refused(
                    List.of(
                        Refusal.of("already-over", "Any.").in("cancel"),
                        Refusal.of("not-yours", "Any.").in("return"))),
                ErrorView.START)));
    all.putAll(OverseeViews.all(pages));
    return all;
  }
}
