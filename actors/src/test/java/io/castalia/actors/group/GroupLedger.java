package io.castalia.actors.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** What a simulated group has promised, and whether it keeps it. */
final class GroupLedger {
  private final Map<TopicPartition, Long> stored = new HashMap<>();
  private final Map<TopicPartition, Long> acknowledged = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private int epoch;
  private long commits;

  List<String> violations() {
    return violations;
  }

  long commits() {
    return commits;
  }

  private void violated(String what) {
    violations.add(what);
  }

  /** A coordinator has found or written this. */
  void stored(GroupRecord record) {
    acknowledged.forEach(
        (partition, offset) -> {
          if (offsetOf(record, partition) < offset) {
            violated("commit of %s at %d is lost".formatted(partition, offset));
          }
        });
    record
        .offsets()
        .forEach(
            (partition, offset) -> {
              Long before = stored.put(partition, offset.offset());
              if (before != null && before > offset.offset()) {
                violated(
                    "offset of %s went back from %d to %d"
                        .formatted(partition, before, offset.offset()));
              }
            });
    if (record.membership() instanceof ConsumerMembership consumers) {
      if (consumers.epoch().number() < epoch) {
        violated("epoch went back from %d".formatted(epoch));
      }
      epoch = consumers.epoch().number();
      if (!PartitionOwners.of(consumers.all()).equals(consumers.owners())) {
        violated("owners are not what members have");
      }
    }
  }

  private static long offsetOf(GroupRecord record, TopicPartition partition) {
    return record.offsets().find(partition).map(StoredOffset::offset).orElse(-1L);
  }

  /** A member was told that its commit is done. */
  void acknowledged(Map<TopicPartition, Long> offsets) {
    commits++;
    offsets.forEach((partition, offset) -> acknowledged.merge(partition, offset, Math::max));
  }

  /** How far a partition is done, as anybody who asks now must be told. */
  long doneUpTo(TopicPartition partition) {
    return acknowledged.getOrDefault(partition, 0L);
  }

  /** A member begins to read a partition. */
  void begun(String member, TopicPartition partition, long offset, long atLeast) {
    if (offset < atLeast) {
      violated(
          "%s begins %s at %d, though %d was committed before"
              .formatted(member, partition, offset, atLeast));
    }
  }

  /** Nobody may have what another has who is in its session. */
  void owned(List<SimulatedMember> members) {
    Map<TopicPartition, String> owners = new HashMap<>();
    for (SimulatedMember member : members) {
      for (TopicPartition partition : member.ownedForCertain()) {
        String other = owners.put(partition, member.id());
        if (other != null) {
          violated("%s and %s have %s".formatted(other, member.id(), partition));
        }
      }
    }
  }

  void ended(boolean allOwned) {
    if (!allOwned) {
      violated("left alone, the members do not come to share all partitions");
    }
  }
}
