package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** Each piece in a topic of its own, which has no records that were there before. */
  @Override
  public long warmUp(Broker side, Lengths lengths) {
    AtomicInteger piece = new AtomicInteger();
    return WarmUp.of(
        lengths,
        50_000_000 / load.recordBytes(),
        records -> {
          int round = -piece.incrementAndGet();
          ready(side, round);
          return run(side, round, records);
        });
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
    return topics + (round < 0 ? "-warm-up-" + -round : "-" + round);
  }
}
