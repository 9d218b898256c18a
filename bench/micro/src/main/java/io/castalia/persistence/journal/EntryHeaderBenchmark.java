package io.castalia.persistence.journal;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The header of a row, as it is written with each entry and read by recovery. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EntryHeaderBenchmark {
  private static final int EVENT_BYTES = 80;

  /** Events in the row: one for a partition's entry, more for what groups commit. */
  @Param({"1", "50"})
  public int events;

  private EntryHeader header = new EntryHeader(1, "", List.of());
  private ByteBuffer encoded = ByteBuffer.allocate(0);

  @Setup
  public void prepare() {
    List<Event> all =
        LongStream.rangeClosed(1, events).mapToObj(EntryHeaderBenchmark::event).toList();
    header = new EntryHeader(1, "3f2c4c0e-6a1d-4a39-9d5f-0d9a3f1f7c11", all);
    encoded = header.encode();
  }

  private static Event event(long sequence) {
    Serialized payload = new Serialized(4711, "EntryAppended", ByteBuffer.allocate(EVENT_BYTES));
    return new Event(sequence, 1_700_000_000_000L, "", payload, Optional.empty());
  }

  @Benchmark
  public Object encode() {
    return header.encode();
  }

  @Benchmark
  public Object decode() {
    return EntryHeader.decode(encoded.duplicate());
  }
}
