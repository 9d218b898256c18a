package io.castalia.actors.partition;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The snapshot of a partition as bytes: big-endian, counts before repeated parts. Version 3. */
final class PartitionStateCodec {
  private static final ForgottenReader ANYBODY = () -> Long.MAX_VALUE;

  private PartitionStateCodec() {}

  static void write(PartitionState state, DataOutputStream out) throws IOException {
    out.writeLong(state.logStart());
    out.writeLong(state.logEnd());
    out.writeLong(state.maxTimestamp().timestamp());
    out.writeLong(state.maxTimestamp().offset());
    out.writeInt(state.epochs().starts().size());
    for (EpochStart start : state.epochs().starts()) {
      out.writeInt(start.epoch());
      out.writeLong(start.startOffset());
    }
    List<ProducerState> producers = new ArrayList<>(state.producers().size());
    state.producers().forEach((id, producer) -> producers.add(producer));
    out.writeLong(state.producers().forgottenUpTo());
    out.writeInt(producers.size());
    for (ProducerState producer : producers) {
      writeBatches(producer.batches(), out);
      out.writeLong(producer.unbroken());
    }
  }

  /** Reads version 1, which does not say how many records of a producer are unbroken. */
  static PartitionState readFirst(DataInputStream in) throws IOException {
    return read(in, ANYBODY, ProducerState::new);
  }

  /** Reads version 2, which does not say which producers may have been forgotten. */
  static PartitionState readSecond(DataInputStream in) throws IOException {
    return read(in, ANYBODY, batches -> new ProducerState(batches, in.readLong()));
  }

  static PartitionState read(DataInputStream in) throws IOException {
    return read(in, in::readLong, batches -> new ProducerState(batches, in.readLong()));
  }

  /** Up to which id producers may have been forgotten. */
  private interface ForgottenReader {
    long upTo() throws IOException;
  }

  /** What follows the batches of a producer differs between versions. */
  private interface ProducerReader {
    ProducerState after(List<ProducerBatch> batches) throws IOException;
  }

  private static PartitionState read(
      DataInputStream in, ForgottenReader forgotten, ProducerReader reader) throws IOException {
    long logStart = in.readLong();
    long logEnd = in.readLong();
    TimestampMark mark = new TimestampMark(in.readLong(), in.readLong());
    EpochStarts epochs = EpochStarts.NONE;
    for (int left = in.readInt(); left > 0; left--) {
      epochs = epochs.with(in.readInt(), in.readLong());
    }
    Producers producers = Producers.forgotten(forgotten.upTo());
    for (int left = in.readInt(); left > 0; left--) {
      ProducerState producer = reader.after(readBatches(in));
      producers = producers.with(producer.last().producerId(), producer);
    }
    return new PartitionState(logStart, logEnd, epochs, producers, mark);
  }

  static void writeBatches(List<ProducerBatch> batches, DataOutputStream out) throws IOException {
    out.writeInt(batches.size());
    for (ProducerBatch batch : batches) {
      out.writeLong(batch.producerId());
      out.writeShort(batch.producerEpoch());
      out.writeInt(batch.firstSequence());
      out.writeInt(batch.lastSequence());
      out.writeLong(batch.baseOffset());
      out.writeLong(batch.appendedAt());
      out.writeLong(batch.logAppendTime());
    }
  }

  static List<ProducerBatch> readBatches(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<ProducerBatch> batches = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      batches.add(
          new ProducerBatch(
              in.readLong(),
              in.readShort(),
              in.readInt(),
              in.readInt(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    }
    return batches;
  }
}
