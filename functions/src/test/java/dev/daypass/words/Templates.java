package dev.daypass.words;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What a template says by itself, and not by a message. */
final class Templates {
  private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+|[a-z-]*");
  private static final Pattern MESSAGE = Pattern.compile("[a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern READ =
      Pattern.compile("\\b(?:aria-label|title|placeholder|alt|aria-description)=\"([^\"]*)\"");
  private static final Pattern LETTER = Pattern.compile("\\p{L}");

  private final String source;
  private final StringBuilder html = new StringBuilder();
  private final List<String> said = new ArrayList<>();
  private int at;

  private Templates(String source) {
    this.source = source;
  }

  /** All words that stand in the template and are read or heard by people. */
  static List<String> ownWords(String source) {
    var template = new Templates(source);
    template.read('\0');
    var tags = TAG.matcher(template.html);
    tags.results()
        .flatMap(tag -> READ.matcher(tag.group()).results())
        .forEach(attribute -> template.said.add(attribute.group(1)));
    template.said.addAll(List.of(tags.reset().replaceAll("\n").split("\n", -1)));
    return template.said.stream()
        .map(String::strip)
        .filter(
            text -> LETTER.matcher(text).find() && !text.replace("·", "").strip().equals("Daypass"))
        .toList();
  }

  private void read(char end) {
    while (at < source.length() && source.charAt(at) != end) {
      if (isNext("@import ") || isNext("@param ")) {
        at = source.indexOf('\n', at);
      } else if (isNext("${")) {
        at += 2;
        texts(balanced('{', '}'), MESSAGE).forEach(text -> html.append(text).append(' '));
      } else if (isNext("!{")) {
        at += 2;
        said.addAll(texts(balanced('{', '}'), NAME));
      } else if (isNext("@template.")) {
        at = source.indexOf('(', at) + 1;
        arguments();
      } else if (isNext("@if(") || isNext("@elseif(") || isNext("@for(")) {
        at = source.indexOf('(', at) + 1;
        balanced('(', ')');
      } else if (isNext("@else") || isNext("@endif") || isNext("@endfor")) {
        at += 1;
        while (at < source.length() && Character.isLetter(source.charAt(at))) {
          at++;
        }
      } else {
        html.append(source.charAt(at++));
      }
    }
    at++;
  }

  /** The arguments of another template, one of which may be content of this one. */
  private void arguments() {
    int from = at;
    var inner = source.indexOf("@`", at);
    int depth = 1;
    while (depth > 0) {
      if (at == inner) {
        said.addAll(texts(source.substring(from, at), NAME));
        at += 2;
        read('`');
        from = at;
      } else {
        depth += step('(', ')');
      }
    }
    said.addAll(texts(source.substring(from, at), NAME));
  }

  private String balanced(char open, char close) {
    int from = at;
    int depth = 1;
    while (depth > 0) {
      depth += step(open, close);
    }
    return source.substring(from, at - 1);
  }

  /** Goes over one character, or one text in quotes. */
  private int step(char open, char close) {
    char one = source.charAt(at);
    if (one == '"') {
      var text = TEXT.matcher(source).region(at, source.length());
      if (!text.lookingAt()) {
        throw new IllegalArgumentException("a text does not end: " + source.substring(at));
      }
      at = text.end();
      return 0;
    }
    at++;
    return one == open ? 1 : one == close ? -1 : 0;
  }

  private boolean isNext(String what) {
    return source.startsWith(what, at);
  }

  private static List<String> texts(String expression, Pattern allowed) {
    return TEXT.matcher(expression)
        .results()
        .map(text -> text.group(1))
        .filter(text -> !allowed.matcher(text).matches())
        .toList();
  }
}
