package io.castalia.examples.activity;

import java.util.Collection;
import java.util.stream.IntStream;

/**
 * Where the requests are.
 *
 * @param bootstrap HOST:PORT of a node
 * @param topic with a record for each request
 * @param partitions how many the topic has
 */
record Workload(String bootstrap, String topic, int partitions) {

  /** The partition of all requests of a client, so that they stay in their order. */
  int partitionOf(String client) {
    return Math.floorMod(client.hashCode(), partitions);
  }

  Collection<Integer> allPartitions() {
    return IntStream.range(0, partitions).boxed().toList();
  }
}
