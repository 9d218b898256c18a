package io.castalia.actors.topic;

import java.util.List;
import java.util.Map;
import org.apache.pekko.Done;
import org.apache.pekko.actor.NoSerializationVerificationNeeded;
import org.apache.pekko.actor.typed.ActorRef;

/** What a node's topic directory understands. */
sealed interface DirectoryCommand {

  /** What the registry sends to every node. */
  sealed interface Remote extends DirectoryCommand, TopicMessage {}

  /**
   * A part of the whole catalog; the parts of one version follow each other without anything
   * between them.
   *
   * @param number of this part, from 0
   * @param last whether no part follows
   */
  record CatalogPage(
      long version,
      int number,
      boolean last,
      String clusterId,
      Map<String, String> brokerConfigs,
      List<TopicDescription> topics)
      implements Remote {
    public CatalogPage {
      brokerConfigs = Map.copyOf(brokerConfigs);
      topics = List.copyOf(topics);
    }
  }

  /** What led to a version from the one before; without changes: that this is still the version. */
  record CatalogDelta(long version, List<RegistryChange> changes) implements Remote {
    public CatalogDelta {
      changes = List.copyOf(changes);
    }
  }

  /** Asks for a word when this node's catalog shows a version. */
  record AwaitVersion(long version, ActorRef<Done> replyTo)
      implements DirectoryCommand, NoSerializationVerificationNeeded {}

  /** Time to ask the registry whether something was missed. */
  record Renew() implements DirectoryCommand, NoSerializationVerificationNeeded {}
}
