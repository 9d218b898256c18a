package io.castalia.persistence.read;

import io.castalia.persistence.ReadQuery;
import java.util.List;
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

/** Finding the rows that a read wants, in a segment of few large rows or of many small ones. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SegmentIndexBenchmark {
  private static final int RECORDS_PER_ROW = 100;
  private static final int READ_BYTES = 1 << 20;

  /** Rows of the segment. */
  @Param({"128", "16384"})
  public int rows;

  private SegmentIndex index = SegmentIndex.EMPTY;
  private long position;

  @Setup
  public void prepare() {
    List<Row> all = LongStream.range(0, rows).mapToObj(this::row).toList();
    index = SegmentIndex.EMPTY.plus(all);
  }

  private Row row(long number) {
    long first = number * RECORDS_PER_ROW;
    return new Row(1, number + 1, first, first + RECORDS_PER_ROW - 1, number, (64 << 20) / rows);
  }

  @Benchmark
  public Object select() {
    position = (position + 7_919) % ((long) rows * RECORDS_PER_ROW);
    return index.select(
        new ReadQuery("log", 1, position, Long.MAX_VALUE, READ_BYTES), Long.MAX_VALUE);
  }
}
