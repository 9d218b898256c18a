package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/** Reads one topic from its start, round after round. */
final class ReadWork implements Work {

  /** What readers find when they start. */
  enum Start {
    /** A server that has served the same records before. */
    WARM,
    /** A server that has just been started, and a page cache that has been dropped. */
    COLD
  }

  private final String topic;
  private final ProduceLoad load;
  private final int readers;
  private final Start start;
  private final LoadTool tool;

  /**
   * Readers at work.
   *
   * @param load what there is to read
   * @param readers how many read it at once, each all of it, in one process
   */
  ReadWork(String topic, ProduceLoad load, int readers, Start start, LoadTool tool) {
    this.topic = topic;
    this.load = load;
    this.readers = readers;
    this.start = start;
    this.tool = tool;
  }

  /** Writes what is read, as much as two rounds of producing take, and reads it again and again. */
  @Override
  public long warmUp(Broker side, Lengths lengths) {
    Topics.create(side.bootstrap(), topic, load.partitions());
    long first = 50_000_000 / load.recordBytes();
    double rate = tool.produce(side.bootstrap(), topic, load, first).recordsPerSecond();
    long records = Lengths.records(rate, lengths.round().multipliedBy(2), 2 * first);
    tool.produce(side.bootstrap(), topic, load, records - first);
    long end = System.nanoTime() + lengths.warmUp().toNanos();
    do {
      tool.consume(side.bootstrap(), topic, readers, records);
    } while (System.nanoTime() < end);
    return records;
  }

  @Override
  public void ready(Broker side, int round) {
    if (start == Start.COLD) {
      side.close();
      PageCache.drop();
      side.start();
    }
  }

  @Override
  public LoadResult run(Broker side, int round, long records) {
    return tool.consume(side.bootstrap(), topic, readers, records);
  }
}
