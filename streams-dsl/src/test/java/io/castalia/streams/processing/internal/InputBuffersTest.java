package io.castalia.streams.processing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.InboundRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A task takes records in the order of their times, as far as it can know that. */
class InputBuffersTest {
  private static final TopicPartition A = new TopicPartition("a", 0);
  private static final TopicPartition B = new TopicPartition("b", 0);

  private final InputBuffers buffers = new InputBuffers(Map.of(A, 0L, B, 7L), Set.of());

  private static List<InboundRecord> at(long... times) {
    List<InboundRecord> records = new ArrayList<>();
    for (long time : times) {
      records.add(new InboundRecord(records.size(), time, null, null, List.of()));
    }
    return records;
  }

  private List<Long> take() {
    List<Long> times = new ArrayList<>();
    for (Optional<SourceRecord> next = buffers.peek(); next.isPresent(); next = buffers.peek()) {
      times.add(next.get().record().timestamp());
      buffers.remove(next.get());
    }
    return times;
  }

  /** However late it is: what is joined with it finds it. */
  @Test
  void shouldGiveInAdvanceWhatIsToBeKnownInAdvance() {
    InputBuffers early = new InputBuffers(Map.of(A, 0L, B, 0L), Set.of("b"));
    early.fetched(A, at(1), 1, 1);
    assertThat(early.peek()).isEmpty();

    early.fetched(B, at(9), 1, 1);

    assertThat(early.peek()).map(SourceRecord::partition).contains(B);
  }

  @Test
  void shouldFetchEachPartitionOnceAtATime() {
    assertThat(buffers.toFetch()).isEqualTo(Map.of(A, 0L, B, 7L));
    assertThat(buffers.toFetch()).isEmpty();

    buffers.fetched(A, at(5), 1, 1);
    buffers.notFetched(B);

    assertThat(buffers.toFetch()).isEqualTo(Map.of(A, 1L, B, 7L));
  }

  @Test
  void shouldTakeTheEarliestRecordFirst() {
    buffers.fetched(A, at(1, 4, 9), 3, 3);
    buffers.fetched(B, at(2, 3, 20), 10, 10);

    assertThat(take()).containsExactly(1L, 2L, 3L, 4L, 9L, 20L);
  }

  @Test
  void shouldWaitForAPartitionThatMayHaveEarlierRecords() {
    buffers.fetched(A, at(5, 6), 2, 2);
    assertThat(take()).isEmpty();

    buffers.fetched(B, at(1, 5), 9, 12);
    assertThat(take()).containsExactly(1L, 5L, 5L);

    buffers.fetched(B, at(), 12, 12);
    assertThat(take()).containsExactly(6L);
  }

  @Test
  void shouldReadAheadWithinBounds() {
    List<InboundRecord> many =
        at(IntStream.range(0, InputBuffers.ENOUGH).mapToLong(i -> i).toArray());
    buffers.toFetch();
    buffers.fetched(A, many, many.size(), many.size() + 1);

    assertThat(buffers.toFetch()).isEmpty();
  }
}
