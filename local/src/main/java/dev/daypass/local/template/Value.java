package dev.daypass.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A piece of the template as written, with the line it stands on. */
sealed interface Value {
  /** Where it begins, from 1. */
  int line();

  /** A text, number, boolean or null. */
  record Scalar(JsonNode value, int line) implements Value {}

  /** A list. */
  record Items(List<Value> values, int line) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** A mapping, in the order written. */
  record Fields(Map<String, Value> values, int line) implements Value {
    static final Fields NONE = new Fields(Map.of(), 1);

    public Fields {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    @Nullable Value get(String name) {
      return values.get(name);
    }

    /** The mapping under this name; empty if there is none. */
    Fields fields(String name) {
      return values.get(name) instanceof Fields fields ? fields : NONE;
    }

    /** The scalar under this name as text, or null. */
    @Nullable String text(String name) {
      return values.get(name) instanceof Scalar scalar ? scalar.value().asText() : null;
    }

    /** Where the field of this name has its value, or where the mapping begins. */
    int lineOf(String name) {
      var value = values.get(name);
      return value == null ? line : value.line();
    }
  }

  /**
   * An intrinsic function, short or long form.
   *
   * @param function its short name: {@code Ref}, {@code GetAtt}, {@code Condition}, …
   */
  record Call(String function, Value argument, int line) implements Value {}
}
