package dev.daypass.signin;

import dev.daypass.web.HttpRequest;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The cookies of sign-in. {@code SameSite=Lax}: a link in a webmail brings them, a form of another
 * site does not. Under https they are {@code __Host-} cookies, which no other host can set (RFC
 * 6265bis, section 4.1.3.2); a local run has no https, and browsers refuse the prefix there.
 */
public final class SessionCookie {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{65}");

  private final boolean https;

  /**
   * @param publicUrl where people reach the application
   */
  public SessionCookie(URI publicUrl) {
    this.https = "https".equals(publicUrl.getScheme());
  }

  /** The id of the visitor's session, if the browser sent one that has the form of an id. */
  Optional<String> id(HttpRequest call) {
    return value(call, "daypass-session").filter(value -> ID.matcher(value).matches());
  }

  /** Sets it; it goes with the browser, or when the session is over. */
  String set(String id) {
    return cookie("daypass-session", id, "");
  }

  /** Takes it away. */
  String clear() {
    return cookie("daypass-session", "", "; Max-Age=0");
  }

  Optional<String> value(HttpRequest call, String name) {
    return Optional.ofNullable(call.cookies().get(full(name)));
  }

  String cookie(String name, String value, String more) {
    return full(name)
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Lax"
        + (https ? "; Secure" : "")
        + more;
  }

  private String full(String name) {
    return https ? "__Host-" + name : name;
  }
}
