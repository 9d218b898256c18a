package io.castalia.actors.partition;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.OwnedLogs;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;

/**
 * What all partitions of a node share.
 *
 * @param catalog the latest catalog of topics
 * @param logs what owners do with their logs
 * @param space the room that the store has
 * @param settings settings of partitions
 * @param clock the time
 * @param epochs the leader epochs this node knows
 * @param openLogs the logs that readers on this node find without asking their owners
 * @param journal makes the journal of a partition
 * @param meters what is measured
 */
record PartitionResources(
    Supplier<TopicCatalog> catalog,
    OwnedLogs logs,
    StoreSpace space,
    PartitionSettings settings,
    Clock clock,
    KnownEpochs epochs,
    OpenLogs openLogs,
    JournalFactory journal,
    PartitionMeters meters) {

  /** Makes the behavior that writes a partition's events and reports to its owner. */
  @FunctionalInterface
  interface JournalFactory {
    Behavior<PartitionEvent> create(PartitionId partition, ActorRef<PartitionCommand> owner);
  }
}
