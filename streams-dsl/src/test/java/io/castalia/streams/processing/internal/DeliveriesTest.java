package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.castalia.api.OutboundRecord;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

/** Batches are published in order, one at a time, and only a few before that is journaled. */
class DeliveriesTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 1);

  private final Deliveries deliveries = new Deliveries();

  private static List<OutputRecord> records(TopicPartition partition, int count, int bytes) {
    ByteString value = ByteString.fromArray(new byte[bytes]);
    return IntStream.range(0, count)
        .mapToObj(i -> new OutputRecord(partition, new OutboundRecord(null, value, i, List.of())))
        .toList();
  }

  /** An outbox with so many batches of one record. */
  private static Outbox outbox(TopicPartition partition, int batches) {
    Outbox outbox = Outbox.EMPTY;
    for (int i = 0; i < batches; i++) {
      outbox = outbox.with(outbox.batches(records(partition, 1, 10)));
    }
    return outbox;
  }

  @Test
  void shouldNumberTheRecordsOfEachPartition() {
    Outbox outbox = Outbox.EMPTY.with(Outbox.EMPTY.batches(records(A, 3, 10)));
    outbox = outbox.with(outbox.batches(records(B, 2, 10)));
    outbox = outbox.with(outbox.batches(records(A, 1, 10)));

    assertThat(outbox.waiting().get(A))
        .extracting(OutputBatch::sequence, batch -> batch.records().size())
        .containsExactly(tuple(0, 3), tuple(3, 1));
    assertThat(outbox.waiting().get(B)).extracting(OutputBatch::sequence).containsExactly(0);
    assertThat(outbox.sequences()).isEqualTo(Map.of(A, 4, B, 2));
  }

  @Test
  void shouldCutBatchesByTheirBytes() {
    List<OutputBatch> batches = Outbox.EMPTY.batches(records(A, 10, Outbox.BATCH_BYTES / 4));

    assertThat(batches).extracting(batch -> batch.records().size()).containsExactly(3, 3, 3, 1);
    assertThat(batches).extracting(OutputBatch::sequence).containsExactly(0, 3, 6, 9);
  }

  @Test
  void shouldBeginSequencesAgainBehindTheLargest() {
    OutputBatch last =
        new OutputBatch(
            A, Integer.MAX_VALUE - 1, records(A, 3, 1).stream().map(OutputRecord::record).toList());

    assertThat(last.nextSequence()).isEqualTo(1);
  }

  @Test
  void shouldPublishOneBatchOfAPartitionAtATime() {
    deliveries.journaled(outbox(A, 2), Map.of());

    assertThat(deliveries.toSend()).extracting(OutputBatch::sequence).containsExactly(0);
    assertThat(deliveries.toSend()).isEmpty();
    deliveries.notSent(A);
    assertThat(deliveries.toSend()).extracting(OutputBatch::sequence).containsExactly(0);
    deliveries.sent(A);
    assertThat(deliveries.toSend()).extracting(OutputBatch::sequence).containsExactly(1);
    deliveries.sent(A);
    assertThat(deliveries.toSend()).isEmpty();
    assertThat(deliveries.delivered()).isEqualTo(Map.of(A, 2));
  }

  @Test
  void shouldPublishNoMoreThanAPartitionRemembersBeforeThatIsJournaled() {
    Outbox outbox = outbox(A, Outbox.WINDOW + 1);
    deliveries.journaled(outbox, Map.of());
    for (int sent = 0; sent < Outbox.WINDOW; sent++) {
      assertThat(deliveries.isHeldUp()).isFalse();
      assertThat(deliveries.toSend()).hasSize(1);
      deliveries.sent(A);
    }

    assertThat(deliveries.toSend()).isEmpty();
    assertThat(deliveries.isHeldUp()).isTrue();

    Map<TopicPartition, Integer> journaled = deliveries.delivered();
    deliveries.journaled(outbox.without(journaled), journaled);
    assertThat(deliveries.isHeldUp()).isFalse();
    assertThat(deliveries.delivered()).isEmpty();
    assertThat(deliveries.toSend()).extracting(OutputBatch::sequence).containsExactly(4);
  }

  @Test
  void shouldKeepCountOfWhatIsPublishedWhileThatIsJournaled() {
    Outbox outbox = outbox(A, 3);
    deliveries.journaled(outbox, Map.of());
    deliveries.toSend();
    deliveries.sent(A);
    Map<TopicPartition, Integer> journaled = deliveries.delivered();
    deliveries.toSend();
    deliveries.sent(A);

    deliveries.journaled(outbox.without(journaled), journaled);

    assertThat(deliveries.delivered()).isEqualTo(Map.of(A, 1));
    assertThat(deliveries.toSend()).extracting(OutputBatch::sequence).containsExactly(2);
  }

  @Test
  void shouldBeCongestedWhenPublishingLags() {
    deliveries.journaled(outbox(A, 1), Map.of());
    assertThat(deliveries.isCongested()).isFalse();

    deliveries.journaled(outbox(A, 2), Map.of());
    assertThat(deliveries.isCongested()).isTrue();

    deliveries.toSend();
    deliveries.sent(A);
    assertThat(deliveries.isCongested()).isFalse();
  }
}
