package dev.daypass.simulation.defect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The product with one defect in it: a class loader and a project's folder, of which one is
 * changed.
 *
 * <p>The loader has a copy of its own of every class of {@code dev.daypass}, the simulation's too.
 * So the simulation is begun inside of it: through {@link #make}, with types that both sides share.
 * What runs outside and hands one of its own objects in, an {@code App} for example, fails with a
 * {@link ClassCastException} or {@link NoSuchMethodException}.
 */
public final class DefectiveCode implements AutoCloseable {
  private final ClassLoader loader;
  private final Path project;
  private final @Nullable ProjectCopy copy;

  private DefectiveCode(ClassLoader loader, Path project, @Nullable ProjectCopy copy) {
    this.loader = loader;
    this.project = project;
    this.copy = copy;
  }

  /**
   * Makes a defect.
   *
   * @param project the folder with {@code template.yaml} and {@code functions/}; not changed
   * @throws IllegalArgumentException if the defect cannot be applied or does not compile; names it
   * @throws IllegalStateException if this Java has no compiler
   */
  public static DefectiveCode of(Path project, Defect defect) {
    var original = DefectiveCode.class.getClassLoader();
    if (defect.isInCode()) {
      return new DefectiveCode(
          new DefectiveLoader(compiled(project, defect), original), project, null);
    }
    var copy = ProjectCopy.of(project, defect);
    return new DefectiveCode(new DefectiveLoader(Map.of(), original), copy.folder(), copy);
  }

  /**
   * The program as it is, with its conditions marked.
   *
   * @param conditions read from this project
   */
  public static DefectiveCode marked(Path project, WrittenConditions conditions) {
    var changed = Compilation.compile(conditions.marked(project));
    return new DefectiveCode(
        new DefectiveLoader(changed, DefectiveCode.class.getClassLoader()), project, null);
  }

  private static Map<String, byte[]> compiled(Path project, Defect defect) {
    try {
      var text = Files.readString(project.resolve(defect.file()));
      return Compilation.compile(Map.of(defect.source(), defect.appliedTo(text)));
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + defect.file(), unreadable);
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "the defect " + defect.name() + " cannot be made: " + wrong.getMessage(), wrong);
    }
  }

  /** Loads the whole program with the defect in it. */
  public ClassLoader loader() {
    return loader;
  }

  /** The folder with {@code template.yaml}, {@code statemachine/} and {@code runbooks/}. */
  public Path project() {
    return project;
  }

  /**
   * Makes an object of the defective program.
   *
   * @param className a public class with a public constructor without parameters
   * @param shared a type that is not of {@code dev.daypass}: {@link java.util.function.Function}
   * @throws IllegalArgumentException if there is no such class or it is not of that type
   */
  public <T> T make(String className, Class<T> shared) {
    try {
      return loader.loadClass(className).asSubclass(shared).getConstructor().newInstance();
    } catch (ReflectiveOperationException | ClassCastException cannot) {
      throw new IllegalArgumentException(
          className + " cannot be made as " + shared.getName(), cannot);
    }
  }

  /** Deletes the folder, if one was made. */
  @Override
  public void close() {
    if (copy != null) {
      copy.close();
    }
  }
}
