package io.castalia.actors.partition;

import static io.castalia.actors.partition.Batches.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.AppendDecision.Duplicate;
import io.castalia.actors.partition.AppendDecision.Refused;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.actors.topic.TopicSettings;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AppendLogicTest {
  private static final int MAGIC_OFFSET = 16;
  private static final int ATTRIBUTES_LOW_BYTE = 22;
  private static final int LAST_OFFSET_DELTA_LOW_BYTE = 26;
  private static final int COUNT_LOW_BYTE = 60;

  private final LateStarts lateStarts = new LateStarts();
  private LogHead head = LogHead.of(PartitionState.EMPTY);
  private long now = NOW;

  static Stream<Arguments> malformed() {
    ByteString good = Batches.plain("a", "b");
    byte[] badCrc = good.toArray();
    badCrc[badCrc.length - 1] ^= 1;
    return Stream.of(
        Arguments.of("no batch", ByteString.emptyByteString(), Errors.INVALID_RECORD),
        Arguments.of("cut short", good.dropRight(1), Errors.CORRUPT_MESSAGE),
        Arguments.of(
            "trailing bytes", good.concat(ByteString.fromString("x")), Errors.CORRUPT_MESSAGE),
        Arguments.of("wrong CRC", ByteString.fromArray(badCrc), Errors.CORRUPT_MESSAGE),
        Arguments.of("magic 1", patch(good, MAGIC_OFFSET, 1), Errors.INVALID_RECORD),
        Arguments.of("magic 3", patch(good, MAGIC_OFFSET, 3), Errors.CORRUPT_MESSAGE),
        Arguments.of("base offset", patch(good, 7, 5), Errors.INVALID_RECORD),
        Arguments.of("no length", patch(good, 11, 0), Errors.CORRUPT_MESSAGE),
        Arguments.of(
            "too few offsets", patch(good, LAST_OFFSET_DELTA_LOW_BYTE, 0), Errors.INVALID_RECORD),
        Arguments.of("too many records", patch(good, COUNT_LOW_BYTE, 3), Errors.INVALID_RECORD),
        Arguments.of("no records", patch(good, COUNT_LOW_BYTE, 0), Errors.INVALID_RECORD),
        Arguments.of(
            "control batch", patch(good, ATTRIBUTES_LOW_BYTE, 0x20), Errors.INVALID_RECORD),
        Arguments.of(
            "unknown codec",
            patch(good, ATTRIBUTES_LOW_BYTE, 5),
            Errors.UNSUPPORTED_COMPRESSION_TYPE),
        Arguments.of(
            "time stamped by the client",
            patch(good, ATTRIBUTES_LOW_BYTE, 0x08),
            Errors.INVALID_TIMESTAMP),
        Arguments.of("no transaction", Batches.transactional("a"), Errors.INVALID_TXN_STATE),
        Arguments.of(
            "second batch bad", good.concat(ByteString.fromArray(badCrc)), Errors.CORRUPT_MESSAGE));
  }

  @ParameterizedTest(name = "{0}: {2}")
  @MethodSource("malformed")
  void shouldRefuseMalformedBatches(String name, ByteString payload, Errors error) {
    AppendResult result = refused(payload, Map.of());

    assertThat(result.error()).as(name).isEqualTo(error);
    assertThat(result.message()).isNotEmpty();
    assertThat(result.baseOffset()).isEqualTo(-1);
  }

  @Test
  void shouldRefuseBatchLargerThanTheTopicAllows() {
    ByteString batch = Batches.plain("x".repeat(200));

    assertThat(refused(batch, Map.of("max.message.bytes", "200")).error())
        .isEqualTo(Errors.MESSAGE_TOO_LARGE);
    assertThat(decide(Batches.plain("x"), Map.of("max.message.bytes", "200")))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void shouldBoundTimestamps() {
    Map<String, String> hour =
        Map.of(
            "message.timestamp.before.max.ms", "3600000",
            "message.timestamp.after.max.ms", "3600000");

    assertThat(refused(Batches.gzip(NOW - 3_600_001, "a"), hour).error())
        .isEqualTo(Errors.INVALID_TIMESTAMP);
    assertThat(refused(Batches.gzip(NOW - 3_600_001, "a", "b"), hour).recordErrors())
        .extracting(AppendResult.RecordError::index)
        .containsExactly(0, 1);
    assertThat(refused(Batches.at(NOW + 3_600_001, "a"), hour).error())
        .isEqualTo(Errors.INVALID_TIMESTAMP);
    assertThat(decide(Batches.gzip(NOW - 3_600_000, "a"), hour)).isInstanceOf(Accepted.class);
    assertThat(decide(Batches.at(NOW + 3_600_000, "a"), hour)).isInstanceOf(Accepted.class);
  }

  @Test
  void shouldIgnoreProducersClockWhereTheLogStamps() {
    Map<String, String> stamping = Map.of("message.timestamp.type", "LogAppendTime");

    Accepted accepted = (Accepted) decide(Batches.at(NOW + 99_000_000, "a"), stamping);

    assertThat(accepted.result().logAppendTime()).isEqualTo(NOW);
    assertThat(accepted.entry().maxTimestamp()).isEqualTo(NOW);
  }

  @Test
  void shouldNameRecordsWithoutKeyInCompactedTopics() {
    AppendResult result = refused(Batches.gzip(NOW, "a", "b"), Map.of("cleanup.policy", "compact"));

    assertThat(result.error()).isEqualTo(Errors.INVALID_RECORD);
    assertThat(result.recordErrors())
        .extracting(AppendResult.RecordError::index)
        .containsExactly(0, 1);
  }

  @Test
  void shouldAssignDenseOffsetsToBatchesOfOneAppend() {
    Accepted first = accept(Batches.plain("a", "b").concat(Batches.plain("c")));
    Accepted second = accept(Batches.plain("d"));

    assertThat(first.result().baseOffset()).isZero();
    assertThat(first.entry().lastPosition()).isEqualTo(2);
    assertThat(second.result().baseOffset()).isEqualTo(3);
  }

  @Test
  void shouldAnswerRepetitionOfTheLastFiveBatchesWithTheOriginalOffset() {
    for (int sequence = 0; sequence < 6; sequence++) {
      accept(Batches.idempotent(7, 0, sequence, "v"));
    }

    for (int sequence = 1; sequence < 6; sequence++) {
      Duplicate duplicate = (Duplicate) decide(Batches.idempotent(7, 0, sequence, "v"), Map.of());
      assertThat(duplicate.result().baseOffset()).isEqualTo(sequence);
      assertThat(duplicate.lastOffset()).isEqualTo(sequence);
    }
  }

  @Test
  void shouldTellTheRepetitionOfAnEarlierBatchFromOneThatIsMissing() {
    for (int sequence = 0; sequence < 20; sequence += 2) {
      accept(Batches.idempotent(7, 0, sequence, "a", "b"));
    }

    for (int sequence = 0; sequence < 10; sequence += 2) {
      Duplicate forgotten =
          (Duplicate) decide(Batches.idempotent(7, 0, sequence, "a", "b"), Map.of());
      assertThat(forgotten.result().error()).isEqualTo(Errors.DUPLICATE_SEQUENCE_NUMBER);
      // Not to be told before it is durable.
      assertThat(forgotten.lastOffset()).isGreaterThanOrEqualTo(sequence + 1);
    }
    assertThat(refused(Batches.idempotent(7, 0, 24, "a", "b"), Map.of()).error())
        .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
  }

  @Test
  void shouldNotTakeForARepetitionWhatWasBeforeAllThatIsKnown() {
    forget(7);
    for (int sequence = 40; sequence < 50; sequence++) {
      accept(Batches.idempotent(7, 0, sequence, "v"));
    }

    assertThat(refused(Batches.idempotent(7, 0, 39, "v"), Map.of()).error())
        .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
    accept(Batches.idempotent(7, 1, 0, "v"));
    assertThat(refused(Batches.idempotent(7, 0, 40, "v"), Map.of()).error())
        .isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void shouldRefuseGapInSequence() {
    accept(Batches.idempotent(7, 0, 0, "a", "b"));

    assertThat(refused(Batches.idempotent(7, 0, 3, "c"), Map.of()).error())
        .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
    accept(Batches.idempotent(7, 0, 2, "c"));
  }

  @Test
  void shouldAcceptForgottenProducerAtAnySequence() {
    forget(7);

    Accepted accepted = accept(Batches.idempotent(7, 3, 41, "a"));

    assertThat(accepted.result().baseOffset()).isZero();
    assertThat(refused(Batches.idempotent(8, 3, 41, "a"), Map.of()).error())
        .isEqualTo(Errors.NOT_ENOUGH_REPLICAS);
  }

  @Test
  void shouldLetAnEarlierBatchOfAnUnknownProducerComeFirst() {
    assertThat(refused(Batches.idempotent(7, 0, 1, "b"), Map.of()).error())
        .isEqualTo(Errors.NOT_ENOUGH_REPLICAS);

    accept(Batches.idempotent(7, 0, 0, "a"));
    accept(Batches.idempotent(7, 0, 1, "b"));
  }

  @Test
  void shouldNotWaitForAnEarlierBatchForEver() {
    ByteString late = Batches.idempotent(7, 0, 1, "b");
    refused(late, Map.of());
    now += LateStarts.PATIENCE.toMillis() - 1;
    refused(late, Map.of());
    now += 1;

    accept(late);
  }

  @Test
  void shouldTakeProducersAtOnceWhenTooManyWouldWait() {
    for (int id = 0; id < LateStarts.MAX_WAITING; id++) {
      refused(Batches.idempotent(id, 0, 1, "a"), Map.of());
    }

    accept(Batches.idempotent(LateStarts.MAX_WAITING, 0, 1, "a"));
    now += 2 * LateStarts.PATIENCE.toMillis();
    refused(Batches.idempotent(LateStarts.MAX_WAITING + 1, 0, 1, "a"), Map.of());
  }

  @Test
  void shouldWrapSequences() {
    forget(7);
    accept(Batches.idempotent(7, 0, Integer.MAX_VALUE - 1, "a", "b", "c"));

    Duplicate duplicate =
        (Duplicate)
            decide(Batches.idempotent(7, 0, Integer.MAX_VALUE - 1, "a", "b", "c"), Map.of());
    assertThat(duplicate.lastOffset()).isEqualTo(2);
    accept(Batches.idempotent(7, 0, 1, "d"));
  }

  @Test
  void shouldFenceOlderProducerEpochAndStartNewOneAtZero() {
    accept(Batches.idempotent(7, 1, 0, "a"));

    assertThat(refused(Batches.idempotent(7, 0, 1, "b"), Map.of()).error())
        .isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
    assertThat(refused(Batches.idempotent(7, 2, 1, "b"), Map.of()).error())
        .isEqualTo(Errors.OUT_OF_ORDER_SEQUENCE_NUMBER);
    accept(Batches.idempotent(7, 2, 0, "b"));
    assertThat(refused(Batches.idempotent(7, 1, 1, "c"), Map.of()).error())
        .isEqualTo(Errors.INVALID_PRODUCER_EPOCH);
  }

  @Test
  void shouldRefuseAppendThatRepeatsOnlyInPart() {
    accept(Batches.idempotent(7, 0, 0, "a"));
    ByteString both = Batches.idempotent(7, 0, 0, "a").concat(Batches.idempotent(7, 0, 1, "b"));

    assertThat(refused(both, Map.of()).error()).isEqualTo(Errors.DUPLICATE_SEQUENCE_NUMBER);
  }

  private static ByteString patch(ByteString batch, int offset, int value) {
    return Batches.patched(batch, offset, (byte) value);
  }

  private void forget(long producerId) {
    head = new LogHead(0, Producers.forgotten(producerId));
  }

  private AppendDecision decide(ByteString payload, Map<String, String> configs) {
    TopicSettings settings =
        TopicSettings.of(new TopicDescription("t", Uuid.ONE_UUID, 1, configs), Map.of());
    return AppendLogic.decide(head, payload, new AppendContext(settings, 4, 0, now, lateStarts));
  }

  private AppendResult refused(ByteString payload, Map<String, String> configs) {
    AppendDecision decision = decide(payload, configs);
    assertThat(decision).isInstanceOf(Refused.class);
    return ((Refused) decision).result();
  }

  private Accepted accept(ByteString payload) {
    AppendDecision decision = decide(payload, Map.of());
    assertThat(decision).isInstanceOf(Accepted.class);
    Accepted accepted = (Accepted) decision;
    head = head.after(accepted.entry());
    return accepted;
  }
}
