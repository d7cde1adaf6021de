package dev.daypass.fuzz;

import dev.daypass.access.TextsFuzz;
import dev.daypass.approval.StepFuzz;
import dev.daypass.audit.QuestionFuzz;
import dev.daypass.audit.RecordFuzz;
import dev.daypass.audit.StreamFuzz;
import dev.daypass.connector.scim.AnswersFuzz;
import dev.daypass.connector.scim.SecretFuzz;
import dev.daypass.local.cli.PeopleFuzz;
import dev.daypass.local.cli.RunbookFuzz;
import dev.daypass.local.cli.SystemFuzz;
import dev.daypass.local.gateway.DoorsFuzz;
import dev.daypass.request.DurationFuzz;
import dev.daypass.runbook.IdsFuzz;
import dev.daypass.runbook.PolicyFuzz;
import dev.daypass.signin.AttemptsFuzz;
import dev.daypass.signin.CodeFuzz;
import dev.daypass.signin.ProviderFuzz;
import dev.daypass.signin.TokenFuzz;
import dev.daypass.store.ImportFuzz;
import dev.daypass.store.NextFuzz;
import dev.daypass.store.StoredFuzz;
import dev.daypass.web.BrowserFuzz;
import dev.daypass.web.EventFuzz;
import dev.daypass.web.FormFuzz;
import dev.daypass.web.JsonFuzz;
import dev.daypass.web.UploadFuzz;
import java.util.List;
import java.util.Optional;

/** Every parser at the edge. */
public final class Targets {
  private static final String JACKSON = "com.fasterxml.jackson.core.json";
  private static final String YAML = "org.snakeyaml.engine";

  /** In the order in which they are run. */
  public static final List<Target> ALL =
      List.of(
          Target.of("doors", "whole calls of people and programs", DoorsFuzz.class, "gg.jte"),
          Target.of("form", "posted forms", FormFuzz.class),
          Target.of(
                  "upload",
                  "posted forms with a file",
                  UploadFuzz.class,
                  "org.apache.commons.fileupload2")
              .upTo(8_192),
          Target.of("json", "JSON bodies", JsonFuzz.class, JACKSON),
          Target.of("texts", "what people type", TextsFuzz.class).upTo(9_000),
          Target.of("ids", "ids, addresses, the words for people", IdsFuzz.class),
          Target.of("duration", "how long access is asked for", DurationFuzz.class),
          Target.of("question", "the query of the audit trail", QuestionFuzz.class),
          Target.of("record", "stored audit records", RecordFuzz.class),
          Target.of("policy", "published runbooks and systems", PolicyFuzz.class).upTo(8_192),
          Target.of("stored", "stored requests", StoredFuzz.class).upTo(8_192),
          Target.of("import", "stored imports of people", ImportFuzz.class).upTo(8_192),
          Target.of("stream", "records of the streams", StreamFuzz.class).upTo(8_192),
          Target.of("step", "payloads of the workflow", StepFuzz.class, JACKSON),
          Target.of("event", "events of the gateway, cookies", EventFuzz.class, JACKSON),
          Target.of(
              "token", "bearer tokens", TokenFuzz.class, "com.nimbusds.jose", "com.nimbusds.jwt"),
          Target.of("attempts", "cookies of sign-ins under way", AttemptsFuzz.class),
          Target.of(
              "provider",
              "what a sign-in service publishes",
              ProviderFuzz.class,
              "com.nimbusds.jose",
              "com.nimbusds.oauth2.sdk",
              "com.nimbusds.openid.connect.sdk"),
          Target.of(
              "code",
              "what a sign-in service answers to a code",
              CodeFuzz.class,
              "com.nimbusds.jwt",
              "com.nimbusds.oauth2.sdk",
              "com.nimbusds.openid.connect.sdk"),
          Target.of("browser", "language, zone and way back of a browser", BrowserFuzz.class),
          Target.of("next", "where a list goes on", NextFuzz.class),
          Target.of("answers", "what a target system answers", AnswersFuzz.class).upTo(8_192),
          Target.of("runbook", "YAML of runbooks", RunbookFuzz.class, YAML),
          Target.of("system", "YAML of systems", SystemFuzz.class, YAML),
          Target.of("people", "CSV of people", PeopleFuzz.class, "de.siegmar.fastcsv"),
          Target.of("secret", "the secret of a target system", SecretFuzz.class));

  private Targets() {}

  /** The target of this name. */
  public static Optional<Target> named(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }
}
