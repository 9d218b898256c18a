package io.castalia.actors.group;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.HashMap;
import scala.collection.immutable.HashMap$;
import scala.jdk.javaapi.OptionConverters;

/**
 * Which member has each partition, until it has said that it let go of it. Immutable; a change
 * copies next to nothing.
 */
final class PartitionOwners {
  static final PartitionOwners NONE = new PartitionOwners(HashMap$.MODULE$.empty());

  private final HashMap<Partition, String> owners;

  private record Partition(Uuid topic, int number) {}

  private PartitionOwners(HashMap<Partition, String> owners) {
    this.owners = owners;
  }

  static PartitionOwners of(Collection<ConsumerMember> members) {
    PartitionOwners all = NONE;
    for (ConsumerMember member : members) {
      all = all.with(member.id(), member.standing());
    }
    return all;
  }

  Optional<String> find(Uuid topic, int partition) {
    return OptionConverters.toJava(owners.get(new Partition(topic, partition)));
  }

  /** Whether nobody else has it. */
  boolean isFreeFor(String memberId, Uuid topic, int partition) {
    return find(topic, partition).filter(owner -> !owner.equals(memberId)).isEmpty();
  }

  PartitionOwners with(String memberId, Standing standing) {
    return with(memberId, standing.assigned().partitions())
        .with(memberId, standing.revoking().partitions());
  }

  private PartitionOwners with(String memberId, Assignment partitions) {
    HashMap<Partition, String> next = owners;
    for (Map.Entry<Uuid, Set<Integer>> topic : partitions.partitions().entrySet()) {
      for (Integer number : topic.getValue()) {
        next = next.updated(new Partition(topic.getKey(), number), memberId);
      }
    }
    return new PartitionOwners(next);
  }

  PartitionOwners without(String memberId, Standing standing) {
    return without(memberId, standing.assigned().partitions())
        .without(memberId, standing.revoking().partitions());
  }

  private PartitionOwners without(String memberId, Assignment partitions) {
    HashMap<Partition, String> next = owners;
    for (Map.Entry<Uuid, Set<Integer>> topic : partitions.partitions().entrySet()) {
      for (Integer number : topic.getValue()) {
        Partition partition = new Partition(topic.getKey(), number);
        if (find(topic.getKey(), number).filter(memberId::equals).isPresent()) {
          next = next.removed(partition);
        }
      }
    }
    return new PartitionOwners(next);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PartitionOwners that && owners.equals(that.owners);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(owners);
  }

  @Override
  public String toString() {
    return owners.toString();
  }
}
