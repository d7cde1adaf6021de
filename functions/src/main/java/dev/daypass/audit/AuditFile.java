package dev.daypass.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.daypass.store.AuditRecords.Entry;
import dev.daypass.web.AuditView;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Audit records as a CSV file (RFC 4180), in which a spreadsheet finds no formula. */
final class AuditFile {
  /** What happened, in words: some kinds are one of several things, which the details tell. */
  private static final String WHAT = "what";

  private static final List<String> COLUMNS =
      List.of(
          "at",
          "request",
          "version",
          "kind",
          WHAT,
          "by",
          "via",
          "status",
          "requester",
          "system",
          "role",
          "runbook",
          "title",
          "details",
          "run",
          "command",
          "form",
          "previous",
          "hash",
          "damaged",
          "text");

  /** With a byte order mark, without which spreadsheets misread names. */
  private static final String MARK = "\ufeff";

  /** What a spreadsheet takes for a formula, also after apostrophes of ours or white space. */
  private static final Pattern FORMULA =
      Pattern.compile("['\\s]*[=+@\\-\uFF1D\uFF0B\uFF20\uFF0D]|[\\t\\r]");

  /**
   * The same in the middle of a field, behind what separates columns or lines where a spreadsheet
   * splits lines at another sign than the comma, and heeds no quotation marks for that.
   */
  private static final Pattern FORMULA_INSIDE =
      Pattern.compile("(?<!^)([;,\\t\\r\\n][\"'\\s]*)(?=[=+@\\-\uFF1D\uFF0B\uFF20\uFF0D])");

  private AuditFile() {}

  static String write(List<Entry> entries) {
    var text = new StringWriter();
    text.write(MARK);
    try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(text)) {
      csv.writeRecord(COLUMNS);
      for (var entry : entries) {
        var fields = fields(AuditQuery.json(entry));
        fields.put(WHAT, what(entry));
        csv.writeRecord(
            COLUMNS.stream().map(column -> defused(fields.getOrDefault(column, ""))).toList());
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** In English, as everything in the file; empty if the record cannot be read. */
  private static String what(Entry entry) {
    try {
      var record = AuditRecord.read(entry.record());
      return AuditView.inEnglish(record.kind(), record.details());
    } catch (AuditRecord.Unreadable unreadable) {
      return "";
    }
  }

  private static String defused(String field) {
    var text = FORMULA_INSIDE.matcher(field).replaceAll("$1'");
    return FORMULA.matcher(field).lookingAt() ? "'" + text : text;
  }

  /** A record as texts by the names of its fields; what is no text in the form of JSON. */
  static Map<String, String> fields(ObjectNode record) {
    var fields = new LinkedHashMap<String, String>();
    record.properties().forEach(each -> fields.put(each.getKey(), text(each.getValue())));
    return fields;
  }

  private static String text(JsonNode value) {
    return value.isTextual() ? value.asText() : value.toString();
  }
}
