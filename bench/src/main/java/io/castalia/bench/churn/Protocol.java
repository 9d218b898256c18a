package io.castalia.bench.churn;

import io.castalia.bench.churn.Change.Kind;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.consumer.RoundRobinAssignor;
import org.apache.kafka.clients.consumer.StickyAssignor;

/**
 * How a group shares its partitions: the classic protocol's assignors, and the consumer protocol.
 */
public enum Protocol {
  RANGE,
  ROUND_ROBIN,
  STICKY,
  COOPERATIVE_STICKY,
  CONSUMER;

  /** What a consumer must be told. */
  Map<String, Object> settings() {
    return switch (this) {
      case RANGE -> classic(RangeAssignor.class);
      case ROUND_ROBIN -> classic(RoundRobinAssignor.class);
      case STICKY -> classic(StickyAssignor.class);
      case COOPERATIVE_STICKY -> classic(CooperativeStickyAssignor.class);
      // Members of this protocol take their times from the broker.
      case CONSUMER -> Map.of(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "consumer");
    };
  }

  private static Map<String, Object> classic(Class<?> assignor) {
    return Map.of(
        ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
        assignor.getName(),
        ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
        (int) MemberSettings.SESSION.toMillis(),
        ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
        (int) MemberSettings.HEARTBEAT.toMillis());
  }

  /**
   * What becomes of a change. Kafka's consumer of the consumer protocol says goodbye even when it
   * is told to remain in its group, unless it is a static member; to Kafka, too.
   */
  Kind possible(Kind wanted) {
    return this == CONSUMER && wanted == Kind.LEAVE_SILENTLY ? Kind.LEAVE : wanted;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
