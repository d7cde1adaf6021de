package dev.daypass.local.states;

import static dev.daypass.local.states.Sandbox.definition;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that makes a definition unfit, each named with its place. */
class DefinitionCheckTest {
  private static final String TASK =
      """
      'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
        'Arguments': {'FunctionName': 'any'}, MORE, 'End': true},
      'Last': {'Type': 'Succeed'}
      """;

  private static void expect(String definition, String... findings) {
    assertThat(DefinitionCheck.findings(definition))
        .extracting(Finding::toString)
        .contains(findings);
  }

  @Test
  void findsNothingInADefinitionWithEveryField() {
    assertThat(
            DefinitionCheck.findings(
                """
                {"Comment": "any", "Version": "1.0", "QueryLanguage": "JSONata",
                 "TimeoutSeconds": 60, "StartAt": "Ask",
                 "States": {
                   "Ask": {"Type": "Task", "Comment": "any", "QueryLanguage": "JSONata",
                     "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
                     "Arguments": {"FunctionName": "{% 'x' %}",
                       "Payload": {"token": "{% $states.context.Task.Token %}"}},
                     "TimeoutSeconds": "{% $states.input.seconds %}", "HeartbeatSeconds": 5,
                     "Retry": [{"ErrorEquals": ["a", "States.Timeout"], "IntervalSeconds": 1,
                       "MaxAttempts": 0, "BackoffRate": 1.0, "MaxDelaySeconds": 5,
                       "JitterStrategy": "NONE", "Comment": "any"},
                       {"ErrorEquals": ["States.ALL"]}],
                     "Catch": [{"ErrorEquals": ["States.ALL"], "Next": "Wait",
                       "Assign": {"e": "{% $states.errorOutput %}"},
                       "Output": "{% $states.errorOutput.Error %}", "Comment": "any"}],
                     "Assign": {"r": "{% $states.result %}"}, "Output": "{% $states.result %}",
                     "Next": "Choose"},
                   "Choose": {"Type": "Choice", "Comment": "any", "Assign": {"a": 1}, "Output": 1,
                     "Choices": [{"Condition": "{% true %}", "Next": "Wait", "Assign": {"b": 2},
                       "Output": {}, "Comment": "any"}, {"Condition": true, "Next": "Fail"}],
                     "Default": "Pass"},
                   "Wait": {"Type": "Wait", "Seconds": "{% 1 %}", "Assign": {}, "Output": 1,
                     "Next": "Until"},
                   "Until": {"Type": "Wait", "Timestamp": "2026-11-22T00:00:00Z", "Next": "Pass"},
                   "Pass": {"Type": "Pass", "Assign": {"é": 1}, "Output": [], "Next": "Done"},
                   "Done": {"Type": "Succeed", "Output": 1},
                   "Fail": {"Type": "Fail", "Error": "{% 'x' %}", "Cause": "text"}}}
                """))
        .isEmpty();
  }

  @Test
  void refusesWhatIsNoJsonObject() {
    expect("[]", "SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at /");
    assertThat(DefinitionCheck.findings("not json").getFirst().code())
        .isEqualTo("INVALID_JSON_DESCRIPTION");
    assertThat(DefinitionCheck.findings("").getFirst().code())
        .isEqualTo("INVALID_JSON_DESCRIPTION");
    assertThat(DefinitionCheck.findings("{\"a\": 1, \"a\": 2}").getFirst().message())
        .contains("Duplicate");
  }

  @Test
  void listsAllFindingsAtOnce() {
    expect(
        "{}",
        "SCHEMA_VALIDATION_FAILED: These fields are required: [StartAt, States] at /",
        "SCHEMA_VALIDATION_FAILED: QueryLanguage must be set to JSONata; JSONPath is not supported"
            + " at /QueryLanguage");
  }

  @Test
  void refusesJsonPathAtEitherLevel() {
    expect(
        definition("'First': {'Type': 'Succeed', 'QueryLanguage': 'JSONPath'}")
            .replaceFirst("JSONata", "JSONPath"),
        "SCHEMA_VALIDATION_FAILED: QueryLanguage must be set to JSONata; JSONPath is not supported"
            + " at /QueryLanguage",
        "SCHEMA_VALIDATION_FAILED: QueryLanguage must be JSONata at /States/First/QueryLanguage");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'First': {'Type': 'Map', 'End': true}                  | The state type 'Map' is not supported at /States/First/Type
          'First': {'End': true}                                 | These fields are required: [Type] at /States/First
          'First': 1                                             | A state must be an object at /States/First
          'First': {'Type': 'Pass', 'Result': 1, 'End': true}    | Field 'Result' is not supported at /States/First/Result
          'First': {'Type': 'Pass', 'a/b~': 1, 'End': true}      | Field 'a/b~' is not supported at /States/First/a~1b~0
          'First': {'Type': 'Succeed', 'Assign': {}}             | Field 'Assign' is not supported at /States/First/Assign
          'First': {'Type': 'Fail', 'Output': 1}                 | Field 'Output' is not supported at /States/First/Output
          'First': {'Type': 'Fail', 'Error': 1}                  | Error must be a string at /States/First/Error
          'First': {'Type': 'Pass'}                              | A state needs one of Next and End at /States/First
          'First': {'Type': 'Pass', 'Next': 'X', 'End': true}    | A state needs one of Next and End at /States/First
          'First': {'Type': 'Pass', 'End': false}                | End must be true at /States/First/End
          'First': {'Type': 'Pass', 'Next': 1}                   | Next must be a string at /States/First/Next
          'First': {'Type': 'Wait', 'End': true}                 | A Wait state needs one of Seconds and Timestamp at /States/First
          'First': {'Type': 'Wait', 'Seconds': -1, 'End': true}  | Seconds must be a whole number from 0 to 99999999 at /States/First/Seconds
          'First': {'Type': 'Wait', 'Seconds': 1.5, 'End': true} | Seconds must be a whole number from 0 to 99999999 at /States/First/Seconds
          'First': {'Type': 'Wait', 'Timestamp': 'x', 'End': true} | Timestamp must be an ISO-8601 time with its offset at /States/First/Timestamp
          'First': {'Type': 'Choice'}                            | These fields are required: [Choices] at /States/First
          'First': {'Type': 'Choice', 'Choices': []}             | Choices must be a list that is not empty at /States/First/Choices
          'First': {'Type': 'Choice', 'Choices': [1]}            | A choice rule must be an object at /States/First/Choices/0
          'First': {'Type': 'Choice', 'Choices': [{}]}           | These fields are required: [Condition, Next] at /States/First/Choices/0
          'First': {'Type': 'Choice', 'Choices': [{'Condition': 1, 'Next': 'First'}]} | Condition must be true, false or a JSONata expression at /States/First/Choices/0/Condition
          'First': {'Type': 'Choice', 'Choices': [{'Variable': 1}]} | Field 'Variable' is not supported at /States/First/Choices/0/Variable
          'First': {'Type': 'Pass', 'Assign': 1, 'End': true}    | Assign must be an object at /States/First/Assign
          'First': {'Type': 'Pass', 'Assign': {'states': 1}, 'End': true} | 'states' cannot be the name of a variable at /States/First/Assign/states
          'First': {'Type': 'Pass', 'Assign': {'x.y': 1}, 'End': true} | 'x.y' cannot be the name of a variable at /States/First/Assign/x.y
          'First': {'Type': 'Pass', 'Output': '{% 1', 'End': true} | A JSONata expression starts with {% and ends with %}, without spaces around at /States/First/Output
          'First': {'Type': 'Pass', 'Output': [' {% 1 %}'], 'End': true} | A JSONata expression starts with {% and ends with %}, without spaces around at /States/First/Output/0
          'First': {'Type': 'Pass', 'Output': '{% $eval(´1´) %}', 'End': true} | The JSONata function $eval is not supported; use $parse at /States/First/Output
          'First': {'Type': 'Pass', 'Output': '{% $a ?? 1 %}', 'End': true} | The operators ?? and ?: are newer than JSONata 2.0.6, which is supported at /States/First/Output
          'First': {'Type': 'Pass', 'Output': '{% $states.result %}', 'End': true} | $states.result is only available in Assign and Output of a Task at /States/First/Output
          'First': {'Type': 'Pass', 'Output': '{% $states.errorOutput %}', 'End': true} | $states.errorOutput is only available in Assign and Output of a Catch at /States/First/Output
          """)
  void refusesStates(String states, String finding) {
    expect(definition(states), "SCHEMA_VALIDATION_FAILED: " + finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'ResultPath': 'x'          | Field 'ResultPath' is not supported at /States/First/ResultPath
          'Credentials': {}          | Field 'Credentials' is not supported at /States/First/Credentials
          'TimeoutSeconds': 0        | TimeoutSeconds must be a whole number from 1 to 99999999 at /States/First/TimeoutSeconds
          'TimeoutSeconds': '60'     | TimeoutSeconds must be a whole number from 1 to 99999999 at /States/First/TimeoutSeconds
          'TimeoutSeconds': 100000000 | TimeoutSeconds must be a whole number from 1 to 99999999 at /States/First/TimeoutSeconds
          'TimeoutSeconds': '{% $states.result %}' | $states.result is only available in Assign and Output of a Task at /States/First/TimeoutSeconds
          'TimeoutSeconds': 5, 'HeartbeatSeconds': 5 | HeartbeatSeconds must be smaller than TimeoutSeconds at /States/First/HeartbeatSeconds
          'Output': '{% $states.errorOutput %}' | $states.errorOutput is only available in Assign and Output of a Catch at /States/First/Output
          'Retry': []                | Retry must be a list that is not empty at /States/First/Retry
          'Retry': [1]               | This must be an object at /States/First/Retry/0
          'Retry': [{}]              | These fields are required: [ErrorEquals] at /States/First/Retry/0
          'Retry': [{'ErrorEquals': []}] | ErrorEquals must be a list that is not empty at /States/First/Retry/0/ErrorEquals
          'Retry': [{'ErrorEquals': [1]}] | ErrorEquals lists error names at /States/First/Retry/0/ErrorEquals
          'Retry': [{'ErrorEquals': ['States.Timeuot']}] | 'States.Timeuot' is not an error that a Task can report at /States/First/Retry/0/ErrorEquals
          'Retry': [{'ErrorEquals': ['States.ALL', 'x']}] | States.ALL must stand alone at /States/First/Retry/0/ErrorEquals
          'Retry': [{'ErrorEquals': ['States.ALL']}, {'ErrorEquals': ['x']}] | States.ALL must come last at /States/First/Retry/0/ErrorEquals
          'Retry': [{'ErrorEquals': ['x'], 'IntervalSeconds': 0}] | IntervalSeconds must be a whole number from 1 to 99999999 at /States/First/Retry/0/IntervalSeconds
          'Retry': [{'ErrorEquals': ['x'], 'MaxAttempts': -1}] | MaxAttempts must be a whole number from 0 to 99999999 at /States/First/Retry/0/MaxAttempts
          'Retry': [{'ErrorEquals': ['x'], 'MaxDelaySeconds': 31622401}] | MaxDelaySeconds must be a whole number from 1 to 31622400 at /States/First/Retry/0/MaxDelaySeconds
          'Retry': [{'ErrorEquals': ['x'], 'BackoffRate': 0.5}] | BackoffRate must be a number of at least 1.0 at /States/First/Retry/0/BackoffRate
          'Retry': [{'ErrorEquals': ['x'], 'JitterStrategy': 'full'}] | JitterStrategy must be FULL or NONE at /States/First/Retry/0/JitterStrategy
          'Retry': [{'ErrorEquals': ['x'], 'Next': 'First'}] | Field 'Next' is not supported at /States/First/Retry/0/Next
          'Catch': [{'ErrorEquals': ['x']}] | These fields are required: [Next] at /States/First/Catch/0
          'Catch': [{'ErrorEquals': ['x'], 'Next': 'Last', 'ResultPath': 'x'}] | Field 'ResultPath' is not supported at /States/First/Catch/0/ResultPath
          'Catch': [{'ErrorEquals': ['x'], 'Next': 'Last', 'Output': '{% $states.result %}'}] | $states.result is only available in Assign and Output of a Task at /States/First/Catch/0/Output
          'Catch': [{'ErrorEquals': ['States.ALL'], 'Next': 'Last'}, {'ErrorEquals': ['x'], 'Next': 'Last'}] | States.ALL must come last at /States/First/Catch/0/ErrorEquals
          """)
  void refusesTasks(String more, String finding) {
    expect(definition(TASK.replace("MORE", more)), "SCHEMA_VALIDATION_FAILED: " + finding);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          'Resource': 'arn:aws:states:::sqs:sendMessage', 'Arguments': {'FunctionName': 'x'} | The resource 'arn:aws:states:::sqs:sendMessage' is not supported at /States/First/Resource
          'Resource': 'arn:aws:states:::lambda:invoke'                     | These fields are required: [Arguments] at /States/First
          'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': 1     | Arguments must be an object or a JSONata expression at /States/First/Arguments
          'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {}    | These fields are required: [FunctionName] at /States/First/Arguments
          'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {'FunctionName': 'x', 'Qualifier': '1'} | Field 'Qualifier' is not supported at /States/First/Arguments/Qualifier
          'Resource': 'arn:aws:states:::lambda:invoke', 'Arguments': {'FunctionName': 'x', 'Payload': '{% $states.result %}'} | $states.result is only available in Assign and Output of a Task at /States/First/Arguments/Payload
          'Resource': 'arn:aws:states:::lambda:invoke.waitForTaskToken', 'Arguments': {'FunctionName': 'x', 'Payload': '$states.context.Task.Token'} | Nothing passes $states.context.Task.Token on, so no answer could ever come at /States/First/Arguments
          """)
  void refusesTasksThatCannotBeStarted(String task, String finding) {
    expect(
        definition("'First': {'Type': 'Task', " + task + ", 'End': true}"),
        "SCHEMA_VALIDATION_FAILED: " + finding);
  }

  @Test
  void refusesExpressionsThatDoNotParseNamingTheField() {
    assertThat(
            DefinitionCheck.findings(
                definition("'First': {'Type': 'Pass', 'Output': {'a': '{% 1 + %}'}, 'End': true}")))
        .singleElement()
        .satisfies(f -> assertThat(f.pointer()).isEqualTo("/States/First/Output/a"))
        .satisfies(
            f ->
                assertThat(f.message())
                    .startsWith("The JSONata expression '1 +' cannot be parsed"));
    for (var broken : new String[] {"", "(", "´", "a b", "$f(", "{´a´: }", "/", "[1"}) {
      assertThat(
              DefinitionCheck.findings(
                  definition(
                      "'First': {'Type': 'Pass', 'Output': '{% " + broken + " %}', 'End': true}")))
          .as(broken)
          .isNotEmpty();
    }
  }

  @Test
  void looksForFunctionsAndOperatorsInCodeOnly() {
    assertThat(
            DefinitionCheck.findings(
                definition(
                    "'First': {'Type': 'Pass', 'Output': '{% ´$eval $states.result ??´ & /* ?: */"
                        + " $match(´a´, /(?:a)/).match %}', 'End': true}")))
        .isEmpty();
  }

  @Test
  void refusesTargetsThatDoNotExist() {
    expect(
        definition(
                """
                'First': {'Type': 'Task', 'Resource': 'arn:aws:states:::lambda:invoke',
                  'Arguments': {'FunctionName': 'x'}, 'Next': 'A',
                  'Catch': [{'ErrorEquals': ['x'], 'Next': 'B'}]},
                'Choose': {'Type': 'Choice', 'Choices': [{'Condition': true, 'Next': 'C'}],
                  'Default': 'D'}
                """)
            .replace("\"StartAt\": \"First\"", "\"StartAt\": \"Zero\""),
        "MISSING_TRANSITION_TARGET: Missing target: there is no state \"Zero\" at /StartAt",
        "MISSING_TRANSITION_TARGET: Missing target: there is no state \"A\" at /States/First/Next",
        "MISSING_TRANSITION_TARGET: Missing target: there is no state \"B\" at /States/First/Catch/0/Next",
        "MISSING_TRANSITION_TARGET: Missing target: there is no state \"C\" at /States/Choose/Choices/0/Next",
        "MISSING_TRANSITION_TARGET: Missing target: there is no state \"D\" at /States/Choose/Default");
  }

  @Test
  void refusesStatesThatNothingLeadsTo() {
    expect(
        definition("'First': {'Type': 'Succeed'}, 'Alone': {'Type': 'Pass', 'Next': 'Alone'}"),
        "MISSING_TRANSITION_TARGET: State \"Alone\" is not reachable. at /States/Alone");
  }

  @Test
  void refusesAMachineThatNeverEnds() {
    expect(
        definition("'First': {'Type': 'Pass', 'Next': 'First'}"),
        "SCHEMA_VALIDATION_FAILED: No state ends the execution: one needs End, or the type Succeed"
            + " or Fail at /States");
  }

  @Test
  void refusesNamesThatAreTooLong() {
    var name = "x".repeat(81);
    expect(
        definition(
            "'First': {'Type': 'Pass', 'Next': '"
                + name
                + "'}, '"
                + name
                + "': {'Type': 'Succeed'}"),
        "SCHEMA_VALIDATION_FAILED: The name of a state has at most 80 characters at /States/"
            + name);
  }

  @Test
  void refusesTopLevelFieldsThatItDoesNotRun() {
    expect(
        definition("'First': {'Type': 'Succeed'}")
            .replaceFirst(
                "\\{", "{\"Version\": \"2\", \"TimeoutSeconds\": 0, \"Other\": 1, \"Comment\": 1,"),
        "SCHEMA_VALIDATION_FAILED: Field 'Other' is not supported at /Other",
        "SCHEMA_VALIDATION_FAILED: Version must be \"1.0\" at /Version",
        "SCHEMA_VALIDATION_FAILED: Comment must be a string at /Comment",
        "SCHEMA_VALIDATION_FAILED: TimeoutSeconds must be a whole number from 1 to 99999999 at"
            + " /TimeoutSeconds");
  }
}
