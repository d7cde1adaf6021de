package dev.daypass.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.runbook.Person;
import dev.daypass.signin.Attempts.Attempt;
import dev.daypass.signin.Attempts.How;
import java.net.URI;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Set;

/** What the provider answers to the code of a sign-in, and our password there. */
public final class CodeFuzz {
  private static final Trust TRUST =
      Trust.of(Issuer.one().address(), "daypass", "groups", false).orElseThrow();
  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final Attempt ATTEMPT =
      new Attempt("A".repeat(43), "/", How.USUAL, Issuer.NOW.getEpochSecond());
  private static final Set<String> ROLES = Set.of("admins", "auditors");

  private CodeFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  /**
   * The input is the code, the secret, the status of the answer, its body, and claims of a token
   * that stands in the body as TOKEN. In them ISSUER is ours and NONCE that of this sign-in.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 5);
    var claims = parts.get(4).replace("ISSUER", TRUST.issuer()).replace("NONCE", ATTEMPT.nonce());
    boolean signed = parts.get(3).contains("TOKEN");
    var body =
        signed
            ? parts
                .get(3)
                .replace("TOKEN", Issuer.one().token("{\"alg\":\"RS256\",\"kid\":\"k\"}", claims))
            : parts.get(3);
    var text = parts.get(2);
    int status = text.matches("[2-5][0-9]{2}") ? Integer.parseInt(text) : 200;
    var sent = new ArrayList<Wire.Message>();
    Wire wire =
        message -> {
          if (message.method().equals("GET")) {
            return Issuer.one().wire().send(message);
          }
          sent.add(message);
          return new Wire.Reply(status, body);
        };
    var provider = new Provider(TRUST, wire, () -> Issuer.NOW);
    var flow =
        new CodeFlow(
            TRUST,
            provider,
            new TokenCheck(TRUST, provider, () -> Issuer.NOW),
            wire,
            name -> parts.get(1),
            "daypass-sign-in",
            PUBLIC);
    // As the page asks: without a code nobody gets here.
    var code = parts.getFirst().isBlank() ? "code" : parts.getFirst();
    var result = flow.redeem(code, ATTEMPT);
    sent.forEach(message -> isFit(message, parts.get(1).strip()));
    Check.that(sent.size() == 1, "one code, sent once", sent.size());
    switch (result) {
      case CodeFlow.Result.SignedIn(Account account) -> {
        Check.that(signed, "signed by nobody");
        Check.that(status == 200, "a refusal that lets somebody in", status);
        Check.that(Person.isEmail(account.email()), "no address", account);
        Check.same(account.email().toLowerCase(Locale.ROOT), account.email(), "in lower case");
        Check.that(ROLES.containsAll(account.groups()), "groups without a meaning", account);
        Check.that(claims.contains(ATTEMPT.nonce()), "a token of another sign-in");
        Check.that(claims.contains(TRUST.issuer()), "a token of another provider");
      }
      case CodeFlow.Result.Stale _ ->
          Check.that(body.contains("invalid_grant") || body.contains("\\u"), "stale for no reason");
      case CodeFlow.Result.Down(String log) -> tells(log, parts.get(1).strip());
      case CodeFlow.Result.Broken(String log) -> tells(log, parts.get(1).strip());
    }
  }

  /** Fit to be sent: no header can begin another, and the secret is in one header alone. */
  private static void isFit(Wire.Message message, String secret) {
    message
        .headers()
        .forEach(
            (name, value) ->
                Check.that(value.chars().allMatch(c -> c >= ' ' && c < 0x7F), "no header", name));
    Check.that(
        secret.isEmpty() == !message.headers().containsKey("Authorization"), "with its password");
    Check.that(message.body().contains("code_verifier=" + ATTEMPT.verifier()), "RFC 7636");
    Check.that(message.body().getBytes(UTF_8).length == message.body().length(), "a form is ASCII");
  }

  /** The log may say a lot, but not our password; short ones stand in any text. */
  private static void tells(String log, String secret) {
    Check.that(!log.isEmpty(), "no word of why");
    Check.that(secret.length() < 20 || !log.contains(secret), "tells our password");
  }
}
