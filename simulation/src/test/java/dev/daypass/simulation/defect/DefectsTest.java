package dev.daypass.simulation.defect;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.RequestId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each defect must be there to be found: a list that the code has left behind proves nothing. */
final class DefectsTest {
  private static final Path PROJECT = Path.of("..");

  @Test
  void eachReplacesWhatOccursExactlyOnce() {
    assertThatCode(() -> Defects.of(PROJECT)).doesNotThrowAnyException();
  }

  @Test
  void eachPromiseIsBrokenInSeveralWays() {
    var byPromise =
        Defects.of(PROJECT).all().stream().collect(groupingBy(Defect::promise, counting()));
    assertThat(byPromise).hasSize(8).allSatisfy((_, many) -> assertThat(many).isGreaterThan(3));
  }

  @Test
  void eachCompiles() throws IOException {
    // Two versions of one file cannot be compiled together; of different files they can.
    var rounds = new ArrayList<Map<String, String>>();
    var met = new HashMap<String, Integer>();
    for (var defect : Defects.of(PROJECT).all()) {
      if (defect.isInCode()) {
        int round = met.merge(defect.file(), 1, Integer::sum);
        if (round > rounds.size()) {
          rounds.add(new HashMap<>());
        }
        var text = Files.readString(PROJECT.resolve(defect.file()));
        rounds.get(round - 1).put(defect.source(), defect.appliedTo(text));
      }
    }
    for (var round : rounds) {
      assertThatCode(() -> Compilation.compile(round)).doesNotThrowAnyException();
    }
  }

  @Test
  void aChangedClassTakesThePlaceOfTheOriginalForAllThatNameIt() throws Exception {
    try (var code = DefectiveCode.of(PROJECT, defect("negative-bucket"))) {
      var changed = code.loader().loadClass("dev.daypass.store.StoredRequest");
      assertThat(buckets(changed)).anyMatch(bucket -> bucket.startsWith("due#-"));
      var original = Class.forName("dev.daypass.store.StoredRequest");
      assertThat(buckets(original)).noneMatch(bucket -> bucket.startsWith("due#-"));

      var app = code.loader().loadClass("dev.daypass.App");
      var template = code.loader().loadClass("dev.daypass.templates.html.page.JtedecideGenerated");
      assertThat(List.of(changed, app, template))
          .allMatch(each -> each.getClassLoader() == code.loader());
      assertThat(code.project()).isEqualTo(PROJECT);
    }
  }

  private static List<String> buckets(Class<?> storedRequest) throws ReflectiveOperationException {
    var bucket = storedRequest.getDeclaredMethod("bucket", String.class);
    bucket.setAccessible(true);
    var buckets = new ArrayList<String>();
    for (int i = 0; i < 20; i++) {
      buckets.add((String) bucket.invoke(null, RequestId.of("sara@example.com", "key " + i)));
    }
    return buckets;
  }

  @Test
  void classesInsideAChangedOneAreReplacedWithIt() throws Exception {
    try (var code = DefectiveCode.of(PROJECT, defect("long-reason-refused"))) {
      var revoke = code.loader().loadClass("dev.daypass.access.Command$Revoke");
      var act = code.loader().loadClass("dev.daypass.access.Act");
      assertThatThrownBy(
              () -> revoke.getConstructor(act, String.class).newInstance(null, "a".repeat(3_000)))
          .hasRootCauseInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void aDefectiveProgramIsBegunThroughATypeThatBothSidesShare() {
    try (var code = DefectiveCode.of(PROJECT, defect("one-try-only"))) {
      var app = code.make("dev.daypass.App", Object.class);
      assertThat(app.getClass().getClassLoader()).isSameAs(code.loader());
      assertThatThrownBy(() -> code.make("dev.daypass.App", Runnable.class))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("dev.daypass.App cannot be made as java.lang.Runnable");
    }
  }

  @Test
  void aDefectOfTheWorkflowIsInAFolderOfItsOwnAsLongAsItIsNeeded() throws IOException {
    var defect = defect("done-retries-like-the-others");
    Path folder;
    try (var code = DefectiveCode.of(PROJECT, defect)) {
      folder = code.project();
      assertThat(folder.resolve(defect.file()))
          .content()
          .isEqualTo(defect.appliedTo(Files.readString(PROJECT.resolve(defect.file()))));
      assertThat(folder.resolve("template.yaml"))
          .hasSameTextualContentAs(PROJECT.resolve("template.yaml"));
      assertThat(folder.resolve("runbooks/systems")).isNotEmptyDirectory();
    }
    assertThat(folder).doesNotExist();
  }

  @Test
  void aDefectThatDoesNotCompileIsNamed() {
    var defect =
        new Defect(
            "half-a-word",
            1,
            "To see that it is named.",
            "functions/src/main/java/dev/daypass/access/Closed.java",
            "public final class Closed {",
            "public final clas Closed {");
    assertThatThrownBy(() -> DefectiveCode.of(PROJECT, defect))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the defect half-a-word cannot be made: does not compile")
        .hasMessageContaining("Closed.java");
  }

  @Test
  void whatHasChangedUnderADefectIsSaidWithItsNameAndFile() {
    var defect = new Defect("a-name", 1, "Why.", "template.yaml", "aa", "b");
    assertThatThrownBy(() -> defect.appliedTo("other text"))
        .hasMessageStartingWith("a-name: template.yaml has changed")
        .hasMessageContaining("is not there");
    assertThatThrownBy(() -> defect.appliedTo("xaaa"))
        .hasMessageContaining("is there more than once");
    assertThat(defect.appliedTo("xaay")).isEqualTo("xby");
  }

  @Test
  void aListOfOtherThingsIsRefused() {
    assertThatThrownBy(() -> Defects.parse("name: x")).hasMessage("not a list");
    assertThatThrownBy(() -> Defects.parse("- {name: x}"))
        .hasMessageStartingWith("a defect has exactly");
    assertThatThrownBy(
            () ->
                Defects.parse(
                    "- {name: x, promise: 9, why: w, file: template.yaml, find: a, replace: b}"))
        .hasMessage("x: there is no promise 9");
    assertThatThrownBy(
            () -> new Defect("x", 1, "Why.", "functions/src/main/java/../A.java", "a", "b"))
        .hasMessageStartingWith("x: is not in the project");
  }

  private static Defect defect(String name) {
    return Defects.of(PROJECT).find(name).orElseThrow();
  }
}
