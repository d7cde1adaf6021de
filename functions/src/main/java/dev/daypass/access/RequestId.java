package dev.daypass.access;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * Ids of requests: 25 characters of {@code 0-9a-z}, also good for names of executions and header
 * values.
 */
public final class RequestId {
  private static final int LENGTH = 25;
  private static final Pattern FORM = Pattern.compile("[0-9a-z]{" + LENGTH + "}");

  private RequestId() {}

  /** The id of what this person asks under this key: the same key always names the same request. */
  public static String of(String requester, String idempotencyKey) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(requester.getBytes(StandardCharsets.UTF_8));
      sha256.update((byte) 0);
      sha256.update(idempotencyKey.getBytes(StandardCharsets.UTF_8));
      // About fifty digits: fewer than half of them come once in 10^38 times.
      var digits = new BigInteger(1, sha256.digest()).toString(36);
      return digits.substring(digits.length() - LENGTH);
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }

  /** Whether a text has the form of an id. */
  public static boolean isOne(String text) {
    return FORM.matcher(text).matches();
  }
}
