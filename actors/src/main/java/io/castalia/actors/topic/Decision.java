package io.castalia.actors.topic;

import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.protocol.Errors;

/**
 * What the registry decides about one request.
 *
 * @param changes what to change; none when refused or when there is nothing to do
 * @param error {@link Errors#NONE} or why the request is refused
 * @param message empty on success
 * @param topic the topic after the change, if there is one
 * @param firstProducerId the first of the producer ids allocated, or -1
 */
record Decision(
    List<RegistryChange> changes,
    Errors error,
    String message,
    Optional<TopicDescription> topic,
    long firstProducerId) {
  Decision {
    changes = List.copyOf(changes);
  }

  static Decision refused(Errors error, String message) {
    return new Decision(List.of(), error, message, Optional.empty(), -1);
  }

  static Decision nothing() {
    return new Decision(List.of(), Errors.NONE, "", Optional.empty(), -1);
  }

  static Decision of(RegistryChange change) {
    return new Decision(List.of(change), Errors.NONE, "", Optional.empty(), -1);
  }

  static Decision of(RegistryChange change, TopicDescription topic) {
    return new Decision(List.of(change), Errors.NONE, "", Optional.of(topic), -1);
  }

  static Decision producerIds(RegistryChange change, long first) {
    return new Decision(List.of(change), Errors.NONE, "", Optional.empty(), first);
  }

  /** The same answer without any change. */
  Decision validated() {
    return new Decision(List.of(), error, message, topic, firstProducerId);
  }
}
