package dev.daypass.local.identity;

import com.nimbusds.jwt.JWTParser;
import java.text.ParseException;
import java.util.Optional;

/** Reads whom a token names, without judging it. */
final class TokenReader {
  private TokenReader() {}

  static Optional<String> email(String token) {
    try {
      return Optional.ofNullable(JWTParser.parse(token).getJWTClaimsSet().getStringClaim("email"));
    } catch (ParseException malformed) {
      return Optional.empty();
    }
  }
}
