package io.castalia.node.kafka.log;

import io.castalia.actors.partition.Partitions;
import io.castalia.actors.topic.Topics;
import io.castalia.node.kafka.GatewayMeters;
import io.castalia.node.kafka.GatewaySettings;
import io.castalia.node.kafka.RequestHandler;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** All handlers of this package. */
public final class LogHandlers {
  private LogHandlers() {}

  /**
   * Makes the handlers of one node; they share its fetch memory and sessions.
   *
   * @param meters where the use of that memory is shown
   */
  public static List<RequestHandler<?>> all(
      Topics topics,
      Partitions partitions,
      PartitionLeaders leaders,
      GatewaySettings settings,
      MeterRegistry meters) {
    PartitionLookup lookup = new PartitionLookup(topics, leaders);
    FetchHandler fetch = new FetchHandler(lookup, partitions, leaders, settings.fetch());
    GatewayMeters.watch(meters, "fetched-records", fetch.memory());
    return List.of(
        new ProduceHandler(lookup, partitions, leaders),
        fetch,
        new ListOffsetsHandler(lookup, partitions),
        new OffsetForLeaderEpochHandler(lookup, partitions),
        new DeleteRecordsHandler(lookup, partitions),
        new InitProducerIdHandler(topics));
  }
}
