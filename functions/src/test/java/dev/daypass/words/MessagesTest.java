package dev.daypass.words;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.access.Proof;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import net.xyzsd.plurals.PluralCategory;
import net.xyzsd.plurals.PluralRule;
import net.xyzsd.plurals.PluralRuleType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The files of messages against each other and against the sources. A further language needs no
 * further test: it is found as Daypass finds it.
 */
class MessagesTest {
  private static final Set<String> FORMS =
      Arrays.stream(PluralCategory.values())
          .map(category -> category.name().toLowerCase(Locale.ROOT))
          .collect(Collectors.toUnmodifiableSet());

  /** Messages that may be the same in another language as in English. */
  private static final Set<String> ALIKE =
      Set.of(
          "mail.code",
          "mail.fact.role",
          "mail.fact.role.allows",
          "mail.fact.ticket",
          "mail.decide.next",
          "mail.decide.next-at",
          "oversee.some",
          "say.who",
          "oversee.names",
          "oversee.who.named",
          "oversee.runbook.in",
          "oversee.runbook.ticket",
          "oversee.runbook.id",
          "oversee.finding.wrong",
          "oversee.runbooks.title",
          "audit.kind.unknown",
          "how-long.plain",
          "say.stop",
          "stage.titled",
          "stage.made",
          "device.browser",
          "page.decide.answer-and",
          "page.wrong",
          "page.evidence.size",
          "page.fact.role",
          "page.fact.ticket",
          "page.request.asked-now.who",
          "problem.for-programs",
          "problem.body.json",
          "people.change.value",
          "people.column.name",
          "people.problem");

  /** Refusals that only programs get, which stay in English. */
  private static final Set<String> FOR_PROGRAMS =
      Set.of(
          "unknown-field",
          "wrong-type",
          "unknown-parameter",
          "subject-missing",
          "too-many-subjects",
          "limit-wrong",
          "next-of-another-question",
          "next-unreadable",
          "key-used",
          "stage-unknown",
          "stage-missing",
          "decision-unknown");

  private static final Pattern PLACE = Pattern.compile("\\{([0-9]+)[^}]*}");
  private static final Pattern NAME = Pattern.compile("\"([a-z][a-z0-9-]*(?:\\.[a-z0-9-]+)+)\"");
  private static final Pattern VARIANT = Pattern.compile("\\.in\\(\\s*\"([a-z-]+)\"\\)");
  private static final Pattern CODE =
      Pattern.compile(
          "(?:(?:Refusal|Refusals?\\.of|refused|refuse|closed|duration|start|reason|ticket|refusal|refusalOfLine)"
              + "\\(\\s*(?:request,\\s*)?|String NOT_[A-Z]+ = )\"([a-z]+(?:-[a-z]+)*)\"");

  static List<Locale> languages() {
    return Languages.all();
  }

  static List<Locale> translations() {
    return Languages.all().stream().filter(each -> !each.equals(Locale.ENGLISH)).toList();
  }

  @Test
  void thereAreEnglishAndGerman() {
    assertThat(Languages.all()).contains(Locale.ENGLISH, Locale.GERMAN);
    assertThat(Languages.all()).extracting(Languages::name).contains("English", "Deutsch");
  }

  /** Of two the second would count, and nobody would see what became of the first. */
  @Test
  void noMessageIsWrittenTwice() throws IOException {
    for (var language : Languages.all()) {
      var lines =
          Files.readAllLines(
              Path.of(
                  "src/main/resources/dev/daypass/words/messages_%s.properties"
                      .formatted(language.getLanguage())));
      assertThat(lines.stream().filter(line -> line.matches("[a-z].*=.*")))
          .extracting(line -> line.substring(0, line.indexOf('=')))
          .hasSizeGreaterThan(500)
          .doesNotHaveDuplicates();
    }
  }

  @ParameterizedTest
  @MethodSource("translations")
  void aLanguageHasTheMessagesOfEnglishAndNoOthers(Locale language) {
    assertThat(messages(language).keySet())
        .containsExactlyInAnyOrderElementsOf(messages(Locale.ENGLISH).keySet());
  }

  @ParameterizedTest
  @MethodSource("languages")
  void whereAMessageHasFormsItHasAllThatItsLanguageTakes(Locale language) {
    var rule = PluralRule.createOrDefault(language, PluralRuleType.CARDINAL);
    var taken =
        LongStream.concat(LongStream.rangeClosed(0, 250), LongStream.of(1_000, 1_000_000))
            .mapToObj(number -> rule.select(number).name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    messages(language)
        .forEach(
            (name, forms) -> {
              if (!forms.keySet().equals(Set.of(""))) {
                assertThat(forms.keySet()).as(name).isEqualTo(taken);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("translations")
  void aMessageSpeaksOfTheSameInEveryLanguage(Locale language) {
    var english = messages(Locale.ENGLISH);
    messages(language)
        .forEach(
            (name, forms) ->
                assertThat(places(forms.values()))
                    .as(name)
                    .isEqualTo(places(english.getOrDefault(name, Map.of()).values())));
  }

  @ParameterizedTest
  @MethodSource("languages")
  void everyPatternCanBeReadAndQuotesNothing(Locale language) {
    patterns(language)
        .forEach(
            (key, pattern) -> {
              assertThat(pattern).as("an apostrophe is ’: " + key).doesNotContain("'");
              assertThat(pattern).as(key).isNotBlank().isEqualTo(pattern.strip());
              assertThat(new MessageFormat(pattern, language).toPattern()).as(key).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("translations")
  void nothingIsLeftInEnglish(Locale language) {
    var english = patterns(Locale.ENGLISH);
    var alike =
        patterns(language).entrySet().stream()
            .filter(each -> each.getValue().equals(english.get(each.getKey())))
            .map(Map.Entry::getKey)
            .filter(key -> !ALIKE.contains(key));
    assertThat(alike).isEmpty();
  }

  @Test
  void everyMessageThatTheCodeNamesExists() {
    var known = messages(Locale.ENGLISH).keySet();
    var roots = known.stream().map(MessagesTest::root).collect(Collectors.toSet());
    var named =
        found(NAME, Path.of("src/main/java"), Path.of("src/main/jte")).stream()
            .filter(name -> roots.contains(root(name)));
    assertThat(named).isSubsetOf(known);
  }

  @Test
  void everyRefusalCanBeSaid() {
    var known = messages(Locale.ENGLISH).keySet();
    var codes = refusals();
    assertThat(codes).contains("too-late", "duration-too-long", "reason-character");
    assertThat(codes)
        .allSatisfy(
            code ->
                assertThat(known)
                    .anyMatch(
                        name ->
                            name.equals("refusal." + code)
                                || name.startsWith("refusal." + code + ".")
                                || (code.endsWith("-character") && name.startsWith("flaw."))));
  }

  /** What a page says stands in the files, where it can be translated, and nowhere else. */
  @Test
  void noTemplateSaysAnythingByItself() {
    assertThat(
            texts(Path.of("src/main/jte/html"))
                .flatMap(template -> Templates.ownWords(template).stream()))
        .isEmpty();
  }

  @Test
  void whatATemplateSaysByItselfIsFound() {
    assertThat(
            Templates.ownWords(
                """
                @import dev.daypass.web.Frame
                @param String text = "x"
                !{var s = frame.speech();}
                !{var title = "A title";}
                @template.part.layout(frame = frame, title = s.say("page.back"), text = "Any text", content = @`
                @if(text.equals("Not said"))
                <p class="lead" title="Here">${s.say("page.back", "x".length())} and <b>there</b></p>
                @else
                <p class="${one ? "good" : "bad"}">${one ? "this" : "page.back"}</p> Daypass
                @endif
                `)
                """))
        .containsExactlyInAnyOrder("A title", "Any text", "Here", "x  and", "there", "this");
  }

  @Test
  void everyMessageIsUsed() {
    var named = found(NAME, Path.of("src/main/java"), Path.of("src/main/jte"));
    var codes = refusals();
    var variants = found(VARIANT, Path.of("src/main/java"));
    Arrays.stream(Proof.values())
        .map(proof -> proof.name().toLowerCase(Locale.ROOT))
        .forEach(variants::add);
    var unused =
        messages(Locale.ENGLISH).keySet().stream()
            .filter(name -> !named.contains(name) && !isOfARefusal(name, codes, variants));
    assertThat(unused).isEmpty();
  }

  private static boolean isOfARefusal(String name, Set<String> codes, Set<String> variants) {
    var parts = name.split("\\.", -1);
    return parts[0].equals("refusal")
        && codes.contains(parts[1])
        && (parts.length == 2 || (parts.length == 3 && variants.contains(parts[2])));
  }

  private static Set<String> refusals() {
    return found(
            CODE,
            Path.of("src/main/java/dev/daypass/access"),
            Path.of("src/main/java/dev/daypass/runbook"),
            Path.of("src/main/java/dev/daypass/web"),
            Path.of("src/main/java/dev/daypass/request"),
            Path.of("src/main/java/dev/daypass/approval"),
            Path.of("src/main/java/dev/daypass/audit/AuditPages.java"),
            Path.of("src/main/java/dev/daypass/people/StandInPages.java"),
            Path.of("src/main/java/dev/daypass/oversee/ExplainPages.java"))
        .stream()
        .filter(code -> !FOR_PROGRAMS.contains(code))
        .collect(Collectors.toSet());
  }

  private static Map<String, String> patterns(Locale language) {
    return Messages.of(language).orElseThrow().patterns();
  }

  /** Patterns by form, {@code ""} for the only one, by the name that the code knows. */
  private static Map<String, Map<String, String>> messages(Locale language) {
    var messages = new TreeMap<String, Map<String, String>>();
    patterns(language)
        .forEach(
            (key, pattern) -> {
              int dot = key.lastIndexOf('.');
              var form = key.substring(dot + 1);
              boolean isForm = FORMS.contains(form);
              messages
                  .computeIfAbsent(isForm ? key.substring(0, dot) : key, name -> new TreeMap<>())
                  .put(isForm ? form : "", pattern);
            });
    return messages;
  }

  private static Set<String> places(Iterable<String> patterns) {
    var places = new TreeSet<String>();
    for (var pattern : patterns) {
      PLACE.matcher(pattern).results().map(place -> place.group(1)).forEach(places::add);
    }
    return places;
  }

  private static String root(String name) {
    return name.substring(0, name.indexOf('.'));
  }

  private static Set<String> found(Pattern pattern, Path... folders) {
    return Stream.of(folders)
        .flatMap(MessagesTest::texts)
        .flatMap(text -> pattern.matcher(text).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> texts(Path folder) {
    try (var files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).map(MessagesTest::text).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
