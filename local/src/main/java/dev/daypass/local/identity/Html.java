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

  static String who(List<SamplePerson> people, String next, Optional<String> current) {
    var buttons = new StringBuilder();
    for (var person : people) {
      buttons.append(
          """
          <li><button class="person" name="as" value="%s"><strong>%s%s</strong><small>%s%s</small></button></li>
          """
              .formatted(
                  escape(person.email()),
                  escape(person.name()),
                  current.filter(person.email()::equals).isPresent() ? " (you now)" : "",
                  escape(person.email()),
                  person.groups().isEmpty()
                      ? ""
                      : " &middot; " + escape(String.join(", ", person.groups()))));
    }
    var signOut =
        current.isEmpty() ? "" : "<p><button name=\"as\" value=\"\">Sign out</button></p>\n";
    return page(
        "Who are you?",
        """
        <h1>Who are you?</h1>
        <p class="small">These are sample people; there is no sign-in on this machine. Choose one and go on.</p>
        <form method="post" action="/_local/who">
        <input type="hidden" name="next" value="%s">
        <ul>
        %s</ul>
        %s</form>
        """
            .formatted(escape(next), buttons, signOut));
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
