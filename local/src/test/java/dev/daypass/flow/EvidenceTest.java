package dev.daypass.flow;

import static dev.daypass.flow.Company.ELENA;
import static dev.daypass.flow.Company.INGRID;
import static dev.daypass.flow.Company.JOANA;
import static dev.daypass.flow.Company.PRIYA;
import static dev.daypass.flow.Company.RUTH;
import static dev.daypass.flow.Company.TOMASZ;
import static dev.daypass.flow.Company.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.daypass.access.Evidence;
import dev.daypass.local.s3.LocalS3;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What owners attach to show that they have taken access away by hand. */
class EvidenceTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] PICTURE = bytes("\u0089PNG\r\n\u001a\n nobody is there");
  private static final byte[] DOCUMENT = bytes("%PDF-1.7 nobody is there");

  private static Company company;

  @BeforeAll
  static void open() {
    company = Company.open();
  }

  @AfterAll
  static void close() {
    company.close();
  }

  @AfterEach
  void tidy() {
    company.tidy();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** An access whose time is up: its owners are to take it away. */
  private static String toBeTakenAway() {
    var id = company.ask(PRIYA, "hr-onboarding", Duration.ofHours(1));
    company.approve(id, JOANA);
    company.setUp(id, INGRID, "done", "");
    company.passMinutes(61);
    assertThat(company.json(id).at("/task/kind").asText()).isEqualTo("take-away");
    return id;
  }

  private static String page(String id) {
    return "/requests/" + id;
  }

  private static ObjectNode shown(String name, byte[] file) {
    var body = JSON.createObjectNode();
    body.putObject("evidence")
        .put("name", name)
        .put("content", Base64.getEncoder().encodeToString(file));
    return body;
  }

  private static Answer send(String id, String owner, ObjectNode body) {
    var answer = company.desk(owner).post("/api" + page(id) + "/taken-away", body);
    company.settle();
    return answer;
  }

  /** What the page's form sends, with this file. */
  private static Page upload(String id, String owner, String note, String name, byte[] file) {
    var desk = company.desk(owner);
    var action = page(id) + "/taken-away";
    var form = desk.open(page(id)).form(action);
    var answer =
        desk.postRaw(
            action,
            UploadForm.TYPE,
            UploadForm.of(
                Map.of("form", form.hidden().getOrDefault("form", ""), "note", note),
                "evidence",
                name,
                file));
    company.settle();
    return answer;
  }

  private static Map<String, LocalS3.Kept> kept(String id) {
    var all = company.evidence();
    all.keySet().removeIf(key -> !key.startsWith(id + "/"));
    return all;
  }

  @Test
  @Tag("by-hand.evidence")
  void aPictureAloneIsProof() {
    var id = toBeTakenAway();
    var form = company.desk(INGRID).open(page(id));
    assertThat(form.html())
        .contains(
            "enctype=\"multipart/form-data\"",
            "accept=\"image/png,image/jpeg,application/pdf\"",
            "aria-describedby=\"hint-evidence\"");
    assertThat(form.text()).contains("A screenshot as PNG or JPEG, or a PDF, of at most 4 MB.");

    var said = upload(id, INGRID, "", "C:\\pictures\\users after.png", PICTURE);

    assertThat(said.status()).isEqualTo(200);
    assertThat(said.text())
        .contains(
            "Thank you. What you said is kept in the trail.",
            "Attached: users after.png (PNG, 1 KB)");
    assertThat(company.status(id)).isEqualTo("ENDED");
    var hash = Evidence.of(PICTURE, "").sha256();
    assertThat(kept(id))
        .containsExactly(Map.entry(id + "/" + hash, new LocalS3.Kept("image/png", PICTURE)));
    assertThat(said.html()).contains("href=\"" + page(id) + "/evidence/" + hash + "\" download");
    var event =
        company
            .json(id)
            .path("events")
            .valueStream()
            .filter(one -> one.path("kind").asText().equals("REMOVAL_ATTESTED"))
            .findFirst()
            .orElseThrow();
    assertThat(event.path("evidence").toString())
        .isEqualTo(
            "{\"sha256\":\"%s\",\"type\":\"image/png\",\"bytes\":%d,\"name\":\"users after.png\"}"
                .formatted(hash, PICTURE.length));
    assertThat(text(company.mail(id, JOANA, "gone-after-all")))
        .contains("A picture or PDF that shows it is attached to the request.");
    company.audited(id);
  }

  @Test
  @Tag("by-hand.evidence")
  void ownersAdministratorsAndAuditorsOpenItAndNobodyElse() {
    var id = toBeTakenAway();
    upload(id, INGRID, "Out.", "after.pdf", DOCUMENT);
    var path = page(id) + "/evidence/" + Evidence.of(DOCUMENT, "").sha256();

    for (var who : new String[] {INGRID, JOANA, RUTH, ELENA}) {
      var desk = company.desk(who);
      desk.open("/");
      for (var way : new String[] {path, "/api" + path}) {
        var file = desk.call("GET", way, "", "", Map.of());
        assertThat(file.statusCode()).as(who).isEqualTo(200);
        assertThat(file.body()).isEqualTo(new String(DOCUMENT, ISO_8859_1));
        assertThat(file.headers().map())
            .containsEntry("content-type", List.of("application/pdf"))
            .containsEntry("x-content-type-options", List.of("nosniff"))
            .containsEntry("cache-control", List.of("no-store"))
            .containsEntry(
                "content-security-policy",
                List.of("default-src 'none'; frame-ancestors 'none'; sandbox"));
        assertThat(file.headers().firstValue("content-disposition").orElse(""))
            .matches("attachment; filename=\"evidence-[0-9a-f]{12}\\.pdf\"");
      }
    }
    var priya = company.desk(PRIYA);
    assertThat(priya.open(path).status()).isEqualTo(403);
    assertThat(priya.open(path).text()).contains("Only owners of HR tool, administrators");
    assertThat(priya.open(page(id)).text())
        .contains("Out.", "Attached: after.pdf (PDF, 1 KB) Owners of the system, administrators");
    assertThat(priya.open(page(id)).html()).doesNotContain("/evidence/");
    assertThat(priya.get("/api" + path).status()).isEqualTo(403);
    assertThat(company.desk(TOMASZ).open(path).status()).isEqualTo(404);
    assertThat(company.desk(ELENA).open("/audit?by=request&what=" + id).html())
        .contains("href=\"" + path + "\" download", "evidenceName");
  }

  @Test
  void whatWasNotAttachedIsNotThere() {
    var id = toBeTakenAway();
    company.takenAway(id, INGRID, "Out.");
    var desk = company.desk(INGRID);

    for (var hash :
        new String[] {Evidence.of(DOCUMENT, "").sha256(), "x", "..%2F..", "%00", "A".repeat(64)}) {
      assertThat(desk.open(page(id) + "/evidence/" + hash).status()).as(hash).isEqualTo(404);
      assertThat(desk.get("/api" + page(id) + "/evidence/" + hash).status()).isEqualTo(404);
    }
  }

  @Test
  void whatIsNoPictureIsToldBesideTheField() {
    var id = toBeTakenAway();

    var page = upload(id, INGRID, "Out.", "after.png", bytes("<svg onload=alert(1)>"));

    assertThat(page.status()).isEqualTo(422);
    assertThat(page.text()).contains("This is not a picture (PNG or JPEG) or a PDF.");
    assertThat(page.html())
        .contains("id=\"wrong-evidence\"", "href=\"#field-evidence\"", ">\nOut.</textarea>");
    assertThat(upload(id, INGRID, "Out.", "after.png", new byte[0]).text())
        .contains("This file is empty.");
    assertThat(upload(id, INGRID, "", "", new byte[0]).text())
        .contains("Please say in a few words what you did or saw, or attach a picture or PDF");
    var large = new byte[Evidence.LARGEST + 1];
    System.arraycopy(PICTURE, 0, large, 0, PICTURE.length);
    var tooLarge = upload(id, INGRID, "\u202e", "after.png", large);
    assertThat(tooLarge.status()).isEqualTo(422);
    assertThat(tooLarge.text())
        .contains("This file is larger than 4 MB.", "Please take out character 1 (U+202E)");
    var words = upload(id, INGRID, "n".repeat(2_001), "after.png", PICTURE);
    assertThat(words.status()).isEqualTo(422);
    assertThat(words.text())
        .contains("Please keep this to 2,000 characters.", "Please choose it again.");
    assertThat(kept(id)).isEmpty();
    assertThat(company.status(id)).isEqualTo("ENDING");
  }

  @Test
  void theLargestThatIsTakenGoesThrough() {
    var id = toBeTakenAway();
    var large = new byte[Evidence.LARGEST];
    System.arraycopy(PICTURE, 0, large, 0, PICTURE.length);

    assertThat(send(id, INGRID, shown("after.png", large)).status()).isEqualTo(200);

    var file =
        company
            .desk(INGRID)
            .call(
                "GET",
                "/api" + page(id) + "/evidence/" + Evidence.of(large, "").sha256(),
                "",
                "",
                Map.of());
    assertThat(file.statusCode()).isEqualTo(200);
    assertThat(kept(id)).hasSize(1);
  }

  @Test
  void programsAttachItInTheSameCall() {
    var id = toBeTakenAway();

    var wrong = send(id, INGRID, shown("a.txt", bytes("no picture")));
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.body().at("/errors/0/code").asText()).isEqualTo("evidence-type");
    assertThat(wrong.body().at("/errors/0/field").asText()).isEqualTo("evidence");
    var garbled = JSON.createObjectNode();
    garbled.putObject("evidence").put("content", "not base64!");
    assertThat(send(id, INGRID, garbled).body().at("/errors/0/code").asText())
        .isEqualTo("evidence-unreadable");
    assertThat(send(id, INGRID, JSON.createObjectNode()).body().at("/errors/0/code").asText())
        .isEqualTo("note-missing");
    var empty = JSON.createObjectNode();
    empty.putObject("evidence");
    assertThat(send(id, INGRID, empty).body().at("/errors/0/code").asText())
        .isEqualTo("evidence-empty");
    assertThat(send(id, PRIYA, shown("a.png", PICTURE)).status()).isEqualTo(403);
    assertThat(kept(id)).isEmpty();

    assertThat(send(id, INGRID, shown("a.png", PICTURE)).status()).isEqualTo(200);
    assertThat(company.status(id)).isEqualTo("ENDED");
    assertThat(send(id, INGRID, shown("a.png", PICTURE)).status()).isEqualTo(200);

    var another = send(id, INGRID, shown("b.pdf", DOCUMENT));
    assertThat(another.status()).isEqualTo(409);
    assertThat(another.body().at("/errors/0/code").asText()).isEqualTo("task-answered");
    assertThat(send(id, JOANA, shown("b.pdf", DOCUMENT)).status()).isEqualTo(409);
    assertThat(kept(id)).hasSize(1);
    assertThat(company.events(id)).containsOnlyOnce("REMOVAL_ATTESTED");
  }

  @Test
  void whereNothingIsToBeSaidNothingIsKept() {
    var id = company.ask(PRIYA, "hr-onboarding", Duration.ofHours(1));

    assertThat(send(id, INGRID, shown("a.png", PICTURE)).status()).isEqualTo(409);
    assertThat(kept(id)).isEmpty();
  }

  @Test
  void whatSomebodyHasReplacedIsGivenToNobody() {
    var id = toBeTakenAway();
    send(id, INGRID, shown("a.png", PICTURE));
    var hash = Evidence.of(PICTURE, "").sha256();

    company.replaceEvidence(id + "/" + hash, DOCUMENT);

    var desk = company.desk(INGRID);
    var page = desk.open(page(id) + "/evidence/" + hash);
    assertThat(page.status()).isEqualTo(404);
    assertThat(page.text()).contains("What is kept is not what was attached here");
    assertThat(desk.get("/api" + page(id) + "/evidence/" + hash).status()).isEqualTo(404);
    assertThat(company.logged("call "))
        .filteredOn(
            line -> line.contains("ALARM audit-mismatch request=" + id + " evidence=" + hash))
        .hasSize(2);
  }
}
