package dev.daypass.local.states;

import com.fasterxml.jackson.databind.JsonNode;
import dev.daypass.local.aws.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The input of one operation, read as the API's shapes say. */
record Call(JsonNode input) {
  private static final Pattern ARN = Pattern.compile("arn:aws[a-z-]*:[a-z]+:[^:]*:[^:]*:.+");

  /** "A name must not contain": https://docs.aws.amazon.com/step-functions/latest/apireference/ */
  private static final Pattern NOT_IN_NAMES =
      Pattern.compile("[\\s<>{}\\[\\]?*\"#%\\\\^|~`$&,;:/\\x00-\\x1f\\x7f-\\x9f]");

  private static final int LONGEST_NAME = 80;
  private static final int DEFAULT_PAGE = 100;
  private static final int LARGEST_PAGE = 1_000;

  /** A member that must be there. */
  String required(String member) {
    var value = optional(member);
    if (value == null) {
      throw invalid(
          "1 validation error detected: Value null at '"
              + member
              + "' failed to satisfy constraint: Member must not be null");
    }
    return value;
  }

  @Nullable String optional(String member) {
    var value = input.path(member);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual()) {
      throw new AwsException("SerializationException", 400, "'" + member + "' must be a string");
    }
    return value.asText();
  }

  boolean flag(String member, boolean otherwise) {
    return input.path(member).asBoolean(otherwise);
  }

  /** An ARN that must be there. */
  String arn(String member) {
    var arn = required(member);
    if (!arn.startsWith("arn:")) {
      throw new AwsException("InvalidArn", 400, "Invalid Arn: 'Invalid ARN prefix: " + arn + "'");
    }
    if (!ARN.matcher(arn).matches()) {
      throw new AwsException("InvalidArn", 400, "Invalid Arn: '" + arn + "'");
    }
    return arn;
  }

  /** A name, if it is there: 1 to 80 characters of the kind that names may have. */
  @Nullable String name() {
    var name = optional("name");
    if (name != null
        && (name.isEmpty() || name.length() > LONGEST_NAME || NOT_IN_NAMES.matcher(name).find())) {
      throw new AwsException("InvalidName", 400, "Invalid Name: '" + name + "'");
    }
    return name;
  }

  /** How many results a page may have: 100 unless the caller says otherwise, at most 1,000. */
  int pageSize() {
    int size = input.path("maxResults").asInt(0);
    if (size < 0 || size > LARGEST_PAGE) {
      throw invalid(
          "1 validation error detected: Value '"
              + size
              + "' at 'maxResults' failed to satisfy constraint: Member must have value from 0 to "
              + LARGEST_PAGE);
    }
    return size == 0 ? DEFAULT_PAGE : size;
  }

  /** Where the last page of this kind ended; null for the first page. */
  @Nullable Long after(String kind) {
    var token = optional("nextToken");
    if (token == null) {
      return null;
    }
    try {
      var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      if (text.startsWith(kind + ":")) {
        return Long.valueOf(text.substring(kind.length() + 1));
      }
    } catch (IllegalArgumentException notOurs) {
      // Refused below.
    }
    throw new AwsException("InvalidToken", 400, "Invalid Token: 'Invalid token'");
  }

  /** The token for the page after {@code last}. */
  static String nextToken(String kind, long last) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((kind + ":" + last).getBytes(StandardCharsets.UTF_8));
  }

  static AwsException invalid(String message) {
    return new AwsException("ValidationException", 400, message);
  }
}
