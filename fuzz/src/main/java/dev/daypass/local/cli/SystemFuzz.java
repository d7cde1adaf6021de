package dev.daypass.local.cli;

/** The YAML of a system, as {@code lint} and {@code publish} read it. */
public final class SystemFuzz {
  private static final LintFolder FOLDER = new LintFolder("systems/crm.yaml");

  private SystemFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    FOLDER.with(data);
  }
}
