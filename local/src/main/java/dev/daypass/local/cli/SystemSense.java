package dev.daypass.local.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** What a schema cannot say about one system's file. */
final class SystemSense {
  private SystemSense() {}

  /**
   * @param file passes the schema
   * @param fileId the file's name without its ending
   */
  static List<Finding> check(YamlFile file, String fileId) {
    var findings = new ArrayList<Finding>();
    RunbookSense.idIsFileName(file, fileId).ifPresent(findings::add);
    RunbookSense.isLine(file, "/title").ifPresent(findings::add);
    var lines = new HashMap<String, Integer>();
    var roles = file.tree().path("roles");
    for (int i = 0; i < roles.size(); i++) {
      for (var name : List.of("title", "allows", "group")) {
        RunbookSense.isLine(file, "/roles/" + i + "/" + name).ifPresent(findings::add);
      }
      var id = roles.get(i).path("id").asText();
      int line = file.line("/roles/" + i + "/id");
      var first = lines.putIfAbsent(id, line);
      if (first != null) {
        findings.add(
            Finding.error(
                file.name(),
                line,
                "the role “" + id + "” is here twice (first on line " + first + ")",
                "give one of them another id"));
      }
    }
    return findings;
  }
}
