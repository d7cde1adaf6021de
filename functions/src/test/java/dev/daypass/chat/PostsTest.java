package dev.daypass.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.RoundPlan;
import dev.daypass.words.Shortened;
import dev.daypass.words.Telling;
import dev.daypass.words.Upcoming;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PostsTest {
  private static final Posts POSTS = new Posts(URI.create("https://daypass.example.com/"));
  private static final Instant LATER = Instant.parse("2026-11-26T17:05:00Z");

  @Test
  void aRoundSaysWhoAsksForWhatForHowLongWhoIsAskedAndUntilWhen() {
    var post =
        POSTS.decide(
            Locale.ENGLISH,
            topic("Mia Torres", null),
            RoundPlan.Kind.NOTICE,
            List.of("Jonas Weber", "Petra Lang"),
            new Upcoming(LATER, Telling.nextReminder(List.of("Jonas Weber"))));

    assertThat(post.heading())
        .isEqualTo("Please decide: Mia Torres asks for View a customer record");
    assertThat(post.facts())
        .containsExactly(
            new Post.Fact("Access", "Read customer records in CRM"),
            new Post.Fact("How long", "4 hours, which can be extended to 12 hours in all"),
            new Post.Fact("Asked", "Jonas Weber and Petra Lang"),
            new Post.Fact(
                "What comes next",
                "Thursday, 26 November 2026 at 17:05 UTC: If it is not decided by then, Jonas Weber is reminded."));
    assertThat(post.link())
        .isEqualTo(URI.create("https://daypass.example.com/requests/r-7k2m9q/decide"));
  }

  @Test
  void aReminderAndAnEscalationSaySoAndWhatWasShortenedIsSaid() {
    var next = new Upcoming(LATER, Telling.nextLapse());
    var shortened = topic("Mia Torres", new Shortened(Duration.ofHours(1), "Aisha Khan"));
    var reminder =
        POSTS.decide(
            Locale.ENGLISH, shortened, RoundPlan.Kind.REMINDER, List.of("Jonas Weber"), next);
    var escalation =
        POSTS.decide(
            Locale.ENGLISH, shortened, RoundPlan.Kind.ESCALATION, List.of("Petra Lang"), next);

    assertThat(reminder.heading())
        .isEqualTo("Not decided yet: Mia Torres waits for View a customer record");
    assertThat(escalation.heading())
        .isEqualTo(
            "Nobody has answered, so others are asked: Mia Torres waits for View a customer record");
    assertThat(reminder.facts())
        .contains(new Post.Fact("How long", "4 hours asked for, 1 hour approved by Aisha Khan"));
  }

  @Test
  void aTaskSaysWhatIsToBeTakenAwayAndLeadsToTheRequest() {
    var post =
        POSTS.takeAway(Locale.GERMAN, topic("Mia Torres", null), List.of("Petra Lang"), LATER);

    assertThat(post.heading()).isEqualTo("Bitte handeln: Mia Torres hat noch Zugang zu CRM");
    assertThat(post.facts())
        .contains(
            new Post.Fact("Hätte enden sollen", "Donnerstag, 26. November 2026 um 17:05 Uhr UTC"),
            new Post.Fact("Mit der Aufgabe betraut", "Petra Lang"));
    assertThat(post.link()).isEqualTo(URI.create("https://daypass.example.com/requests/r-7k2m9q"));
  }

  @Test
  void aTaskByHandSaysWhatIsToBeDoneAndLeadsToWhereTheStepsAre() {
    var topic = topic("Mia Torres", null);
    var owners = List.of("Petra Lang", "Aisha Khan");

    var setUp = POSTS.setUp(Locale.ENGLISH, topic, owners);
    var takeAway = POSTS.takeAwayByHand(Locale.ENGLISH, topic, owners, LATER);
    var makeSure = POSTS.makeSure(Locale.ENGLISH, topic, owners);

    assertThat(setUp.heading()).isEqualTo("To be set up by hand: access to CRM for Mia Torres");
    assertThat(setUp.facts())
        .containsExactly(
            new Post.Fact("Access", "Read customer records in CRM"),
            new Post.Fact("How long", "4 hours, which can be extended to 12 hours in all"),
            new Post.Fact("With the task", "Petra Lang and Aisha Khan"));
    assertThat(takeAway.heading())
        .isEqualTo("To be taken away by hand: access to CRM from Mia Torres");
    assertThat(takeAway.facts())
        .contains(new Post.Fact("Over since", "Thursday, 26 November 2026 at 17:05 UTC"));
    assertThat(makeSure.heading())
        .isEqualTo("To be looked after by hand: nothing may be left for Mia Torres in CRM");
    for (var post : List.of(setUp, takeAway, makeSure)) {
      assertThat(post.advice())
          .isEqualTo(
              "No program reaches CRM. Its owners sign in behind the link, do what it says there,"
                  + " and say so.");
      assertThat(post.link())
          .isEqualTo(URI.create("https://daypass.example.com/requests/r-7k2m9q"));
    }
  }

  @Test
  void whatPeopleTypedIsOneLineWithoutAnAddress() {
    var post =
        POSTS.takeAway(
            Locale.ENGLISH,
            topic("Mia\nhttps://evil.example.com www.evil.example.com", null),
            List.of(),
            LATER);

    assertThat(post.heading())
        .isEqualTo(
            "Please act: Mia‹U+000A›https: //evil.example.com www .evil.example.com still has"
                + " access to CRM");
  }

  private static Topic topic(String requester, @Nullable Shortened shortened) {
    return new Topic(
        "r-7k2m9q",
        requester,
        null,
        "View a customer record",
        "CRM",
        "Read customer records",
        Duration.ofHours(4),
        shortened,
        Duration.ofHours(12));
  }
}
