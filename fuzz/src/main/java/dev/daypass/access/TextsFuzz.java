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
    Check.that(visible.codePoints().noneMatch(TextsFuzz::hides), "nothing hides", line);
    Check.that(line.indexOf('\n') < 0 && line.indexOf('\t') < 0, "one line", line);
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

  /** Said once more, in other words than the rule itself. */
  private static boolean hides(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL -> character != '\n' && character != '\t';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> true;
      case Character.FORMAT ->
          switch (Character.getDirectionality(character)) {
            case Character.DIRECTIONALITY_LEFT_TO_RIGHT_EMBEDDING,
                Character.DIRECTIONALITY_LEFT_TO_RIGHT_OVERRIDE,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_EMBEDDING,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_OVERRIDE,
                Character.DIRECTIONALITY_POP_DIRECTIONAL_FORMAT,
                Character.DIRECTIONALITY_LEFT_TO_RIGHT_ISOLATE,
                Character.DIRECTIONALITY_RIGHT_TO_LEFT_ISOLATE,
                Character.DIRECTIONALITY_FIRST_STRONG_ISOLATE,
                Character.DIRECTIONALITY_POP_DIRECTIONAL_ISOLATE ->
                true;
            default -> false;
          };
      default -> false;
    };
  }
}
