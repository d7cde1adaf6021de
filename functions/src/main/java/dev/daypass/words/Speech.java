package dev.daypass.words;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import gg.jte.Content;
import gg.jte.html.escape.Escape;
import gg.jte.output.StringOutput;
import java.text.ListFormat;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is said to one reader: in their language, by their clock. A message is one whole sentence or
 * label, and its name stands in the code; the sentence itself stands in a file for each language.
 * See {@link Said} for what a message can speak of. Numbers, lists, durations and instants are
 * written as the language does; a name that is read from right to left is kept apart from what
 * stands around it.
 */
public final class Speech {
  private final Messages messages;
  private final Locale formats;
  private final Optional<Instant> now;
  private final Dates dates;

  private Speech(Locale reader, ZoneId zone, Optional<Instant> now) {
    this.messages = Messages.of(reader).orElseGet(Messages::english);
    this.formats = formats(reader);
    this.now = now;
    this.dates = new Dates(formats, zone);
  }

  /** Where the reader's region is not known, the file says whose habits are meant. */
  private Locale formats(Locale reader) {
    return reader.getLanguage().equals(messages.language().getLanguage())
            && !reader.getCountry().isEmpty()
        ? reader
        : Locale.forLanguageTag(pattern("format.region", List.of()));
  }

  /**
   * For a page that is read now: {@code today at 14:00}.
   *
   * @param reader the language, with a region if that is known; English if there is no file for it
   */
  public static Speech onPage(Locale reader, ZoneId zone, Instant now) {
    return new Speech(reader, zone, Optional.of(now));
  }

  /**
   * For a mail that is read who knows when: {@code Thursday, 26 November 2026 at 14:00 CET (13:00
   * UTC)}.
   *
   * @param reader the language, with a region if that is known; English if there is no file for it
   */
  public static Speech inMail(Locale reader, ZoneId zone) {
    return new Speech(reader, zone, Optional.empty());
  }

  /** For programs, and for what is written down: English, by the clock of UTC. */
  public static Speech english() {
    return inMail(Locale.ENGLISH, ZoneOffset.UTC);
  }

  /** To the same reader, at the same time, in another language of ours. */
  public Speech in(Locale language) {
    return language.getLanguage().equals(language().getLanguage())
        ? this
        : new Speech(language, zone(), now);
  }

  /**
   * Whether there is such a message, and it speaks of no more than it is given: what an earlier
   * release kept to be said later may speak in words that are gone.
   */
  public boolean knows(Said said) {
    try {
      return !say(said).isEmpty();
    } catch (IllegalArgumentException gone) {
      return false;
    }
  }

  /** A day of the calendar, in full. */
  public String date(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(formats).format(day);
  }

  /** The language that is spoken; for {@code lang} in HTML. */
  public Locale language() {
    return messages.language();
  }

  /**
   * Says a message as text.
   *
   * @throws IllegalArgumentException if there is no such message, or it speaks of more than it is
   *     given: a mistake in the code, which {@code MessagesTest} finds
   */
  public String say(String key, Object... arguments) {
    return say(Said.of(key, arguments));
  }

  /** Says a message as text; otherwise as {@link #say(String, Object...)}. */
  public String say(Said said) {
    return filled(said, this::text);
  }

  /** Says a message as text, to begin with: the first letter is a capital. */
  public String sayCapital(Said said) {
    return capital(say(said));
  }

  /** Why something is not done. */
  public String say(Refusal refusal) {
    return say(refusal.said());
  }

  /**
   * Says a message as markup: its own text is trusted and may hold elements, what it speaks of is
   * escaped and stands in {@code <bdi>}, and instants in {@code <time>}; on a page the exact one
   * stands beside.
   */
  public Content markup(String key, Object... arguments) {
    return markup(Said.of(key, arguments));
  }

  /** Says a message as markup; otherwise as {@link #markup(String, Object...)}. */
  public Content markup(Said said) {
    var markup = filled(said, this::element);
    return output -> output.writeContent(markup);
  }

  private String capital(String text) {
    int first = text.offsetByCodePoints(0, 1);
    return text.substring(0, first).toUpperCase(formats) + text.substring(first);
  }

  private String filled(Said said, Function<Object, Object> written) {
    var format = new MessageFormat(pattern(said.key(), said.arguments()), formats);
    var places = format.getFormatsByArgumentIndex();
    var arguments = said.arguments();
    if (places.length > arguments.size()) {
      throw new IllegalArgumentException(
          said.key() + " speaks of " + places.length + " things and is given " + arguments.size());
    }
    for (int i = 0; i < places.length; i++) {
      if (places[i] == null && arguments.get(i) instanceof List<?>) {
        format.setFormatByArgumentIndex(
            i, ListFormat.getInstance(formats, ListFormat.Type.STANDARD, ListFormat.Style.FULL));
      }
    }
    // Where nothing comes of an argument, such as a hint that is empty, no blank remains.
    return format.format(arguments.stream().map(written).toArray()).strip();
  }

  private String pattern(String key, List<?> arguments) {
    var pattern = messages.pattern(key, arguments);
    if (pattern == null) {
      pattern = Messages.english().pattern(key, arguments);
    }
    if (pattern == null) {
      throw new IllegalArgumentException("there is no message " + key);
    }
    return pattern;
  }

  private Object text(Object argument) {
    return switch (argument) {
      case List<?> list -> list(list, this::text);
      case Said said -> say(said);
      case String text -> Words.apart(text);
      case Duration duration -> duration(duration);
      case Instant instant -> near(instant);
      case LocalDate day -> date(day);
      default -> argument;
    };
  }

  private Object element(Object argument) {
    return switch (argument) {
      case List<?> list -> list(list, this::element);
      case Said said -> filled(said, this::element);
      case String text -> "<bdi>" + Words.breakable(text) + "</bdi>";
      case Duration duration -> escaped(duration(duration));
      case Instant instant -> time(instant);
      case LocalDate day -> escaped(date(day));
      default -> argument;
    };
  }

  private List<Object> list(List<?> list, Function<Object, Object> written) {
    return list.isEmpty()
        ? List.of(say("list.nobody"))
        : list.stream().map(each -> written.apply(each)).toList();
  }

  private String time(Instant instant) {
    return "<time datetime=\""
        + instant
        + "\" title=\""
        + escaped(full(instant))
        + "\">"
        + escaped(near(instant))
        + "</time>"
        + (now.isPresent() ? exactly(instant) : "");
  }

  /**
   * The instant itself, to stand beside a time on a page; nothing where that is told in UTC. Its
   * date is apart, and a narrow screen leaves it out, where the reader's clock shows the same one.
   */
  public Content beside(Instant instant) {
    return output -> output.writeContent(exactly(instant));
  }

  private String exactly(Instant instant) {
    if (isOnUtc()) {
      return "";
    }
    var exact = exact(instant);
    int time = exact.indexOf(' ') + 1;
    boolean sameDay =
        LocalDate.ofInstant(instant, zone()).equals(LocalDate.ofInstant(instant, ZoneOffset.UTC));
    return " <span class=\"exact\">("
        + (sameDay ? "<span class=\"date\">" + exact.substring(0, time) + "</span>" : "")
        + exact.substring(sameDay ? time : 0)
        + ")</span>";
  }

  private static String escaped(String text) {
    var escaped = new StringOutput();
    // Double quotes too, so that it fits an attribute.
    Escape.htmlAttribute(text, escaped);
    return escaped.toString();
  }

  /** When it is read: what {@code today} means; on pages only. */
  public Instant now() {
    return now.orElseThrow(() -> new IllegalStateException("nobody knows when a mail is read"));
  }

  /** Where the reader's clock stands. */
  public ZoneId zone() {
    return dates.zone();
  }

  /** The zone in words: {@code Europe/Berlin}, {@code UTC}. */
  public String place() {
    return zone().getId().replace('_', ' ');
  }

  /** Whether the reader's clock shows UTC, so that there is nothing more exact to say. */
  public boolean isOnUtc() {
    return zone().getRules().equals(ZoneOffset.UTC.getRules());
  }

  /**
   * As in a message: {@code today at 14:00} on a page; in a mail as {@link #full}, and since short
   * names of zones are ambiguous or unknown, with the same in UTC: {@code … at 14:00 CET (13:00
   * UTC)}.
   */
  public String near(Instant instant) {
    return now.map(at -> dates.near(instant, at, this))
        .orElseGet(
            () -> isOnUtc() ? full(instant) : full(instant) + " (" + dates.minute(instant) + ")");
  }

  /** As {@link #near}, to begin with: {@code Today at 14:00}. */
  public String nearCapital(Instant instant) {
    return capital(near(instant));
  }

  /** The instant itself, the same for every reader: {@code 2026-11-26 13:00:00 UTC}. */
  public String exact(Instant instant) {
    return Dates.exact(instant);
  }

  /** What is left from now on: {@code 3 hours and 20 minutes left}. */
  public String left(Instant until) {
    var left = Duration.between(now(), until);
    return left.isPositive() ? say("duration.left", roughly(left)) : say("duration.nothing-left");
  }

  /** {@code Thursday, 26 November 2026 at 14:00 CET}. */
  public String full(Instant instant) {
    return dates.full(instant, this);
  }

  /** {@code 4 hours}, {@code 30 minutes}, {@code 1 day and 2 hours}; exact to the second. */
  public String duration(Duration duration) {
    var parts = parts(duration);
    int seconds = duration.toSecondsPart();
    if (seconds > 0) {
      parts.add(say("duration.seconds", seconds));
    }
    return parts.isEmpty() ? say("duration.none") : together(parts);
  }

  /** As {@link #duration}, but only the two largest units, and no seconds. */
  public String roughly(Duration duration) {
    if (!duration.isPositive()) {
      return say("duration.none");
    }
    var parts = parts(duration);
    return parts.isEmpty()
        ? say("duration.moment")
        : together(parts.subList(0, Math.min(2, parts.size())));
  }

  private List<String> parts(Duration duration) {
    var parts = new ArrayList<String>();
    if (duration.toDaysPart() > 0) {
      parts.add(say("duration.days", duration.toDaysPart()));
    }
    if (duration.toHoursPart() > 0) {
      parts.add(say("duration.hours", duration.toHoursPart()));
    }
    if (duration.toMinutesPart() > 0) {
      parts.add(say("duration.minutes", duration.toMinutesPart()));
    }
    return parts;
  }

  private String together(List<String> parts) {
    return ListFormat.getInstance(formats, ListFormat.Type.UNIT, ListFormat.Style.FULL)
        .format(parts);
  }
}
