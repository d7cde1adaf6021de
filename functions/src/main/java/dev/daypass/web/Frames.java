package dev.daypass.web;

import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.Directory;
import dev.daypass.words.Languages;
import dev.daypass.words.Speech;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes the frame of a page for its reader. */
public final class Frames {
  private final Directory directory;
  private final ChosenLanguage chosen;
  private final InstantSource clock;
  private final Supplier<Catalog> catalog;

  /** Frames of a function that knows nothing of systems, and whose pages owners do not see. */
  public Frames(Directory directory, ChosenLanguage chosen, InstantSource clock) {
    this(directory, chosen, clock, () -> Catalog.EMPTY);
  }

  /**
   * @param catalog kept for a while, since it is asked for each page
   */
  public Frames(
      Directory directory, ChosenLanguage chosen, InstantSource clock, Supplier<Catalog> catalog) {
    this.directory = directory;
    this.chosen = chosen;
    this.clock = clock;
    this.catalog = catalog;
  }

  /** The frame for somebody who is signed in, with the ways that are theirs. */
  public Frame of(HttpRequest call, Visitor.Known who, FormToken token) {
    var plain = of(call, who.email(), token);
    return new Frame(plain.who(), plain.speech(), plain.formToken(), plain.here(), ways(who));
  }

  private Set<Navigation.Way> ways(Visitor.Known who) {
    if (Standing.maySeeEveryPolicy(who)) {
      return EnumSet.allOf(Navigation.Way.class);
    }
    return catalog.get().systems().values().stream()
            .anyMatch(system -> Standing.owns(who, system.policy()))
        ? EnumSet.of(Navigation.Way.SYSTEMS)
        : Set.of();
  }

  /** The frame for somebody of whom no more is known than who they are. */
  public Frame of(HttpRequest call, String email, FormToken token) {
    var known = directory.person(email);
    var person = new Person(known.map(dev.daypass.runbook.Person::name).orElse(email), email);
    return frame(call, person, known, token);
  }

  /**
   * The frame of a page behind a link: nobody is signed in by it, but it tells times as the clock
   * of whoever the link was sent to does.
   */
  public Frame ofLink(
      HttpRequest call, Optional<dev.daypass.runbook.Person> sentTo, FormToken token) {
    return frame(call, null, sentTo, token);
  }

  /** As {@link #ofLink(HttpRequest, Optional, FormToken)}, for whoever has this address. */
  public Frame ofLink(HttpRequest call, String reader, FormToken token) {
    return ofLink(call, directory.person(reader), token);
  }

  /** The frame of a page whose reader is not known. */
  public Frame ofNobody(HttpRequest call, FormToken token) {
    return frame(call, null, Optional.empty(), token);
  }

  private Frame frame(
      HttpRequest call,
      @Nullable Person who,
      Optional<dev.daypass.runbook.Person> reader,
      FormToken token) {
    // The clock that the reader looks at: the browser's, else the one in the directory, whose name
    // it keeps if it is the same clock: browsers use older names, such as Asia/Calcutta.
    var own = reader.map(dev.daypass.runbook.Person::zone);
    var zone =
        Zones.of(call)
            .filter(seen -> own.isEmpty() || !own.get().getRules().equals(seen.getRules()))
            .or(() -> own)
            .orElse(ZoneOffset.UTC);
    var now = clock.instant();
    return new Frame(
        who,
        Speech.onPage(language(call, reader), zone, now),
        who == null ? token.value() : token.of(who.email()),
        OwnPath.of(call));
  }

  /**
   * What was chosen in this browser, else what the directory says, else what the browser would
   * rather have. The region is that of the directory or of the browser, where one of them names one
   * of the language.
   */
  private Locale language(HttpRequest call, Optional<dev.daypass.runbook.Person> reader) {
    var told = reader.map(dev.daypass.runbook.Person::language).filter(Languages::speak);
    var asked = call.header("accept-language").flatMap(Languages::accepted);
    return Languages.withRegion(
        chosen.of(call).or(() -> told).or(() -> asked).orElse(Locale.ENGLISH),
        Stream.of(told, asked).flatMap(Optional::stream));
  }
}
