package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.daypass.words.Paths;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The style sheets, images and the script of the pages. Each has the hash of its content in its
 * name, so that browsers may keep it for ever.
 */
public final class Assets {
  private static final String PICO =
      "/META-INF/resources/webjars/picocss__pico/2.1.1/css/pico.min.css";
  private static final String CSS = "text/css; charset=utf-8";
  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String SVG = "image/svg+xml";

  private record Asset(String hashedName, String type, String content) {}

  /** They are part of the artifact, so once for all handlers is often enough. */
  private static final Map<String, Asset> ASSETS = new LinkedHashMap<>();

  static {
    add("pico.css", CSS, PICO);
    add("daypass.css", CSS, "/dev/daypass/web/daypass.css");
    add("daypass.js", SCRIPT, "/dev/daypass/web/daypass.js");
    add("mark.svg", SVG, "/dev/daypass/web/mark.svg");
  }

  /**
   * The path of an asset with its hash: {@code /assets/daypass.0123456789abcdef.css}.
   *
   * @param name without hash: {@code daypass.css}
   */
  public String path(String name) {
    Asset asset = ASSETS.get(name);
    if (asset == null) {
      throw new IllegalArgumentException("there is no asset " + name + ", only " + ASSETS.keySet());
    }
    return Paths.asset(asset.hashedName());
  }

  /**
   * The asset for the last part of its path, or nothing. A name with another hash, from a page made
   * by the version before this one, gets today's content, not to be kept.
   */
  public Optional<HttpResponse> answer(String hashedName) {
    for (Map.Entry<String, Asset> one : ASSETS.entrySet()) {
      Asset asset = one.getValue();
      if (asset.hashedName().equals(hashedName)) {
        return Optional.of(
            HttpResponse.of(200, asset.type(), asset.content())
                .with("cache-control", "public, max-age=31536000, immutable"));
      }
      if (hashedName.replaceFirst("\\.[0-9a-f]{16}\\.", ".").equals(one.getKey())) {
        return Optional.of(HttpResponse.of(200, asset.type(), asset.content()));
      }
    }
    return Optional.empty();
  }

  private static void add(String name, String type, String resource) {
    try (InputStream in = Assets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the artifact lacks " + resource);
      }
      byte[] bytes = in.readAllBytes();
      String hash =
          HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes), 0, 8);
      int dot = name.lastIndexOf('.');
      String hashed = name.substring(0, dot) + "." + hash + name.substring(dot);
      ASSETS.put(name, new Asset(hashed, type, new String(bytes, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
