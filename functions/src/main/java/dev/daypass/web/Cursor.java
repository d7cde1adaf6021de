package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;

/**
 * Where a list goes on: what {@code next} of an answer holds. Callers take it as it is; it is good
 * for the question that it was given for and no other. It is no secret and not signed: whoever
 * reads one checks the place, and asks again who may see what.
 *
 * @param after the place at which the last answer ended, in the words of the list
 * @param of the question: {@link #fingerprint}
 */
public record Cursor(String after, String of) {
  private static final int LONGEST = 1_000;

  public Cursor {
    Objects.requireNonNull(after);
    Objects.requireNonNull(of);
  }

  /** As it goes over the wire: this as JSON in base64url. */
  public String write() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Json.write(this).getBytes(UTF_8));
  }

  /** Reads what {@link #write} wrote; empty if it is anything else. */
  public static Optional<Cursor> read(String text) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      var json = new String(Base64.getUrlDecoder().decode(text), UTF_8);
      // The text null is JSON, too.
      return Optional.ofNullable(Json.WIRE.readValue(json, Cursor.class))
          .filter(cursor -> cursor.write().equals(text));
    } catch (JsonProcessingException | IllegalArgumentException garbled) {
      return Optional.empty();
    }
  }

  /** The same short text for the same question. */
  public static String fingerprint(String question) {
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(question.getBytes(UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
