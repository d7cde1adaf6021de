package dev.daypass.simulation;

import dev.daypass.access.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/**
 * One life lived once, with what went wrong and what came of it.
 *
 * @param calls all outgoing calls in order
 * @param broken the promises that were not kept; empty if all is well
 * @param conditions the numbers of the conditions that were met
 * @param took real time
 */
record Run(
    Life life,
    List<Fault> faults,
    long seed,
    List<Call> calls,
    List<Broken> broken,
    Set<Integer> conditions,
    Duration took,
    String story) {
  /** After so long nothing can be under way any more. */
  private static final Duration HORIZON = Duration.ofDays(4);

  /** Lives a life with all code and all conditions as they are. */
  static Run of(Company company, Life life, List<Fault> faults, long seed) {
    return of(company, life, faults, seed, Conditions.all());
  }

  static Run of(Company company, Life life, List<Fault> faults, long seed, Conditions conditions) {
    return of(company, life, faults, seed, conditions, false);
  }

  /**
   * Lives a life.
   *
   * @param told whether its story is wanted in any case, not only if something is broken
   */
  static Run of(
      Company company,
      Life life,
      List<Fault> faults,
      long seed,
      Conditions conditions,
      boolean told) {
    return inAThreadOfItsOwn(() -> lived(company, life, faults, seed, conditions, told));
  }

  private static Run lived(
      Company company,
      Life life,
      List<Fault> faults,
      long seed,
      Conditions conditions,
      boolean told) {
    long began = System.nanoTime();
    try (var world = new World(company, faults, seed, conditions)) {
      life.script().accept(world);
      boolean rested = world.run(Company.MONDAY.plus(HORIZON));
      var broken = new ArrayList<>(Promises.broken(world, rested, !faults.isEmpty()));
      if (faults.isEmpty()) {
        claims(world, life, broken);
      }
      return new Run(
          life,
          List.copyOf(faults),
          seed,
          world.calls(),
          List.copyOf(broken),
          conditions.met(),
          Duration.ofNanos(System.nanoTime() - began),
          told || !broken.isEmpty() ? story(world, faults) : "");
    }
  }

  /**
   * Nothing of the caller's may get into a life. Templates of pages and mails are looked for where
   * the thread says, and that must be the program whose life it is. And the target's library waits
   * for a pool of its own while it searches: a worker of the pool that runs tests side by side
   * would begin another test meanwhile, in the middle of this life.
   */
  private static Run inAThreadOfItsOwn(Callable<Run> life) {
    var task = new FutureTask<>(life);
    var over = new Semaphore(0);
    var thread =
        Thread.ofPlatform()
            .name("life")
            .unstarted(
                () -> {
                  task.run();
                  over.release();
                });
    thread.setContextClassLoader(Run.class.getClassLoader());
    thread.start();
    over.acquireUninterruptibly();
    if (task.state() == Future.State.SUCCESS) {
      return task.resultNow();
    }
    var broke = task.exceptionNow();
    if (broke instanceof Error error) {
      throw error;
    }
    throw broke instanceof RuntimeException usual ? usual : new IllegalStateException(broke);
  }

  private static void claims(World world, Life life, List<Broken> broken) {
    var ends =
        world.requestIds().stream()
            .map(world::request)
            .map(Run::end)
            .collect(Collectors.joining(", "));
    if (!life.ends().isEmpty() && !ends.equals(life.ends())) {
      broken.add(new Broken(0, null, "it ends %s and says %s".formatted(ends, life.ends())));
    }
    var seen = new java.util.HashSet<String>();
    for (var mail : world.mails()) {
      var key = mail.to() + " " + mail.tags() + " " + mail.subject() + " " + mail.text();
      if (!seen.add(key)) {
        broken.add(
            new Broken(
                0, mail.at(), "the same mail twice: " + mail.subject() + " to " + mail.to()));
      }
    }
  }

  private static String end(Request request) {
    return switch (request) {
      case Request.Ended ended -> "ENDED " + ended.reason();
      case Request.Failed failed -> "FAILED " + failed.reason();
      case Request.Pending _,
          Request.Scheduled _,
          Request.Provisioning _,
          Request.Active _,
          Request.Ending _,
          Request.Denied _,
          Request.Lapsed _,
          Request.Cancelled _ ->
          request.status().name();
    };
  }

  /** What happened, in order, for whoever looks for the reason. */
  private static String story(World world, List<Fault> faults) {
    record Line(Instant at, String text) {}
    var lines = new ArrayList<Line>();
    for (var call : world.calls()) {
      var struck =
          faults.stream()
              .filter(fault -> fault.strikes(call))
              .map(fault -> "  <== " + fault)
              .collect(Collectors.joining());
      lines.add(new Line(call.at(), call + struck));
    }
    world
        .log()
        .forEach(
            line ->
                lines.add(
                    new Line(
                        line.at(),
                        "       %s  %s says: %s"
                            .formatted(line.at(), line.function(), line.text()))));
    for (var id : world.requestIds()) {
      for (var event : world.request(id).trail().events()) {
        lines.add(
            new Line(
                event.act().at(),
                "       %s  == %s v%d %s -> %s by %s %s"
                    .formatted(
                        event.act().at(),
                        id,
                        event.version(),
                        event.kind(),
                        event.status(),
                        event.act().by(),
                        event.details())));
      }
    }
    for (var exchange : world.exchanges()) {
      lines.add(
          new Line(
              exchange.until(),
              "       %s  >> %s %s: %d"
                  .formatted(
                      exchange.until(), exchange.who(), exchange.route(), exchange.status())));
    }
    for (var mail : world.mails()) {
      lines.add(
          new Line(
              mail.at(), "       %s  @@ %s: %s".formatted(mail.at(), mail.to(), mail.subject())));
    }
    for (var message : world.messages()) {
      lines.add(
          new Line(
              message.at(),
              "       %s  ## %s: %s"
                  .formatted(message.at(), message.channel(), message.lines().getFirst())));
    }
    for (var span : world.memberships()) {
      lines.add(
          new Line(
              span.from(),
              "       %s  ++ %s in %s".formatted(span.from(), span.person(), span.group())));
      if (span.to() != null) {
        lines.add(
            new Line(
                span.to(),
                "       %s  -- %s in %s".formatted(span.to(), span.person(), span.group())));
      }
    }
    lines.sort(java.util.Comparator.comparing(Line::at));
    return lines.stream().map(Line::text).collect(Collectors.joining("\n"));
  }

  /** The faults for which there was no call, or no such call, in this run. */
  List<Fault> missed() {
    return faults.stream().filter(fault -> calls.stream().noneMatch(fault::meets)).toList();
  }

  /** The command that lives it once more. */
  String replay() {
    return "./daypass chaos --life %s --seed %d%s"
        .formatted(
            life.name(),
            seed,
            faults.isEmpty()
                ? ""
                : " --faults "
                    + faults.stream().map(Fault::toString).collect(Collectors.joining(",")));
  }

  /** A run that could not be lived to its end: a finding like others, though no promise. */
  static Run brokenOff(Life life, List<Fault> faults, long seed, Throwable why) {
    return new Run(
        life,
        List.copyOf(faults),
        seed,
        List.of(),
        List.of(new Broken(0, null, "it broke off: " + reason(why))),
        Set.of(),
        Duration.ZERO,
        "");
  }

  /** What was thrown, and where it began, in one line. */
  private static String reason(Throwable why) {
    var first = why;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    var says = String.valueOf(why.getMessage()).lines().findFirst().orElse("");
    var where = first.getStackTrace();
    return why.getClass().getName()
        + ": "
        + says
        + (where.length == 0 ? "" : " (began at " + where[0] + ")");
  }

  /** The same life with something going wrong, yet to be lived. */
  Run with(Fault fault) {
    return new Run(life, List.of(fault), seed, List.of(), List.of(), Set.of(), Duration.ZERO, "");
  }

  /** What is worth keeping of it: thousands of lists of calls would fill the memory. */
  Run kept() {
    return broken.isEmpty()
        ? new Run(life, faults, seed, List.of(), List.of(), Set.of(), took, "")
        : this;
  }

  /** What was not kept, why, and how to see it again. */
  String report() {
    return replay()
        + (faults.isEmpty() ? "" : "\n    " + cause())
        + broken.stream().map(each -> "\n    " + each).collect(Collectors.joining());
  }

  /** What went wrong on purpose, with the call it went wrong with. */
  String cause() {
    return faults.stream()
        .map(
            fault ->
                switch (fault) {
                  case Fault.AtCall(int call, Fault.Kind kind) when call < calls.size() ->
                      kind + " at " + calls.get(call).toString().strip();
                  case Fault.AtCall _, Fault.Skewed _ -> fault.toString();
                })
        .collect(Collectors.joining("; "));
  }
}
