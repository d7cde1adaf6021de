package dev.daypass.simulation.defect;

import com.sun.source.util.JavacTask;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles changed sources in memory against the class path of this JVM, without any checker. */
final class Compilation {
  private Compilation() {}

  /**
   * Compiles sources.
   *
   * @param sources text by file below the source folder: {@code dev/daypass/App.java}
   * @return all classes that come out, by binary name: {@code dev.daypass.App$1}
   * @throws IllegalArgumentException if they do not compile, with what the compiler says
   * @throws IllegalStateException if this Java has no compiler
   */
  static Map<String, byte[]> compile(Map<String, String> sources) {
    var compiler = compiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    try (var standard =
            compiler.getStandardFileManager(diagnostics, Locale.ENGLISH, StandardCharsets.UTF_8);
        var memory = new Memory(standard)) {
      var files = new ArrayList<JavaFileObject>();
      sources.forEach((file, text) -> files.add(new Source(file, text)));
      var options =
          List.of(
              "-proc:none",
              "-parameters",
              "-implicit:none",
              "-Xlint:none",
              "-nowarn",
              "-classpath",
              System.getProperty("java.class.path"));
      if (!compiler.getTask(null, memory, diagnostics, options, null, files).call()) {
        throw new IllegalArgumentException("does not compile:\n" + errors(diagnostics));
      }
      return memory.classes();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Reads sources without compiling them. */
  static JavacTask task(Map<String, String> sources) {
    var files = new ArrayList<JavaFileObject>();
    sources.forEach((file, text) -> files.add(new Source(file, text)));
    return (JavacTask) compiler().getTask(null, null, null, List.of("-proc:none"), null, files);
  }

  private static JavaCompiler compiler() {
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException("this Java has no compiler; please run with a JDK");
    }
    return compiler;
  }

  private static String errors(DiagnosticCollector<JavaFileObject> diagnostics) {
    return diagnostics.getDiagnostics().stream()
        .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
        .map(Diagnostic::toString)
        .collect(Collectors.joining("\n"));
  }

  private static URI uri(String path) {
    return URI.create("memory:///" + path);
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String file, String text) {
      super(uri(file), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name) {
      super(uri(name.replace('.', '/') + Kind.CLASS.extension), Kind.CLASS);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }
  }

  /** Reads classes from where they are and keeps what is written. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, Output> written = new LinkedHashMap<>();

    Memory(StandardJavaFileManager standard) {
      super(standard);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String name,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return written.computeIfAbsent(name, Output::new);
    }

    Map<String, byte[]> classes() {
      return written.entrySet().stream()
          .collect(
              Collectors.toUnmodifiableMap(
                  Map.Entry::getKey, each -> each.getValue().bytes.toByteArray()));
    }
  }
}
