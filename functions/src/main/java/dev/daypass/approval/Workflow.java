package dev.daypass.approval;

import java.util.Optional;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/**
 * The state machine, for those who may know it: dispatch starts runs, the sweep asks whether one
 * runs.
 */
public final class Workflow {
  private final SfnClient states;
  private final String machine;

  /**
   * @param machine ARN of the state machine
   */
  public Workflow(SfnClient states, String machine) {
    this.states = states;
    this.machine = machine;
  }

  /** Starts a run; one that has been started before is success. */
  public void start(String request, int run) {
    try {
      states.startExecution(
          start ->
              start
                  .stateMachineArn(machine)
                  .name(name(request, run))
                  .input("{\"requestId\":\"%s\",\"run\":%d}".formatted(request, run)));
    } catch (ExecutionAlreadyExistsException startedBefore) {
      // Streams deliver at least once.
      return;
    }
  }

  /** Whether this run is under way. */
  public boolean isRunning(String request, int run) {
    return status(request, run).filter(ExecutionStatus.RUNNING::equals).isPresent();
  }

  /** Whether this run has broken off, or was never started: nobody does what it had still to do. */
  public boolean isBroken(String request, int run) {
    return status(request, run)
        .filter(status -> status == ExecutionStatus.RUNNING || status == ExecutionStatus.SUCCEEDED)
        .isEmpty();
  }

  private Optional<ExecutionStatus> status(String request, int run) {
    try {
      return Optional.of(
          states
              .describeExecution(
                  describe ->
                      describe.executionArn(
                          machine.replace(":stateMachine:", ":execution:")
                              + ":"
                              + name(request, run)))
              .status());
    } catch (ExecutionDoesNotExistException neverStarted) {
      return Optional.empty();
    }
  }

  private static String name(String request, int run) {
    return request + "-" + run;
  }
}
