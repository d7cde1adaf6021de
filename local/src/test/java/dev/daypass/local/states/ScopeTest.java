package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** JSONata as Step Functions has it. */
class ScopeTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:15:30.120Z");

  private final Scope scope =
      new Scope(
          (ObjectNode)
              json("{'input': {'n': null, 'list': [1, null, 2], 'text': 'x', 'big': 4294967296}}"),
          Map.of("answer", json("42"), "nothing", json("null")),
          NOW,
          new Random(7));

  private JsonNode value(String expression) {
    return scope.evaluate(
        new State.Template(TextNode.valueOf("{% " + expression + " %}")), "Output");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          1 + 1                                        | 2
          1 / 2                                        | 0.5
          $answer                                      | 42
          $nothing                                     | null
          $nothing = null                              | true
          $states.input.n                              | null
          $states.input.list                           | [1, null, 2]
          $states.input.big                            | 4294967296
          $exists($states.input.none)                  | false
          $type($states.input.n)                       | 'null'
          $string({'a': $states.input.n})              | '{\\'a\\':null}'
          {'a': $states.input.n, 'b': [$nothing]}      | {'a': null, 'b': [null]}
          $max([1, $ceil(undefined)])                  | 1
          $ceil(2.1)                                   | 3
          $toMillis('1970-01-01T00:00:01Z')            | 1000
          $millis()                                    | 1795342530120
          $now()                                       | '2026-11-22T10:15:30.120Z'
          $now('[H01]:[m01]', '+0100')                 | '11:15'
          $partition([1, 2, 3, 4], 3)                  | [[1, 2, 3], [4]]
          $range(0, 10, 5)                             | [0, 5, 10]
          $range(3, 1, -1)                             | [3, 2, 1]
          $hash('x', 'SHA-1')                          | '11f6ad8ec52a2984abaafd7c3b516503785c2072'
          $length($uuid())                             | 36
          $random(5) = $random(5)                      | true
          $random() < 1                                | true
          $parse('{}')                                 | {}
          $parse('[1, null]')                          | [1, null]
          $map([1, 2], function($x) { $x * 2 })        | [2, 4]
          """)
  void evaluates(String expression, String expected) {
    assertThat(value(expression)).isEqualTo(json(expected.replace("\\'", "\\\"")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          $states.input.none        | returned nothing (undefined).
          $unknown                  | returned nothing (undefined).
          text                      | returned nothing (undefined).
          $sum                      | returned an unsupported result type.
          {'f': $sum}               | returned an unsupported result type.
          [$sum]                    | returned an unsupported result type.
          $unknown()                | T1006
          1 + 'x'                   | T2002
          $partition([1], 0)        | $partition takes
          $range(1, 5, 0)           | step other than 0
          $range(1, 5000, 1)        | at most 1000
          $hash('x', 'CRC')         | $hash takes
          $parse('no')              | $parse:
          ($f := function() { $f() + 1 }; $f()) | threw an error
          """)
  void failsNamingTheExpressionAndTheField(String expression, String expected) {
    assertThatThrownBy(() -> value(expression))
        .isInstanceOfSatisfying(
            Scope.QueryFailed.class, e -> assertThat(e.location()).isEqualTo("Output"))
        .hasMessageStartingWith(
            "The JSONata expression '" + expression + "' specified for the field 'Output' ")
        .hasMessageContaining(expected);
  }

  @Test
  void evaluatesOnlyStringsInBracesHoweverDeep() {
    var template =
        new State.Template(json("{'a': ['$answer', {'b': '{% $answer %}'}], 'c': '{%$answer%}'}"));

    assertThat(scope.evaluate(template, "Output"))
        .isEqualTo(json("{'a': ['$answer', {'b': 42}], 'c': 42}"));
  }

  @Test
  void namesTheFieldInside() {
    var template = new State.Template(json("{'a': [1, '{% $none %}']}"));

    assertThatThrownBy(() -> scope.evaluate(template, "Assign"))
        .isInstanceOfSatisfying(
            Scope.QueryFailed.class, e -> assertThat(e.location()).isEqualTo("Assign/a/1"));
  }
}
