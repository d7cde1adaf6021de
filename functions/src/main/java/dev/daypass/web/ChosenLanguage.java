package dev.daypass.web;

import dev.daypass.words.Languages;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * The language that somebody has chosen, kept in a cookie of their browser for a year. What is no
 * language of ours counts as none. Under https it is a {@code __Host-} cookie, as the others are.
 */
public final class ChosenLanguage {
  private static final String NAME = "daypass-language";
  private static final Duration KEPT = Duration.ofDays(365);

  private final boolean https;

  /**
   * @param publicUrl where people reach the application
   */
  public ChosenLanguage(URI publicUrl) {
    this.https = "https".equals(publicUrl.getScheme());
  }

  Optional<Locale> of(HttpRequest call) {
    return Optional.ofNullable(call.cookies().get(name())).flatMap(ChosenLanguage::named);
  }

  /** Whether one has been chosen in the browser that calls. */
  public boolean isChosen(HttpRequest call) {
    return of(call).isPresent();
  }

  /** The language of ours with this name ({@code de}); empty if there is none. */
  public static Optional<Locale> named(String name) {
    return Languages.all().stream().filter(each -> each.getLanguage().equals(name)).findFirst();
  }

  /** What to set so that the browser remembers it. */
  public String set(Locale language) {
    return name()
        + "="
        + language.getLanguage()
        + "; Path=/; Max-Age="
        + KEPT.toSeconds()
        + "; HttpOnly; SameSite=Lax"
        + (https ? "; Secure" : "");
  }

  private String name() {
    return https ? "__Host-" + NAME : NAME;
  }
}
