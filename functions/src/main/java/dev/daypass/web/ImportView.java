package dev.daypass.web;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import dev.daypass.runbook.PeopleDifference;
import dev.daypass.runbook.PeopleFile;
import dev.daypass.words.Sentence;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One import of people.
 *
 * @param id of the import
 * @param upload who uploaded what, and when
 * @param again whether people had changed, so that the difference was made anew
 * @param stuck whether it should have moved and has not
 * @param mayAct whether the reader may have it applied, discarded or stopped
 * @param difference what it changes; null before that is known, and if nothing can come of it
 * @param findings the first of them, if the file has lines that are wrong; if it can be imported,
 *     what somebody should look at
 * @param allFindings how many there are
 * @param applied how many people have been changed by it
 * @param decided who had it applied, discarded or stopped; null if nobody did
 * @param pressed what came of a form that was not accepted; null if none was sent
 */
public record ImportView(
    Frame frame,
    String id,
    Uploaded upload,
    State state,
    boolean again,
    boolean stuck,
    boolean mayAct,
    @Nullable Difference difference,
    List<Finding> findings,
    int allFindings,
    Counts applied,
    @Nullable Decided decided,
    @Nullable Pressed pressed) {
  /** More things to look at are folded up, so that what follows is seen. */
  public static final int FEW = 3;

  private static final int MOVES_EVERY_SECONDS = 2;

  /**
   * A form that was sent and not accepted.
   *
   * @param errors why
   * @param sure whether what is rash was confirmed
   * @param other the import that is being done instead; null if that is not the reason
   */
  public record Pressed(List<Refusal> errors, boolean sure, @Nullable String other) {
    public Pressed {
      errors = List.copyOf(errors);
    }
  }

  /**
   * Something that is wrong with the file.
   *
   * @param line counts from 1
   * @param wrong what is wrong, a clause
   * @param right what would be right, likewise
   */
  public record Finding(int line, Said wrong, Said right) {
    public Finding {
      Objects.requireNonNull(wrong);
      Objects.requireNonNull(right);
    }

    /** As it was found. */
    public static Finding of(PeopleFile.Finding found) {
      return new Finding(found.line(), found.wrong(), found.right());
    }
  }

  /**
   * What becomes of a person.
   *
   * @param name as it will be
   * @param what a message: that they are new, leave or are back; null if only something is
   *     different about them
   * @param about further messages about somebody who is new
   * @param where the zone and language of somebody who is new; null for others
   * @param fields what is different about somebody who was known
   */
  public record Change(
      String name,
      String email,
      @Nullable Said what,
      List<Said> about,
      @Nullable Where where,
      List<Field> fields) {
    public Change {
      Objects.requireNonNull(name);
      Objects.requireNonNull(email);
      about = List.copyOf(about);
      fields = List.copyOf(fields);
    }

    /** As it is planned. */
    public static Change of(PeopleDifference.Change change) {
      var after = change.after();
      var what =
          switch (change.kind()) {
            case ADDED -> Said.of("people.change.added");
            case LEAVING -> Said.of("people.change.leaving");
            case CHANGED -> change.comesBack() ? Said.of("people.change.back") : null;
          };
      boolean added = change.kind() == PeopleDifference.Kind.ADDED;
      return new Change(
          after.name(),
          after.email(),
          what,
          added ? about(after) : List.of(),
          added ? new Where(after.zone(), after.language()) : null,
          change.fields().stream().map(Field::of).toList());
    }

    private static List<Said> about(dev.daypass.runbook.Person person) {
      var manager = person.manager();
      return List.of(
          manager == null
              ? Said.of("people.no-manager")
              : Said.of("people.change.manager", manager),
          person.groups().isEmpty()
              ? Said.of("people.no-group")
              : Said.of("people.groups", String.join(", ", person.groups())));
    }
  }

  /** By which clock and in which language somebody is told things. */
  public record Where(ZoneId zone, Locale language) {
    public Where {
      Objects.requireNonNull(zone);
      Objects.requireNonNull(language);
    }
  }

  /**
   * One thing that is different.
   *
   * @param what names it
   * @param before what it was; null for nothing
   * @param after likewise
   */
  public record Field(Said what, @Nullable Said before, @Nullable Said after) {
    public Field {
      Objects.requireNonNull(what);
    }

    private static Field of(PeopleDifference.Field field) {
      return new Field(
          Said.of(
              switch (field.column()) {
                case NAME -> "people.column.name";
                case MANAGER -> "people.column.manager";
                case GROUPS -> "people.column.groups";
                case ZONE -> "people.column.zone";
                case LANGUAGE -> "people.column.language";
              }),
          shown(field.column(), field.before()),
          shown(field.column(), field.after()));
    }

    private static @Nullable Said shown(PeopleDifference.Column column, String value) {
      if (value.isEmpty()) {
        return null;
      }
      return Said.of(
          "people.change.value",
          switch (column) {
            case GROUPS -> value.replace(";", ", ");
            case ZONE -> value;
            case NAME, MANAGER, LANGUAGE -> value;
          });
    }
  }

  /** How it stands. */
  public enum State {
    CHECKING("people.state.checking", "waiting"),
    READY("people.state.ready", "waiting"),
    REFUSED("people.state.refused", "bad"),
    APPLYING("people.state.applying", "waiting"),
    DONE("people.state.done", "good"),
    DISCARDED("people.state.discarded", "over"),
    STOPPED("people.state.stopped", "bad");

    private final String key;
    private final String tone;

    State(String key, String tone) {
      this.key = key;
      this.tone = tone;
    }

    /** The message that says it. */
    public String key() {
      return key;
    }

    /** How it is coloured; the words say the same without colour. */
    public String tone() {
      return tone;
    }
  }

  /**
   * What was uploaded.
   *
   * @param by the name of whoever did, or their address if nobody knows it
   * @param sha256 of the file, in hex
   */
  public record Uploaded(String file, int bytes, String sha256, String by, Instant at) {
    public Uploaded {
      Objects.requireNonNull(file);
      Objects.requireNonNull(sha256);
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
    }

    /** Its size, rounded up. */
    public int kilobytes() {
      return Math.ceilDiv(bytes, 1_000);
    }
  }

  /** How many people are added, changed, leave. */
  public record Counts(int added, int changed, int leaving) {
    public int all() {
      return added + changed + leaving;
    }
  }

  /**
   * Who decided, and when.
   *
   * @param by their name, or their address if nobody knows it
   */
  public record Decided(String by, Instant at) {
    public Decided {
      Objects.requireNonNull(by);
      Objects.requireNonNull(at);
    }
  }

  /**
   * What the import changes.
   *
   * @param hash names this very difference: what is applied is what was shown
   * @param unchanged how many people stay as they are
   * @param part which part of the changes is shown, from 1
   * @param parts how many there are
   * @param changes those of this part
   * @param manyLeave whether so many leave that the file is more likely cut off
   * @param reader whether the reader would leave, or be no administrator any more
   * @param noAdminsLeft whether nobody in the directory would be an administrator
   * @param leaving who leaves, or has left, with access or an open request
   * @param then what would not be as it should once it is done
   */
  public record Difference(
      String hash,
      Counts counts,
      int unchanged,
      int part,
      int parts,
      List<Change> changes,
      boolean manyLeave,
      boolean reader,
      boolean noAdminsLeft,
      Leaving leaving,
      Then then) {
    public Difference {
      Objects.requireNonNull(hash);
      Objects.requireNonNull(counts);
      Objects.requireNonNull(leaving);
      Objects.requireNonNull(then);
      changes = List.copyOf(changes);
    }

    /** Whether it is only done if somebody says that they mean it. */
    public boolean rash() {
      return manyLeave || reader || noAdminsLeft;
    }
  }

  /**
   * Those who leave, or have left, and have something now.
   *
   * @param looked of how many it was looked up
   * @param all how many leave
   */
  public record Leaving(List<Holder> people, int looked, int all) {
    /** Nothing was looked up, since nothing is or was to come of it. */
    public static final Leaving NOBODY = new Leaving(List.of(), 0, 0);

    public Leaving {
      people = List.copyOf(people);
    }
  }

  /**
   * What would not be as it should once the import is done.
   *
   * @param waiting open requests that nobody could answer who is asked now
   * @param tasks requests about which somebody who leaves has something to do by hand
   * @param broken runbooks and systems of which something would be wrong that is not now
   */
  public record Then(List<Waiting> waiting, List<Waiting> tasks, List<Broken> broken) {
    /** Nothing was looked up, since nothing is to come of it. */
    public static final Then NOTHING = new Then(List.of(), List.of(), List.of());

    public Then {
      waiting = List.copyOf(waiting);
      tasks = List.copyOf(tasks);
      broken = List.copyOf(broken);
    }
  }

  /**
   * An open request.
   *
   * @param title of the runbook
   * @param status for whom it waits
   */
  public record Waiting(String requestId, String title, String requester, Sentence status) {
    public Waiting {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(title);
      Objects.requireNonNull(requester);
      Objects.requireNonNull(status);
    }
  }

  /** A runbook or a system, and what would be wrong with it. */
  public record Broken(String title, String path, List<FindingView> findings) {
    public Broken {
      Objects.requireNonNull(title);
      Objects.requireNonNull(path);
      findings = List.copyOf(findings);
    }
  }

  /** Somebody and what they have. */
  public record Holder(String name, String email, List<Has> has) {
    public Holder {
      Objects.requireNonNull(name);
      Objects.requireNonNull(email);
      has = List.copyOf(has);
    }
  }

  /**
   * Access, or a request that is open.
   *
   * @param title of the runbook
   */
  public record Has(String requestId, String title, String systemTitle, Sentence status) {
    public Has {
      Objects.requireNonNull(requestId);
      Objects.requireNonNull(title);
      Objects.requireNonNull(systemTitle);
      Objects.requireNonNull(status);
    }
  }

  public ImportView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(id);
    Objects.requireNonNull(upload);
    Objects.requireNonNull(state);
    findings = List.copyOf(findings);
    Objects.requireNonNull(applied);
  }

  /** Why what was pressed was not done. */
  public List<Refusal> errors() {
    return pressed == null ? List.of() : pressed.errors();
  }

  /** Whether it is over and nobody is different by it. */
  public boolean changedNothing() {
    return state == State.DONE && applied.all() == 0;
  }

  /** How it stands, for people. */
  public String standing() {
    return changedNothing() ? "people.state.nothing" : state.key();
  }

  /** What it is to change; when it is over, what it has changed. */
  public Counts counts(Difference of) {
    return state == State.DONE ? applied : of.counts();
  }

  /** What stands over the difference: whether it is still to come. */
  public String differenceTitle() {
    return switch (state) {
      case CHECKING, READY, REFUSED, APPLYING -> "people.difference";
      case DONE -> changedNothing() ? "people.difference.nothing" : "people.difference.done";
      case DISCARDED, STOPPED -> "people.difference.not-done";
    };
  }

  /** After how many seconds it is worth looking again; 0 for never. */
  public int refresh() {
    return switch (state) {
      case CHECKING, APPLYING -> MOVES_EVERY_SECONDS;
      case READY, REFUSED, DONE, DISCARDED, STOPPED -> 0;
    };
  }

  /** What is wrong with this field. */
  public List<Refusal> wrong(String field) {
    return errors().stream().filter(error -> field.equals(error.field())).toList();
  }
}
