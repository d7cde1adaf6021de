package dev.daypass.local.template;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The section Globals, merged into the resources: mappings are merged, lists are joined, anything
 * else of a resource replaces what is global.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-template-anatomy-globals.html">Globals
 *     section</a>
 */
final class Globals {
  private static final Set<String> KINDS = Set.of("Function", "HttpApi", "StateMachine");

  private Globals() {}

  /** The resources by logical id, each with what is global to its type. */
  static Map<String, Value.Fields> merge(Value.Fields document, Collection<Finding> findings) {
    var globals = document.fields("Globals");
    globals
        .values()
        .forEach(
            (kind, value) -> {
              if (!KINDS.contains(kind)) {
                findings.add(new Finding(value.line(), "Globals of '" + kind + "' are not known"));
              }
            });
    var merged = new LinkedHashMap<String, Value.Fields>();
    document
        .fields("Resources")
        .values()
        .forEach(
            (id, value) -> {
              if (value instanceof Value.Fields resource) {
                var type = String.valueOf(resource.text("Type"));
                var kind = type.substring(type.lastIndexOf(':') + 1);
                merged.put(
                    id,
                    type.startsWith("AWS::Serverless::") && KINDS.contains(kind)
                        ? withProperties(resource, globals.fields(kind))
                        : resource);
              }
            });
    return merged;
  }

  private static Value.Fields withProperties(Value.Fields resource, Value.Fields global) {
    var parts = new LinkedHashMap<>(resource.values());
    var properties = resource.get("Properties");
    parts.put("Properties", properties == null ? global : merge(global, properties));
    return new Value.Fields(parts, resource.line());
  }

  private static Value merge(Value global, Value own) {
    if (global instanceof Value.Fields globals && own instanceof Value.Fields fields) {
      var values = new LinkedHashMap<>(globals.values());
      fields.values().forEach((name, value) -> values.merge(name, value, Globals::merge));
      return new Value.Fields(values, own.line());
    }
    if (global instanceof Value.Items globals && own instanceof Value.Items items) {
      var values = new ArrayList<>(globals.values());
      values.addAll(items.values());
      return new Value.Items(values, own.line());
    }
    return own;
  }
}
