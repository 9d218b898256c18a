package io.castalia.bench.topology;

import io.castalia.bench.server.CastaliaNode;
import java.nio.file.Path;

/** What a proof can be run on. */
public enum TopologyKind {
  /** A node with its own Cassandra. */
  EMBEDDED,
  /** A node with a Cassandra that outlives it. */
  EXTERNAL,
  /** Kafka itself, to tell a wrong proof from a wrong server. */
  KAFKA;

  /** Servers that are not started yet, with their data and output in the directory. */
  public Topology in(Path directory) {
    return in(directory, BrokerSettings.NONE);
  }

  /** The same with settings of its own. */
  public Topology in(Path directory, BrokerSettings settings) {
    return switch (this) {
      case EMBEDDED ->
          new EmbeddedTopology(CastaliaNode.configured(directory, settings.castalia()));
      case EXTERNAL -> new ExternalTopology(directory, settings.castalia());
      case KAFKA -> new KafkaTopology(directory, settings.kafka());
    };
  }
}
