package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.partition.PartitionEvent.EntryAppended;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;
import org.apache.pekko.util.ByteString;

/**
 * Makes one entry of a group of appends: the one copy of the payload between the producer's request
 * and the journal. Sets offsets, leader epoch and, where asked for, the log append time; all other
 * bytes stay as the producer sent them.
 */
final class EntryWriter {
  private EntryWriter() {}

  /**
   * @param group accepted appends whose offsets follow each other, at least one
   */
  static EntryAppended write(List<Accepted> group) {
    int size = 0;
    for (Accepted append : group) {
      size += append.payload().length();
    }
    byte[] bulk = new byte[size];
    int position = 0;
    for (Accepted append : group) {
      copy(append.payload(), bulk, position);
      stamp(append, ByteBuffer.wrap(bulk, position, append.payload().length()).slice());
      position += append.payload().length();
    }
    return merge(group, ByteString.fromArrayUnsafe(bulk));
  }

  private static void copy(ByteString payload, byte[] target, int start) {
    int position = start;
    for (ByteBuffer part : payload.getByteBuffers()) {
      int length = part.remaining();
      part.get(target, position, length);
      position += length;
    }
  }

  private static void stamp(Accepted append, ByteBuffer bytes) {
    EntryAppended entry = append.entry();
    long logAppendTime = append.result().logAppendTime();
    long nextOffset = entry.firstPosition();
    for (MutableRecordBatch batch : MemoryRecords.readableRecords(bytes).batches()) {
      nextOffset += batch.countOrNull();
      batch.setLastOffset(nextOffset - 1);
      batch.setPartitionLeaderEpoch(entry.leaderEpoch());
      if (logAppendTime >= 0) {
        batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, logAppendTime);
      }
    }
  }

  private static EntryAppended merge(List<Accepted> group, ByteString bulk) {
    EntryAppended first = group.get(0).entry();
    EntryAppended last = group.get(group.size() - 1).entry();
    TimestampMark mark = TimestampMark.NONE;
    List<ProducerBatch> producerBatches = new ArrayList<>(group.size());
    for (Accepted append : group) {
      mark = mark.or(append.entry().timestampMark());
      producerBatches.addAll(append.entry().producerBatches());
    }
    return new EntryAppended(
        first.firstPosition(),
        last.lastPosition(),
        mark.timestamp(),
        mark.offset(),
        first.leaderEpoch(),
        producerBatches,
        bulk);
  }
}
