package io.castalia.bench.server;

import java.nio.file.Path;
import java.time.Duration;
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

  /**
   * The server, not started yet, which differs in one setting from its defaults.
   *
   * @param work where it may have a directory of its own
   * @param retentionCheck how often it looks for records that topics keep no longer
   */
  public Broker brokerThatLooks(Path work, Duration retentionCheck) {
    Path directory = work.resolve(name().toLowerCase(Locale.ROOT));
    List<String> ofCastalia =
        List.of(
            "castalia.partition.retention-check-interval = " + retentionCheck.toMillis() + "ms");
    List<String> ofKafka = List.of("log.retention.check.interval.ms=" + retentionCheck.toMillis());
    return switch (this) {
      case CASTALIA -> CastaliaNode.configured(directory, ofCastalia);
      case CASTALIA_PERIODIC -> CastaliaNode.periodic(directory, ofCastalia);
      case KAFKA -> new KafkaBroker(directory, false, ofKafka);
      case KAFKA_DURABLE -> new KafkaBroker(directory, true, ofKafka);
    };
  }
}
