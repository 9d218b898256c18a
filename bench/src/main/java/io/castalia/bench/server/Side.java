package io.castalia.bench.server;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The servers that are compared. */
public enum Side {
  /** At its defaults. */
  CASTALIA,
  /** With its Cassandra's commit log in the class of Kafka's default. */
  CASTALIA_PERIODIC,
  /** At its defaults. */
  KAFKA,
  /** With a sync before each acknowledgement. */
  KAFKA_DURABLE;

  /**
   * The server, not started yet.
   *
   * @param work where it may have a directory of its own
   * @param castaliaOptions further options of {@code castalia start}
   */
  public Broker broker(Path work, List<String> castaliaOptions) {
    Path directory = work.resolve(name().toLowerCase(Locale.ROOT));
    return switch (this) {
      case CASTALIA -> new CastaliaNode(directory, castaliaOptions, Map.of());
      case CASTALIA_PERIODIC -> CastaliaNode.periodic(directory);
      case KAFKA -> new KafkaBroker(directory, false);
      case KAFKA_DURABLE -> new KafkaBroker(directory, true);
    };
  }
}
