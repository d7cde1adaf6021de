package dev.daypass.web;

import dev.daypass.runbook.Directory;
import dev.daypass.words.Times;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;

/** Makes the frame of a page for its reader. */
public final class Frames {
  private final Directory directory;
  private final InstantSource clock;

  public Frames(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The frame for somebody who is signed in. */
  public Frame of(HttpRequest call, Visitor.Known who, FormToken token) {
    return of(call, who.email(), token);
  }

  /** The frame for somebody who is signed in. */
  public Frame of(HttpRequest call, String email, FormToken token) {
    var known = directory.person(email);
    var person = new Person(known.map(dev.daypass.runbook.Person::name).orElse(email), email);
    return new Frame(person, times(call, known), token.value());
  }

  /**
   * The frame of a page behind a link: it names nobody, but tells times as its reader's clock does.
   */
  public Frame ofLink(HttpRequest call, String reader, FormToken token) {
    return new Frame(null, times(call, directory.person(reader)), token.value());
  }

  /** The frame of a page whose reader is not known. */
  public Frame ofNobody(FormToken token) {
    return new Frame(null, new Times(ZoneOffset.UTC, clock.instant()), token.value());
  }

  /** The clock that the reader looks at: the browser's, else the one in the directory. */
  private Times times(HttpRequest call, Optional<dev.daypass.runbook.Person> reader) {
    return new Times(
        Zones.of(call)
            .or(() -> reader.map(dev.daypass.runbook.Person::zone))
            .orElse(ZoneOffset.UTC),
        clock.instant());
  }
}
