package dev.daypass.store;

import static dev.daypass.store.SamAsks.MAX;
import static dev.daypass.store.SamAsks.MONDAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.store.Links.Link;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

class LinksTest {
  @RegisterExtension static final LocalTables TABLES = new LocalTables();

  private static final String SECRET = "nobody-can-guess-these-256-bits";
  private static final String CODE = "493027";
  private static final String SALT = "a0b1c2d3e4f5";

  private final Links links = TABLES.links();

  private static Link anyLink() {
    return link(SECRET, CODE);
  }

  private static Link link(String secret, String code) {
    return new Link(
        Links.hashOfSecret(secret),
        "request",
        0,
        1,
        MAX,
        Links.hashOfCode(SALT, code),
        SALT,
        0,
        MONDAY.plus(Links.KEPT_FOR));
  }

  @Test
  void whoeverHasTheSecretFindsTheLink() {
    links.put(anyLink());
    assertThat(links.find(SECRET, MONDAY)).contains(anyLink());
    assertThat(links.find(SECRET + "x", MONDAY)).isEmpty();
    assertThat(links.find(Links.hashOfSecret(SECRET), MONDAY))
        .as("who can read the table cannot open a link")
        .isEmpty();
  }

  @Test
  void whoeverGuessesIsShutOutForAWhileAndNobodyElse() {
    var guesser = "2001:db8:1:2:aaaa::1";
    for (int i = 0; i < Links.MOST_MISSES; i++) {
      assertThat(links.isGuessing(guesser, MONDAY)).isFalse();
      links.missed(guesser, MONDAY);
    }
    assertThat(links.isGuessing(guesser, MONDAY)).isTrue();
    assertThat(links.isGuessing("2001:db8:1:2:ffff:ffff:ffff:ffff", MONDAY)).isTrue();
    assertThat(links.isGuessing("2001:db8:1:3::1", MONDAY)).isFalse();
    assertThat(links.isGuessing("192.0.2.1", MONDAY)).isFalse();
    assertThat(links.isGuessing(guesser, MONDAY.plus(Links.MISSES_COUNT_FOR))).isFalse();
  }

  @Test
  void neitherTheSecretNorTheCodeIsStored() throws NoSuchAlgorithmException {
    links.put(anyLink());
    assertThat(TABLES.items("links"))
        .singleElement()
        .satisfies(
            item -> {
              assertThat(item.toString()).doesNotContain(SECRET).doesNotContain(CODE);
              assertThat(Items.string(item, "token")).isEqualTo(sha256(SECRET));
              assertThat(Items.string(item, "codeHash"))
                  .isNotEqualTo(sha256(CODE))
                  .isEqualTo(sha256(SALT + "/" + CODE));
            });
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aLinkIsNeverOverwrittenByAnother() {
    links.put(anyLink());
    assertThatThrownBy(() -> links.put(link(SECRET, "000000")))
        .isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(links.find(SECRET, MONDAY)).contains(anyLink());
  }

  @Test
  void aLinkThatWasWrittenThoughTheAnswerGotLostIsFine() {
    links.put(anyLink());
    links.put(anyLink());
    assertThat(links.find(SECRET, MONDAY)).contains(anyLink());
  }

  // The code

  @Test
  void onlyTheWholeCodeIsTheCode() {
    assertThat(anyLink().hasCode(CODE)).isTrue();
    assertThat(anyLink().hasCode("493028")).isFalse();
    assertThat(anyLink().hasCode("49302")).isFalse();
    assertThat(anyLink().hasCode("")).isFalse();
  }

  @Test
  void theFifthWrongCodeIsTheLast() {
    links.put(anyLink());
    for (int tries = 1; tries <= Links.MOST_TRIES; tries++) {
      var tried = links.useTry(anyLink()).orElseThrow();
      assertThat(tried.tries()).isEqualTo(tries);
      assertThat(tried.triesLeft()).isEqualTo(Links.MOST_TRIES - tries);
    }
    assertThat(links.useTry(anyLink())).isEmpty();
    assertThat(links.find(SECRET, MONDAY)).map(Link::triesLeft).contains(0);
  }

  @Test
  void ofManyTriesAtOnceNeverMoreThanFiveCount() {
    links.put(anyLink());
    var tries = new ArrayList<Future<Optional<Link>>>();
    var counted = new ArrayList<Integer>();
    try (var threads = Executors.newFixedThreadPool(24)) {
      for (int i = 0; i < 24; i++) {
        tries.add(threads.submit(() -> links.useTry(anyLink())));
      }
      for (var each : tries) {
        each.get().map(Link::tries).ifPresent(counted::add);
      }
    } catch (InterruptedException | ExecutionException failed) {
      throw new AssertionError(failed);
    }
    assertThat(counted).containsExactlyInAnyOrder(1, 2, 3, 4, 5);
    assertThat(links.find(SECRET, MONDAY)).map(Link::tries).contains(Links.MOST_TRIES);
  }

  @Test
  void theRightCodeGivesTheTriesBack() {
    links.put(anyLink());
    links.useTry(anyLink());
    links.useTry(anyLink());
    links.rightCode(anyLink());
    assertThat(links.find(SECRET, MONDAY)).contains(anyLink());
  }

  @Test
  void noTryBringsBackALinkThatIsForgotten() {
    assertThat(links.useTry(anyLink())).isEmpty();
    assertThat(TABLES.items("links")).isEmpty();
  }

  @Test
  void noRightCodeBringsBackALinkThatIsForgotten() {
    links.rightCode(anyLink());
    assertThat(TABLES.items("links")).isEmpty();
  }

  // Its time

  @Test
  void aLinkIsFoundUntilItsTimeIsOverEvenIfItIsStillStored() {
    links.put(anyLink());
    var over = MONDAY.plus(Links.KEPT_FOR);
    assertThat(links.find(SECRET, over.minusSeconds(1))).isPresent();
    assertThat(links.find(SECRET, over)).isEmpty();
    assertThat(TABLES.items("links")).hasSize(1);
  }

  @Test
  void aLinkWhoseTimeIsOverIsDeletedByItsTimeToLive() {
    links.put(anyLink());
    TABLES.advance(Links.KEPT_FOR);
    assertThat(TABLES.items("links")).isEmpty();
  }
}
