package dev.daypass.flow;

import static dev.daypass.flow.Company.AMARA;
import static dev.daypass.flow.Company.DIEGO;
import static dev.daypass.flow.Company.NOOR;
import static dev.daypass.flow.Company.RUTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Signing in and out as a browser does, through the local provider. */
class SignInTest {
  private static final String SESSION = "daypass-session";
  private static final String ATTEMPT = "daypass-sign-in";
  private static final String EMERGENCY = "emergency-information";
  private static Company company;

  @BeforeAll
  static void start() {
    // Hours in which nothing happens cost the most of all.
    company =
        Company.open(
            cloud -> cloud.parameter("SessionIdleHours", "1").parameter("SessionHours", "3"));
  }

  @AfterAll
  static void stop() {
    company.close();
  }

  @Test
  void whoeverIsNotSignedInSignsInAndComesBackToWhereTheyWere() {
    var amara = company.desk(AMARA);
    var page = amara.open("/ask/crm-customer-record");
    assertThat(page.path()).isEqualTo("/ask/crm-customer-record");
    assertThat(page.text()).contains("Amara Okafor", "Sign out");
    assertThat(amara.cookie(ATTEMPT)).isEmpty();
  }

  @Test
  void eachSignInBeginsANewSessionAndEndsTheOneBefore() {
    var amara = company.desk(AMARA);
    amara.open("/");
    var first = amara.cookie(SESSION);
    amara.signIn("");
    assertThat(amara.cookie(SESSION)).isNotEqualTo(first);
    assertThat(amara.openWith("/", SESSION, first).path()).isEqualTo("/_local/issuer/authorize");
  }

  @Test
  void nextLeadsNowhereElse() {
    for (var next :
        new String[] {
          "//evil.example", "https://evil.example", "/%5Cevil.example", "/%09/evil.example", "x"
        }) {
      assertThat(company.desk(AMARA).signIn("?next=" + next).path()).as(next).isEqualTo("/");
    }
  }

  @Test
  void signingOutEndsTheSessionForWhoeverHasACopyOfItsCookie() {
    var amara = company.desk(AMARA);
    var home = amara.open("/");
    var cookie = amara.cookie(SESSION);
    var out = amara.send(home.form("/sign-out"), Map.of());
    assertThat(out.status()).isEqualTo(200);
    assertThat(out.text()).contains("You are signed out.");
    assertThat(amara.cookie(SESSION)).isEmpty();
    assertThat(amara.openWith("/", SESSION, cookie).path()).isEqualTo("/_local/issuer/authorize");
  }

  @Test
  void sessionsAreListedEndedOneByOneAndAllAtOnce() {
    var desk = company.desk(DIEGO);
    var phone = company.desk(DIEGO);
    var lost = company.desk(DIEGO);
    desk.open("/");
    phone.open("/");
    lost.open("/");
    var page = desk.open("/sessions");
    assertThat(page.forms()).filteredOn(form -> form.action().endsWith("/end")).hasSize(3);
    assertThat(page.text()).containsOnlyOnce("this browser").contains("127.0.0.1");

    var phones = company.desk(DIEGO).sessionPath(phone.cookie(SESSION));
    var after = desk.send(page.form(phones), Map.of());
    assertThat(after.path()).isEqualTo("/sessions");
    assertThat(after.forms()).filteredOn(form -> form.action().endsWith("/end")).hasSize(2);
    assertThat(company.stranger().openWith("/", SESSION, phone.cookie(SESSION)).path())
        .isEqualTo("/_local/issuer/authorize");

    var all = desk.send(after.form("/sign-out-everywhere"), Map.of());
    assertThat(all.text()).contains("You are signed out everywhere.");
    assertThat(company.stranger().openWith("/", SESSION, lost.cookie(SESSION)).path())
        .isEqualTo("/_local/issuer/authorize");
  }

  @Test
  void nobodyEndsAnothersSession() {
    var diego = company.desk(DIEGO);
    diego.open("/");
    var amara = company.desk(AMARA);
    var mine = amara.open("/sessions").form("/sign-out-everywhere");
    amara.send(
        new Page.PostForm(amara.sessionPath(diego.cookie(SESSION)), mine.hidden()), Map.of());
    assertThat(company.stranger().openWith("/sessions", SESSION, diego.cookie(SESSION)).path())
        .isEqualTo("/sessions");
  }

  @Test
  void formsFromElsewhereSignNobodyOut() {
    var amara = company.desk(AMARA);
    amara.open("/");
    for (var path : new String[] {"/sign-out", "/sign-out-everywhere", "/sessions/00/end"}) {
      assertThat(amara.post(path, Map.of("form", "guessed")).status()).isEqualTo(403);
    }
    assertThat(amara.open("/").path()).isEqualTo("/");
  }

  @Test
  void aSessionEndsWhenItIsNotUsedAndWhenItIsOld() {
    var amara = company.desk(AMARA);
    amara.open("/");
    for (int i = 0; i < 3; i++) {
      company.pass(Duration.ofMinutes(50));
      assertThat(company.stranger().openWith("/", SESSION, amara.cookie(SESSION)).path())
          .isEqualTo("/");
    }
    company.pass(Duration.ofMinutes(31));
    assertThat(company.stranger().openWith("/", SESSION, amara.cookie(SESSION)).path())
        .as("three hours old")
        .isEqualTo("/_local/issuer/authorize");
    amara.signIn("");
    company.pass(Duration.ofHours(1));
    assertThat(company.stranger().openWith("/", SESSION, amara.cookie(SESSION)).path())
        .as("not used for an hour")
        .isEqualTo("/_local/issuer/authorize");
  }

  @Test
  void whoeverLeavesIsOutWithSessionAndToken() {
    var diego = company.desk(DIEGO);
    diego.open("/");
    company.leaves(DIEGO);
    try {
      var page = diego.open("/");
      assertThat(page.status()).isEqualTo(403);
      assertThat(page.text()).contains("no longer, in Daypass’s list of people");
      var answer = diego.get("/api/requests?mine");
      assertThat(answer.status()).isEqualTo(403);
      var again = company.desk(DIEGO).open("/");
      assertThat(again.status()).isEqualTo(403);
      assertThat(again.path()).isEqualTo("/sign-in/callback");
      assertThat(again.text()).contains("list of people", "Sign in as somebody else");
    } finally {
      company.comesBack(DIEGO);
    }
    assertThat(diego.open("/").status()).isEqualTo(200);
  }

  @Test
  void whoeverHasLeftStillSignsOutEverywhere() {
    var diego = company.desk(DIEGO);
    var lost = company.desk(DIEGO);
    lost.open("/");
    var button = diego.open("/sessions").form("/sign-out-everywhere");
    company.leaves(DIEGO);
    try {
      assertThat(diego.send(button, Map.of("form", "none of ours")).status()).isEqualTo(403);
      var out = diego.send(button, Map.of());
      assertThat(out.status()).isEqualTo(200);
      assertThat(out.text()).contains("You are signed out everywhere.");
    } finally {
      company.comesBack(DIEGO);
    }
    assertThat(company.stranger().openWith("/", SESSION, lost.cookie(SESSION)).path())
        .isEqualTo("/_local/issuer/authorize");
    // Without a session it is nobody's to press.
    assertThat(company.stranger().post("/sign-out-everywhere", Map.of()).status()).isEqualTo(401);
  }

  // What comes back from the provider

  @Test
  void aSignInIsGoodOnlyInTheBrowserThatBeganIt() {
    var begun = company.desk(AMARA);
    var chooser = begun.openUntil("/sign-in", "/_local/issuer/authorize");
    var back = begun.leadsTo(chooser, Map.of("as", AMARA));
    var other = company.stranger().open(back);
    assertThat(other.status()).isEqualTo(400);
    assertThat(other.text()).contains("This sign-in did not work", "was not begun in this browser");
    assertThat(begun.open(back).path()).as("its code was not used up").isEqualTo("/");
    var again = begun.open(back);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("You are signed in already", "Amara Okafor");
    assertThat(again.html()).contains("<a href=\"/\" role=\"button\"");
  }

  @Test
  void aCodeThatWasUsedSignsNobodyIn() {
    var amara = company.desk(AMARA);
    var chooser = amara.openUntil("/sign-in", "/_local/issuer/authorize");
    var back = amara.leadsTo(chooser, Map.of("as", AMARA));
    var attempt = amara.cookie(ATTEMPT);
    assertThat(amara.open(back).path()).isEqualTo("/");
    var again = company.stranger().openWith(back, ATTEMPT, attempt);
    assertThat(again.status()).isEqualTo(400);
    assertThat(again.text()).contains("has been used already");
  }

  @Test
  void whatDoesNotSignInIsSaidPlainly() {
    var amara = company.desk(AMARA);
    var chooser = amara.openUntil("/sign-in?next=/sessions", "/_local/issuer/authorize");
    var denied = amara.open(amara.leadsTo(chooser, Map.of("as", "")));
    assertThat(denied.status()).isEqualTo(400);
    assertThat(denied.text()).contains("let nobody in");
    assertThat(denied.html()).contains("href=\"/sign-in?next=%2Fsessions\"");
    for (var query : new String[] {"", "?code=x", "?state=x&code=x", "?error=access_denied"}) {
      var page = company.stranger().open("/sign-in/callback" + query);
      assertThat(page.status()).as(query).isEqualTo(400);
      assertThat(page.text()).as(query).contains("was not begun in this browser");
    }
    var mixed = company.desk(AMARA);
    var back =
        mixed.leadsTo(mixed.openUntil("/sign-in", "/_local/issuer/authorize"), Map.of("as", AMARA));
    var page = mixed.open(back.replaceFirst("&iss=[^&]*", "&iss=https%3A%2F%2Fevil.example"));
    assertThat(page.status()).isEqualTo(400);
    assertThat(page.text()).contains("another sign-in service");
    var cut = company.desk(DIEGO);
    var answer =
        cut.leadsTo(cut.openUntil("/sign-in", "/_local/issuer/authorize"), Map.of("as", DIEGO));
    var half = cut.open(answer.replaceFirst("([?&])code=[^&]*", "$1cod="));
    assertThat(half.status()).isEqualTo(400);
    assertThat(half.text()).contains("did not arrive whole");
  }

  @Test
  void twoTabsCanSignInSideBySide() {
    var amara = company.desk(AMARA);
    var one = amara.openUntil("/sign-in?next=/sessions", "/_local/issuer/authorize");
    var two = amara.openUntil("/sign-in", "/_local/issuer/authorize");
    assertThat(amara.open(amara.leadsTo(one, Map.of("as", AMARA))).path()).isEqualTo("/sessions");
    assertThat(amara.open(amara.leadsTo(two, Map.of("as", AMARA))).path()).isEqualTo("/");
  }

  @Test
  void whileTheProviderIsDownThatIsSaid() {
    try (var down = Company.open(cloud -> cloud.parameter("Issuer", "http://127.0.0.1:1/nobody"))) {
      var page = down.stranger().open("/sign-in");
      assertThat(page.status()).isEqualTo(503);
      assertThat(page.text()).contains("sign-in service does not answer");
      assertThat(down.stranger().open("/").status()).isEqualTo(503);
      assertThat(down.desk(AMARA).get("/api/runbooks").status()).isEqualTo(503);
    }
  }

  @Test
  void withAWrongPasswordTheReferenceLeadsToTheLog() {
    try (var wrong = Company.open(cloud -> cloud.parameter("ClientSecretName", ""))) {
      var page = wrong.desk(AMARA).open("/");
      assertThat(page.status()).isEqualTo(503);
      assertThat(page.text()).contains("do not understand each other", "Reference");
      assertThat(wrong.daypass().cloud().functions().log().entries())
          .anyMatch(entry -> entry.text().contains("invalid_client"));
    }
  }

  // Decisions

  private static String linkTo(String id, String approver) {
    return URI.create(Company.link(company.invitation(id, approver))).getPath();
  }

  /** Noor's pages are German, since the directory says so. */
  @Test
  void anApprovalLinkOpenedSignedOutSignsInAndComesBackToTheSameDecision() {
    var id = company.ask(AMARA, EMERGENCY, Duration.ofHours(1));
    var link = linkTo(id, NOOR);
    var noor = company.desk(NOOR);
    var page = noor.open(link);
    assertThat(page.path()).isEqualTo(link);
    assertThat(page.text())
        .contains("Bitte entscheiden Sie")
        .doesNotContain("Melden Sie sich zuerst");
    noor.send(page.form(link), Map.of("decision", "approve", "comment", ""));
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
    assertThat(company.json(id).toString()).contains("FRESH");
  }

  @Test
  void whatNeedsAFreshSignInLeadsThereAndBackAndKeepsWhatWasTyped() {
    var id = company.ask(AMARA, EMERGENCY, Duration.ofHours(1));
    var link = linkTo(id, NOOR);
    var noor = company.desk(NOOR);
    var page = noor.open(link);
    company.pass(Duration.ofMinutes(5));

    var refused =
        noor.send(page.form(link), Map.of("decision", "approve", "comment", "They called me"));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text())
        .contains("Melden Sie sich zuerst erneut an", "was Sie eingegeben haben", "They called me");
    assertThat(company.status(id)).isEqualTo("PENDING");

    var again = noor.open(link);
    assertThat(again.text()).contains("Melden Sie sich zuerst erneut an");
    var href = again.html().replaceFirst("(?s).*href=\"(/sign-in\\?how=again[^\"]*)\".*", "$1");
    var chooser = noor.openUntil(href.replace("&amp;", "&"), "/_local/issuer/authorize");
    assertThat(chooser.text()).contains("see again that it is you").doesNotContain("Go on as");
    assertThat(noor.open(noor.leadsTo(chooser, Map.of("as", NOOR))).path()).isEqualTo(link);

    // The first tab still has its form.
    noor.send(refused.form(link), Map.of("decision", "approve", "comment", "They called me"));
    company.settle();
    assertThat(company.status(id)).isEqualTo("ACTIVE");
  }

  @Test
  void aForwardedLinkLetsNobodyElseDecide() {
    var id = company.ask(AMARA, EMERGENCY, Duration.ofHours(1));
    var link = linkTo(id, NOOR);
    var amara = company.desk(AMARA);
    assertThat(amara.open(link).forms()).noneMatch(form -> form.action().equals(link));
    var refused = amara.sendUnasked(link, Map.of("decision", "approve", "comment", ""));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(company.status(id)).isEqualTo("PENDING");
  }

  // Groups

  @Test
  void groupsOfTheSignInGiveRolesButAskNobodysWay() {
    try (var other = Company.open(cloud -> cloud.parameter("GroupClaim", "groups"))) {
      var id = other.ask(AMARA, "crm-customer-record", Duration.ofHours(1));
      assertThat(other.desk(RUTH).open("/requests/" + id).text()).contains("Stop this request");
      assertThat(other.desk(DIEGO).open("/requests/" + id).status()).isEqualTo(404);
    }
  }
}
