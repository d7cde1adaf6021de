package dev.daypass.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * An outgoing call of a run.
 *
 * @param index its place in the run, from 0
 * @param caller the function, or who else calls
 * @param invocation the run of the function that calls, 0 if it is none
 * @param operation what is called, with the table or path where that helps a reader
 * @param writes whether it changes anything
 * @param point how far the requests had come: what had happened to them, as one number
 */
record Call(
    int index,
    Instant at,
    String caller,
    int invocation,
    Callee callee,
    String operation,
    boolean writes,
    int point) {
  /** In the operation of a stream that hands over several records at once. */
  static final String SEVERAL = " x";

  /** Everything that can go wrong with this call. */
  List<Fault.Kind> faults() {
    var kinds = new ArrayList<Fault.Kind>();
    for (var kind : Fault.Kind.values()) {
      if (kind.happensTo(this)) {
        kinds.add(kind);
      }
    }
    return kinds;
  }

  @Override
  public String toString() {
    return "%5d  %s  %-22s %-8s %s".formatted(index, at, caller, callee, operation);
  }
}
