package dev.daypass.web;

import dev.daypass.access.Decision;
import dev.daypass.access.Said;
import dev.daypass.web.RequestView.What;
import dev.daypass.words.Sentence;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a link from a mail shows when there is nothing (left) to decide: never a bare "expired".
 *
 * @param sentTo the name of whoever the link was sent to, which the mail with it says as well; null
 *     if the page was reached without one
 * @param what what was asked for, or null if the link is not known
 * @param task where the reader sets it up by hand, or null if that is not for them to do
 * @param withdraw where the reader can still take an approval back, or null if there is none
 * @param typed what was sent and came too late; mostly empty
 */
public record LinkView(
    Frame frame,
    @Nullable String sentTo,
    @Nullable What what,
    State state,
    @Nullable String task,
    @Nullable String withdraw,
    String typed) {
  /** Why there is nothing to decide. */
  public sealed interface State {
    /**
     * It is decided.
     *
     * @param shorter the shorter time that this allows, or null
     * @param name who decided, as {@link dev.daypass.words.Telling#inPlaceOf} says it
     * @param you whether that was the reader
     * @param comment as typed; may be empty
     * @param next what happens now, in a sentence
     * @param stays whether the reader has pressed the other button since, which changed nothing
     */
    record Decided(
        boolean approved,
        @Nullable Duration shorter,
        Object name,
        boolean you,
        Instant at,
        String comment,
        Said next,
        boolean stays)
        implements State {
      public Decided {
        Objects.requireNonNull(name);
        Objects.requireNonNull(at);
        Objects.requireNonNull(comment);
        Objects.requireNonNull(next);
      }

      /** As it is shown to somebody else than the one who was asked. */
      Decided toAnother() {
        return new Decided(approved, shorter, name, false, at, comment, next, false);
      }

      /** As it is shown to whoever has decided it and then pressed this button. */
      Decided after(Decision.Answer pressed) {
        boolean other = approved != (pressed == Decision.Answer.APPROVE);
        return new Decided(approved, shorter, name, you, at, comment, next, you && other);
      }
    }

    /**
     * It needs no answer from the reader any more: nobody answered in time, somebody else is asked
     * now, or the requester took it back.
     *
     * @param status how the request stands now
     * @param happened what happened to the question, in a sentence
     */
    record Over(Sentence status, Said happened) implements State {
      public Over {
        Objects.requireNonNull(status);
        Objects.requireNonNull(happened);
      }
    }

    /**
     * Too many wrong codes; this link decides nothing any more.
     *
     * @param newMailPath where a new mail is asked for
     */
    record TriesUsedUp(String newMailPath) implements State {
      public TriesUsedUp {
        Objects.requireNonNull(newMailPath);
      }
    }

    /**
     * It was sent to somebody else than who is signed in, and decides nothing in their hands.
     *
     * @param me who is signed in
     * @param mine why they do not decide, if they asked for this or it is for them; else null
     * @param own where they decide about it themselves, or null if they are not asked
     */
    record OfAnother(Person me, @Nullable Said mine, @Nullable String own) implements State {
      public OfAnother {
        Objects.requireNonNull(me);
      }

      /** Why, and what can be done. */
      public Said hint() {
        if (mine != null) {
          return mine;
        }
        return own == null
            ? Said.of("page.link.of-another.hint", me.name())
            : Said.of("page.link.of-another.asked");
      }
    }

    /**
     * It is decided, or needs no answer any more; what became of it is for whoever signs in.
     *
     * @param signIn where they do that and come back
     */
    record Hidden(String signIn) implements State {
      public Hidden {
        Objects.requireNonNull(signIn);
      }
    }

    /**
     * A new mail takes the place of this link.
     *
     * @param own where they can decide without a mail, if it was sent before the reader came here;
     *     null if it has just been sent
     */
    record NewMailSent(@Nullable String own) implements State {}

    /** No such link. */
    record NotKnown() implements State {}

    /** The same for a reader who may be somebody else than the one who was asked. */
    default State seenBy(boolean whoWasAsked) {
      return !whoWasAsked && this instanceof Decided decided ? decided.toAnother() : this;
    }

    /** The same after this button has been pressed; empty if none was. */
    default State after(Optional<Decision.Answer> pressed) {
      return this instanceof Decided decided && pressed.isPresent()
          ? decided.after(pressed.get())
          : this;
    }

    /** What the page is called. */
    default Said title() {
      return switch (this) {
        case Decided decided when decided.stays() ->
            Said.of(decided.approved() ? "page.link.approval-stays" : "page.link.denial-stays");
        case Decided decided when decided.shorter() != null ->
            decided.you()
                ? Said.of("page.link.you-approved.shorter", decided.shorter())
                : Said.of("page.link.approved-already.shorter", decided.name(), decided.shorter());
        case Decided decided when decided.you() ->
            Said.of(decided.approved() ? "page.link.you-approved" : "page.link.you-denied");
        case Decided decided ->
            Said.of(
                decided.approved() ? "page.link.approved-already" : "page.link.denied-already",
                decided.name());
        case Over _ -> Said.of("page.link.nothing-left");
        case Hidden _ -> Said.of("page.link.hidden");
        case TriesUsedUp _ -> Said.of("page.link.tries");
        case OfAnother _ -> Said.of("page.link.of-another");
        case NewMailSent sent ->
            Said.of(sent.own() == null ? "page.link.new-mail" : "page.link.new-mail.earlier");
        case NotKnown _ -> Said.of("page.link.unknown");
      };
    }
  }

  /** Where there is nothing to be done by hand. */
  public LinkView(Frame frame, @Nullable String sentTo, @Nullable What what, State state) {
    this(frame, sentTo, what, state, null, null, "");
  }

  public LinkView {
    Objects.requireNonNull(frame);
    Objects.requireNonNull(state);
    Objects.requireNonNull(typed);
  }
}
