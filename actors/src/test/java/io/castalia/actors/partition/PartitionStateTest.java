package io.castalia.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import io.castalia.actors.partition.PartitionEvent.LogStartMoved;
import io.castalia.actors.partition.PartitionEvent.ProducersExpired;
import java.util.List;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class PartitionStateTest {
  @Test
  void shouldKeepItsEndWhenAllRecordsAreGone() {
    PartitionState state = evolve(entry(0, 9, 100, 1), new LogStartMoved(10));

    assertThat(state.logStart()).isEqualTo(10);
    assertThat(state.logEnd()).isEqualTo(10);
    assertThat(state.maxTimestamp()).isEqualTo(TimestampMark.NONE);
  }

  @Test
  void shouldNotMoveLogStartBack() {
    PartitionState state = evolve(entry(0, 9, 100, 1), new LogStartMoved(7), new LogStartMoved(3));

    assertThat(state.logStart()).isEqualTo(7);
  }

  @Test
  void shouldKnowTheLargestTimestampUntilItsRecordMayBeGone() {
    PartitionState state = evolve(entry(0, 4, 200, 1), entry(5, 9, 100, 1));
    assertThat(state.maxTimestamp()).isEqualTo(new TimestampMark(200, 0));

    PartitionState moved = state.evolve(new LogStartMoved(5));
    assertThat(moved.maxTimestamp()).isEqualTo(TimestampMark.UNKNOWN);
    assertThat(moved.evolve(entry(10, 10, 50, 1)).maxTimestamp()).isEqualTo(TimestampMark.UNKNOWN);
    assertThat(moved.evolve(new LogStartMoved(10)).evolve(entry(10, 10, 50, 1)).maxTimestamp())
        .isEqualTo(new TimestampMark(50, 10));
  }

  @Test
  void shouldAnswerEndsOfEpochs() {
    EpochStarts epochs = evolve(entry(0, 4, 1, 2), entry(5, 9, 1, 2), entry(10, 14, 1, 5)).epochs();

    assertThat(epochs.endOf(1, 15)).isEqualTo(new EpochStart(1, 0));
    assertThat(epochs.endOf(2, 15)).isEqualTo(new EpochStart(2, 10));
    assertThat(epochs.endOf(4, 15)).isEqualTo(new EpochStart(2, 10));
    assertThat(epochs.endOf(5, 15)).isEqualTo(new EpochStart(5, 15));
    assertThat(epochs.endOf(6, 15)).isEqualTo(new EpochStart(-1, -1));
    assertThat(epochs.epochOf(9)).isEqualTo(2);
    assertThat(epochs.epochOf(10)).isEqualTo(5);
  }

  @Test
  void shouldForgetEpochsBeforeTheLogStart() {
    PartitionState state =
        evolve(entry(0, 4, 1, 2), entry(5, 9, 1, 3), entry(10, 14, 1, 5), new LogStartMoved(7));

    assertThat(state.epochs().starts())
        .containsExactly(new EpochStart(3, 7), new EpochStart(5, 10));
  }

  @Test
  void shouldForgetSilentProducersOnly() {
    PartitionState state =
        evolve(
            produced(0, new ProducerBatch(1, (short) 0, 0, 0, 0, 100, -1)),
            produced(1, new ProducerBatch(2, (short) 0, 0, 0, 1, 200, -1)),
            new ProducersExpired(List.of(1L, 2L), 150));

    assertThat(state.producers().find(1)).isEmpty();
    assertThat(state.producers().find(2)).isPresent();
    assertThat(state.producers().mayHaveForgotten(1)).isTrue();
    assertThat(state.producers().mayHaveForgotten(2)).isFalse();
  }

  private static EntryAppended entry(long first, long last, long timestamp, int epoch) {
    return new EntryAppended(
        first, last, timestamp, first, epoch, List.of(), ByteString.emptyByteString());
  }

  private static EntryAppended produced(long offset, ProducerBatch batch) {
    return new EntryAppended(
        offset, offset, -1, -1, 1, List.of(batch), ByteString.emptyByteString());
  }

  private static PartitionState evolve(PartitionEvent... events) {
    PartitionState state = PartitionState.EMPTY;
    for (PartitionEvent event : events) {
      state = state.evolve(event);
    }
    return state;
  }
}
