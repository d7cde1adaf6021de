package dev.daypass.access;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A picture or document that shows what somebody did by hand, as far as the request knows it. Its
 * bytes are kept elsewhere, and are those whose hash this is.
 *
 * @param sha256 of its bytes: 64 hexadecimal digits, in lower case
 * @param type what its content says it is, whatever it is called
 * @param bytes how many it has, at most {@link #LARGEST}
 * @param name what its sender calls it, on one line and fit to be shown; may be empty
 */
public record Evidence(String sha256, Type type, int bytes, String name) {
  /**
   * The most bytes of a file. A function is called with 6 MB at most, and answers with no more
   * (AWS: "Lambda quotas"); files come and go in base64, which takes a third more.
   */
  public static final int LARGEST = 4 * 1024 * 1024;

  /** What is kept in a request for good must not be long. */
  private static final int LONGEST_NAME = 100;

  private static final String HASH = "evidence";
  private static final String TYPE = "evidenceType";
  private static final String BYTES = "evidenceBytes";
  private static final String NAME = "evidenceName";
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  /** What evidence can be. */
  public enum Type {
    /** <a href="https://www.w3.org/TR/png-3/#3PNGsignature">PNG signature</a>. */
    PNG("image/png", "png", "89504e470d0a1a0a"),
    /** ITU-T T.81, B.1.1.3: start of image, and the first byte of the marker that follows. */
    JPEG("image/jpeg", "jpg", "ffd8ff"),
    /** ISO 32000-2, 7.5.2: {@code %PDF-}. */
    PDF("application/pdf", "pdf", "255044462d");

    private final String media;
    private final String extension;

    /** In hexadecimal digits. */
    private final String beginning;

    Type(String media, String extension, String beginning) {
      this.media = media;
      this.extension = extension;
      this.beginning = beginning;
    }

    /** What HTTP calls it: {@code image/png}. */
    public String media() {
      return media;
    }

    /** What names of such files end with, without the full stop. */
    public String extension() {
      return extension;
    }

    /** What a file begins as; empty if it is none of these. */
    public static Optional<Type> of(byte[] file) {
      return Arrays.stream(values()).filter(type -> type.begins(file)).findFirst();
    }

    private boolean begins(byte[] file) {
      int bytes = beginning.length() / 2;
      return file.length >= bytes && HexFormat.of().formatHex(file, 0, bytes).equals(beginning);
    }

    private static Type ofMedia(String media) {
      return Arrays.stream(values())
          .filter(type -> type.media.equals(media))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("evidence is no " + media));
    }
  }

  public Evidence {
    Objects.requireNonNull(type);
    if (!isHash(sha256)) {
      throw new IllegalArgumentException("not a SHA-256: " + sha256);
    }
    if (bytes < 1 || bytes > LARGEST) {
      throw new IllegalArgumentException("evidence has 1 to " + LARGEST + " bytes, not " + bytes);
    }
    name = Texts.shortened(Texts.visibleLine(name.strip()), LONGEST_NAME);
  }

  /**
   * What a file is as evidence.
   *
   * @throws IllegalArgumentException if it is neither picture nor document, or too large
   */
  public static Evidence of(byte[] file, String name) {
    var type = Type.of(file).orElseThrow(() -> new IllegalArgumentException("no such type"));
    return new Evidence(hash(file), type, file.length, name);
  }

  /** What an event keeps of it; empty if the event is about none. */
  public static Optional<Evidence> of(Event event) {
    return of(event.details());
  }

  /** As {@link #of(Event)}, from what the trail keeps of an event. */
  public static Optional<Evidence> of(Map<String, String> details) {
    return Optional.ofNullable(details.get(HASH))
        .map(
            hash ->
                new Evidence(
                    hash,
                    Type.ofMedia(details.getOrDefault(TYPE, "")),
                    Integer.parseInt(details.getOrDefault(BYTES, "")),
                    details.getOrDefault(NAME, "")));
  }

  /** The refusal of whoever neither says nor shows that an access is gone. */
  public static Refusal missing() {
    return new Refusal(
            "note-missing",
            HandWork.NOTE,
            "Please say in a few words what you did or saw, or attach a picture or PDF that shows"
                + " it; it is all that others can go by.")
        .in("evidence");
  }

  /** Whether these bytes are the ones that were sent. */
  public boolean isOf(byte[] file) {
    return hash(file).equals(sha256);
  }

  /** What to call the file when it is saved: nothing in it comes from outside. */
  public String fileName() {
    return "evidence-" + sha256.substring(0, 12) + "." + type.extension();
  }

  /** Whether a text has the form of {@link #sha256}. */
  public static boolean isHash(String text) {
    return SHA_256.matcher(text).matches();
  }

  /** What an event keeps. */
  Map<String, String> details() {
    var details = new HashMap<String, String>();
    details.put(HASH, sha256);
    details.put(TYPE, type.media());
    details.put(BYTES, Integer.toString(bytes));
    details.put(NAME, name);
    return details;
  }

  private static String hash(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every Java platform has SHA-256", impossible);
    }
  }
}
