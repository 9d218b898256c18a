package io.castalia.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.castalia.api.InboundRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.Test;

class RecordBatchesTest {
  private static final int RECORDS = 10;
  private static final int RECORD_BYTES = 1000;

  private final List<ByteString> batches = List.of(batch(0), batch(RECORDS));

  private static ByteString batch(long baseOffset) {
    SimpleRecord[] records =
        IntStream.range(0, RECORDS)
            .mapToObj(i -> new SimpleRecord(i, new byte[] {(byte) i}, new byte[RECORD_BYTES]))
            .toArray(SimpleRecord[]::new);
    ByteBuffer bytes =
        MemoryRecords.withRecords(baseOffset, Compression.gzip().build(), records).buffer();
    return ByteString.fromByteBuffer(bytes);
  }

  @Test
  void shouldDecodeAllThatFits() {
    var decoded = RecordBatches.decode(batches, 3, 1_000_000);

    assertThat(offsets(decoded)).isEqualTo(range(3, 20));
    assertThat(decoded.nextOffset()).isEqualTo(20);
  }

  @Test
  void shouldGoOnBehindWhatWouldHaveMadeTheReplyTooLarge() {
    List<Long> read = new ArrayList<>();
    long offset = 0;
    int replies = 0;
    while (offset < 2 * RECORDS) {
      var decoded = RecordBatches.decode(batches, offset, 3 * RECORD_BYTES);
      assertThat(decoded.records()).hasSizeBetween(1, 3);
      read.addAll(offsets(decoded));
      offset = decoded.nextOffset();
      replies++;
    }

    assertThat(read).isEqualTo(range(0, 20));
    assertThat(replies).isEqualTo(7);
  }

  private static List<Long> offsets(RecordBatches.Decoded decoded) {
    return decoded.records().stream().map(InboundRecord::offset).toList();
  }

  private static List<Long> range(int from, int to) {
    return IntStream.range(from, to).mapToObj(Long::valueOf).toList();
  }
}
