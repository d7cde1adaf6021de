package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * What a stack made from the template would hold: everything resolved, nothing left to guess.
 *
 * @param functions by logical id
 * @param apiId the HTTP API's id; {@code none} if there is no API
 * @param routes of the HTTP API, in the order written
 * @param tables by logical id
 * @param streams event source mappings, in the order written
 * @param schedules in the order written
 * @param rules of the event bus, in the order written
 * @param stateMachines by logical id
 * @param queues ARNs of the queues
 * @param buckets names of the buckets by logical id
 * @param resources properties of every resource by logical id, resolved and whole: also what is not
 *     carried out here, such as policies and alarms
 * @param inert logical ids of resources that exist in AWS and have no behaviour here, with types
 * @param outputs name and value
 */
public record Template(
    Map<String, FunctionResource> functions,
    String apiId,
    List<Route> routes,
    Map<String, TableResource> tables,
    List<StreamMapping> streams,
    List<ScheduleResource> schedules,
    List<RuleResource> rules,
    Map<String, StateMachineResource> stateMachines,
    List<String> queues,
    Map<String, String> buckets,
    Map<String, ObjectNode> resources,
    Map<String, String> inert,
    Map<String, JsonNode> outputs) {
  /**
   * The function with this logical id.
   *
   * @throws NoSuchElementException if there is none
   */
  public FunctionResource function(String logicalId) {
    return one(functions, logicalId);
  }

  /**
   * The table with this logical id.
   *
   * @throws NoSuchElementException if there is none
   */
  public TableResource table(String logicalId) {
    return one(tables, logicalId);
  }

  /**
   * The name of the bucket with this logical id.
   *
   * @throws NoSuchElementException if there is none
   */
  public String bucket(String logicalId) {
    return one(buckets, logicalId);
  }

  /**
   * The state machine with this logical id.
   *
   * @throws NoSuchElementException if there is none
   */
  public StateMachineResource stateMachine(String logicalId) {
    return one(stateMachines, logicalId);
  }

  /**
   * The properties of the resource with this logical id.
   *
   * @throws NoSuchElementException if there is none
   */
  public ObjectNode properties(String logicalId) {
    return one(resources, logicalId);
  }

  /**
   * The output's value as text.
   *
   * @throws NoSuchElementException if there is none
   */
  public String output(String name) {
    return one(outputs, name).asText();
  }

  private static <T> T one(Map<String, T> things, String name) {
    var thing = things.get(name);
    if (thing == null) {
      throw new NoSuchElementException(
          "the template has no '" + name + "'; it has " + things.keySet());
    }
    return thing;
  }
}
