package dev.daypass.access;

import static dev.daypass.access.ARequest.active;
import static dev.daypass.access.ARequest.after;
import static dev.daypass.access.ARequest.expiry;
import static dev.daypass.access.ARequest.extension;
import static dev.daypass.access.Acts.MONDAY;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.SAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.daypass.access.Outcome.Refused;
import dev.daypass.access.Outcome.Unchanged;
import dev.daypass.access.Request.Active;
import dev.daypass.access.Request.Ended;
import dev.daypass.access.Request.Ending;
import dev.daypass.words.InWords;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtendingTest {
  private static final Instant LATER = expiry().plus(Duration.ofHours(2));
  private static final Instant LATEST = MONDAY.plus(APlan.EXTENDABLE);

  @Test
  void theHolderMovesTheEnd() {
    var extended = (Active) after(active(), extension(LATER, MONDAY));

    assertThat(extended.grant()).isEqualTo(new Grant(MONDAY, LATER));
    assertThat(extended.trail().last().kind()).isEqualTo(Event.Kind.EXTENDED);
    assertThat(extended.trail().last().details())
        .containsEntry("before", expiry().toString())
        .containsEntry("expiresAt", LATER.toString())
        .containsEntry("rule", "extend")
        .containsEntry("runbookVersion", "3");
    assertThat(Next.of(extended, Instant.EPOCH)).isEqualTo(new Next.AwaitEnd(LATER));
    assertThat(new Wait.ForEnd().isAnsweredBy(extended)).isFalse();
  }

  @Test
  void whatWasExtendedDoesNotEndAtItsFormerEnd() {
    var extended = after(active(), extension(LATER, MONDAY));

    var tooEarly = Life.apply(extended, new Command.Expire(Acts.byTheWorkflow(expiry())));

    assertThat(codes(tooEarly)).containsExactly("not-due");
    var ended =
        (Ended)
            after(
                extended,
                new Command.Expire(Acts.byTheWorkflow(LATER)),
                new Command.Gone(Acts.byTheWorkflow(LATER), null));
    assertThat(ended.reason()).isEqualTo(EndReason.EXPIRED);
    assertThat(ended.given()).contains(new Grant(MONDAY, LATER));
  }

  @Test
  @Tag("time.extension")
  void itCanBeExtendedAgainUpToTheLengthThatThePlanAllows() {
    var extended =
        after(active(), extension(LATER, MONDAY), extension(LATEST, LATER.minusSeconds(60)));

    assertThat(extended.given()).contains(new Grant(MONDAY, LATEST));
    assertThat(Extending.latest((Active) extended, APlan.EXTENDABLE, MONDAY)).isEmpty();
    assertThat(codes(Life.apply(extended, extension(LATEST.plusSeconds(1), LATER))))
        .containsExactly("extended-too-long");
  }

  @Test
  void theSameCommandAgainChangesNothing() {
    var extension = extension(LATER, MONDAY);
    var twice = after(active(), extension, extension(LATEST, MONDAY));

    assertThat(Life.apply(twice, extension)).isEqualTo(new Unchanged(twice));
  }

  @Test
  void anExtensionMakesNothingShorter() {
    assertThat(codes(Life.apply(active(), extension(expiry(), MONDAY))))
        .containsExactly("not-later");
    assertThat(codes(Life.apply(active(), extension(Instant.MIN, MONDAY))))
        .containsExactly("not-later");
  }

  @Test
  void aPlanWithoutAnExtensionAllowsNone() {
    var fixed = active(APlan.withAFixedEnd(), ARequest.FOUR_HOURS);

    assertThat(codes(Life.apply(fixed, extension(LATER, MONDAY))))
        .containsExactly("not-extendable");
  }

  @Test
  void onlyTheHolderExtends() {
    var byTheManager = new Command.Extend(Acts.by(MAX, MONDAY), LATER, 3, List.of());

    assertThat(codes(Life.apply(active(), byTheManager))).containsExactly("not-yours");
  }

  @Test
  void inTheLastMinuteTheEndStays() {
    var latestMoment = expiry().minusSeconds(60);

    assertThat(after(active(), extension(LATER, latestMoment)).given())
        .contains(new Grant(MONDAY, LATER));
    assertThat(Extending.latest(active(), APlan.EXTENDABLE, latestMoment)).contains(LATEST);
    assertThat(codes(Life.apply(active(), extension(LATER, latestMoment.plusNanos(1)))))
        .containsExactly("too-late");
    assertThat(Extending.latest(active(), APlan.EXTENDABLE, latestMoment.plusNanos(1))).isEmpty();
  }

  @Test
  void everyReasonIsTold() {
    var gone =
        Refusal.of(
                "requester-inactive",
                "Sam is no longer in the directory, so no access can be given.")
            .with("Sam")
            .in("gone");
    var extension =
        new Command.Extend(Acts.by(SAM, expiry()), LATEST.plusSeconds(1), 3, List.of(gone));

    assertThat(codes(Life.apply(active(), extension)))
        .containsExactly("extended-too-long", "too-late", "requester-inactive");
  }

  @ParameterizedTest
  @EnumSource(names = {"PENDING", "SCHEDULED", "PROVISIONING"})
  void whatIsNotThereYetCannotBeExtended(Status status) {
    assertThat(codes(Life.apply(ARequest.in(status), extension(LATER, MONDAY))))
        .containsExactly("not-started");
  }

  @ParameterizedTest
  @EnumSource(names = {"ENDING", "DENIED", "LAPSED", "CANCELLED", "ENDED", "FAILED"})
  void whatEndsOrHasEndedCannotBeExtended(Status status) {
    assertThat(codes(Life.apply(ARequest.in(status), extension(LATER, MONDAY))))
        .containsExactly("already-over");
  }

  @Test
  void extendedAccessCanBeTakenAwayAtOnce() {
    var ending = (Ending) after(active(), extension(LATER, MONDAY), ARequest.revocation(MONDAY));

    assertThat(ending.reason()).isEqualTo(EndReason.REVOKED);
  }

  @Test
  void theNewEndIsAnnouncedAnew() {
    var warned = after(active(), ARequest.warned(expiry().minus(Duration.ofMinutes(15))));

    var extended = (Active) after(warned, extension(LATER, expiry().minus(Duration.ofMinutes(10))));

    assertThat(extended.warned()).isFalse();
    assertThat(extended.nextDue()).contains(LATER.minus(Duration.ofMinutes(15)));
    var again = (Active) after(extended, new Command.Warned(Acts.byTheWorkflow(LATER), LATER));
    assertThat(again.warned()).isTrue();
  }

  @Test
  void anEndThatIsCloseWhenItIsChosenIsNotAnnounced() {
    var at = expiry().minus(Duration.ofMinutes(5));

    var extended = (Active) after(active(), extension(expiry().plus(Duration.ofMinutes(5)), at));

    assertThat(extended.warned()).isTrue();
    assertThat(extended.nextDue()).contains(expiry().plus(Duration.ofMinutes(5)));
  }

  @Test
  void aWarningAboutTheFormerEndIsNoWarningAboutTheNewOne() {
    var extended = after(active(), extension(LATER, MONDAY));

    assertThat(Life.apply(extended, ARequest.warned(MONDAY))).isEqualTo(new Unchanged(extended));
  }

  @Test
  @SuppressWarnings("NullAway") // That it is refused is the point.
  void anExtensionWithoutAnEndIsNone() {
    assertThatNullPointerException()
        .isThrownBy(() -> new Command.Extend(Acts.by(SAM, MONDAY), null, 3, List.of()));
  }

  @Test
  void aTrailThatIsFullTakesNoExtension() {
    var full = ARequest.afterRuns(active(), Trail.MOST_EVENTS - active().version());

    assertThat(codes(Life.apply(full, extension(LATER, MONDAY))))
        .containsExactly("too-many-events");
  }

  private static List<String> codes(Outcome outcome) {
    return ((Refused) outcome)
        .refusals().stream().map(InWords::saidInEveryLanguage).map(Refusal::code).toList();
  }
}
