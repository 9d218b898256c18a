package io.castalia.actors.group;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/**
 * The answer to a heartbeat of the consumer protocol.
 *
 * @param error {@link Errors#NONE}, or why the request was refused
 * @param message for people: what was expected and what was found; nothing without an error
 * @param memberId the member's id; empty when refused
 * @param memberEpoch to be named from now on; as requested when the member left
 * @param heartbeatInterval how soon to speak again
 * @param assignment all that the member may read; nothing if that is as before
 */
public record ConsumerHeartbeatReply(
    Errors error,
    Optional<String> message,
    String memberId,
    int memberEpoch,
    Duration heartbeatInterval,
    Optional<Map<Uuid, Set<Integer>>> assignment)
    implements GroupReply {
  public ConsumerHeartbeatReply {
    assignment = assignment.map(Assignment::new).map(Assignment::partitions);
  }

  public static ConsumerHeartbeatReply refused(Errors error, String message) {
    return new ConsumerHeartbeatReply(
        error, Optional.of(message), "", 0, Duration.ZERO, Optional.empty());
  }
}
