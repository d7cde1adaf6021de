package dev.daypass.request;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.access.Evidence;
import dev.daypass.access.Refusal;
import dev.daypass.web.HttpProblem;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentTest {
  private static final byte[] PDF = "%PDF-1.7".getBytes(UTF_8);

  private static Attachment sent(String name, byte[] file) {
    return Attachment.of(name, Base64.getEncoder().encodeToString(file));
  }

  @Test
  void isEvidenceUnderItsNameWithoutFolders() {
    var attachment = sent("C:\\pictures\\after.pdf", PDF);

    assertThat(attachment.refusals()).isEmpty();
    assertThat(attachment.file()).isEqualTo(PDF);
    assertThat(attachment.evidence()).isEqualTo(Evidence.of(PDF, "after.pdf"));
  }

  @Test
  @SuppressWarnings("NullAway") // As programs may leave it out.
  void needsNoName() {
    assertThat(Attachment.of(null, "JVBERi0xLjc=").evidence()).isEqualTo(Evidence.of(PDF, ""));
  }

  @Test
  void isRefusedForOneReason() {
    var large = new byte[Evidence.LARGEST + 1];
    assertThat(sent("a", new byte[0]).refusals())
        .extracting(Refusal::code)
        .containsExactly("evidence-empty");
    assertThat(sent("a", large).refusals())
        .extracting(Refusal::code)
        .containsExactly("evidence-too-large");
    assertThat(sent("a.pdf", "text".getBytes(UTF_8)).refusals())
        .containsExactly(
            new Refusal(
                "evidence-type",
                "evidence",
                "This is not a picture (PNG or JPEG) or a PDF. Please take a screenshot, or save it"
                    + " as a PDF."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"JVBERi0x\nLjc=", "not base64", "JVBERi0-_jc="})
  void isBase64AndNothingLikeIt(String content) {
    assertThatThrownBy(() -> Attachment.of("a", content))
        .isInstanceOfSatisfying(
            HttpProblem.class,
            problem -> {
              assertThat(problem.problem().status()).isEqualTo(422);
              assertThat(problem.problem().errors())
                  .extracting(Refusal::field)
                  .containsExactly("evidence.content");
            });
  }
}
