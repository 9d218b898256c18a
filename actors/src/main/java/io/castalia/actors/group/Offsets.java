package io.castalia.actors.group;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.HashMap$;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** The committed offsets of a group. Immutable; a commit copies what it changes and no more. */
final class Offsets {
  static final Offsets NONE = new Offsets(HashMap$.MODULE$.empty());

  private final scala.collection.immutable.HashMap<TopicPartition, StoredOffset> byPartition;

  private Offsets(scala.collection.immutable.HashMap<TopicPartition, StoredOffset> byPartition) {
    this.byPartition = byPartition;
  }

  static Offsets of(Map<TopicPartition, StoredOffset> offsets) {
    return NONE.with(offsets);
  }

  Optional<StoredOffset> find(TopicPartition partition) {
    return OptionConverters.toJava(byPartition.get(partition));
  }

  Offsets with(Map<TopicPartition, StoredOffset> committed) {
    scala.collection.immutable.HashMap<TopicPartition, StoredOffset> next = byPartition;
    for (Map.Entry<TopicPartition, StoredOffset> entry : committed.entrySet()) {
      next = next.updated(entry.getKey(), entry.getValue());
    }
    return new Offsets(next);
  }

  Offsets without(Collection<TopicPartition> partitions) {
    scala.collection.immutable.HashMap<TopicPartition, StoredOffset> next = byPartition;
    for (TopicPartition partition : partitions) {
      next = next.removed(partition);
    }
    return new Offsets(next);
  }

  boolean isEmpty() {
    return byPartition.isEmpty();
  }

  void forEach(BiConsumer<TopicPartition, StoredOffset> action) {
    CollectionConverters.asJava(byPartition).forEach(action);
  }

  Map<TopicPartition, StoredOffset> toMap() {
    return new HashMap<>(CollectionConverters.asJava(byPartition));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Offsets that && byPartition.equals(that.byPartition);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(byPartition);
  }

  @Override
  public String toString() {
    return byPartition.toString();
  }
}
