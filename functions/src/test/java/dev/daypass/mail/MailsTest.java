package dev.daypass.mail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.daypass.access.Proof;
import dev.daypass.words.Languages;
import dev.daypass.words.Shortened;
import dev.daypass.words.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MailsTest {
  private static final String REASON =
      "Customer 4711 says their invoice address is wrong.\nI need to see what we have on file.";
  private static final String HOSTILE =
      "<script>alert('x')</script> \"quoted\" & 'single'\r\nBcc: everyone@example.com\r\n"
          + "<b>bold</b> https://evil.example/approve \u202Eesrever\u202C \uD83E\uDD84 "
          + "long".repeat(450);
  private static final Pattern LINK = Pattern.compile("https?://\\S+");

  static List<Locale> languages() {
    return Languages.all();
  }

  /** Leaves every mail in {@code target/pages} for a person to look at. */
  @ParameterizedTest
  @MethodSource("languages")
  void everyMailHasASubjectTwoPartsAndOneLink(Locale language) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages", language.getLanguage()));
    for (Map.Entry<String, Mail> one :
        SampleMails.all(SampleMails.asked(REASON), REASON, language).entrySet()) {
      Mail mail = one.getValue();
      Files.writeString(folder.resolve("mail-" + one.getKey() + ".html"), mail.html(), UTF_8);
      Files.writeString(
          folder.resolve("mail-" + one.getKey() + ".txt"),
          "Subject: " + mail.subject() + "\n\n" + mail.text(),
          UTF_8);
      assertThat(links(mail.text())).as(one.getKey()).hasSize(1);
      assertThat(links(mail.html().replace("\"", " "))).isEqualTo(links(mail.text()));
      assertThat(mail.subject()).containsAnyOf("View a customer record", "CRM");
      assertThat(mail.html())
          .contains("<html lang=\"" + language.getLanguage() + "\">")
          .doesNotContain("<img", "<script", "null");
      assertThat(mail.text()).doesNotContain("null", "\n\n\n", "&#", "&amp;", "&lt;");
    }
  }

  @Test
  void anAddressThatIsTooLongForItsLineBreaksAtItsJoints() {
    var mail = SampleMails.all(SampleMails.asked(REASON), REASON, Locale.ENGLISH);
    assertThat(mail.get("please-decide"))
        .extracting(Mail::html)
        .asString()
        .contains("mia.<wbr>torres@<wbr>example.<wbr>com");
  }

  @Test
  void whatPeopleTypeIsMarkupNowhereAndReachesNoHeader() {
    for (Map.Entry<String, Mail> one : SampleMails.all(HOSTILE).entrySet()) {
      assertHarmless(one.getKey(), one.getValue());
    }
    for (Map.Entry<String, Mail> one :
        SampleMails.all(SampleMails.asked(HOSTILE, HOSTILE), HOSTILE).entrySet()) {
      assertHarmless(one.getKey(), one.getValue());
    }
  }

  private static void assertHarmless(String name, Mail mail) {
    assertThat(mail.html()).as(name).doesNotContain("<script", "<b>", "\u202E");
    assertThat(links(mail.html().replace("\"", " "))).as(name).hasSize(1);
    assertThat(links(mail.text())).as(name).hasSize(1);
    assertThat(mail.subject()).as(name).doesNotContain("\r", "\n", "\u202E");
    assertThat(mail.subject().length()).isLessThanOrEqualTo(170);
    mail.headers().values().forEach(value -> assertThat(value).matches("[ -~]+"));
  }

  @Test
  void aNameReadFromTheRightTurnsNothingAroundIt() {
    var asked = SampleMails.asked(REASON);
    var mail = SampleMails.MAILS.denied(SampleMails.MIA, asked, "\u0645\u0631\u064a\u0645", "7");

    assertThat(mail.text())
        .contains("\u2068\u0645\u0631\u064a\u0645\u2069 has denied your request");
    assertThat(Words.apart("Mari")).isEqualTo("Mari");
  }

  @Test
  void aNameIsNoEncodedWordInTheSubject() {
    var asked = SampleMails.asked("=?UTF-8?Q?=0D=0ABcc:?= Eve", REASON);
    assertThat(
            SampleMails.MAILS
                .cancelled(SampleMails.MIA, asked, 1, "Eve", Cancelling.REQUEST_WITHDRAWN)
                .subject())
        .contains("= ?UTF-8?Q?=0D=0ABcc:?= Eve asked for")
        .doesNotContain("=?");
  }

  @Test
  void theTextPartIsNotEscapedAndKeepsLines() {
    Mail mail =
        SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(SampleMails.asked("a < b & c\nd")));
    assertThat(mail.text())
        .contains("  Why:       a < b & c\n           > d\n")
        .contains("  Code: 482913\n\n")
        .contains(
            "\n  Ticket:    SUP-1234\n\n2 of the 3 who are asked must approve.\n\nDecided so far:\n\n  - Aisha Khan approved\n\nBefore")
        .contains("nothing is set up.\n\n-- \nDaypass.")
        .contains("  > Is there a ticket from this customer? Then it is fine.\n  > The person");
    assertThat(mail.html()).contains("a &lt; b &amp; c\nd");
  }

  @Test
  void aReminderDoesNotSayThatNobodyHasDecidedWhereSomebodyHas() {
    var view = SampleMails.pleaseDecide(SampleMails.asked(REASON));

    assertThat(view.earlier()).isNotEmpty();
    assertThat(SampleMails.MAILS.reminder(view).text())
        .contains("your answer is still missing")
        .doesNotContain("Nobody has decided yet");
  }

  @Test
  void whoeverStaysAskedReadsTrulyWhyOthersAreAsked() {
    var mails = SampleMails.all(REASON);

    assertThat(text(mails, "others-too-unreached"))
        .contains("Our mail to Petra Lang did not get through, so Nora Haddad is asked as well")
        .doesNotContain("in time");
    assertThat(text(mails, "others-too")).contains("There was no answer in time");
    assertThat(text(mails, "replaced-unreached"))
        .contains("Our mail to Petra Lang did not get through")
        .doesNotContain("in time");
  }

  @Test
  void whatMayNeverHaveBeenThereIsNotToBeTakenAway() {
    var mails = SampleMails.all(REASON);

    assertThat(mails.get("please-make-sure-returned"))
        .extracting(Mail::subject)
        .isEqualTo("Please make sure: Mia Torres is not to have Read customer records in CRM");
    assertThat(text(mails, "please-make-sure-returned"))
        .contains("Mia Torres withdrew it before it was set up.");
    assertThat(text(mails, "please-set-up-approved"))
        .contains("You and Petra Lang approved that Mia Torres gets this access");
  }

  private static String text(Map<String, Mail> mails, String name) {
    return Objects.requireNonNull(mails.get(name), name).text().replaceAll("\\s+", " ");
  }

  @Test
  void theSubjectSaysWhoWantsWhatForHowLong() {
    Mail mail = SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(SampleMails.asked(REASON)));
    assertThat(mail.subject())
        .isEqualTo("Please decide: Mia Torres asks for View a customer record, for 4 hours");
    assertThat(mail.to()).isEqualTo("jonas.weber@example.com");
    assertThat(mail.text()).contains("https://daypass.example.com/decide/t0ken\n");
  }

  @Test
  void whoeverDecidesReadsWhatTheRoleAllows() {
    Mail mail = SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(SampleMails.asked(REASON)));
    assertThat(mail.text())
        .containsPattern(
            "What: +Read customer records in CRM\\. See one customer, and nothing of"
                + " payments\\.\n");
    assertThat(mail.html()).contains("See one customer, and nothing of payments.");
  }

  @Test
  void aNewLinkIsToldApartFromTheOneThatNoLongerWorks() {
    var mails = SampleMails.all(REASON);
    assertThat(mails.get("new-link"))
        .extracting(Mail::subject)
        .isEqualTo("New link: Mia Torres asks for View a customer record, for 4 hours");
    assertThat(text(mails, "new-link")).contains("no longer works");
    assertThat(text(mails, "please-decide")).doesNotContain("no longer works");
  }

  @Test
  void mailsTellHowLongItLastsNowThatItWasExtended() {
    var extended = SampleMails.extended(SampleMails.asked(REASON), Duration.ofHours(6));
    var ended =
        SampleMails.MAILS.ended(
            SampleMails.MIA, extended, SampleMails.NOW, new Ending.Expired(), HeldOn.NO, null);
    assertThat(ended.subject())
        .isEqualTo("Your access has ended: View a customer record, for 6 hours");
    assertThat(SampleMails.MAILS.goneAfterAll(SampleMails.JONAS, extended, SampleMails.NOW).text())
        .contains("4 hours, extended to 6 hours, and to 12 hours at most");
  }

  @Test
  void whatWasShortenedIsToldAsItHolds() {
    var shortened =
        SampleMails.shortened(
            SampleMails.asked(REASON), new Shortened(Duration.ofHours(1), "Aisha Khan"));
    var mail = SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(shortened));
    assertThat(mail.subject())
        .isEqualTo("Please decide: Mia Torres asks for View a customer record, for 1 hour");
    assertThat(mail.text()).contains("4 hours asked for, 1 hour approved by Aisha Khan");
  }

  @Test
  void aMailSpeaksTheLanguageOfItsReader() {
    var asked = SampleMails.asked(REASON);
    var jonas = SampleMails.jonas(Locale.GERMAN);
    var decide = SampleMails.MAILS.pleaseDecide(SampleMails.pleaseDecide(jonas, asked));
    assertThat(decide.subject())
        .isEqualTo(
            "Bitte entscheiden: Mia Torres fragt „View a customer record“ an, für 4 Stunden");
    assertThat(decide.text())
        .startsWith("Guten Tag Jonas Weber,\n\nMia Torres fragt an:")
        .contains("  Wie lange:  4 Stunden, verlängerbar auf insgesamt 12 Stunden\n")
        .contains("  - Aisha Khan hat genehmigt\n")
        .contains(
            "  - Donnerstag, 26. November 2026 um 18:05 Uhr MEZ (17:05 UTC): Wenn bis"
                + " dahin nicht entschieden ist, wird Jonas Weber erinnert.\n")
        .contains("über CRM entscheiden dürfen.\nAnfrage r-7k2m9q");
    var french = SampleMails.MAILS.denied(SampleMails.mia(Locale.FRENCH), asked, "Ana", "");
    assertThat(french).isEqualTo(SampleMails.MAILS.denied(SampleMails.MIA, asked, "Ana", ""));
  }

  @Test
  void withoutACodeTheMailDoesNotSpeakOfOne() {
    PleaseDecide with = SampleMails.pleaseDecide(SampleMails.asked(REASON));
    Mail mail =
        SampleMails.MAILS.pleaseDecide(
            new PleaseDecide(
                with.to(),
                with.asked(),
                1,
                1,
                "t0ken",
                Proof.FRESH,
                null,
                "",
                "",
                null,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                null));
    assertThat(mail.text().toLowerCase(Locale.ROOT)).doesNotContain("code", "so far");
    assertThat(mail.text())
        .containsIgnoringWhitespaces(
            "You sign in there first, and once more if that was more than five minutes ago.");
  }

  @Test
  void timesAreThoseOfTheReader() {
    Mail mail =
        SampleMails.MAILS.accessUntil(
            SampleMails.MIA,
            SampleMails.asked(REASON),
            SampleMails.NOW.plus(Duration.ofHours(4)),
            List.of("Jonas Weber"),
            "");
    assertThat(mail.text()).contains("until Thursday, 26 November 2026 at 12:05 EST (17:05 UTC)");
  }

  @ParameterizedTest
  @MethodSource("languages")
  void whatIsAboutNoRequestHasOneLinkAndASubjectOfItsOwn(Locale language) throws IOException {
    Path folder = Files.createDirectories(Path.of("target", "pages", language.getLanguage()));
    var subjects = new HashSet<String>();
    for (var one : SampleMails.aboutNoRequest(SampleMails.mia(language), "<b>Ill</b>").entrySet()) {
      Mail mail = one.getValue();
      Files.writeString(folder.resolve("mail-" + one.getKey() + ".html"), mail.html(), UTF_8);
      assertThat(links(mail.text())).as(one.getKey()).hasSize(1);
      assertThat(mail.html()).doesNotContain("<b>Ill", "null");
      assertThat(mail.text()).contains("2026", "<b>Ill").doesNotContain("null", "\n\n\n", "&lt;");
      assertThat(mail.tags()).containsEntry("mail", "stand-in");
      subjects.add(mail.subject());
    }
    assertThat(subjects).hasSize(4);
  }

  @Test
  void allMailsOfARequestHangOnOneThread() {
    for (Mail mail : SampleMails.all(REASON).values()) {
      assertThat(mail.headers())
          .containsEntry("References", "<r-7k2m9q@daypass.example.com>")
          .containsEntry("In-Reply-To", "<r-7k2m9q@daypass.example.com>")
          .containsEntry("Auto-Submitted", "auto-generated");
      assertThat(mail.tags()).containsEntry("request", "r-7k2m9q").containsKey("mail");
    }
  }

  private static List<String> links(String text) {
    return LINK.matcher(text).results().map(MatchResult::group).toList();
  }

  @Test
  void anEmergencyIsLoudAndEverythingElseIsNot() {
    var mails = SampleMails.all(REASON);

    mails.forEach(
        (name, mail) -> {
          boolean loud = name.equals("emergency") || name.equals("emergency-owner");
          assertThat("high".equals(mail.headers().get("Importance"))).as(name).isEqualTo(loud);
          assertThat(mail.subject().startsWith("EMERGENCY: ")).as(name).isEqualTo(loud);
        });
    assertThat(mails.get("emergency"))
        .extracting(Mail::text, STRING)
        .contains("nobody was asked", "say whether it was justified");
    assertThat(mails.get("emergency-owner"))
        .extracting(Mail::text, STRING)
        .contains("Afterwards Aisha Khan and Petra Lang must say whether it was justified.");
    assertThat(mails.get("reviewed-not"))
        .extracting(Mail::text, STRING)
        .contains("it was not justified");
  }
}
