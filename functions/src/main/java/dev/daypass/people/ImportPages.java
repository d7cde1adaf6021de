package dev.daypass.people;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.PeopleDifference.Change;
import dev.daypass.runbook.PeopleDifference.Kind;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.HandTasks;
import dev.daypass.store.Imports;
import dev.daypass.store.Imports.Import;
import dev.daypass.store.Imports.State;
import dev.daypass.store.Waiting;
import dev.daypass.web.HttpProblem;
import dev.daypass.web.HttpRequest;
import dev.daypass.web.HttpResponse;
import dev.daypass.web.ImportView;
import dev.daypass.web.ImportsView;
import dev.daypass.web.Problem;
import dev.daypass.web.Standing;
import dev.daypass.web.Story;
import dev.daypass.web.Upload;
import dev.daypass.web.Visitor;
import dev.daypass.words.Paths;
import dev.daypass.words.Speech;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Importing a list of people: upload, look, have it done. Uploading changes nothing; what is done
 * is what was shown.
 */
final class ImportPages {
  /**
   * A function is called with 6 MB at most (AWS: "Lambda quotas"), and files come in base64, which
   * takes a third more.
   */
  static final int LARGEST_FILE = 4 * 1024 * 1024;

  /** Whatever arrives at all is read, so that a file that is too large is told so by its name. */
  static final int LARGEST_BODY = 6 * 1024 * 1024;

  /** What follows by itself follows in seconds. */
  private static final Duration STUCK_AFTER = Duration.ofMinutes(1);

  /** A step takes longer than a try, so that one is rarely overtaken twice. */
  private static final int MOST_TRIES = 5;

  static final int MEGABYTES = LARGEST_FILE / 1024 / 1024;
  private static final int LONGEST_KEY = 100;

  /** Each is a query of its own, and the page is waited for. */
  private static final int MOST_LOOKED_UP = 200;

  private static final Speech ENGLISH = Speech.inMail(Locale.ENGLISH, ZoneOffset.UTC);

  private final PeopleHandler.Uses uses;

  ImportPages(PeopleHandler.Uses uses) {
    this.uses = uses;
  }

  HttpResponse form(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requirePeople(me);
    return form(call, me, 200, newKey(), List.of());
  }

  private HttpResponse form(
      HttpRequest call, Visitor.Known me, int status, String key, List<Refusal> errors) {
    var token = uses.antiForgery().token(call);
    var latest = uses.imports().latest(uses.clock().instant());
    var names = names(latest.stream().map(Imports.Line::by).toList());
    var last =
        latest.stream()
            .map(
                line ->
                    new ImportsView.Line(
                        line.id(),
                        line.file(),
                        names.getOrDefault(line.by(), line.by()),
                        line.at(),
                        state(line.state())))
            .toList();
    var view =
        new ImportsView(
            uses.frames().of(call, me, token),
            Standing.mayImport(me),
            key,
            LARGEST_FILE,
            errors,
            last);
    return HttpResponse.page(status, uses.pages().imports(view)).withCookies(token.setCookies());
  }

  /**
   * The names of the few who import, by address; of whoever is not in the directory there is none.
   */
  private Map<String, String> names(Collection<String> emails) {
    return emails.stream()
        .distinct()
        .flatMap(email -> uses.people().person(email).stream())
        .collect(Collectors.toMap(Person::email, Person::name));
  }

  private String newKey() {
    var bytes = new byte[16];
    uses.random().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  HttpResponse upload(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requireImporter(me);
    var upload = call.upload(LARGEST_BODY);
    uses.antiForgery().check(call, upload.form(), me.email());
    var key = upload.form().get("key");
    if (upload.size() > LARGEST_FILE) {
      var tooLarge = Said.of("people.upload.too-large", upload.fileName(), MEGABYTES);
      return form(call, me, 413, newKey(), List.of(refusal("file", tooLarge)));
    }
    var wrong = wrong(upload);
    if (key.length() > LONGEST_KEY) {
      wrong.add(refusal("file", Said.of("people.upload.key", LONGEST_KEY)));
    }
    if (!wrong.isEmpty()) {
      return form(call, me, 422, newKey(), wrong);
    }
    var file = upload.file();
    var id = Imports.id(me.email(), key, file);
    uses.imports()
        .begin(Import.of(id, me.email(), uses.clock().instant(), upload.fileName(), file), file);
    return HttpResponse.seeOther(Paths.peopleImport(id));
  }

  /** What can be seen without reading the lines; at most one thing. */
  private static List<Refusal> wrong(Upload upload) {
    var file = upload.file();
    var wrong = new ArrayList<Refusal>();
    // What workbooks are inside, of one program and of the others; and those of before.
    boolean zip = file.length > 3 && file[0] == 'P' && file[1] == 'K' && file[2] == 3;
    boolean old = file.length > 3 && file[0] == (byte) 0xD0 && file[1] == (byte) 0xCF;
    if (upload.fileName().isEmpty()) {
      wrong.add(refusal("file", Said.of("people.upload.no-file")));
    } else if (file.length == 0) {
      wrong.add(refusal("file", Said.of("people.upload.empty", upload.fileName())));
    } else if (zip || old) {
      wrong.add(refusal("file", Said.of("people.upload.workbook", upload.fileName())));
    }
    return wrong;
  }

  private static Refusal refusal(@Nullable String field, Said said) {
    return new Refusal("import", field, ENGLISH.say(said), said);
  }

  HttpResponse show(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requirePeople(me);
    return page(call, me, 200, find(call), null);
  }

  private Import find(HttpRequest call) {
    var id = call.pathParameter("id");
    return Optional.of(id)
        .filter(Imports::isId)
        .flatMap(uses.imports()::find)
        .orElseThrow(
            () -> new HttpProblem(Problem.notFound(Said.of("people.problem.no-such-import"))));
  }

  /** Has done what was shown, if that is still what is to be done. */
  HttpResponse apply(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requireImporter(me);
    var form = call.form();
    uses.antiForgery().check(call, form, me.email());
    var one = find(call);
    var back = HttpResponse.seeOther(Paths.peopleImport(one.id()));
    if (isStuck(one)) {
      uses.imports().replace(one, one.nudged(uses.clock().instant()));
      return back;
    }
    // Done already, or something else is shown by now: the page says which.
    if (one.state() != State.READY || !form.get("plan").equals(one.planned().hash())) {
      return back;
    }
    if (isRash(one, me) && !form.get("sure").equals("yes")) {
      var unsure = refusal("sure", Said.of("people.import.not-sure"));
      return page(call, me, 422, one, new ImportView.Pressed(List.of(unsure), false, null));
    }
    return switch (uses.imports().replace(one, one.applying(me.email(), uses.clock().instant()))) {
      case DONE, OVERTAKEN -> back;
      case BUSY ->
          page(
              call,
              me,
              409,
              one,
              new ImportView.Pressed(
                  List.of(refusal(null, Said.of("people.import.another"))),
                  form.get("sure").equals("yes"),
                  uses.imports().applying().orElse(null)));
    };
  }

  /** Discards what was shown; stops what is being done. What is over stays as it is. */
  HttpResponse discard(HttpRequest call) {
    var me = uses.identity().require(call);
    Standing.requireImporter(me);
    uses.antiForgery().check(call, call.form(), me.email());
    var one = find(call);
    for (int tries = 0; tries < MOST_TRIES && !one.state().isOver(); tries++) {
      if (uses.imports().replace(one, one.ended(me.email(), uses.clock().instant()))
          == Imports.Written.DONE) {
        break;
      }
      // A step was faster, or somebody else: what they wrote may have to be stopped as well.
      one = find(call);
    }
    if (one.state() == State.DONE) {
      var late = refusal(null, Said.of("people.import.too-late"));
      return page(call, me, 409, one, new ImportView.Pressed(List.of(late), false, null));
    }
    return HttpResponse.seeOther(Paths.peopleImport(one.id()));
  }

  private boolean isStuck(Import one) {
    return one.state().moves() && !uses.clock().instant().isBefore(one.movedAt().plus(STUCK_AFTER));
  }

  private boolean isRash(Import one, Visitor.Known me) {
    var plan = one.planned();
    return plan.manyLeave() || plan.noAdminsLeft() || losesTheirPlace(one, me);
  }

  /** Whether the visitor would leave, or be no administrator any more, by their own hand. */
  private boolean losesTheirPlace(Import one, Visitor.Known me) {
    var plan = one.planned();
    if (plan.adminsLost().contains(me.email())) {
      return true;
    }
    // Who leaves comes last; so whoever looks from the end meets them first.
    for (int i = plan.firstShown() + plan.shown() - 1; i >= plan.firstShown(); i--) {
      var changes = changes(one, i);
      if (changes.stream()
          .anyMatch(
              change ->
                  change.kind() == Kind.LEAVING && change.after().email().equals(me.email()))) {
        return true;
      }
      if (changes.isEmpty() || changes.getFirst().kind() != Kind.LEAVING) {
        return false;
      }
    }
    return false;
  }

  /**
   * Who leaves and has something; of whoever has left already, only those who have not come back.
   */
  private ImportView.Leaving leaving(Import one, List<Person> leavers) {
    boolean ahead = one.state() == State.READY;
    int all = ahead ? one.planned().counts().leaving() : one.applied().leaving();
    if (!ahead && one.state() != State.DONE && one.state() != State.STOPPED) {
      return ImportView.Leaving.NOBODY;
    }
    var holding =
        leavers.stream()
            .map(this::holder)
            .filter(holder -> !holder.has().isEmpty())
            .filter(holder -> ahead || hasLeft(holder.email()))
            .toList();
    return new ImportView.Leaving(holding, leavers.size(), Math.max(all, leavers.size()));
  }

  /** What would be wrong afterwards and is not yet; only where something is to come of it. */
  private ImportView.Then then(Import one, List<Person> leavers) {
    if (one.state() != State.READY) {
      return ImportView.Then.NOTHING;
    }
    return uses.imports()
        .file(one)
        .map(file -> Afterwards.of(PeopleFile.read(file, List.of()), uses.people().directory()))
        .map(
            afterwards ->
                new ImportView.Then(
                    afterwards.unanswered(
                        leavers.stream()
                            .map(Person::email)
                            .flatMap(
                                email ->
                                    Waiting.of(email, uses.inbox(), uses.requests()).stream())),
                    afterwards.deserted(
                        leavers.isEmpty()
                            ? List.of()
                            : HandTasks.all(uses.catalog().get(), uses.requests())),
                    afterwards.broken(uses.catalog().get())))
        .orElse(ImportView.Then.NOTHING);
  }

  /** Those that the import makes leave, but not more than can be looked up for a page. */
  private List<Person> leavers(Import one) {
    var plan = one.planned();
    var leavers = new ArrayList<Person>();
    // They come last.
    for (int i = plan.firstShown() + plan.shown() - 1; i >= plan.firstShown(); i--) {
      var leaving =
          changes(one, i).stream()
              .filter(change -> change.kind() == Kind.LEAVING)
              .map(Change::after)
              .toList();
      leavers.addAll(leaving);
      if (leaving.isEmpty() || leavers.size() >= MOST_LOOKED_UP) {
        break;
      }
    }
    return leavers.stream().limit(MOST_LOOKED_UP).toList();
  }

  private ImportView.Holder holder(Person leaver) {
    var story = new Story(uses.people().directory());
    return new ImportView.Holder(
        leaver.name(),
        leaver.email(),
        uses.requests().openNow(leaver.email()).stream()
            .map(
                request ->
                    new ImportView.Has(
                        request.id(),
                        request.asked().plan().title(),
                        request.asked().plan().systemTitle(),
                        story.status(request)))
            .toList());
  }

  private boolean hasLeft(String email) {
    return uses.people().person(email).filter(Person::active).isEmpty();
  }

  private List<Change> changes(Import one, int piece) {
    return uses.imports()
        .piece(one.id(), one.planned().hash(), piece)
        .map(Imports.Piece::people)
        .orElse(List.of());
  }

  private HttpResponse page(
      HttpRequest call,
      Visitor.Known me,
      int status,
      Import one,
      ImportView.@Nullable Pressed pressed) {
    var token = uses.antiForgery().token(call);
    var begun = one.begun();
    var decided = one.decided();
    var applied = one.applied();
    var names = names(Stream.of(begun.by(), decided == null ? begun.by() : decided.by()).toList());
    var view =
        new ImportView(
            uses.frames().of(call, me, token),
            one.id(),
            new ImportView.Uploaded(
                begun.file(),
                begun.bytes(),
                begun.sha256(),
                names.getOrDefault(begun.by(), begun.by()),
                begun.at()),
            state(one.state()),
            one.again(),
            isStuck(one),
            Standing.mayImport(me),
            one.plan() == null ? null : difference(call, one, me),
            one.told().first().stream().map(ImportPages::finding).toList(),
            one.told().all(),
            new ImportView.Counts(applied.added(), applied.changed(), applied.leaving()),
            decided == null
                ? null
                : new ImportView.Decided(
                    names.getOrDefault(decided.by(), decided.by()), decided.at()),
            pressed);
    return HttpResponse.page(status, uses.pages().importOf(view)).withCookies(token.setCookies());
  }

  private static ImportView.Finding finding(PeopleFile.Finding told) {
    return ENGLISH.knows(told.wrong()) && ENGLISH.knows(told.right())
        ? ImportView.Finding.of(told)
        : new ImportView.Finding(
            told.line(), Said.of("people.wrong.told-before"), Said.of("people.right.told-before"));
  }

  private ImportView.Difference difference(HttpRequest call, Import one, Visitor.Known me) {
    var plan = one.planned();
    int part = part(call, plan.shown());
    boolean asks = one.state() == State.READY && Standing.mayImport(me);
    var leavers = leavers(one);
    return new ImportView.Difference(
        plan.hash(),
        new ImportView.Counts(
            plan.counts().added(), plan.counts().changed(), plan.counts().leaving()),
        plan.unchanged(),
        part,
        plan.shown(),
        plan.shown() == 0
            ? List.of()
            : changes(one, plan.firstShown() + part - 1).stream()
                .map(ImportView.Change::of)
                .toList(),
        plan.manyLeave(),
        asks && losesTheirPlace(one, me),
        plan.noAdminsLeft(),
        leaving(one, leavers),
        then(one, leavers));
  }

  /**
   * Which part was asked for.
   *
   * @throws HttpProblem 400 if there is none of that number
   */
  private static int part(HttpRequest call, int parts) {
    var asked = call.query().getOrDefault("part", "1");
    if (!asked.matches("[1-9][0-9]{0,4}") || Integer.parseInt(asked) > Math.max(1, parts)) {
      throw new HttpProblem(Problem.badInput(Said.of("people.problem.no-part")));
    }
    return Integer.parseInt(asked);
  }

  private static ImportView.State state(State state) {
    return ImportView.State.valueOf(state.name());
  }
}
