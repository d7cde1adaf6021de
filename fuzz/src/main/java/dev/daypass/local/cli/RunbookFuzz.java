package dev.daypass.local.cli;

/** The YAML of a runbook, as {@code lint} and {@code publish} read it. */
public final class RunbookFuzz {
  private static final LintFolder FOLDER = new LintFolder("crm-customer-record.yaml");

  private RunbookFuzz() {}

  public static void fuzzerTestOneInput(byte[] data) {
    FOLDER.with(data);
  }
}
