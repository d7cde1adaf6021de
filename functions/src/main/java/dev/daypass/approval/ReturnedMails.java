package dev.daypass.approval;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.access.Act;
import dev.daypass.access.Command;
import dev.daypass.access.Event;
import dev.daypass.access.Life;
import dev.daypass.access.Outcome;
import dev.daypass.access.Reach;
import dev.daypass.store.Requests;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * Writes into a request that a mail to an approver came back. What follows from it is the stream's:
 * dispatch wakes the workflow if the round is no longer the one that it waits for.
 */
public final class ReturnedMails {
  private final Requests requests;
  private final InstantSource clock;

  public ReturnedMails(Requests requests, InstantSource clock) {
    this.requests = requests;
    this.clock = clock;
  }

  /**
   * Takes an event of SES. One that is about no mail of ours, comes again or comes late changes
   * nothing; whatever it is, the log has one line without an address or a text of the event.
   *
   * @param event as EventBridge hands it over
   * @param log hears what came of it
   */
  public void take(JsonNode event, Consumer<String> log) {
    log.accept(
        switch (ReturnedMail.read(event.path("detail"))) {
          case ReturnedMail.Heard.PassedOver(String why) -> "mail passed over: " + why;
          case ReturnedMail.Heard.Returned(ReturnedMail mail) ->
              "mail %s request=%s stage=%d round=%d: %s"
                  .formatted(mail.why(), mail.request(), mail.stage(), mail.round(), written(mail));
        });
  }

  private String written(ReturnedMail mail) {
    // Of one round one person's mail comes back once, whatever SES tells of it how often.
    var id = "mail-returned#%d#%d#%s".formatted(mail.stage(), mail.round(), mail.person());
    var command =
        new Command.MailReturned(
            new Act(id, clock.instant(), "ses", "event"),
            mail.stage(),
            mail.round(),
            mail.person(),
            mail.why(),
            mail.said());
    return requests
        .change(mail.request(), request -> Life.apply(request, command))
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Changed changed -> followed(changed.request().trail().last());
                  case Outcome.Unchanged _ ->
                      "changes nothing, as that round is over or that person is not asked in it,"
                          + " has decided, or was not reached before";
                  case Outcome.Refused _ -> "not recorded, as the request has no room for more";
                })
        .orElse("changes nothing, as there is no such request");
  }

  private static String followed(Event event) {
    return Reach.left(event)
        .map(
            left ->
                left.opens() == null
                    ? "nobody was reached, and the request has lapsed"
                    : "round " + left.opens() + " opens at once")
        .orElse("the round goes on");
  }
}
