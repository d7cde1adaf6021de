package dev.daypass.local.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command line, sorted.
 *
 * @param words what is no option, in order
 * @param values options with a value: {@code --table NAME} or {@code --table=NAME}
 * @param flags options without: {@code --dry-run}
 */
record Options(List<String> words, Map<String, String> values, Set<String> flags) {
  Options {
    words = List.copyOf(words);
    values = Map.copyOf(values);
    flags = Set.copyOf(flags);
  }

  /**
   * Reads a command line.
   *
   * @param mostWords how many words that are no options are allowed
   * @throws IllegalArgumentException with a message for people if it is not understood
   */
  static Options of(
      List<String> args, List<String> withValue, List<String> without, int mostWords) {
    var words = new ArrayList<String>();
    var values = new HashMap<String, String>();
    var flags = new HashSet<String>();
    for (int i = 0; i < args.size(); i++) {
      var arg = args.get(i);
      if (!arg.startsWith("-")) {
        words.add(arg);
        continue;
      }
      if (!arg.startsWith("--")) {
        throw new IllegalArgumentException(
            "There is no option " + arg + " here; options begin with two dashes.");
      }
      int equals = arg.indexOf('=');
      var name = arg.substring(2, equals < 0 ? arg.length() : equals);
      if (without.contains(name) && equals < 0) {
        flags.add(name);
      } else if (!withValue.contains(name)) {
        throw new IllegalArgumentException("There is no option " + arg + " here.");
      } else if (values.containsKey(name)) {
        throw new IllegalArgumentException("The option --" + name + " is there twice.");
      } else if (equals >= 0) {
        values.put(name, arg.substring(equals + 1));
      } else if (i + 1 < args.size() && !args.get(i + 1).startsWith("--")) {
        values.put(name, args.get(++i));
      } else {
        throw new IllegalArgumentException("The option " + arg + " needs a value.");
      }
    }
    if (words.size() > mostWords) {
      throw new IllegalArgumentException(
          "“" + words.get(mostWords) + "” is one word too many here.");
    }
    return new Options(words, values, flags);
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** Whether the command is only to explain itself. */
  static boolean asksForHelp(List<String> args) {
    return args.contains("--help") || args.contains("-h");
  }

  boolean has(String flag) {
    return flags.contains(flag);
  }
}
