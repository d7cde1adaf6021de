package dev.daypass.hostile;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.LENA;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.OMAR;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.flow.Company;
import dev.daypass.flow.Page;
import dev.daypass.local.LocalCloud;
import dev.daypass.local.ses.Mail;
import dev.daypass.store.Links;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links that are not, not any more or not for this person what they were: nothing is decided. */
class LinksTest {
  private static final String CRM = "crm-customer-record";
  private static final String QUICK = "crm-quick";
  private static final String BY_SESSION = "crm-by-session";
  private static final Duration HOUR = Duration.ofHours(1);

  @TempDir private static Path folder;
  private static Company company;

  @BeforeAll
  static void open() {
    company =
        Company.open(
            Project.in(folder).withRunbookBySession().withQuickRunbook().folder(),
            LocalCloud.Builder::withoutThrottling);
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static String path(Mail mail) {
    return URI.create(Company.link(mail)).getPath();
  }

  private static void assertUnchanged(String id, Runnable what) {
    company.settle();
    var before = company.stored(id);
    int mails = company.mails(id).size();
    what.run();
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
    assertThat(company.mails(id)).hasSize(mails);
  }

  private static Page.PostForm form(Company company, String path) {
    return company.stranger().open(path).form(path);
  }

  /** Sends the form of a page that was open before, by somebody with that page's cookie. */
  private static Map<String, String> approval(Mail mail) {
    return Map.of("code", code(mail), "comment", "", "decision", "approve");
  }

  // Forged

  @Test
  void aLinkThatIsNotTheWholeLinkIsNotKnown() {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var secret = path(mail).substring("/decide/".length());
    var caller = new Caller(company.daypass().url());
    var token = caller.formToken(path(mail));
    var forged = new LinkedHashMap<String, String>();
    forged.put("cut off by one", secret.substring(0, secret.length() - 1));
    forged.put("cut off in the middle", secret.substring(0, 20));
    forged.put("without its beginning", secret.substring(1));
    forged.put("longer", secret + "A");
    forged.put("with padding", secret + "%3D");
    forged.put("with a full stop", secret + ".");
    forged.put("with a blank", secret + "%20");
    forged.put("with a NUL", secret + "%00");
    forged.put("in another case", swapped(secret));
    forged.put("with a letter that looks alike", lookAlike(secret));
    forged.put("its hash", Links.hashOfSecret(secret));
    forged.put("its counter", "misses%2329%23" + "0".repeat(32));
    forged.put("encoded twice", "%25" + HexFormat.of().formatHex(secret.getBytes(UTF_8)));
    forged.put("any other", "bm8tc3VjaC1saW5rLWV2ZXItd2FzLXNlbnQtdG8tYW55");
    assertThat(forged.size() * 2).isLessThan(Links.MOST_MISSES);

    assertUnchanged(
        id,
        () ->
            forged.forEach(
                (how, other) -> {
                  var shown = caller.get("/decide/" + other);
                  assertNotKnown(how, shown);
                  var posted =
                      caller.form(
                          "/decide/" + other,
                          "form=" + token + "&decision=approve&code=" + code(mail));
                  assertNotKnown(how, posted);
                }));
    // So many unknown links count as guessing if there are more soon.
    company.pass(Links.MISSES_COUNT_FOR);
    // The whole link is as good as ever.
    assertThat(company.approve(id, LENA).text()).contains("Thank you. You approved this.");
  }

  private static void assertNotKnown(String how, HttpResponse<String> answer) {
    Caller.assertIsAProperRefusal(how, answer);
    assertThat(answer.statusCode()).as(how).isEqualTo(404);
    assertThat(answer.body()).as(how).contains("We do not know this link.");
  }

  private static String swapped(String secret) {
    var upper = secret.toUpperCase(Locale.ROOT);
    return upper.equals(secret) ? secret.toLowerCase(Locale.ROOT) : upper;
  }

  /** The first letter or digit in its full-width form. */
  private static String lookAlike(String secret) {
    int first = 0;
    while (!Character.isLetterOrDigit(secret.charAt(first))) {
      first++;
    }
    var wide = Character.toString(secret.charAt(first) + 0xFEE0);
    return secret.substring(0, first) + Caller.encoded(wide) + secret.substring(first + 1);
  }

  // Other people, stages and times

  @Test
  void aLinkDecidesNothingForSomebodyElseWhoIsSignedIn() {
    var id = company.ask(AMARA, BY_SESSION, HOUR);
    var path = path(company.mail(id, LENA, "please-decide"));
    var byCode = path(company.invitation(company.ask(AMARA, CRM, HOUR), LENA));
    assertUnchanged(
        id,
        () -> {
          for (var other : List.of(AMARA, OMAR, NOOR)) {
            var page = company.desk(other).sendUnasked(path, Map.of("decision", "approve"));
            assertThat(page.status()).isEqualTo(403);
            assertThat(page.text())
                .contains(
                    other.equals(NOOR)
                        ? "Dieser Link wurde jemand anderem geschickt."
                        : "This link was sent to somebody else.");
          }
          // Whoever is not signed in is led to the sign-in, and sees nothing of the request.
          assertThat(company.stranger().open(path).text())
              .contains("Sign in")
              .doesNotContain("Amara Okafor asks for");
          var nobody = new Caller(company.daypass().url());
          var posted = nobody.form(path, "form=" + nobody.formToken(byCode) + "&decision=approve");
          assertThat(posted.statusCode()).isEqualTo(401);
          assertThat(posted.body()).contains("sign in");
        });
    assertThat(company.desk(LENA).fill(path, path, Map.of("decision", "approve")).text())
        .contains("Thank you. You approved this.");
    // Nor does it tell what became of it to whoever has nothing but the link.
    assertThat(company.stranger().open(path).text())
        .contains("There is nothing left for you to decide here.")
        .doesNotContain("Amara", "You approved this.");
    var lena = company.desk(LENA);
    lena.open("/");
    assertThat(lena.open(path).text()).contains("Amara Okafor", "You approved this.");
  }

  @Test
  void aLinkOfAnEarlierStageDecidesNothingInTheNext() {
    var id = company.ask(LENA, "crm-bulk-export", HOUR);
    var first = company.invitation(id, NOOR);
    var shown = form(company, path(first));
    company.approve(id, NOOR);
    assertThat(company.status(id)).isEqualTo("PENDING");

    var second = company.invitation(id, OMAR);
    assertUnchanged(
        id,
        () -> {
          assertThat(company.stranger().open(path(first)).text())
              // To Noor, whose page this is, in German.
              .contains("Vielen Dank. Sie haben das genehmigt.");
          var late = company.stranger();
          late.open(path(second));
          // The page of one link, its secret and code, sent to the other.
          var crossed = late.send(late.open(path(second)).form(path(second)), approval(first));
          assertThat(crossed.status()).isEqualTo(422);
          assertThat(crossed.text()).contains("That is not the code from this mail.");
          assertThat(company.stranger().post(shown.action(), approval(first)).status())
              .isEqualTo(403);
        });
  }

  @Test
  void aSupersededLinkShowsWhoDecided() {
    var id = company.ask(PRIYA, "hr-offboarding", HOUR);
    var other = company.invitation(id, INGRID);
    var ingrid = company.stranger();
    var form = ingrid.open(path(other)).form(path(other));
    company.approve(id, JOANA);

    assertUnchanged(
        id,
        () -> {
          assertThat(company.stranger().open(path(other)).text())
              .contains("Joana Silva has approved this already.");
          assertThat(
                  ingrid
                      .send(form, Map.of("code", code(other), "decision", "deny", "comment", "No"))
                      .text())
              .contains("Joana Silva has approved this already.");
        });
    assertThat(company.status(id)).isEqualTo("PROVISIONING");
  }

  @Test
  void aLinkWhoseTimeIsOverShowsWhatHappened() {
    var id = company.ask(AMARA, QUICK, HOUR);
    var mail = company.invitation(id, LENA);
    var lena = company.stranger();
    var form = lena.open(path(mail)).form(path(mail));
    company.passMinutes(11);
    assertThat(company.status(id)).isEqualTo("LAPSED");

    assertUnchanged(
        id,
        () -> {
          assertThat(company.stranger().open(path(mail)).text())
              .contains("Nobody answered in time");
          assertThat(lena.send(form, approval(mail)).text()).contains("Nobody answered in time");
        });
  }

  @Test
  void aUsedLinkThatIsSentAgainAfterAnExtensionMovesNothing() {
    var id = company.ask(AMARA, CRM, Duration.ofMinutes(15));
    var mail = company.invitation(id, LENA);
    var lena = company.stranger();
    var form = lena.open(path(mail)).form(path(mail));
    lena.send(form, approval(mail));
    company.settle();
    var until = Instant.parse(company.json(id).at("/grant/expiresAt").asText()).plus(HOUR);
    assertThat(company.extend(id, AMARA, until).status()).isEqualTo(200);
    var end = company.json(id).at("/grant/expiresAt").asText();

    var denial = Map.of("code", code(mail), "decision", "deny", "comment", "No");
    assertUnchanged(
        id,
        () -> {
          assertThat(lena.send(form, approval(mail)).text())
              .contains("Thank you. You approved this.", "Access until");
          assertThat(lena.send(form, denial).text())
              .contains("You had approved this before, and that stays.");
          assertThat(company.stranger().open(path(mail)).text())
              .contains("Thank you. You approved this.");
        });
    // After the end that she approved.
    company.passMinutes(20);
    assertUnchanged(id, () -> lena.send(form, approval(mail)));
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.json(id).at("/grant/expiresAt").asText()).isEqualTo(end);
  }

  @Test
  void aUsedLinkThatIsSentAgainAfterTheEndGivesNoAccess() {
    var id = company.ask(AMARA, CRM, Duration.ofMinutes(15));
    var mail = company.invitation(id, LENA);
    var lena = company.stranger();
    var form = lena.open(path(mail)).form(path(mail));
    assertThat(lena.send(form, approval(mail)).text()).contains("Thank you. You approved this.");
    company.settle();
    assertUnchanged(id, () -> lena.send(form, approval(mail)));
    company.passMinutes(16);
    assertThat(company.status(id)).isEqualTo("ENDED");

    assertUnchanged(
        id,
        () -> {
          assertThat(lena.send(form, approval(mail)).text())
              .contains("Thank you. You approved this.", "Access has ended");
          var denied = Map.of("code", code(mail), "decision", "deny", "comment", "No");
          assertThat(lena.send(form, denied).text())
              .contains("You had approved this before, and that stays.");
        });
    assertThat(company.members("crm-record-viewers")).isEmpty();
  }

  // Codes

  @Test
  void theCodeOfOneLinkIsWrongForAnotherAndCostsOnlyThatOneATry() {
    var id = company.ask(AMARA, QUICK, HOUR);
    var first = company.invitation(id, LENA);
    company.passMinutes(6);
    var second = company.invitation(id, LENA);
    assertThat(path(second)).isNotEqualTo(path(first));

    for (int left = Links.MOST_TRIES - 1; left > 0; left--) {
      var page = company.stranger().fill(path(second), path(second), approval(first));
      assertThat(page.status()).isEqualTo(422);
      assertThat(page.text()).contains("That is not the code from this mail.");
    }
    company.stranger().fill(path(second), path(second), approval(first));
    assertThat(company.stranger().open(path(second)).text())
        .contains("The code was wrong too often.");
    assertThat(company.status(id)).isEqualTo("PENDING");
    // The other link has all its tries.
    assertThat(company.stranger().open(path(first)).text()).doesNotContain("left.");
    assertThat(company.stranger().fill(path(first), path(first), approval(first)).text())
        .contains("Thank you. You approved this.");
  }

  @Test
  void aHundredCodesAtOnceAreFiveTries() throws Exception {
    var id = company.ask(AMARA, CRM, HOUR);
    var mail = company.invitation(id, LENA);
    var right = Integer.parseInt(code(mail));
    var lena = company.stranger();
    var form = lena.open(path(mail)).form(path(mail));
    var before = company.stored(id);

    var tries =
        IntStream.range(0, 100)
            .mapToObj(i -> "%06d".formatted((right + 1 + i) % 1_000_000))
            .<Callable<Page>>map(
                wrong -> () -> lena.send(form, Map.of("code", wrong, "decision", "approve")))
            .toList();
    var pages = all(tries);

    assertThat(pages).allSatisfy(page -> assertThat(page.status()).isIn(200, 422));
    assertThat(pages.stream().filter(page -> page.status() == 422).count())
        .as("codes that were looked at")
        .isEqualTo(Links.MOST_TRIES);
    var late = lena.send(form, approval(mail));
    assertThat(late.text()).contains("The code was wrong too often.");
    company.settle();
    assertThat(company.stored(id)).isEqualTo(before);
  }

  private static <T> List<T> all(List<Callable<T>> calls) throws Exception {
    var results = new ArrayList<T>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<T> each : threads.invokeAll(calls)) {
        results.add(each.get());
      }
    }
    return results;
  }

  // Guessing

  @Test
  void whoeverGuessesIsShutOutForAWhileEvenWithTheRightLink() {
    var id = company.ask(AMARA, CRM, Duration.ofHours(4));
    var mail = company.invitation(id, LENA);
    var guesser = new Caller(company.daypass().url());
    for (int i = 0; i < Links.MOST_MISSES; i++) {
      assertThat(guesser.get("/decide/guess-" + i).statusCode()).isEqualTo(404);
    }

    var shut = guesser.get(path(mail));
    Caller.assertIsAProperRefusal("the right link after guessing", shut);
    assertThat(shut.statusCode()).isEqualTo(429);
    assertThat(shut.body()).contains("Too many links that we do not know", "10 minutes");
    assertUnchanged(
        id,
        () -> {
          var caller = company.desk(LENA);
          var token = caller.open("/requests/" + id + "/decide").forms().getFirst().hidden();
          var fields = new LinkedHashMap<>(token);
          fields.putAll(approval(mail));
          assertThat(caller.post(path(mail), fields).status()).isEqualTo(429);
          assertThat(caller.post(path(mail) + "/mail", fields).status()).isEqualTo(429);
        });
    // Signed in, one decides all the same; and later everything is as before.
    assertThat(company.desk(LENA).open("/requests/" + id + "/decide").status()).isEqualTo(200);
    company.pass(Links.MISSES_COUNT_FOR);
    assertThat(company.approve(id, LENA).text()).contains("Thank you. You approved this.");
  }

  @Test
  void theGatewayLetsOnlySoManyThroughAtOnce(@TempDir Path other) throws Exception {
    try (var busy = Company.open(Project.in(other).folder(), cloud -> cloud)) {
      var id = busy.ask(AMARA, CRM, HOUR);
      var mail = busy.invitation(id, LENA);
      var lena = busy.stranger();
      var form = lena.open(path(mail)).form(path(mail));
      var caller = new Caller(busy.daypass().url());
      var wrong = code(mail).equals("000000") ? "000001" : "000000";

      // Posted by hand, so that no redirect is followed to the other route.
      var posts =
          all(
              IntStream.range(0, 100)
                  .<Callable<HttpResponse<String>>>mapToObj(
                      i ->
                          () -> caller.form(form.action(), "form=x&decision=approve&code=" + wrong))
                  .toList());
      var mails =
          all(
              IntStream.range(0, 30)
                  .<Callable<HttpResponse<String>>>mapToObj(
                      i -> () -> caller.form(form.action() + "/mail", "form=x"))
                  .toList());

      for (var answers : List.of(posts, mails)) {
        assertThat(answers)
            .allSatisfy(answer -> Caller.assertIsAProperRefusal("at once", answer))
            .anySatisfy(
                answer -> {
                  assertThat(answer.statusCode()).isEqualTo(429);
                  assertThat(answer.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
                });
      }
      assertThat(mails.stream().filter(answer -> answer.statusCode() != 429).count())
          .isLessThan(15);
      assertThat(busy.status(id)).isEqualTo("PENDING");
    }
  }
}
