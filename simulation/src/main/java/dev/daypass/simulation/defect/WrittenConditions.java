package dev.daypass.simulation.defect;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every condition expression in the functions' code, as the compiler sees it: each text in a call
 * of {@code conditionExpression}, and each place that hands one on to another kind of write. A
 * condition that is given in any other way is not overlooked but refused, so the list is complete.
 *
 * @param all in the order of files and lines
 */
public record WrittenConditions(List<Written> all) {
  private static final Path SOURCES = Path.of("functions", "src", "main", "java");
  private static final String CALL = "conditionExpression";

  /**
   * One condition.
   *
   * @param name class and method, numbered where a method has several: {@code Grants.lock}
   * @param expression as it is written, or the code that hands it on from another write
   * @param source the file below the source folder
   * @param end where the closing quote is, or the end of the code
   * @param isHandedOn whether it is code
   */
  public record Written(
      String name, String expression, String source, int end, boolean isHandedOn) {
    /** So many blanks at the end of the condition. */
    private String mark(int blanks) {
      var mark = " ".repeat(blanks);
      return isHandedOn ? ".strip() + \"" + mark + "\"" : mark;
    }
  }

  public WrittenConditions {
    all = List.copyOf(all);
  }

  /**
   * Reads the functions' code.
   *
   * @throws IllegalStateException if a condition is given in another way than as a text
   */
  public static WrittenConditions of(Path project) {
    var all = new ArrayList<Written>();
    try (var files = Files.walk(project.resolve(SOURCES))) {
      for (var file : files.filter(each -> each.toString().endsWith(".java")).sorted().toList()) {
        var text = Files.readString(file);
        if (text.contains(CALL + "(")) {
          var source = project.resolve(SOURCES).relativize(file).toString().replace('\\', '/');
          all.addAll(in(source, text));
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return new WrittenConditions(all);
  }

  /** Those in one file. */
  static List<Written> in(String source, String text) {
    var task = Compilation.task(Map.of(source, text));
    try {
      var found = new ArrayList<Written>();
      for (var unit : task.parse()) {
        new Scanner(task, unit, source, found).scan(unit, null);
      }
      return found;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /**
   * The code with the conditions marked: the first has one blank at its end, the second two, and so
   * on. Whoever sees a condition on its way to the database knows by that which one it is; the
   * database does not mind.
   *
   * @return the changed files by their place below the source folder
   */
  Map<String, String> marked(Path project) {
    var texts = new LinkedHashMap<String, StringBuilder>();
    // From the last to the first, so that places stay where they are.
    for (int i = all.size() - 1; i >= 0; i--) {
      var written = all.get(i);
      var text =
          texts.computeIfAbsent(
              written.source(),
              source -> {
                try {
                  return new StringBuilder(
                      Files.readString(project.resolve(SOURCES).resolve(source)));
                } catch (IOException unreadable) {
                  throw new UncheckedIOException(unreadable);
                }
              });
      text.insert(written.end(), written.mark(i + 1));
    }
    var marked = new LinkedHashMap<String, String>();
    texts.forEach((source, text) -> marked.put(source, text.toString()));
    return marked;
  }

  private static final class Scanner extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final String source;
    private final List<Written> found;

    Scanner(JavacTask task, CompilationUnitTree unit, String source, List<Written> found) {
      this.unit = unit;
      this.positions = Trees.instance(task).getSourcePositions();
      this.source = source;
      this.found = found;
    }

    @Override
    public @Nullable Void visitMethodInvocation(MethodInvocationTree call, @Nullable Void nothing) {
      if (!call.getArguments().isEmpty() && isCondition(call)) {
        condition(call.getArguments().getFirst());
      }
      return super.visitMethodInvocation(call, null);
    }

    private static boolean isCondition(ExpressionTree tree) {
      return tree instanceof MethodInvocationTree call
          && call.getMethodSelect() instanceof MemberSelectTree select
          && select.getIdentifier().contentEquals(CALL);
    }

    private void condition(ExpressionTree argument) {
      if (isCondition(argument)) {
        add(argument.toString(), end(argument), true);
        return;
      }
      int before = found.size();
      new TreePathScanner<@Nullable Void, @Nullable Void>() {
        @Override
        public @Nullable Void visitLiteral(LiteralTree literal, @Nullable Void nothing) {
          if (literal.getValue() instanceof String text
              && end(literal) - positions.getStartPosition(unit, literal) == text.length() + 2) {
            add(text, end(literal) - 1, false);
          }
          return null;
        }
      }.scan(new TreePath(getCurrentPath(), argument), null);
      if (found.size() == before) {
        throw new IllegalStateException(
            "%s: this condition is not a plain text, so it could be forgotten unseen: %s"
                .formatted(source, argument));
      }
    }

    private int end(ExpressionTree tree) {
      return (int) positions.getEndPosition(unit, tree);
    }

    private void add(String text, int end, boolean isHandedOn) {
      var type = source.substring(source.lastIndexOf('/') + 1, source.length() - ".java".length());
      var name = type + "." + method();
      long same =
          found.stream()
              .filter(each -> each.name().equals(name) || each.name().startsWith(name + "#"))
              .count();
      found.add(
          new Written(same == 0 ? name : name + "#" + (same + 1), text, source, end, isHandedOn));
    }

    private String method() {
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof MethodTree method) {
          return method.getName().toString();
        }
      }
      return "";
    }
  }
}
