package dev.daypass.simulation.defect;

import java.io.IOException;
import java.util.Map;

/**
 * The whole program once more, with some classes changed. All of {@code dev.daypass} is loaded anew
 * from where it is, since a class belongs together with those that it names: so a changed class
 * meets no unchanged one of the other copy. Libraries are shared, and so are all types through
 * which the two copies can talk: those of {@code java} and of libraries.
 *
 * <p>Pages and mails are classes too, made from templates by the build in {@code
 * dev.daypass.templates}: they are loaded here, unchanged, and see the changed classes.
 */
final class DefectiveLoader extends ClassLoader {
  private static final String OURS = "dev.daypass.";

  static {
    registerAsParallelCapable();
  }

  private final Map<String, byte[]> changed;

  /**
   * @param changed code by the class's binary name
   * @param original finds all other code, and loads what is shared
   */
  DefectiveLoader(Map<String, byte[]> changed, ClassLoader original) {
    super("defective", original);
    this.changed = Map.copyOf(changed);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    var code = changed.get(name);
    if (code == null) {
      code = original(name);
    }
    return defineClass(name, code, 0, code.length);
  }

  private byte[] original(String name) throws ClassNotFoundException {
    try (var stream = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (stream == null) {
        throw new ClassNotFoundException(name);
      }
      return stream.readAllBytes();
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name, unreadable);
    }
  }
}
