package dev.daypass;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Which package may know which, and what only the composition root may touch. */
class ArrowsTest {
  private static final String ROOT = "dev.daypass";
  private static final String APP = ROOT + ".App";

  /** The composition root, and its door to everybody else. */
  private static final Set<String> COMPOSITION_ROOT =
      Set.of(APP, ROOT + ".Outside", ROOT + ".AwsOutside");

  /** Compiled from {@code src/main/jte}. */
  private static final String TEMPLATES = ROOT + ".templates";

  /**
   * Each package with those it may use besides itself and libraries; the parts of a package (such
   * as {@code connector.scim}) count as the package. A new package gets a line here.
   */
  private static final Map<String, Set<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("access", Set.of()),
              Map.entry("words", Set.of("access")),
              Map.entry("runbook", Set.of("access")),
              Map.entry("store", Set.of("access", "runbook")),
              Map.entry("connector", Set.of("access")),
              Map.entry("mail", Set.of("access", "words")),
              Map.entry("web", Set.of("access", "runbook", "words")),
              Map.entry("templates", Set.of("access", "mail", "web", "words")),
              Map.entry("audit", Set.of("access", "runbook", "store", "web")),
              Map.entry("request", Set.of("access", "runbook", "store", "web", "words")),
              Map.entry("oversee", Set.of("access", "runbook", "store", "web", "words")),
              Map.entry("chat", Set.of("access", "connector", "runbook", "words")),
              Map.entry(
                  "approval",
                  Set.of(
                      "access", "chat", "connector", "mail", "runbook", "store", "web", "words")),
              Map.entry("people", Set.of("access", "runbook", "store", "web", "words")),
              Map.entry(
                  "signin", Set.of("access", "connector", "runbook", "store", "web", "words")),
              Map.entry("grant", Set.of("access", "store", "connector", "approval"))));

  /** Names that say where something lies and not what it is. */
  private static final Set<String> EMPTY_NAMES =
      Set.of(
          "common",
          "dto",
          "helper",
          "helpers",
          "impl",
          "manager",
          "managers",
          "misc",
          "service",
          "services",
          "util",
          "utils");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  @TestFactory
  Stream<DynamicTest> eachPackageUsesOnlyWhatItMay() {
    return ARROWS.entrySet().stream()
        .map(
            arrows ->
                DynamicTest.dynamicTest(
                    arrows.getKey() + " -> " + new TreeSet<>(arrows.getValue()),
                    () ->
                        noClasses()
                            .that()
                            .resideInAPackage(within(arrows.getKey()))
                            .should()
                            .dependOnClassesThat(areOursOutside(arrows))
                            .allowEmptyShould(true)
                            .check(CLASSES)));
  }

  /** An arrow that nothing follows any more says something untrue. */
  @Test
  void everyArrowIsFollowed() {
    var followed = new TreeMap<String, Set<String>>();
    for (var each : CLASSES) {
      for (var dependency : each.getDirectDependenciesFromSelf()) {
        var target = dependency.getTargetClass();
        if (target.getPackageName().startsWith(ROOT + ".")) {
          followed.computeIfAbsent(part(each), part -> new TreeSet<>()).add(part(target));
        }
      }
    }

    var unfollowed =
        ARROWS.entrySet().stream()
            .flatMap(
                arrows ->
                    arrows.getValue().stream()
                        .filter(
                            to -> !followed.getOrDefault(arrows.getKey(), Set.of()).contains(to))
                        .map(to -> arrows.getKey() + " -> " + to));
    assertThat(unfollowed).isEmpty();
  }

  /** The package under the root that a class belongs to; empty for the root itself. */
  private static String part(JavaClass each) {
    var name = each.getPackageName();
    return name.equals(ROOT) ? "" : name.substring(ROOT.length() + 1).replaceFirst("\\..*", "");
  }

  @Test
  void everyPackageHasItsArrows() {
    classes()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".package-info")
        .and(areNotTheCompositionRoot())
        .should()
        .resideInAnyPackage(ARROWS.keySet().stream().map(ArrowsTest::within).toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void theCoreIsMadeOfTheJavaLibraryOnly() {
    classes()
        .that()
        .resideInAPackage(within("access"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(within("access"), "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void theCoreReadsAndWritesNothing() {
    noClasses()
        .that()
        .resideInAPackage(within("access"))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.io..", "java.net..", "java.nio.file..", "java.util.concurrent..")
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootTouchesEnvironmentClockAndChance() {
    classes()
        .that(areNotTheCompositionRoot())
        .should(
            notReach(
                "the environment, the machine's clock or chance",
                Map.of(
                    "java.lang.System", Set.of("getenv", "currentTimeMillis"),
                    "java.lang.Math", Set.of("random"),
                    "java.time.Clock", Set.of("system", "systemUTC", "systemDefaultZone"),
                    "java.time.InstantSource", Set.of("system"),
                    "java.time.Instant", Set.of("now"),
                    "java.security.SecureRandom", Set.of("<init>", "getInstanceStrong"),
                    "java.util.Random", Set.of("<init>"),
                    "java.util.UUID", Set.of("randomUUID"),
                    "java.util.random.RandomGenerator", Set.of("getDefault", "of"),
                    "java.util.concurrent.ThreadLocalRandom", Set.of("current"))))
        .check(CLASSES);
  }

  @Test
  void datesAreNeverTakenFromTheMachine() {
    classes()
        .that(areNotTheCompositionRoot())
        .should(
            notReach(
                "the machine's date",
                Map.of(
                    "java.time.LocalDate", Set.of("now"),
                    "java.time.LocalDateTime", Set.of("now"),
                    "java.time.OffsetDateTime", Set.of("now"),
                    "java.time.YearMonth", Set.of("now"),
                    "java.time.ZonedDateTime", Set.of("now"))))
        .check(CLASSES);
  }

  @Test
  void onlyHandlersKnowTheCompositionRoot() {
    noClasses()
        .that(areNotTheCompositionRoot())
        .and(areNotHandlers())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(APP)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheCompositionRootKnowsTheDoorToTheOutside() {
    noClasses()
        .that(areNotTheCompositionRoot())
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".Outside")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".AwsOutside")
        .check(CLASSES);
  }

  @Test
  void onlyConstructorsWithoutArgumentsMakeTheAppOfTheRealEnvironment() {
    var elsewhere =
        CLASSES.stream()
            .flatMap(each -> accesses(each).stream())
            .filter(access -> access.getTargetOwner().getFullName().equals(APP))
            .filter(ArrowsTest::callsTheConstructorWithoutArguments)
            .filter(access -> !isConstructorWithoutArguments(access.getOrigin()))
            .map(JavaAccess::getDescription);

    assertThat(elsewhere).isEmpty();
  }

  /** The one that compares, makes equal and reads back, under the lock. */
  @Test
  void onlyReconcileCallsConnectors() {
    noClasses()
        .that()
        .resideOutsideOfPackage(within("connector"))
        .and(doNotBelongTo(ROOT + ".grant.Reconcile"))
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "read or change a target",
                call ->
                    call.getTargetOwner().isAssignableTo(ROOT + ".connector.Connector")
                        && Set.of("holds", "add", "remove").contains(call.getName())))
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /** Anything else that started or looked up runs would close a circle in the template. */
  @Test
  void onlyDispatchAndSweepKnowTheStateMachine() {
    noClasses()
        .that(doNotBelongTo(APP))
        .and(doNotBelongTo(ROOT + ".approval.Workflow"))
        .and(doNotBelongTo(ROOT + ".approval.Dispatch"))
        .and(doNotBelongTo(ROOT + ".grant.Sweep"))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName(ROOT + ".approval.Workflow")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsDescribedAndNullMarked() {
    var without =
        packages()
            .filter(each -> !each.getName().startsWith(TEMPLATES))
            .filter(
                each ->
                    each.tryGetPackageInfo()
                        .filter(info -> info.isAnnotatedWith(NullMarked.class))
                        .isEmpty())
            .map(JavaPackage::getName);

    assertThat(without).isEmpty();
  }

  @Test
  void noPackageHasAnEmptyName() {
    var empty =
        packages()
            .map(JavaPackage::getName)
            .filter(name -> Arrays.stream(name.split("\\.")).anyMatch(EMPTY_NAMES::contains));

    assertThat(empty).isEmpty();
  }

  @Test
  void thereAreClassesToLookAt() {
    assertThat(CLASSES.contain(ROOT + ".access.Life")).isTrue();
  }

  private static String within(String name) {
    return ROOT + "." + name + "..";
  }

  /** Our packages with classes in them. */
  private static Stream<JavaPackage> packages() {
    return CLASSES.stream().map(JavaClass::getPackage).distinct();
  }

  private static DescribedPredicate<JavaClass> areOursOutside(
      Map.Entry<String, Set<String>> arrows) {
    var allowed =
        Stream.concat(Stream.of(arrows.getKey()), arrows.getValue().stream())
            .map(name -> ROOT + "." + name)
            .toList();
    return DescribedPredicate.describe(
        "are ours outside " + allowed,
        each ->
            each.getPackageName().startsWith(ROOT + ".")
                && allowed.stream()
                    .noneMatch(
                        name ->
                            each.getPackageName().equals(name)
                                || each.getPackageName().startsWith(name + ".")));
  }

  /** Not the class of this name, nor a class inside it. */
  private static DescribedPredicate<JavaClass> doNotBelongTo(String name) {
    return DescribedPredicate.describe(
        "do not belong to " + name, each -> !outermost(each).getFullName().equals(name));
  }

  private static DescribedPredicate<JavaClass> areNotTheCompositionRoot() {
    return DescribedPredicate.describe(
        "do not belong to the composition root",
        each -> !COMPOSITION_ROOT.contains(outermost(each).getFullName()));
  }

  private static DescribedPredicate<JavaClass> areNotHandlers() {
    return DescribedPredicate.describe(
        "are not handlers", each -> !outermost(each).getSimpleName().endsWith("Handler"));
  }

  private static JavaClass outermost(JavaClass inner) {
    return inner.getEnclosingClass().map(ArrowsTest::outermost).orElse(inner);
  }

  /**
   * Calls none of these, nor refers to them as functions.
   *
   * @param forbidden methods (or {@code <init>}) by the class that has them
   */
  private static ArchCondition<JavaClass> notReach(
      String what, Map<String, Set<String>> forbidden) {
    return new ArchCondition<>("not reach " + what) {
      @Override
      public void check(JavaClass each, ConditionEvents events) {
        accesses(each).stream()
            .filter(
                access ->
                    forbidden
                        .getOrDefault(access.getTargetOwner().getFullName(), Set.of())
                        .contains(access.getTarget().getName()))
            // An instant of a given clock is not the machine's.
            .filter(access -> !takesAClock(access))
            .forEach(
                access -> events.add(SimpleConditionEvent.violated(each, access.getDescription())));
      }
    };
  }

  private static boolean takesAClock(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getRawParameterTypes().stream()
            .anyMatch(type -> type.isEquivalentTo(java.time.Clock.class));
  }

  /** Calls of methods and constructors, and references to them. */
  private static Collection<JavaAccess<?>> accesses(JavaClass each) {
    return Stream.<Collection<? extends JavaAccess<?>>>of(
            each.getCodeUnitCallsFromSelf(), each.getCodeUnitReferencesFromSelf())
        .<JavaAccess<?>>flatMap(Collection::stream)
        .toList();
  }

  private static boolean callsTheConstructorWithoutArguments(JavaAccess<?> access) {
    return access.getTarget() instanceof CodeUnitAccessTarget target
        && target.getName().equals("<init>")
        && target.getRawParameterTypes().isEmpty();
  }

  private static boolean isConstructorWithoutArguments(JavaCodeUnit origin) {
    return origin.isConstructor() && origin.getRawParameterTypes().equals(List.of());
  }
}
