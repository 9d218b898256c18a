package io.castalia.actors.topic;

import io.castalia.actors.message.VariantTable;
import io.castalia.actors.topic.RegistryRequest.AllocateProducerIds;
import io.castalia.actors.topic.RegistryRequest.AlterBrokers;
import io.castalia.actors.topic.RegistryRequest.AlterTopic;
import io.castalia.actors.topic.RegistryRequest.CreateTopic;
import io.castalia.actors.topic.RegistryRequest.DeleteTopic;
import io.castalia.actors.topic.RegistryRequest.GrowTopic;
import io.castalia.actors.topic.RegistryRequest.NameCluster;
import io.castalia.actors.topic.RegistryRequest.RecordPurge;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** Decides what the registry does about a request. Pure. */
final class RegistryLogic {
  private final Map<String, String> staticConfigs;
  private final VariantTable<RegistryDraft, RegistryRequest, Decision> handlers;

  /**
   * @param staticConfigs broker-level configuration from the node's own configuration
   * @param freshIds ids that were never used
   */
  RegistryLogic(Map<String, String> staticConfigs, Supplier<Uuid> freshIds) {
    this.staticConfigs = Map.copyOf(staticConfigs);
    this.handlers =
        new VariantTable<RegistryDraft, RegistryRequest, Decision>()
            .on(CreateTopic.class, (draft, create) -> create(draft, create, freshIds))
            .on(DeleteTopic.class, RegistryLogic::delete)
            .on(GrowTopic.class, RegistryLogic::grow)
            .on(AlterTopic.class, this::alterTopic)
            .on(AlterBrokers.class, this::alterBrokers)
            .on(AllocateProducerIds.class, (draft, allocate) -> allocate(draft))
            .on(NameCluster.class, RegistryLogic::nameCluster)
            .on(RecordPurge.class, RegistryLogic::recordPurge);
  }

  /** Decides about a request given all that was decided before; changes nothing. */
  Decision decide(RegistryDraft draft, RegistryRequest request) {
    return handlers.apply(draft, request);
  }

  VariantTable<RegistryDraft, RegistryRequest, Decision> handlers() {
    return handlers;
  }

  private Decision create(RegistryDraft draft, CreateTopic create, Supplier<Uuid> freshIds) {
    Optional<String> badName = TopicNames.complaint(create.name());
    if (badName.isPresent()) {
      return Decision.refused(Errors.INVALID_TOPIC_EXCEPTION, badName.get());
    }
    Optional<String> colliding = draft.topics().colliding(create.name());
    if (colliding.isPresent()) {
      return collision(create.name(), colliding.get());
    }
    int partitions = create.partitions() == -1 ? defaultPartitions(draft) : create.partitions();
    if (partitions < 1) {
      return Decision.refused(
          Errors.INVALID_PARTITIONS,
          "Number of partitions was set to an invalid non-positive value.");
    }
    if (partitions > RegistryLimits.MAX_PARTITIONS) {
      return tooMany(partitions);
    }
    Optional<Decision> badConfig =
        topicConfigs(draft)
            .complaint(create.configs())
            .map(outcome -> Decision.refused(outcome.error(), outcome.message()));
    if (badConfig.isPresent()) {
      return badConfig.get();
    }
    TopicDescription topic =
        new TopicDescription(create.name(), freshIds.get(), partitions, create.configs());
    return Decision.of(new RegistryChange.TopicCreated(topic), topic);
  }

  private static Decision collision(String name, String existing) {
    return name.equals(existing)
        ? Decision.refused(Errors.TOPIC_ALREADY_EXISTS, "Topic '" + name + "' already exists.")
        : Decision.refused(
            Errors.INVALID_TOPIC_EXCEPTION,
            "Topic '" + name + "' collides with existing topic: " + existing);
  }

  private static Decision delete(RegistryDraft draft, DeleteTopic delete) {
    return draft.topics().byId(delete.id()).isPresent()
        ? Decision.of(new RegistryChange.TopicDeleted(delete.id()))
        : Decision.refused(Errors.UNKNOWN_TOPIC_ID, Errors.UNKNOWN_TOPIC_ID.message());
  }

  private static Decision grow(RegistryDraft draft, GrowTopic grow) {
    Optional<TopicDescription> found = draft.topics().byName(grow.name());
    if (found.isEmpty()) {
      return unknownTopic();
    }
    TopicDescription topic = found.get();
    if (grow.count() <= topic.partitions()) {
      return Decision.refused(
          Errors.INVALID_PARTITIONS,
          "The topic %s currently has %d partition(s); %d would not be an increase."
              .formatted(topic.name(), topic.partitions(), grow.count()));
    }
    if (grow.count() > RegistryLimits.MAX_PARTITIONS) {
      return tooMany(grow.count());
    }
    return Decision.of(
        new RegistryChange.TopicGrown(topic.id(), grow.count()),
        new TopicDescription(topic.name(), topic.id(), grow.count(), topic.configs()));
  }

  private Decision alterTopic(RegistryDraft draft, AlterTopic alter) {
    Optional<TopicDescription> found = draft.topics().byName(alter.name());
    if (found.isEmpty()) {
      return unknownTopic();
    }
    TopicDescription topic = found.get();
    ConfigAlteration.Outcome outcome = topicConfigs(draft).alter(topic.configs(), alter.changes());
    if (outcome.error() != Errors.NONE) {
      return Decision.refused(outcome.error(), outcome.message());
    }
    return Decision.of(
        new RegistryChange.TopicAltered(topic.id(), outcome.configs()),
        new TopicDescription(topic.name(), topic.id(), topic.partitions(), outcome.configs()));
  }

  private Decision alterBrokers(RegistryDraft draft, AlterBrokers alter) {
    List<String> readOnly =
        alter.changes().stream()
            .map(ConfigChange::name)
            .filter(name -> BrokerConfigs.find(name).isPresent() && !BrokerConfigs.dynamic(name))
            .toList();
    if (!readOnly.isEmpty()) {
      return Decision.refused(
          Errors.INVALID_REQUEST, "Cannot update these configs dynamically: " + readOnly);
    }
    ConfigAlteration.Outcome outcome =
        ConfigAlteration.ofBrokers(staticConfigs).alter(draft.brokerConfigs(), alter.changes());
    return outcome.error() == Errors.NONE
        ? Decision.of(new RegistryChange.BrokersAltered(outcome.configs()))
        : Decision.refused(outcome.error(), outcome.message());
  }

  private static Decision allocate(RegistryDraft draft) {
    long first = draft.nextProducerId();
    long next = Math.addExact(first, RegistryLimits.PRODUCER_ID_BLOCK);
    return Decision.producerIds(new RegistryChange.ProducerIdsAllocated(next), first);
  }

  private static Decision nameCluster(RegistryDraft draft, NameCluster name) {
    return draft.clusterId().isEmpty()
        ? Decision.of(new RegistryChange.ClusterNamed(name.id()))
        : Decision.nothing();
  }

  private static Decision recordPurge(RegistryDraft draft, RecordPurge purge) {
    return draft
        .deleting(purge.id())
        .filter(known -> purge.next() > known.next())
        .map(known -> Decision.of(new RegistryChange.PartitionsPurged(purge.id(), purge.next())))
        .orElseGet(Decision::nothing);
  }

  private int defaultPartitions(RegistryDraft draft) {
    String partitions = effective(draft).get(BrokerConfigs.NUM_PARTITIONS);
    return partitions == null ? 1 : Integer.parseInt(partitions.trim());
  }

  private ConfigAlteration topicConfigs(RegistryDraft draft) {
    return ConfigAlteration.ofTopic(effective(draft));
  }

  private Map<String, String> effective(RegistryDraft draft) {
    Map<String, String> effective = new HashMap<>(staticConfigs);
    effective.putAll(draft.brokerConfigs());
    return effective;
  }

  private static Decision unknownTopic() {
    return Decision.refused(
        Errors.UNKNOWN_TOPIC_OR_PARTITION, Errors.UNKNOWN_TOPIC_OR_PARTITION.message());
  }

  private static Decision tooMany(int partitions) {
    return Decision.refused(
        Errors.INVALID_PARTITIONS,
        "expected at most " + RegistryLimits.MAX_PARTITIONS + " partitions, but was " + partitions);
  }
}
