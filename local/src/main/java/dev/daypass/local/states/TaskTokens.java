package dev.daypass.local.states;

import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Task tokens: 384 random bits each, and the attempts that they stand for. */
final class TaskTokens {
  private static final int BYTES = 48;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9+/]{64}");

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Execution.Attempt> attempts = new ConcurrentHashMap<>();

  /** Makes a new token for an attempt. */
  String open(Execution.Attempt attempt) {
    var bytes = new byte[BYTES];
    random.nextBytes(bytes);
    var token = Base64.getEncoder().encodeToString(bytes);
    attempts.put(token, attempt);
    return token;
  }

  /** The attempt that a token was made for, or null if no execution here knows it. */
  Execution.@Nullable Attempt find(String token) {
    return attempts.get(token);
  }

  /** Whether a string could be a token at all. */
  static boolean isWellFormed(String token) {
    return FORM.matcher(token).matches();
  }
}
