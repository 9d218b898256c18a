package io.castalia.streams;

import java.time.Duration;
import java.util.Optional;

/**
 * How a source belongs to a consumer group.
 *
 * @param groupId the group; empty for none
 * @param clientId what people know the service by
 * @param instanceId makes the source a static member; different for each source of the group
 * @param rebalanceTimeout how long a partition that goes to another member may take to drain
 */
public record GroupSettings(
    String groupId, String clientId, Optional<String> instanceId, Duration rebalanceTimeout) {
  static final GroupSettings NONE =
      new GroupSettings("", "stream", Optional.empty(), Duration.ofMinutes(1));

  public GroupSettings {
    if (instanceId.filter(String::isEmpty).isPresent()) {
      throw new IllegalArgumentException("expected an instance id or none, but it was empty");
    }
    if (rebalanceTimeout.isNegative() || rebalanceTimeout.isZero()) {
      throw new IllegalArgumentException(
          "expected a rebalance timeout above zero, but it was " + rebalanceTimeout);
    }
  }
}
