package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Active;
import dev.daypass.mail.Mail;
import dev.daypass.mail.Mailer;
import dev.daypass.store.Waits;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sends the mails that a request gives rise to, each at least once and hardly ever twice: a mail is
 * marked after it went out, and one that is refused for good is marked too.
 */
public final class Notices {
  private final Waits waits;
  private final Letters letters;
  private final Mailer mailer;
  private final InstantSource clock;

  public Notices(Waits waits, Letters letters, Mailer mailer, InstantSource clock) {
    this.waits = waits;
    this.letters = letters;
    this.mailer = mailer;
    this.clock = clock;
  }

  /** Sends whatever should have been sent by now and is not marked. */
  public void send(Request request) {
    var due = Notice.of(request, letters.owners(request), letters.toldOfEmergency(request));
    if (due.isEmpty()) {
      return;
    }
    var sent = waits.sent(request.id());
    for (var notice : due) {
      if (!sent.contains(notice.key())) {
        send(request, notice.key(), () -> letters.notice(request, notice));
      }
    }
  }

  /** Tells the holder that the access ends soon, unless that has been told for this end. */
  public void endsSoon(Active active) {
    var key = "ENDING_SOON#" + active.grant().expiresAt();
    if (!waits.sent(active.id()).contains(key)) {
      send(active, key, () -> letters.endsSoon(active));
    }
  }

  /**
   * Reminds whoever has a task, and tells their managers once they have had it for long.
   *
   * @return email addresses of all who have been told
   */
  public List<String> remind(Request request, Reminder reminder) {
    var readers = letters.readers(request, reminder);
    var sent = waits.sent(request.id());
    for (var reader : readers) {
      var key = reminder.key() + "#" + reader;
      if (!sent.contains(key)) {
        send(request, key, () -> letters.reminder(request, reminder, reader));
      }
    }
    return readers;
  }

  private void send(Request request, String key, Supplier<Mail> letter) {
    mailer.send(letter.get());
    waits.markSent(request.id(), key, clock.instant());
  }
}
