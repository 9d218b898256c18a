package io.castalia.actors.partition;

import io.castalia.actors.partition.AppendDecision.Accepted;
import io.castalia.actors.topic.TopicSettings;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.pekko.util.ByteString;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a partition does with a batch of an idempotent producer before it is written. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AppendBenchmark {
  private static final long NOW = 1_700_000_000_000L;
  private static final int RECORD_BYTES = 1_000;

  /** Records of 1 KB in the batch. */
  @Param({"1", "64", "256"})
  public int records;

  private ByteString batch = ByteString.emptyByteString();
  private LogHead head = LogHead.of(PartitionState.EMPTY);
  private AppendContext context =
      new AppendContext(TopicSettings.defaults(), 1, 0, NOW, new LateStarts());
  private List<Accepted> group = List.of();

  @Setup
  public void prepare() {
    SimpleRecord record = new SimpleRecord(NOW, new byte[RECORD_BYTES]);
    MemoryRecords made =
        MemoryRecords.withIdempotentRecords(
            Compression.NONE,
            7,
            (short) 0,
            0,
            Collections.nCopies(records, record).toArray(SimpleRecord[]::new));
    batch = ByteString.fromByteBuffer(made.buffer());
    group = List.of((Accepted) validateAndAssignOffsets());
  }

  /** Format, checksum and sequence; then the offsets that it will have. */
  @Benchmark
  public Object validateAndAssignOffsets() {
    return AppendLogic.decide(head, batch, context);
  }

  /** The copy from the request into the entry, with its offsets. */
  @Benchmark
  public Object writeEntry() {
    return EntryWriter.write(group);
  }
}
