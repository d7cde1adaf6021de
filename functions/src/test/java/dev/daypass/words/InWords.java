package dev.daypass.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Refusal;
import dev.daypass.access.Said;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What a refusal tells a page, against what it tells a program. */
public final class InWords {
  private InWords() {}

  /**
   * A refusal can be said in every language, and its English message is what the file of English
   * messages makes of its arguments: so the two cannot come to say different things.
   *
   * @return what programs get of it
   */
  public static Refusal saidInEveryLanguage(Refusal refusal) {
    assertThat(speech(Locale.ENGLISH).say(plain(refusal.said())))
        .as(refusal.code())
        .isEqualTo(refusal.message().replace('\'', '’').strip());
    for (var language : Languages.all()) {
      assertThat(speech(language).say(refusal)).as(refusal.code()).isNotBlank();
    }
    return new Refusal(refusal.code(), refusal.field(), refusal.message());
  }

  private static Speech speech(Locale language) {
    return Speech.inMail(language, ZoneOffset.UTC);
  }

  /** With instants as programs write them. */
  private static Said plain(Said said) {
    return new Said(said.key(), said.arguments().stream().map(InWords::plain).toList());
  }

  private static Object plain(Object argument) {
    return switch (argument) {
      case Instant instant -> instant.toString();
      case Said said -> plain(said);
      case List<?> list -> list.stream().map(InWords::plain).toList();
      default -> argument;
    };
  }
}
