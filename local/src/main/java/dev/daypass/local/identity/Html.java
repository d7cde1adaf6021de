package dev.daypass.local.identity;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The pages of a local run, whole: no script, no style from elsewhere. */
final class Html {
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private static final String STYLE =
      """
      :root { color-scheme: light dark; }
      body { font: 1.05rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1.25rem; }
      h1 { font-size: 1.6rem; margin-bottom: .25rem; }
      p.small, small { color: color-mix(in srgb, currentColor 65%, transparent); }
      ul { list-style: none; padding: 0; }
      li { margin: .6rem 0; }
      form { margin: 0; }
      form.row { display: flex; flex-wrap: wrap; gap: .6rem; }
      button { font: inherit; padding: .8rem 1rem; border-radius: .6rem; cursor: pointer;
        border: 1px solid color-mix(in srgb, currentColor 30%, transparent);
        background: color-mix(in srgb, currentColor 5%, transparent); color: inherit; }
      button.person { width: 100%; text-align: left; }
      button.person strong, button.person small { display: block; }
      button:hover, button:focus-visible { background: color-mix(in srgb, currentColor 14%, transparent); }
      """;

  private Html() {}

  static String index(Map<String, String> links, Instant now) {
    var list = new StringBuilder();
    links.forEach(
        (path, text) ->
            list.append("<li><a href=\"")
                .append(escape(path))
                .append("\">")
                .append(escape(text))
                .append("</a> <small>")
                .append(escape(path))
                .append("</small></li>\n"));
    return page(
        "Daypass, running locally",
        """
        <h1>Daypass, running locally</h1>
        <p class="small">Everything here runs on this machine only and is gone when it stops.</p>
        <ul>
        %s</ul>
        <h2>Clock</h2>
        <p>It is <strong>%s</strong>. Moving the clock runs everything that falls due on the way.</p>
        <form class="row" method="post" action="/_local/clock">
        <button name="advance" value="PT1M">1 minute on</button>
        <button name="advance" value="PT1H">1 hour on</button>
        <button name="advance" value="PT4H">4 hours on</button>
        <button name="advance" value="P1D">1 day on</button>
        </form>
        """
            .formatted(list, CLOCK.format(now)));
  }

  /**
   * The page on which one chooses whom to be.
   *
   * @param action where the choice is posted
   * @param before whom this browser has chosen before
   * @param counts whether that choice still counts
   */
  static String who(
      List<SamplePerson> people, String action, Optional<SamplePerson> before, boolean counts) {
    var buttons = new StringBuilder();
    for (var person : people) {
      buttons.append(
          """
          <li><button class="person" name="as" value="%s"><strong>%s</strong><small>%s%s</small></button></li>
          """
              .formatted(
                  escape(person.email()),
                  escape(person.name()),
                  escape(person.email()),
                  person.groups().isEmpty()
                      ? ""
                      : " &middot; " + escape(String.join(", ", person.groups()))));
    }
    var keep =
        before
            .filter(person -> counts)
            .map(
                person ->
                    "<p><button name=\"keep\" value=\"1\">Go on as <strong>%s</strong></button></p>\n"
                        .formatted(escape(person.name())))
            .orElse("");
    var again =
        before
            .filter(person -> !counts)
            .map(
                person ->
                    "<p>Daypass wants to see again that it is you. Last you were <strong>%s</strong>.</p>\n"
                        .formatted(escape(person.name())))
            .orElse("");
    return page(
        "Sign in",
        """
        <h1>Sign in</h1>
        <p class="small">This stands for your company's sign-in. These are sample people without passwords: choose one.</p>
        %s<form method="post" action="%s">
        %s<ul>
        %s</ul>
        <p><button name="as" value="">Do not sign in</button></p>
        </form>
        """
            .formatted(again, escape(action), keep, buttons));
  }

  private static String page(String title, String body) {
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(escape(title), STYLE, body);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
