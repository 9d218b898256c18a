package io.castalia.actors.group;

import io.castalia.actors.topic.TopicCatalog;
import io.castalia.persistence.OwnedLogs;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What the slots and coordinators of a node share.
 *
 * @param catalog the latest catalog on this node; cheap
 * @param logs tells whose the logs of slots are
 * @param lostNodes nodes that this one has seen go
 * @param meters what is measured
 */
record GroupResources(
    GroupSettings settings,
    Supplier<TopicCatalog> catalog,
    TopicPatterns patterns,
    Clock clock,
    OwnedLogs logs,
    LostNodes lostNodes,
    GroupMeters meters) {
  GroupWorld world() {
    return new GroupWorld(
        settings.rules(),
        clock.millis(),
        new GroupTopics(catalog.get(), patterns),
        () -> UUID.randomUUID().toString());
  }
}
