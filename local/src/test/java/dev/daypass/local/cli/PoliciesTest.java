package dev.daypass.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.runbook.Catalog;
import dev.daypass.runbook.PolicyJson;
import dev.daypass.store.Policies;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PoliciesTest {
  @RegisterExtension static final RealTables TABLES = new RealTables();

  private static final Instant AT = Instant.parse("2026-03-02T09:00:00Z");
  private static final String ANN = "ann@example.com";

  private final PolicyFiles shipped = PolicyFiles.load(ShippedRunbooksTest.SHIPPED);
  private Policies policies;

  @BeforeEach
  void open() {
    policies = new Policies(TABLES.client(), RealTables.POLICIES);
  }

  @Test
  void beforeTheFirstPublicationNothingHolds() {
    assertThat(policies.catalog()).isEqualTo(Catalog.EMPTY);
    assertThat(policies.contents().revision()).isZero();
  }

  @Test
  void whatIsStoredDoesNotHoldUntilTheCatalogNamesIt() {
    int version = storeRunbook("hash-1");

    assertThat(policies.catalog()).isEqualTo(Catalog.EMPTY);
    assertThat(policies.runbook("crm-customer-record", version)).isPresent();
  }

  @Test
  void aVersionIsKeptForever() {
    storeRunbook("hash-1");
    storeRunbook("hash-2");

    assertThat(policies.runbook("crm-customer-record", 1).orElseThrow().hash()).isEqualTo("hash-1");
    assertThat(policies.runbook("crm-customer-record", 2).orElseThrow().hash()).isEqualTo("hash-2");
    assertThat(policies.runbook("crm-customer-record", 3)).isEmpty();
  }

  @Test
  void theSameTextIsStoredOnce() {
    assertThat(storeRunbook("hash-1")).isEqualTo(1);
    assertThat(storeRunbook("hash-1")).isEqualTo(1);
    assertThat(TABLES.count(RealTables.POLICIES)).isEqualTo(1);
  }

  @Test
  void ofTwoPublicationsAtOnceOneHolds() throws Exception {
    storeRunbook("hash-1");
    var next = new Policies.Contents(1, Map.of("crm-customer-record", 1), Map.of());
    var attempts = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < 8; i++) {
      attempts.add(() -> policies.hold(next, ANN, AT));
    }

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      int held = 0;
      for (var outcome : threads.invokeAll(attempts)) {
        held += outcome.get() ? 1 : 0;
      }
      assertThat(held).isEqualTo(1);
    }
    assertThat(policies.contents().revision()).isEqualTo(1);
  }

  @Test
  void anOlderRevisionDoesNotReplaceANewerOne() {
    storeRunbook("hash-1");
    var first = new Policies.Contents(1, Map.of("crm-customer-record", 1), Map.of());
    var second = new Policies.Contents(2, Map.of(), Map.of());

    assertThat(policies.hold(first, ANN, AT)).isTrue();
    assertThat(policies.hold(second, ANN, AT)).isTrue();
    assertThat(policies.hold(first, ANN, AT)).isFalse();
    assertThat(policies.hold(second, ANN, AT)).isFalse();
    assertThat(policies.contents()).isEqualTo(second);
  }

  @Test
  void moreThanAHundredPoliciesAreReadTogether() {
    var runbooks = new HashMap<String, Integer>();
    var sample = shipped.runbooks().getFirst();
    for (int i = 0; i < 130; i++) {
      var id = "runbook-" + i;
      var json = PolicyJson.json(sample).replace("\"id\":\"" + sample.id(), "\"id\":\"" + id);
      runbooks.put(id, policies.store(Policies.Kind.RUNBOOK, id, "hash", json, ANN, AT));
    }
    policies.hold(new Policies.Contents(1, runbooks, Map.of()), ANN, AT);

    assertThat(policies.catalog().runbooks()).hasSize(130);
  }

  private int storeRunbook(String hash) {
    var runbook =
        shipped.runbooks().stream()
            .filter(candidate -> candidate.id().equals("crm-customer-record"))
            .findFirst()
            .orElseThrow();
    return policies.store(
        Policies.Kind.RUNBOOK, runbook.id(), hash, PolicyJson.json(runbook), ANN, AT);
  }
}
