package dev.daypass.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a page or a mail consists of, apart from its texts. Ours is written so that every {@code <}
 * begins a tag and every attribute is in double quotes; whatever else appears is not ours.
 */
final class Markup {
  private static final Pattern TAG =
      Pattern.compile("<(!doctype html|/?[a-z][a-z0-9]*((?: [a-z-]+(?:=\"[^\"]*\")?)*))>");
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z-]+)(?:=\"([^\"]*)\")?");

  private Markup() {}

  /** Each tag in order with the names of its attributes, and the targets of links and forms. */
  static List<String> of(String html) {
    var tags = new ArrayList<String>();
    int found = 0;
    var tag = TAG.matcher(html);
    while (tag.find()) {
      found++;
      var written = new StringBuilder(tag.group(1).split(" ", 2)[0]);
      var attribute = ATTRIBUTE.matcher(tag.group(2) == null ? "" : tag.group(2));
      while (attribute.find()) {
        var name = attribute.group(1);
        assertThat(name).as(tag.group()).doesNotStartWith("on").isNotEqualTo("srcdoc");
        if (name.equals("href") || name.equals("src") || name.equals("action")) {
          assertThat(attribute.group(2))
              .as(tag.group())
              .matches(
                  "/[^/].*|/|#main|#field-[a-z]+(-[a-z0-9]+)?|http://127\\.0\\.0\\.1:[0-9]+/.*");
        }
        written.append(' ').append(name);
      }
      tags.add(written.toString());
    }
    assertThat(html.chars().filter(c -> c == '<').count())
        .as("every < begins a tag of ours in:\n%s", html)
        .isEqualTo(found);
    return tags;
  }
}
