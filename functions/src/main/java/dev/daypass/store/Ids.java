package dev.daypass.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of requests, by their ids: an index tells which, the requests themselves how
 * they stand.
 *
 * @param next asks for the part after this one, or null if there is none
 */
public record Ids(List<String> ids, @Nullable String next) {
  public Ids {
    ids = List.copyOf(ids);
  }
}
