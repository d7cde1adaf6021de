package dev.daypass.local.ses;

import dev.daypass.local.aws.AwsException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Addresses as SES takes them: {@code a@b.example} or {@code Name <a@b.example>}, ASCII only; a
 * name with other characters is an encoded word (RFC 2047).
 */
final class Address {
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+|\"[ !#-\\[\\]-~]+\"");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private Address() {}

  /** The part between the angle brackets, or all of it. */
  static String bare(String address) {
    int open = address.lastIndexOf('<');
    return open >= 0 && address.endsWith(">")
        ? address.substring(open + 1, address.length() - 1).strip()
        : address.strip();
  }

  /**
   * Checks one address, with or without a name.
   *
   * @throws AwsException {@code BadRequestException}
   */
  static void check(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) < ' ' || address.charAt(i) > '~') {
        throw invalid(address, "contains a character that is not printable ASCII");
      }
    }
    var bare = bare(address);
    int at = bare.lastIndexOf('@');
    if (at < 0) {
      throw invalid(address, "Missing final '@domain'");
    }
    if (!LOCAL.matcher(bare.substring(0, at)).matches()) {
      throw invalid(address, "Local address contains an illegal character");
    }
    var domain = bare.substring(at + 1);
    if (domain.length() > 253 || !DOMAIN.matcher(domain).matches()) {
      throw invalid(address, "Domain contains an illegal character");
    }
    if (bare.length() > 320) {
      throw invalid(address, "is longer than 320 characters");
    }
  }

  /** Takes a header's list of addresses apart at the commas outside of quotes and brackets. */
  static List<String> split(String list) {
    var addresses = new ArrayList<String>();
    var current = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < list.length(); i++) {
      char c = list.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      }
      if (c == ',' && !quoted) {
        addresses.add(current.toString());
        current.setLength(0);
      } else {
        current.append(c);
      }
    }
    addresses.add(current.toString());
    return addresses.stream().map(String::strip).filter(address -> !address.isEmpty()).toList();
  }

  private static AwsException invalid(String address, String why) {
    return new AwsException(
        "BadRequestException", 400, "Invalid email address <%s>: %s".formatted(address, why));
  }
}
