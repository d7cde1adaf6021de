package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.daypass.fuzz.Check;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** JSON bodies, as strictly as they are read. */
public final class JsonFuzz {
  private static final JsonMapper TWICE_IS_TOO_MUCH =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** One field of each kind that a body of the API has. */
  record Body(
      @Nullable String runbook,
      @Nullable String duration,
      @Nullable String reason,
      @Nullable Integer stage) {}

  private JsonFuzz() {}

  /** Called once by the fuzzer, so that what takes long at first is not held against an input. */
  public static void fuzzerInitialize() {
    fuzzerTestOneInput(new byte[0]);
  }

  public static void fuzzerTestOneInput(byte[] data) {
    Body body;
    try {
      body = Json.read(data, Body.class);
    } catch (HttpProblem refused) {
      Check.refusal(refused);
      Check.that(refused.problem().status() == 400, "a body that cannot be read is a 400");
      return;
    }
    for (var text : new @Nullable String[] {body.runbook(), body.duration(), body.reason()}) {
      if (text != null) {
        Check.that(text.indexOf('\r') < 0, "a line end that is not LF");
        Check.same(new String(text.getBytes(UTF_8), UTF_8), text, "half a character");
      }
    }
    Check.same(
        Json.read(Json.write(body).getBytes(UTF_8), Body.class), body, "written and read again");
    Check.that(new String(data, UTF_8).strip().startsWith("{"), "only an object is a body");
    try {
      TWICE_IS_TOO_MUCH.readTree(data);
    } catch (IOException odd) {
      throw new AssertionError("taken, though others cannot read it", odd);
    }
  }
}
