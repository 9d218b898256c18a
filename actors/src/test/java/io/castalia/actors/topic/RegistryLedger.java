package io.castalia.actors.topic;

import io.castalia.actors.partition.PartitionId;
import io.castalia.actors.topic.RegistryChange.BrokersAltered;
import io.castalia.actors.topic.RegistryChange.PartitionsPurged;
import io.castalia.actors.topic.RegistryChange.ProducerIdsAllocated;
import io.castalia.actors.topic.RegistryChange.TopicAltered;
import io.castalia.actors.topic.RegistryChange.TopicCreated;
import io.castalia.actors.topic.RegistryChange.TopicDeleted;
import io.castalia.actors.topic.RegistryChange.TopicGrown;
import io.castalia.actors.topic.RegistryCommand.Answer;
import io.castalia.actors.topic.RegistryRequest.AllocateProducerIds;
import io.castalia.actors.topic.RegistryRequest.AlterBrokers;
import io.castalia.actors.topic.RegistryRequest.AlterTopic;
import io.castalia.actors.topic.RegistryRequest.CreateTopic;
import io.castalia.actors.topic.RegistryRequest.DeleteTopic;
import io.castalia.actors.topic.RegistryRequest.GrowTopic;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * The registry's journal and the partitions' logs in a simulated store, and what nodes were told of
 * them. Says what is wrong as soon as it is.
 */
final class RegistryLedger {
  private final RegistryMutant mutant;
  private final List<String> violations = new ArrayList<>();
  private final List<RegistryState> states = new ArrayList<>(List.of(RegistryState.EMPTY));
  private final List<RegistryEvent> events = new ArrayList<>();
  private final Map<Uuid, TopicDescription> topics = new HashMap<>();
  private final Set<Uuid> known = new HashSet<>();
  private final Set<PartitionId> removed = new HashSet<>();
  private final BitSet producerIds = new BitSet();
  private int epoch;
  private long answers;

  RegistryLedger(RegistryMutant mutant) {
    this.mutant = mutant;
  }

  /** What a registry that begins is given. */
  record Opened(int epoch, RegistryState state) {}

  List<String> violations() {
    return violations;
  }

  long answers() {
    return answers;
  }

  RegistryState last() {
    return states.get(states.size() - 1);
  }

  Opened open() {
    epoch++;
    return new Opened(epoch, last());
  }

  /** Writes, unless another has the journal since; tells whether it did. */
  boolean write(int claimed, RegistryEvent event) {
    if (claimed != epoch && mutant != RegistryMutant.NO_FENCE) {
      return false;
    }
    event.changes().forEach(this::change);
    events.add(event);
    states.add(last().after(event));
    expect(
        Set.copyOf(last().topics().all()).equals(Set.copyOf(topics.values())),
        "the topics are not what the changes made of them",
        event);
    return true;
  }

  private void change(RegistryChange change) {
    if (change instanceof TopicCreated created) {
      create(created.topic());
    } else if (change instanceof TopicDeleted deleted) {
      expect(topics.remove(deleted.id()) != null, "a topic is deleted that is not there", change);
    } else if (change instanceof TopicGrown grown) {
      @Nullable TopicDescription topic = topics.get(grown.id());
      expect(
          topic != null && topic.partitions() < grown.partitions(),
          "a topic grows that does not",
          change);
      put(topic, grown.partitions(), topic == null ? Map.of() : topic.configs());
    } else if (change instanceof TopicAltered altered) {
      @Nullable TopicDescription topic = topics.get(altered.id());
      expect(topic != null, "a topic is altered that is not there", change);
      put(topic, topic == null ? 0 : topic.partitions(), altered.configs());
    } else if (change instanceof ProducerIdsAllocated allocated) {
      expect(
          allocated.next() > last().nextProducerId(), "producer ids are allocated again", change);
    } else if (change instanceof PartitionsPurged purged) {
      boolean done =
          IntStream.range(0, purged.next())
              .allMatch(index -> removed.contains(new PartitionId(purged.id(), index)));
      expect(
          done && !topics.containsKey(purged.id()),
          "logs are recorded as removed that are not",
          change);
    } else if (change instanceof RegistryChange.ClusterNamed) {
      expect(last().clusterId().isEmpty(), "the cluster is named again", change);
    }
  }

  private void create(TopicDescription topic) {
    String key = TopicNames.collisionKey(topic.name());
    expect(known.add(topic.id()), "the id of a topic is that of another", topic);
    expect(
        topics.values().stream()
            .noneMatch(each -> TopicNames.collisionKey(each.name()).equals(key)),
        "the name of a topic is that of another",
        topic);
    expect(
        !topic.name().startsWith(SimulatedNode.ONLY_TRIED),
        "a topic is created that was only to be tried",
        topic);
    topics.put(topic.id(), topic);
  }

  private void put(@Nullable TopicDescription topic, int partitions, Map<String, String> configs) {
    if (topic != null) {
      topics.put(topic.id(), new TopicDescription(topic.name(), topic.id(), partitions, configs));
    }
  }

  /** Removes the log of a partition. */
  void remove(PartitionId log) {
    expect(
        known.contains(log.topicId()) && !topics.containsKey(log.topicId()),
        "a log is removed whose topic was not",
        log);
    removed.add(log);
  }

  /** Somebody was given an answer. */
  void answered(RegistryRequest request, Answer answer) {
    answers++;
    if (answer.error() == Errors.NONE) {
      boolean written = answer.version() <= events.size();
      expect(
          written
              && events.get((int) answer.version() - 1).changes().stream()
                  .anyMatch(change -> does(change, request, answer)),
          "a change was acknowledged that its version does not hold",
          answer);
    }
  }

  private static boolean does(RegistryChange change, RegistryRequest request, Answer answer) {
    if (request instanceof CreateTopic) {
      return change.equals(new TopicCreated(answer.topic().orElseThrow()));
    } else if (request instanceof DeleteTopic delete) {
      return change.equals(new TopicDeleted(delete.id()));
    } else if (request instanceof GrowTopic grow) {
      return change.equals(new TopicGrown(answer.topic().orElseThrow().id(), grow.count()));
    } else if (request instanceof AlterTopic) {
      TopicDescription topic = answer.topic().orElseThrow();
      return change.equals(new TopicAltered(topic.id(), topic.configs()));
    } else if (request instanceof AlterBrokers) {
      return change instanceof BrokersAltered;
    }
    return request instanceof AllocateProducerIds
        && change.equals(
            new ProducerIdsAllocated(answer.firstProducerId() + RegistryLimits.PRODUCER_ID_BLOCK));
  }

  /** A node shows its clients this catalog, and showed another version before. */
  void shown(long before, LocalCatalog catalog) {
    long version = catalog.version();
    if (version < before || version >= states.size()) {
      violations.add(
          "version %d is shown after %d, while %d is the last"
              .formatted(version, before, events.size()));
      return;
    }
    RegistryState state = states.get((int) version);
    expect(
        List.copyOf(catalog.topics().all()).equals(List.copyOf(state.topics().all()))
            && catalog.brokerConfigs().equals(state.brokerConfigs())
            && catalog.clusterId().equals(state.clusterId()),
        "a version is shown as what it is not",
        version);
  }

  /** A producer was given an id. */
  void given(long producerId) {
    expect(!producerIds.get((int) producerId), "a producer id was given twice", producerId);
    producerIds.set((int) producerId);
  }

  /**
   * Left alone for a while, all nodes must show the last version, and nothing be left to remove.
   */
  void ended(List<SimulatedNode> nodes) {
    for (SimulatedNode node : nodes) {
      expect(node.version() == events.size(), "a node does not come to the last version", node);
    }
    expect(last().deleting().isEmpty(), "logs of topics are never removed", last().deleting());
  }

  private void expect(boolean holds, String otherwise, Object of) {
    if (!holds) {
      violations.add(otherwise + ": " + of);
    }
  }
}
