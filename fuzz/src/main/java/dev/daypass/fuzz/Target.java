package dev.daypass.fuzz;

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

  /**
   * Gives it one input.
   *
   * @throws Throwable a finding
   */
  public void run(byte[] data) throws Throwable {
    try {
      type.getMethod("fuzzerTestOneInput", byte[].class).invoke(null, (Object) data);
    } catch (java.lang.reflect.InvocationTargetException threw) {
      throw threw.getCause();
    }
  }
}
