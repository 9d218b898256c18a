package io.castalia.actors.topic;

import io.castalia.actors.topic.RegistryChange.TopicAltered;
import io.castalia.actors.topic.RegistryChange.TopicCreated;
import io.castalia.actors.topic.RegistryChange.TopicDeleted;
import io.castalia.actors.topic.RegistryChange.TopicGrown;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.Uuid;

/**
 * All topics, by name and by id. Immutable: a change costs a copy of the indexes (about a
 * millisecond at ten thousand topics), so changes are made in batches by an {@link Editor}.
 */
final class TopicTable {
  static final TopicTable EMPTY = new TopicTable(new TreeMap<>(), new HashMap<>(), new HashMap<>());

  private final SortedMap<String, TopicDescription> byName;
  private final Map<Uuid, TopicDescription> byId;
  private final Map<String, String> byCollisionKey;

  private TopicTable(
      SortedMap<String, TopicDescription> byName,
      Map<Uuid, TopicDescription> byId,
      Map<String, String> byCollisionKey) {
    this.byName = byName;
    this.byId = byId;
    this.byCollisionKey = byCollisionKey;
  }

  static TopicTable of(Collection<TopicDescription> topics) {
    Editor editor = EMPTY.edit();
    topics.forEach(topic -> editor.apply(new TopicCreated(topic)));
    return editor.table();
  }

  Optional<TopicDescription> byName(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  Optional<TopicDescription> byId(Uuid id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** The name of the topic that a topic of this name would collide with, itself included. */
  Optional<String> colliding(String name) {
    return Optional.ofNullable(byCollisionKey.get(TopicNames.collisionKey(name)));
  }

  /** All topics in the order of their names. */
  Collection<TopicDescription> all() {
    return Collections.unmodifiableCollection(byName.values());
  }

  /** This table after changes. */
  TopicTable with(List<RegistryChange> changes) {
    Editor editor = edit();
    changes.forEach(editor::apply);
    return editor.table();
  }

  Editor edit() {
    return new Editor(this);
  }

  /** Makes several changes at the cost of one copy; of none when no change concerns topics. */
  static final class Editor {
    private TopicTable table;
    private boolean copied;

    private Editor(TopicTable table) {
      this.table = table;
    }

    /** The table with the changes so far; final when no more follow. */
    TopicTable table() {
      return table;
    }

    /** Changes of unknown topics, and those that do not concern topics, are without effect. */
    void apply(RegistryChange change) {
      if (change instanceof TopicCreated created) {
        put(created.topic());
      } else if (change instanceof TopicDeleted deleted) {
        table.byId(deleted.id()).ifPresent(this::remove);
      } else if (change instanceof TopicGrown grown) {
        replace(grown.id(), old -> with(old, grown.partitions(), old.configs()));
      } else if (change instanceof TopicAltered altered) {
        replace(altered.id(), old -> with(old, old.partitions(), altered.configs()));
      }
    }

    private void replace(Uuid id, UnaryOperator<TopicDescription> edit) {
      table.byId(id).ifPresent(old -> put(edit.apply(old)));
    }

    private void put(TopicDescription topic) {
      TopicTable own = own();
      own.byName.put(topic.name(), topic);
      own.byId.put(topic.id(), topic);
      own.byCollisionKey.put(TopicNames.collisionKey(topic.name()), topic.name());
    }

    private void remove(TopicDescription topic) {
      TopicTable own = own();
      own.byName.remove(topic.name());
      own.byId.remove(topic.id());
      own.byCollisionKey.remove(TopicNames.collisionKey(topic.name()));
    }

    private TopicTable own() {
      if (!copied) {
        table =
            new TopicTable(
                new TreeMap<>(table.byName),
                new HashMap<>(table.byId),
                new HashMap<>(table.byCollisionKey));
        copied = true;
      }
      return table;
    }

    private static TopicDescription with(
        TopicDescription topic, int partitions, Map<String, String> configs) {
      return new TopicDescription(topic.name(), topic.id(), partitions, configs);
    }
  }
}
