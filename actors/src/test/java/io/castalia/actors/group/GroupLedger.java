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

  /** A coordinator has decided, from what it knew. */
  void decided(GroupRecord before, GroupDecision decision) {
    GroupRecord replayed = before;
    for (GroupEvent event : decision.events()) {
      replayed = replayed.after(event);
    }
    if (!replayed.equals(decision.state().record())) {
      violated("events do not lead to what the coordinator knows");
    }
    if (decision.state() instanceof ConsumerState state
        && state.phase() != GroupPhase.of(state.consumers())) {
      violated("the phase of %s is %s".formatted(state.consumers(), state.phase()));
    }
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
    int number = numberOf(record.membership());
    if (number < epoch) {
      violated("epoch or generation went back from %d to %d".formatted(epoch, number));
    }
    epoch = number;
  }

  private int numberOf(Membership membership) {
    if (membership instanceof ConsumerMembership consumers) {
      if (!PartitionOwners.of(consumers.all()).equals(consumers.owners())) {
        violated("owners are not what members have");
      }
      return consumers.epoch().number();
    }
    return ((Generation) membership).number();
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
        String other = owners.put(partition, member.place().name());
        if (other != null) {
          violated("%s and %s have %s".formatted(other, member.place().name(), partition));
        }
      }
    }
  }

  void ended(boolean settled, String shares) {
    if (!settled) {
      violated("left alone, the members do not come to share all, and keep it: " + shares);
    }
  }
}
