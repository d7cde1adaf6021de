package dev.daypass;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Runs the little of a shell that our examples use: variables, comments, lines that go on after a
 * backslash, and {@code curl} with {@code -s}, {@code -H} and {@code -d}, its answer picked by
 * {@code jq -r .field}. Anything else is an error, so that no example is passed over.
 */
final class ShellExample {
  private static final Pattern ASSIGNMENT = Pattern.compile("([A-Z]+)=(.*)");
  private static final Pattern CAPTURE = Pattern.compile("\\$\\((.*)\\)");
  private static final Pattern VARIABLE = Pattern.compile("\\$([A-Z]+)");
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, String> variables = new HashMap<>();
  private final List<String> answers = new ArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Runnable afterEach;

  /**
   * @param afterEach runs after each line: a person types slower than a program
   */
  ShellExample(Runnable afterEach) {
    this.afterEach = afterEach;
  }

  /** Runs every line and gives the bodies of all answers; one that is not 2xx is an error. */
  List<String> run(String script) {
    for (var line : script.replace("\\\n", " ").lines().map(String::strip).toList()) {
      if (line.startsWith("sleep ")) {
        // What runs after each line waits as long as it takes.
        afterEach.run();
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        run(line, ASSIGNMENT.matcher(line).matches());
        afterEach.run();
      }
    }
    return List.copyOf(answers);
  }

  private void run(String line, boolean isAssignment) {
    if (!isAssignment) {
      pipeline(line);
      return;
    }
    var assignment = ASSIGNMENT.matcher(line);
    var capture = CAPTURE.matcher(assignment.replaceFirst("$2"));
    variables.put(
        assignment.replaceFirst("$1"),
        capture.matches() ? pipeline(capture.group(1)) : expanded(assignment.replaceFirst("$2")));
  }

  private String pipeline(String text) {
    var words = words(text);
    int pipe = words.indexOf("|");
    if (pipe < 0) {
      return curl(words);
    }
    var filter = words.subList(pipe + 1, words.size());
    if (filter.size() != 3 || !filter.subList(0, 2).equals(List.of("jq", "-r"))) {
      throw new IllegalArgumentException("only jq -r .field is known here: " + text);
    }
    try {
      return JSON.readTree(curl(words.subList(0, pipe)))
          .required(filter.get(2).substring(1))
          .asText();
    } catch (IOException noJson) {
      throw new IllegalArgumentException("the answer is not JSON: " + text, noJson);
    }
  }

  private String curl(List<String> words) {
    var request = HttpRequest.newBuilder();
    boolean typed = false;
    var body = new ArrayList<String>();
    var address = new ArrayList<String>();
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      switch (word) {
        case "curl" -> {
          if (i != 0) {
            throw new IllegalArgumentException("curl twice in one line: " + words);
          }
        }
        case "-s" -> {
          // Says nothing about progress; we never do.
        }
        case "-H" -> {
          var header = words.get(++i);
          int colon = header.indexOf(": ");
          request.header(header.substring(0, colon), header.substring(colon + 2));
          typed |= header.startsWith("Content-Type: ");
        }
        case "-d" -> body.add(words.get(++i));
        default -> address.add(word);
      }
    }
    if (!words.getFirst().equals("curl") || address.size() != 1 || body.size() > 1) {
      throw new IllegalArgumentException("not a call that is understood here: " + words);
    }
    if (!body.isEmpty()) {
      request.POST(HttpRequest.BodyPublishers.ofString(body.getFirst()));
      if (!typed) {
        request.header("Content-Type", "application/x-www-form-urlencoded");
      }
    }
    return send(request.uri(URI.create(address.getFirst())).build());
  }

  private String send(HttpRequest request) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() / 100 != 2) {
        throw new AssertionError(
            request + " was answered " + response.statusCode() + ": " + response.body());
      }
      answers.add(response.body());
      return response.body();
    } catch (IOException unreachable) {
      throw new AssertionError(request + " was not answered", unreachable);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new AssertionError(request + " was interrupted", stopping);
    }
  }

  /** The words of a line, their quotes taken off; variables stay as they are in single quotes. */
  private List<String> words(String line) {
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    boolean begun = false;
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == '\'' || c == '"') {
        int end = line.indexOf(c, i + 1);
        if (end < 0) {
          throw new IllegalArgumentException("a quote is not closed: " + line);
        }
        var quoted = line.substring(i + 1, end);
        word.append(c == '"' ? expanded(quoted) : quoted);
        begun = true;
        i = end + 1;
      } else if (c == ' ') {
        if (begun) {
          words.add(word.toString());
          word.setLength(0);
          begun = false;
        }
        i++;
      } else {
        int end = i;
        while (end < line.length() && "'\" ".indexOf(line.charAt(end)) < 0) {
          end++;
        }
        word.append(expanded(line.substring(i, end)));
        begun = true;
        i = end;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  private String expanded(String text) {
    return VARIABLE
        .matcher(text)
        .replaceAll(
            found -> {
              var value = variables.get(found.group(1));
              if (value == null) {
                throw new IllegalArgumentException("nothing is called $" + found.group(1));
              }
              return java.util.regex.Matcher.quoteReplacement(value);
            });
  }
}
