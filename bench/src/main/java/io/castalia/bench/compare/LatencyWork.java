package io.castalia.bench.compare;

import io.castalia.bench.server.Broker;
import io.castalia.bench.server.Topics;

/** Records at a steady rate, each timed from when it was due to when a consumer has it. */
final class LatencyWork implements Work {

  private final String topic;
  private final int recordBytes;
  private final int partitions;
  private final int perSecond;
  private final LoadTool tool;

  LatencyWork(String topic, int recordBytes, int partitions, int perSecond, LoadTool tool) {
    this.topic = topic;
    this.recordBytes = recordBytes;
    this.partitions = partitions;
    this.perSecond = perSecond;
    this.tool = tool;
  }

  @Override
  public long warmUp(Broker side, Lengths lengths) {
    Topics.create(side.bootstrap(), topic, partitions);
    run(side, 0, Lengths.records(perSecond, lengths.warmUp(), perSecond));
    return Lengths.records(perSecond, lengths.round(), perSecond);
  }

  @Override
  public void ready(Broker side, int round) {
    // The topic goes on: a steady load is what is timed.
  }

  @Override
  public LoadResult run(Broker side, int round, long records) {
    return tool.latency(
        side.bootstrap(), topic, new SteadyLoad(perSecond, recordBytes, records, false));
  }
}
