package dev.daypass.simulation;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

public final class Main {
  public static void main(String[] arguments) {
    var company = Company.of(Path.of(System.getProperty("daypass.home", ".")));
    if (arguments.length > 0 && arguments[0].equals("all")) {
      int every = Integer.parseInt(arguments[1]);
      var lives = arguments.length < 3 ? Lives.all() : List.of(Lives.named(arguments[2]));
      var before = 0;
      for (int i = 1; i <= lives.size(); i++) {
        if (every == 0) {
          int n = SingleFaults.of(company, lives.subList(0, i), 1).size();
          System.out.println(lives.get(i - 1).name() + " " + (n - before));
          before = n;
        }
      }
      if (every == 0) System.exit(0);
      var trials = SingleFaults.of(company, lives, 1);
      System.out.println(trials.size() + " in all");
      var some = new ArrayList<SingleFaults.Trial>();
      for (int i = 0; i < trials.size(); i += every) {
        some.add(trials.get(i));
      }
      var result = SingleFaults.tried(company, some, 1, 2, System.out::println);
      System.out.println(
          result.trials()
              + " "
              + result.kinds()
              + " failed "
              + result.failed().size()
              + " in "
              + result.took());
      System.exit(0);
    }
    if (arguments.length > 0 && arguments[0].equals("further")) {
      for (var life : FurtherLives.all()) {
        if (arguments.length > 1 && !life.name().equals(arguments[1])) continue;
        var run = Run.of(company, life, List.of(), 1);
        System.out.println(
            life.name()
                + " "
                + run.calls().size()
                + " calls "
                + run.took().toMillis()
                + " ms "
                + run.broken());
      }
      System.exit(0);
    }
    if (arguments.length > 0) {
      var faults = new ArrayList<Fault>();
      for (int i = 1; i < arguments.length; i++) {
        faults.add(Fault.parse(arguments[i]));
      }
      var run = Run.of(company, Lives.named(arguments[0]), faults, 1);
      System.out.println(run.story());
      run.calls().forEach(System.out::println);
      run.broken().forEach(System.out::println);
      System.out.println(run.took());
      return;
    }
    for (int i = 0; i < 3; i++) {
      for (var life : Lives.all()) {
        var run = Run.of(company, life, List.of(), 1);
        System.out.println(
            life.name()
                + " "
                + run.calls().size()
                + " calls, faults "
                + run.calls().stream().mapToInt(call -> call.faults().size()).sum()
                + ", "
                + run.took().toMillis()
                + " ms "
                + run.broken());
      }
    }
  }
}
