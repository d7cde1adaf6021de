package dev.daypass.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.DeserializationProblemHandler;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.daypass.access.Refusal;
import dev.daypass.access.Texts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * JSON as it comes over HTTP: read strictly, so that a misspelt field is refused and not ignored.
 */
final class Json {
  private static final int DEEPEST = 20;
  private static final int LONGEST_NUMBER = 30;

  /** For what API Gateway sends, which may grow fields, and for what we send. */
  static final JsonMapper WIRE =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addMixIn(Refusal.class, InEnglish.class)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .build())
                  .build())
          .addModule(new JavaTimeModule())
          .addModule(
              new SimpleModule()
                  .addDeserializer(
                      String.class,
                      new StdScalarDeserializer<>(String.class) {
                        private static final long serialVersionUID = 1L;

                        @Override
                        public String deserialize(JsonParser json, DeserializationContext context)
                            throws IOException {
                          var field = json.currentName();
                          return Plain.text(
                              field == null ? "body" : field,
                              StringDeserializer.instance.deserialize(json, context));
                        }
                      }))
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .withCoercionConfig(
              LogicalType.Textual,
              config ->
                  config
                      .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                      .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .build();

  /** Programs get code and message; what a page says in its reader's language is none of theirs. */
  @JsonIgnoreProperties("said")
  private interface InEnglish {}

  private Json() {}

  /**
   * Reads one JSON object into a record whose components say which fields are known.
   *
   * @throws HttpProblem 400 that names every unknown field, or says what is wrong and where
   */
  static <T> T read(byte[] json, Class<T> type) {
    var sent = sent(json, type);
    sent.check();
    return sent.body();
  }

  /**
   * The same, with unknown fields as a problem that can be told together with others.
   *
   * @throws HttpProblem 400 that says what is wrong and where
   */
  static <T> Sent<T> sent(byte[] json, Class<T> type) {
    List<String> unknown = new ArrayList<>();
    TreeSet<String> known = new TreeSet<>();
    var text = utf8(json);
    try {
      T value =
          STRICT.readerFor(type).withHandler(new UnknownFields(unknown, known)).readValue(text);
      if (value == null) {
        throw new HttpProblem(
            Problem.badInput(Problem.inEnglish("The body must be a JSON object, not null.")));
      }
      return new Sent<>(value, unknown.isEmpty() ? null : unknown(unknown, known));
    } catch (JsonProcessingException e) {
      throw problem(e);
    }
  }

  private static HttpProblem problem(JsonProcessingException e) {
    return switch (e) {
      // What a field's value could not be read for is the reason, and the mapping only says where.
      case JsonMappingException mapping when mapping.getCause() instanceof HttpProblem problem ->
          problem;
      case JsonMappingException mapping
          when mapping.getCause() instanceof JsonProcessingException why ->
          problem(why);
      case JsonMappingException mapping -> new HttpProblem(mismatch(mapping));
      case StreamConstraintsException beyond ->
          badInput(
              "The body holds more than is read: at most "
                  + DEEPEST
                  + " levels of nesting, numbers of "
                  + LONGEST_NUMBER
                  + " digits",
              beyond);
      case InputCoercionException large -> badInput("There is a number that is too large", large);
      default ->
          badInput(
              "The body is not valid JSON: "
                  + Texts.visibleLine(String.valueOf(e.getOriginalMessage())),
              e);
    };
  }

  private static HttpProblem badInput(String detail, JsonProcessingException where) {
    return new HttpProblem(Problem.badInput(Problem.inEnglish(detail + at(where))));
  }

  /**
   * RFC 8259, section 8.1: UTF-8 and nothing else; the parser would guess UTF-16, and take what is
   * no text in any encoding.
   */
  private static String utf8(byte[] json) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new HttpProblem(
          Problem.badInput(Problem.inEnglish("The body is damaged: its text is not UTF-8.")));
    }
  }

  static String write(Object value) {
    try {
      return WIRE.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode tree(java.io.InputStream json) throws IOException {
    return WIRE.readTree(json);
  }

  private static Problem unknown(List<String> unknown, Collection<String> known) {
    String expected = known.stream().collect(Collectors.joining(", "));
    return Problem.badInput(
        Problem.inEnglish(
            "There are fields that are not known here: "
                + String.join(", ", unknown)
                + ". Known are: "
                + expected
                + "."),
        unknown.stream()
            .map(
                name ->
                    new Refusal(
                        "unknown-field",
                        name,
                        "There is no field \"" + name + "\". Known are: " + expected + "."))
            .toArray(Refusal[]::new));
  }

  private static Problem mismatch(JsonMappingException e) {
    String field =
        e.getPath().stream()
            .map(
                step ->
                    step.getFieldName() == null
                        ? "[" + step.getIndex() + "]"
                        : Texts.visibleLine(step.getFieldName()))
            .collect(Collectors.joining("."));
    if (field.isEmpty()) {
      return Problem.badInput(
          Problem.inEnglish(
              "The body must be a JSON object with the fields that belong here" + at(e)));
    }
    String message =
        e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
            ? "\"" + field + "\" must be " + words(mismatch.getTargetType()) + "."
            : "\"" + field + "\" does not have the form that belongs here.";
    return Problem.badInput(Problem.inEnglish(message), new Refusal("wrong-type", field, message));
  }

  private static String words(Class<?> type) {
    if (type == String.class) {
      return "text in quotes";
    }
    if (type == java.time.Duration.class) {
      return "a duration as in ISO 8601, for example \"PT4H\"";
    }
    if (type == java.time.Instant.class) {
      return "a time as in ISO 8601, for example \"2026-11-26T14:00:00Z\"";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (Collection.class.isAssignableFrom(type)) {
      return "a list";
    }
    return "of another form";
  }

  private static String at(JsonProcessingException e) {
    var place = e.getLocation();
    return place == null
        ? "."
        : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ").";
  }

  /** Collects what is not known instead of stopping at the first. */
  private static final class UnknownFields extends DeserializationProblemHandler {
    private final List<String> unknown;
    private final Collection<String> known;

    UnknownFields(List<String> unknown, Collection<String> known) {
      this.unknown = unknown;
      this.known = known;
    }

    @Override
    public boolean handleUnknownProperty(
        DeserializationContext context,
        com.fasterxml.jackson.core.JsonParser parser,
        JsonDeserializer<?> deserializer,
        Object beanOrClass,
        String name)
        throws IOException {
      unknown.add(Texts.visibleLine(name));
      Collection<Object> names = deserializer.getKnownPropertyNames();
      if (names != null) {
        names.forEach(one -> known.add(String.valueOf(one)));
      }
      parser.skipChildren();
      return true;
    }
  }
}
