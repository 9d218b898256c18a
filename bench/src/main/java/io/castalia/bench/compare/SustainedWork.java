package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/**
 * A producer and a consumer of the same topic at once, for a time; what counts is when the consumer
 * has the last record.
 */
final class SustainedWork implements Work {

  private final String topics;
  private final SustainedLoad load;
  private final SustainedTool tool;

  /**
   * A producer and a consumer at work.
   *
   * @param topics what the names of their topics start with
   */
  SustainedWork(String topics, SustainedLoad load, SustainedTool tool) {
    this.topics = topics;
    this.load = load;
    this.tool = tool;
  }

  /** The same load for another time; its records go, to make room for those of the round. */
  @Override
  public long warmUp(Broker side, Lengths lengths) {
    String topic = topics + "-warm-up";
    create(side, topic);
    LoadResult result = tool.run(side, topic, load.load(), lengths.warmUp());
    Topics.delete(side.bootstrap(), topic);
    return result.records();
  }

  @Override
  public void ready(Broker side, int round) {
    create(side, topic(round));
  }

  @Override
  public LoadResult run(Broker side, int round, long records) {
    return tool.run(side, topic(round), load.load(), load.time());
  }

  @Override
  public boolean isAlone() {
    return true;
  }

  private void create(Broker side, String topic) {
    Topics.create(side.bootstrap(), topic, load.load().partitions(), load.topicConfigurations());
  }

  private String topic(int round) {
    return topics + "-" + round;
  }
}
