package dev.daypass.web;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;
import dev.daypass.fuzz.Issuer;
import dev.daypass.words.Languages;
import dev.daypass.words.Paths;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;

/** What a browser says beside its call: of language and zone, and where it was. */
public final class BrowserFuzz {
  private static final URI PUBLIC = URI.create("https://daypass.example.com");
  private static final ChosenLanguage CHOSEN = new ChosenLanguage(PUBLIC);

  private BrowserFuzz() {}

  /**
   * The input is {@code Accept-Language}, the cookies of language and zone, method and path, and
   * the name and the value of a query parameter.
   */
  public static void fuzzerTestOneInput(byte[] data) {
    var parts = Input.parts(data, 7);
    Languages.accepted(parts.getFirst())
        .ifPresent(
            one -> {
              Check.that(Languages.speak(one), "a language that is not ours", one);
              Check.that(
                  one.getVariant().isEmpty()
                      && one.getScript().isEmpty()
                      && one.getUnicodeLocaleKeys().isEmpty(),
                  "more than language and region",
                  one);
              Check.showsOnOneLine(one.toLanguageTag());
              Check.that(
                  java.util.Locale.forLanguageTag(one.toLanguageTag()).equals(one), "a tag", one);
            });
    var call =
        new HttpRequest(
            parts.get(3),
            parts.get(3) + " " + parts.get(4),
            parts.get(4),
            Map.of(),
            parts.get(5).isEmpty() ? Map.of() : Map.of(parts.get(5), parts.get(6)),
            Map.of("accept-language", parts.getFirst()),
            Map.of("__Host-daypass-language", parts.get(1), Zones.COOKIE, parts.get(2)),
            Body.EMPTY,
            "192.0.2.7",
            "JKJaXmPLvHcESHA=",
            Issuer.NOW);
    CHOSEN
        .of(call)
        .ifPresent(
            one -> {
              Check.that(Languages.all().contains(one), "a language that is not ours", one);
              Check.showsOnOneLine(CHOSEN.set(one));
            });
    Zones.of(call)
        .ifPresent(
            zone ->
                Check.that(
                    ZoneId.getAvailableZoneIds().contains(zone.getId()), "no zone by name", zone));
    var back = OwnPath.of(call);
    stays(back);
    stays(OwnPath.orHome(parts.get(4)));
    // As the sign-in takes it from the address that leads there.
    var asked = URI.create(PUBLIC + OwnPath.signInFor(back)).getQuery();
    Check.same(asked, "next=" + back(asked), "one parameter");
    Check.same(OwnPath.orHome(back), back, "what leads back is a path of ours");
  }

  private static String back(String query) {
    return query.substring("next=".length());
  }

  private static void stays(String path) {
    Check.that(path.length() <= 512, "a path without end", path.length());
    Check.that(path.chars().allMatch(c -> c > ' ' && c < 0x7F), "no path", path);
    Check.that(!path.startsWith(Paths.signIn()), "in a circle", path);
    // A browser takes a backslash for a slash, and two at the beginning for another site.
    Check.that(path.startsWith("/") && !path.startsWith("//"), "leads elsewhere", path);
    Check.that(path.indexOf('\\') < 0, "leads elsewhere", path);
  }
}
