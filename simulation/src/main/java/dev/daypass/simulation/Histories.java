package dev.daypass.simulation;

import dev.daypass.access.Grant;
import dev.daypass.access.Request;
import dev.daypass.access.Status;
import dev.daypass.runbook.Person;
import dev.daypass.runbook.TargetSystem;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lives drawn at random from a seed: several people ask for the same few things, others approve,
 * deny, overlook, withdraw, give back, take away; people leave, policies change, things are down.
 */
final class Histories {
  private static final Pattern NAME = Pattern.compile("history-(\\d{1,18})");
  private static final int MOST_REQUESTS = 3;
  private static final Duration GIVES_UP = Duration.ofHours(12);

  private static final List<String> REQUESTERS =
      List.of(
          Lives.AMARA,
          Lives.DIEGO,
          Lives.GRACE,
          Lives.HENRIK,
          "priya.nair@example.com",
          "yuki.tanaka@example.com");

  private static final List<String> BREAK_DOWN =
      List.of(
          "MAIL",
          "STATES",
          "SECRETS",
          "RoundFunction",
          "NotifyFunction",
          "ProvisionFunction",
          "DispatchFunction",
          "SweepFunction");

  private final World world;
  private final Random random;
  private final Random past;
  private final List<String> tasks;

  private Histories(World world, long seed) {
    this.world = world;
    this.random = new Random(seed);
    this.past = new Random(~seed);
    // Few of them, so that grants overlap.
    int first = random.nextInt(RandomPolicies.RUNBOOKS);
    this.tasks =
        List.of(
            "task-" + first,
            "task-" + (random.nextInt(3) == 0 ? random.nextInt(RandomPolicies.RUNBOOKS) : first));
  }

  /** The seed in the name of a drawn life; empty for others. */
  static OptionalLong seed(String name) {
    var matcher = NAME.matcher(name);
    return matcher.matches()
        ? OptionalLong.of(Long.parseLong(matcher.group(1)))
        : OptionalLong.empty();
  }

  /** The life that this seed draws. */
  static Life of(long seed) {
    return new Life("history-" + seed, "", world -> new Histories(world, seed).begin());
  }

  private void begin() {
    int requests = 1 + random.nextInt(MOST_REQUESTS);
    var requesters = new HashSet<String>();
    var usual = any(REQUESTERS);
    for (int i = 0; i < requests; i++) {
      var who = random.nextInt(3) == 0 ? any(REQUESTERS) : usual;
      requesters.add(who);
      request("key-" + i, who, any(tasks), minutes(0, 25), minutes(15, 40), random.nextLong());
    }
    // Of its own, so that a history that was drawn before anybody had access from elsewhere stays
    // what it was where nobody has.
    if (past.nextInt(8) == 0) {
      world.putIn(group(any(past, tasks)), usual);
    }
    trouble(requesters);
  }

  private String group(String task) {
    var policies = world.company().policies();
    var runbook =
        policies.runbooks().stream()
            .filter(each -> each.id().equals(task))
            .findFirst()
            .orElseThrow();
    return policies.systems().stream()
        .filter(system -> system.id().equals(runbook.system()))
        .flatMap(system -> system.role(runbook.role()).stream())
        .map(TargetSystem.Role::group)
        .findFirst()
        .orElseThrow();
  }

  private void request(
      String key, String who, String task, Duration after, Duration lasts, long seedOfRequest) {
    world.play(
        () -> {
          world.pass(after);
          // Of its own, so that a history that was drawn before anybody asked for others, or took
          // anything in an emergency, stays what it was where nobody may.
          var kindness = new Random(~seedOfRequest);
          var asker = any(kindness, askersFor(task, who));
          boolean own = asker.equals(who);
          boolean urgent = own && isForEmergencies(task) && kindness.nextInt(3) == 0;
          var desk = new Desk(world, asker);
          var asked =
              urgent
                  ? desk.takes(key, task, lasts)
                  : own ? desk.asks(key, task, lasts) : desk.asksFor(who, key, task, lasts);
          asked.ifPresent(
              id -> {
                if (urgent) {
                  review(id, new Random(seedOfRequest));
                }
                follow(id, who, new Random(seedOfRequest));
                if (!own && kindness.nextInt(6) == 0) {
                  later(kindness, 20, () -> desk.cancels(id));
                }
              });
        });
  }

  private boolean isForEmergencies(String task) {
    return world.company().policies().runbooks().stream()
        .anyMatch(each -> each.id().equals(task) && each.breakGlass() != null);
  }

  /** Somebody in security says something, sooner or later; perhaps two of them, and both. */
  private void review(String id, Random luck) {
    for (var reviewer : List.of(Lives.RUTH, "daniel.cohen@example.com")) {
      var verdict = luck.nextBoolean() ? "justified" : "not-justified";
      later(luck, 400, () -> new Desk(world, reviewer).reviews(id, verdict));
    }
  }

  /** Who asks for somebody: mostly they themselves; where others may, also those who may not. */
  private List<String> askersFor(String task, String who) {
    boolean forOthers =
        world.company().policies().runbooks().stream()
            .filter(each -> each.id().equals(task))
            .noneMatch(each -> each.mayAskForOthers().isEmpty());
    return forOthers
        ? List.of(who, who, Lives.LENA, Lives.NOOR, "priya.nair@example.com", Lives.OMAR)
        : List.of(who);
  }

  /** What people do about a request. */
  private void follow(String id, String who, Random luck) {
    long forApprovers = luck.nextLong();
    world.play(() -> decide(id, new Random(forApprovers)));
    if (luck.nextInt(7) == 0) {
      later(luck, 20, () -> new Desk(world, who).cancels(id));
    }
    if (luck.nextInt(4) == 0) {
      later(luck, 60, () -> new Desk(world, who).returns(id));
    }
    // Of its own, so that a history that was drawn before there were extensions stays what it was.
    var longing = new Random(id.hashCode());
    if (longing.nextInt(5) == 0) {
      long more = longing.nextLong(Duration.ofHours(4).toMillis());
      later(longing, 60, () -> extend(id, who, Duration.ofMillis(more)));
    }
    if (luck.nextInt(6) == 0) {
      var owner = any(luck, world.request(id).asked().plan().owners());
      later(luck, 60, () -> new Desk(world, owner).revokes(id));
    }
  }

  private void extend(String id, String who, Duration more) {
    var end = world.request(id).given().map(Grant::expiresAt).orElse(world.now());
    new Desk(world, who).extendsTo(id, end.plus(more));
  }

  private void later(Random luck, int withinMinutes, Runnable what) {
    long millis = luck.nextLong(withinMinutes * 60_000L);
    world.play(
        () -> {
          world.pass(Duration.ofMillis(millis));
          what.run();
        });
  }

  /** Looks into all mailboxes now and then; some answer, some overlook it, two answer at once. */
  private void decide(String id, Random luck) {
    var ends = world.now().plus(GIVES_UP);
    var dealtWith = new HashSet<String>();
    while (world.now().isBefore(ends) && world.status(id) == Status.PENDING) {
      if (world.request(id) instanceof Request.Pending pending) {
        for (var approver : pending.open().approvers()) {
          var key = pending.stage() + " " + pending.open().round() + " " + approver;
          if (new Desk(world, approver).invitation(id).isPresent() && dealtWith.add(key)) {
            answer(id, pending.stage(), approver, luck);
          }
        }
      }
      world.pass(Duration.ofMillis(5_000 + luck.nextLong(120_000)));
    }
  }

  private void answer(String id, int stage, String approver, Random luck) {
    int mood = luck.nextInt(100);
    boolean byLink = luck.nextInt(4) == 0;
    var desk = new Desk(world, approver);
    // Of its own, so that a history that was drawn before there were shorter times stays what it
    // was where nobody chooses one.
    var frugality = new Random((approver + id).hashCode());
    boolean forLess = frugality.nextInt(6) == 0;
    var less = Duration.ofMinutes(10 + frugality.nextInt(30));
    // Likewise: whoever has it handed over may be refused, and answers then like anybody.
    var busy = new Random((id + approver).hashCode());
    if (busy.nextInt(9) == 0) {
      var to = any(busy, world.request(id).asked().plan().owners());
      if (desk.handsOver(id, stage, to).isAccepted()) {
        return;
      }
    }
    // Likewise: whoever is away names somebody, who finds it in their mailbox and answers for them.
    var away = new Random((id + "#" + approver).hashCode());
    if (away.nextInt(8) == 0) {
      var standIn = any(away, world.company().policies().people()).email();
      desk.names(standIn, away.nextInt(3));
      if (away.nextInt(3) == 0) {
        later(away, 30, desk::namesNobody);
      }
      var other = new Desk(world, standIn);
      world.play(
          () -> {
            if (other.isAsked(id, Duration.ofMinutes(10))) {
              other.decides(id, stage, away.nextInt(5) == 0 ? "deny" : "approve", "For another");
            }
          });
      if (away.nextBoolean()) {
        return;
      }
    }
    if (mood < 62) {
      Runnable approve =
          byLink
              ? () -> {
                if (forLess) {
                  desk.approvesByLinkFor(id, less);
                } else {
                  desk.decidesByLink(id, "approve");
                }
              }
              : () -> {
                if (forLess) {
                  desk.approvesFor(id, stage, less);
                }
                // Where that was too short, too long or no more to be said, for as long as wanted.
                desk.decides(id, stage, "approve", "");
              };
      if (luck.nextInt(3) == 0) {
        // Beside whoever comes next.
        world.play(approve);
      } else {
        approve.run();
      }
    } else if (mood < 70) {
      world.play(() -> desk.decides(id, stage, "deny", "Please ask for the report instead"));
    }
  }

  /** What goes wrong beside single calls. */
  private void trouble(Set<String> requesters) {
    if (random.nextInt(8) == 0) {
      downFor(
          minutes(1, 60),
          minutes(1, 9),
          () -> world.targetIsDown(true),
          () -> world.targetIsDown(false));
    }
    if (random.nextInt(8) == 0) {
      var what = any(BREAK_DOWN);
      downFor(
          minutes(0, 60),
          minutes(1, 6),
          () -> world.isDown(what, true),
          () -> world.isDown(what, false));
    }
    if (random.nextInt(7) == 0) {
      var left = any(world.company().policies().people().stream().map(Person::email).toList());
      var after = minutes(1, 60);
      world.play(
          () -> {
            world.pass(after);
            world.leaves(left);
          });
    }
    if (random.nextInt(10) == 0) {
      var refused = any(List.of(Lives.LENA, Lives.NOOR, Lives.OMAR, Lives.RUTH));
      if (!requesters.contains(refused)) {
        world.mailIsRefused(refused);
      }
    }
    if (random.nextInt(9) == 0) {
      var task = any(tasks);
      var after = minutes(1, 40);
      world.play(
          () -> {
            world.pass(after);
            world.withdraws(task);
          });
    }
  }

  private void downFor(Duration after, Duration lasts, Runnable down, Runnable up) {
    world.play(
        () -> {
          world.pass(after);
          down.run();
          world.pass(lasts);
          up.run();
        });
  }

  private Duration minutes(int from, int to) {
    return Duration.ofMillis(from * 60_000L + random.nextLong((to - from) * 60_000L));
  }

  private <T> T any(List<T> things) {
    return any(random, things);
  }

  private static <T> T any(Random luck, List<T> things) {
    return things.get(luck.nextInt(things.size()));
  }
}
