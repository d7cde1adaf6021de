package dev.daypass.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs one target with Jazzer, in a JVM of its own: a finding ends it, and so does an input that
 * takes too long.
 *
 * @see <a href="https://github.com/CodeIntelligenceTesting/jazzer/blob/main/docs/advanced.md">its
 *     options</a> and <a href="https://llvm.org/docs/LibFuzzer.html#options">those of libFuzzer</a>
 */
final class Jazzer {
  /** Seconds that one input may take; inputs are a few thousand bytes. */
  private static final int SLOWEST = 30;

  /** How long the JVM may take beyond its share: to start, and to write down a finding. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  /** {@code #12345 NEW cov: 712 ft: 1001 corp: 90/7Kb …}, and the same with other words. */
  private static final Pattern PROGRESS = Pattern.compile("^#(\\d+)\\s.*?\\bcov: (\\d+)");

  private static final Pattern DONE = Pattern.compile("^Done (\\d+) runs");

  private final Path home;
  private final Target target;
  private final Path seeds;
  private final Path corpus;
  private final Path findings;

  Jazzer(Path home, Target target) {
    this.home = home;
    this.target = target;
    var build = home.resolve("fuzz/target");
    this.seeds = home.resolve("fuzz/corpus").resolve(target.name());
    this.corpus = build.resolve("corpus").resolve(target.name());
    this.findings = build.resolve("findings").resolve(target.name());
  }

  Outcome run(Duration share, boolean keep) throws IOException, InterruptedException {
    for (var folder : List.of(corpus, findings)) {
      Files.createDirectories(folder);
    }
    var before = files(corpus);
    var known = files(findings);
    var log = findings.resolveSibling(target.name() + ".log");
    var started = System.nanoTime();
    int code =
        start(
            log,
            share.plus(GRACE),
            Stream.of(
                "-max_total_time=" + share.toSeconds(),
                "-max_len=" + target.longest(),
                "-timeout=" + SLOWEST,
                "-report_slow_units=" + SLOWEST,
                "-rss_limit_mb=0",
                "-use_value_profile=1",
                "-print_final_stats=0",
                "-artifact_prefix=" + findings + File.separator,
                corpus.toString(),
                seeds.toString()));
    var took = Duration.ofNanos(System.nanoTime() - started);
    long runs = 0;
    int coverage = -1;
    for (var line : Files.readString(log, UTF_8).lines().toList()) {
      var progress = PROGRESS.matcher(line);
      if (progress.find()) {
        runs = Math.max(runs, Long.parseLong(progress.group(1)));
        coverage = Integer.parseInt(progress.group(2));
      }
      var done = DONE.matcher(line);
      if (done.find()) {
        runs = Long.parseLong(done.group(1));
      }
    }
    var found = new TreeSet<>(files(findings));
    found.removeAll(known);
    var problem = code == 0 || !found.isEmpty() ? "" : "it ended with " + code + ", see " + log;
    if (keep && problem.isEmpty()) {
      keep();
    }
    return new Outcome(
        target,
        runs,
        took,
        coverage,
        files(corpus).size() - before.size(),
        found.stream().map(findings::resolve).toList(),
        problem);
  }

  /** Adds to the seeds what reaches something that they do not. */
  private void keep() throws IOException, InterruptedException {
    int before = files(seeds).size();
    var log = findings.resolveSibling(target.name() + "-merge.log");
    int code =
        start(
            log,
            GRACE,
            Stream.of(
                "-merge=1",
                "-max_len=" + target.longest(),
                "-rss_limit_mb=0",
                seeds.toString(),
                corpus.toString()));
    System.out.println(
        code == 0
            ? "  kept "
                + (files(seeds).size() - before)
                + " new inputs in "
                + home.relativize(seeds)
            : "  could not keep anything, see " + log);
  }

  private int start(Path log, Duration patience, Stream<String> options)
      throws IOException, InterruptedException {
    var ours =
        Stream.concat(Stream.of("dev.daypass"), target.libraries().stream())
            .map(each -> each + ".**")
            .collect(Collectors.joining(File.pathSeparator));
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx1g",
            "-Xss1m",
            "-XX:+UseSerialGC",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Ddaypass.home=" + home,
            "-cp",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + target.type().getName(),
            "--instrumentation_includes=" + ours,
            "--custom_hook_includes=" + ours,
            // Policies hold patterns, and the token's target asks a server of its own for keys.
            "--disabled_hooks="
                + "com.code_intelligence.jazzer.sanitizers.RegexInjection"
                + File.pathSeparator
                + "com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery",
            "--reproducer_path=" + findings.resolveSibling("reproducers")));
    options.forEach(command::add);
    Files.createDirectories(findings.resolveSibling("reproducers"));
    var jazzer =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    var end = Runtime.getRuntime();
    var killer = new Thread(jazzer::destroyForcibly);
    end.addShutdownHook(killer);
    try {
      if (!jazzer.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
        jazzer.destroyForcibly().waitFor();
      }
      return jazzer.exitValue();
    } finally {
      end.removeShutdownHook(killer);
    }
  }

  private static Set<String> files(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(each -> each.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
