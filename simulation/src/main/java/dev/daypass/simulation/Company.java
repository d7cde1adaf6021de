package dev.daypass.simulation;

import dev.daypass.local.LocalCloud;
import dev.daypass.local.LocalDaypass;
import dev.daypass.local.cli.PeopleImport;
import dev.daypass.local.cli.PolicyFiles;
import dev.daypass.local.cli.Publisher;
import dev.daypass.local.identity.LocalProvider;
import dev.daypass.local.identity.TokenIssuer;
import dev.daypass.local.template.Place;
import dev.daypass.local.template.Template;
import dev.daypass.local.template.TemplateFile;
import dev.daypass.runbook.Person;
import dev.daypass.store.People;
import dev.daypass.store.Policies;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * What is the same in many runs: the stack as {@code template.yaml} has it, the sample people, the
 * published runbooks, and the issuer of tokens.
 *
 * @param template resolved for the simulation
 * @param policies the runbooks and systems
 * @param database as it is before anything happens; each run has a copy
 */
record Company(Template template, PolicyFiles policies, Database database) {
  /** When every run begins: a Monday, nine in the morning in London. */
  static final Instant MONDAY = Instant.parse("2026-11-23T09:00:00Z");

  /** Where people reach the simulated application. */
  static final String PUBLIC_URL = "http://127.0.0.1";

  private static final String PUBLISHER = "ruth.adeyemi@example.com";
  private static final TokenIssuer ISSUER = new TokenIssuer(PUBLIC_URL + "/issuer", () -> MONDAY);

  /**
   * The company of this project.
   *
   * @param project the folder with {@code template.yaml} and {@code runbooks/}
   */
  static Company of(Path project) {
    var files = PolicyFiles.load(project.resolve("runbooks"));
    if (!files.isPublishable()) {
      throw new IllegalArgumentException("runbooks/ has errors: " + files.findings());
    }
    return of(project, files);
  }

  /** The company with other runbooks and people. */
  static Company of(Path project, PolicyFiles files) {
    var template =
        TemplateFile.read(project.resolve("template.yaml"))
            .resolve(
                Map.of(
                    "PublicUrl",
                    PUBLIC_URL,
                    "Issuer",
                    ISSUER.issuer(),
                    "ClientId",
                    LocalProvider.CLIENT,
                    "ClientSecretName",
                    LocalCloud.CLIENT_SECRET_NAME),
                Place.LOCAL);
    var database = Database.of(template.tables().values());
    PeopleImport.load(
        files.people(), new People(database.client(), template.table("PeopleTable").name()));
    new Publisher(
            new Policies(database.client(), template.table("PoliciesTable").name()), () -> MONDAY)
        .publish(files, PUBLISHER);
    return new Company(template, files, database);
  }

  /** Somebody of the people file. */
  Person person(String email) {
    return policies.people().stream()
        .filter(person -> person.email().equals(email))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("nobody is called " + email));
  }

  /** The issuer that all runs trust; its key is made once. */
  static TokenIssuer tokens() {
    return ISSUER;
  }

  /** The provider of a run, by that run's clock, with these people. */
  LocalProvider provider(InstantSource clock) {
    return new LocalProvider(
        ISSUER.by(clock),
        clock,
        () -> policies.people().stream().map(LocalDaypass::sample).toList(),
        PUBLIC_URL + "/sign-in/callback");
  }
}
