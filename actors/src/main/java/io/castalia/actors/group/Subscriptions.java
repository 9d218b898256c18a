package io.castalia.actors.group;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.internals.ConsumerProtocol;
import org.apache.kafka.common.protocol.types.SchemaException;

/**
 * Which topics the members of a group of consumers have subscribed to: the one thing that is read
 * from what members tell each other.
 */
final class Subscriptions {
  private Subscriptions() {}

  /** Nothing if a member's subscription cannot be read: then it may be to any topic. */
  static Optional<Set<String>> topics(ClassicState state) {
    boolean readable = state.roster().protocolType().equals(ConsumerProtocol.PROTOCOL_TYPE);
    return readable || state.roster().isEmpty() ? read(state) : Optional.empty();
  }

  private static Optional<Set<String>> read(ClassicState state) {
    Set<String> topics = new HashSet<>();
    String protocol =
        state.protocol().isEmpty()
            ? ProtocolVote.choose(state.roster().records())
            : state.protocol();
    try {
      for (Member member : state.roster().records()) {
        topics.addAll(
            ConsumerProtocol.deserializeConsumerProtocolSubscription(
                    member.metadata(protocol).asByteBuffer())
                .topics());
      }
      return Optional.of(topics);
    } catch (SchemaException unreadable) {
      return Optional.empty();
    }
  }
}
