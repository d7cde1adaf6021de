package dev.daypass.emulator;

/**
 * The suite as it runs against LocalStack, but on our own DynamoDB and Step Functions: tasks come
 * as messages and are answered by token, streams are polled, mail goes to the local endpoint.
 */
class EmulatorByTokenTest extends EmulatorIT {
  @Override
  Emulator start() {
    return new BareEmulator();
  }
}
