package dev.daypass.fuzz;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

/**
 * A parser, and what holds of it whatever it is given.
 *
 * @param name as in {@code --target}, and of the folder of its corpus
 * @param what is read, in a few words
 * @param type has a static {@code fuzzerTestOneInput(byte[])}, which throws if something does not
 *     hold
 * @param libraries packages besides our own whose branches guide the fuzzer
 * @param longest the most bytes of an input
 */
public record Target(String name, String what, Class<?> type, List<String> libraries, int longest) {
  private static final int USUAL = 4_096;

  static Target of(String name, String what, Class<?> type, String... libraries) {
    return new Target(name, what, type, List.of(libraries), USUAL);
  }

  /** The same with longer inputs. */
  Target upTo(int bytes) {
    return new Target(name, what, type, libraries, bytes);
  }

  /** What takes long at first, as the fuzzer does it too before it takes the time of an input. */
  public void prepare() throws Throwable {
    for (var method : type.getMethods()) {
      if (method.getName().equals("fuzzerInitialize")) {
        call(method);
      }
    }
  }

  /**
   * Gives it one input.
   *
   * @throws Throwable a finding
   */
  public void run(byte[] data) throws Throwable {
    call(type.getMethod("fuzzerTestOneInput", byte[].class), (Object) data);
  }

  private static void call(Method method, Object... arguments) throws Throwable {
    try {
      method.invoke(null, arguments);
    } catch (InvocationTargetException threw) {
      throw threw.getCause();
    }
  }
}
