package io.castalia.bench.server;

import io.castalia.testkit.node.FreePorts;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/**
 * The controllers of a Kafka cluster, of which each is a broker, too.
 *
 * @param clusterId of the cluster
 * @param ports of controllers, by node id from 1 on
 * @param replicas how many copies of each partition there are
 */
public record KafkaQuorum(String clusterId, Map<Integer, Integer> ports, int replicas) {
  public KafkaQuorum {
    ports = Map.copyOf(ports);
  }

  /** Controllers on free ports, with as many copies of each partition, but three at most. */
  public static KafkaQuorum of(int controllers) {
    Map<Integer, Integer> ports = new TreeMap<>();
    for (int id = 1; id <= controllers; id++) {
      ports.put(id, FreePorts.next());
    }
    return new KafkaQuorum(Uuid.randomUuid().toString(), ports, Math.min(3, controllers));
  }

  boolean isController(int id) {
    return ports.containsKey(id);
  }

  /** How many copies must have a record before it is acknowledged. */
  int inSync() {
    return Math.max(1, replicas - 1);
  }

  /** As Kafka's configuration takes them. */
  String voters() {
    return ports.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + "@127.0.0.1:" + each.getValue())
        .collect(Collectors.joining(","));
  }
}
