package dev.daypass.local.cli;

/** The YAML of a system, as {@code lint} and {@code publish} read it. */
public final class SystemFuzz {
  private static final LintFolder FOLDER = new LintFolder("systems/crm.yaml");

  private static final SchemaCheck SCHEMA = SchemaCheck.named("system.schema.json");

  private SystemFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) {
    FOLDER.withPolicy(data, SCHEMA);
  }
}
