package io.castalia.node.kafka.log;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.TopicDescription;
import io.castalia.node.kafka.Exchange;
import io.castalia.node.kafka.FakePartitions;
import io.castalia.node.kafka.FakeTopics;
import io.castalia.node.kafka.GatewaySettings.FetchSettings;
import io.castalia.node.kafka.Requests;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.pekko.util.ByteString;

/**
 * A handler of fetches over a topic in memory, whose leaders are elsewhere if they are not here.
 */
final class FetchFixture {
  /** Longer than tests wait, in milliseconds. */
  static final int LONG_WAIT = 60_000;

  static final int PARTITIONS = 40;

  final FakeTopics topics = new FakeTopics();
  final FakePartitions partitions = new FakePartitions();
  final TopicDescription topic = topics.given("t", PARTITIONS);
  final FetchHandler handler = handler(new AwaitedPartitions(FetchHandler.MOST_AWAITED));

  /** The size of a batch. */
  final int oneBatch = append(PARTITIONS - 1);

  FetchHandler handler(AwaitedPartitions awaited) {
    return new FetchHandler(
        new PartitionLookup(topics),
        partitions,
        partition -> Optional.of(new Node(7, "elsewhere", 9099)),
        new FetchSettings(Fetches.MIB, 8 * Fetches.MIB, 10, 1000),
        awaited);
  }

  FetchResponseData fetch(FetchRequestData request) {
    return Exchange.send(handler, request, Fetches.VERSION, FetchResponseData.class);
  }

  CompletableFuture<FetchResponseData> begin(FetchRequestData request) {
    return begin(handler, request);
  }

  static CompletableFuture<FetchResponseData> begin(
      FetchHandler handler, FetchRequestData request) {
    return Exchange.begin(handler, request, Fetches.VERSION, FetchResponseData.class);
  }

  PartitionId id(int partition) {
    return new PartitionId(topic.id(), partition);
  }

  /** Appends a batch of two records; its size. */
  int append(int partition) {
    return append(id(partition));
  }

  int append(PartitionId partition) {
    ByteString batch = ByteString.fromByteBuffer(Requests.batch("a", "b").buffer());
    partitions.log(partition).append(batch);
    return batch.length();
  }
}
