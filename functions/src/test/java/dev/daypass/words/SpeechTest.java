package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Said;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class SpeechTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final Instant NOW = Instant.parse("2026-12-31T22:30:00Z");
  private static final Speech ENGLISH = Speech.onPage(Locale.ENGLISH, BERLIN, NOW);
  private static final Speech GERMAN = Speech.onPage(Locale.GERMAN, BERLIN, NOW);

  private static String near(Speech speech, String instant) {
    return speech.say("refusal.not-due", Instant.parse(instant));
  }

  private static String markup(Speech speech, Said said) {
    var output = new StringOutput();
    speech.markup(said).writeTo(output);
    return output.toString();
  }

  @Test
  void durationsAreSaidInTheReadersLanguage() {
    assertThat(ENGLISH.duration(Duration.ofHours(4))).isEqualTo("4 hours");
    assertThat(ENGLISH.duration(Duration.ofMinutes(1501))).isEqualTo("1 day, 1 hour and 1 minute");
    assertThat(ENGLISH.duration(Duration.ofSeconds(61))).isEqualTo("1 minute and 1 second");
    assertThat(ENGLISH.duration(Duration.ZERO)).isEqualTo("no time");
    assertThat(ENGLISH.roughly(Duration.ofMinutes(3061))).isEqualTo("2 days and 3 hours");
    assertThat(ENGLISH.roughly(Duration.ofSeconds(59))).isEqualTo("less than a minute");
    assertThat(ENGLISH.roughly(Duration.ofSeconds(-1))).isEqualTo("no time");
    assertThat(GERMAN.duration(Duration.ofHours(49))).isEqualTo("2 Tage und 1 Stunde");
    assertThat(GERMAN.roughly(Duration.ofSeconds(59))).isEqualTo("weniger als eine Minute");
  }

  @Test
  void timesAreSaidAsTheReaderCountsThem() {
    assertThat(near(ENGLISH, "2026-12-31T08:00:00Z")).contains("until today at 09:00.");
    assertThat(near(ENGLISH, "2026-12-31T23:30:00Z")).contains("until tomorrow at 00:30.");
    assertThat(near(ENGLISH, "2026-12-30T22:59:00Z")).contains("until yesterday at 23:59.");
    assertThat(near(ENGLISH, "2026-12-26T11:00:00Z")).contains("until Sat 26 Dec at 12:00.");
    assertThat(near(ENGLISH, "2027-01-03T11:00:00Z")).contains("until Sun, 3 Jan 2027 at 12:00.");
    assertThat(near(GERMAN, "2026-12-31T08:00:00Z")).contains("bis heute um 09:00 Uhr.");
    assertThat(near(GERMAN, "2026-12-26T11:00:00Z")).contains("bis Sa., 26. Dez. um 12:00 Uhr.");
    assertThat(ENGLISH.full(Instant.parse("2026-07-01T11:00:00Z")))
        .isEqualTo("Wednesday, 1 July 2026 at 13:00 CEST");
    assertThat(GERMAN.full(Instant.parse("2026-07-01T11:00:00Z")))
        .isEqualTo("Mittwoch, 1. Juli 2026 um 13:00 Uhr MESZ");
  }

  @Test
  void mailsTellTheZoneSoThatItIsUnderstoodAnywhere() {
    var evening = Instant.parse("2026-11-26T20:30:00Z");
    assertThat(inMail("Asia/Kolkata", evening))
        .contains("27 November 2026 at 02:00 IST (2026-11-26 20:30 UTC)");
    assertThat(inMail("Asia/Dubai", evening))
        .contains("27 November 2026 at 00:30 GMT+04:00 (2026-11-26 20:30 UTC)");
    assertThat(inMail("Europe/Berlin", evening))
        .contains("26 November 2026 at 21:30 CET (20:30 UTC)");
    assertThat(inMail("UTC", evening)).endsWith("at 20:30 UTC");
  }

  private static String inMail(String zone, Instant instant) {
    return Speech.inMail(Locale.ENGLISH, ZoneId.of(zone)).near(instant);
  }

  @Test
  void thePageKnowsWhatIsLeftAndTheExactInstant() {
    assertThat(ENGLISH.left(NOW.plus(Duration.ofMinutes(200))))
        .isEqualTo("3 hours and 20 minutes left");
    assertThat(ENGLISH.left(NOW)).isEqualTo("no time left");
    assertThat(GERMAN.left(NOW.plusSeconds(5))).isEqualTo("noch weniger als eine Minute");
    assertThat(ENGLISH.nearCapital(NOW)).isEqualTo("Today at 23:30");
    assertThat(GERMAN.exact(NOW)).isEqualTo("2026-12-31 22:30:00 UTC");
    assertThat(ENGLISH.place()).isEqualTo("Europe/Berlin");
    assertThat(Speech.onPage(Locale.ENGLISH, ZoneOffset.UTC, NOW).place()).isEqualTo("UTC");
    assertThatThrownBy(() -> Speech.english().now()).hasMessageContaining("when a mail is read");
  }

  @Test
  void aRegionHasItsHabits() {
    var american = Speech.onPage(Locale.US, BERLIN, NOW);
    assertThat(near(american, "2026-12-26T11:00:00Z"))
        .contains("until Sat, Dec 26 at 12:00\u202fPM.");
    assertThat(Speech.inMail(Locale.of("de", "AT"), ZoneOffset.UTC).full(NOW))
        .isEqualTo("Donnerstag, 31. Dezember 2026 um 22:30 Uhr UTC");
  }

  @Test
  void aLanguageWithoutAFileIsEnglishAndSoAreItsNumbersAndDates() {
    var portuguese = Speech.inMail(Locale.of("pt", "BR"), ZoneOffset.UTC);
    assertThat(portuguese.language()).isEqualTo(Locale.ENGLISH);
    assertThat(portuguese.full(NOW)).isEqualTo("Thursday, 31 December 2026 at 22:30 UTC");
    assertThat(portuguese.say("refusal.comment-too-long", 2000)).contains("2,000 characters");
    assertThat(GERMAN.say("refusal.comment-too-long", 2000)).contains("2.000 Zeichen");
  }

  @Test
  void aMessageTakesTheFormOfTheFirstNumberOrList() {
    assertThat(ENGLISH.say("next.reminder", List.of("Ana"))).contains("Ana is reminded");
    assertThat(ENGLISH.say("next.reminder", List.of("Ana", "Ben", "Cem")))
        .contains("Ana, Ben and Cem are reminded");
    assertThat(GERMAN.say("next.reminder", List.of("Ana", "Ben")))
        .contains("werden Ana und Ben erinnert");
    assertThat(ENGLISH.say("next.reminder", List.of())).contains("nobody are reminded");
    assertThat(ENGLISH.say("tell.named-owners", List.of("Ana", "Ben"), "CRM"))
        .isEqualTo("Please tell the owners of CRM (Ana or Ben).");
  }

  @Test
  void oneMessageMaySpeakOfAnother() {
    var groups = List.of(Said.of("who.group", "support"), "ana@example.com");
    assertThat(ENGLISH.say("refusal.not-eligible.ask", groups, "CRM", List.of("Omar")))
        .startsWith("This is for people in the group support or ana@example.com, and you");
  }

  @Test
  void aNameReadFromTheRightIsKeptApart() {
    assertThat(ENGLISH.say("past.approved", "\u0645\u0631\u064a\u0645"))
        .isEqualTo("\u2068\u0645\u0631\u064a\u0645\u2069 approved");
  }

  @Test
  void whatAMessageSpeaksOfIsNoPattern() {
    assertThat(ENGLISH.say("past.approved", "{0} '{1}'")).isEqualTo("{0} '{1}' approved");
  }

  @Test
  void anAddressGoesOnInTheNextLineAfterItsParts() {
    assertThat(markup(ENGLISH, Said.of("past.approved", "Ana.Lee@mail.example.com & Co. x.y")))
        .isEqualTo(
            "<bdi>Ana.<wbr>Lee@<wbr>mail.<wbr>example.<wbr>com &amp; Co. x.y</bdi> approved");
    var output = new StringOutput();
    Words.address("<a@b.example").writeTo(output);
    assertThat(output).hasToString("&lt;a@<wbr>b.<wbr>example");
  }

  @Test
  void whereTheClockShowsUtcNothingMoreExactIsSaid() {
    assertThat(Speech.onPage(Locale.ENGLISH, ZoneId.of("Etc/UTC"), NOW).isOnUtc()).isTrue();
    assertThat(Speech.onPage(Locale.ENGLISH, ZoneId.of("Europe/London"), NOW).isOnUtc()).isFalse();
  }

  @Test
  void theExactInstantStandsBesideOnceAndItsDateApartWhereItIsTheSame() {
    var noon = Said.of("page.until", Instant.parse("2026-12-31T12:00:00Z"));
    assertThat(markup(GERMAN, noon))
        .endsWith(
            "<span class=\"exact\">(<span class=\"date\">2026-12-31 </span>12:00:00 UTC)</span>");
    assertThat(markup(Speech.onPage(Locale.ENGLISH, ZoneId.of("Etc/UTC"), NOW), noon))
        .endsWith("</time>");
    assertThat(markup(Speech.onPage(Locale.ENGLISH, ZoneId.of("Europe/London"), NOW), noon))
        .contains("12:00:00 UTC");
  }

  @Test
  void inMarkupOnlyOurOwnTextIsTrusted() {
    assertThat(markup(ENGLISH, Said.of("past.approved", "<b title=\"x\">&")))
        .isEqualTo("<bdi>&lt;b title=&#34;x&#34;>&amp;</bdi> approved");
    assertThat(markup(ENGLISH, Said.of("next.reminder", List.of("<i>", Said.of("who.everyone")))))
        .contains("<bdi>&lt;i></bdi> and everyone are");
    assertThat(markup(GERMAN, Said.of("refusal.not-due", Instant.parse("2026-12-31T23:30:00Z"))))
        .isEqualTo(
            "Dieser Zugang gilt bis <time datetime=\"2026-12-31T23:30:00Z\" title=\"Freitag, 1."
                + " Januar 2027 um 00:30 Uhr MEZ\">morgen um 00:30 Uhr</time>"
                + " <span class=\"exact\">(2026-12-31 23:30:00 UTC)</span>.");
  }

  @Test
  void aMistakeInTheCodeIsToldAsSuch() {
    assertThatThrownBy(() -> ENGLISH.say("no.such.message"))
        .hasMessage("there is no message no.such.message");
    assertThatThrownBy(() -> ENGLISH.say("past.approved"))
        .hasMessage("past.approved speaks of 1 things and is given 0");
    assertThatThrownBy(() -> ENGLISH.say("past.approved", 1.5))
        .hasMessageContaining("java.lang.Double");
  }
}
