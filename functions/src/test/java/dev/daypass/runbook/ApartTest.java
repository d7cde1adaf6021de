package dev.daypass.runbook;

import static dev.daypass.runbook.Sample.AMARA;
import static dev.daypass.runbook.Sample.CRM;
import static dev.daypass.runbook.Sample.company;
import static dev.daypass.runbook.Sample.published;
import static dev.daypass.runbook.Sample.runbook;
import static dev.daypass.runbook.Sample.stage;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.access.Apart;
import dev.daypass.access.Refusal;
import dev.daypass.words.InWords;
import dev.daypass.words.Speech;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Roles that nobody may have together. */
class ApartTest {
  private static final TargetSystem.Role EXPORTER =
      new TargetSystem.Role("exporter", "Exporter", "Export lists.", "crm-exporters");

  private static TargetSystem.Role viewer(String... apart) {
    return new TargetSystem.Role(
        "record-viewer",
        "Record viewer",
        "Read records.",
        "crm-record-viewers",
        Arrays.stream(apart).map(name -> TargetSystem.RoleName.of(name, "crm")).toList());
  }

  private static TargetSystem crm(TargetSystem.Role... roles) {
    return new TargetSystem(CRM.id(), CRM.title(), CRM.owners(), CRM.connector(), List.of(roles));
  }

  private static TargetSystem billing(String... apart) {
    return new TargetSystem(
        "billing",
        "Billing",
        CRM.owners(),
        new TargetSystem.Connection("scim", "daypass/billing"),
        List.of(
            new TargetSystem.Role(
                "refund-agent",
                "Refund agent",
                "Refund payments.",
                "refunders",
                Arrays.stream(apart)
                    .map(name -> TargetSystem.RoleName.of(name, "billing"))
                    .toList())));
  }

  private static List<String> names(List<Apart> apart) {
    return apart.stream().map(Apart::name).toList();
  }

  @Test
  void holdBothWaysWhicheverFileSaysSo() {
    var catalog =
        published(
            runbook(stage("manager")),
            crm(viewer("exporter"), EXPORTER),
            billing("crm/record-viewer"));

    assertThat(names(catalog.apart("crm", "record-viewer")))
        .containsExactly("crm/exporter", "billing/refund-agent");
    assertThat(names(catalog.apart("crm", "exporter"))).containsExactly("crm/record-viewer");
    assertThat(names(catalog.apart("billing", "refund-agent")))
        .containsExactly("crm/record-viewer");
  }

  @Test
  void areNamedOnceAndWhatThereIsNotKeepsNobodyOut() {
    var catalog =
        published(
            runbook(stage("manager")),
            crm(viewer("billing/refund-agent", "gone", "nowhere/role", "record-viewer"), EXPORTER),
            billing("crm/record-viewer"));

    assertThat(names(catalog.apart("crm", "record-viewer")))
        .containsExactly("billing/refund-agent");
    assertThat(catalog.apart("crm", "exporter")).isEmpty();
    assertThat(catalog.apart("crm", "nothing")).isEmpty();
  }

  @Test
  void areWrittenAndReadBackAndLeftOutWhereThereAreNone() {
    var system = crm(viewer("exporter", "billing/refund-agent"), EXPORTER);

    assertThat(PolicyJson.system(PolicyJson.json(system))).isEqualTo(system);
    assertThat(PolicyJson.json(CRM)).doesNotContain("apart");
    assertThatIllegalArgumentException().isThrownBy(() -> TargetSystem.RoleName.of("crm/", "crm"));
  }

  @Test
  @Tag("limits.apart")
  void keepWhoeverHasTheOtherOneFromAsking() {
    var catalog = published(runbook(stage("manager")), crm(viewer()), billing("crm/record-viewer"));
    var other = new Past.Open("Read mails", "billing", "reader", Past.State.THERE);

    assertThat(refusals(catalog, List.of(other, refund(Past.State.ASKED))))
        .containsExactly(
            "Nobody may have this together with “Refund agent” in Billing, which you have asked"
                + " for (“Refund a payment”). You can withdraw that request, or wait for its end.");
    assertThat(refusals(catalog, List.of(refund(Past.State.THERE))))
        .containsExactly(
            "Nobody may have this together with “Refund agent” in Billing, which you have (“Refund"
                + " a payment”). You can give that back, or wait for its end.");
    assertThat(refusals(catalog, List.of(refund(Past.State.ENDING))))
        .containsExactly(
            "Nobody may have this together with “Refund agent” in Billing, which you had (“Refund a"
                + " payment”) and which is being taken away. Please ask again when that is done.");
    assertThat(refusals(catalog, List.of(other))).isEmpty();
    assertThat(refusals(catalog, List.of())).isEmpty();
  }

  @Test
  void areNotOfferedWhileTheOtherOneIsOpenWhichIsReadOnce() {
    var catalog = published(runbook(stage("manager")), crm(viewer()), billing("crm/record-viewer"));
    var reads = new AtomicInteger();
    var past =
        new Past() {
          @Override
          public Optional<Usage> of(String requester, String runbook) {
            throw new AssertionError("limits are not looked at here");
          }

          @Override
          public Optional<List<Open>> open(String requester) {
            reads.incrementAndGet();
            return Optional.of(List.of(refund(State.THERE)));
          }
        };

    assertThat(Planner.offers(catalog, company(), past, AMARA.email()))
        .filteredOn(offer -> offer.runbook().policy().id().equals("crm-customer-record"))
        .singleElement()
        .satisfies(
            offer ->
                assertThat(Check.refusals(offer.checks()))
                    .extracting(Refusal::code)
                    .containsExactly("not-both"));
    assertThat(reads).hasValue(1);

    var together = published(runbook(stage("manager")), crm(viewer()), billing());
    assertThat(Planner.offers(together, company(), past, AMARA.email()))
        .filteredOn(offer -> offer.runbook().policy().id().equals("crm-customer-record"))
        .singleElement()
        .matches(Planner.Offer::open);
    assertThat(reads).hasValue(1);
  }

  @Test
  void areFrozenWithThePlan() {
    var catalog = published(runbook(stage("manager")), crm(viewer()), billing("crm/record-viewer"));

    var planned = (Planning.Planned) Planner.plan(catalog, company(), Past.UNKNOWN, ask());

    assertThat(names(planned.plan().apart())).containsExactly("billing/refund-agent");
    assertThat(planned.plan().apart().getFirst().target().settings())
        .containsEntry("group", "refunders");
  }

  @Test
  void areExplained() {
    var catalog = published(runbook(stage("manager")), crm(viewer()), billing("crm/record-viewer"));

    var explained =
        Planner.explain(
            catalog,
            company(),
            Past.knowing(List.of()),
            "crm-customer-record",
            AMARA.email(),
            Optional.empty());

    assertThat(explained.checks())
        .extracting(check -> Speech.english().say(check.said()))
        .contains(
            "Not together with “Refund agent” in Billing, which is neither asked for nor there.");
  }

  @Test
  void thatThereAreNotAreFindings() {
    var catalog =
        published(
            runbook(stage("manager")),
            crm(viewer("exporters", "record-viewer", "biling/refund-agent"), EXPORTER),
            billing());
    var english = Speech.inMail(Locale.ENGLISH, ZoneOffset.UTC);

    assertThat(
            PolicySense.ofPolicies(catalog).stream()
                .filter(finding -> finding.place().contains("apart"))
                .map(
                    finding ->
                        finding.severity()
                            + " "
                            + finding.place()
                            + ": "
                            + english.say(finding.wrong())
                            + "; "
                            + english.say(finding.right())))
        .containsExactly(
            "ERROR /roles/0/apart/0: the system “crm” has no role “exporters”; did you mean"
                + " exporter?",
            "ERROR /roles/0/apart/1: the role “record-viewer” is apart from itself; name the other"
                + " role",
            "ERROR /roles/0/apart/2: there is no system “biling”; did you mean billing?");
  }

  private static List<String> refusals(Catalog catalog, List<Past.Open> open) {
    return switch (Planner.plan(catalog, company(), Past.knowing(open), ask())) {
      case Planning.Planned _ -> List.of();
      case Planning.Refused refused ->
          refused.refusals().stream()
              .map(InWords::saidInEveryLanguage)
              .map(Refusal::message)
              .toList();
    };
  }

  private static Ask ask() {
    return new Ask(
        "crm-customer-record", AMARA.email(), Optional.empty(), "Customer 4711 called us.", "");
  }

  private static Past.Open refund(Past.State state) {
    return new Past.Open("Refund a payment", "billing", "refund-agent", state);
  }
}
