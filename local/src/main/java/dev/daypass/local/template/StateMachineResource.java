package dev.daypass.local.template;

import java.util.Objects;

/**
 * An {@code AWS::Serverless::StateMachine}.
 *
 * @param logicalId its key in the template
 * @param name its name in this stack
 * @param arn its ARN in this stack
 * @param definition Amazon States Language, placeholders filled in
 * @param type {@code STANDARD} or {@code EXPRESS}
 */
public record StateMachineResource(
    String logicalId, String name, String arn, String definition, String type) {
  public StateMachineResource {
    Objects.requireNonNull(logicalId);
    Objects.requireNonNull(name);
    Objects.requireNonNull(arn);
    Objects.requireNonNull(definition);
    Objects.requireNonNull(type);
  }
}
