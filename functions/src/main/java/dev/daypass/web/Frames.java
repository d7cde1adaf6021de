package dev.daypass.web;

import dev.daypass.runbook.Directory;
import dev.daypass.words.Times;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Makes the frame of a page for its reader. */
public final class Frames {
  private final Directory directory;
  private final InstantSource clock;

  public Frames(Directory directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /** The frame for somebody who is signed in. */
  public Frame of(String email, FormToken token) {
    var person = new Person(Story.nameOf(directory, email), email);
    return new Frame(person, times(email), token.value());
  }

  /**
   * The frame of a page behind a link: it names nobody, but tells times as its reader's clock does.
   */
  public Frame ofLink(String reader, FormToken token) {
    return new Frame(null, times(reader), token.value());
  }

  /** The frame of a page whose reader is not known. */
  public Frame ofNobody(FormToken token) {
    return new Frame(null, new Times(ZoneOffset.UTC, clock.instant()), token.value());
  }

  private Times times(String email) {
    return new Times(
        directory.person(email).map(dev.daypass.runbook.Person::zone).orElse(ZoneOffset.UTC),
        clock.instant());
  }
}
