package dev.daypass.words;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.regex.Pattern;

/**
 * An email address as a part of a path: as it is, or in base64url if signs are in it that do not
 * come through. The gateway takes back what is encoded in a path before it looks for the route, so
 * that {@code %2F} parts a path and what follows {@code %3F} is lost (<a
 * href="https://github.com/aws/aws-lambda-dotnet/pull/1901">one who tried</a>, <a
 * href="https://github.com/middleapi/standard-server/pull/93">and another</a>).
 */
public final class AddressInPath {
  private static final Pattern COMES_THROUGH = Pattern.compile("[A-Za-z0-9._@-]+");

  private AddressInPath() {}

  /** The address, still to be encoded as any part of a path is. */
  static String of(String email) {
    return COMES_THROUGH.matcher(email).matches()
        ? email
        : Base64.getUrlEncoder().withoutPadding().encodeToString(email.getBytes(UTF_8));
  }

  /**
   * The address that is meant: what has an {@code @} is one, in whatever way it was written, and
   * base64url never has.
   *
   * @param part of the path, decoded
   * @return the part itself if it is neither
   */
  public static String read(String part) {
    if (part.contains("@")) {
      return part;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(part), UTF_8);
    } catch (IllegalArgumentException neither) {
      return part;
    }
  }
}
