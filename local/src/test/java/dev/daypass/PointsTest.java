package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table of {@code docs/approvals.md}: each of its points is proven by the tests it names. */
class PointsTest {
  private static final Path PROJECT = Path.of("..");
  private static final Path FILE = PROJECT.resolve("docs/approvals.md");
  private static final Path ACTUAL = Path.of("target", "approvals.md");

  /** The three cells of a line, but not of the head. */
  private static final Pattern LINE = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|.*\\|$");

  @Test
  void namesForEachPointTheTestsThatProveIt() throws IOException {
    var proofs = proofs();
    var page = Files.readString(FILE);
    var points = LINE.matcher(page).results().map(line -> line.group(1)).toList();
    assertThat(points).doesNotHaveDuplicates();
    assertThat(proofs.keySet()).as("points with a test").isEqualTo(Set.copyOf(points));

    var actual =
        LINE.matcher(page)
            .replaceAll(
                line ->
                    "| `%s` | %s | %s |"
                        .formatted(
                            line.group(1),
                            line.group(2),
                            String.join(", ", Objects.requireNonNull(proofs.get(line.group(1))))));
    Files.writeString(ACTUAL, actual);
    assertThat(page).as("the page as it would be is in local/" + ACTUAL).isEqualTo(actual);
  }

  /** By the tag of each test, what it is called. The sources are read, so nothing need be built. */
  private static Map<String, Set<String>> proofs() throws IOException {
    var proofs = new TreeMap<String, Set<String>>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    try (var files = compiler.getStandardFileManager(null, null, null)) {
      var sources = files.getJavaFileObjectsFromPaths(tests());
      var task = (JavacTask) compiler.getTask(null, files, null, null, null, sources);
      for (var unit : task.parse()) {
        unit.accept(new Tagged(proofs), null);
      }
    }
    return proofs;
  }

  private static List<Path> tests() throws IOException {
    try (var modules = Files.list(PROJECT)) {
      var folders =
          modules
              .map(module -> module.resolve("src/test/java"))
              .filter(Files::isDirectory)
              .collect(Collectors.toList());
      assertThat(folders).hasSizeGreaterThanOrEqualTo(4);
      var tests = new TreeSet<Path>();
      for (var folder : folders) {
        try (var all = Files.walk(folder)) {
          all.filter(file -> file.toString().endsWith("Test.java")).forEach(tests::add);
        }
      }
      return List.copyOf(tests);
    }
  }

  private static final class Tagged extends TreeScanner<@Nullable Void, @Nullable String> {
    private final Map<String, Set<String>> proofs;

    Tagged(Map<String, Set<String>> proofs) {
      this.proofs = proofs;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable String outer) {
      return super.visitClass(
          type,
          outer == null ? type.getSimpleName().toString() : outer + "." + type.getSimpleName());
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable String type) {
      for (var annotation : method.getModifiers().getAnnotations()) {
        if (annotation.getAnnotationType().toString().equals("Tag")) {
          proofs
              .computeIfAbsent(point(annotation), _ -> new TreeSet<>())
              .add("`%s.%s`".formatted(type, method.getName()));
        }
      }
      return null;
    }

    private static String point(AnnotationTree annotation) {
      var value = annotation.getArguments().getFirst();
      var literal = value instanceof AssignmentTree named ? named.getExpression() : value;
      return ((LiteralTree) literal).getValue().toString();
    }
  }
}
