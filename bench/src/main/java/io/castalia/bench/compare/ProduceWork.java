package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/** Produces into a fresh topic each round. */
final class ProduceWork implements Work {

  private final String topics;
  private final ProduceLoad load;
  private final LoadTool tool;

  /**
   * A producer at work.
   *
   * @param topics what the names of its topics start with
   */
  ProduceWork(String topics, ProduceLoad load, LoadTool tool) {
    this.topics = topics;
    this.load = load;
    this.tool = tool;
  }

  @Override
  public long warmUp(Broker side, Lengths lengths) {
    ready(side, 0);
    return WarmUp.of(lengths, firstLook(), records -> run(side, 0, records));
  }

  @Override
  public void ready(Broker side, int round) {
    Topics.create(side.bootstrap(), topic(round), load.partitions());
    Topics.writeOnce(side.bootstrap(), topic(round), load.partitions());
  }

  @Override
  public LoadResult run(Broker side, int round, long records) {
    return tool.produce(side.bootstrap(), topic(round), load, records);
  }

  /** About 50 MB. */
  private long firstLook() {
    return 50_000_000 / load.recordBytes();
  }

  private String topic(int round) {
    return topics + "-" + round;
  }
}
