package io.castalia.actors.topic;

import java.util.List;

/**
 * The registry's persisted event: what changed in one group commit. It takes the registry from one
 * version to the next.
 *
 * @param changes in the order in which they were made
 */
record RegistryEvent(List<RegistryChange> changes) implements TopicMessage {
  RegistryEvent {
    changes = List.copyOf(changes);
  }
}
