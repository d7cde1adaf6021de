package dev.daypass.runbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import de.siegmar.fastcsv.writer.QuoteStrategy;
import dev.daypass.access.Said;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * People as a CSV file, as a personnel system exports them: {@code
 * name,email,manager,groups,zone,language}, groups separated by {@code ;} within their field.
 * Whoever is listed is active. What separates the columns is told by the first line.
 *
 * <p>All that is wrong is found at once, as far as one line says nothing false about another: what
 * is wrong in one line does not keep the rest of it, or other lines, from being looked at.
 *
 * <p>What was written from a directory reads without a finding beside that directory, whatever it
 * holds: a manager who has left, or whom an import that was stopped left behind, is something to
 * look at and no reason to refuse the list.
 *
 * <p>Reading takes time in proportion to the file, whatever is in it: it happens in a function that
 * somebody else's file must not keep busy.
 *
 * @param people without those whose line is wrong
 * @param lines where each person stands, by email address
 * @param findings what is wrong, by line; if there is any, nothing may be imported
 * @param notices what somebody should look at, by line; it can be imported all the same
 */
public record PeopleFile(
    List<Person> people,
    Map<String, Integer> lines,
    List<Finding> findings,
    List<Finding> notices) {
  /** The columns, as the first line names them. */
  public static final List<String> COLUMNS =
      List.of("name", "email", "manager", "groups", "zone", "language");

  /** The most characters of a name. */
  public static final int LONGEST_NAME = 200;

  /** The most groups that one person can be in. */
  public static final int MOST_GROUPS = 100;

  private static final List<String> REQUIRED = List.of("name", "email", "manager", "groups");

  /** The byte order mark, which some programs write and need. */
  private static final String MARK = "\uFEFF";

  /** With a spreadsheet's program in mind, whoever opens an exported list must not run it. */
  private static final String FORMULA = "=+-@";

  /**
   * What a spreadsheet's program may run stands behind an apostrophe in a file that is written,
   * which is taken off when one is read; so does what begins like that already.
   */
  private static final Pattern TO_BE_DEFUSED =
      Pattern.compile("'*[=+@\\-\uFF1D\uFF0B\uFF20\uFF0D]");

  /** A text is repeated in a finding up to here, so that findings stay readable, and small. */
  private static final int LONGEST_REPEATED = 80;

  /**
   * How many words are guessed at: each guess looks at everybody in the file. What is wrong many
   * times is mostly the same thing.
   */
  private static final int MOST_GUESSES = 100;

  /**
   * After so many lines that cannot be read, nothing behind the next one is looked at: each costs
   * another look at all that follows.
   */
  private static final int MOST_UNREADABLE = 20;

  /**
   * A name in which there is another separator must not fall apart, and its second half run, in a
   * spreadsheet that looks for that one. Quotation marks count there at the beginning of a line,
   * which is where the name stands; no other field can hold a comma or a tab.
   */
  private static final QuoteStrategy QUOTES =
      new QuoteStrategy() {
        @Override
        public boolean quoteValue(int line, int field, String value) {
          return Stream.of(Separator.values()).anyMatch(each -> value.indexOf(each.sign) >= 0);
        }
      };

  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|[\r\n]");

  /** What may be an address in a line that cannot be read. */
  private static final Pattern WORD = Pattern.compile("[^\\s,;\"<>()]+");

  /** How much of a circle of managers is told. */
  private static final int LONGEST_CIRCLE = 20;

  /**
   * The members of a group are one item of at most 400 KB (AWS: "Service, account, and table quotas
   * in Amazon DynamoDB"), of which each takes its address and a few bytes more.
   */
  private static final int LARGEST_GROUP = 380_000;

  private static final int BYTES_BESIDE_A_MEMBER = 4;

  /** What stands between the columns. */
  public enum Separator {
    COMMA(',', "people.right.fields.comma"),
    /** As spreadsheets write it where the comma is in numbers, such as in Germany. */
    SEMICOLON(';', "people.right.fields.semicolon"),
    /** As cells are copied from a spreadsheet. */
    TAB('\t', "people.right.fields.tab");

    private final char sign;
    private final String right;

    Separator(char sign, String right) {
      this.sign = sign;
      this.right = right;
    }

    /** The one that makes the most columns of the first line. */
    public static Separator of(String text) {
      return Stream.of(values())
          .max(Comparator.comparingInt(each -> each.columns(text)))
          .filter(each -> each.columns(text) > 1)
          .orElse(COMMA);
    }

    private int columns(String text) {
      try (var csv = reader(text)) {
        return csv.stream().findFirst().map(CsvRecord::getFieldCount).orElse(0);
      } catch (CsvParseException unreadable) {
        return 0;
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    /** The lines of a file, whatever is in them. */
    public CsvReader<CsvRecord> reader(String text) {
      return CsvReader.builder()
          .fieldSeparator(sign)
          .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
          .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
          .allowUnclosedQuote(false)
          .ofCsvRecord(text);
    }

    /** The first line, to be shown. */
    private String header() {
      return String.join(this == TAB ? " ⇥ " : String.valueOf(sign), COLUMNS);
    }
  }

  /**
   * Something that is wrong.
   *
   * @param line counts from 1
   * @param wrong what is wrong, a clause without a full stop; speaks of texts and numbers only
   * @param right what would be right, likewise; a sentence if a character is to be taken out
   */
  public record Finding(int line, Said wrong, Said right) {
    public Finding {
      Objects.requireNonNull(wrong);
      Objects.requireNonNull(right);
      if (line < 1) {
        throw new IllegalArgumentException("lines count from 1, not " + line);
      }
    }
  }

  public PeopleFile {
    people = List.copyOf(people);
    lines = Map.copyOf(lines);
    findings = List.copyOf(findings);
    notices = List.copyOf(notices);
  }

  /** Nobody, and nothing wrong. */
  public static PeopleFile empty() {
    return new PeopleFile(List.of(), Map.of(), List.of(), List.of());
  }

  /** Reads a file's text, with a byte order mark or without, beside an empty directory. */
  public static PeopleFile read(String text) {
    return read(text, List.of());
  }

  /**
   * Reads a file's text, with a byte order mark or without.
   *
   * @param stored everybody who is in the directory, active or not
   */
  public static PeopleFile read(String text, Collection<Person> stored) {
    return new Reading(stored).read(text.startsWith(MARK) ? text.substring(1) : text);
  }

  /**
   * Reads a file's bytes; what is not text in UTF-8 is a finding on the line where it first stands,
   * beside what is wrong with the lines.
   *
   * @param file as somebody uploaded it
   * @param stored everybody who is in the directory, active or not
   */
  public static PeopleFile read(byte[] file, Collection<Person> stored) {
    try {
      return read(UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString(), stored);
    } catch (CharacterCodingException notText) {
      // Mostly it is what spreadsheets write by habit; if it is something wholly different, no line
      // of it can be read.
      var rest = read(new String(file, WINDOWS), stored);
      var flaw =
          new Finding(
              lineOfTheFirstFlaw(file),
              Said.of("people.wrong.not-utf8"),
              Said.of("people.right.not-utf8"));
      var findings =
          Stream.concat(
                  Stream.of(flaw),
                  rest.lines().isEmpty() ? Stream.empty() : rest.findings().stream())
              .sorted(Comparator.comparingInt(Finding::line))
              .toList();
      return new PeopleFile(List.of(), Map.of(), findings, List.of());
    }
  }

  /**
   * Writes a file that is read as these people again, whoever of them is active. It begins with a
   * byte order mark, without which spreadsheets misread names.
   */
  public static String write(Iterable<Person> people, Separator separator) {
    var text = new StringWriter();
    text.write(MARK);
    try (var csv =
        CsvWriter.builder()
            .fieldSeparator(separator.sign)
            .quoteStrategy(QUOTES)
            .lineDelimiter(LineDelimiter.CRLF)
            .build(text)) {
      csv.writeRecord(COLUMNS);
      for (var person : people) {
        if (person.active()) {
          csv.writeRecord(
              Stream.of(
                      person.name(),
                      person.email(),
                      Objects.requireNonNullElse(person.manager(), ""),
                      String.join(";", person.groups()),
                      person.zone().getId(),
                      person.language().toLanguageTag())
                  .map(PeopleFile::defused)
                  .toList());
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static String defused(String field) {
    return TO_BE_DEFUSED.matcher(field).lookingAt() ? "'" + field : field;
  }

  /** The field as it was before it was defused, without white space around it. */
  private static String plain(String field) {
    var text = field.strip();
    return text.startsWith("'") && TO_BE_DEFUSED.matcher(text).lookingAt()
        ? text.substring(1)
        : text;
  }

  private static int lineOfTheFirstFlaw(byte[] file) {
    var bytes = ByteBuffer.wrap(file);
    var decoder = UTF_8.newDecoder();
    var text = CharBuffer.allocate(file.length + 1);
    // Stops at the malformed bytes, which it leaves unread.
    decoder.decode(bytes, text, true);
    int line = 1;
    for (int i = 0; i < bytes.position(); i++) {
      line += file[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  /** The line on which the person stands. */
  public int line(String email) {
    return lines.getOrDefault(email, 1);
  }

  private static final class Reading {
    /** Somebody who is named, and where. */
    private record Named(String email, @Nullable String by, int line) {}

    private final List<Finding> findings = new ArrayList<>();
    private final List<Finding> notices = new ArrayList<>();

    /** The directory, by address. */
    private final Map<String, Person> known = new HashMap<>();

    private Separator separator = Separator.COMMA;
    private final LinkedHashMap<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();

    /** Who is named as whose manager, by the line; whatever else may be wrong with it. */
    private final List<Named> managers = new ArrayList<>();

    /** The manager of each person of whom it is clear. */
    private final Map<String, String> managerOf = new LinkedHashMap<>();

    private final Map<String, List<String>> groupsOf = new LinkedHashMap<>();

    /** Addresses on lines of which it is not clear which of them is the person's own. */
    private final Set<String> mentioned = new HashSet<>();

    /** What stands for an address and is none. */
    private final Set<String> noAddresses = new HashSet<>();

    /** Whether there is a line without an address: then it may be anybody's. */
    private boolean somebodyIsUnknown;

    /** Whether a line cannot be read at all, or more do not tell than can be guessed at. */
    private boolean cannotGuess;

    private final Map<String, Optional<String>> guesses = new HashMap<>();

    Reading(Collection<Person> stored) {
      stored.forEach(person -> known.put(person.email(), person));
    }

    PeopleFile read(String text) {
      separator = Separator.of(text);
      var rows = text.lines().toList();
      int torn = records(text, 0);
      for (int i = 0; torn > 0 && !columns.isEmpty() && i < MOST_UNREADABLE; i++) {
        unreadable(torn, rows.get(torn - 1));
        torn = records(String.join("\n", rows.subList(torn, rows.size())), torn);
      }
      if (torn > 0) {
        unreadable(torn, String.join("\n", rows.subList(torn - 1, rows.size())));
      }
      if (columns.isEmpty() && findings.isEmpty()) {
        error(1, Said.of("people.wrong.empty"), Said.of("people.right.begin-with", header()));
      } else if (people.isEmpty() && findings.isEmpty()) {
        // It would lock everybody out, and is a mistake every time.
        error(1, Said.of("people.wrong.nobody"), Said.of("people.right.nobody"));
      }
      managers();
      circles();
      groups();
      return result();
    }

    /**
     * Takes up the lines until one cannot be read.
     *
     * @param before how many lines stand before the text
     * @return the line that cannot be read, or 0 if all can
     */
    private int records(String text, int before) {
      int end = before;
      try (var csv = separator.reader(text)) {
        for (var record : csv) {
          int line = before + (int) record.getStartingLineNumber();
          if (columns.isEmpty()) {
            if (!header(record, line)) {
              return 0;
            }
          } else if (isTorn(record)) {
            return line;
          } else {
            person(record, line);
          }
          end = line + breaks(record);
        }
        return 0;
      } catch (CsvParseException unreadable) {
        return end + 1 + empty(text, end - before);
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }

    /** How many lines are empty behind the first ones. */
    private static int empty(String text, int first) {
      return (int) text.lines().skip(first).takeWhile(String::isEmpty).count();
    }

    private static int breaks(CsvRecord record) {
      return (int)
          record.getFields().stream()
              .mapToLong(field -> LINE_BREAK.matcher(field).results().count())
              .sum();
    }

    /** Whether a quotation mark that was left open ends in another line, with all between. */
    private boolean isTorn(CsvRecord record) {
      return record.getFieldCount() != columns.size() && breaks(record) > 0;
    }

    private void unreadable(int line, String text) {
      error(line, Said.of("people.wrong.unreadable"), Said.of("people.right.close-quotation"));
      mentions(WORD.matcher(text).results().map(MatchResult::group));
    }

    private PeopleFile result() {
      findings.sort(Comparator.comparingInt(Finding::line));
      notices.sort(Comparator.comparingInt(Finding::line));
      return new PeopleFile(List.copyOf(people.values()), lines, findings, notices);
    }

    private String header() {
      return separator.header();
    }

    private boolean header(CsvRecord record, int line) {
      var titles =
          record.getFields().stream().map(title -> title.strip().toLowerCase(Locale.ROOT)).toList();
      for (int i = 0; i < titles.size(); i++) {
        var title = titles.get(i);
        if (!COLUMNS.contains(title)) {
          error(
              line,
              Said.of("people.wrong.no-such-column", shown(title)),
              guess("column " + title, title, COLUMNS)
                  .map(near -> Said.of("people.right.did-you-mean-quoted", near))
                  .orElseGet(() -> Said.of("people.right.columns", header())));
        } else if (columns.put(title, i) != null) {
          error(
              line,
              Said.of("people.wrong.column-twice", shown(title)),
              Said.of("people.right.keep-one-column"));
        }
      }
      for (var required : REQUIRED) {
        if (!columns.containsKey(required)) {
          error(
              line,
              Said.of("people.wrong.column-missing", required),
              Said.of("people.right.first-line", header()));
        }
      }
      return findings.isEmpty();
    }

    private void person(CsvRecord record, int line) {
      if (record.getFieldCount() != columns.size()) {
        error(
            line,
            Said.of("people.wrong.fields", record.getFieldCount(), columns.size()),
            Said.of(separator.right));
        mentions(record.getFields().stream().map(PeopleFile::plain));
        return;
      }
      int before = findings.size();
      var fullName = field(record, "name");
      name(fullName, line);
      var email = email(field(record, "email"), line, "people.wrong.no-address");
      var manager = field(record, "manager");
      var managerEmail =
          manager.isEmpty() ? null : email(manager, line, "people.wrong.no-address-of-manager");
      var groups = groups(field(record, "groups"), line);
      var zone = zone(field(record, "zone"), line);
      var language = language(field(record, "language"), line);
      if (managerEmail != null) {
        managers.add(new Named(managerEmail, email, line));
      }
      if (email == null) {
        noAddress(field(record, "email"));
        return;
      }
      boolean own = email.equals(managerEmail);
      if (own) {
        error(
            line, Said.of("people.wrong.own-manager", email), Said.of("people.right.own-manager"));
      }
      // The person exists, even if the line is wrong: no further finding about them as manager.
      var first = lines.putIfAbsent(email, line);
      if (first != null) {
        error(
            line,
            Said.of("people.wrong.twice", email, String.valueOf(first)),
            Said.of("people.right.keep-one-line"));
        // Which of the lines is kept decides who the manager is.
        managerOf.remove(email);
        return;
      }
      groupsOf.put(email, groups.stream().distinct().toList());
      if (managerEmail != null && !own) {
        managerOf.put(email, managerEmail);
      }
      if (findings.size() == before) {
        people.put(email, new Person(email, fullName, managerEmail, groups, zone, language, true));
      }
    }

    /** Whose line it is can be guessed, unless there is nothing to go by, or too much. */
    private void noAddress(String text) {
      if (text.isEmpty()) {
        somebodyIsUnknown = true;
      } else if (text.length() > LONGEST_REPEATED || noAddresses.size() == MOST_GUESSES) {
        cannotGuess = true;
      } else {
        noAddresses.add(text.toLowerCase(Locale.ROOT));
      }
    }

    /**
     * Whether somebody may have meant this address: it is near, or what stands before {@code @}.
     */
    private static boolean mayBe(String noAddress, String email) {
      var name = lettersOf(email.substring(0, email.indexOf('@')));
      return (!name.isEmpty() && lettersOf(noAddress).contains(name))
          || Nearest.to(noAddress, List.of(email)).isPresent();
    }

    private static String lettersOf(String text) {
      return text.replaceAll("[^\\p{L}\\p{N}]", "");
    }

    /** The person is one of the addresses among these words, or nobody knows who. */
    private void mentions(Stream<String> words) {
      var addresses =
          words.filter(Person::isEmail).map(address -> address.toLowerCase(Locale.ROOT)).toList();
      mentioned.addAll(addresses);
      cannotGuess |= addresses.isEmpty();
    }

    private String field(CsvRecord record, String column) {
      var index = columns.get(column);
      return index == null ? "" : plain(record.getField(index));
    }

    private void name(String name, int line) {
      if (Texts.saysNothing(name)) {
        error(line, Said.of("people.wrong.no-name"), Said.of("people.right.name"));
      } else if (FORMULA.indexOf(name.charAt(0)) >= 0) {
        error(line, Said.of("people.wrong.formula", shown(name)), Said.of("people.right.name"));
      } else if (name.codePointCount(0, name.length()) > LONGEST_NAME) {
        error(
            line,
            Said.of("people.wrong.long-name", shown(name)),
            Said.of("people.right.long-name", LONGEST_NAME));
      }
      Texts.refusalOfLine("name-character", "name", name)
          .ifPresent(flaw -> error(line, Said.of("people.wrong.name", shown(name)), flaw.said()));
    }

    private @Nullable String email(String text, int line, String what) {
      // A domain of one word is a slip in a list of people; whoever has one already keeps it.
      if (!Person.isEmail(text)
          || (text.indexOf('.', text.indexOf('@')) < 0
              && !known.containsKey(text.toLowerCase(Locale.ROOT)))) {
        error(
            line,
            text.isEmpty() ? Said.of("people.wrong.address-missing") : Said.of(what, shown(text)),
            Ids.stray(text)
                .map(one -> Said.of("people.right.address-character", one.place(), one.shown()))
                .orElseGet(() -> Said.of("people.right.address")));
        return null;
      }
      return text.toLowerCase(Locale.ROOT);
    }

    private List<String> groups(String text, int line) {
      var groups = new ArrayList<String>();
      for (var group : text.split(";", -1)) {
        var word = group.strip();
        if (word.isEmpty()) {
          continue;
        }
        if (!Ids.isId(word)) {
          error(line, Said.of("people.wrong.no-group", shown(word)), Said.of("people.right.group"));
        } else {
          groups.add(word);
        }
      }
      if (groups.stream().distinct().count() > MOST_GROUPS) {
        error(
            line,
            Said.of("people.wrong.many-groups", groups.size()),
            Said.of("people.right.many-groups", MOST_GROUPS));
      }
      return groups;
    }

    private ZoneId zone(String text, int line) {
      if (text.isEmpty()) {
        return ZoneId.of("UTC");
      }
      try {
        return ZoneId.of(text);
      } catch (DateTimeException unknown) {
        error(
            line,
            Said.of("people.wrong.no-zone", shown(text)),
            guess("zone " + text, text, ZoneId.getAvailableZoneIds())
                .map(near -> Said.of("people.right.did-you-mean", near))
                .orElseGet(() -> Said.of("people.right.zone")));
        return ZoneId.of("UTC");
      }
    }

    private Locale language(String text, int line) {
      if (text.isEmpty()) {
        return Locale.ENGLISH;
      }
      if (!text.matches("[a-z]{2,3}(-[A-Z]{2})?")
          || Arrays.stream(Locale.getISOLanguages())
              .noneMatch(Locale.forLanguageTag(text).getLanguage()::equals)) {
        error(
            line,
            Said.of("people.wrong.no-language", shown(text)),
            Said.of("people.right.language"));
        return Locale.ENGLISH;
      }
      return Locale.forLanguageTag(text);
    }

    /**
     * Managers who have no line. Nothing is said of those whose line seems to be there and wrong:
     * whoever corrects that line has corrected this. Where one has no address, it may be theirs,
     * and both are named.
     */
    private void managers() {
      if (cannotGuess) {
        return;
      }
      for (var named : managers) {
        var manager = named.email();
        if (!lines.containsKey(manager)
            && !mentioned.contains(manager)
            && noAddresses.stream().noneMatch(text -> mayBe(text, manager))) {
          absent(named);
        }
      }
    }

    /** Whoever is known leaves, or has left: that others still name them does not hold it up. */
    private void absent(Named named) {
      var manager = named.email();
      var person = known.get(manager);
      if (person != null && person.active()) {
        notice(
            named.line(),
            Said.of("people.wrong.manager-leaves", manager),
            Said.of("people.right.manager-left"));
      } else if (person != null || isStored(named.by(), manager)) {
        notice(
            named.line(),
            Said.of("people.wrong.manager-left", manager),
            Said.of("people.right.manager-left"));
      } else {
        error(
            named.line(),
            Said.of("people.wrong.no-such-manager", manager),
            guess("manager " + manager, manager, lines.keySet())
                .map(near -> Said.of("people.right.did-you-mean", near))
                .orElseGet(
                    () ->
                        somebodyIsUnknown
                            ? Said.of("people.right.no-such-manager.or-unknown")
                            : Said.of("people.right.no-such-manager")));
      }
    }

    /** Whether the directory has this manager for somebody who is active: not the file's doing. */
    private boolean isStored(@Nullable String email, @Nullable String manager) {
      var person = email == null ? null : known.get(email);
      return person != null && person.active() && Objects.equals(person.manager(), manager);
    }

    /** Each circle once, by the address in it that sorts first. Everybody is looked at once. */
    private void circles() {
      var seen = new HashSet<String>();
      for (var person : managerOf.keySet()) {
        var path = new ArrayList<String>();
        var onPath = new HashMap<String, Integer>();
        var at = person;
        while (at != null && seen.add(at)) {
          onPath.put(at, path.size());
          path.add(at);
          at = managerOf.get(at);
        }
        var begin = at == null ? null : onPath.get(at);
        if (begin != null) {
          circle(path.subList(begin, path.size()));
        }
      }
    }

    private void circle(List<String> members) {
      boolean stored = members.stream().allMatch(email -> isStored(email, managerOf.get(email)));
      int first = members.indexOf(members.stream().min(Comparator.naturalOrder()).orElseThrow());
      var told = new ArrayList<>(members.subList(first, members.size()));
      told.addAll(members.subList(0, first));
      told.add(told.getFirst());
      if (told.size() > LONGEST_CIRCLE) {
        told.subList(LONGEST_CIRCLE / 2, told.size() - LONGEST_CIRCLE / 2).clear();
        told.add(LONGEST_CIRCLE / 2, "…");
      }
      (stored ? notices : findings)
          .add(
              new Finding(
                  lines.getOrDefault(told.getFirst(), 1),
                  Said.of("people.wrong.circle", String.join(" → ", told)),
                  Said.of("people.right.circle")));
    }

    private void groups() {
      var sizes = new TreeMap<String, Integer>();
      groupsOf.forEach(
          (email, groups) -> {
            int own = email.length() + BYTES_BESIDE_A_MEMBER;
            for (var group : groups) {
              int size = sizes.merge(group, own, Integer::sum);
              if (size > LARGEST_GROUP && size - own <= LARGEST_GROUP) {
                error(
                    lines.getOrDefault(email, 1),
                    Said.of("people.wrong.large-group", group),
                    Said.of("people.right.large-group"));
              }
            }
          });
    }

    /** The known word that was meant, if any; beyond {@link #MOST_GUESSES} none is. */
    private Optional<String> guess(String key, String word, Collection<String> known) {
      var before = guesses.get(key);
      if (before != null) {
        return before;
      }
      if (guesses.size() >= MOST_GUESSES || word.length() > LONGEST_REPEATED) {
        return Optional.empty();
      }
      var guess = Nearest.to(word, known);
      guesses.put(key, guess);
      return guess;
    }

    private static String shown(String text) {
      var shown = Texts.visibleLine(text);
      return shown.codePointCount(0, shown.length()) <= LONGEST_REPEATED
          ? shown
          : shown.substring(0, shown.offsetByCodePoints(0, LONGEST_REPEATED)) + "…";
    }

    private void error(int line, Said wrong, Said right) {
      findings.add(new Finding(line, wrong, right));
    }

    private void notice(int line, Said wrong, Said right) {
      notices.add(new Finding(line, wrong, right));
    }
  }
}
