package dev.daypass.local.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.daypass.local.aws.AwsAnswer;
import dev.daypass.local.aws.AwsException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * S3's operations {@code PutObject} and {@code GetObject} over files in memory, with the errors of
 * the <a href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html">API
 * reference</a>. Buckets are named in the path and keep all versions of a file, of which the last
 * is read. What arrives is held against the hashes that were sent with it; bodies in signed chunks,
 * and whatever else is not done here, are refused by name.
 *
 * <p>Safe for many threads.
 */
public final class LocalS3 {
  private static final String CONTENT_SHA_256 = "x-amz-content-sha256";
  private static final String CHECKSUM = "x-amz-checksum-sha256";

  /** Those that say who calls, when, and how often it was tried. */
  private static final Set<String> ALWAYS =
      Set.of("x-amz-date", "x-amz-security-token", CONTENT_SHA_256);

  private static final Set<String> WITH_PUT = Set.of(CHECKSUM, "x-amz-sdk-checksum-algorithm");
  private static final Set<String> WITH_GET = Set.of("x-amz-checksum-mode");

  /** A file that is kept: what whoever put it says that it is, and its bytes. */
  public static final class Kept {
    private final String type;
    private final byte[] bytes;

    /**
     * @param type as HTTP calls it: {@code image/png}
     */
    public Kept(String type, byte[] bytes) {
      this.type = type;
      this.bytes = bytes.clone();
    }

    /** What whoever put it says that it is. */
    public String type() {
      return type;
    }

    /** What is in it. */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Kept its && type.equals(its.type) && Arrays.equals(bytes, its.bytes);
    }

    @Override
    public int hashCode() {
      return 31 * type.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return type + ", " + bytes.length + " bytes";
    }
  }

  private final Map<String, List<Kept>> files = new TreeMap<>();

  /** What lies in a bucket now, by key. */
  public synchronized Map<String, Kept> files(String bucket) {
    var found = new LinkedHashMap<String, Kept>();
    files.forEach(
        (path, versions) -> {
          if (path.startsWith(bucket + "/")) {
            found.put(path.substring(bucket.length() + 1), versions.getLast());
          }
        });
    return found;
  }

  /** Puts a file, as {@code PutObject} does. */
  public synchronized void put(String bucket, String key, Kept file) {
    files.computeIfAbsent(bucket + "/" + key, any -> new ArrayList<>()).add(file);
  }

  /**
   * Gets a file, as {@code GetObject} does.
   *
   * @throws AwsException if there is none
   */
  public synchronized Kept get(String bucket, String key) {
    return Optional.ofNullable(files.get(bucket + "/" + key))
        .map(List::getLast)
        .orElseThrow(() -> new AwsException("NoSuchKey", 404, "The specified key does not exist."));
  }

  /**
   * What answers over HTTP.
   *
   * @param base the path that buckets follow, without a slash at its end: {@code /_local/aws}
   */
  public HttpHandler api(String base) {
    return exchange -> answer(exchange, base).send(exchange);
  }

  private AwsAnswer answer(HttpExchange exchange, String base) throws IOException {
    var headers = new TreeMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    var path = exchange.getRequestURI().getPath().substring(base.length() + 1);
    int slash = path.indexOf('/');
    try {
      if (slash < 0 || slash == path.length() - 1) {
        throw unknown("what is about a bucket as a whole");
      }
      if (exchange.getRequestURI().getRawQuery() != null) {
        throw unknown("the query " + exchange.getRequestURI().getRawQuery());
      }
      return handle(
          exchange.getRequestMethod(),
          path.substring(0, slash),
          path.substring(slash + 1),
          headers,
          exchange.getRequestBody().readAllBytes());
    } catch (AwsException error) {
      return AwsAnswer.xmlError(error);
    }
  }

  private AwsAnswer handle(
      String method, String bucket, String key, Map<String, String> headers, byte[] body) {
    return switch (method) {
      case "PUT" -> {
        only(headers, WITH_PUT);
        var hash = check(headers, body);
        put(
            bucket,
            key,
            new Kept(headers.getOrDefault("content-type", "binary/octet-stream"), body));
        yield new AwsAnswer(200, Map.of("etag", etag(body), CHECKSUM, base64(hash)), new byte[0]);
      }
      case "GET" -> {
        only(headers, WITH_GET);
        var file = get(bucket, key);
        var bytes = file.bytes();
        yield new AwsAnswer(
            200,
            Map.of(
                "content-type",
                file.type(),
                "etag",
                etag(bytes),
                CHECKSUM,
                base64(digest("SHA-256", bytes))),
            bytes);
      }
      default -> throw unknown("the method " + method);
    };
  }

  /** A header that would change what happens must not be passed over. */
  private static void only(Map<String, String> headers, Set<String> known) {
    for (var name : headers.keySet()) {
      if (name.startsWith("x-amz-") && !ALWAYS.contains(name) && !known.contains(name)) {
        throw unknown("the header " + name);
      }
      if (Set.of("range", "if-match", "if-none-match", "content-encoding").contains(name)) {
        throw unknown("the header " + name);
      }
    }
  }

  /** The SHA-256 of what arrived, if it is what was sent. */
  private static byte[] check(Map<String, String> headers, byte[] body) {
    var hash = digest("SHA-256", body);
    var signed = headers.getOrDefault(CONTENT_SHA_256, "");
    if (signed.startsWith("STREAMING-")) {
      throw unknown("a body in chunks, " + signed);
    }
    if (!signed.isEmpty()
        && !signed.equals("UNSIGNED-PAYLOAD")
        && !signed.equals(HexFormat.of().formatHex(hash))) {
      throw new AwsException(
          "XAmzContentSHA256Mismatch",
          400,
          "The provided 'x-amz-content-sha256' header does not match what was computed.");
    }
    var said = headers.get(CHECKSUM);
    if (said != null && !said.equals(base64(hash))) {
      throw new AwsException(
          "BadDigest", 400, "The SHA256 you specified did not match the calculated checksum.");
    }
    return hash;
  }

  private static AwsException unknown(String what) {
    return new AwsException("NotImplemented", 501, "the local S3 does not know " + what);
  }

  private static String etag(byte[] body) {
    return "\"" + HexFormat.of().formatHex(digest("MD5", body)) + "\"";
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] digest(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
