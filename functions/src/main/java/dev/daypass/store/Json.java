package dev.daypass.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.daypass.access.Apart;
import dev.daypass.access.Attestation;
import dev.daypass.access.Decision;
import dev.daypass.access.Handover;
import dev.daypass.access.Hours;
import dev.daypass.access.Plan;
import dev.daypass.access.RemovalTask;
import dev.daypass.access.SetUpTask;
import dev.daypass.access.Stage;
import dev.daypass.access.StagePlan;
import dev.daypass.access.StandIn;
import dev.daypass.access.Submission;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * The JSON of stored documents: instants and durations in ISO 8601, unknown fields ignored when
 * read.
 */
final class Json {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addMixIn(Attestation.class, WithoutNulls.class)
          .addMixIn(Decision.class, WithoutNulls.class)
          .addMixIn(StagePlan.class, WithoutNulls.class)
          .addMixIn(StandIn.class, WithoutNulls.class)
          .addMixIn(Plan.class, WithoutLimits.class)
          .addMixIn(Stage.class, WithoutOthers.class)
          .addMixIn(Submission.class, WithoutStart.class)
          .addMixIn(RemovalTask.class, WithoutHands.class)
          .addMixIn(StoredRequest.State.class, WithoutSetUp.class)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          // A later release may have written more; an earlier one must still be able to end access.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * Most decisions are for as long as was wanted, most stages come after no other, and most
   * attestations are words: they are written as if there were nothing else.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private interface WithoutNulls {}

  /** Few tasks are by hand: the others are written as if there were no such thing. */
  interface WithoutHands {
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    boolean byHand();

    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    int reminders();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    Attestation attested();
  }

  /** As {@link WithoutHands}, for what only a set-up by hand has. */
  interface WithoutSetUp {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    SetUpTask setUp();
  }

  /**
   * Few runbooks count working hours, and few roles keep others out: the rest is written as if
   * there were no such thing.
   */
  interface WithoutLimits {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    Hours hours();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<Apart> apart();
  }

  /** In hardly any stage one decides for another; before one could, they were stored without. */
  interface WithoutOthers {
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<Handover> handovers();

    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    @JsonSetter(nulls = Nulls.AS_EMPTY)
    List<StandIn> standIns();
  }

  /** Nearly everybody asks for themselves, and nearly all access begins with the last approval. */
  interface WithoutStart {
    @JsonInclude(JsonInclude.Include.NON_NULL)
    String askedBy();

    @JsonInclude(JsonInclude.Include.NON_NULL)
    Instant startsAt();
  }

  private Json() {}

  static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static <T> T read(String json, Class<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }

  static <T> T read(String json, TypeReference<T> type) {
    try {
      return MAPPER.readValue(json, type);
    } catch (JsonProcessingException damaged) {
      throw new UncheckedIOException(damaged);
    }
  }
}
