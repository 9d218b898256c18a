package io.castalia.node;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * How small and how large a value may be, as far as this can be said of all keys alike. What is
 * narrower, the settings of each section check themselves.
 */
final class SettingLimits {
  /** More would be a misprint, and sums of a few must not overflow. */
  private static final long MOST_BYTES = 1L << 60;

  /** Pekko's timers count ticks of 10 ms in an int. */
  private static final Duration LONGEST = Duration.ofDays(240);

  /** Times that something is compared with, and for which no timer runs. */
  private static final Set<String> MAY_BE_LONGER =
      Set.of("castalia.partition.producer-id-expiration", "castalia.groups.offsets-retention");

  private static final String NO_ADMIN_PORT = "castalia.admin.port";

  /** Keys for which 0 has a meaning; for the others it would mean that nothing works. */
  private static final Set<String> MAY_BE_ZERO =
      Set.of(
          "castalia.node-id",
          "castalia.cluster.port",
          "castalia.kafka.port",
          "castalia.kafka.advertised-port",
          "castalia.kafka.fetch.sessions",
          "castalia.kafka.fetch.session-partitions",
          "castalia.kafka.connections.send-buffer",
          "castalia.kafka.connections.receive-buffer",
          "castalia.topic-registry.max-read-lag",
          "castalia.partition.max-read-lag",
          "castalia.groups.max-read-lag",
          "castalia.groups.initial-rebalance-delay",
          "castalia.groups.offset-metadata-max-bytes",
          "castalia.persistence.read-cache-bytes",
          "castalia.persistence.read-cache-file.bytes",
          "castalia.persistence.cassandra.timeouts.connect",
          "castalia.persistence.embedded-cassandra.port",
          "castalia.persistence.embedded-cassandra.disk-reserve");

  private SettingLimits() {}

  /**
   * What was expected, if it is not this value.
   *
   * @param value as {@link SettingKind#read} gives it
   */
  static Optional<String> complaint(String key, SettingKind kind, Object value) {
    return switch (kind) {
      case WHOLE_NUMBER -> between(key, ((Number) value).longValue(), Integer.MAX_VALUE);
      case SIZE -> between(key, ((Number) value).longValue(), MOST_BYTES);
      case TIME -> time(key, (Duration) value);
      case NUMBER -> ((Number) value).doubleValue() > 0 ? Optional.empty() : positive();
      case SWITCH, LIST, TEXT -> Optional.empty();
    };
  }

  private static Optional<String> between(String key, long value, long most) {
    long least = MAY_BE_ZERO.contains(key) ? 0 : key.equals(NO_ADMIN_PORT) ? -1 : 1;
    if (value < least) {
      return Optional.of("at least " + least);
    }
    return value > most ? Optional.of("at most " + most) : Optional.empty();
  }

  private static Optional<String> time(String key, Duration value) {
    if (value.isNegative() || (value.isZero() && !MAY_BE_ZERO.contains(key))) {
      return Optional.of(MAY_BE_ZERO.contains(key) ? "a time of 0 or longer" : "longer than 0");
    }
    boolean tooLong = value.compareTo(LONGEST) > 0 && !MAY_BE_LONGER.contains(key);
    return tooLong ? Optional.of("at most " + LONGEST.toDays() + " days") : Optional.empty();
  }

  private static Optional<String> positive() {
    return Optional.of("more than 0");
  }
}
