package dev.daypass.web;

import java.util.List;
import java.util.Objects;

/**
 * Systems, for whoever answers for some or oversees all.
 *
 * @param yours those that the visitor answers for, by title
 * @param others all others, by title; only for whoever oversees all
 * @param all whether the visitor oversees all
 */
public record SystemsView(Frame frame, List<Line> yours, List<Line> others, boolean all) {
  /**
   * A system.
   *
   * @param owners names
   * @param tasks whether access to it could not be taken away; told of the visitor's own only
   */
  public record Line(String id, String title, List<String> owners, boolean tasks) {
    public Line {
      Objects.requireNonNull(id);
      Objects.requireNonNull(title);
      owners = List.copyOf(owners);
    }
  }

  public SystemsView {
    Objects.requireNonNull(frame);
    yours = List.copyOf(yours);
    others = List.copyOf(others);
  }
}
