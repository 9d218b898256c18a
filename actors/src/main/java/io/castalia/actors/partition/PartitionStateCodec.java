package io.castalia.actors.partition;

import io.castalia.api.internal.WireInput;
import io.castalia.api.internal.WireOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** The snapshot of a partition as bytes: big-endian, counts before repeated parts. Version 3. */
final class PartitionStateCodec {
  private static final long ANYBODY = Long.MAX_VALUE;

  private PartitionStateCodec() {}

  static void write(WireOutput out, PartitionState state) {
    out.int64(state.logStart()).int64(state.logEnd());
    out.int64(state.maxTimestamp().timestamp()).int64(state.maxTimestamp().offset());
    out.list(state.epochs().starts(), start -> out.int32(start.epoch()).int64(start.startOffset()));
    List<ProducerState> producers = new ArrayList<>(state.producers().size());
    state.producers().forEach((id, producer) -> producers.add(producer));
    out.int64(state.producers().forgottenUpTo());
    out.list(
        producers,
        producer -> {
          writeBatches(out, producer.batches());
          out.int64(producer.unbroken());
        });
  }

  /** Reads version 1, which does not say how many records of a producer are unbroken. */
  static PartitionState readFirst(WireInput in) {
    return read(in, () -> ANYBODY, ProducerState::new);
  }

  /** Reads version 2, which does not say which producers may have been forgotten. */
  static PartitionState readSecond(WireInput in) {
    return read(in, () -> ANYBODY, batches -> new ProducerState(batches, in.int64()));
  }

  static PartitionState read(WireInput in) {
    return read(in, in::int64, batches -> new ProducerState(batches, in.int64()));
  }

  /**
   * Versions differ in two places.
   *
   * @param forgotten reads up to which id producers may have been forgotten
   * @param producer reads what follows the batches of a producer
   */
  private static PartitionState read(
      WireInput in, LongSupplier forgotten, Function<List<ProducerBatch>, ProducerState> producer) {
    long logStart = in.int64();
    long logEnd = in.int64();
    TimestampMark mark = new TimestampMark(in.int64(), in.int64());
    EpochStarts epochs = EpochStarts.NONE;
    for (int left = in.int32(); left > 0; left--) {
      epochs = epochs.with(in.int32(), in.int64());
    }
    Producers producers = Producers.forgotten(forgotten.getAsLong());
    for (int left = in.int32(); left > 0; left--) {
      ProducerState state = producer.apply(readBatches(in));
      producers = producers.with(state.last().producerId(), state);
    }
    return new PartitionState(logStart, logEnd, epochs, producers, mark);
  }

  static void writeBatches(WireOutput out, List<ProducerBatch> batches) {
    out.list(
        batches,
        batch -> {
          out.int64(batch.producerId()).int16(batch.producerEpoch());
          out.int32(batch.firstSequence()).int32(batch.lastSequence());
          out.int64(batch.baseOffset()).int64(batch.appendedAt()).int64(batch.logAppendTime());
        });
  }

  static List<ProducerBatch> readBatches(WireInput in) {
    return in.list(
        () ->
            new ProducerBatch(
                in.int64(),
                in.int16(),
                in.int32(),
                in.int32(),
                in.int64(),
                in.int64(),
                in.int64()));
  }
}
