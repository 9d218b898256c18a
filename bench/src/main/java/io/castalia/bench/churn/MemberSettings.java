package io.castalia.bench.churn;

import io.castalia.bench.topology.BrokerSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** What all members of a group have in common. */
record MemberSettings(String bootstrap, String topic, String group, Protocol protocol) {

  /** After this silence a member is taken for dead: the shortest that brokers allow. */
  static final Duration SESSION = Duration.ofSeconds(6);

  static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /** Makes a broker give members of the consumer protocol the times that the others choose. */
  static final BrokerSettings FOR_BROKER =
      new BrokerSettings(
          List.of(
              "castalia.groups.consumer.session-timeout = " + SESSION.toMillis() + "ms",
              "castalia.groups.consumer.heartbeat-interval = " + HEARTBEAT.toMillis() + "ms"),
          List.of(
              "group.consumer.min.session.timeout.ms=" + SESSION.toMillis(),
              "group.consumer.session.timeout.ms=" + SESSION.toMillis(),
              "group.consumer.min.heartbeat.interval.ms=" + HEARTBEAT.toMillis(),
              "group.consumer.heartbeat.interval.ms=" + HEARTBEAT.toMillis()));

  Map<String, Object> forConsumer(String name) {
    Map<String, Object> settings = new HashMap<>(protocol.settings());
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
    return settings;
  }

  /** For a command line, see {@link #of}. */
  List<String> arguments() {
    return List.of(bootstrap, topic, group, protocol.name());
  }

  static MemberSettings of(List<String> arguments) {
    return new MemberSettings(
        arguments.get(0), arguments.get(1), arguments.get(2), Protocol.valueOf(arguments.get(3)));
  }
}
