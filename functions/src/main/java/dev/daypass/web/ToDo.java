package dev.daypass.web;

import dev.daypass.access.OwnersTask;
import dev.daypass.access.Request;

/** What people have to do, as pages tell it. */
public enum ToDo {
  /** To set it up by hand. */
  SET_UP,
  /** To take it away by hand. */
  TAKE_AWAY,
  /** To see by hand that it is not there: it was over before anybody said that it was set up. */
  MAKE_SURE,
  /** To mend what keeps the connector from taking it away. */
  STUCK,
  /** To say whether access was taken in an emergency that was one. */
  REVIEW;

  /** What this task of the request's owners is about. */
  public static ToDo of(Request request, OwnersTask task) {
    return switch (task.work()) {
      case SET_UP -> SET_UP;
      case TAKE_AWAY -> Story.neverThere(request) ? MAKE_SURE : TAKE_AWAY;
      case STUCK -> STUCK;
    };
  }
}
