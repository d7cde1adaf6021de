package dev.daypass.access;

import static dev.daypass.access.People.DORA;
import static dev.daypass.access.People.MAX;
import static dev.daypass.access.People.OLGA;
import static dev.daypass.access.People.OTTO;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans: to view a customer record in the CRM. */
public final class APlan {
  /** How long the access may last in all. */
  public static final Duration EXTENDABLE = Duration.ofHours(12);

  /** What nobody may have together with what {@link #apart} gives. */
  public static final Apart APPROVER =
      new Apart("payments", "the payments", "approver", "Approver", anyTarget());

  private APlan() {}

  /** With these stages. */
  public static Plan of(AStage... stages) {
    return of(Arrays.stream(stages).map(AStage::planned).toList());
  }

  /** With these stages. */
  public static Plan of(List<StagePlan> stages) {
    return of(stages, EXTENDABLE);
  }

  /** The manager or the deputy decides, and the holder cannot move the end. */
  public static Plan withAFixedEnd() {
    return of(List.of(AStage.needsOneOf(MAX, DORA).thenReminds().planned()), null);
  }

  private static Plan of(List<StagePlan> stages, @Nullable Duration extendable) {
    return new Plan(
        "crm-customer-record",
        3,
        "View a customer record",
        "crm",
        "the CRM",
        "viewer",
        "Viewer",
        anyTarget(),
        List.of(OLGA, OTTO),
        stages,
        extendable,
        null);
  }

  /** The manager or the deputy decides; one reminder. */
  public static Plan forTheManager() {
    return of(AStage.needsOneOf(MAX, DORA).thenReminds());
  }

  /** The same for a system that no program reaches. */
  public static Plan byHand(Plan plan) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        new Target(
            Target.BY_HAND,
            "",
            Map.of(
                Target.GROUP,
                "viewers",
                Target.SET_UP,
                "Open Users.\nAdd the group.",
                Target.TAKE_AWAY,
                "Open Users.\nTake out the group.")),
        plan.owners(),
        plan.stages(),
        plan.extendable(),
        null);
  }

  /** The same for a system of these owners. */
  public static Plan ownedBy(Plan plan, String... owners) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        Arrays.asList(owners),
        plan.stages(),
        plan.extendable(),
        plan.hours());
  }

  /** The same counted in these working hours. */
  public static Plan inHours(Hours hours, Plan plan) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        plan.owners(),
        plan.stages(),
        plan.extendable(),
        hours);
  }

  /** The manager or the deputy decides about a role that nobody may have with another one. */
  public static Plan apart() {
    var plan = forTheManager();
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        plan.owners(),
        plan.stages(),
        plan.extendable(),
        plan.hours(),
        List.of(new Apart("payments", "the payments", "reader", "Reader", anyTarget()), APPROVER),
        null,
        null);
  }

  /** Its requester takes it in an emergency; Olga or Otto reviews that, and Max is the manager. */
  public static Plan emergency() {
    return emergency(forTheManager());
  }

  /** The same taken in an emergency. */
  public static Plan emergency(Plan plan) {
    return new Plan(
        plan.runbook(),
        plan.runbookVersion(),
        plan.title(),
        plan.system(),
        plan.systemTitle(),
        plan.role(),
        plan.roleTitle(),
        plan.target(),
        plan.owners(),
        List.of(),
        null,
        plan.hours(),
        plan.apart(),
        null,
        new BreakGlass(List.of(OLGA, OTTO), MAX));
  }

  /** Where the access is set up when that does not matter. */
  public static Target anyTarget() {
    return new Target("scim", "crm-secret", Map.of("group", "viewers"));
  }
}
