package dev.daypass.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Keeps other sites from posting our forms with a visitor's cookies: a random cookie, and in each
 * form a hash of it that only our own pages can know.
 *
 * <p>The cookie is {@code SameSite=Lax}, not {@code Strict}: every decision is a POST, which Lax
 * withholds from other sites all the same; with Strict a visit from a link in a webmail would bring
 * no cookie, get a new one, and so spoil a half-written form in another tab.
 */
public final class AntiForgery {
  /** The name of the hidden field in every form. */
  public static final String FIELD = "form";

  private static final String NAME = "daypass-form";
  private static final Set<String> ELSEWHERE = Set.of("cross-site", "same-site");
  private static final Pattern SECRET = Pattern.compile("[A-Za-z0-9_-]{43}");

  private final boolean https;
  private final RandomGenerator random;

  /**
   * Guards the forms of one application.
   *
   * @param publicUrl where people reach the application
   * @param random unpredictable outside tests
   */
  public AntiForgery(URI publicUrl, RandomGenerator random) {
    this.https = "https".equals(publicUrl.getScheme());
    this.random = random;
  }

  /** The token for the forms of a page that answers this call. */
  public FormToken token(HttpRequest request) {
    Optional<String> known = secret(request);
    if (known.isPresent()) {
      return new FormToken(hash(known.get()), List.of());
    }
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String cookie = cookieName() + "=" + secret + "; Path=/; HttpOnly; SameSite=Lax";
    return new FormToken(hash(secret), List.of(https ? cookie + "; Secure" : cookie));
  }

  /**
   * Lets a posted form through that one of our pages sent to this browser, for this person: whoever
   * has signed in here in another tab meanwhile does not send it in their own name unawares.
   *
   * @param me the address of whoever is signed in now
   * @throws HttpProblem 403 otherwise
   */
  public void check(HttpRequest request, Form form, String me) {
    checkOfAnybody(request, form);
    var whose = FormToken.person(form.get(FIELD));
    if (!whose.equals(me)) {
      throw new HttpProblem(
          whose.isEmpty() ? Problem.staleForm() : Problem.openedAsAnother(whose, me));
    }
  }

  /**
   * As the other, for what does the same whoever is signed in: a link of a mail counts for whom it
   * was sent to, a language is the browser's, and signing out leaves nobody signed in.
   *
   * @throws HttpProblem 403 if the form is not ours
   */
  public void checkOfAnybody(HttpRequest request, Form form) {
    if (!holds(request, form)) {
      throw new HttpProblem(Problem.staleForm());
    }
  }

  /** Whether one of our pages sent the form to this browser, whoever it was for. */
  public boolean holds(HttpRequest request, Form form) {
    // Not Origin: under our own "no-referrer" browsers send "null" there with every form (Fetch
    // Standard, "append a request Origin header").
    boolean elsewhere = request.header("sec-fetch-site").filter(ELSEWHERE::contains).isPresent();
    return !elsewhere
        && secret(request)
            .map(
                secret ->
                    MessageDigest.isEqual(
                        hash(secret).getBytes(US_ASCII),
                        FormToken.secret(form.get(FIELD)).getBytes(US_ASCII)))
            .orElse(false);
  }

  private Optional<String> secret(HttpRequest request) {
    return Optional.ofNullable(request.cookies().get(cookieName()))
        .filter(value -> SECRET.matcher(value).matches());
  }

  // RFC 6265bis, section 4.1.3.2: a browser takes a __Host- cookie only from our own host by https.
  private String cookieName() {
    return https ? "__Host-" + NAME : NAME;
  }

  private static String hash(String secret) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(("form " + secret).getBytes(US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
