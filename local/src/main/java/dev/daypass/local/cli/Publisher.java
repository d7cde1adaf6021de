package dev.daypass.local.cli;

import dev.daypass.runbook.PolicyJson;
import dev.daypass.runbook.Runbook;
import dev.daypass.runbook.TargetSystem;
import dev.daypass.store.Policies;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Makes the policies of a directory the ones that hold. */
public final class Publisher {
  /** Somebody else published between reading and writing; nothing has been changed. */
  public static final class PublishedMeanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PublishedMeanwhile() {
      super(
          "Somebody else published at the same moment, so nothing was changed. Look at what they"
              + " changed, then publish again.");
    }
  }

  /** A policy in the form in which it is stored. */
  private record Text(Policies.Kind kind, String id, String json) {
    String hash() {
      try {
        return HexFormat.of()
            .formatHex(
                MessageDigest.getInstance("SHA-256").digest(json.getBytes(StandardCharsets.UTF_8)));
      } catch (NoSuchAlgorithmException impossible) {
        throw new IllegalStateException("every Java has SHA-256", impossible);
      }
    }
  }

  private final Policies policies;
  private final InstantSource clock;
  private final Predicate<String> known;

  /** Where whoever published before is not doubted. */
  public Publisher(Policies policies, InstantSource clock) {
    this(policies, clock, anybody -> true);
  }

  /**
   * As above.
   *
   * @param known whether there is such a person. Whose version it is decides what the version
   *     allows, so one that was published by nobody is published again.
   */
  public Publisher(Policies policies, InstantSource clock, Predicate<String> known) {
    this.policies = policies;
    this.clock = clock;
    this.known = known;
  }

  /** What a publication would change; changes nothing. */
  public Publication preview(PolicyFiles files) {
    var held = policies.contents();
    var changes = new ArrayList<Publication.Change>();
    for (var text : texts(files)) {
      changes.add(change(held, text));
    }
    changes.addAll(withdrawn(held, files));
    return new Publication(changes, held.revision());
  }

  /**
   * Stores what is new or changed as new versions and lets exactly the given policies hold.
   *
   * @param publisher who does it: kept with every version
   * @throws IllegalArgumentException if the files have errors
   * @throws PublishedMeanwhile if somebody else was faster
   */
  public Publication publish(PolicyFiles files, String publisher) {
    if (!files.isPublishable()) {
      throw new IllegalArgumentException("these files have errors: " + files.findings());
    }
    var held = policies.contents();
    var at = clock.instant();
    var changes = new ArrayList<Publication.Change>();
    var runbooks = new TreeMap<String, Integer>();
    var systems = new TreeMap<String, Integer>();
    for (var text : texts(files)) {
      var change = change(held, text);
      if (change.what() != Publication.What.UNCHANGED) {
        int version =
            policies.store(text.kind(), text.id(), text.hash(), text.json(), publisher, at);
        change = new Publication.Change(change.kind(), change.id(), change.what(), version);
      }
      changes.add(change);
      switch (text.kind()) {
        case RUNBOOK -> runbooks.put(text.id(), change.version());
        case SYSTEM -> systems.put(text.id(), change.version());
      }
    }
    changes.addAll(withdrawn(held, files));
    var publication = new Publication(changes, held.revision());
    if (!publication.changesSomething()) {
      return publication;
    }
    var next = new Policies.Contents(held.revision() + 1, runbooks, systems);
    if (!policies.hold(next, publisher, at)) {
      throw new PublishedMeanwhile();
    }
    return new Publication(changes, next.revision());
  }

  /** The change with the version that holds, or, for one still to be stored, the one after. */
  private Publication.Change change(Policies.Contents held, Text text) {
    var version = versions(held, text.kind()).get(text.id());
    if (version == null) {
      return new Publication.Change(text.kind(), text.id(), Publication.What.NEW, 1);
    }
    var same =
        policies
            .stored(text.kind(), text.id(), version)
            .filter(stored -> stored.hash().equals(text.hash()) && known.test(stored.publisher()))
            .isPresent();
    return same
        ? new Publication.Change(text.kind(), text.id(), Publication.What.UNCHANGED, version)
        : new Publication.Change(text.kind(), text.id(), Publication.What.CHANGED, version + 1);
  }

  private static List<Publication.Change> withdrawn(Policies.Contents held, PolicyFiles files) {
    return Stream.of(Policies.Kind.SYSTEM, Policies.Kind.RUNBOOK)
        .flatMap(
            kind ->
                new TreeMap<>(versions(held, kind))
                    .entrySet().stream()
                        .filter(entry -> !ids(files, kind).contains(entry.getKey()))
                        .map(
                            entry ->
                                new Publication.Change(
                                    kind,
                                    entry.getKey(),
                                    Publication.What.WITHDRAWN,
                                    entry.getValue())))
        .toList();
  }

  private static Map<String, Integer> versions(Policies.Contents contents, Policies.Kind kind) {
    return switch (kind) {
      case RUNBOOK -> contents.runbooks();
      case SYSTEM -> contents.systems();
    };
  }

  private static List<String> ids(PolicyFiles files, Policies.Kind kind) {
    return switch (kind) {
      case RUNBOOK -> files.runbooks().stream().map(Runbook::id).toList();
      case SYSTEM -> files.systems().stream().map(TargetSystem::id).toList();
    };
  }

  private static List<Text> texts(PolicyFiles files) {
    return Stream.concat(
            files.systems().stream()
                .map(
                    system -> new Text(Policies.Kind.SYSTEM, system.id(), PolicyJson.json(system))),
            files.runbooks().stream()
                .map(
                    runbook ->
                        new Text(Policies.Kind.RUNBOOK, runbook.id(), PolicyJson.json(runbook))))
        .toList();
  }
}
