package dev.daypass.local.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An {@code AWS::DynamoDB::Table}.
 *
 * @param logicalId its key in the template
 * @param name its name in this stack
 * @param definition the input of {@code CreateTable} that makes it
 * @param expiry the attribute that says when an item expires (epoch seconds), or null
 */
public record TableResource(
    String logicalId, String name, ObjectNode definition, @Nullable String expiry) {
  public TableResource {
    Objects.requireNonNull(logicalId);
    Objects.requireNonNull(name);
    Objects.requireNonNull(definition);
  }
}
