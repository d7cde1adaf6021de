package dev.daypass.access;

import dev.daypass.fuzz.Check;
import dev.daypass.fuzz.Input;

/** What people type: refused, shown or cut short, never damaged. */
public final class TextsFuzz {
  private TextsFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    var text = Input.text(data);
    var visible = Texts.visible(text);
    var line = Texts.visibleLine(text);
    Check.that(Texts.flaw(visible).isEmpty(), "visible() shows all");
    Check.that(Texts.flawOfLine(line).isEmpty(), "visibleLine() shows all on one line");
    Check.same(Texts.visible(visible), visible, "what is visible stays as it is");
    Check.same(Texts.visibleLine(line), line, "what is visible on a line stays as it is");
    Check.that(
        Texts.flaw(text).isEmpty() == visible.equals(text), "nothing is changed without a flaw");
    Check.that(
        Texts.flawOfLine(text).isPresent() || Texts.flaw(text).isEmpty(), "a fine line is fine");
    Texts.flaw(text).ifPresent(Check::showsOnOneLine);
    Texts.flawOfLine(text).ifPresent(Check::showsOnOneLine);

    var shortened = Texts.shortened(text);
    Check.that(!Texts.isTooLong(shortened), "shortened() fits");
    Check.that(Texts.isTooLong(text) || shortened.equals(text), "what fits is not shortened");
    Check.that(
        Texts.flaw(text).isPresent() || Texts.flaw(shortened).isEmpty(), "no character is cut");
    Check.that(Texts.saysNothing(text) == (Texts.seen(text) == 0), "seen or not");
    Check.that(Texts.seen(text) <= Texts.length(text), "no more is seen than there is");
  }
}
