package dev.daypass.signin;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.signin.Attempts.How;
import java.net.URI;
import java.util.Random;

/** What a provider publishes of itself: its document and its keys. */
public final class ProviderFuzz {
  private static final Trust TRUST =
      Trust.of(Issuer.one().address(), "daypass", "groups", false).orElseThrow();
  private static final String TOKEN = Issuer.one().token("amara.okafor@example.com");
  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final Attempts ATTEMPTS =
      new Attempts(new SessionCookie(PUBLIC), () -> Issuer.NOW, new Random(3));

  private ProviderFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /**
   * The input is the document and the set of keys; ISSUER stands for the address that is trusted,
   * KEY for the key that has signed.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 2);
    var document = parts.getFirst().replace("ISSUER", TRUST.issuer());
    var keys = parts.getLast().replace("KEY", Issuer.one().key());
    Wire wire =
        message -> {
          Check.that(TRUST.reaches(message.to()), "asks in the clear", message.to());
          return new Wire.Reply(
              200, message.to().getPath().endsWith("openid-configuration") ? document : keys);
        };
    var provider = new Provider(TRUST, wire, () -> Issuer.NOW);
    var tokens = new TokenCheck(TRUST, provider, () -> Issuer.NOW);
    switch (tokens.bearer(TOKEN)) {
      case TokenCheck.Read.Good(Account account) -> {
        Check.same(account.email(), "amara.okafor@example.com", "somebody else");
        Check.that(keys.contains(Issuer.one().modulus()), "signed by a key that is not published");
      }
      case TokenCheck.Read.Bad(String why) -> Check.showsOnOneLine(why);
      case TokenCheck.Read.Unknown(String why) -> Check.that(!why.isEmpty(), "no word of why");
    }
    try {
      var metadata = provider.metadata();
      Check.same(metadata.getIssuer().getValue(), TRUST.issuer(), "another's document");
      Check.that(TRUST.reaches(metadata.getTokenEndpointURI()), "the code would go in the clear");
      asks(provider, wire);
    } catch (Unreachable told) {
      Check.that(!String.valueOf(told.getMessage()).isEmpty(), "no word of why");
    }
  }

  /** Where somebody is sent holds what we ask, whatever the document has there already. */
  private static void asks(Provider provider, Wire wire) throws Unreachable {
    var flow =
        new CodeFlow(
            TRUST,
            provider,
            new TokenCheck(TRUST, provider, () -> Issuer.NOW),
            wire,
            name -> "",
            "",
            PUBLIC);
    var attempt = ATTEMPTS.begin("/", How.AGAIN);
    var there = flow.ask(attempt);
    Check.that(TRUST.reaches(there), "a sign-in in the clear", there);
    var query = there.getRawQuery();
    for (var ours :
        new String[] {
          "state=" + attempt.state(),
          "nonce=" + attempt.nonce(),
          "client_id=daypass",
          "code_challenge_method=S256",
          "max_age=0"
        }) {
      Check.that(("&" + query + "&").contains("&" + ours + "&"), "not asked: " + ours, there);
    }
    Check.that(("&" + query).split("&state=", -1).length == 2, "two answers to what we ask", there);
    Check.that(!query.contains(attempt.verifier()), "tells what only the token endpoint may know");
    flow.isOurs("");
    Check.that(!flow.isOurs("https://other.example.com"), "another's answer");
  }
}
