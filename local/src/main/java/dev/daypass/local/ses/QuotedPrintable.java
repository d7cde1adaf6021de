package dev.daypass.local.ses;

import java.io.ByteArrayOutputStream;

/** The transfer encoding of RFC 2045 section 6.7. */
final class QuotedPrintable {
  private QuotedPrintable() {}

  /** What is not properly encoded stays as it is. */
  static byte[] decoded(byte[] encoded) {
    var out = new ByteArrayOutputStream(encoded.length);
    int i = 0;
    while (i < encoded.length) {
      if (encoded[i] == '=') {
        int lineEnd = softBreak(encoded, i + 1);
        if (lineEnd > 0) {
          i = lineEnd;
          continue;
        }
        if (i + 2 < encoded.length) {
          int high = Character.digit(encoded[i + 1], 16);
          int low = Character.digit(encoded[i + 2], 16);
          if (high >= 0 && low >= 0) {
            out.write(high * 16 + low);
            i += 3;
            continue;
          }
        }
      }
      out.write(encoded[i++]);
    }
    return out.toByteArray();
  }

  /** Where the next line begins if only blanks are left on this one, else -1. */
  private static int softBreak(byte[] encoded, int from) {
    int i = from;
    while (i < encoded.length && (encoded[i] == ' ' || encoded[i] == '\t')) {
      i++;
    }
    if (i == encoded.length) {
      return i;
    }
    if (encoded[i] == '\r' && i + 1 < encoded.length && encoded[i + 1] == '\n') {
      return i + 2;
    }
    return encoded[i] == '\n' ? i + 1 : -1;
  }
}
