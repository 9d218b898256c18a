package io.castalia.testkit.cluster;

import io.castalia.testkit.node.FreePorts;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a node listens, the same after every start.
 *
 * @param kafka for Kafka clients
 * @param cluster for other nodes
 */
record NodePorts(int kafka, int cluster) {
  static final String HOST = "127.0.0.1";

  /** Free ports for so many nodes, all different. */
  static List<NodePorts> free(int nodes) {
    return Stream.generate(() -> new NodePorts(FreePorts.next(), FreePorts.next()))
        .limit(nodes)
        .toList();
  }

  String kafkaAddress() {
    return HOST + ":" + kafka;
  }
}
