package dev.daypass.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.words.InWords;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextsTest {
  private static final String FAMILY =
      "\ud83d\udc69\u200d\ud83d\udcbb \ud83c\udff4\udb40\udc67\udb40\udc62\udb40\udc7f";

  @Test
  void whatPeopleWriteInAnyScriptIsFine() {
    for (var text :
        List.of(
            "Ticket 4711: <b>wrong</b> = balance",
            "\u05e9\u05dc\u05d5\u05dd \u200e4711\u200f",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            FAMILY,
            "e\u0301")) {
      assertThat(Texts.flaw(text + "\n\tmore")).as(text).isEmpty();
      assertThat(Texts.visible(text + "\n\tmore")).isEqualTo(text + "\n\tmore");
    }
    assertThat(Texts.flawOfLine(FAMILY)).isEmpty();
  }

  @Test
  void theFirstBadCharacterIsNamedWithPlaceAndNumber() {
    assertThat(Texts.flaw("\ud83d\ude00b\u202ec\u0000"))
        .contains(
            "Please take out character 3 (U+202E): it turns the direction in which text is read.");
    assertThat(Texts.flaw("\u0000")).get().asString().contains("(U+0000): it is a control");
    assertThat(Texts.flaw("\ud83d")).get().asString().contains("(U+D83D): it is half of");
    assertThat(Texts.flaw("\ufffd")).get().asString().contains("(U+FFFD): it stands for");
    assertThat(Texts.flaw("\ufdd0")).get().asString().contains("no such character");
    assertThat(Texts.flaw("\udbff\udfff")).get().asString().contains("U+10FFFF");
    assertThat(Texts.flaw("\u2028")).get().asString().contains("not every program knows");
  }

  @Test
  void everyCharacterThatReachesBeyondItsTextIsRefused() {
    for (int turning : new int[] {0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x2066, 0x2067, 0x2069}) {
      assertThat(Texts.flaw(Character.toString(turning))).isPresent();
    }
  }

  @Test
  void aNameIsOneLineWithoutHiddenCharacters() {
    for (var hidden : List.of("a\nb", "a\tb", "a\u200bb", "a\u00adb", "\ufeffab", "a\u200eb")) {
      assertThat(Texts.flawOfLine(hidden)).as(hidden).isPresent();
    }
  }

  @Test
  void aLineIsRefusedForTheFieldItStandsIn() {
    var refusal = Texts.refusalOfLine("ticket-character", "ticket", "DIS-1\nDIS-2").orElseThrow();

    assertThat(InWords.saidInEveryLanguage(refusal))
        .isEqualTo(
            new Refusal(
                "ticket-character",
                "ticket",
                "Please take out character 6 (U+000A): this must be one line."));
    assertThat(Texts.flawOfLine("DIS-1\nDIS-2")).contains(refusal.message());
    assertThat(Texts.refusalOfLine("ticket-character", "ticket", "DIS-1")).isEmpty();
  }

  @Test
  void theNextCharactersAreFine() {
    for (int beside : new int[] {0x202f, 0x2065, 0x206a, 0xfdcf, 0xfdf0, 0xfffc}) {
      assertThat(Texts.flaw(Character.toString(beside))).as("U+%04X", beside).isEmpty();
    }
    for (int bad : new int[] {0x2029, 0xfdd0, 0xfdef, 0xfffe, 0xffff}) {
      assertThat(Texts.flaw(Character.toString(bad))).as("U+%04X", bad).isPresent();
    }
  }

  @Test
  void aNameMayHoldEveryJoiner() {
    for (int joiner : new int[] {0x200c, 0x200d, 0xe0020, 0xe0041, 0xe007f}) {
      assertThat(Texts.flawOfLine("a" + Character.toString(joiner))).as("U+%04X", joiner).isEmpty();
    }
    assertThat(Texts.flawOfLine("a" + Character.toString(0xe0001))).isPresent();
  }

  @Test
  void whatHasNoShapeSaysNothing() {
    for (int shapeless :
        new int[] {
          0x07, 0x20, 0xad, 0xa0, 0x378, 0x2028, 0x2029, 0xd83d, 0x115f, 0x1160, 0x3164, 0xffa0,
          0x2800
        }) {
      assertThat(Texts.seen(Character.toString(shapeless))).as("U+%04X", shapeless).isZero();
    }
    for (int seen : new int[] {'a', 0x115e, 0x1161, 0x3163, 0x3165, 0xffa1, 0x2801}) {
      assertThat(Texts.seen(Character.toString(seen))).as("U+%04X", seen).isEqualTo(1);
    }
  }

  @Test
  void whatCannotBeRefusedIsMadeVisible() {
    assertThat(Texts.visible("a\u202eb\u0007c\nd"))
        .isEqualTo("a\u2039U+202E\u203ab\u2039U+0007\u203ac\nd");
    assertThat(Texts.visibleLine("a\nALARM")).isEqualTo("a\u2039U+000A\u203aALARM");
    var act = Acts.by(People.OLGA, Acts.MONDAY);
    assertThat(new Command.Revoke(act, "out\u202e").reason()).isEqualTo("out\u2039U+202E\u203a");
    assertThat(new Command.GiveUp(act, "out\u202e").problem()).isEqualTo("out\u2039U+202E\u203a");
    assertThat(new Command.OpenTask(act, "out\u202e").problem()).isEqualTo("out\u2039U+202E\u203a");
    assertThat(Texts.flaw(new Command.Revoke(act, "\u202e".repeat(2_000)).reason())).isEmpty();
  }
}
