package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/**
 * Reads one topic from its start, round after round. It is of the same size for each side, and is
 * read as often as fits a round, so that the start of a client is a small part of it everywhere.
 */
final class ReadWork implements Work {

  /** What readers find when they start. */
  enum Start {
    /** A server that has served the same records before. */
    WARM,
    /** A server that has just been started, and a page cache that has been dropped. */
    COLD
  }

  /** About as fast as the slowest side can be written to on two cores. */
  private static final long BYTES_A_SECOND = 80_000_000;

  private final String topic;
  private final ProduceLoad load;
  private final int readers;
  private final Start start;
  private final LoadTool tool;

  /** Of the topic, the same for all sides. */
  private long records;

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

  /**
   * Writes what is read and reads it again and again.
   *
   * @return how often it is to be read in a round
   */
  @Override
  public long warmUp(Broker side, Lengths lengths) {
    records = lengths.round().toSeconds() * BYTES_A_SECOND / load.recordBytes();
    Topics.create(side.bootstrap(), topic, load.partitions());
    tool.produce(side.bootstrap(), topic, load, records);
    Reading once = new Reading(readers, records, 1);
    long end = System.nanoTime() + lengths.warmUp().toNanos();
    double rate;
    do {
      rate = tool.consume(side.bootstrap(), topic, once).recordsPerSecond();
    } while (System.nanoTime() < end);
    // what is read a second time is cold no more
    return start == Start.COLD
        ? 1
        : Math.max(1, Math.round(rate * lengths.round().toSeconds() / once.all()));
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
  public LoadResult run(Broker side, int round, long times) {
    return tool.consume(side.bootstrap(), topic, new Reading(readers, records, (int) times));
  }
}
