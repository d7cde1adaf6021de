package dev.daypass.web;

import dev.daypass.access.Proof;
import dev.daypass.access.Refusal;
import dev.daypass.access.RoundPlan;
import dev.daypass.access.StagePlan;
import dev.daypass.web.RequestView.Action;
import dev.daypass.web.RequestView.Happened;
import dev.daypass.web.RequestView.What;
import dev.daypass.words.Chain;
import dev.daypass.words.Next;
import dev.daypass.words.Paths;
import dev.daypass.words.Sentence.Tone;
import dev.daypass.words.Sentences;
import dev.daypass.words.Speech;
import dev.daypass.words.Times;
import java.time.Duration;
import java.time.Instant;
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
  static final Times BERLIN = new Times(ZoneId.of("Europe/Berlin"), NOW);
  static final Person MIA = new Person("Mia Torres", "mia.torres@example.com");
  static final Person JONAS = new Person("Jonas Weber", "jonas.weber@example.com");
  static final Frame FRAME = frame(MIA);
  static final Frame NOBODY = frame(null);
  static final String REASON =
      "Customer 4711 says their invoice address is wrong.\nI need to see what we have on file.";

  /** What somebody might type who means harm, or pastes from anywhere. */
  static final String HOSTILE =
      "<script>alert('x')</script> \"quoted\" & 'single'\n</textarea><b>bold</b> \u202Eesrever\u202C"
          + " \uD83E\uDD84\uD83D\uDE80 "
          + "long".repeat(450);

  private SampleViews() {}

  private static Frame frame(@Nullable Person who) {
    return new Frame(
        who,
        BERLIN,
        Speech.onPage(Locale.ENGLISH, BERLIN.zone(), NOW),
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
        Duration.ofHours(4),
        Duration.ofHours(12),
        reason,
        "SUP-1234",
        NOW.minus(Duration.ofMinutes(20)));
  }

  static List<StagePlan> stages() {
    return List.of(
        new StagePlan(
            "Your manager",
            Proof.MAILBOX,
            List.of(
                round(RoundPlan.Kind.NOTICE, 4, 1, "jonas.weber@example.com"),
                round(RoundPlan.Kind.REMINDER, 4, 1, "jonas.weber@example.com"),
                round(RoundPlan.Kind.ESCALATION, 16, 1, "petra.lang@example.com"))),
        new StagePlan(
            "An owner of the CRM",
            Proof.SESSION,
            List.of(
                round(
                    RoundPlan.Kind.NOTICE,
                    8,
                    1,
                    "aisha.khan@example.com",
                    "tom.becker@example.com"))));
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
                "Ben Okafor",
                "Refund a payment",
                Duration.ofHours(1),
                NOW.plus(Duration.ofHours(3)),
                Paths.decideSignedIn("r-2")),
            new HomeView.Waiting(
                "r-3",
                "Lea Fontaine",
                "See the marketing dashboard",
                Duration.ofDays(7),
                NOW.plus(Duration.ofHours(20)),
                null)),
        List.of(
            new HomeView.Asked(
                "r-4",
                "Refund a payment",
                NOW.minus(Duration.ofMinutes(12)),
                Sentences.waitingFor(List.of("Jonas Weber"))),
            new HomeView.Asked(
                "r-1",
                "View a customer record",
                NOW.minus(Duration.ofMinutes(50)),
                Sentences.accessUntil(NOW.plus(Duration.ofMinutes(200)), BERLIN)),
            new HomeView.Asked(
                "r-5",
                "Emergency: retrieve critical information",
                NOW.minus(Duration.ofDays(2)),
                Sentences.nobodyAnswered()),
            new HomeView.Asked(
                "r-6", "View a customer record", NOW.minus(Duration.ofDays(9)), Sentences.ended())),
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
        shut("payroll-view", "View payroll", "HR", "Payroll", "This is for the group HR."),
        shut(
            "hr-onboarding",
            "Onboard a new colleague",
            "HR",
            "HR tool",
            "This is for the group HR."));
  }

  private static FindView.Offer offer(
      String id, String title, String team, String system, String line) {
    return new FindView.Offer(id, title, team, team.equals("Support"), system, line, List.of());
  }

  private static FindView.Offer shut(
      String id, String title, String team, String system, String why) {
    return new FindView.Offer(id, title, team, false, system, "Any line.", List.of(why));
  }

  static HomeView emptyHome() {
    return new HomeView(FRAME, List.of(), List.of(), List.of(), List.of(), false);
  }

  static HomeView nothingForMeHome() {
    return new HomeView(FRAME, List.of(), List.of(), List.of(), List.of(), true);
  }

  static FindView find(String query) {
    return FindView.of(FRAME, query, offers());
  }

  static InboxView inbox(InboxView.@Nullable Done done, DecideView... items) {
    return new InboxView(FRAME, List.of(items), done);
  }

  static DecideView item(String id, String comment, List<Refusal> errors) {
    var any = decide(REASON, comment, errors, 5);
    var what = any.what();
    return new DecideView(
        FRAME,
        Paths.decideInInbox(id) + "?stage=0",
        new What(
            id,
            what.runbook(),
            what.title(),
            what.systemTitle(),
            what.roleTitle(),
            MIA,
            what.duration(),
            what.extendable(),
            what.reason(),
            what.ticket(),
            what.askedAt()),
        any.guidance(),
        List.of(),
        any.history(),
        any.ifNothing(),
        any.answerBy(),
        null,
        null,
        comment,
        errors);
  }

  static Earlier history() {
    return new Earlier(
        List.of(
            new Earlier.Asked(
                "View a customer record", NOW.minus(Duration.ofDays(3)), Sentences.ended()),
            new Earlier.Asked(
                "Export a list", NOW.minus(Duration.ofDays(8)), Sentences.nobodyAnswered())),
        true);
  }

  static AskView ask(AskView.Entered entered, Duration longest, List<Refusal> errors) {
    return new AskView(
        FRAME,
        "crm-view-customer",
        "View a customer record",
        "Look something up for a customer who has asked.",
        "CRM",
        "Read customer records",
        "You will see one customer's record: contact, orders and tickets.\nPayment data stays hidden.",
        AskView.choices(Duration.ofHours(4), longest),
        Duration.ofHours(12),
        "Say which customer and what for.",
        10,
        "SUP-1234",
        Chain.steps(stages(), NOW, SampleViews::name),
        errors.isEmpty()
            ? List.of()
            : List.of(
                new HomeView.Asked(
                    "r-4", "View a customer record", NOW, Sentences.waitingFor(List.of("Jonas")))),
        entered,
        errors,
        "key-1");
  }

  static AskView freshAsk() {
    return ask(new AskView.Entered("PT4H", "", ""), Duration.ofHours(8), List.of());
  }

  static AskView refusedAsk(String reason) {
    return ask(
        new AskView.Entered("PT8H", reason, "1234"),
        Duration.ofDays(3),
        List.of(
            new Refusal("reason-too-short", "reason", "Please say why in at least 10 characters."),
            new Refusal(
                "wrong-ticket", "ticket", "A ticket looks like SUP-1234, not like \"1234\"."),
            Refusal.of("open-request", "You have an open request for this already.")));
  }

  static RequestView waiting() {
    return request(
        Set.of(Action.CANCEL),
        true,
        List.of(
            happened(20, Sentences.asked("Mia Torres"), "", Tone.OVER),
            happened(
                20,
                Sentences.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.WAITING)),
        List.of(
            new Next(
                NOW.plus(Duration.ofMinutes(220)), Sentences.nextReminder(List.of("Jonas Weber"))),
            new Next(
                NOW.plus(Duration.ofMinutes(460)), Sentences.nextEscalation(List.of("Petra Lang"))),
            new Next(NOW.plus(Duration.ofMinutes(1420)), Sentences.nextLapse()),
            new Next(null, Sentences.nextAccess(Duration.ofHours(4)))),
        REASON);
  }

  static RequestView request(
      Set<Action> actions, boolean mine, List<Happened> past, List<Next> next, String reason) {
    return new RequestView(
        FRAME,
        what(reason),
        mine,
        Sentences.waitingFor(List.of("Jonas Weber")),
        new RequestView.AskedNow(List.of("Jonas Weber"), NOW.plus(Duration.ofMinutes(220))),
        null,
        "Sent. You get a mail as soon as somebody has decided; you can close this page.",
        4,
        null,
        past,
        next,
        actions,
        List.of(),
        "",
        List.of());
  }

  static RequestView active(String comment) {
    return new RequestView(
        FRAME,
        what(REASON),
        true,
        Sentences.accessUntil(NOW.plus(Duration.ofHours(3)), BERLIN),
        null,
        NOW.plus(Duration.ofHours(3)),
        "",
        20,
        "Sign in to the CRM as usual. The customer's record is under Customers.",
        List.of(
            happened(80, Sentences.asked("Mia Torres"), "", Tone.OVER),
            happened(
                80,
                Sentences.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.OVER),
            happened(61, Sentences.approved("Jonas Weber", Proof.MAILBOX), comment, Tone.GOOD),
            happened(60, Sentences.setUp(NOW.plus(Duration.ofHours(3)), BERLIN), "", Tone.GOOD)),
        List.of(new Next(NOW.plus(Duration.ofHours(3)), Sentences.nextEnd())),
        Set.of(Action.GIVE_BACK, Action.ASK_LONGER),
        Stream.of(Duration.ofMinutes(30), Duration.ofHours(1), Duration.ofHours(8))
            .map(more -> new RequestView.End(NOW.plus(Duration.ofHours(3)).plus(more), more))
            .toList(),
        "",
        List.of());
  }

  static RequestView forOwner() {
    return new RequestView(
        frame(JONAS),
        what(REASON),
        false,
        Sentences.accessUntil(NOW.plus(Duration.ofHours(3)), BERLIN),
        null,
        NOW.plus(Duration.ofHours(3)),
        "",
        20,
        null,
        active("").past(),
        active("").next(),
        Set.of(Action.REVOKE),
        List.of(),
        "",
        List.of(new Refusal("reason-missing", "reason", "Please say why.")));
  }

  static RequestView lapsed() {
    return new RequestView(
        FRAME,
        what(REASON),
        true,
        Sentences.nobodyAnswered(),
        null,
        null,
        "",
        0,
        "Nothing was set up. Ask again, or talk to Petra Lang first.",
        List.of(
            happened(2000, Sentences.asked("Mia Torres"), "", Tone.OVER),
            happened(
                2000,
                Sentences.wereAsked(RoundPlan.Kind.NOTICE, List.of("Jonas Weber")),
                "",
                Tone.OVER),
            happened(
                1700,
                Sentences.wereAsked(RoundPlan.Kind.ESCALATION, List.of("Petra Lang")),
                "",
                Tone.OVER),
            happened(560, Sentences.lapsed(), "", Tone.BAD)),
        List.of(),
        Set.of(Action.ASK_AGAIN),
        List.of(),
        "",
        List.of());
  }

  static Happened happened(int minutesAgo, String what, String typed, Tone tone) {
    return new Happened(NOW.minus(Duration.ofMinutes(minutesAgo)), what, typed, tone);
  }

  static DecideView decide(String reason, String comment, List<Refusal> errors, int triesLeft) {
    return new DecideView(
        NOBODY,
        Paths.decide("abc"),
        what(reason),
        "Is there a ticket from this customer? Then it is fine.\nThe person sees one record, no payment data.",
        List.of(
            happened(
                10, Sentences.approved("Aisha Khan", Proof.SESSION), "Fine by me.", Tone.GOOD)),
        history(),
        List.of(
            new Next(NOW.plus(Duration.ofHours(4)), "You are reminded"),
            new Next(NOW.plus(Duration.ofHours(8)), "Petra Lang is asked instead"),
            new Next(NOW.plus(Duration.ofHours(24)), "The request ends and nothing is set up")),
        NOW.plus(Duration.ofHours(8)),
        new DecideView.Code(triesLeft, 5),
        null,
        comment,
        errors);
  }

  static LinkView link(LinkView.State state) {
    return new LinkView(
        NOBODY, state instanceof LinkView.State.NotKnown ? null : what(REASON), state);
  }

  static SessionsView sessions() {
    return new SessionsView(
        FRAME,
        List.of(
            session("aa11", "Firefox on Linux", true),
            session("bb22", "Chrome on Android", false)));
  }

  private static SessionsView.Line session(String hash, String device, boolean current) {
    return new SessionsView.Line(
        hash,
        device,
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
                    new LinkView.State.Decided(true, "Jonas Weber", true, NOW, "", "Waiting.")),
                item("r-2", "", List.of()),
                item("r-3", "", List.of()))));
    all.put(
        "inbox-wrong",
        pages.inbox(
            inbox(
                null,
                item("r-2", "", List.of()),
                item(
                    "r-3",
                    "No",
                    List.of(
                        new Refusal("comment-missing", "comment", "Please say why you deny."))))));
    all.put("ask", pages.ask(freshAsk()));
    all.put("ask-refused", pages.ask(refusedAsk("Need it")));
    all.put("ask-hostile", pages.ask(refusedAsk(HOSTILE)));
    all.put("request-waiting", pages.request(waiting()));
    all.put("request-active", pages.request(active("Go ahead.")));
    all.put("request-owner", pages.request(forOwner()));
    all.put("request-lapsed", pages.request(lapsed()));
    all.put(
        "request-hostile",
        pages.request(
            request(
                Set.of(),
                false,
                List.of(happened(5, Sentences.denied(HOSTILE, Proof.MAILBOX), HOSTILE, Tone.BAD)),
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
                    new Refusal("wrong-code", "code", "That is not the code from the mail."),
                    new Refusal("comment-missing", "comment", "Please say why you deny.")),
                2)));
    all.put("decide-hostile", pages.decide(decide(HOSTILE, HOSTILE, List.of(), 5)));
    all.put(
        "link-thanks",
        pages.link(
            link(
                new LinkView.State.Decided(
                    true,
                    "Jonas Weber",
                    true,
                    NOW,
                    "Go ahead.",
                    "Mia Torres gets the access now, for 4 hours. It ends by itself."))));
    all.put(
        "link-decided",
        pages.link(
            link(
                new LinkView.State.Decided(
                    false,
                    "Petra Lang",
                    false,
                    NOW.minus(Duration.ofHours(2)),
                    "Please ask support lead first.",
                    "Mia Torres was told. There is nothing left to do."))));
    all.put(
        "link-over",
        pages.link(
            link(
                new LinkView.State.Over(
                    Sentences.nobodyAnswered(),
                    "Nobody answered in time, so the request ended and nothing was set up."))));
    all.put("link-tries", pages.link(link(new LinkView.State.TriesUsedUp(Paths.newMail("abc")))));
    all.put("link-new-mail", pages.link(link(new LinkView.State.NewMailSent())));
    all.put("link-unknown", pages.link(link(new LinkView.State.NotKnown())));
    all.put("problem-closed", pages.problem(NOBODY, Problem.closed(), null));
    all.put("problem-broken", pages.problem(NOBODY, Problem.broken("JKJaXmPLvHcESHA="), null));
    all.put(
        "problem-missing",
        pages.problem(
            new ErrorView(FRAME, Problem.notFound("There is no such request."), ErrorView.START)));
    all.put(
        "problem-sign-in",
        pages.problem(
            NOBODY, Problem.notSignedIn("You are not signed in any more."), "/sign-in?next=%2F"));
    all.put(
        "problem-sign-in-failed",
        pages.problem(NOBODY, Problem.signInFailed("Too late."), "/sign-in"));
    all.put("problem-not-asked-anew", pages.problem(NOBODY, Problem.notAskedAnew(), null));
    all.put(
        "problem-sign-in-broken", pages.problem(NOBODY, Problem.signInBroken("JKJaXmPL="), null));
    all.put("sessions", pages.sessions(sessions()));
    all.put("signed-out", pages.signedOut(new SignedOutView(NOBODY.seenOnce(), false)));
    all.put("signed-out-everywhere", pages.signedOut(new SignedOutView(NOBODY.seenOnce(), true)));
    all.put("problem-stale", pages.problem(NOBODY, Problem.staleForm(), null));
    all.put(
        "problem-large", pages.problem(NOBODY, Problem.tooLarge(HttpRequest.LARGEST_BODY), null));
    all.put(
        "problem-refused",
        pages.problem(
            new ErrorView(
                FRAME,
                Problem.refused(
                    List.of(
                        Refusal.of("too-late", "The access has ended already."),
                        Refusal.of("not-yours", "Only Mia Torres can give it back."))),
                ErrorView.START)));
    return all;
  }
}
