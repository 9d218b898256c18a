package io.castalia.node.kafka;

import java.util.List;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordsSend;
import org.apache.pekko.util.ByteString;
import org.apache.pekko.util.ByteStringBuilder;

/**
 * Records of a response as they are kept, so that the response refers to them and copies nothing.
 *
 * @param batches whole record batches in order
 */
public record RecordsView(List<ByteString> batches) implements BaseRecords {
  public RecordsView {
    batches = List.copyOf(batches);
  }

  @Override
  public int sizeInBytes() {
    int size = 0;
    for (ByteString batch : batches) {
      size += batch.length();
    }
    return size;
  }

  /** Copies; the gateway takes {@link #batches} instead. */
  @Override
  public RecordsSend<? extends BaseRecords> toSend() {
    ByteStringBuilder all = ByteString.createBuilder();
    batches.forEach(all::append);
    return MemoryRecords.readableRecords(all.result().asByteBuffer()).toSend();
  }
}
