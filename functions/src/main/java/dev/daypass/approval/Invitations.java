package dev.daypass.approval;

import dev.daypass.access.Request;
import dev.daypass.access.Request.Pending;
import dev.daypass.mail.Delivery;
import dev.daypass.mail.Mail;
import dev.daypass.mail.Mailer;
import dev.daypass.store.Inbox;
import dev.daypass.store.Links;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Asks one person to decide: an entry in the inbox, a link with a code, a mail. */
public final class Invitations {
  private static final int SECRET_BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int CODES = 1_000_000;

  private final Links links;
  private final Inbox inbox;
  private final Letters letters;
  private final Mailer mailer;
  private final InstantSource clock;
  private final RandomGenerator random;

  public Invitations(
      Links links,
      Inbox inbox,
      Letters letters,
      Mailer mailer,
      InstantSource clock,
      RandomGenerator random) {
    this.links = links;
    this.inbox = inbox;
    this.letters = letters;
    this.mailer = mailer;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Asks a person to decide the open stage. Each call makes a link of its own; earlier ones stay
   * good.
   *
   * @return whether the mail system took the mail; if not, it never will
   */
  public boolean send(Pending request, String approver) {
    return send(request, approver, letters::pleaseDecide);
  }

  /** The same for whoever has used up the tries of a link: the mail says that this one is new. */
  public boolean sendAnew(Pending request, String approver) {
    return send(request, approver, letters::newLink);
  }

  /** The same for whoever nobody stands in for any more, while it is still open. */
  boolean sendBack(Pending request, String approver) {
    return send(request, approver, letters::back);
  }

  /** Writes the mail with this secret and this code. */
  private interface Writing {
    Mail write(Pending request, String approver, String secret, String code);
  }

  private boolean send(Pending request, String approver, Writing writing) {
    var secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    var code = "%06d".formatted(random.nextInt(CODES));
    var salt = HexFormat.of().formatHex(bytes(SALT_BYTES));
    int stage = request.stage();
    enter(request, approver);
    links.put(
        new Links.Link(
            Links.hashOfSecret(secret),
            request.id(),
            stage,
            request.open().round(),
            approver,
            Links.hashOfCode(salt, code),
            salt,
            0,
            clock.instant().plus(Links.KEPT_FOR)));
    return switch (mailer.send(writing.write(request, approver, secret, code))) {
      case Delivery.Sent _ -> true;
      case Delivery.Rejected _ -> false;
    };
  }

  /** Lets the open stage wait for a person without a mail. */
  void enter(Pending request, String approver) {
    inbox.put(new Inbox.Entry(approver, request.open().openedAt(), request.id(), request.stage()));
  }

  /** Lets an emergency wait for those who must review it; any other request does not. */
  public void askToReview(Request request) {
    inbox.putReview(request);
  }

  /** Takes back what still waits for people who can no longer decide. */
  public void takeBack(Request request) {
    inbox.forgetClosed(request);
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
