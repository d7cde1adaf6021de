package dev.daypass.local.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateFileTest {
  private static final Path NOTES = Path.of("src/test/resources/notes/template.yaml");

  @TempDir Path folder;

  @Test
  void functionsGetWhatIsGlobalAndWhatIsTheirOwn() {
    var seen = notes().function("SeenFunction");

    assertThat(seen.name()).isEqualTo("daypass-SeenFunction");
    assertThat(seen.handler()).isEqualTo("dev.daypass.local.notes.SeenHandler");
    assertThat(seen.timeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(seen.memory()).isEqualTo(512);
    assertThat(seen.environment())
        .containsEntry("NOTES_TABLE", "daypass-NotesTable")
        .containsEntry("SEEN_TABLE", "seen-notes")
        .containsEntry("PUBLIC_URL", "http://127.0.0.1:1")
        .containsEntry(
            "MACHINE", "arn:aws:states:eu-central-1:000000000000:stateMachine:daypass-Machine")
        .containsEntry("GREETING", "eu-central-1-b")
        .doesNotContainKey("ABSENT");
  }

  @Test
  void aTableIsWhatCreateTableNeedsAndNoMore() {
    var table = notes().table("NotesTable");

    assertThat(table.expiry()).isEqualTo("expires");
    assertThat(table.definition().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder(
            "TableName",
            "AttributeDefinitions",
            "KeySchema",
            "BillingMode",
            "GlobalSecondaryIndexes",
            "StreamSpecification");
    assertThat(
            table
                .definition()
                .at("/GlobalSecondaryIndexes/0/Projection/NonKeyAttributes/0")
                .asText())
        .isEqualTo("text");
    assertThat(table.definition().at("/StreamSpecification/StreamEnabled").asBoolean()).isTrue();
  }

  @Test
  void aStreamMappingNamesItsTableItsFunctionAndItsQueue() {
    var mapping = notes().streams().getFirst();

    assertThat(mapping.table()).isEqualTo("daypass-NotesTable");
    assertThat(mapping.function()).isEqualTo("daypass-SeenFunction");
    assertThat(mapping.batchSize()).isEqualTo(10);
    assertThat(mapping.fromTheStart()).isTrue();
    assertThat(mapping.reportsFailures()).isTrue();
    assertThat(mapping.bisects()).isTrue();
    assertThat(mapping.mostRetries()).isEqualTo(2);
    assertThat(mapping.onFailure()).isEqualTo("arn:aws:sqs:eu-central-1:000000000000:daypass-Lost");
  }

  @Test
  void theDefinitionOfAStateMachineHasItsSubstitutions() {
    var machine = notes().stateMachine("Machine");

    assertThat(machine.definition())
        .contains("arn:aws:lambda:eu-central-1:000000000000:function:daypass-NotesFunction\"")
        .contains("arn:aws:lambda:eu-central-1:000000000000:function:daypass-NotesFunction:live")
        .doesNotContain("${");
  }

  @Test
  void routesSchedulesQueuesAndOutputsAreRead() {
    var notes = notes();

    assertThat(notes.routes())
        .contains(new Route("POST", "/notes", "daypass-NotesFunction:live"))
        .contains(new Route("ANY", "/echo/{proxy+}", "daypass-NotesFunction:live"));
    assertThat(notes.schedules())
        .extracting(ScheduleResource::name)
        .containsExactly("daypass-TickFunctionTick", "daypass-hourly");
    assertThat(notes.queues())
        .containsExactly("arn:aws:sqs:eu-central-1:000000000000:daypass-Lost");
    assertThat(notes.output("Url")).isEqualTo("http://127.0.0.1:1");
    assertThat(notes.inert()).containsEntry("LostAlarm", "AWS::CloudWatch::Alarm");
    assertThat(notes.tables()).doesNotContainKey("LiveOnlyTable");
  }

  @Test
  void whatDoesNotResolveIsNamedWithItsLine() throws IOException {
    var file =
        write(
            """
            Transform: AWS::Serverless-2016-10-31
            Parameters:
              Wanted: {Type: String}
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                DependsOn: Gone
                Properties:
                  QueueName: !Sub "${Nowhere}-q"
              Table:
                Type: AWS::DynamoDB::Table
                Properties:
                  TableName: !GetAtt Queue.Colour
                  KeySchema: !Shuffle [a]
              Other:
                Type: AWS::Invented::Thing
                Properties:
                  Name: !ImportValue elsewhere
            Outputs:
              Stream:
                Value: !GetAtt Table.StreamArn
              Hidden:
                Value: !If [Missing, !Ref Absent, x]
            """);

    assertThatThrownBy(() -> TemplateFile.read(file).resolve(Map.of(), Place.LOCAL))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("template.yaml:3: the parameter 'Wanted' has no default and no value")
        .hasMessageContaining("template.yaml:7: 'Queue' depends on something that is not there")
        .hasMessageContaining("template.yaml:9: 'Nowhere' is no parameter and no resource")
        .hasMessageContaining(
            "template.yaml:13: 'Queue' (AWS::SQS::Queue) has no attribute 'Colour'")
        .hasMessageContaining("template.yaml:14: the intrinsic function 'Shuffle' is unknown")
        .hasMessageContaining("template.yaml:16: 'Other' is of type AWS::Invented::Thing")
        .hasMessageContaining("template.yaml:18: ImportValue is not possible here")
        .hasMessageContaining("template.yaml:21: 'Table' (AWS::DynamoDB::Table) has no attribute")
        .hasMessageContaining("template.yaml:23: there is no condition 'Missing'")
        .hasMessageContaining("template.yaml:23: 'Absent' is no parameter and no resource");
  }

  @Test
  void aReferenceToWhatItsConditionLeavesOutIsRefused() throws IOException {
    var file =
        write(
            """
            Conditions:
              Never: !Equals [a, b]
            Resources:
              Queue:
                Type: AWS::SQS::Queue
                Condition: Never
            Outputs:
              Arn:
                Value: !GetAtt Queue.Arn
            """);

    assertThat(TemplateFile.read(file).check(Map.of(), Place.LOCAL))
        .containsExactly(
            new Finding(9, "'Queue' does not exist here: its condition Never is false"));
  }

  @Test
  void whatWouldChangeTheRunAndIsNotCarriedOutIsRefused() throws IOException {
    var file =
        write(
            """
            Resources:
              Api:
                Type: AWS::Serverless::HttpApi
                Properties:
                  CorsConfiguration: true
              Fun:
                Type: AWS::Serverless::Function
                Properties:
                  Runtime: python3.14
                  Handler: a.B
                  Events:
                    Mail: {Type: SQS, Properties: {Queue: x}}
            """);

    assertThat(TemplateFile.read(file).check(Map.of(), Place.LOCAL))
        .extracting(Finding::toString)
        .hasSize(3)
        .anyMatch(finding -> finding.contains("CorsConfiguration"))
        .anyMatch(finding -> finding.contains("python3.14"))
        .anyMatch(finding -> finding.contains("event of type SQS"));
  }

  @Test
  void brokenYamlAndDoubleKeysAreNamedWithTheirLine() throws IOException {
    assertThat(TemplateFile.read(write("a: [1")).check(Map.of(), Place.LOCAL))
        .anyMatch(finding -> finding.message().startsWith("not YAML"));
    assertThat(
            TemplateFile.read(write("Resources:\n  A: {Type: AWS::SQS::Queue}\n  A: {}\n"))
                .check(Map.of(), Place.LOCAL))
        .contains(new Finding(3, "'A' is here twice"));
  }

  @Test
  void parametersAreChecked() {
    assertThat(TemplateFile.read(NOTES).check(Map.of("Stage", "moon", "Unheard", "x"), Place.LOCAL))
        .extracting(Finding::message)
        .contains(
            "'moon' is not an allowed value of 'Stage'",
            "the template declares no parameter 'Unheard'");
  }

  private static Template notes() {
    return TemplateFile.read(NOTES).resolve(Map.of("PublicUrl", "http://127.0.0.1:1"), Place.LOCAL);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(folder.resolve("template.yaml"), yaml);
  }
}
