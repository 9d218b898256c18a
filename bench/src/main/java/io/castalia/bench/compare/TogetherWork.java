package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/**
 * A producer and a consumer of the same topic at once; what counts is when the consumer has the
 * last record.
 */
final class TogetherWork implements Work {

  private final String topics;
  private final ProduceLoad load;
  private final LoadTool tool;

  /**
   * A producer and a consumer at work.
   *
   * @param topics what the names of their topics start with
   */
  TogetherWork(String topics, ProduceLoad load, LoadTool tool) {
    this.topics = topics;
    this.load = load;
    this.tool = tool;
  }

  @Override
  public long warmUp(Broker side, Lengths lengths) {
    long first = 50_000_000 / load.recordBytes();
    ready(side, -1);
    double rate = run(side, -1, first).recordsPerSecond();
    ready(side, 0);
    run(side, 0, Lengths.records(rate, lengths.warmUp(), first));
    return Lengths.records(rate, lengths.round(), first);
  }

  @Override
  public void ready(Broker side, int round) {
    Topics.create(side.bootstrap(), topic(round), load.partitions());
  }

  @Override
  public LoadResult run(Broker side, int round, long records) {
    return tool.produceAndConsume(side.bootstrap(), topic(round), load, records);
  }

  private String topic(int round) {
    return topics + "-" + (round + 1);
  }
}
