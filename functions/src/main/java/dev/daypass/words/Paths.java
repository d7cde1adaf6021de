package dev.daypass.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/**
 * Where things are: the paths that pages and mails link to, each with its route in {@code
 * template.yaml}.
 */
public final class Paths {
  public static final String HOME = "/";

  private Paths() {}

  /** Everything that can be asked for; {@code ?q=} searches. */
  public static String find() {
    return "/find";
  }

  /** What waits for the visitor's decision, on one page. */
  public static String inbox() {
    return "/inbox";
  }

  /** Posting there decides on the page of {@link #inbox}. */
  public static String decideInInbox(String id) {
    return inbox() + "/" + segment(id);
  }

  /** The form to ask with this runbook; posting there asks. */
  public static String ask(String runbook) {
    return "/ask/" + segment(runbook);
  }

  /** Where the access of a runbook is taken in an emergency, and where that is sent. */
  public static String emergency(String runbook) {
    return ask(runbook) + "/emergency";
  }

  /** One request, for whoever may see it. */
  public static String request(String id) {
    return "/requests/" + segment(id);
  }

  /** Posting there takes a request back before anything was set up. */
  public static String cancel(String id) {
    return request(id) + "/cancel";
  }

  /** Posting there gives access back early. */
  public static String giveBack(String id) {
    return request(id) + "/return";
  }

  /** Posting there, with an instant, moves the end of the access. */
  public static String extend(String id) {
    return request(id) + "/extend";
  }

  /** Posting there, with a reason, takes access away. */
  public static String withdrawApproval(String id) {
    return request(id) + "/withdraw-approval";
  }

  public static String revoke(String id) {
    return request(id) + "/revoke";
  }

  /** Where it is said whether an emergency was one. */
  public static String review(String id) {
    return request(id) + "/review";
  }

  public static String setUpByHand(String id) {
    return request(id) + "/set-up";
  }

  public static String takenAwayByHand(String id) {
    return request(id) + "/taken-away";
  }

  /** A picture or document that shows what was done by hand, by its hash. */
  public static String evidence(String id, String sha256) {
    return request(id) + "/evidence/" + segment(sha256);
  }

  /** Where a signed-in approver decides; GET shows, POST decides. */
  public static String decideSignedIn(String id) {
    return request(id) + "/decide";
  }

  /** Where the link of a mail leads; GET shows, POST decides. */
  public static String decide(String token) {
    return "/decide/" + segment(token);
  }

  /** Posting there has a new mail with a new link and a new code sent to the same person. */
  public static String newMail(String token) {
    return decide(token) + "/mail";
  }

  /** Leads to the sign-in service and back to where {@code next} says. */
  public static String signIn() {
    return "/sign-in";
  }

  /** Where the sign-in service sends people back; it must know this address. */
  public static String signedIn() {
    return signIn() + "/callback";
  }

  /** Posting there ends the session of this browser. */
  public static String signOut() {
    return "/sign-out";
  }

  /** Posting there ends all sessions of one's own. */
  public static String signOutEverywhere() {
    return "/sign-out-everywhere";
  }

  /** Who stands in for oneself. */
  public static String standIn() {
    return "/stand-in";
  }

  /** One's own sessions. */
  public static String sessions() {
    return "/sessions";
  }

  /** Posting there ends one of them. */
  public static String endSession(String hash) {
    return sessions() + "/" + segment(hash) + "/end";
  }

  /** Posting there, with a language and where to go on, chooses the language of this browser. */
  public static String language() {
    return "/language";
  }

  /** The systems that the visitor answers for, or all of them for whoever oversees all. */
  public static String systems() {
    return "/systems";
  }

  /** Who has access to one system now. */
  public static String system(String id) {
    return systems() + "/" + segment(id);
  }

  /** All runbooks and systems as published, with what is wrong with them. */
  public static String runbooks() {
    return "/admin/runbooks";
  }

  /** One runbook as published, in plain words. */
  public static String runbook(String id) {
    return runbooks() + "/" + segment(id);
  }

  /** Why somebody may or may not ask, and who would be asked: the form, and the answer. */
  public static String explain() {
    return "/explain";
  }

  /** Everybody in the directory, for administrators and auditors; {@code ?q=} searches. */
  public static String people() {
    return "/admin/people";
  }

  /** One person of the directory, by their address. */
  public static String person(String email) {
    return people() + "/" + segment(AddressInPath.of(email));
  }

  /** Everybody who is active, as a file that can be imported; for administrators. */
  public static String peopleFile() {
    return "/admin/people.csv";
  }

  /** The form to import a list of people, and the last imports; posting there begins one. */
  public static String importPeople() {
    return people() + "/import";
  }

  /** One import: how it stands, what it changes. */
  public static String peopleImport(String id) {
    return "/admin/imports/" + segment(id);
  }

  /** Posting there has done what an import shows. */
  public static String applyImport(String id) {
    return peopleImport(id) + "/apply";
  }

  /** Posting there discards an import, or stops it. */
  public static String discardImport(String id) {
    return peopleImport(id) + "/discard";
  }

  /** The audit trail, for auditors and administrators. */
  public static String audit() {
    return "/audit";
  }

  /** What a search of it finds, as a file. */
  public static String auditFile() {
    return audit() + ".csv";
  }

  /** A style sheet or an image, by its name with the hash of its content. */
  public static String asset(String hashedName) {
    return "/assets/" + hashedName;
  }

  private static String segment(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }
}
