package dev.daypass.approval;

import dev.daypass.access.Absence;
import dev.daypass.access.Naming;
import dev.daypass.access.Request.Pending;
import dev.daypass.mail.Mail;
import dev.daypass.mail.Mailer;
import dev.daypass.store.Inbox;
import dev.daypass.store.Requests;
import dev.daypass.store.StandIns;
import dev.daypass.store.Waiting;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a stand-in's being named, beginning and ending: those concerned are told, and
 * what is open already moves. Driven by the sweep from what is stored: whatever breaks off is done
 * by the next minute, and what is done is not done again.
 */
public final class Absences {
  /** So many of the most overdue in one go. */
  private static final int MOST = 50;

  private static final int ENTRIES = 25;

  private final StandIns standIns;
  private final Requests requests;
  private final Inbox inbox;
  private final InPlace inPlace;
  private final Letters letters;
  private final Mailer mailer;
  private final InstantSource clock;

  public Absences(
      StandIns standIns,
      Requests requests,
      Inbox inbox,
      InPlace inPlace,
      Letters letters,
      Mailer mailer,
      InstantSource clock) {
    this.standIns = standIns;
    this.requests = requests;
    this.inbox = inbox;
    this.inPlace = inPlace;
    this.letters = letters;
    this.mailer = mailer;
    this.clock = clock;
  }

  /**
   * Does whatever is due; one that fails does not hold up the others.
   *
   * @param enough says when to stop early; the rest stays due
   * @param log gets a line for each failure
   */
  public void run(BooleanSupplier enough, Consumer<String> log) {
    for (var person : standIns.due(clock.instant(), MOST)) {
      if (enough.getAsBoolean()) {
        return;
      }
      try {
        follow(person, enough);
      } catch (RuntimeException failure) {
        log.accept("a stand-in could not be followed, and is tried again: " + failure);
      }
    }
  }

  private void follow(String person, BooleanSupplier enough) {
    var kept = standIns.find(person).orElseThrow();
    // Before the time is read, so that nothing that begins meanwhile is passed over.
    var now = clock.instant();
    tell(kept);
    if (move(person, enough)) {
      standIns.done(kept.absence(), kept.absence().nextDue(now));
    }
  }

  /** Both are told of each change once, and whoever was named before that it is over. */
  private void tell(StandIns.Kept kept) {
    var namings = kept.absence().namings();
    for (int i = kept.told(); i < namings.size(); i++) {
      var naming = namings.get(i);
      var before = i == 0 ? null : namings.get(i - 1);
      for (var letter : letters(kept.absence(), naming, before)) {
        mailer.send(letter);
      }
    }
  }

  private List<Mail> letters(Absence absence, Naming naming, @Nullable Naming before) {
    var mails = new ArrayList<Mail>();
    mails.add(letters.standIn(absence.person(), naming, absence.person()));
    mails.add(letters.standIn(absence.person(), naming, naming.standIn()));
    if (naming.kind() == Naming.Kind.NAMED
        && before != null
        && before.kind() == Naming.Kind.NAMED
        && naming.act().at().isBefore(before.ends())
        && !before.standIn().equals(naming.standIn())) {
      mails.add(letters.standInReplaced(absence.person(), before, naming));
    }
    return mails;
  }

  /** Whether all that waits for this person has been looked at. */
  private boolean move(String person, BooleanSupplier enough) {
    @Nullable String from = null;
    do {
      var page = inbox.of(person, ENTRIES, from);
      for (var request : Waiting.all(page.entries(), requests)) {
        if (enough.getAsBoolean()) {
          return false;
        }
        if (request instanceof Pending pending) {
          inPlace.look(pending, person);
        }
      }
      from = page.next();
    } while (from != null);
    return true;
  }
}
